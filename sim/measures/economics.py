"""Money: what the delivered orders bring and what they, the people and the policies cost, per year."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World
from sim.arrays.world import in_force
from sim.policies.policy import Portfolio
from sim.rules.calendar import WEEK_MS
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK, HOURS_PER_YEAR, MS_PER_HOUR


def money(scenario: Scenario, portfolio: Portfolio, world: World, placed: NDArray[Any]) -> dict[str, float]:
    """Return revenue, cost and profit of the orders placed in the window, per year.

    Cost is what was bought for the delivered orders, what failures and refunds cost, the
    pay of all posts within the window (busy or not) and
    the policies at their intensity, from the first day.
    """
    years = (world.window_end - world.window_begin) / MS_PER_HOUR / HOURS_PER_YEAR
    revenue = float(np.sum(placed["value"][placed["delivered"] >= 0])) / years
    policies = policy_cost(scenario, portfolio, world) / years
    pay = scenario.parameter("economics.pay") * scenario.parameter("economics.paid_hours")
    goods = revenue * (1.0 - scenario.parameter("economics.margin"))
    failures = float(np.sum(placed["extra_cost"])) / years
    cost = goods + pay * paid_weeks(scenario, world) / years + failures + policies
    return {"revenue": revenue, "cost": cost, "policy_cost": policies, "profit": revenue - cost}


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
