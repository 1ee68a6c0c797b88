"""Week by week: where the middle run lies, half of the runs, nine of ten."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.analysis.spread import Array, Spread, spread
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, token, unit_words, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import checked_way
from experiments.show.charts.labels import wrapped
from experiments.show.charts.naming import way_words
from experiments.show.charts.theme import BAND, WITHIN
from experiments.show.numbers import unit_scale
from sim.errors import UsageError, nearest
from sim.measures.columns import TABLES

WEEKLY = ("wait_mean", "promise_kept_share", "customers", "satisfaction", "orders_placed")
"""What can be shown by week."""
_PLACES = {"h": 1, "share": 1, "customers": 0, "orders": 0}
_FROM_ZERO = ("wait_mean", "orders_placed")
_HOURS_PER_WEEK = 168.0


def by_week(study: Study, way: str = TODAY, metric: str = "wait_mean") -> Chart:
    """Return how a metric goes by week, and how far apart the runs are; today's median beside it, if it was run.

    Parameters
    ----------
    study : Study
        With the table "weeks".
    way : str
        Way of working; today's if not given.
    metric : str
        One of `WEEKLY`.

    Raises
    ------
    UsageError
        If the results keep no weeks, the way of working was not run, or the metric is none of these or does not
        apply to the company.
    """
    if metric not in WEEKLY:
        raise UsageError(f"by_week: metric '{metric[:80]}' cannot be shown by week. {nearest(metric, WEEKLY)}")
    with_today = checked_way(study, way, "by_week")
    unit = next(column.unit for column in TABLES["weeks"] if column.name == metric)
    factor, _ = unit_scale(unit)
    weeks, values = _by_run(study, way, metric)
    found = spread(values * factor)
    today = spread(_by_run(study, TODAY, metric)[1] * factor).middle if with_today else None
    return Chart(
        "by_week",
        words("weeks title", name=words(f"weekly {metric}"), way=way_words(study, way)),
        _reading(found, metric, with_today),
        _columns(found, unit_words(unit), today is not None),
        _rows(weeks, found, today, _PLACES[unit]),
        *_figure(weeks, found, today, (metric, unit_words(unit))),
        height=380,
    )


def _by_run(study: Study, way: str, metric: str) -> tuple[list[int], Array]:
    """Return the weeks of the window, the first of them 1, and a metric by run and week."""
    table = study.table("weeks")
    if table is None:
        raise UsageError("by_week: these results keep no weeks; those of relevo today, simulate and compare do.")
    last = study.scenario.time.horizon / _HOURS_PER_WEEK
    own = table[(table["policies"] == way) & (table["week"] >= 0) & (table["week"] < last)]
    wide = own.pivot(index="replication", columns="week", values=metric).astype(float)
    values = wide.to_numpy(dtype=np.float64)
    if not values.size or not np.nan_to_num(values).any():
        raise UsageError(f"by_week: '{metric}' does not apply to this company or to no week of it; choose another.")
    return [int(week) + 1 for week in wide.columns], values


def _reading(found: Spread, metric: str, with_today: bool) -> Words:
    said = [words("weeks reading few" if found.is_all else "weeks reading", n=token(float(found.n.max())))]
    said += [words("weeks today")] if with_today else []
    said += [words("weeks by placing")] if metric in ("wait_mean", "promise_kept_share") else []
    return joined(said, " ")


def _columns(found: Spread, unit: Words, with_today: bool) -> tuple[Column, ...]:
    ends = ("lowest run", "highest run") if found.is_all else ("nine of ten from", "nine of ten to")
    return (
        Column("week", words("week")),
        Column("median", words("median run"), unit),
        Column("half_low", words("half from"), unit),
        Column("half_high", words("half to"), unit),
        Column("most_low", words(ends[0]), unit),
        Column("most_high", words(ends[1]), unit),
        *([Column("today", words("median today"), unit)] if with_today else []),
        Column("runs", words("runs counted")),
    )


def _rows(weeks: list[int], found: Spread, today: Array | None, places: int) -> tuple[tuple[Cell, ...], ...]:
    series = [found.middle, *found.half, *found.most, *([] if today is None else [today])]
    return tuple(
        (Num(week), *(Num(float(values[k]), places) for values in series), Num(int(found.n[k])))
        for k, week in enumerate(weeks)
    )


def _figure(
    weeks: list[int], found: Spread, today: Array | None, said: tuple[str, Words]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    metric, unit = said
    traces: list[dict[str, Any]] = []
    if int(found.n.max()) > 1:
        outer = words("band all" if found.is_all else "band nine of ten")
        traces = [
            _band(weeks, found.most, outer, BAND, "dot"),
            _band(weeks, found.half, words("band half"), WITHIN, "solid"),
        ]
    traces.append(_line(weeks, found.middle, words("median run"), "@policy", "solid"))
    if today is not None:
        traces.append(_line(weeks, today, words("median today"), "@today", "dash"))
    name = wrapped(words(f"weekly {metric}"), 34, 2)
    title = words("axis with unit", name=name, unit=unit)
    if metric in ("customers", "orders_placed"):
        title = name  # "customers [customers]" says it twice.
    layout: dict[str, Any] = {
        "showlegend": True,
        "xaxis": {
            "title": {"text": words("weeks axis")},
            "range": [weeks[0] - 0.5, weeks[-1] + 0.5],
            "zeroline": False,
        },
        "yaxis": {"title": {"text": title}, "zeroline": False},
    }
    if len(weeks) < 12:
        layout["xaxis"]["dtick"] = 1
    if metric in _FROM_ZERO:
        layout["yaxis"]["rangemode"] = "tozero"
    return traces, layout


def _line(weeks: list[int], values: Array, name: Words, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(weeks) < 4 else "lines",
        "name": name,
        "x": weeks,
        "y": [None if np.isnan(v) else float(v) for v in values],
        "line": {"color": colour, "dash": dash, "width": 2.5},
        "hoverinfo": "x+y+name",
    }


def _band(weeks: list[int], ends: tuple[Array, Array], name: Words, strength: str, dash: str) -> dict[str, Any]:
    """Return a band: its lower ends, and back along the upper ones; weeks without a value are passed over."""
    known = [k for k in range(len(weeks)) if not np.isnan(ends[0][k])]
    back = known[::-1]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [weeks[k] for k in known + back],
        "y": [float(ends[0][k]) for k in known] + [float(ends[1][k]) for k in back],
        "fill": "toself",
        "fillcolor": f"@policy:{strength}",
        "line": {"color": "@policy", "width": 1, "dash": dash},
        "hoverinfo": "skip",
    }
