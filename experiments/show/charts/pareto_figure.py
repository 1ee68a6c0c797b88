"""The figure of cost against an outcome: marks, intervals, the front's line, names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from experiments.analysis.mean_interval import Interval
from experiments.analysis.selection.selected import Better
from experiments.analysis.trade_off import FEW, ROUNDING, Option
from experiments.run.study import TODAY
from experiments.show.bilingual import Words, finished, same, token, words
from experiments.show.charts.labels import wrapped
from experiments.show.charts.placing import placed
from experiments.show.numbers import decimals

FEW_NAMES = 5
"""Ways of working whose names stand at their marks; with more, numbers do."""
HEIGHT, PLOT = 460, 330
"""Of the figure, and of the part with marks once the legend has what it needs [pixels]."""
LOOK = {
    "front": ("@better", "circle", 10),
    "open": ("@neutral", "circle-open", 10),
    "dominated": ("@worse", "x-thin-open", 9),
}


@dataclass(frozen=True)
class Side:
    """An axis: cost or outcome, as it is shown."""

    metric: str
    factor: float
    name: Words
    unit: Words
    better: Better


@dataclass(frozen=True)
class Mark:
    """A way of working: its row in the table, and where its mark stands in the units of the axes."""

    number: int
    way: str
    name: Words
    option: Option
    x: float
    y: float
    is_far: bool = False


def figure(
    marks: Sequence[Mark], sides: tuple[Side, Side], *, changes: bool
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return traces, one for each standing, the front's line below them, and layout with explicit ranges."""
    many = len(marks) > FEW
    spans = (_range(marks, sides[0], "x"), _range(marks, sides[1], "y"))
    traces: list[dict[str, Any]] = [_front_line([m for m in marks if m.option.place == "front"])]
    for place in ("dominated", "open", "front"):
        own = [m for m in marks if m.option.place == place and m.way != TODAY]
        if own and many and place != "front":
            traces.append(_cloud(place, own, spans))
        elif own:
            traces.append(_with_intervals(place, own, sides, many))
    today = [m for m in marks if m.way == TODAY]
    if today and changes:
        look = {"color": "@ink", "symbol": "star", "size": 14, "line": {"width": 1, "color": "@paper"}}
        own_place = {"x": [today[0].x], "y": [today[0].y], "marker": look, "hoverinfo": "x+y+name"}
        traces.append({"type": "scatter", "mode": "markers", "name": words("today"), **own_place})
    axes = [
        {
            "title": {"text": _axis(side, changes)},
            "range": span,
            "zeroline": changes,
        }
        for side, span in zip(sides, spans, strict=True)
    ]
    return traces, {"showlegend": True, "xaxis": axes[0], "yaxis": axes[1]}


def _axis(side: Side, changes: bool) -> Words:
    name = words("pareto change", name=side.name) if changes else side.name
    good = words(f"pareto {side.better} is better")
    return words("pareto axis" if side.unit.en else "pareto axis without", name=name, unit=side.unit, better=good)


def _range(marks: Sequence[Mark], side: Side, axis: str) -> list[float]:
    """Return the ends of an axis: all marks and their intervals are within."""
    ends: list[float] = []
    for mark in marks:
        one, at = (mark.option.cost, mark.x) if axis == "x" else (mark.option.outcome, mark.y)
        shown = len(marks) <= FEW or mark.option.place == "front"
        bars = [v * side.factor for v in (one.low, one.high) if v is not None and shown]
        ends += [at, *([] if axis == "x" and mark.is_far else bars)]
    low, high = min(ends), max(ends)
    room = 0.06 * (high - low) or abs(high) or 1.0
    return [low - room, high + room]


