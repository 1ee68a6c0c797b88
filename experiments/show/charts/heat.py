"""Heat maps with their values printed: Cividis for amounts, and for changes a colour and a mark for what is clear."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from experiments.show.bilingual import Words
from experiments.show.charts.labels import cut, wrapped
from experiments.show.charts.theme import CIVIDIS

ROW = 34
"""Height of a row of cells [pixels]."""
FEWEST = 4
"""Rows that a heat map is at least high, so that the title beside it fits."""
DARK, LIGHT = "#000000", "#ffffff"
STRENGTH = 0.45
"""How strong the colour of the largest change is [1]: text on it can be read in both themes."""
WEAKEST = 0.5
"""How strong the colour of the smallest change is, of that of the largest [1]."""

Figure = tuple[list[dict[str, Any]], dict[str, Any], int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a heat map.

    Attributes
    ----------
    row, column : int
        Where it is.
    value : float
        What its colour shows.
    text : Words
        What is printed.
    hover : Words
        The same in a sentence.
    """

    row: int
    column: int
    value: float
    text: Words
    hover: Words


def amounts(
    cells: Sequence[Cell], rows: Sequence[Words], columns: Sequence[Words], titles: tuple[Words, Words], most: float
) -> Figure:
    """Return a heat map of amounts from 0 to `most`; titles are those of the rows and of the columns."""
    scale = [[k / (len(CIVIDIS) - 1), colour] for k, colour in enumerate(CIVIDIS)]
    trace = _map(cells, len(rows), len(columns)) | {"colorscale": scale, "zmin": 0, "zmax": most or 1.0}
    colours = [ink_on(cividis(cell.value / (most or 1.0))) for cell in cells]
    return [trace, _texts(cells, colours)], *_layout(rows, columns, titles)


def changes(
    cells: Sequence[Cell], rows: Sequence[Words], columns: Sequence[Words], titles: tuple[Words, Words], most: float
) -> Figure:
    """Return a heat map of changes from -`most` (better) to `most` (worse), 0 without colour, others with some."""
    scale = [[0, f"@better:{STRENGTH}"], [0.5, "@paper:0"], [1, f"@worse:{STRENGTH}"]]
    strong = [replace(cell, value=_strength(cell.value / (most or 1.0))) for cell in cells]
    trace = _map(strong, len(rows), len(columns)) | {"colorscale": scale, "zmin": -1, "zmax": 1}
    return [trace, _texts(cells, ["@ink"] * len(cells))], *_layout(rows, columns, titles)


def _strength(share: float) -> float:
    """Return how strong a colour is, -1 to 1: what is not 0 is to be seen."""
    return math.copysign(WEAKEST + (1 - WEAKEST) * abs(share), share) if share else 0.0


def cividis(share: float) -> str:
    """Return the colour of a share between 0 and 1, as plotly interpolates it.

    Examples
    --------
    >>> cividis(0.0), cividis(1.0), cividis(1.5)
    ('#00224e', '#fee838', '#fee838')
    """
    place = min(max(share, 0.0), 1.0) * (len(CIVIDIS) - 1)
    low = min(int(place), len(CIVIDIS) - 2)
    ends = [[int(CIVIDIS[k][i : i + 2], 16) for i in (1, 3, 5)] for k in (low, low + 1)]
    mixed = [round(a + (b - a) * (place - low)) for a, b in zip(*ends, strict=True)]
    return "#" + "".join(f"{one:02x}" for one in mixed)


def ink_on(ground: str) -> str:
    """Return black or white, whichever can be read better on a colour: the contrast is at least 4.5 to 1.

    Examples
    --------
    >>> ink_on("#00224e"), ink_on("#fee838")
    ('#ffffff', '#000000')
    """
    parts = [int(ground[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return DARK if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else LIGHT


def _map(cells: Sequence[Cell], rows: int, columns: int) -> dict[str, Any]:
    z: list[list[float | None]] = [[None] * columns for _ in range(rows)]
    for cell in cells:
        z[cell.row][cell.column] = cell.value
    return {
        "type": "heatmap",
        "z": z,
        "x": list(range(columns)),
        "y": list(range(rows)),
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _texts(cells: Sequence[Cell], colours: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [cell.column for cell in cells],
        "y": [cell.row for cell in cells],
        "text": [cell.text for cell in cells],
        "textfont": {"color": list(colours), "size": 12},
        "hoverinfo": "text",
        "hovertext": [cell.hover for cell in cells],
    }


def _layout(rows: Sequence[Words], columns: Sequence[Words], titles: tuple[Words, Words]) -> tuple[dict[str, Any], int]:
    widest = max((max(map(len, column)) for column in columns), default=1)
    slanted = widest > 12 or len(columns) > 6
    above = 150 if slanted else 80
    axis: dict[str, Any] = {"showgrid": False, "showline": False, "zeroline": False, "ticks": ""}
    layout = {
        "margin": {"t": 12},
        "xaxis": {
            **axis,
            "title": {"text": titles[1], "standoff": 8},
            "tickvals": list(range(len(columns))),
            "ticktext": [cut(one, 20) if slanted else wrapped(one, 12, 1) for one in columns],
            "tickangle": -40 if slanted else 0,
            "range": [-0.5, len(columns) - 0.5],
        },
        "yaxis": {
            **axis,
            "title": {"text": titles[0], "standoff": 14},
            "tickvals": list(range(len(rows))),
            "ticktext": [wrapped(one, 22, 2) for one in rows],
            "range": [len(rows) - 0.5, -0.5],
        },
    }
    return layout, above + 24 + ROW * max(len(rows), FEWEST)
