"""A chart: its numbers as a table, what it says, and a figure made of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from experiments.show.bilingual import USUAL_FORMAT, Words, finished, same, token
from experiments.show.charts.labels import wrapped
from experiments.show.charts.theme import CONFIG, Theme, full_layout, resolve, separators

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure


@dataclass(frozen=True, slots=True)
class Num:
    """A number in a table, with the digits that mean something.

    Attributes
    ----------
    value : float or None
        In the unit of its column; None or nan where there is none.
    places : int
        Decimals to print; negative for tens, hundreds, ….
    signed : bool
        Whether a plus is printed.
    """

    value: float | None
    places: int = 0
    signed: bool = False


Cell = Words | str | Num | None
NO_UNIT = same("")
TITLE, ROOM, LINE = 60, 46, 22
"""Of a title within a figure: characters of a line, height of one line with its room, and of each further one [px]."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart's table.

    Attributes
    ----------
    key : str
        Name for programs.
    title : Words
        Name for people.
    unit : Words
        Unit of its numbers; empty for texts.
    """

    key: str
    title: Words
    unit: Words = NO_UNIT


@dataclass(frozen=True)
class Chart:
    """A chart of some results.

    Attributes
    ----------
    name : str
        Short name, such as "forest".
    title : Words
        What it shows.
    reading : Words
        How to read it, in a sentence or two: what a mark, a line, a band is, and what kind of interval.
    columns, rows : tuple
        The numbers behind it: every number that is drawn, and no other digits than those that mean something.
    traces : list of dict
        Plotly traces; texts may be `Words`, colours roles ("@policy", "@policy:0.2").
    layout : dict
        Plotly layout, laid over `theme.BASE`.
    height : int
        Pixels.
    """

    name: str
    title: Words
    reading: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    traces: list[dict[str, Any]] = field(repr=False)
    layout: dict[str, Any] = field(repr=False)
    height: int = 380

    def __repr__(self) -> str:
        rows = f"{len(self.rows)} row{'s' if len(self.rows) != 1 else ''}"
        return f"Chart({self.name}: {self.title.en}; {rows})"

    def plotly(self, language: str = "en", theme: Theme = "light", number_format: str | None = None) -> Figure:
        """Return it as a plotly figure, as notebooks show it.

        Parameters
        ----------
        language : str
            "en" or "es".
        theme : str
            "light" or "dark".
        number_format : str, optional
            One of `bilingual.NUMBER_FORMATS`; the language's usual one if not given.
        """
        import plotly.graph_objects as go

        form = number_format or USUAL_FORMAT[language]
        whole = {"data": self.traces, "layout": full_layout(self.layout)}
        made = resolve(whole, language, theme, form)
        said = resolve(wrapped(self.title, TITLE, 2), language, theme, form)
        more = said.count("<br>")
        room = ROOM + LINE * more
        # Plotly places the last line of a title where its top should be.
        place = {"x": 0, "xref": "paper", "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12 + LINE * more}}
        title = {"text": said, **place}
        made["layout"] |= {"separators": separators(form), "height": self.height + room, "title": title, "template": {}}
        made["layout"]["margin"]["t"] += room
        return go.Figure(made)

    def frame(self, language: str = "en") -> pd.DataFrame:
        """Return the numbers behind it, a column for each of `columns`, numbers unrounded."""
        import pandas as pd

        return pd.DataFrame([[_plain(cell, language) for cell in row] for row in self.rows], columns=self._keys())

    def _keys(self) -> list[str]:
        return [column.key for column in self.columns]

    def _repr_html_(self) -> str:
        form = USUAL_FORMAT["en"]
        rows = [[finished(cell_words(cell).en, form) for cell in row] for row in self.rows]
        import pandas as pd

        heads = [f"{c.title.en} [{c.unit.en}]" if c.unit.en else c.title.en for c in self.columns]
        table = pd.DataFrame(rows, columns=heads).to_html(index=False, escape=True)
        import html

        return f"<b>{html.escape(self.title.en)}</b>{table}"

    def data(self) -> dict[str, Any]:
        """Return it as plain data for a page: see `page.js`. `Words` become {"en", "es"}, numbers in cells tokens."""
        return {
            "title": _data(self.title),
            "reading": _data(self.reading),
            "columns": [{"title": _data(c.title), "unit": _data(c.unit)} for c in self.columns],
            "rows": [[_data(cell_words(cell)) for cell in row] for row in self.rows],
            "traces": _data(self.traces),
            "layout": _data(self.layout),
            "height": self.height,
        }


def plot_config() -> dict[str, Any]:
    """Return what a chart lets people do, for `Figure.show(config=…)`."""
    return dict(CONFIG)


def _plain(cell: Cell, language: str) -> Any:
    if isinstance(cell, Num):
        return math.nan if cell.value is None else cell.value
    text = getattr(cell, language) if isinstance(cell, Words) else cell
    return None if text is None else finished(text, USUAL_FORMAT[language])


def cell_words(cell: Cell) -> Words:
    """Return a cell of a table as a text: a number as a token, a missing one as a dash.

    Examples
    --------
    >>> cell_words(Num(1.25, 1)).en, cell_words(None).es
    ('⟦1.2;1;⟧', '–')
    """
    if isinstance(cell, Num):
        known = cell.value is not None and math.isfinite(cell.value)
        value = round(cell.value or 0.0, cell.places)
        return same(token(value, max(cell.places, 0), signed=cell.signed) if known else "–")
    return same("–" if cell is None else cell) if not isinstance(cell, Words) else cell


def _data(part: Any) -> Any:
    """Return part of a chart as plain data; a text that is the same in both languages is written once."""
    if isinstance(part, Words):
        return part.en if part.en == part.es else {"en": part.en, "es": part.es}
    if isinstance(part, dict):
        return {key: _data(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_data(value) for value in part]
    if isinstance(part, float):
        return float(f"{part:.6g}") if math.isfinite(part) else None
    return part
