"""An experiment: a plan whose company is loaded, whose factors are tied to it and whose points are laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from experiments.plan.designs import Point
from experiments.plan.factors import BoundFactor, is_today
from experiments.plan.plan import Plan
from experiments.plan.targets import DEFAULT_REPLICATIONS, Target
from sim.policies import Policy, Portfolio, portfolio
from sim.scenario.changes import Base, Value

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.company import Scenario

TODAY = "is_today"


@dataclass(frozen=True)
class Experiment:
    """Everything that decides what is run.

    Attributes
    ----------
    plan : Plan
        As written.
    place : str
        Its file, as messages name it.
    base : Base
        The company, with the plan's settings.
    factors : tuple of BoundFactor
        What varies.
    points : tuple of tuple
        A coordinate per factor; None is today's value.
    always : tuple of (Policy, float)
        Policies in force at every point.
    targets : tuple of Target
        How narrow intervals must be; empty with a fixed number of replications.
    remarks : tuple of str
        What happened to the points: left out, moved, alike.
    """

    plan: Plan
    place: str
    base: Base
    factors: tuple[BoundFactor, ...]
    points: tuple[Point, ...]
    always: tuple[tuple[Policy, float], ...] = ()
    targets: tuple[Target, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def replications(self) -> int:
        """Runs of each point: all of them, or with a precision those before the first look."""
        if self.plan.precision is not None:
            return self.plan.precision.first
        return self.plan.replications or DEFAULT_REPLICATIONS

    @property
    def most(self) -> int:
        """The largest number of runs that a point can have."""
        return self.replications if self.plan.precision is None else self.plan.precision.most

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy that some point may have."""
        return (*(p for p, _ in self.always), *(f.policy for f in self.factors if f.policy is not None))

    def values(self, point: Point) -> tuple[Value | None, ...]:
        """Return the value of every factor at a point, in base units."""
        return tuple(factor.value(c) for factor, c in zip(self.factors, point, strict=True))

    def is_today(self, point: Point) -> bool:
        """Say whether a point is today's way of working."""
        return is_today(self.factors, point)

    def changes(self, point: Point) -> dict[str, Value]:
        """Return the fields of the scenario that a point changes, as a file writes them."""
        found: dict[str, Value] = {}
        for factor, coordinate in zip(self.factors, point, strict=True):
            value = None if coordinate is None or factor.policy is not None else factor.value(coordinate)
            if value is not None:
                found[factor.field.path] = factor.field.written(value)
        return found

    def portfolio(self, point: Point) -> Portfolio:
        """Return the policies in force at a point; one at intensity 0 is not.

        A policy that the scenario itself puts in force is named with 0 where it is to be without.
        """
        members: list[tuple[str | Policy, float]] = list(self.always)
        for factor, coordinate in zip(self.factors, point, strict=True):
            if factor.policy is not None:
                intensity = float(factor.value(coordinate) or 0.0)
                if intensity > 0 or factor.today:
                    members.append((factor.policy, intensity))
        return portfolio(members)

    def scenario(self, changes: dict[str, Value]) -> Scenario:
        """Return the company with some fields changed.

        Raises
        ------
        InputError
            If that is no possible company.
        """
        return self.base.changed(changes, self.place)

    @cached_property
    def in_order(self) -> tuple[int, ...]:
        """Numbers of the points, those of one company together: they share what goes before their policies."""
        first: dict[tuple[tuple[str, Value], ...], int] = {}
        keys = [first.setdefault(tuple(self.changes(p).items()), i) for i, p in enumerate(self.points)]
        return tuple(sorted(range(len(self.points)), key=lambda i: (keys[i], i)))

    def groups(self, size: int) -> list[tuple[int, ...]]:
        """Cut the points into groups of one company each and at most so many points, in a fixed order."""
        found: list[tuple[int, ...]] = []
        for _, members in groupby(self.in_order, key=lambda i: tuple(self.changes(self.points[i]).items())):
            numbers = list(members)
            found += [tuple(numbers[i : i + size]) for i in range(0, len(numbers), size)]
        return found

    def design_table(self) -> pd.DataFrame:
        """Return a row per point: its number, whether it is today's way, and the value of every factor."""
        import pandas as pd

        rows = [self.values(point) for point in self.points]
        columns: dict[str, Any] = {"point": range(len(rows)), TODAY: [self.is_today(point) for point in self.points]}
        for factor, values in zip(self.factors, zip(*rows, strict=True), strict=True):
            columns[factor.name] = _column(values)
        return pd.DataFrame(columns)

    def with_warm_up(self, hours: float) -> Experiment:
        """Return the experiment with another time before measuring [h]."""
        return replace(self, base=self.base.fixed({"time.warm_up": f"{hours!r} h"}, self.place))


def _column(values: Sequence[Value | None]) -> list[Any]:
    """Return a column of one type: numbers where all are numbers, else words."""
    known = [value for value in values if value is not None]
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return [None if value is None else float(value) for value in values]
    return [None if value is None else str(value) for value in values]
