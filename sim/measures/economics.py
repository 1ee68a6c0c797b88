"""Money: what the delivered orders bring and what they, the people and the policies cost, per year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import World
from sim.arrays.world import in_force
from sim.measures.record import Record
from sim.measures.shares import NAN
from sim.policies.policy import Portfolio
from sim.rules.calendar import WEEK_MS
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK, HOURS_PER_YEAR, MS_PER_HOUR

WEEKS_PER_YEAR = HOURS_PER_YEAR / HOURS_PER_WEEK


@dataclass(frozen=True, slots=True)
class Budget:
    """What money depends on and no run changes."""

    years: float
    """The window [years]."""
    goods: float
    """Share of an order's value that is bought for it [1]."""
    pay: float
    """Pay of all posts within the window, busy or not [currency/year]."""
    weekly_pay: float
    """Pay of one person [currency/week]."""
    pay_shares: tuple[float, ...]
    """By department: the share of its people's pay that the company bears [1]."""
    margin: float
    """Share of an order's value that is left of it [1]."""
    base_years: float
    """Years of contribution for which a customer counts at the end [years]."""
    cover: float
    """Cost of covering a vacancy, relative to the pay it saves [1]."""
    replacement: float
    """Cost of replacing somebody [years of pay]."""
    turnover: bool
    """Whether people resign."""
    per_hire: float
    """What policies cost for each person hired for a vacant post [currency]."""
    policies: float
    """Cost of the policies at their intensity, from the first day, but for hires [currency/year]."""


def budget(scenario: Scenario, portfolio: Portfolio, world: World) -> Budget:
    """Return what money depends on and no run of the scenario under the portfolio changes."""
    years = (world.window_end - world.window_begin) / MS_PER_HOUR / HOURS_PER_YEAR
    pay = scenario.parameter("economics.pay") * scenario.parameter("economics.paid_hours")
    return Budget(
        years=years,
        goods=1.0 - scenario.parameter("economics.margin"),
        pay=pay * paid_weeks(scenario, world) / years,
        weekly_pay=pay,
        pay_shares=tuple(scenario.departments[name].pay_share for name in world.departments),
        margin=scenario.parameter("economics.margin"),
        base_years=scenario.parameter("economics.base_years"),
        cover=scenario.parameter("turnover.cover"),
        replacement=scenario.parameter("turnover.replacement"),
        turnover=scenario.turnover is not None,
        per_hire=sum(m.intensity * m.policy.cost.per_hire for m in in_force(scenario, portfolio).members),
        policies=policy_cost(scenario, portfolio, world) / years,
    )


def money(given: Budget, record: Record, value: float, extra_cost: float) -> dict[str, float]:
    """Return revenue, cost and profit of the orders placed in the window, per year, and what the customers are worth.

    Cost is what was bought for the delivered orders, what failures and refunds cost, the pay of all posts within the
    window (busy or not; of a vacant one what its cover costs), what replacing people costs, and the policies at their
    intensity, from the first day.

    Parameters
    ----------
    given : Budget
        What no run changes.
    record : Record
        Who resigned, who was hired, how long posts were vacant; and the customers.
    value : float
        Value of the delivered orders [currency].
    extra_cost : float
        Cost of failures and refunds of all orders [currency].
    """
    revenue = value / given.years
    failures = extra_cost / given.years
    sums = record.departments

    def paid(name: str) -> float:
        return sum(share * count for share, count in zip(given.pay_shares, sums[name], strict=True))

    saved = (1.0 - given.cover) * given.weekly_pay * paid("vacant") / WEEK_MS / given.years
    replacing = given.replacement * given.weekly_pay * WEEKS_PER_YEAR * paid("resigned") / given.years
    policies = given.policies + given.per_hire * sum(sums["hired"]) / given.years
    cost = revenue * given.goods + given.pay - saved + replacing + failures + policies
    customer_years = record.customer_time / MS_PER_HOUR / HOURS_PER_YEAR
    worth = NAN
    if customer_years > 0.0:
        worth = record.customers_end * given.base_years * given.margin * value / customer_years
    return {
        "revenue": revenue,
        "cost": cost,
        "policy_cost": policies,
        "turnover_cost": replacing - saved if given.turnover else NAN,
        "profit": revenue - cost,
        "customer_base_value": worth,
    }


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
