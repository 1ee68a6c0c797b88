"""Run a case in independent replications and compare its means with theory."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.api import with_weeks
from sim.arrays import World, build
from sim.engines import engine
from sim.measures.metrics import metrics
from sim.measures.record import Record
from sim.policies import portfolio
from sim.scenario.company import Scenario
from sim.scenario.load import scenario_from_text

MOST_ERRORS = 3.0
LARGEST_RELATIVE_ERROR = 0.02


@dataclass(frozen=True)
class Run:
    """One replication, looked at from the outside."""

    scenario: Scenario
    world: World
    record: Record

    @cached_property
    def metrics(self) -> dict[str, float]:
        return metrics(self.scenario, portfolio([]), self.world, self.record)


@dataclass(frozen=True)
class Quantity:
    """Something that theory knows and a run shows."""

    name: str
    theory: float
    measure: Callable[[Run], float]
    formula: str = ""


@dataclass(frozen=True)
class Size:
    """Weeks measured in each of some independent replications."""

    weeks: float
    replications: int


@dataclass(frozen=True)
class Case:
    """A scenario whose results are known."""

    name: str
    text: str
    """YAML; usually `extends: theory/...` and what differs."""
    quantities: tuple[Quantity, ...]
    full: Size
    reduced: Size | None = None
    """Size in the test suite; None where it would take too long."""


@dataclass(frozen=True)
class Estimate:
    """A simulated mean beside its theory; the standard error comes from independent replications."""

    case: str
    quantity: Quantity
    mean: float
    error: float
    replications: int

    @property
    def z(self) -> float:
        """Distance in standard errors."""
        return (self.mean - self.quantity.theory) / self.error if self.error else math.inf

    @property
    def relative_error(self) -> float:
        """Standard error relative to theory."""
        return self.error / abs(self.quantity.theory)

    @property
    def agrees(self) -> bool:
        """Whether theory is within 3 standard errors and the error is at most 2 % of it."""
        return abs(self.z) <= MOST_ERRORS and self.relative_error <= LARGEST_RELATIVE_ERROR


def replicate(case: Case, weeks: float, seed: int, replication: int) -> list[float]:
    """Return what one replication shows of each quantity."""
    scenario = with_weeks(scenario_from_text(case.text, case.name), weeks)
    world = build(scenario, portfolio([]))
    run = Run(scenario, world, engine("reference")(world, seed, replication))
    return [quantity.measure(run) for quantity in case.quantities]


def estimates(case: Case, shown: Sequence[Sequence[float]]) -> list[Estimate]:
    """Return mean and standard error of each quantity over replications."""
    values = np.asarray(shown)
    n = len(values)
    errors = values.std(axis=0, ddof=1) / math.sqrt(n)
    return [
        Estimate(case.name, quantity, float(mean), float(error), n)
        for quantity, mean, error in zip(case.quantities, values.mean(axis=0), errors, strict=True)
    ]


def validate(case: Case, size: Size, seed: int) -> list[Estimate]:
    """Run a case in this process and compare it with theory."""
    return estimates(case, [replicate(case, size.weeks, seed, k) for k in range(size.replications)])
