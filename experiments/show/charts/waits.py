"""How long customers wait: the share of orders that are delivered within so many hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.analysis.mean_interval import Interval, interval, paired_interval
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, interval_words, joined, same, token, unit_words, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import LINES, VERDICT, bare_interval, checked_way, numbers, verdict
from experiments.show.charts.labels import wrapped
from experiments.show.charts.naming import way_words
from experiments.show.charts.theme import BAND
from sim.errors import UsageError

KNOTS = (1, *range(5, 100, 5), 99)
"""Shares of the orders at which the lines have a mark [%]."""
NINE_OF_TEN = 90
_UNIT = "h"

Quantiles = Mapping[int, Mapping[int, float]]
"""Share [%] -> replication -> wait [h] that this share of its orders stay within."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A way of working: its name, its look, and the expected quantile of a run at each knot."""

    name: Words
    look: tuple[str, str, str]
    at: tuple[Interval, ...]


def waits(study: Study, way: str = TODAY) -> Chart:
    """Return the distribution of the customer's wait: of a way of working and of today's, if that was run.

    Parameters
    ----------
    study : Study
        With the table "waits".
    way : str
        Way of working; today's by itself if not given.

    Raises
    ------
    UsageError
        If the results do not keep the distribution, or the way of working was not run or delivered nothing.
    """
    with_today = checked_way(study, way, "waits")
    ways = (TODAY, way) if with_today else (way,)
    found = [_quantiles(study, each) for each in ways]
    runs = sorted(set.intersection(*(set(each[NINE_OF_TEN]) for each in found)))
    if not runs:
        raise UsageError(f"waits: no run of {' and '.join(repr(w) for w in ways)} delivered an order; nothing to show.")
    series = [[{r: each[knot][r] for r in runs} for knot in KNOTS] for each in found]
    lines = [
        _Line(way_words(study, each), LINES[each != TODAY], tuple(_expected(one) for one in values))
        for each, values in zip(ways, series, strict=True)
    ]
    change = [paired_interval(new, old) for old, new in zip(*series, strict=True)] if with_today else []
    reading = [words("waits reading"), _nine_of_ten(lines, change)]
    if with_today:
        reading.insert(1, words("waits paired"))
    return Chart(
        "waits",
        words("waits title"),
        joined(reading, " "),
        _columns(lines, bool(change)),
        _rows(lines, change),
        *_figure(lines, change),
        height=430,
    )


def _quantiles(study: Study, way: str) -> Quantiles:
    table = study.table("waits")
    if table is None:
        raise UsageError(
            "waits: these results keep no distribution of waits; those of relevo today, simulate and compare do."
        )
    own = table[table["policies"] == way]
    if own.empty:
        raise UsageError(f"waits: no run of '{way}' delivered an order within the window; nothing to show.")
    percent = (own["share"] * 100).round().astype(int)
    return {
        int(knot): dict(zip(rows["replication"].tolist(), rows["wait"].tolist(), strict=True))
        for knot, rows in own.groupby(percent)
    }


def _expected(quantiles: Mapping[int, float]) -> Interval:
    """Return the mean of the runs' quantiles; Student's interval, as `sectioning_interval` has it.

    Neighbouring shares are to have neighbouring intervals. Correcting each for its own skewness, where a share falls
    into the night in some runs and not in others, would give a ragged band.
    """
    return interval(quantiles.values(), method="t")


def _nine_of_ten(lines: list[_Line], change: list[Interval]) -> Words:
    """Say in words how long nine of ten orders wait at most."""
    place = KNOTS.index(NINE_OF_TEN)
    values = [interval_words(line.at[place], _UNIT) for line in lines]
    if not change:
        return words("waits nine alone", name=lines[0].name, value=values[0])
    return words(
        "waits nine",
        today=values[0],
        name=lines[1].name,
        value=values[1],
        change=interval_words(change[place], _UNIT, difference=True),
        verdict=words(VERDICT[verdict(change[place], "lower")]),
    )


