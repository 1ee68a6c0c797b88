"""Readable tables for a terminal or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Literal

from experiments.analysis.intervals import Estimate
from experiments.show.numbers import estimate_text, unit_scale
from experiments.show.words import counted, say

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

    from sim.measures.columns import Metric

BETTER, WORSE = "✓", "✗"
PIPE_WIDTH = 160
LOOSE, TIGHT = 3, 2
"""Blanks between columns."""
UNKNOWN = Estimate(None, None, 0)


@dataclass(frozen=True)
class Reader:
    """For whom results are written.

    Attributes
    ----------
    language : str
        "en" or "es".
    currency : str
        Unit of money of the scenario.
    labels : mapping
        Names for people of departments, transports and policies.
    """

    language: str = "en"
    currency: str = "EUR"
    labels: Mapping[str, str] = field(default_factory=dict)

    def say(self, text: str, **values: object) -> str:
        """Return a text of the catalogue."""
        return say(text, self.language, **values)

    def counted(self, what: str, amount: float) -> str:
        """Return an amount with its noun."""
        return counted(what, amount, self.language)

    def label(self, name: str) -> str:
        """Return the name for people of a department or policy, or of a pair of departments."""
        return "->".join(self.labels.get(part, part) for part in name.split("->"))

    def metric(self, name: str) -> Metric:
        """Return what is known about a metric."""
        from sim.measures.columns import describe

        return describe(name, self.currency)

    def meaning(self, name: str) -> str:
        """Return the meaning of a metric."""
        known = self.metric(name)
        return known.es if self.language == "es" else known.en

    def unit(self, name: str) -> str:
        """Return the unit in which a metric is shown."""
        return unit_scale(self.metric(name).unit, self.language)[1]

    def estimate(self, name: str, value: Estimate, *, difference: bool = False, bare: bool = False) -> str:
        """Return an estimate of a metric with its interval and, unless bare, its unit."""
        return estimate_text(value, self.metric(name).unit, self.language, difference=difference, bare=bare)


def show(*parts: RenderableType, stream: IO[str] | None = None) -> None:
    """Print tables and lines of text on standard output.

    A terminal gets tables of its width and a little emphasis (unless NO_COLOR is set); a pipe gets plain
    lines, wide enough and without blanks at their ends.
    """
    from rich.console import Console
    from rich.text import Text

    file = stream or sys.stdout
    terminal = file.isatty()
    console = Console(file=file, width=None if terminal else PIPE_WIDTH, highlight=False)
    with console.capture() as captured:
        for part in parts:
            console.print(Text(part) if isinstance(part, str) else part, soft_wrap=isinstance(part, str))
    text = captured.get()
    file.write(text if terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines()))


def heading(text: str) -> Text:
    """Return a line of text that stands out on a terminal."""
    from rich.text import Text

    return Text(text, style="bold")


@dataclass(frozen=True)
class _Fitted:
    """A table that, where it must be narrower, breaks the lines of its texts before those of its numbers."""

    made: Table
    rows: Sequence[Sequence[str]]
    left: int

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        columns = list(zip(*self.rows, strict=True))
        words = [max(len(word) for cell in column for word in cell.split()) for column in columns[: self.left]]
        lines = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns[self.left :]]
        between = (TIGHT if self.made.collapse_padding else LOOSE) * len(columns)
        for column in self.made.columns[self.left :]:
            column.no_wrap = sum(words) + sum(lines) + between <= options.max_width
        yield self.made


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1, *, note: str = ""
) -> RenderableType:
    """Return a titled table whose first `left` columns are text and whose other columns are numbers.

    A table with a note below it has many columns: they stand closer.
    """
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=not note, collapse_padding=bool(note))
    for place, column in enumerate(columns):
        side: Literal["left", "right"] = "left" if place < left else "right"
        made.add_column(Text(column), justify=side, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    fitted = _Fitted(made, [columns, *rows], left)
    return Group(heading(title), "", fitted, "", Text(note), "") if note else Group(heading(title), fitted)


def verdict(difference: Estimate, better: str | None) -> str:
    """Return the mark of a difference: better, worse, or nothing where it cannot be told from zero.

    Examples
    --------
    >>> verdict(Estimate(-3.0, 1.0, 10), "lower"), verdict(Estimate(-0.5, 1.0, 10), "lower")
    ('✓', '')
    """
    if not difference.is_clear or better is None or difference.mean is None:
        return ""
    return BETTER if (difference.mean < 0) == (better == "lower") else WORSE
