"""Warm-up: whether the company has settled by the time that measuring begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.mean_interval import Interval, interval
from experiments.analysis.warm_up import WarmUp, averaged, mser5, welch
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, token, unit_words, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import numbers
from experiments.show.charts.labels import wrapped
from experiments.show.charts.tables import company_by_week, table_of, weekly_words
from experiments.show.charts.theme import BAND
from experiments.show.numbers import unit_scale
from sim.errors import InputError, UsageError, nearest
from sim.measures.columns import TABLES
from sim.units import HOURS_PER_WEEK

Array = NDArray[np.float64]
IN_WEEKS = ("wait_mean", "satisfaction", "promise_kept_share", "customers")
IN_STATES = ("waiting", "morale", "standard", "load")
WINDOW = 8
"""Weeks on either side in the moving average; `relevo sweep` takes the same for its pilot."""


@dataclass(frozen=True)
class _Series:
    """A weekly mean over replications, from the start of the runs to the end of the window."""

    weeks: list[int]
    intervals: list[Interval]
    moving: Array
    found: WarmUp | None
    warm_up: int
    factor: float
    unit: Words
    name: Words


def warm_up(study: Study, metric: str = "wait_mean") -> Chart:
    """Return how a metric settled after the start, today's way of working.

    Parameters
    ----------
    study : Study
        With today's way of working and the tables "weeks" and "states".
    metric : str
        One of `IN_WEEKS`, or of `IN_STATES` for the whole company: "waiting" items of all queues, the others as means
        over posts.

    Raises
    ------
    UsageError
        If today's way was not run, the results keep no weeks, or the metric is none of these or does not apply.
    """
    known = (*IN_WEEKS, *IN_STATES)
    if metric not in known:
        raise UsageError(f"warm_up: '{metric[:80]}' cannot be shown by week. {nearest(metric, known)}")
    if not study.has_today:
        raise UsageError("warm_up: needs today's way of working; policies begin when the warm-up ends.")
    series = _series(study, metric)
    axis = words("two axis", name=wrapped(series.name, 34, 2), unit=series.unit) if series.unit.en else series.name
    return Chart(
        "warm_up",
        words("warm-up title", name=series.name),
        _reading(series),
        _columns(series),
        _rows(series),
        *_figure(series, axis),
        height=420,
    )


def _series(study: Study, metric: str) -> _Series:
    table = "weeks" if metric in IN_WEEKS else "states"
    unit = next(column.unit for column in TABLES[table] if column.name == metric)
    factor, _ = unit_scale(unit)
    if metric in IN_WEEKS:
        own = table_of(study, "weeks", "warm_up")
        own = own[own["policies"] == TODAY]
        wide = own.pivot(index="replication", columns="week", values=metric)
    else:
        wide = company_by_week(study, TODAY, metric, "warm_up")
    last = study.scenario.time.horizon / HOURS_PER_WEEK
    known = [week for week in sorted(int(each) for each in wide.columns) if week < last]
    values = wide[known].to_numpy(dtype=np.float64)
    if not values.size or not np.nan_to_num(values).any():
        raise UsageError(f"warm_up: '{metric}' does not apply to this company; take another.")
    first = known[0]
    window = min(WINDOW, values.shape[1] // 4)
    return _Series(
        [week - first for week in known],
        [interval(column) for column in values.T],
        welch(values.tolist(), window).moving,
        _found(values),
        -first,
        factor,
        unit_words(unit),
        weekly_words(metric),
    )


def _found(values: Array) -> WarmUp | None:
    """Return what MSER-5 says; None if some five weeks have no value."""
    try:
        return mser5(averaged(values.tolist()))
    except InputError:
        return None


def _reading(series: _Series) -> Words:
    parts = [words("warm-up reading", window=token(2 * WINDOW + 1))]
    had = token(series.warm_up)
    if series.found is None:
        parts += [words("warm-up no statistic")]
    elif series.found.failed:
        parts += [words("warm-up failed", weeks=token(len(series.weeks)))]
    else:
        enough = "warm-up enough" if series.found.cut <= series.warm_up else "warm-up too short"
        parts += [words(enough, cut=token(series.found.cut), had=had)]
    return joined(parts, " ")


def _columns(series: _Series) -> tuple[Column, ...]:
    return (
        Column("week", words("warm-up week")),
        Column("mean", words("warm-up mean"), series.unit),
        Column("low", words("from"), series.unit),
        Column("high", words("up to"), series.unit),
        Column("moving", words("warm-up moving"), series.unit),
    )


def _rows(series: _Series) -> tuple[tuple[Cell, ...], ...]:
    moving = _moving(series)
    rows = []
    for week, one, smooth in zip(series.weeks, series.intervals, moving, strict=True):
        mean, low, high = numbers(one, series.factor)
        rows.append((Num(week + 1), mean, low, high, Num(smooth, mean.places)))
    return tuple(rows)


def _moving(series: _Series) -> list[float | None]:
    """Return the moving average by week; none at the end, where its window does not fit."""
    known = [None if np.isnan(v) else float(v) * series.factor for v in series.moving]
    return [*known, *[None] * (len(series.weeks) - len(known))]


def _figure(series: _Series, axis: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    weeks = [week + 1 for week in series.weeks]
    mean, low, high = (
        [None if v is None else v * series.factor for v in ends]
        for ends in zip(*((one.mean, one.low, one.high) for one in series.intervals), strict=True)
    )
    edge: dict[str, Any] = {"type": "scatter", "x": weeks, "mode": "lines", "hoverinfo": "skip"}
    edge["line"] = {"color": "@today", "width": 1, "dash": "dot"}
    line = {"type": "scatter", "x": weeks, "mode": "lines", "hoverinfo": "x+y+name"}
    traces: list[dict[str, Any]] = [
        {**line, "y": mean, "name": words("warm-up mean"), "line": {"color": "@today", "width": 1}},
        {
            **line,
            "y": _moving(series),
            "name": words("warm-up moving"),
            "line": {"color": "@policy", "width": 3},
        },
    ]
    if all(v is not None for v in (*low, *high)):
        band = words("warm-up band")
        traces[:0] = [
            {**edge, "y": low, "showlegend": False, "name": band},
            {**edge, "y": high, "fill": "tonexty", "fillcolor": f"@today:{BAND}", "name": band},
        ]
    lines = [(series.warm_up, words("warm-up line"), "@ink", "dash")] if series.warm_up else []
    if series.found is not None and not series.found.failed:
        lines.append((series.found.cut, words("warm-up mser"), "@c1", "dot"))
    tops = [v for v in (*high, *mean) if v is not None]
    bottoms = [v for v in (*low, *mean) if v is not None]
    room = 0.05 * (max(tops) - min(bottoms)) or 1.0
    span = [min(bottoms) - room, max(tops) + room]
    # The lines are traces, so that the legend says what they are.
    traces += [
        {**line, "x": [at + 0.5] * 2, "y": span, "name": name, "line": {"color": colour, "dash": dash, "width": 2}}
        | {"hoverinfo": "name"}
        for at, name, colour, dash in lines
    ]
    return traces, {
        "showlegend": True,
        "xaxis": {"title": {"text": words("warm-up axis")}, "range": [0, len(weeks) + 1], "zeroline": False},
        "yaxis": {"title": {"text": axis}, "range": span, "zeroline": False},
    }
