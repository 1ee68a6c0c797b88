"""What may be chosen: levels of factors, what limits them and what they cost, all known without a simulation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.plan.constraints import TOLERANCE, Constraint, Value, limits
from experiments.plan.designs import Axis
from sim.errors import InputError

Array = NDArray[np.float64]
Levels = tuple[int, ...]
"""A point: the number of a level for each factor, in the order of the factors."""
Table = tuple[tuple[float, ...], ...]
"""A number for each level of each factor."""
Simulate = Callable[[Sequence[Levels], int, int], Array]
"""Points, first replication and the one after the last -> values, shape (points, responses, replications).

The same replication of two points has the same random numbers (common random numbers), different replications are
independent. nan where a run failed or a response does not apply.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """Something that is limited: a sum of what every factor takes of it, such as a budget.

    Attributes
    ----------
    name : str
        What messages call it.
    amounts : tuple of tuple of float
        [unit of the limit] -- by factor and level.
    at_most : float
        [unit of the limit] -- a point on it is feasible, with the tolerance of `experiments.plan.constraints`.
    """

    name: str
    amounts: Table
    at_most: float

    def total(self, levels: Levels) -> float:
        """Add up what a point takes [unit of the limit]."""
        return math.fsum(amounts[level] for amounts, level in zip(self.amounts, levels, strict=True))

    def excess(self, levels: Levels) -> float:
        """Return by how much a point is beyond the limit, 0 if it is within [unit of the limit].

        Examples
        --------
        >>> budget = Row("budget", ((0.0, 40.0), (0.0, 25.0, 50.0)), at_most=70.0)
        >>> budget.excess((1, 2)), budget.excess((1, 1))
        (20.0, 0.0)
        """
        terms = [amounts[level] for amounts, level in zip(self.amounts, levels, strict=True)]
        beyond = math.fsum(terms) - self.at_most
        return beyond if beyond > TOLERANCE * (math.fsum(map(abs, terms)) + abs(self.at_most)) else 0.0


@dataclass(frozen=True)
class Space:
    """All points that may be chosen.

    Attributes
    ----------
    axes : tuple of Axis
        Factors, each with levels.
    today : tuple of int
        Today's way; feasible, so that a point that is pulled towards it becomes feasible.
    rows : tuple of Row
        What is limited.
    costs : tuple of tuple of float, optional
        [money] -- what a point costs, by factor and level; all 0 if not given.
    kinds : tuple of (str or None), optional
        Factors of the same kind, such as posts, between which a unit can be moved: one level down here, one up there.
    groups : tuple of int, optional
        Factors with the same number are inherited together, such as a policy and when it begins; each alone if not
        given.
    possible : callable, optional
        What else a point must be, besides within its rows.

    Raises
    ------
    InputError
        If numbers of factors or levels do not fit, a factor is a range, or today is not feasible.

    Examples
    --------
    >>> budget = Row("budget", ((0.0, 40.0), (0.0, 25.0, 50.0)), at_most=70.0)
    >>> space = Space((Axis("checklist", 2), Axis("training", 3)), (0, 0), (budget,), budget.amounts)
    >>> space.is_feasible((1, 2)), space.is_feasible((1, 1)), space.cost((1, 1))
    (False, True, 65.0)
    """

    axes: tuple[Axis, ...]
    today: Levels
    rows: tuple[Row, ...] = ()
    costs: Table | None = None
    kinds: tuple[str | None, ...] | None = None
    groups: tuple[int, ...] | None = None
    possible: Callable[[Levels], bool] | None = None

    def __post_init__(self) -> None:
        if not self.axes:
            raise InputError("optimisation: got no factors, must be at least 1. Name what may be chosen.")
        for axis in self.axes:
            if axis.levels is None:
                raise InputError(
                    f"optimisation, factor '{axis.name}': got a range, must have levels. Give 'levels', or 'steps'."
                )
        shape = self.numbers
        for what, table in [("costs", self.costs), *((f"limit '{row.name}'", row.amounts) for row in self.rows)]:
            if table is not None and tuple(map(len, table)) != shape:
                raise InputError(
                    f"optimisation, {what}: got {tuple(map(len, table))} numbers, must be {shape}: one for each level."
                )
        for name, given in (("kinds", self.kinds), ("groups", self.groups), ("today", self.today)):
            if given is not None and len(given) != len(shape):
                raise InputError(f"optimisation, {name}: got {len(given)}, must be {len(shape)}: one for each factor.")
        if not all(0 <= level < number for level, number in zip(self.today, shape, strict=True)):
            raise InputError(f"optimisation, today: got {self.today}, must be levels from 0 of {shape}.")
        if not self.is_feasible(self.today):
            broken = [row.name for row in self.rows if row.excess(self.today)] or ["what is possible"]
            raise InputError(
                f"optimisation, today: is beyond {', '.join(broken)}, must be within. Raise the limit: today has to "
                "be among what may be chosen."
            )

    @property
    def numbers(self) -> tuple[int, ...]:
        """Levels of each factor [1]."""
        return tuple(axis.levels or 0 for axis in self.axes)

    @property
    def combinations(self) -> int:
        """Points, feasible or not [1]."""
        return math.prod(self.numbers)

    def is_feasible(self, levels: Levels) -> bool:
        """Say whether a point may be chosen."""
        return all(row.excess(levels) == 0.0 for row in self.rows) and self.is_possible(levels)

    def is_possible(self, levels: Levels) -> bool:
        """Say whether a point is possible apart from what is limited."""
        return self.possible is None or self.possible(levels)

    def cost(self, levels: Levels) -> float:
        """Return what a point costs [money]."""
        if self.costs is None:
            return 0.0
        return math.fsum(costs[level] for costs, level in zip(self.costs, levels, strict=True))

    def changed(self, levels: Levels) -> dict[str, int]:
        """Return what is other than today: name of factor -> level."""
        return {
            axis.name: level
            for axis, level, now in zip(self.axes, levels, self.today, strict=True)
            if level != now
        }  # fmt: skip


def rows_of(constraints: Sequence[Constraint], axes: Sequence[Axis], value: Value) -> tuple[Row, ...]:
    """Turn the constraints of a plan into rows.

    Parameters
    ----------
    constraints : sequence of Constraint
        Weighted sums of values; what a plan wants done with points beyond them does not count: they are repaired.
    axes : sequence of Axis
        Factors with levels.
    value : callable
        [unit of the factor] -- of a level of the axis with this index.

    Examples
    --------
    >>> axes = (Axis("staff", 3), Axis("training", 2))
    >>> budget = Constraint("budget", {"staff": 40.0}, at_most=50.0, otherwise="shrink")
    >>> rows_of([budget], axes, lambda axis, level: float(level or 0) - 1)
    (Row(name='budget', amounts=((-40.0, 0.0, 40.0), (0.0, 0.0)), at_most=50.0),)
    """
    found = []
    for limit in limits(constraints, axes):
        weights = dict(limit.weights)
        amounts = tuple(
            tuple(weights[i] * value(i, level) if i in weights else 0.0 for level in range(axis.levels or 0))
            for i, axis in enumerate(axes)
        )
        found.append(Row(limit.name, amounts, limit.at_most))
    return tuple(found)