def _columns(lines: list[_Line], compared: bool) -> tuple[Column, ...]:
    hours = unit_words(_UNIT)
    columns = [Column("share", words("share of orders"), same("%"))]
    heads = [(f"wait_{k}", line.name) for k, line in enumerate(lines)]
    heads += [("change", words("change"))] if compared else []
    for key, title in heads:
        columns.append(Column(key, title, hours))
        columns.append(Column(f"{key}_low", words("from"), hours))
        columns.append(Column(f"{key}_high", words("up to"), hours))
    columns += [Column("verdict", words("verdict"))] if compared else []
    return (*columns, Column("runs", words("pairs of runs" if compared else "runs counted")))


def _rows(lines: list[_Line], change: list[Interval]) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for k, knot in enumerate(KNOTS):
        row: list[Cell] = [Num(knot)]
        for line in lines:
            row += numbers(line.at[k])
        if change:
            row += [*numbers(change[k], signed=True), words(VERDICT[verdict(change[k], "lower")])]
        rows.append((*row, Num(lines[0].at[k].n)))
    return tuple(rows)


def _figure(lines: list[_Line], change: list[Interval]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    traces = [trace for line in lines for trace in (_band(line), _curve(line))]
    last = [line.at[-1] for line in lines]
    right = 1.03 * max(min(one.high or 0.0, 1.15 * (one.mean or 0.0)) or one.mean or 0.0 for one in last)
    layout: dict[str, Any] = {
        "showlegend": True,
        "xaxis": {"title": {"text": words("waits hours")}, "range": [0, right], "zeroline": False},
        "yaxis": {"title": {"text": words("waits share")}, "range": [0, 101], "dtick": 10, "zeroline": False},
        "shapes": [_rule({"x0": 0, "x1": 1, "xref": "paper", "y0": NINE_OF_TEN, "y1": NINE_OF_TEN})],
        "annotations": [_note(lines, change)],
    }
    return traces, layout


def _rule(where: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", **where, "line": {"color": "@muted", "width": 1.5, "dash": "dot"}}


def _note(lines: list[_Line], change: list[Interval]) -> dict[str, Any]:
    """Return what stands at the line of nine of ten: both waits and their difference, on a ground of its own."""
    place = KNOTS.index(NINE_OF_TEN)
    said = [words("waits nine label")]
    if change:
        keys = ("waits label today", "waits label way")
        said += [words(key, value=bare_interval(line.at[place])) for key, line in zip(keys, lines, strict=True)]
        said.append(words("waits label change", value=bare_interval(change[place], signed=True)))
    else:
        said.append(words("waits label alone", value=bare_interval(lines[0].at[place])))
    return {
        "text": joined(said, "\n"),
        "align": "left",
        "showarrow": False,
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 4,
        "yanchor": "bottom",
        "bgcolor": "@paper",
        "bordercolor": "@muted",
        "borderwidth": 1,
        "borderpad": 5,
        "font": {"size": 12},
    }


def _curve(line: _Line) -> dict[str, Any]:
    colour, dash, symbol = line.look
    hover = [
        words("waits hover", share=token(knot), value=bare_interval(one))
        for knot, one in zip(KNOTS, line.at, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": wrapped(line.name, 60, 2),
        "x": [one.mean for one in line.at],
        "y": list(KNOTS),
        "line": {"color": colour, "dash": dash, "width": 2.5},
        "marker": {
            "color": colour,
            "symbol": symbol,
            "opacity": 1,  # Marks of several sizes are else drawn pale.
            "size": [12 if knot == NINE_OF_TEN else 6 for knot in KNOTS],
            "line": {"color": colour, "width": 1.5},
        },
        "hoverinfo": "text+name",
        "hovertext": hover,
    }


def _band(line: _Line) -> dict[str, Any]:
    """Return the intervals of all knots, from the lower ends up and back along the upper ends."""
    known = [(knot, one) for knot, one in zip(KNOTS, line.at, strict=True) if one.low is not None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [one.low for _, one in known] + [one.high for _, one in reversed(known)],
        "y": [knot for knot, _ in known] + [knot for knot, _ in reversed(known)],
        "fill": "toself",
        "fillcolor": f"{line.look[0]}:{BAND}",
        "line": {"color": line.look[0], "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }
