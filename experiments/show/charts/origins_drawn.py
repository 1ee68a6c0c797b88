"""A waterfall drawn with bars: parts that add up to a whole, or changes that lead from one whole to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analysis.comparison import Standing
from experiments.analysis.mean_interval import Interval
from experiments.show.bilingual import Words, words
from experiments.show.charts.estimates import bare_interval
from sim.rules.attribution import CAUSES

ROW = 36
"""Height of a bar with its label [pixels]."""
_NUMBERS = 160
"""Width of the numbers at the right [pixels]."""
_DECIMALS = 2
"""Decimals of the hours printed beside the bars, at most."""
_GAP = 2.0
"""Rows that the axis between both parts of the figure takes."""
_LOOK: dict[Standing, tuple[str, str, str]] = {
    "better": ("@better:0.45", "", "origins less"),
    "worse": ("@worse:0.45", "", "origins more"),
    "indistinguishable": ("@neutral:0.45", "/", "origins open change"),
}
"""Colour, pattern and text of a change: pale, so that intervals can be seen over it, with an outline in full colour."""

Traces = list[dict[str, Any]]
Figure = tuple[Traces, dict[str, Any], int]


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the wait as it is drawn; see `origins.Part`."""

    key: str
    label: Words
    after: Interval
    before: Interval | None = None
    change: Interval | None = None
    standing: Standing | None = None

    @property
    def is_cause(self) -> bool:
        """Whether it is a part of the wait in opening hours and not a sum."""
        return self.key in CAUSES or self.key == "other"


@dataclass(frozen=True, slots=True)
class _Steps:
    """Where bars begin, how long they are, and the intervals of their lengths."""

    begins: list[float]
    found: list[Interval]

    @property
    def lengths(self) -> list[float]:
        return [_mean(one) for one in self.found]

    @property
    def ends(self) -> list[float]:
        return [begin + _mean(one) for begin, one in zip(self.begins, self.found, strict=True)]

    @property
    def reached(self) -> list[float]:
        """All that has to be within the axis: bars and their intervals."""
        edges = [(one.mean, one.low, one.high) for one in self.found]
        far = [b + e for b, all_of in zip(self.begins, edges, strict=True) for e in all_of if e is not None]
        return [*self.begins, *far]


def drawn_parts(bars: Sequence[Bar]) -> Figure:
    """Return causes that add up to the wait in opening hours; below, what the closed hours make of it."""
    whole = {bar.key: bar for bar in bars}
    causes = [bar for bar in bars if bar.is_cause]
    steps = _steps(0.0, [bar.after for bar in causes])
    all_rows = _Steps([*steps.begins, 0.0], [*steps.found, whole["open"].after])
    last = len(causes)
    traces = [
        _bars(steps, range(last), "@policy:0.35", words("origins causes")),
        _bars(_Steps([0.0], [whole["open"].after]), [last], "@policy:0.6", words("origins open")),
        _intervals(all_rows, 0),
    ]
    labels = [*(bar.label for bar in causes), whole["open"].label]
    said = [bare_interval(bar.after, most=_DECIMALS) for bar in (*causes, whole["open"])]
    top = {**_across(words("origins opening axis")), "range": [0, 1.06 * max(all_rows.reached)]}
    return _two(traces, (labels, said, top), whole, [_links(steps, 0)])


def drawn_change(bars: Sequence[Bar]) -> Figure:
    """Return changes that lead from today's wait in opening hours to another; below, both waits on the calendar."""
    whole = {bar.key: bar for bar in bars}
    causes = [bar for bar in bars if bar.is_cause]
    opened = whole["open"]
    before, changes = opened.before or opened.after, [bar.change or bar.after for bar in causes]
    steps = _steps(_mean(before), changes)
    traces: Traces = []
    for standing, (colour, pattern, text) in _LOOK.items():
        rows = [k for k, bar in enumerate(causes) if bar.standing == standing]
        if rows:
            chosen = _Steps([steps.begins[k] for k in rows], [steps.found[k] for k in rows])
            traces.append(_bars(chosen, [k + 1 for k in rows], colour, words(text), pattern))
    traces += [
        _intervals(steps, 1),
        _point(_mean(before), 0, "@today", "square", words("today")),
        _point(_mean(opened.after), len(causes) + 1, "@policy", "circle", words("origins way")),
    ]
    labels = [words("origins open today"), *(bar.label for bar in causes), words("origins open way")]
    waits = [bare_interval(one, most=_DECIMALS) for one in (before, opened.after)]
    said = [waits[0], *(bare_interval(one, signed=True, most=_DECIMALS) for one in changes), waits[1]]
    edges = [_mean(before), _mean(opened.after), *steps.reached]
    room = 0.06 * ((max(edges) - min(edges)) or max(edges) or 1.0)
    top = {**_across(words("origins opening axis")), "range": [min(edges) - room, max(edges) + room]}
    return _two(traces, (labels, said, top), whole, [_links(steps, 1), _begin(_mean(before))])


