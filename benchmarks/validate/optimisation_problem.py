"""A made-up company that is as hard to improve as the model, but whose truth is a formula.

Thirty whole numbers: how far each of 12 policies goes (0 to 4), when each begins (0 to 3), and how many people six
departments have more or fewer (-2 to 2). A budget limits policies and people, and a second limit says that there is no
room for more than three more people in all. The response is yearly churn: policies reduce it with diminishing returns,
the less the later they begin; some pairs help or hinder each other; a department with too few people adds to it.
Noise: a year that is good or bad for all, luck that belongs to each policy and each department, and luck of each run.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from experiments.analysis.optimisation.space import Levels, Row, Space
from experiments.plan.designs import Axis

Array = NDArray[np.float64]
POLICIES, INTENSITIES, STARTS, DEPARTMENTS, STAFF = 12, 5, 4, 6, 5


class Company:
    """One instance of the problem."""

    def __init__(self, instance: int, common: bool = True) -> None:
        rng = default_rng((20261122, instance))
        self.instance = instance
        self.common = common
        self.effect = rng.uniform(0.5, 3.0, POLICIES)
        self.saturation = rng.uniform(0.25, 1.0, POLICIES)
        self.delay = rng.uniform(0.05, 0.25, POLICIES)
        pairs = rng.uniform(-0.6, 0.6, (POLICIES, POLICIES)) * (rng.random((POLICIES, POLICIES)) < 0.2)
        self.pairs = np.triu(pairs, 1)
        self.pressure = rng.uniform(0.3, 1.2, DEPARTMENTS)
        self.relief = rng.uniform(0.4, 0.9, DEPARTMENTS)
        self.price = rng.uniform(5.0, 20.0, POLICIES) * self.effect**0.5
        self.pay = rng.uniform(15.0, 30.0, DEPARTMENTS)
        self.space = self._space()
        self.runs = 0

    def _space(self) -> Space:
        axes = [Axis(f"policy {i}", INTENSITIES) for i in range(POLICIES)]
        axes += [Axis(f"start of {i}", STARTS) for i in range(POLICIES)]
        axes += [Axis(f"staff of {i}", STAFF) for i in range(DEPARTMENTS)]
        policies = [tuple(price * level for level in range(INTENSITIES)) for price in self.price.tolist()]
        starts = [(0.0,) * STARTS] * POLICIES
        people = [tuple(pay * (level - 2) for level in range(STAFF)) for pay in self.pay.tolist()]
        costs = (*policies, *starts, *people)
        none = tuple((0.0,) * len(row) for row in (*policies, *starts))
        room = (*none, *((-2.0, -1.0, 0.0, 1.0, 2.0),) * DEPARTMENTS)
        budget = 0.3 * float(self.price.sum()) * (INTENSITIES - 1)
        return Space(
            tuple(axes), (0,) * (2 * POLICIES) + (2,) * DEPARTMENTS,
            (Row("budget", costs, budget), Row("room", room, 3.0)), costs,
            (*(None,) * (2 * POLICIES), *("staff",) * DEPARTMENTS),
            (*range(POLICIES), *range(POLICIES), *range(POLICIES, POLICIES + DEPARTMENTS)),
        )  # fmt: skip

    def _parts(self, points: Sequence[Levels]) -> tuple[Array, Array]:
        levels = np.asarray(points, dtype=np.float64)
        force, begin, staff = np.split(levels, [POLICIES, 2 * POLICIES], axis=1)
        reached = (1 - np.exp(-self.saturation * force)) * (1 - self.delay * begin)
        load = self.pressure * np.exp(-self.relief * (staff - 2))
        return reached, load

    def truth(self, points: Sequence[Levels]) -> Array:
        """Return the expectation of yearly churn [points of a share]."""
        reached, load = self._parts(points)
        helped = reached @ self.effect + np.einsum("ki,ij,kj->k", reached, self.pairs, reached)
        found: Array = 30.0 - helped + load.sum(axis=1)
        return found

    def __call__(self, points: Sequence[Levels], first: int, last: int) -> Array:
        """Simulate: shape (points, 1, replications)."""
        reached, load = self._parts(points)
        mean = self.truth(points)
        found = np.empty((len(points), 1, last - first))
        for r in range(first, last):
            own = default_rng((self.instance, 1, r, *([] if self.common else [self.runs])))
            if self.common:
                year, of_policies, of_departments = 2 * own.normal(), own.normal(size=POLICIES), own.normal(size=6)
                found[:, 0, r - first] = year + 0.4 * reached @ of_policies + 0.3 * load @ of_departments
            else:
                self.runs += 1
                luck = own.normal(size=(len(points), 1 + POLICIES + DEPARTMENTS))
                found[:, 0, r - first] = (
                    2 * luck[:, 0] + 0.4 * (reached * luck[:, 1 : 1 + POLICIES]).sum(axis=1)
                    + 0.3 * (load * luck[:, 1 + POLICIES :]).sum(axis=1)
                )  # fmt: skip
            found[:, 0, r - first] += 0.5 * default_rng((self.instance, 2, r, self.runs)).normal(size=len(points))
            self.runs += 1
        return mean[:, None, None] + found
