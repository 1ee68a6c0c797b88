"""Charts as data that take little room: what many charts have in common stands once, columns of numbers are short.

Choices multiply charts, and gzip sees a repetition only within 32 KB. The page undoes this in `sharing.js` when a
chart is shown; a test compares the two.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from experiments.show.bilingual import TOKEN

SHORTEST = 24
"""Characters below which naming a part is not shorter than the part."""
PLACE = "*"
NONE = "–"


class Shared:
    """Parts of charts that occur more than once, each by its number.

    Parameters
    ----------
    charts : mapping
        Name -> a chart as plain data, or {"by", "of"} with charts within.
    """

    def __init__(self, charts: Mapping[str, Any]) -> None:
        self.parts: list[Any] = []
        self._numbers: dict[str, int] = {}
        short = {name: _each(chart, _with_columns) for name, chart in charts.items()}
        self._often = Counter[str]()
        for chart in short.values():
            _each(chart, self._count_within)
        self.charts = {name: _each(chart, self._inside) for name, chart in short.items()}

    def _count_within(self, chart: dict[str, Any]) -> dict[str, Any]:
        for part in chart.values():
            self._count(part)
        return chart

    def _count(self, part: Any) -> None:
        """Count a part and, the first time, what is within it."""
        if not isinstance(part, dict | list | str):
            return
        text = _text(part)
        if len(text) >= SHORTEST:
            self._often[text] += 1
            if self._often[text] > 1:
                return
        for each in _within(part):
            self._count(each)

    def _named(self, part: Any) -> Any:
        """Return a part's number if it occurs more than once, else the part."""
        if not isinstance(part, dict | list | str):
            return part
        text = _text(part)
        if self._often[text] < 2:
            return self._inside(part)
        if text not in self._numbers:
            inside = self._inside(part)
            self._numbers[text] = len(self.parts)
            self.parts.append(inside)
        return {"$": self._numbers[text]}

    def _inside(self, part: Any) -> Any:
        if isinstance(part, dict):
            return {key: self._named(value) for key, value in part.items()}
        return [self._named(value) for value in part] if isinstance(part, list) else part


def _each(chart: Any, does: Any) -> Any:
    """Do something with each chart among choices."""
    if "by" in chart:
        return {"by": chart["by"], "of": {key: _each(one, does) for key, one in chart["of"].items()}}
    return does(chart)


def _text(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def _within(part: Any) -> list[Any]:
    return list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else []


def _with_columns(chart: dict[str, Any]) -> dict[str, Any]:
    """Return a chart with its table by columns, numbers of one form written as that form and the bare numbers."""
    cells = [list(column) for column in zip(*chart["rows"], strict=True)]
    return {**chart, "rows": [_column(column) for column in cells]}


def _column(cells: list[Any]) -> Any:
    """Return a column of a table, short if all its cells are numbers of one form or missing.

    Examples
    --------
    >>> _column(["⟦1.5;1;⟧", "–", "⟦-2.0;1;⟧"]), _column(["a", "⟦1.5;1;⟧"])
    ({'form': '⟦*;1;⟧', 'values': '1.5 – -2.0'}, ['a', '⟦1.5;1;⟧'])
    """
    found = [TOKEN.fullmatch(cell) if isinstance(cell, str) else None for cell in cells]
    forms = {each[0].replace(each[1], PLACE, 1) for each in found if each}
    if len(forms) != 1 or not all(each or cell == NONE for each, cell in zip(found, cells, strict=True)):
        return cells
    return {"form": forms.pop(), "values": " ".join(each[1] if each else NONE for each in found)}
