"""Linear constraints over the values of factors, such as a budget: which points break them, and what is done then.

Three answers, chosen per constraint: leave such points out (and say which), shrink them towards today (module
`shrinking`), or draw a larger design until enough points are left. None is silent. Each disturbs the balance of a
design; see `duplicates` and `largest_correlation` of what is left.

The value of a coordinate is asked of `value(axis_index, coordinate)`, with None for today's, and only for axes that
a constraint weighs. Within a range it must rise or fall all the way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from experiments.plan.designs.axis import MOST_POINTS, Axis, Coordinate, Point
from sim.errors import UsageError, nearest

Otherwise = Literal["leave out", "shrink", "resample"]
Value = Callable[[int, Coordinate], float]
"""Value of a coordinate of the axis with this index; of None: today's."""

TOLERANCE = 1e-9
"""[1] -- of the size of the terms: a budget that is spent to the last cent is kept, however its sum is rounded."""
LEAST_SHARE = 0.01
"""[1] -- share of feasible points below which drawing again is given up."""
ENOUGH_TO_JUDGE = 1000
"""Points by which that share is judged."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A weighted sum of factors' values that has a limit.

    Attributes
    ----------
    name : str
        What messages call it.
    weights : mapping of str to float
        [limit's unit per factor's unit] -- by name of factor; others do not count.
    at_most : float
        The limit; a point on it is feasible.
    otherwise : {"leave out", "shrink", "resample"}
        What becomes of a point beyond it.

    Raises
    ------
    UsageError
        If it has no weights, a number is not finite, or `otherwise` is none of the three.
    """

    name: str
    weights: Mapping[str, float]
    at_most: float
    otherwise: Otherwise

    def __post_init__(self) -> None:
        where = f"design, constraint '{self.name}'"
        if not self.weights:
            raise UsageError(f"{where}: weighs no factor; at least one is needed; add it under 'weights'.")
        for what, number in [*self.weights.items(), ("at_most", self.at_most)]:
            if not math.isfinite(number):
                raise UsageError(f"{where}, {what}: got {number}; a finite number is needed; give one.")
        if self.otherwise not in get_args(Otherwise):
            raise UsageError(
                f"{where}, otherwise: got '{self.otherwise}'; it is one of {', '.join(get_args(Otherwise))}; "
                f"{nearest(self.otherwise, get_args(Otherwise))}"
            )


@dataclass(frozen=True, slots=True)
class Violation:
    """A point beyond a limit.

    Attributes
    ----------
    point : int
        Its index.
    constraint : str
        The constraint's name.
    total, at_most : float
        [the constraint's unit] -- what the point comes to, and the limit.
    """

    point: int
    constraint: str
    total: float
    at_most: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of a design, and why the rest is not: at least one violation per point that was left out."""

    points: list[Point]
    left_out: list[Violation]


@dataclass(frozen=True, slots=True)
class Resampled:
    """The first feasible points of a larger design.

    Attributes
    ----------
    points : list of Point
        As many as were wanted.
    drawn : int
        [1] -- points of the design that they were taken from.
    feasible : int
        [1] -- points of it that are feasible.
    """

    points: list[Point]
    drawn: int
    feasible: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A constraint by index of axis instead of name."""

    name: str
    weights: tuple[tuple[int, float], ...]
    at_most: float

    def total(self, values: Callable[[int], float]) -> float:
        """Add up the weighted values."""
        return math.fsum(weight * values(i) for i, weight in self.weights)

    def size(self, values: Callable[[int], float]) -> float:
        """Say how large the numbers are that are added and compared, for tolerances."""
        return math.fsum(abs(weight * values(i)) for i, weight in self.weights) + abs(self.at_most)

    def is_kept(self, values: Callable[[int], float]) -> bool:
        """Compare with the limit, with the tolerance; what is no number keeps none."""
        return self.total(values) <= self.at_most + TOLERANCE * self.size(values)


def limits(constraints: Sequence[Constraint], axes: Sequence[Axis]) -> list[Limit]:
    """Find the axes that constraints weigh.

    Raises
    ------
    UsageError
        If a constraint weighs a factor that is none of the axes.
    """
    index = {axis.name: i for i, axis in enumerate(axes)}
    for constraint in constraints:
        for name in constraint.weights:
            if name not in index:
                raise UsageError(
                    f"design, constraint '{constraint.name}': weighs '{name}'; only factors of the plan have a "
                    f"weight; {nearest(name, index)}"
                )
    return [
        Limit(c.name, tuple((index[name], weight) for name, weight in c.weights.items()), c.at_most)
        for c in constraints
    ]


