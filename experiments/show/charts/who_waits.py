"""Who waits for whom: what departments are to one another, and what a way of working changes in that."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from experiments.analysis.comparison import Difference, compare
from experiments.analysis.mean_interval import interval, possible
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, same, token, words
from experiments.show.charts.chart import Cell as TableCell
from experiments.show.charts.chart import Chart, Column, Num
from experiments.show.charts.estimates import VERDICT, checked_way, numbers, printed
from experiments.show.charts.heat import Cell, amounts, changes
from experiments.show.charts.naming import department_words, metric_unit, way_words
from experiments.show.numbers import unit_scale
from experiments.show.text import BETTER, WORSE
from sim.errors import UsageError, nearest
from sim.measures.columns import describe

WHAT = ("waiting_hours", "request_wait_mean", "in_time_share", "internal_satisfaction", "completeness")
"""What can be shown of each pair of departments."""
HANDED_OVER = ("completeness",)
"""Of them, what is about work that is handed over and not about requests."""
_MARKS = {"better": f" {BETTER}", "worse": f" {WORSE}", "indistinguishable": ""}

Pair = tuple[str, str]
Values = Mapping[Pair, Mapping[int, float]]
"""Who waits, for whom -> replication -> value."""


def who_waits(study: Study, way: str = TODAY, what: str = "waiting_hours") -> Chart:
    """Return a heat map: each row a department that waits, each column one that it waits for.

    Parameters
    ----------
    study : Study
    way : str
        Way of working; today's if not given.
    what : str
        One of `WHAT`.

    Raises
    ------
    UsageError
        If the way of working was not run, `what` is none of these, or no department asks another one.
    """
    _check(what)
    checked_way(study, way, "who_waits")
    known = describe(f"->.{what}").unit
    found = {pair: possible(interval(runs.values()), known) for pair, runs in _values(study, way, what).items()}
    if not found:
        raise UsageError(f"who_waits: no department of this company has '{what}' with another one; nothing to show.")
    factor = _factor(study, what)
    rows, columns = _departments(study, list(found))
    cells = [
        Cell(
            rows.index(pair[0]),
            columns.index(pair[1]),
            (one.mean or 0.0) * factor,
            same(printed(one, factor, most=1)),
            _hover(study, pair, what, printed(one, factor)),
        )
        for pair, one in found.items()
    ]
    most = 100.0 if known == "share" else max(cell.value for cell in cells)
    runs = words("who intervals", n=token(max(one.n for one in found.values())))
    traces, layout, height = amounts(cells, *_names(study, rows, columns), _titles(what), most)
    table = [(*_pair_names(study, pair), *numbers(one, factor), Num(one.n)) for pair, one in found.items()]
    title = words("who way", title=words(f"who title {what}"), way=way_words(study, way), unit=_unit(study, what))
    reading = joined([_reading(what), runs], " ")
    return Chart(f"who_waits_{what}", title, reading, _columns(study, what), tuple(table), traces, layout, height)


def who_waits_change(study: Study, way: str, what: str = "waiting_hours") -> Chart:
    """Return a heat map of what a way of working changes from today; clear changes are marked.

    Parameters
    ----------
    study : Study
        With today's way of working.
    way : str
        Another one.
    what : str
        One of `WHAT`.

    Raises
    ------
    UsageError
        If one of the two ways of working was not run, or no department asks another one in both.
    """
    _check(what)
    if not checked_way(study, way, "who_waits_change"):
        raise UsageError("who_waits_change: needs today's way of working and another one; run both and name the other.")
    found = _differences(_values(study, TODAY, what), _values(study, way, what), what)
    if not found:
        raise UsageError(f"who_waits_change: '{what}' is known of no pair in both ways of working; nothing to show.")
    factor = _factor(study, what)
    rows, columns = _departments(study, list(found))
    sign = -1.0 if describe(f"->.{what}").better == "higher" else 1.0
    cells = [
        Cell(
            rows.index(pair[0]),
            columns.index(pair[1]),
            sign * (one.interval.mean or 0.0) * factor if _MARKS[one.standing] else 0.0,
            same(printed(one.interval, factor, signed=True, most=1) + _MARKS[one.standing]),
            _hover(study, pair, what, printed(one.interval, factor, signed=True), points=True),
        )
        for pair, one in found.items()
    ]
    most = max(abs(cell.value) for cell in cells)
    traces, layout, height = changes(cells, *_names(study, rows, columns), _titles(what), most)
    unit = _unit(study, what, points=True)
    title = words("who change", title=words(f"who title {what}"), way=way_words(study, way), unit=unit)
    reading = joined([_reading(what), words("who marks", better=BETTER, worse=WORSE)], " ")
    table = [_change_row(study, pair, one, factor) for pair, one in found.items()]
    columns_of = _columns(study, what, changed=True)
    return Chart(f"who_waits_change_{what}", title, reading, columns_of, tuple(table), traces, layout, height)


def _check(what: str) -> None:
    if what not in WHAT:
        raise UsageError(f"who_waits: '{what[:80]}' is not shown of pairs of departments. {nearest(what, WHAT)}")


def _factor(study: Study, what: str) -> float:
    return unit_scale(describe(f"->.{what}", study.scenario.currency).unit)[0]


def _unit(study: Study, what: str, *, points: bool = False) -> Words:
    return metric_unit(study, f"->.{what}", points=points)


def _values(study: Study, way: str, what: str) -> Values:
    """Return what is known of each pair that had something to do with each other in some run."""
    found = {}
    for name in map(str, study.wide.columns):
        pair, _, last = name.rpartition(".")
        if last != what or "->" not in pair:
            continue
        known = study.values(name, way)
        if what not in HANDED_OVER and not any(study.values(f"{pair}.requests", way).values()):
            continue  # Nobody asked: 0 hours of waiting would say that the answers came at once.
        if known:
            asker, _, asked = pair.partition("->")
            found[asker, asked] = known
    return found


def _differences(today: Values, after: Values, what: str) -> dict[Pair, Difference]:
    """Compare all pairs of departments with today, with intervals that hold together."""
    better = describe(f"->.{what}").better or "lower"
    pairs = [pair for pair in after if set(after[pair]) & set(today.get(pair, ()))]
    found = {}
    for pair in pairs:
        both = sorted(set(after[pair]) & set(today[pair]))
        table = np.array([[one.get(r, math.nan) for r in both] for one in (today[pair], after[pair])])
        found[pair] = compare(table, better=better, responses=len(pairs)).differences[0]
    return found


def _departments(study: Study, pairs: list[Pair]) -> tuple[list[str], list[str]]:
    """Return who waits and who is waited for, in the order of the scenario."""
    order = {name: k for k, name in enumerate(study.scenario.departments)}
    sides = ({pair[side] for pair in pairs} for side in (0, 1))
    rows, columns = (sorted(side, key=lambda name: (order.get(name, len(order)), name)) for side in sides)
    return rows, columns


def _names(study: Study, rows: list[str], columns: list[str]) -> tuple[list[Words], list[Words]]:
    return [department_words(study, name) for name in rows], [department_words(study, name) for name in columns]


def _pair_names(study: Study, pair: Pair) -> tuple[Words, Words]:
    return department_words(study, pair[0]), department_words(study, pair[1])


def _titles(what: str) -> tuple[Words, Words]:
    tail = " handed" if what in HANDED_OVER else ""
    return words(f"who row{tail}"), words(f"who column{tail}")


def _reading(what: str) -> Words:
    kind = "handed" if what in HANDED_OVER else "waits"
    return words(f"who reading {kind}", what=words(f"who what {what}"))


def _hover(study: Study, pair: Pair, what: str, value: str, *, points: bool = False) -> Words:
    row, column = _pair_names(study, pair)
    key = "who hover handed" if what in HANDED_OVER else "who hover"
    unit = _unit(study, what, points=points)
    return words(key, row=row, column=column, value=value, unit=unit)


def _columns(study: Study, what: str, *, changed: bool = False) -> tuple[Column, ...]:
    unit = _unit(study, what, points=changed)
    row, column = _titles(what)
    return (
        Column("row", row),
        Column("column", column),
        Column("change" if changed else "value", words("change" if changed else "who value"), unit),
        Column("low", words("from"), unit),
        Column("high", words("up to"), unit),
        *([Column("verdict", words("verdict"))] if changed else []),
        Column("runs", words("pairs of runs" if changed else "runs counted")),
    )


def _change_row(study: Study, pair: Pair, found: Difference, factor: float) -> tuple[TableCell, ...]:
    one = found.interval
    said = words(VERDICT[found.standing])
    return (*_pair_names(study, pair), *numbers(one, factor, signed=True), said, Num(one.n))
