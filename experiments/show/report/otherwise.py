"""What else could be chosen: what shortens the wait more at a price, and what is best in other figures."""

from __future__ import annotations

from experiments.analysis.decision import CUSTOMERS, PROFIT, WAIT, Decision
from experiments.run.study import Study
from experiments.show.bilingual import Words, joined, words
from experiments.show.charts.naming import metric_words, way_words
from experiments.show.report.phrases import amount, flipped, quoted
from sim.measures.columns import describe


def otherwise(study: Study, found: Decision) -> list[Words]:
    """Say what else could be chosen: what shortens the wait more at a price, and what is best in other figures."""
    if found.case != "recommended":
        return []
    return [*_passed(study, found), *_others(study, found)]


def _change(study: Study, found: Decision, way: str | None, metric: str) -> Words:
    unit = describe(metric, study.scenario.currency).unit
    return amount(found.effects[str(way)].changes[metric].interval, unit, points=True, signed=True)


def _passed(study: Study, found: Decision) -> list[Words]:
    """Say why the way of working with the shortest mean wait is not recommended: whoever sees the table will ask."""
    first = min(found.effects, key=lambda way: found.effects[way].mean(WAIT))
    effects = found.effects[first]
    if first in found.eligible or not effects.is_("better", WAIT):
        return []
    values = {"way": quoted(way_words(study, first)), "change": _change(study, found, first, WAIT)}
    harmed = next((metric for metric in CUSTOMERS if effects.is_("worse", metric)), None)
    if harmed is not None:
        loss = _change(study, found, first, harmed)
        return [words("report passed customer", what=metric_words(study, harmed), loss=loss, **values)]
    loss = amount(flipped(effects.changes[PROFIT].interval), describe(PROFIT, study.scenario.currency).unit)
    return [words("report passed profit", loss=loss, **values)]


def _others(study: Study, found: Decision) -> list[Words]:
    """Name the best of the others in each figure: whoever weighs otherwise may choose otherwise."""
    best: dict[str, list[Words]] = {}
    for metric in ("promise_kept_share", "churn_per_year", PROFIT):
        way = found.best_in(metric) if metric in found.metrics else None
        if way is None or way == found.chosen or metric == found.criterion:
            continue
        one, own = (_change(study, found, each, metric) for each in (way, found.chosen))
        figure = words("report other figure", what=metric_words(study, metric), change=one, own=own)
        best.setdefault(way, []).append(figure)
    criterion = metric_words(study, found.criterion)
    return [
        words(
            "report other",
            criterion=criterion,
            way=quoted(way_words(study, way)),
            figures=joined(figures, "; "),
            change=_change(study, found, way, found.criterion),
        )
        for way, figures in best.items()
    ]
