"""Whether two engines left the same record, bit for bit, and if not, what they disagree about first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World
from sim.errors import RelevoError
from sim.measures.record import LOG_FIELDS, Record, as_numbers
from sim.rules.attribution import CAUSES, DISPUTE, kind_of
from sim.units import MS_PER_HOUR

Value = int | float | str | None
"""A value as the record has it, times in [ms]; None where one engine has nothing."""

OPENING = "The engines differ"
"""How every sentence about a difference begins."""
OF_CUSTOMERS = ("joined", "left")
"""Events whose key is a customer's."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that two engines disagree about."""

    time: int | None
    """When it happened: of a row, when its order was placed, its customer came, its week began [ms]; None of a sum."""
    entity: str
    """Order, customer, week, department, pair or run."""
    field: str
    values: tuple[Value, Value]
    engines: tuple[str, str]

    def __str__(self) -> str:
        at = "" if self.time is None else f" at {self.time / MS_PER_HOUR:.6f} h"
        (one, other), (first, second) = self.values, self.engines
        return f"{OPENING}{at}: {self.entity}, {self.field} is {_said(one)} ({first}) and {_said(other)} ({second})."


class EnginesDiffer(RelevoError):  # noqa: N818 - it says what is the matter
    """Two engines left different records of the same run.

    Attributes
    ----------
    difference : Difference
        What they disagree about first.
    """

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference)
        self.difference = difference


class Vocabulary(NamedTuple):
    """Names of what a record knows by number."""

    holders: Sequence[str]
    """Departments, then transports."""
    departments: int
    """How many of them are departments."""
    events: Sequence[str]
    items: Sequence[str]
    engines: tuple[str, str]


def first_difference(
    world: World,
    one: Record,
    other: Record,
    engines: tuple[str, str] = ("first", "second"),
    events: Sequence[str] = (),
    items: Sequence[str] = (),
) -> Difference | None:
    """Return the first thing that two records of the same run disagree about; None if there is nothing.

    Floats are compared by their bits, except that any nan equals any other; parts in the order of `parts_by_order`.

    Parameters
    ----------
    world : World
        What was run.
    one, other : Record
        What the engines left behind.
    engines : (str, str)
        Their names.
    events, items : sequence of str
        Names of events and of kinds of items, by number, as the log has them; the numbers if not given.
    """
    for name in ("orders", "parts", "customers", "weeks", "states"):
        types = (getattr(one, name).dtype, getattr(other, name).dtype)
        if types[0] != types[1]:
            return Difference(None, name, "type of rows", (str(types[0]), str(types[1])), engines)
    words = Vocabulary([*world.departments, *world.transports], len(world.departments), events, items, engines)
    found = _in_the_log(one, other, words) if len(one.log) and len(other.log) else None
    if found is not None:
        return found
    rows = [
        _in_rows("order", "placed", one.orders, other.orders, engines),
        _in_parts(one, other, words),
        _in_rows("customer", "joined", one.customers, other.customers, engines),
        _in_rows("week", "begin", one.weeks, other.weeks, engines),
        _in_rows("state of department", "begin", one.states, other.states, engines),
    ]
    by_time = [difference for difference in rows if difference is not None]
    if by_time:
        return min(by_time, key=lambda difference: difference.time or 0)
    return next(_in_sums(one, other, words), None)


def _said(value: Value) -> str:
    return "missing" if value is None else str(value)


def _named(names: Sequence[str], number: int) -> Value:
    """Return a name by its number; the number where there is no name."""
    return names[number] if 0 <= number < len(names) else number


# The log ------------------------------------------------------------------------------------------------------


def _in_the_log(one: Record, other: Record, words: Vocabulary) -> Difference | None:
    a, b = one.log_rows(), other.log_rows()
    n = min(len(a), len(b))
    wrong = np.flatnonzero((a[:n] != b[:n]).any(axis=1))
    if not len(wrong) and len(a) == len(b):
        return None
    place = int(wrong[0]) if len(wrong) else n
    entries = [rows[place].tolist() if place < len(rows) else None for rows in (a, b)]
    there = [entry for entry in entries if entry is not None]
    time, event, holder, key, _ = min(there)
    entity = f"{'customer' if _named(words.events, event) in OF_CUSTOMERS else 'order'} {key}"
    if holder >= 0:
        entity += f" at {_named(words.holders, holder)}"
    if len(there) == 2 and there[0][3] == there[1][3]:
        field, values = next((name, (x, y)) for name, x, y in zip(LOG_FIELDS, *there, strict=True) if x != y)
        names = {"event": words.events, "holder": words.holders, "item": words.items}.get(field, ())
        said = (_named(names, values[0]), _named(names, values[1]))
        return Difference(time, entity, f"{field} of log entry {place}", said, words.engines)
    texts = [None if entry is None else _entry(entry, words) for entry in entries]
    return Difference(time, entity, f"log entry {place}", (texts[0], texts[1]), words.engines)


def _entry(entry: list[int], words: Vocabulary) -> str:
    time, event, holder, key, item = entry
    what = f"{_named(words.events, event)} {key}"
    what += f", {_named(words.items, item)}" if item >= 0 else ""
    what += f", {_named(words.holders, holder)}" if holder >= 0 else ""
    return f"'{what}' at {time / MS_PER_HOUR:.6f} h"


# Rows ---------------------------------------------------------------------------------------------------------


def _wrong(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which fields of which rows differ, as far as both have rows."""
    n = min(len(a), len(b))
    x, y = as_numbers(a[:n]), as_numbers(b[:n])
    wrong: NDArray[np.bool_] = x != y
    for k, name in enumerate(a.dtype.names or ()):
        if a.dtype[name].kind == "f":
            wrong[:, k] &= ~(np.isnan(a[name][:n]) & np.isnan(b[name][:n]))
    return wrong


def _in_rows(kind: str, time: str, a: NDArray[Any], b: NDArray[Any], engines: tuple[str, str]) -> Difference | None:
    """Compare rows that are sorted by a time, whose first field is their identity."""
    names = a.dtype.names or ()
    wrong = _wrong(a, b)
    places = np.flatnonzero(wrong.any(axis=1))
    if not len(places) and len(a) == len(b):
        return None
    place = int(places[0]) if len(places) else len(wrong)
    key = names[0]
    if place < len(wrong) and a[key][place] == b[key][place]:
        field = names[int(np.argmax(wrong[place]))]
        values = (a[field][place].item(), b[field][place].item())
        at = min(int(rows[time][place]) for rows in (a, b))
        return Difference(at, f"{kind} {a[key][place]}", field, values, engines)
    # Not the same order, customer or week: the earlier of the two is the one that the other engine has not, or later.
    there = [(int(rows[time][place]), int(rows[key][place])) for rows in (a, b) if place < len(rows)]
    at, which = min(there)
    found = [rows[rows[key] == which] for rows in (a, b)]
    if not all(len(rows) for rows in found):
        said: list[Value] = [int(rows[key][0]) if len(rows) else None for rows in found]
        return Difference(at, f"{kind} {which}", key, (said[0], said[1]), engines)
    said = [int(rows[time][0]) for rows in found]
    if said[0] != said[1]:
        return Difference(at, f"{kind} {which}", time, (said[0], said[1]), engines)
    # Written down twice, or in the wrong place.
    said = [", ".join(map(str, np.flatnonzero(rows[key] == which))) for rows in (a, b)]
    return Difference(at, f"{kind} {which}", "place among the rows", (said[0], said[1]), engines)


def _in_parts(one: Record, other: Record, words: Vocabulary) -> Difference | None:
    a, b = one.parts_by_order, other.parts_by_order
    if len(a) == len(b) and not _wrong(a, b).any():
        return None
    rows = [Counter(parts.tolist()) for parts in (a, b)]
    placed = dict(zip(other.orders["order"].tolist(), other.orders["placed"].tolist(), strict=True))
    placed |= dict(zip(one.orders["order"].tolist(), one.orders["placed"].tolist(), strict=True))
    odd = {row[0] for row in (*(rows[0] - rows[1]), *(rows[1] - rows[0]))}
    at, order = min((placed.get(key, 0), key) for key in odd)
    mine = [[row[1:] for row in parts[parts["order"] == order].tolist()] for parts in (a, b)]
    for x, y in zip_longest(*mine):
        if x == y:
            continue
        if x is None or y is None or x[0] != y[0]:
            cause = min(row[0] for row in (x, y) if row is not None)
            opened = [None if row is None or row[0] != cause else row[1] for row in (x, y)]
            values: tuple[Value, Value] = (opened[0], opened[1])
            return Difference(at, f"order {order}", f"{_cause(cause, words)}, open", values, words.engines)
        name, k = ("open", 1) if x[1] != y[1] else ("closed", 2)
        return Difference(at, f"order {order}", f"{_cause(x[0], words)}, {name}", (x[k], y[k]), words.engines)
    return None


def _cause(cause: int, words: Vocabulary) -> str:
    n = len(words.holders)
    kind = kind_of(cause, n)
    if kind < DISPUTE:
        return f"{CAUSES[kind]} at {words.holders[cause % n]}"
    return f"{CAUSES[kind]} of {_named(words.holders, cause // n - DISPUTE)} and {words.holders[cause % n]}"


# Sums ---------------------------------------------------------------------------------------------------------


def _in_sums(one: Record, other: Record, words: Vocabulary) -> Iterator[Difference]:
    names = list(words.holders[: words.departments])
    pairs = [f"{asker}->{asked}" for asker in names for asked in names]
    tables = (("department", names, one.departments, other.departments), ("pair", pairs, one.pairs, other.pairs))
    for kind, entities, sums, others in tables:
        for field in dict.fromkeys((*sums, *others)):
            both = zip_longest(sums.get(field, ()), others.get(field, ()))
            for k, (x, y) in enumerate(both):
                if x != y:
                    yield Difference(None, f"{kind} {_named(entities, k)}", field, (x, y), words.engines)
    for cause, (x, y) in enumerate(zip_longest(one.held, other.held)):
        if x != y:
            yield Difference(None, "run", f"time held by {_cause(cause, words)}", (x, y), words.engines)
    for field in (
        "joined", "left", "reported", "mended", "redundant", "customer_time", "customers_end", "ended", "events",
    ):  # fmt: skip
        x, y = getattr(one, field), getattr(other, field)
        if x != y:
            yield Difference(None, "run", field, (x, y), words.engines)
    if len(one.log) != len(other.log):
        yield Difference(None, "run", "number of log entries", (len(one.log), len(other.log)), words.engines)
