"""One way of working in full: the company, its departments, who waits for whom, where the wait comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.analysis.intervals import Estimate, Runs, estimates
from experiments.show.text import UNKNOWN, Reader, table

if TYPE_CHECKING:
    from rich.console import RenderableType

DEPARTMENT_COLUMNS = ("utilisation", "queue_wait_mean", "queue_length_mean", "in_system_mean", "completed")
PAIR_COLUMNS = ("requests", "request_wait_mean", "completeness")
SHARE, HOURS = "wait_share.", "wait_hours."
LONGEST = 8
"""Places shown of those that hold orders longest."""


def company(runs: Runs, reader: Reader) -> list[RenderableType]:
    """Return the metrics of one way of working as tables."""
    found = estimates(runs)
    whole = {name: value for name, value in found.items() if "." not in name}
    rows = [[name, reader.estimate(name, value), reader.meaning(name)] for name, value in whole.items()]
    tables = [table(reader.say("orders title"), _heads(reader, "metric", "estimate", "meaning"), rows, left=3)]
    owned = {name: v for name, v in found.items() if "." in name and not name.startswith((SHARE, HOURS))}
    tables += _by_owner("department", {n: v for n, v in owned.items() if "->" not in n}, DEPARTMENT_COLUMNS, reader)
    tables += _by_owner("pair", {n: v for n, v in owned.items() if "->" in n}, PAIR_COLUMNS, reader)
    return tables + _causes(found, reader)


def _heads(reader: Reader, *texts: str) -> list[str]:
    return [reader.say(text) for text in texts]


def _by_owner(kind: str, found: Mapping[str, Estimate], columns: Sequence[str], reader: Reader) -> list[RenderableType]:
    """Return a table with a row for each department or pair."""
    owners = list(dict.fromkeys(name.rpartition(".")[0] for name in found))
    if not owners:
        return []
    rows = [
        [
            reader.label(owner),
            *(reader.estimate(f"{owner}.{c}", found.get(f"{owner}.{c}", UNKNOWN)) for c in columns),
        ]
        for owner in owners
    ]
    return [table(reader.say(f"{kind}s title"), [reader.say(kind), *_heads(reader, *columns)], rows)]


def _causes(found: Mapping[str, Estimate], reader: Reader) -> list[RenderableType]:
    """Return the causes of the wait, largest first, and the places that hold orders longest."""

    def size(name: str) -> float:
        return found[name].mean or 0.0

    shares = sorted((n for n in found if n.startswith(SHARE) and size(n) > 0), key=size, reverse=True)
    places = sorted((n for n in found if n.startswith(HOURS) and size(n) > 0), key=size, reverse=True)
    if not shares:
        return []
    rows = [[reader.say(f"cause {n.removeprefix(SHARE)}"), reader.estimate(n, found[n])] for n in shares]
    tables = [table(reader.say("causes title"), _heads(reader, "cause", "share"), rows)]
    rows = []
    for name in places[:LONGEST]:
        _, cause, place = name.split(".", 2)
        rows.append([reader.say(f"cause {cause}"), reader.label(place), reader.estimate(name, found[name])])
    return [
        *tables,
        table(reader.say("places title"), _heads(reader, "cause", "place", "per order"), rows, left=2),
    ]
