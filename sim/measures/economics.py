"""Money: what the delivered orders bring and what they, the people and the policies cost, per year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import World
from sim.arrays.world import in_force
from sim.policies.policy import Portfolio
from sim.rules.calendar import WEEK_MS
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK, HOURS_PER_YEAR, MS_PER_HOUR


@dataclass(frozen=True, slots=True)
class Budget:
    """What money depends on and no run changes."""

    years: float
    """The window [years]."""
    goods: float
    """Share of an order's value that is bought for it [1]."""
    pay: float
    """Pay of all posts within the window, busy or not [currency/year]."""
    policies: float
    """Cost of the policies at their intensity, from the first day [currency/year]."""


def budget(scenario: Scenario, portfolio: Portfolio, world: World) -> Budget:
    """Return what money depends on and no run of the scenario under the portfolio changes."""
    years = (world.window_end - world.window_begin) / MS_PER_HOUR / HOURS_PER_YEAR
    pay = scenario.parameter("economics.pay") * scenario.parameter("economics.paid_hours")
    return Budget(
        years=years,
        goods=1.0 - scenario.parameter("economics.margin"),
        pay=pay * paid_weeks(scenario, world) / years,
        policies=policy_cost(scenario, portfolio, world) / years,
    )


def money(given: Budget, value: float, extra_cost: float) -> dict[str, float]:
    """Return revenue, cost and profit of the orders placed in the window, per year.

    Cost is what was bought for the delivered orders, what failures and refunds cost, the
    pay of all posts within the window (busy or not) and
    the policies at their intensity, from the first day.

    Parameters
    ----------
    given : Budget
        What no run changes.
    value : float
        Value of the delivered orders [currency].
    extra_cost : float
        Cost of failures and refunds of all orders [currency].
    """
    revenue = value / given.years
    failures = extra_cost / given.years
    cost = revenue * given.goods + given.pay + failures + given.policies
    return {"revenue": revenue, "cost": cost, "policy_cost": given.policies, "profit": revenue - cost}


def paid_weeks(scenario: Scenario, world: World) -> float:
    """Return the person-weeks that the company pays within the window."""
    shares = [scenario.departments[name].pay_share for name in world.departments]
    total, begin, week = 0.0, world.window_begin, 1
    while begin < world.window_end:
        part = (min(begin + WEEK_MS, world.window_end) - begin) / WEEK_MS
        posts = world.regimes[week].posts
        total += part * float(np.dot(posts, shares))
        begin += WEEK_MS
        week += 1
    return total


def policy_cost(scenario: Scenario, portfolio: Portfolio, world: World) -> float:
    """Return what the policies in force cost within the window."""
    weeks = (world.window_end - world.window_begin) / MS_PER_HOUR / HOURS_PER_WEEK
    person_weeks = paid_weeks(scenario, world)
    total = 0.0
    for member in in_force(scenario, portfolio).members:
        cost = member.policy.cost
        total += member.intensity * (cost.once + cost.weekly * weeks + cost.weekly_per_person * person_weeks)
    return total
