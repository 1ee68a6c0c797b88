"""What metrics need of a setting and no run of it changes: names, what is possible, opening hours, money."""

from __future__ import annotations

from dataclasses import dataclass

from sim.arrays import World
from sim.measures import possible
from sim.measures.economics import Budget, budget
from sim.policies.policy import Portfolio
from sim.rules.attribution import CAUSES
from sim.rules.calendar import opened
from sim.scenario.company import Scenario

DEPARTMENT_METRICS = (
    "utilisation",
    "queue_wait_mean",
    "queue_length_mean",
    "in_system_mean",
    "completed",
    "items_per_hour",
    "helping_share",
    "blocked_share",
    "setups",
    "own_tasks_dropped_share",
)
"""Metrics of each department, in the order in which they are computed."""

PAIR_METRICS = (
    "requests",
    "request_wait_mean",
    "in_time_share",
    "completeness",
    "dispute_share",
    "internal_satisfaction",
    "waiting_mean",
    "waiting_hours",
    "blocked_people",
)
"""Metrics of each pair, in the order in which they are computed."""

PEOPLE_METRICS = (
    "morale_mean",
    "standard_mean",
    "pace_mean",
    "skill_mean",
    "resignations",
    "vacant_share",
    "absent_share",
)
"""Metrics of each department's people, in the order in which they are computed."""

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applies:
    """Which parts of the model a scenario has; where it has not, their metrics do not apply."""

    pressure: bool
    learning: bool
    morale: bool
    turnover: bool
    absence: bool
    redundancy: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """Prepared once for all replications of a scenario under a portfolio."""

    begin: int
    """The window opens [ms]."""
    end: int
    """It closes [ms]."""
    payment_term: int
    """From invoice to payment [ms]."""
    lives: bool
    """Whether there are customers who can leave."""
    budget: Budget
    holders: int
    """Departments and transports [1]."""
    places: tuple[tuple[int, int, str], ...]
    """Causes that are possible: kind, holder, metric."""
    staff: tuple[int, ...]
    """Departments of the company's own people: an outside supplier's time is not its staff's."""
    departments: tuple[tuple[int, Names], ...]
    """In the scenario's order: number, metrics."""
    people: tuple[tuple[int, Names], ...]
    """Likewise, the metrics of their people."""
    all_departments: int
    """Departments [1]."""
    applies: Applies
    pairs: tuple[tuple[int, int, Names], ...]
    """Pairs that can ask: number, opening time of the asker within the window [ms], metrics."""


def basis(scenario: Scenario, portfolio: Portfolio, world: World) -> Basis:
    """Return what the metrics of all runs of a scenario under a portfolio have in common."""
    names = world.departments
    n = len(names)
    holders = [*names, *world.transports]
    calendars = [world.calendars[number] for number in world.department_calendar]
    opening = [opened(c, world.window_end) - opened(c, world.window_begin) for c in calendars]
    return Basis(
        begin=world.window_begin,
        end=world.window_end,
        payment_term=world.payment_term,
        lives=scenario.churn is not None and world.demand.customers > 0,
        budget=budget(scenario, portfolio, world),
        holders=len(holders),
        places=tuple((k, i, f"wait_hours.{CAUSES[k]}.{holders[i]}") for k, i in sorted(possible.causes(world))),
        staff=tuple(i for i, name in enumerate(names) if scenario.departments[name].pay_share > 0.0),
        departments=_named(scenario, names, DEPARTMENT_METRICS),
        people=_named(scenario, names, PEOPLE_METRICS),
        all_departments=n,
        applies=Applies(
            pressure=scenario.pressure is not None,
            learning=scenario.learning is not None,
            morale=scenario.morale is not None,
            turnover=scenario.turnover is not None,
            absence=scenario.absence is not None,
            redundancy=any(step.redundant for step in world.steps),
        ),
        pairs=tuple(
            (i * n + j, opening[i], tuple(f"{names[i]}->{names[j]}.{metric}" for metric in PAIR_METRICS))
            for i, j in sorted(possible.requests(world))
        ),
    )


def _named(scenario: Scenario, names: list[str], metrics: Names) -> tuple[tuple[int, Names], ...]:
    """Return each department's number and its metrics, in the scenario's order."""
    return tuple((names.index(name), tuple(f"{name}.{metric}" for metric in metrics)) for name in scenario.departments)
