"""What would have been without a cause: the same customers and the same luck, run again with it switched off.

That is an answer about causes within the model. The account of a wait, which says who held the order, is not: without
the queue in which it waited it might have waited in the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from experiments.analysis.mean_interval import Interval, interval, paired_interval

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
        interval(s - i for s, i in zip(saved, instead, strict=True)),
        {name: paired_interval(other.of(name), world.of(name)) for name in responses},
    )


@dataclass(frozen=True)
class Entry:
    """A row of the account of a difference.

    Attributes
    ----------
    name : str
        A metric: of a cause and a holder, or of a pair of departments.
    before, change : Interval
        [unit of the metric] -- its mean in the first world; the paired difference to the other.
    """

    name: str
    before: Interval
    change: Interval


def account(before: Mapping[int, Mapping[str, float]], after: Mapping[int, Mapping[str, float]]) -> list[Entry]:
    """Divide the difference of two worlds' waits by cause and holder; the parts add up to the whole.

    An account, not a cause: it says who held orders for longer or shorter.

    Parameters
    ----------
    before, after : mapping of int to mapping
        Metrics by replication.

    Returns
    -------
    list of Entry
        The largest changes first.
    """
    return _entries(before, after, lambda name: name.startswith("wait_hours."))


def pairs_account(before: Mapping[int, Mapping[str, float]], after: Mapping[int, Mapping[str, float]]) -> list[Entry]:
    """Divide the difference of two worlds by who waits for whom: hours in which requests wait, a week or window."""
    return _entries(before, after, lambda name: "->" in name and name.endswith(".waiting_hours"))


def _entries(
    before: Mapping[int, Mapping[str, float]], after: Mapping[int, Mapping[str, float]], chosen: object
) -> list[Entry]:
    names = dict.fromkeys(name for row in (*before.values(), *after.values()) for name in row if chosen(name))  # type: ignore[operator]
    entries = []
    for name in names:
        one = {r: row.get(name, 0.0) for r, row in before.items()}
        other = {r: row.get(name, 0.0) for r, row in after.items()}
        entries.append(Entry(name, interval(one.values()), paired_interval(other, one)))
    return sorted(entries, key=lambda entry: -abs(entry.change.mean or 0.0))
