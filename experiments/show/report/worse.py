"""Who is worse off: every figure that a way of working clearly makes worse, and how each policy fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from experiments.analysis.worse_off import WorseOff, worse_off
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, same, token, unit_words, words
from experiments.show.charts.chart import Cell, Column
from experiments.show.charts.naming import department_words, label_words, metric_words, policy_words, way_words
from experiments.show.numbers import decimals, interval_place, unit_scale
from experiments.show.report.compared import Table
from experiments.show.report.phrases import amount, capital, cell_interval, quoted
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

MOST = 8
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
            size = cell_interval(each.change, unit, difference=True)
            name, units = figure_words(study, each.metric), unit_words(unit, points=True)
            rows.append((way_words(study, way), name, same(_before(each, unit)), size, units))
    return columns, rows


def _before(each: WorseOff, unit: str) -> str:
    """Return today's mean with the digits that its change has, but no more than three and those before the point."""
    factor, _ = unit_scale(unit)
    mean = (each.before.mean or 0.0) * factor
    place = min(interval_place(each.change, factor), decimals(mean, None))
    return token(round(mean, place), max(place, 0))


def worse_words(study: Study, found: dict[str, list[WorseOff]], chosen: str | None) -> list[Words]:
    """Say who is worse off under the way that is named: a sentence, then the figures with the largest changes."""
    if chosen is None or chosen not in found:
        return []
    name, figures = quoted(way_words(study, chosen)), found[chosen]
    if not figures:
        return [words("report worse chosen nobody", way=name)]
    many = len(figures) > MOST_NAMED
    text = "report worse chosen many" if many else "report worse chosen"
    lead = words(text, way=name, number=token(len(figures)), shown=token(MOST_NAMED))
    return [lead, *(capital(_told(study, each)) for each in figures[:MOST_NAMED])]


def _told(study: Study, each: WorseOff) -> Words:
    unit = describe(each.metric, study.scenario.currency).unit
    before = joined([same(_before(each, unit)), unit_words(unit)], " ")
    change = amount(each.change, unit, points=True, signed=True)
    return words("report worse figure", figure=figure_words(study, each.metric), today=before, change=change)


def first_and_others(
    found: dict[str, list[WorseOff]], first: Sequence[str]
) -> tuple[dict[str, list[WorseOff]], dict[str, list[WorseOff]]]:
    """Return what is said of the ways that are named, and of the others."""
    named = {way: found[way] for way in first if way in found}
    return named, {way: figures for way, figures in found.items() if way not in named}


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
        rows.append((policy_words(study, name), done, fails, price_words(study, said)))
    return columns, rows


def price_words(study: Study, policy: Mapping[str, Any]) -> Words:
    """Return what a policy costs at full intensity, beside the time that it takes."""
    cost, currency = policy.get("cost") or {}, study.scenario.currency
    parts = []
    if any(e["parameter"] == "departments.staff" and float(e["change"]) > 0 for e in policy.get("effects", ())):
        parts.append(words("report price people"))
    for key in COSTS:
        if cost.get(key):
            size = token(cost[key], 0 if cost[key] == round(cost[key]) else 2)
            parts.append(words(f"report price {key}", amount=size, currency=currency))
    return joined(parts, "; ") if parts else words("report price none")


def nobody(found: dict[str, list[WorseOff]]) -> bool:
    """Whether no figure is clearly worse under any way of working."""
    return not any(found.values())
