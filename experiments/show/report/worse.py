"""Who is worse off: every figure that a way of working clearly makes worse, and how each policy fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from experiments.analysis.mean_interval import Interval
from experiments.analysis.worse_off import WorseOff, worse_off
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, token, unit_words, words
from experiments.show.charts.chart import Cell, Column
from experiments.show.charts.naming import department_words, label_words, metric_words, policy_words, way_words
from experiments.show.report.compared import Table
from experiments.show.report.phrases import cell_interval, listed, quoted
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

MOST = 6
"""Figures of a way of working that the table shows."""
MOST_NAMED = 3
_PARTY = re.compile(r"\b[AB]\b")
"""In the meaning of a pair's metric: who waits, and for whom."""
COSTS = ("once", "weekly", "weekly_per_person", "per_hire")


def harmed(study: Study, ways: Sequence[str], of: int) -> dict[str, list[WorseOff]]:
    """Find who is worse off under some ways of working.

    Parameters
    ----------
    ways : sequence of str
        Which.
    of : int
        Ways among which these were chosen: the intervals hold together over all of them.
    """
    if not study.has_today or not ways or study.replications < 2:
        return {}
    confidence = 1 - (1 - CONFIDENCE) * len(ways) / max(of, len(ways))
    return worse_off(study.runs(TODAY), {way: study.runs(way) for way in ways}, confidence)


def figure_words(study: Study, metric: str) -> Words:
    """Return a figure with whose it is: a department's, a pair's, or the company's.

    Notes
    -----
    Such as "Sales: mean morale of its people"; "mean time until IT answered Sales, on the calendar".
    """
    owner, _, _ = metric.rpartition(".")
    if not owner or owner in ("wait_share", "wait_hours"):
        return metric_words(study, metric)
    what = _meaning(study, metric)
    first, arrow, second = owner.partition("->")
    if arrow:
        return _between(what, department_words(study, first), department_words(study, second))
    return joined([department_words(study, owner), what], ": ")


def _between(what: Words, first: Words, second: Words) -> Words:
    """Return what is said of A, who waits for B, with their names."""
    return Words(*(_named(text, {"A": a, "B": b}) for text, a, b in zip(what, first, second, strict=True)))


def _named(text: str, names: dict[str, str]) -> str:
    return _PARTY.sub(lambda found: names[found[0]], text)


def _meaning(study: Study, metric: str) -> Words:
    known = describe(metric, study.scenario.currency)
    return Words(known.en, known.es)


def worse_table(study: Study, found: dict[str, list[WorseOff]]) -> Table:
    """Return columns and rows: way of working, figure, today, change with its interval."""
    columns = (
        Column("way", words("way of working")),
        Column("figure", words("report column figure")),
        Column("today", words("today")),
        Column("change", words("change")),
        Column("unit", words("stress unit")),
    )
    rows: list[tuple[Cell, ...]] = []
    for way, figures in found.items():
        for each in figures[:MOST]:
            unit = describe(each.metric, study.scenario.currency).unit
            before = Interval(each.before.mean, None, None, each.before.n, each.before.method)
            size = cell_interval(each.change, unit, difference=True)
            units = unit_words(unit, points=True)
            name = figure_words(study, each.metric)
            rows.append((way_words(study, way), name, cell_interval(before, unit), size, units))
    return columns, rows


def worse_words(study: Study, found: dict[str, list[WorseOff]], chosen: str | None) -> list[Words]:
    """Say in a sentence who is worse off under the way that is recommended, and what the table leaves out."""
    said = []
    if chosen is not None and chosen in found:
        name = quoted(way_words(study, chosen))
        figures = found[chosen]
        if figures:
            named = listed([figure_words(study, each.metric) for each in figures[:MOST_NAMED]], "report and")
            more = len(figures) - MOST_NAMED
            text = "report worse chosen many" if more > 0 else "report worse chosen"
            said.append(words(text, way=name, number=token(len(figures)), figures=named, more=token(more)))
        else:
            said.append(words("report worse chosen nobody", way=name))
    clipped = [way for way, figures in found.items() if len(figures) > MOST]
    if clipped:
        said.append(words("report worse clipped", most=token(MOST)))
    return said


def policy_rows(study: Study, ways: Iterable[str]) -> Table:
    """Return every policy of some ways of working: what is done, how it fails or whom it hurts, its price."""
    names = dict.fromkeys(name for way in ways for name in study.members.get(way, {}))
    columns = (
        Column("policy", words("report column policy")),
        Column("done", words("report column done")),
        Column("fails", words("report column fails")),
        Column("price", words("report column price")),
    )
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        said = study.policies.get(name)
        if said is None:
            rows.append((policy_words(study, name), None, None, None))
            continue
        done, fails = (label_words(said.get(key), "–") for key in ("description", "failure_mode"))
        rows.append((policy_words(study, name), done, fails, price_words(study, said.get("cost", {}))))
    return columns, rows


def price_words(study: Study, cost: dict[str, float]) -> Words:
    """Return what a policy costs at full intensity, beside the time that it takes."""
    parts = [
        words(
            f"report price {key}",
            amount=token(cost[key], 0 if cost[key] == round(cost[key]) else 2),
            currency=study.scenario.currency,
        )
        for key in COSTS
        if cost.get(key)
    ]
    return joined(parts, "; ") if parts else words("report price none")


def nobody(found: dict[str, list[WorseOff]]) -> bool:
    """Whether no figure is clearly worse under any way of working."""
    return not any(found.values())
