"""The page about the two engines: what was compared, what happened in it, what differed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.validate.configurations import SHIPPED
from sim.engines.streams import ITEMS, LOG_EVENTS, LOG_FINISHED

if TYPE_CHECKING:
    from benchmarks.validate.identity import Tally

HEAD = ("what", "runs", "orders", "log entries", "tied neighbours", "from a shared warm-up", "differences")


def page(found: Sequence[Tally], first: int, weeks: float, minutes: float, day: dt.date) -> str:
    """Return the dated page as Markdown."""
    random, shipped = found[0], found[1:]
    differences = [text for tally in found for text in tally.differences]
    happened: Counter[tuple[int, int]] = Counter()
    for tally in found:
        happened.update(tally.happened)
    runs, count = sum(tally.runs for tally in found), len(differences)
    text = f"""# The two engines, bit for bit

Written by `python -m benchmarks.validate.identity` on {day:%Y-%m-%d}; {minutes:.0f} minutes on one processor.

Each run was made with the reference engine and with the compiled engine. Compared are every entry of the event log
(instant, event, place, whose, kind of work), every row of the books (floats by their bits) and every sum. *Tied
neighbours* are orders placed, or pieces of work finished, at the same millisecond as the one before: which comes
first is decided by the order of simultaneous events alone
([decision 0005](decisions/0005-order-of-events.md)). *From a shared warm-up*: once more, gone on with from the state
of today's way of working at the end of the warm-up.

**{count or "No"} difference{"" if count == 1 else "s"}** in {runs:,} runs.
"""
    lines = [
        text,
        *(f"- {said}" for said in differences),
        *_table(HEAD, [_row(tally) for tally in (random, *shipped, _sum(found))]),
        f"""
Random companies: configurations {first:,} to {first + random.runs - 1:,} of `benchmarks/validate/configurations.py`,
of a few days to three weeks; a number shows one again. Shipped companies: {weeks:g} weeks after a warm-up of
{weeks / 2:g}, under today's way of working, each of the {len(SHIPPED)} shipped policies alone, and all together; real
orders are those of `scenarios/examples`.

What happened in all these runs (work: how often it was finished):
""",
        *_table(("event or kind of work", "times"), _what_happened(happened)),
    ]
    return "\n".join(lines) + "\n"


def _row(tally: Tally) -> tuple[str, ...]:
    numbers = (tally.runs, tally.orders, tally.entries, tally.tied, tally.forked, len(tally.differences))
    return (tally.name, *(f"{number:,}" for number in numbers))


def _sum(found: Sequence[Tally]) -> Tally:
    total = type(found[0])("**together**")
    for tally in found:
        for name in ("runs", "orders", "entries", "tied", "forked"):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
        total.differences += tally.differences
    return total


def _what_happened(happened: Counter[tuple[int, int]]) -> list[tuple[str, str]]:
    work = {f"{name}, finished": happened[LOG_FINISHED, kind] for kind, name in enumerate(ITEMS)}
    others = {
        name: sum(n for (event, _), n in happened.items() if event == number)
        for number, name in enumerate(LOG_EVENTS)
        if number != LOG_FINISHED
    }
    return [(name.replace("_", " "), f"{times:,}") for name, times in {**others, **work}.items() if times]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|---|" + "---:|" * (len(head) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