def violations(
    constraints: Sequence[Constraint], points: Sequence[Point], axes: Sequence[Axis], value: Value
) -> list[Violation]:
    """Say which points are beyond which limits.

    Parameters
    ----------
    constraints : sequence of Constraint
        In the order in which they are to be reported.
    points : sequence of Point
        One coordinate per axis.
    axes : sequence of Axis
        The factors.
    value : callable
        See the top of the module.

    Returns
    -------
    list of Violation
        Point by point, each in the order of the constraints.

    Examples
    --------
    >>> budget = Constraint("budget", {"staff": 40.0, "training": 1.0}, at_most=100.0, otherwise="leave out")
    >>> axes = [Axis("staff", 4), Axis("training", None)]
    >>> def value(axis, place):
    ...     return 0.0 if place is None else (place, 50.0 * place)[axis]
    >>> violations([budget], [(2, 0.1), (2, 1.0), (3, None)], axes, value)
    [Violation(point=1, constraint='budget', total=130.0, at_most=100.0),
     Violation(point=2, constraint='budget', total=120.0, at_most=100.0)]
    """
    found: list[Violation] = []
    rows = limits(constraints, axes)
    for number, point in enumerate(points):
        for row in rows:
            values = _values_of(point, value)
            if not row.is_kept(values):
                found.append(Violation(number, row.name, row.total(values), row.at_most))
    return found


def leave_out(constraints: Sequence[Constraint], points: Sequence[Point], axes: Sequence[Axis], value: Value) -> Kept:
    """Keep the feasible points, in their order, and say why the others were left out.

    Raises
    ------
    UsageError
        If none is left.

    Examples
    --------
    >>> budget = Constraint("budget", {"staff": 1.0}, at_most=1.0, otherwise="leave out")
    >>> leave_out([budget], [(0,), (1,), (2,)], [Axis("staff", 3)], lambda axis, place: float(place or 0))
    Kept(points=[(0,), (1,)], left_out=[Violation(point=2, constraint='budget', total=2.0, at_most=1.0)])
    """
    found = violations(constraints, points, axes, value)
    beyond = {violation.point for violation in found}
    if points and len(beyond) == len(points):
        raise UsageError(
            f"design: all {len(points)} points are beyond {_names(found)}; at least one must be within; "
            "raise the limit, or shrink points instead."
        )
    return Kept([point for number, point in enumerate(points) if number not in beyond], found)


def resample(
    constraints: Sequence[Constraint],
    make: Callable[[int], Sequence[Point]],
    points: int,
    axes: Sequence[Axis],
    value: Value,
) -> Resampled:
    """Double a space-filling design until enough of its points are feasible, and keep the first ones.

    Parameters
    ----------
    constraints : sequence of Constraint
        All that a point must keep.
    make : callable
        Lays out a design of n points, for n = `points` times 1, 2, 4, …: Sobol' points and Halton points go on
        where they were, a Latin hypercube is drawn anew. One of strength 2 does not exist for such n.
    points : int
        [1] -- feasible points that are wanted.
    axes : sequence of Axis
        The factors.
    value : callable
        See the top of the module.

    Raises
    ------
    UsageError
        If fewer than 1 % of at least 1000 points are feasible.

    Examples
    --------
    >>> from experiments.plan.designs.spacefilling import halton
    >>> axes = [Axis("staff", None), Axis("training", None)]
    >>> budget = Constraint("budget", {"staff": 1.0, "training": 1.0}, at_most=0.5, otherwise="resample")
    >>> found = resample([budget], lambda n: halton(axes, n, seed=1), 16, axes, lambda axis, place: place or 0.0)
    >>> len(found.points), found.drawn
    (16, 256)
    """
    drawn = points
    while True:
        made = make(drawn)
        found = violations(constraints, made, axes, value)
        beyond = {violation.point for violation in found}
        kept = [point for number, point in enumerate(made) if number not in beyond]
        if len(kept) >= points:
            return Resampled(kept[:points], len(made), len(kept))
        hopeless = drawn >= ENOUGH_TO_JUDGE and len(kept) < LEAST_SHARE * drawn
        if hopeless or 2 * drawn > MOST_POINTS:
            raise UsageError(
                f"design: of {drawn:,} points {len(kept):,} are within {_names(found)}; wanted are {points:,}, and at "
                "least 1 % must be within; raise the limit, narrow the ranges, or shrink points instead."
            )
        drawn *= 2


def _values_of(point: Point, value: Value) -> Callable[[int], float]:
    return lambda i: value(i, point[i])


def _names(found: Sequence[Violation]) -> str:
    return ", ".join(f"'{name}'" for name in dict.fromkeys(violation.constraint for violation in found))
