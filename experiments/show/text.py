"""Readable tables for a terminal or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Literal

from experiments.analysis.intervals import Estimate, Runs, differences, estimates
from experiments.show.numbers import estimate_text, number
from experiments.show.words import say

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from sim.measures.columns import Metric

BETTER, WORSE = "✓", "✗"
PIPE_WIDTH = 160
HEADLINE = ("wait_mean", "promise_kept_share", "churn_per_year", "profit")
DEPARTMENT_COLUMNS = ("utilisation", "queue_wait_mean", "queue_length_mean", "in_system_mean", "completed")
PAIR_COLUMNS = ("requests", "request_wait_mean", "completeness")
CAUSE = "wait_share."


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


def describe(metric: str, currency: str = "EUR") -> Metric:
    """Return what is known about a metric."""
    from sim.measures.columns import describe as known

    return known(metric, currency)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> RenderableType:
    """Return a titled table whose first `left` columns are text and whose other columns are numbers."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        side: Literal["left", "right"] = "left" if place < left else "right"
        made.add_column(Text(column), justify=side, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return Group(heading(title), made)


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


def today_table(
    title: str, today: Runs, policies: Mapping[str, Runs], labels: Mapping[str, str], language: str
) -> RenderableType:
    """Return today's headline and every policy's paired differences from it."""
    known = {metric: describe(metric) for metric in HEADLINE}
    absolute = estimates(today)
    none = Estimate(None, None, 0)
    rows = [
        [
            say("today", language),
            *(estimate_text(absolute.get(m, none), known[m].unit, language) for m in HEADLINE),
        ]
    ]
    for name, runs in policies.items():
        found = differences(runs, today)
        cells = []
        for metric in HEADLINE:
            change = found.get(metric, none)
            text = estimate_text(change, known[metric].unit, language, difference=True)
            cells.append(f"{text} {verdict(change, known[metric].better) or ' '}")
        rows.append([labels.get(name, name), *cells])
    rows[0][1:] = [f"{cell}  " for cell in rows[0][1:]]  # Room for the marks below.
    columns = [say("policy", language), *(f"{say(f'column {m}', language)}  " for m in HEADLINE)]
    return table(title, columns, rows)


def look_next(today: Runs, policies: Mapping[str, Runs], language: str, command: str) -> str:
    """Return one line on what to look at: the largest part of the wait, and the policy that shortens it most.

    Parameters
    ----------
    command : str
        Command of the scenario, to which the policy is added.
    """
    absolute = estimates(today)
    causes = {
        name.removeprefix(CAUSE): found.mean
        for name, found in absolute.items()
        if name.startswith(CAUSE) and found.mean is not None
    }
    text = ""
    if causes:
        cause = max(causes, key=lambda name: causes[name])
        share = f"{number(100 * causes[cause], 0, language)} %"
        text = say("look cause", language, share=share, cause=cause)
    waits = {name: differences(runs, today).get("wait_mean") for name, runs in policies.items()}
    clear = {
        n: d.mean
        for n, d in waits.items()
        if d is not None and d.is_clear and d.mean is not None and d.mean < 0
    }
    if clear:
        best = min(clear, key=lambda name: clear[name])
        text += say("look policy", language, policy=best, command=f"{command} --policy {best}")
    else:
        text += say("look none", language, command=command)
    return say("look next", language, what=text)


def metric_tables(runs: Runs, labels: Mapping[str, str], language: str) -> list[RenderableType]:
    """Return the metrics of one way of working: company, departments, pairs, causes of the wait.

    Parameters
    ----------
    labels : mapping
        Names of departments for people.
    """
    found = estimates(runs)
    groups: dict[str, dict[str, dict[str, Estimate]]] = {"department": {}, "pair": {}}
    company, causes = [], []
    for name, value in found.items():
        place, _, quantity = name.rpartition(".")
        metric = describe(name)
        if place and name.startswith(CAUSE):
            causes.append(
                (value.mean or 0.0, [name.removeprefix(CAUSE), estimate_text(value, metric.unit, language)])
            )
        elif place:
            kind = "pair" if "->" in place else "department"
            groups[kind].setdefault(place, {})[quantity] = value
        else:
            meaning = metric.es if language == "es" else metric.en
            company.append([name, estimate_text(value, metric.unit, language), meaning])
    tables = [
        table(
            say("orders title", language), _heads(language, "metric", "estimate", "meaning"), company, left=3
        )
    ]
    for kind, columns in (("department", DEPARTMENT_COLUMNS), ("pair", PAIR_COLUMNS)):
        if groups[kind]:
            tables.append(_group_table(kind, groups[kind], columns, labels, language))
    if any(share for share, _ in causes):
        causes.sort(key=lambda item: -item[0])
        rows = [row for share, row in causes if share > 0]
        tables.append(table(say("causes title", language), _heads(language, "cause", "share"), rows))
    return tables


def _heads(language: str, *texts: str) -> list[str]:
    return [say(text, language) for text in texts]


def _group_table(
    kind: str,
    places: Mapping[str, Mapping[str, Estimate]],
    preferred: Sequence[str],
    labels: Mapping[str, str],
    language: str,
) -> RenderableType:
    present = {quantity for found in places.values() for quantity in found}
    columns = [quantity for quantity in preferred if quantity in present]
    rows = []
    for place, found in places.items():
        shown = "->".join(labels.get(part, part) for part in place.split("->"))
        cells = [
            estimate_text(found.get(q, Estimate(None, None, 0)), describe(f"{place}.{q}").unit, language)
            for q in columns
        ]
        rows.append([shown, *cells])
    return table(say(f"{kind}s title", language), [say(kind, language), *columns], rows)