def _two(
    traces: Traces, upper: tuple[Sequence[Words], Sequence[Words], dict[str, Any]], whole: dict[str, Bar], links: Any
) -> Figure:
    """Return the figure of a waterfall above, and the wait on the calendar below."""
    labels, said, top = upper
    opened, closed, calendar = (_both(whole[key]) for key in ("open", "closed", "calendar"))
    compared = len(calendar) > 1
    below = [words(f"origins calendar {key}") for key in ("today", "way")] if compared else [whole["calendar"].label]
    rows = len(labels) + _GAP + len(below)
    edge = len(below) / rows
    traces = [*traces, *_calendar(opened, closed)]
    far = max((one.high if one.high is not None else _mean(one)) for one in calendar)
    layout = {
        "showlegend": True,
        "barmode": "overlay",
        "xaxis": {**top, "anchor": "y"},
        "xaxis2": {**_across(words("origins hours")), "range": [0, 1.06 * (far or 1.0)], "anchor": "y2"},
        "yaxis": {**_down(labels), "domain": [edge + _GAP / rows, 1]},
        "yaxis2": {**_down(below), "domain": [0, edge]},
        "margin": {"r": _NUMBERS},
        "shapes": [shape for some in links for shape in some],
        "annotations": [
            *(_number(k, text, "y") for k, text in enumerate(said)),
            *(_number(k, bare_interval(one, most=_DECIMALS), "y2") for k, one in enumerate(calendar)),
        ],
    }
    return traces, layout, 110 + round(ROW * rows)


def _mean(one: Interval) -> float:
    return one.mean or 0.0


def _both(bar: Bar) -> list[Interval]:
    return [one for one in (bar.before, bar.after) if one is not None]


def _steps(at: float, found: Sequence[Interval]) -> _Steps:
    begins = []
    for one in found:
        begins.append(at)
        at += _mean(one)
    return _Steps(begins, list(found))


def _calendar(opened: Sequence[Interval], closed: Sequence[Interval]) -> Traces:
    """Return opening hours and, lighter, closed hours, today's above the other's."""
    own = {"xaxis": "x2", "yaxis": "y2", "showlegend": False}
    traces = []
    colours = ("@today", "@policy") if len(opened) > 1 else ("@policy",)
    for row, colour in enumerate(colours):
        begin = _Steps([0.0], [opened[row]])
        rest = _Steps([_mean(opened[row])], [closed[row]])
        traces.append({**_bars(begin, [row], colour, words("origins opening")), **own})
        traces.append({**_bars(rest, [row], f"{colour}:0.3", words("origins closed"), "."), **own})
    return traces


def _bars(steps: _Steps, rows: Sequence[int], colour: str, name: Words, pattern: str = "") -> dict[str, Any]:
    edge = colour.partition(":")[0]
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "base": steps.begins,
        "x": steps.lengths,
        "y": list(rows),
        "width": 0.62,
        "marker": {"color": colour, "line": {"color": edge, "width": 1}},
        "hoverinfo": "name",
    }
    if pattern:
        trace["marker"]["pattern"] = {"shape": pattern, "fillmode": "overlay", "fgcolor": "@paper", "size": 6}
    return trace


def _point(value: float, row: int, colour: str, symbol: str, name: Words) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [value],
        "y": [row],
        "marker": {"color": colour, "symbol": symbol, "size": 13},
        "hoverinfo": "x+name",
        "showlegend": False,
    }


def _intervals(steps: _Steps, first: int) -> dict[str, Any]:
    """Return the intervals at the ends of the bars."""
    known = [k for k, one in enumerate(steps.found) if one.low is not None and one.high is not None]
    found = [steps.found[k] for k in known]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [steps.ends[k] for k in known],
        "y": [k + first for k in known],
        "marker": {"size": 1, "color": "@ink"},
        "error_x": {
            "array": [(one.high or 0.0) - _mean(one) for one in found],
            "arrayminus": [_mean(one) - (one.low or 0.0) for one in found],
            "color": "@ink",
            "thickness": 1.5,
            "width": 4,
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _links(steps: _Steps, first: int) -> list[dict[str, Any]]:
    """Return what leads from the end of each bar down to the next row."""
    return [_link(end, k + first) for k, end in enumerate(steps.ends)]


def _begin(at: float) -> list[dict[str, Any]]:
    return [_link(at, 0)]


def _link(x: float, row: int) -> dict[str, Any]:
    line = {"color": "@muted", "width": 1, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "y0": row, "y1": row + 1, "line": line, "layer": "below"}


def _across(title: Words) -> dict[str, Any]:
    return {"title": {"text": title, "standoff": 8}, "zeroline": False}


def _down(labels: Sequence[Words]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _number(row: int, text: Words, axis: str) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "x": 1.01,
        "xref": "paper",
        "xanchor": "left",
        "y": row,
        "yref": axis,
        "font": {"size": 12},
    }
