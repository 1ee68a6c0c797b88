"""One way of working in full: the company, its departments, who waits for whom, where the wait comes from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.analysis.intervals import Estimate, Runs, estimates
from experiments.show.numbers import estimate_text
from experiments.show.text import UNKNOWN, Reader, table

if TYPE_CHECKING:
    from rich.console import RenderableType

DEPARTMENT_TABLES: dict[str, tuple[str, ...]] = {
    "departments time": ("utilisation", "helping_share", "blocked_share", "items_per_hour"),
    "departments people": ("morale_mean", "standard_mean", "skill_mean", "vacant_share"),
    "departments queues": ("queue_wait_mean", "queue_length_mean", "in_system_mean", "completed"),
}
PAIR_TABLES: dict[str, tuple[str, ...]] = {
    "pairs waits": ("waiting_mean", "blocked_people", "request_wait_mean", "in_time_share"),
    "pairs quality": ("requests", "internal_satisfaction", "completeness", "dispute_share"),
}
"""Titles, and the columns under them: few enough for a terminal of 80 characters."""
ORDER = "waiting_mean"
"""What pairs are ordered by, largest first."""
SHARE, HOURS = "wait_share.", "wait_hours."
LONGEST = 12
"""Places shown of those that hold orders longest."""


def company(runs: Runs, reader: Reader) -> list[RenderableType]:
    """Return the metrics of one way of working as tables."""
    found = estimates(runs)
    whole = {name: value for name, value in found.items() if "." not in name}
    rows = [[name, reader.estimate(name, value), reader.meaning(name)] for name, value in whole.items()]
    tables = [table(reader.say("orders title"), _heads(reader, "metric", "estimate", "meaning"), rows, left=3)]
    owners = _owners(found)
    departments = [owner for owner in owners if "->" not in owner]
    pairs = sorted((owner for owner in owners if "->" in owner), key=lambda pair: -_size(found, f"{pair}.{ORDER}"))
    for title, columns in DEPARTMENT_TABLES.items():
        tables += _by_owner(title, [reader.say("department")], departments, found, columns, reader)
    for title, columns in PAIR_TABLES.items():
        heads = [reader.say(f"{title} {side}") for side in ("first", "second")]
        tables += _by_owner(title, heads, pairs, found, columns, reader)
    return tables + _causes(found, reader) + _places(runs, found, reader)


def _owners(found: Mapping[str, Estimate]) -> list[str]:
    """Return the departments and pairs that have metrics, in the order of these."""
    owned = (name for name in found if "." in name and not name.startswith((SHARE, HOURS)))
    return list(dict.fromkeys(name.rpartition(".")[0] for name in owned))


def _size(found: Mapping[str, Estimate], name: str) -> float:
    return found.get(name, UNKNOWN).mean or 0.0


def _heads(reader: Reader, *texts: str) -> list[str]:
    return [reader.say(text) for text in texts]


def _by_owner(
    title: str,
    heads: Sequence[str],
    owners: Sequence[str],
    found: Mapping[str, Estimate],
    columns: Sequence[str],
    reader: Reader,
) -> list[RenderableType]:
    """Return a table with a row for each department or pair."""
    rows = []
    for owner in owners:
        values = [(name, found.get(name, UNKNOWN)) for name in (f"{owner}.{column}" for column in columns)]
        if any(value.mean is not None for _, value in values):
            names = [reader.label(name) for name in owner.split("->")]
            rows.append([*names, *(reader.estimate(name, value, bare=True) for name, value in values)])
    if not rows:
        return []
    heads = [*heads, *(reader.say(c, unit=reader.unit(f"{owners[0]}.{c}")) for c in columns)]
    left = len(heads) - len(columns)
    return [table(reader.say(title), heads, rows, left, note=reader.say(f"{title} legend"))]


def _causes(found: Mapping[str, Estimate], reader: Reader) -> list[RenderableType]:
    """Return the causes of the wait, largest first."""
    rows = [
        [reader.say(f"cause {n.removeprefix(SHARE)}"), reader.estimate(n, found[n])] for n in _largest(found, SHARE)
    ]
    return [table(reader.say("causes title"), _heads(reader, "cause", "share"), rows)] if rows else []


def _places(runs: Runs, found: Mapping[str, Estimate], reader: Reader) -> list[RenderableType]:
    """Return the places that hold a delivered order longest, each by cause, with its share of the wait."""
    shares = estimates({replication: _shares(metrics) for replication, metrics in runs.items()})
    rows = []
    for name in _largest(found, HOURS)[:LONGEST]:
        _, cause, place = name.split(".", 2)
        share = estimate_text(shares.get(name, UNKNOWN), "share", reader.language)
        rows.append([reader.say(f"cause {cause}"), reader.label(place), reader.estimate(name, found[name]), share])
    heads = _heads(reader, "cause", "place", "per order", "share")
    return [table(reader.say("places title"), heads, rows, left=2)] if rows else []


def _largest(found: Mapping[str, Estimate], start: str) -> list[str]:
    """Return the metrics of a kind that are above zero, largest first."""
    names = (name for name in found if name.startswith(start) and _size(found, name) > 0)
    return sorted(names, key=lambda name: -_size(found, name))


def _shares(metrics: Mapping[str, float]) -> dict[str, float]:
    """Return each part of the wait as a share of all of it, in one run."""
    hours = {name: value for name, value in metrics.items() if name.startswith(HOURS)}
    whole = math.fsum(value for value in hours.values() if not math.isnan(value))
    return {name: value / whole if whole else math.nan for name, value in hours.items()}
