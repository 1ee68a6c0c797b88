"""Pairs of marks by row: today and another way of working, each with its interval, and what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analysis.mean_interval import Interval
from experiments.show.bilingual import Words, words
from experiments.show.charts.chart import Cell, Column
from experiments.show.charts.estimates import LINES, numbers
from experiments.show.charts.labels import cut, wrapped
from experiments.show.charts.tornado import error_bars

BESIDE = 0.16
"""How far a mark is from the middle of its row."""


@dataclass(frozen=True)
class Pair:
    """A row: what it is about, and what each way of working does.

    Attributes
    ----------
    name : Words
        Of the row.
    means : tuple of Interval
        One for each way of working, today's first if there are two.
    change : Interval or None
        The second less the first, paired by replication.
    """

    name: Words
    means: tuple[Interval, ...]
    change: Interval | None


def paired_columns(what: Words, ways: Sequence[Words], unit: Words, change: Words | None = None) -> tuple[Column, ...]:
    """Return the columns of pairs; `change` is the unit of the change, if it is another."""
    found = [Column("row", what)]
    for k, way in enumerate(ways):
        found += [
            Column(f"mean_{k}", cut(way, 40), unit),
            Column(f"low_{k}", words("from"), unit),
            Column(f"high_{k}", words("up to"), unit),
        ]
    if len(ways) > 1:
        unit = change or unit
        found += [
            Column("change", words("change"), unit),
            Column("change_low", words("from"), unit),
            Column("change_high", words("up to"), unit),
        ]
    return tuple(found)


def paired_rows(pairs: Sequence[Pair], factor: float = 1.0) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of pairs, multiplied by a factor for their unit."""
    rows = []
    for pair in pairs:
        cells: list[Cell] = [pair.name]
        for one in pair.means:
            cells += numbers(one, factor)
        if pair.change is not None:
            cells += numbers(pair.change, factor, signed=True)
        rows.append(tuple(cells))
    return tuple(rows)


def paired_figure(
    pairs: Sequence[Pair], ways: Sequence[Words], axis: Words, factor: float = 1.0
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return a trace for each way of working, and layout; rows run from the top."""
    traces = [marks(pairs, k, cut(way, 44), len(ways), factor) for k, way in enumerate(ways)]
    layout: dict[str, Any] = {
        "showlegend": True,
        "xaxis": {"title": {"text": axis}, "rangemode": "tozero", "zeroline": False},
        "yaxis": rows_axis(pairs),
    }
    return traces, layout


def marks(pairs: Sequence[Pair], which: int, name: Words, ways: int, factor: float = 1.0) -> dict[str, Any]:
    """Return the marks of one way of working: today's grey squares, hollow; another's blue circles."""
    colour, _, symbol = LINES[which if ways > 1 else 1]
    shift = BESIDE * (2 * which - 1) if ways > 1 else 0.0
    known = [(k, pair.means[which]) for k, pair in enumerate(pairs) if pair.means[which].mean is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [factor * (one.mean or 0.0) for _, one in known],
        "y": [k + shift for k, _ in known],
        "marker": {"color": colour, "symbol": symbol, "size": 9, "line": {"width": 2, "color": colour}},
        "error_x": error_bars([one for _, one in known], factor, colour),
        "hoverinfo": "x+name",
    }


def rows_axis(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return the upright axis with the names of the rows."""
    return {
        "tickvals": list(range(len(pairs))),
        "ticktext": [wrapped(pair.name, 22, 2) for pair in pairs],
        "range": [len(pairs) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }
