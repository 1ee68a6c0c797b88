"""What would have been without a cause: the same customers and the same luck, run again with it switched off.

That is an answer about causes within the model. The account of a wait, which says who held the order, is not: without
the queue in which it waited it might have waited in the next one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from experiments.analysis.mean_interval import PAIRED_METHOD, Interval, interval, paired_interval

RESPONSES = ("wait_mean", "promise_kept_share")
"""Metrics whose change is told beside the customers."""


@dataclass
class World:
    """What came of one way of working, by replication.

    Attributes
    ----------
    lost : dict of int to frozenset of int
        The customers who left within the window.
    metrics : dict of int to dict
        All metrics.
    """

    lost: dict[int, frozenset[int]] = field(default_factory=dict)
    metrics: dict[int, dict[str, float]] = field(default_factory=dict)

    def of(self, metric: str) -> dict[int, float]:
        """Return a metric by replication."""
        return {r: row[metric] for r, row in self.metrics.items() if metric in row}


@dataclass(frozen=True)
class WithoutCause:
    """What switching one cause off does.

    Attributes
    ----------
    cause : str
        Its name.
    saved : Interval
        [share] -- of the customers lost with the cause, those who stay without it.
    lost_instead : Interval
        [share] -- customers who stay with the cause and leave without it, relative to those lost with it.
    net : Interval
        [share] -- the one less the other: by how much fewer customers are lost.
    changes : dict of str to Interval
        [unit of the metric] -- paired differences of the responses, without the cause minus with it.
    """

    cause: str
    saved: Interval
    lost_instead: Interval
    net: Interval
    changes: dict[str, Interval]
    changes_nothing: bool = False
    """Whether every metric and every lost customer is the same in every replication: it cannot apply here."""


def without_each(
    world: World, without: Mapping[str, World], responses: Iterable[str] = RESPONSES
) -> list[WithoutCause]:
    """Say what each cause alone has cost, the one that costs most customers first.

    Parameters
    ----------
    world : World
        With all causes.
    without : mapping of str to World
        By cause: the same with that cause switched off.
    responses : iterable of str
        Metrics whose change is told as well.

    Notes
    -----
    Customers are the same persons in all worlds of a replication, and meet the same luck. The shares of several causes
    need not add up: a customer may be saved by each of two, or only by both.

    Examples
    --------
    >>> today = World({0: frozenset({1, 2, 3, 4}), 1: frozenset({5, 6})})
    >>> calm = World({0: frozenset({4, 9}), 1: frozenset({5})})
    >>> (found,) = without_each(today, {"queues": calm}, ())
    >>> found.saved.mean, found.lost_instead.mean, found.net.mean
    (0.625, 0.125, 0.5)
    """
    found = [_without(cause, world, other, tuple(responses)) for cause, other in without.items()]
    return sorted(found, key=lambda each: -(each.net.mean or 0.0))


def _without(cause: str, world: World, other: World, responses: tuple[str, ...]) -> WithoutCause:
    both = sorted(r for r in world.lost.keys() & other.lost.keys() if world.lost[r])
    saved = [len(world.lost[r] - other.lost[r]) / len(world.lost[r]) for r in both]
    instead = [len(other.lost[r] - world.lost[r]) / len(world.lost[r]) for r in both]
    return WithoutCause(
        cause,
        interval(saved),
        interval(instead),
        interval((s - i for s, i in zip(saved, instead, strict=True)), method=PAIRED_METHOD),
        {name: paired_interval(other.of(name), world.of(name)) for name in responses},
        _is_same(world, other),
    )


def _is_same(world: World, other: World) -> bool:
    both = world.metrics.keys() & other.metrics.keys()
    return bool(both) and all(
        world.lost.get(r) == other.lost.get(r) and _equal(world.metrics[r], other.metrics[r]) for r in both
    )


def _equal(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    def same(a: float, b: float) -> bool:
        return a == b or (math.isnan(a) and math.isnan(b))

    return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())


@dataclass(frozen=True)
class Entry:
    """A row of the account of a difference.

    Attributes
    ----------
    name : str
        A metric: of a cause and a holder, or of a pair of departments.
    before, change : Interval
        [unit of the metric] -- its mean in the first world; the paired difference to the other.
    values_before, values_after : tuple of float
        [unit of the metric] -- in the replications that both worlds have.
    """

    name: str
    before: Interval
    change: Interval
    values_before: tuple[float, ...] = ()
    values_after: tuple[float, ...] = ()

    @classmethod
    def of(cls, name: str, before: Iterable[float], after: Iterable[float]) -> Entry:
        """Make a row from the values of both worlds in the same replications."""
        one, other = tuple(before), tuple(after)
        changes = [b - a for a, b in zip(one, other, strict=True)]
        return cls(name, interval(one), interval(changes, method=PAIRED_METHOD), one, other)


def account(before: Mapping[int, Mapping[str, float]], after: Mapping[int, Mapping[str, float]]) -> list[Entry]:
    """Divide the difference of two worlds' waits by cause and holder; the parts add up to that of `wait_open_mean`.

    An account, not a cause: it says who held orders for longer or shorter.

    Parameters
    ----------
    before, after : mapping of int to mapping
        Metrics by replication.

    Returns
    -------
    list of Entry
        The largest changes first; replications count in which both worlds delivered something.
    """
    common = [r for r in _common(before, after) if _delivered(before[r]) and _delivered(after[r])]
    return _entries(
        {r: before[r] for r in common}, {r: after[r] for r in common}, lambda name: name.startswith("wait_hours.")
    )


def _delivered(row: Mapping[str, float]) -> bool:
    return not math.isnan(row.get("wait_open_mean", math.nan))


def together(entries: Iterable[Entry], name: str) -> Entry:
    """Add up rows of an account, replication by replication.

    Examples
    --------
    >>> rows = [Entry.of("a", [1.0, 2.0], [2.0, 5.0]), Entry.of("b", [1.0, 1.0], [1.0, 0.0])]
    >>> together(rows, "both").change.mean
    1.5
    """
    chosen = list(entries)
    before, after = ([math.fsum(one) for one in zip(*runs, strict=True)] for runs in (
        [entry.values_before for entry in chosen], [entry.values_after for entry in chosen]
    ))  # fmt: skip
    return Entry.of(name, before, after)


def pairs_account(before: Mapping[int, Mapping[str, float]], after: Mapping[int, Mapping[str, float]]) -> list[Entry]:
    """Divide the difference of two worlds by who waits for whom: hours in which requests wait, a week or window."""
    return _entries(before, after, lambda name: "->" in name and name.endswith(".waiting_hours"))


def _common(before: Mapping[int, object], after: Mapping[int, object]) -> list[int]:
    return sorted(before.keys() & after.keys())


def _entries(
    before: Mapping[int, Mapping[str, float]],
    after: Mapping[int, Mapping[str, float]],
    chosen: Callable[[str], bool],
) -> list[Entry]:
    common = _common(before, after)
    names = dict.fromkeys(name for r in common for row in (before[r], after[r]) for name in row if chosen(name))
    # What cannot happen in one of the worlds, such as asking somebody who is never asked, takes no time there.
    entries = [
        Entry.of(name, (before[r].get(name, 0.0) for r in common), (after[r].get(name, 0.0) for r in common))
        for name in names
    ]
    return sorted(entries, key=lambda entry: -abs(entry.change.mean or 0.0))
