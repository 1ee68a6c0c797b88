"""Promises from a forecast: calibrated in the default company, and exactly the house figure without awareness."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.arrays import build
from sim.engines import engine
from sim.measures.record import Record
from sim.policies import portfolio
from sim.scenario.load import load_scenario, scenario_from_text

LEVEL = 0.9
HOUSE = load_scenario("levante").promise.house
REPLICATIONS = 24
T_CRITICAL = 2.807
"""Student's t, 23 degrees of freedom, two-sided 1 %: a calibrated forecast fails with this probability."""


@lru_cache
def record(promise: str, replication: int = 0, weeks: int = 13) -> Record:
    # The adaptive safety time starts at nothing, so that it needs a warm-up of its own.
    text = f"extends: levante\ntime: {{warm_up: 10 weeks, horizon: {weeks} weeks}}\npromise: {{{promise}}}\n"
    return engine("compiled")(build(scenario_from_text(text), portfolio([])), 17, replication)


def kept(promise: str, replication: int = 0) -> float:
    """Share of forecast promises of the window that were kept, from the instants alone."""
    orders = record(promise, replication).orders
    orders = orders[(orders["measured"] == 1) & (orders["delivered"] >= 0) & ~np.isnan(orders["forecast"])]
    assert len(orders) > 1500
    return float((orders["delivered"] <= orders["promised"]).mean())


def test_a_forecast_at_ninety_percent_is_kept_nine_times_in_ten() -> None:
    found = np.array([kept("capacity_awareness: 100 %, level: 90 %", k) for k in range(REPLICATIONS)])
    error = found.std(ddof=1) / REPLICATIONS**0.5
    assert abs(found.mean() - LEVEL) <= T_CRITICAL * error, found
    assert error < 0.01, found
    assert abs(found.mean() - LEVEL) < 0.02, found


def test_a_lower_level_is_kept_less_often() -> None:
    assert abs(kept("capacity_awareness: 100 %, level: 70 %") - 0.7) < 0.03


def test_a_forecast_promises_longer_when_there_is_more_to_do() -> None:
    orders = record("capacity_awareness: 100 %, level: 90 %").orders
    seen = orders[(orders["measured"] == 1) & ~np.isnan(orders["forecast"])]
    assert seen["quote"].std() > 1
    assert seen["quote"].min() >= 2.0, "never below the floor"


def test_without_awareness_every_promise_is_the_house_figure() -> None:
    orders = record("capacity_awareness: 0 %, level: 99 %", weeks=4).orders
    assert np.isnan(orders["forecast"]).all()
    assert set(orders["quote"][~np.isnan(orders["quote"])].tolist()) == {HOUSE}
    today = record(f"house: {HOUSE} h", weeks=4)
    assert orders.tobytes() == today.orders.tobytes()


def test_half_awareness_is_half_way_between() -> None:
    orders = record("capacity_awareness: 50 %, level: 90 %", weeks=4).orders
    seen = orders[~np.isnan(orders["forecast"])]
    # (1 - a) house + a (forecast + safety), the latter at least the floor of two hours.
    assert (seen["quote"] >= 0.5 * HOUSE + 0.5 * 2.0 - 1e-9).all()