def _front_line(front: Sequence[Mark]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": words("pareto front line"),
        "x": [m.x for m in front],
        "y": [m.y for m in front],
        "line": {"color": "@better", "width": 1.5, "dash": "dot", "shape": "hv"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _with_intervals(place: str, marks: Sequence[Mark], sides: tuple[Side, Side], many: bool) -> dict[str, Any]:
    colour, symbol, size = LOOK[place]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words(f"pareto {place}"),
        "x": [m.x for m in marks],
        "y": [m.y for m in marks],
        "error_x": _bars([None if m.is_far else m.option.cost for m in marks], sides[0].factor, colour),
        "error_y": _bars([m.option.outcome for m in marks], sides[1].factor, colour),
        "marker": {
            "color": colour,
            "symbol": ["triangle-right" if m.is_far else symbol for m in marks] if not many else symbol,
            "size": size - 3 if many else size,
            "line": {"width": 2, "color": colour},
        },
        # A name would be most of the data of a large grid.
        **({"hoverinfo": "x+y"} if many else {"hoverinfo": "text+x+y", "hovertext": [m.name for m in marks]}),
    }


def _bars(found: Sequence[Interval | None], factor: float, colour: str) -> dict[str, Any]:
    known = [one if one is not None and one.mean is not None else Interval(0.0, None, None, 0, "t") for one in found]
    above = [0.0 if one.high is None else factor * (one.high - (one.mean or 0.0)) for one in known]
    below = [0.0 if one.low is None else factor * ((one.mean or 0.0) - one.low) for one in known]
    return {"array": above, "arrayminus": below, "color": colour, "thickness": 1.2, "width": 3}


def _cloud(place: str, marks: Sequence[Mark], spans: tuple[list[float], list[float]]) -> dict[str, Any]:
    """Return many marks as cheaply as can be: no names, no intervals, no digits that nobody can see."""
    colour, symbol, _ = LOOK[place]
    digits = [_digits(span) for span in spans]
    marker = {"color": colour, "symbol": symbol, "size": 4, "line": {"width": 1, "color": colour}}
    at = {"x": [round(m.x, digits[0]) for m in marks], "y": [round(m.y, digits[1]) for m in marks]}
    name = words(f"pareto {place}")
    return {"type": "scatter", "mode": "markers", "name": name, **at, "marker": marker, "hoverinfo": "x+y"}


def _digits(span: Sequence[float]) -> int:
    """Return the decimals that tell a two-thousandth of an axis."""
    return -math.floor(math.log10((span[1] - span[0]) / 2000))


def labels(marks: Sequence[Mark], sides: tuple[Side, Side], layout: dict[str, Any]) -> list[dict[str, Any]]:
    """Return names, or numbers if there are many, beside the marks, with a line to each mark."""
    texts = [wrapped(m.name, 22, 3) for m in marks]
    if len(marks) > FEW_NAMES or len(set(texts)) < len(texts):
        texts = [same(token(m.number)) for m in marks]
    texts = [_with_cost(text, mark) if mark.is_far else text for text, mark in zip(texts, marks, strict=True)]
    (left, right), (low, high) = layout["xaxis"]["range"], layout["yaxis"]["range"]

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - left) / (right - left), (high - y) / (high - low)

    front = [m for m in marks if m.option.place == "front"]
    # The front's line runs level to the next mark, then upright.
    steps = [(a.x, a.y, b.x, a.y) for a, b in pairwise(front)] + [
        (b.x, min(a.y, b.y), b.x, max(a.y, b.y)) for a, b in pairwise(front)
    ]
    zero = [(left, 0.0, right, 0.0), (0.0, low, 0.0, high)]
    bars = [
        (*at(a, d), *at(c, b)) for a, b, c, d in [*(line for m in marks for line in _lines(m, sides)), *steps, *zero]
    ]
    places = placed([at(m.x, m.y) for m in marks], [_size(text) for text in texts], PLOT, bars)
    look = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": "@muted", "standoff": 5}
    middle = {"xanchor": "center", "yanchor": "middle", "borderpad": 0, "font": {"size": 12, "color": "@ink"}}
    return [
        {"x": m.x, "y": m.y, "text": text, "ax": across, "ay": down, **look, **middle}
        for m, text, (across, down) in zip(marks, texts, places, strict=True)
    ]


def _lines(mark: Mark, sides: tuple[Side, Side]) -> list[tuple[float, float, float, float]]:
    """Return the bars of a mark, in the units of the axes: left, low, right, high."""
    found = []
    cost, outcome = mark.option.cost, mark.option.outcome
    if cost.low is not None and cost.high is not None and not mark.is_far:
        found.append((cost.low * sides[0].factor, mark.y, cost.high * sides[0].factor, mark.y))
    if outcome.low is not None and outcome.high is not None:
        found.append((mark.x, outcome.low * sides[1].factor, mark.x, outcome.high * sides[1].factor))
    return found


def _with_cost(text: Words, mark: Mark) -> Words:
    mean = mark.option.cost.mean or 0.0
    half = mark.option.cost.half_width
    place = (
        decimals(mean, half) if half and half > ROUNDING * abs(mean) else 2 - math.floor(math.log10(abs(mean) or 1.0))
    )
    return Words(*(f"{each}\n{token(round(mean, place), max(0, place))} →" for each in text))


def _size(text: Words) -> tuple[float, float]:
    """Return the size of a text in the language in which it is larger [pixels]."""
    lines = [finished(part, "1,234.5").split("\n") for part in text]
    return 7.2 * max(len(line) for each in lines for line in each) + 4, 15.0 * max(len(each) for each in lines)
