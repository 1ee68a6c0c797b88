"""What templates are made of: texts in both languages, numbers, tables, and the places of charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from experiments.show.bilingual import NUMBER_FORMATS, TOKEN, USUAL_FORMAT, Words, finished, words
from experiments.show.charts.chart import Cell, Chart, Column, Num, cell_words
from experiments.show.words import LANGUAGES

if TYPE_CHECKING:
    from markupsafe import Markup


class Parts:
    """Filters and functions for the templates of one page.

    Parameters
    ----------
    language : str
        What the page opens in.
    choices : mapping
        What readers choose -> option -> its words.
    charts : mapping
        Name -> the chart that the page opens with; None if there is none for the first options.
    """

    def __init__(
        self, language: str, choices: Mapping[str, Mapping[str, Words]], charts: Mapping[str, Chart | None]
    ) -> None:
        self.language, self.choices, self.charts = language, choices, charts
        self._placed: set[str] = set()
        self._numbers = count(1)

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters of templates."""
        return {"w": self.shown, "text": self.text}

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Return the functions of templates that are not macros."""
        return {
            "t": lambda text, /, **values: self.shown(words(text, **values)),
            "words": words,
            "place_chart": self.place_chart,
            "options_of": self.options_of,
            "number_of": lambda: next(self._numbers),
            "is_number": is_number,
            "heading_of": self.heading_of,
        }

    def text(self, said: Cell) -> str:
        """Return a text as the page opens with it, for places that cannot hold elements."""
        return finished(getattr(cell_words(said), self.language), USUAL_FORMAT[self.language])

    def shown(self, said: Cell) -> Markup:
        """Return a text in both languages, of which one is shown; numbers can be written anew."""
        from markupsafe import Markup

        both = cell_words(said)
        if both.en == both.es:
            return self._numbered(both.en)
        one = Markup('<span class="w" lang="{}"{}>{}</span>')
        hidden = {language: Markup("" if language == self.language else " hidden") for language in LANGUAGES}
        return Markup("").join(
            one.format(each, hidden[each], self._numbered(getattr(both, each))) for each in LANGUAGES
        )

    def _numbered(self, text: str) -> Markup:
        """Return a text with its numbers as elements and its line breaks as such.

        A number that is written the same in every format, such as 20, needs no element.
        """
        from markupsafe import Markup, escape

        span = Markup('<span class="n" data-n="{}">{}</span>')
        form, found, end = USUAL_FORMAT[self.language], Markup(""), 0
        for each in TOKEN.finditer(text):
            written = {finished(each[0], one) for one in NUMBER_FORMATS}
            number = span.format(each[0][1:-1], finished(each[0], form)) if len(written) > 1 else escape(written.pop())
            found += escape(text[end : each.start()]) + number
            end = each.end()
        return Markup(str(found + escape(text[end:])).replace("\n", "<br>"))

    def heading_of(self, column: Column | Words) -> Markup:
        """Return the heading of a column, with its unit."""
        from markupsafe import Markup

        if not isinstance(column, Column):
            return self.shown(column)
        unit = Markup(' <span class="unit">[{}]</span>').format(self.shown(column.unit)) if column.unit.en else ""
        return self.shown(column.title) + unit

    def options_of(self, key: str) -> Mapping[str, Words]:
        """Return what can be chosen.

        Raises
        ------
        ValueError
            If the page has no such choice.
        """
        if key not in self.choices:
            raise ValueError(f"choose({key!r}): the page has choices of {', '.join(self.choices) or 'nothing'}")
        return self.choices[key]

    def place_chart(self, name: str) -> Chart | None:
        """Return the chart that a figure opens with.

        Raises
        ------
        ValueError
            If the page has no such chart, or has placed it before.
        """
        if name not in self.charts:
            raise ValueError(f"chart({name!r}): the page has {', '.join(self.charts) or 'no charts'}")
        if name in self._placed:
            raise ValueError(f"chart({name!r}): placed twice")
        self._placed.add(name)
        return self.charts[name]


def is_number(rows: Sequence[Sequence[Cell]], place: int) -> bool:
    """Return whether a column of a table holds numbers."""
    return any(isinstance(row[place], Num) for row in rows)
