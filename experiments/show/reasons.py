"""Why: what each cause alone has cost, what makes up a difference, and the fate of one order in every world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.analysis.counterfactuals import RESPONSES, Entry, WithoutCause, together
from experiments.analysis.mean_interval import Interval
from experiments.show.numbers import NOT_APPLICABLE, interval_text, number
from experiments.show.text import Reader, table
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.policies import Portfolio
    from sim.scenario.company import Scenario

MOST_ENTRIES = 10
"""Rows of an account that are printed."""


def interval_data(found: Interval) -> dict[str, Any]:
    """Return an interval as plain data."""
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n, "method": found.method}


def reasons_tables(
    reasons: Sequence[WithoutCause],
    lost: float,
    replications: int,
    company: Scenario,
    portfolio: Portfolio,
    reader: Reader,
) -> list[RenderableType]:
    """Return what each cause alone has cost."""
    title = reader.say(
        "reasons title" if lost else "reasons title nobody",
        label=company.label[reader.language] if company.label else company.name,
        policies=" + ".join(reader.label(m.policy.name) for m in portfolio.members) or reader.say("today"),
        lost=number(lost, 0, reader.language),
        weeks=reader.counted("weeks", company.time.horizon / HOURS_PER_WEEK),
        replications=reader.counted("replications", replications),
    )
    of_customers = ("saved", "instead", "net") if lost else ()
    heads = [reader.say(f"reasons {name}") for name in ("cause", *of_customers, *RESPONSES)]
    if not lost:  # Customers who come once cannot be lost: then what they wait decides the order.
        reasons = sorted(reasons, key=lambda each: each.changes[RESPONSES[0]].mean or 0.0)
    rows = [
        (
            reader.label(each.cause),
            *(
                _interval(share, "share", reader)
                for share in ((each.saved, each.lost_instead, each.net) if lost else ())
            ),
            *(_interval(each.changes[name], reader.metric(name).unit, reader) for name in RESPONSES),
        )
        for each in reasons
        if not each.changes_nothing
    ]
    parts: list[RenderableType] = (
        [table(title, heads, rows, note=reader.say("reasons note" if lost else "reasons note nobody"))] if rows else []
    )
    idle = ", ".join(f"'{reader.label(each.cause)}'" for each in reasons if each.changes_nothing)
    if idle:
        parts += [reader.say("reasons nothing", causes=idle), ""]
    return parts


def account_tables(causes: Sequence[Entry], pairs: Sequence[Entry], reader: Reader) -> list[RenderableType]:
    """Return what makes up the difference from today: by cause and holder, and by who waits for whom."""
    rows = []
    for entry in causes[:MOST_ENTRIES]:
        _, cause, holder = entry.name.split(".", 2)
        rows.append((reader.say(f"cause {cause}"), reader.label(holder), *_entry(entry, "h", reader)))
    for text, entries in (("account others", causes[MOST_ENTRIES:]), ("account together", causes)):
        if entries:
            rows.append((reader.say(text), "", *_entry(together(entries, text), "h", reader)))
    heads = [reader.say(text) for text in ("cause", "place", "reasons before", "reasons change")]
    pair_rows = [
        (*map(reader.label, entry.name.rpartition(".")[0].split("->")), *_entry(entry, "h/week", reader))
        for entry in pairs[:MOST_ENTRIES]
    ]
    pair_heads = [
        reader.say(t) for t in ("pairs waits first", "pairs waits second", "reasons before", "reasons change")
    ]
    return [
        table(reader.say("account title"), heads, rows, left=2, note=reader.say("account note")),
        table(reader.say("account pairs title"), pair_heads, pair_rows, left=2, note=reader.say("account pairs note")),
    ]


def _entry(entry: Entry, unit: str, reader: Reader) -> tuple[str, str]:
    return _interval(entry.before, unit, reader), _interval(entry.change, unit, reader)


def fates_table(
    what: str, key: int, replication: int, fates: Mapping[str, Mapping[str, Any] | None], here: str, reader: Reader
) -> list[RenderableType]:
    """Return what became of one order or customer in every world."""
    shown = [name for name in (fates[here] or {}) if name not in ("customer", "known")]
    heads = [reader.say("reasons world"), *(reader.say(f"fate {name}") for name in shown)]
    rows = []
    for world, fate in fates.items():
        name = reader.label(world) if world == here else reader.say("reasons without", cause=reader.label(world))
        cells = [_cell(fate, column, what, reader) for column in shown]
        rows.append((name, *cells))
    title = reader.say(f"fate title {what}", key=key, replication=replication)
    return [table(title, heads, rows, note=reader.say(f"fate note {what}"))]


def _cell(fate: Mapping[str, Any] | None, column: str, what: str, reader: Reader) -> str:
    if fate is None:
        return reader.say(f"fate never {what}")
    value = fate.get(column)
    if column == "left":
        if value is None:
            return reader.say("fate stays") if fate["known"] else NOT_APPLICABLE
        return number(value / HOURS_PER_WEEK, 0, reader.language)
    if value is None:
        return NOT_APPLICABLE
    if isinstance(value, bool):
        return reader.say("yes" if value else "no")
    if isinstance(value, str):
        return reader.say(f"outcome {value}")
    if column in ("satisfaction", "experience"):
        return number(100 * value, 0, reader.language)
    return number(value, 1 if column == "wait" else 0, reader.language)


def _interval(found: Interval, unit: str, reader: Reader) -> str:
    if found.mean is None:
        return NOT_APPLICABLE
    low, high = (float("nan") if end is None else end for end in (found.low, found.high))
    return interval_text(found.mean, low, high, unit, reader.language)
