"""Repair of points that break a constraint: pulled towards today, as little as is needed.

The rule, for one point. It uses no luck, and what it yields is always feasible.

1. The axes that move are those which a broken constraint weighs. If today's values there, with the others as they
   are, break another constraint, its axes move as well.
2. All that move are pulled towards today's values by one common factor, the largest in [0, 1] that keeps every
   constraint, as if every value between existed.
3. Ranges take the pulled value. Levels stay where they are, then step one level at a time towards today until
   the point is feasible: each time the axis that still has the largest share of its way to today, among those
   whose step helps. Of equal ones it is each point's turn to begin with another, so that no factor is favoured.
4. Levels are coarse, so something is often left over: the ranges are pulled anew, by the largest factor that keeps
   every constraint with those levels.

Today's value is a level if one has it, else None; so is the value of a range that would lie outside of it, or is
pulled all the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from experiments.plan.constraints import Constraint, Limit, Value, limits
from experiments.plan.designs.axis import Axis, Coordinate, Point
from sim.errors import UsageError

HALVINGS = 60
"""Of a range: to the last bit of a place in it."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A repaired design.

    Attributes
    ----------
    points : list of Point
        All points, in their order, each feasible.
    changed : list of int
        Indices of those that were pulled.
    """

    points: list[Point]
    changed: list[int]


def shrink(constraints: Sequence[Constraint], points: Sequence[Point], axes: Sequence[Axis], value: Value) -> Shrunk:
    """Pull points that are beyond a limit towards today until they are within all of them.

    Parameters
    ----------
    constraints : sequence of Constraint
        All that a point must keep.
    points : sequence of Point
        One coordinate per axis.
    axes : sequence of Axis
        The factors.
    value : callable
        Value of a coordinate of the axis with this index; of None: today's. Strictly rising or falling in a range.

    Raises
    ------
    UsageError
        If a point must be pulled, and today breaks a constraint: towards today there is nothing to be found.

    Examples
    --------
    >>> def value(axis, place):
    ...     return 0.0 if place is None else 10.0 * place
    >>> axes = [Axis("training", None), Axis("checklist", None), Axis("inspection", 2)]
    >>> budget = Constraint("budget", {"training": 1, "checklist": 1}, at_most=9.0, otherwise="shrink")
    >>> shrink([budget], [(0.25, 0.5, 1), (0.75, 0.75, 1)], axes, value)
    Shrunk(points=[(0.25, 0.5, 1), (0.45, 0.45, 1)], changed=[1])
    >>> dear = Constraint("budget", {"training": 1, "inspection": 1}, at_most=12.0, otherwise="shrink")
    >>> shrink([dear], [(1.0, 0.5, 1)], axes, value).points
    [(1.0, 0.5, 0)]
    """
    rows = limits(constraints, axes)
    repaired = [_Repair(point, turn, axes, rows, value).point() for turn, point in enumerate(points)]
    return Shrunk(repaired, [i for i, point in enumerate(points) if repaired[i] != point])


@dataclass(slots=True)
class _Way:
    """Where an axis that moves may stand between its own place and today's.

    Attributes
    ----------
    start, today : float
        [the factor's unit] -- its value, and today's.
    rungs : list of (Coordinate, float)
        The levels from its own to today's, with their values; only its own place for a range.
    at : int
        Index of the rung on which it stands.
    """

    start: float
    today: float
    rungs: list[tuple[Coordinate, float]]
    at: int = 0

    def left(self, rung: int) -> float:
        """Share of the way that a rung is away from today, rounded so that equals are equal."""
        return round((self.rungs[rung][1] - self.today) / (self.start - self.today), 9)


@dataclass(slots=True)
class _Repair:
    """The repair of one point, step by step as at the top of the module."""

    start: Point
    turn: int
    axes: Sequence[Axis]
    rows: Sequence[Limit]
    value: Value
    ways: dict[int, _Way] = field(default_factory=dict)
    factor: float = 1.0

    def point(self) -> Point:
        """Return the point itself if it is feasible, else the repaired one."""
        if self._is_feasible(self._own):
            return self.start
        for row in self.rows:
            if not row.is_kept(self._today):
                raise UsageError(
                    f"design: point {self.turn + 1} cannot be shrunk within '{row.name}': today comes to "
                    f"{row.total(self._today):g}, at most {row.at_most:g} is allowed; raise the limit, or leave such "
                    "points out."
                )
        moving = self._moving()
        self.ways = {i: self._way(i) for i in sorted(moving) if self._own(i) != self._today(i)}
        ranges = [i for i in self.ways if self.axes[i].levels is None]
        self.factor = self._largest_factor(self.ways)
        self._step_down([i for i in self.ways if self.axes[i].levels is not None])
        self.factor = self._largest_factor(ranges)
        repaired = tuple(self._coordinate(i) for i in range(len(self.axes)))
        if self._is_feasible(partial(self._of, repaired)):
            return repaired
        # Steps towards today can break what a negative weight balances; all the way they cannot.
        return tuple(self._end(i) if i in self.ways else place for i, place in enumerate(self.start))

    def _own(self, i: int) -> float:
        return self.value(i, self.start[i])

    def _today(self, i: int) -> float:
        return self.value(i, None)

    def _is_feasible(self, values: Callable[[int], float]) -> bool:
        return all(row.is_kept(values) for row in self.rows)

    def _moving(self) -> set[int]:
        moving: set[int] = set()
        broken = [row for row in self.rows if not row.is_kept(self._own)]
        while broken:
            moving |= {i for row in broken for i, _ in row.weights}
            mixed = tuple(None if i in moving else place for i, place in enumerate(self.start))
            broken = [row for row in self.rows if not row.is_kept(partial(self._of, mixed))]
        return moving

    def _of(self, point: Point, i: int) -> float:
        return self.value(i, point[i])

    def _way(self, i: int) -> _Way:
        own, today = self._own(i), self._today(i)
        rungs = [(self.start[i], own)]
        levels = self.axes[i].levels
        if levels is not None:
            between = [(level, self.value(i, level)) for level in range(levels)]
            between = [(level, at) for level, at in between if min(own, today) <= at <= max(own, today)]
            for level, at in [*sorted(between, key=lambda rung: -abs(rung[1] - today)), (None, today)]:
                if abs(at - today) < abs(rungs[-1][1] - today):
                    rungs.append((level, at))
        return _Way(own, today, rungs)

    def _largest_factor(self, free: Iterable[int]) -> float:
        """Compute the largest common factor of the free axes; the others stand on their rungs."""
        high = 1.0
        pulled = set(free)

        def values(share: float) -> Callable[[int], float]:
            return lambda i: self._settled(i, share) if i in pulled else self._settled(i, None)

        for row in self.rows:
            near, far = row.total(values(0.0)), row.total(values(1.0))
            if far > near and not row.is_kept(values(1.0)):
                high = min(high, (row.at_most - near) / (far - near))
        return max(0.0, high)

    def _settled(self, i: int, factor: float | None) -> float:
        """Value of an axis: pulled by the factor, or where it stands (a range: as it was)."""
        if i not in self.ways:
            return self._own(i)
        way = self.ways[i]
        return way.rungs[way.at][1] if factor is None else way.today + factor * (way.start - way.today)

    def _step_down(self, steps: Sequence[int]) -> None:
        def excess() -> float:
            return sum(
                max(0.0, row.total(standing) - row.at_most) / (row.size(self._own) or 1.0)
                for row in self.rows
                if not row.is_kept(standing)
            )

        def standing(i: int) -> float:
            return self._settled(i, None if i in steps else self.factor)

        beyond = excess()
        while beyond > 0:
            helping: list[tuple[float, int, int]] = []
            for i in steps:
                way = self.ways[i]
                if way.at + 1 < len(way.rungs):
                    way.at += 1
                    if excess() < beyond:
                        helping.append((-way.left(way.at - 1), (i - self.turn) % len(self.axes), i))
                    way.at -= 1
            if not helping:
                return
            self.ways[min(helping)[2]].at += 1
            beyond = excess()

    def _coordinate(self, i: int) -> Coordinate:
        if i not in self.ways:
            return self.start[i]
        way = self.ways[i]
        if self.axes[i].levels is not None:
            return way.rungs[way.at][0]
        return self._place(i, way) if self.factor < 1 else self.start[i]

    def _place(self, i: int, way: _Way) -> Coordinate:
        """Find the place in a range that has the pulled value, or the next one on today's side."""
        wanted = (1 - self.factor) * abs(way.start - way.today)

        def pull(place: float) -> float:
            return (self.value(i, place) - way.start) * (1 if way.today > way.start else -1)

        inner = max((0.0, 1.0), key=pull)
        if self.factor <= 0 or pull(inner) < wanted:
            return None
        outer = float(self.start[i] or 0.0)
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            inner, outer = (middle, outer) if pull(middle) >= wanted else (inner, middle)
        return inner

    def _end(self, i: int) -> Coordinate:
        return self.ways[i].rungs[-1][0] if self.axes[i].levels is not None else None
