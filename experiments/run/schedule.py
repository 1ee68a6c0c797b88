"""Which chunks of an experiment are to be done next: all of a fixed number, or as many as a precision takes.

What follows from what is finished depends on results and on nothing else. So an experiment that was interrupted, or
shared by several processes, does exactly the runs of one that was not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from experiments.plan.experiment import Experiment
from experiments.run.chunks import Summary
from experiments.run.folder import Layout
from experiments.run.parts import Chunk
from sim.errors import UsageError

Values = Mapping[str, Sequence[float]]
"""Response -> a value per replication of one point."""


class StoppingRule(Protocol):
    """Says how many replications a point needs."""

    def next_look(self, values: Values) -> int | None:
        """Return how many replications to have before asking again; None if there are enough."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several equal shares of an experiment, for machines that know nothing of each other.

    Attributes
    ----------
    number, of : int
        The share, from 1, and how many there are.
    """

    number: int = 1
    of: int = 1

    def has(self, place: int) -> bool:
        """Say whether the chunk or group at a place is in this share."""
        return place % self.of == self.number - 1


def shard(text: str) -> Shard:
    """Read a share such as '2/4'.

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> shard("2/4")
    Shard(number=2, of=4)
    """
    number, slash, of = text.partition("/")
    if not (slash and number.strip().isdecimal() and of.strip().isdecimal() and 1 <= int(number) <= int(of)):
        raise UsageError(
            f"--shard {text}: write which of how many, such as 2/4: the second of four shares; the first number "
            "is from 1 to the second."
        )
    return Shard(int(number), int(of))


def all_chunks(groups: int, replications: int, layout: Layout) -> Iterator[Chunk]:
    """Yield the chunks of a fixed number of replications, group by group."""
    for group in range(groups):
        yield from pieces(group, 0, replications, layout)


def pieces(group: int, first: int, end: int, layout: Layout) -> Iterator[Chunk]:
    """Cut the replications from `first` to before `end` of a group into chunks."""
    for start in range(first, end, layout.replications):
        yield Chunk(group, start, min(start + layout.replications, end) - 1)


@dataclass
class _Group:
    """A group of points on its way to its precision."""

    number: int
    looks: dict[int, int]
    """Point -> replications after which the rule is asked about it again; those that have enough are gone."""
    pending: set[Chunk] = field(default_factory=set)
    replications: int = 0
    found: dict[Chunk, dict[str, dict[int, list[float]]]] = field(default_factory=dict)

    @property
    def points(self) -> tuple[int, ...]:
        """The points that need more, in the order of the group."""
        return tuple(self.looks)

    def values(self, point: int) -> dict[str, list[float]]:
        """Return the values of a point in the order of its replications."""
        joined: dict[str, list[float]] = {}
        for chunk in sorted(self.found):
            for response, by_point in self.found[chunk].items():
                joined.setdefault(response, []).extend(by_point.get(point, []))
        return joined


class Schedule:
    """Hands out chunks; told what came of each, it may add more.

    An iterator that can be asked again after it has said that there is nothing: more may follow from what is
    under way.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    layout : Layout
        How it is cut.
    done : collection of Chunk
        What is there already.
    read : callable
        Returns the summary of a part that is there.
    rule : StoppingRule, optional
        Needed where the plan asks for a precision.
    share : Shard
        Of the experiment.
    claim : callable, optional
        Says that a chunk is being done; False if somebody else is at it. Such chunks are left to them while they live.
    """

    def __init__(
        self,
        experiment: Experiment,
        layout: Layout,
        done: set[Chunk],
        read: Callable[[Chunk], Summary],
        rule: StoppingRule | None = None,
        share: Shard | None = None,
        claim: Callable[[Chunk], bool] | None = None,
    ) -> None:
        self.experiment, self.layout, self.rule, self.share = experiment, layout, rule, share or Shard()
        self._done, self._read, self._claim = done, read, claim or (lambda _: True)
        self.groups = experiment.groups(layout.group_size)
        self.runs_done = self.failed = 0
        self._ready: deque[tuple[Chunk, tuple[int, ...]]] = deque()
        self._elsewhere: deque[tuple[Chunk, tuple[int, ...]]] = deque()
        self._open: dict[int, _Group] = {}
        self._coming = self._begin()

    @property
    def precise(self) -> bool:
        """Whether chunks follow from results."""
        return self.rule is not None

    @property
    def planned(self) -> int:
        """Runs of this share of the experiment that are known to be needed."""
        if self.precise:
            known = sum(len(g) for i, g in enumerate(self.groups) if self.share.has(i)) * self.experiment.replications
            return max(known, self.runs_done + sum(len(p) * (c.last - c.first + 1) for c, p in self._waiting()))
        return self._fixed

    @cached_property
    def _fixed(self) -> int:
        mine = (chunk for place, chunk in enumerate(self._all()) if self.share.has(place))
        return sum(len(self.groups[chunk.group]) * (chunk.last - chunk.first + 1) for chunk in mine)

    def __iter__(self) -> Schedule:
        return self

    def __next__(self) -> tuple[Chunk, tuple[int, ...]]:
        """Return a chunk that is to be done, and its points."""
        while True:
            found = self._begun() or self._left_by_others()
            if found is not None:
                return found
            if not self._ready:
                raise StopIteration

    def _begun(self) -> tuple[Chunk, tuple[int, ...]] | None:
        """Return the next chunk that nobody has done nor is at."""
        while self._ready or self._more():
            chunk, points = self._ready.popleft()
            if self._is_there(chunk):
                continue
            if self._claim(chunk):
                return chunk, points
            self._elsewhere.append((chunk, points))
        return None

    def _left_by_others(self) -> tuple[Chunk, tuple[int, ...]] | None:
        """Return a chunk that somebody was at who is no more; more may become ready from those that are done."""
        for _ in range(len(self._elsewhere)):
            chunk, points = self._elsewhere.popleft()
            if self._is_there(chunk):
                continue
            if self._claim(chunk):
                return chunk, points
            self._elsewhere.append((chunk, points))
        return None

    @property
    def waits_for_others(self) -> bool:
        """Whether other processes are at what is left."""
        return bool(self._elsewhere)

    def ended(self, chunk: Chunk, summary: Summary) -> None:
        """Take note of what came of a chunk."""
        self.runs_done += summary.runs
        self.failed += summary.failed
        self._done.add(chunk)
        group = self._open.get(chunk.group)
        if group is None or chunk not in group.pending:
            return
        group.pending.remove(chunk)
        group.found[chunk] = summary.values
        if not group.pending:
            self._look(group)
            if not group.pending:
                del self._open[chunk.group]

    def _is_there(self, chunk: Chunk) -> bool:
        """Whether a chunk is done already, by an earlier session or another process; then take note of it."""
        if chunk not in self._done:
            return False
        self.ended(chunk, self._read(chunk))
        return True

    def notice(self, done: set[Chunk]) -> None:
        """Take note of chunks that others have done meanwhile."""
        self._done |= done

    def _waiting(self) -> Iterator[tuple[Chunk, tuple[int, ...]]]:
        yield from self._ready
        yield from self._elsewhere

    def _more(self) -> bool:
        """Begin another group, or hand out another chunk; False when all are begun."""
        following = next(self._coming, None)
        if following is None:
            return False
        self._ready.extend(following)
        return True

    def _begin(self) -> Iterator[list[tuple[Chunk, tuple[int, ...]]]]:
        if not self.precise:
            for place, chunk in enumerate(self._all()):
                if self.share.has(place):
                    yield [(chunk, self.groups[chunk.group])]
            return
        for number, points in enumerate(self.groups):
            if self.share.has(number):
                group = _Group(number, dict.fromkeys(points, self.experiment.replications))
                self._open[number] = group
                yield self._cut(group)

    def _all(self) -> Iterator[Chunk]:
        """Yield the chunks of a fixed number of replications, group by group."""
        return all_chunks(len(self.groups), self.experiment.replications, self.layout)

    def _cut(self, group: _Group) -> list[tuple[Chunk, tuple[int, ...]]]:
        """Cut the replications that a group still needs until its next look into chunks."""
        until = min(group.looks.values())
        chunks = list(pieces(group.number, group.replications, until, self.layout))
        group.pending, group.replications = set(chunks), until
        return [(chunk, group.points) for chunk in chunks]

    def _look(self, group: _Group) -> None:
        """Ask the rule which points of a group need more, and until when.

        Each point is asked when it has as many replications as the rule said, as if it were alone: what is run does
        not depend on which points stand together.
        """
        if self.rule is None:
            return
        for point in [p for p, look in group.looks.items() if look <= group.replications]:
            following = self.rule.next_look(group.values(point))
            if following is None:
                del group.looks[point]
            else:
                group.looks[point] = max(following, group.replications + 1)
        if group.looks:
            self._ready.extend(self._cut(group))
