"""Records to look at: a small company with everything that happens in one, and made-up rows."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import numpy as np

from sim.arrays import World, build
from sim.engines import engine
from sim.measures.record import (
    CUSTOMER_DTYPE,
    DEPARTMENT_SUMS,
    ORDER_DTYPE,
    PAIR_SUMS,
    PART_DTYPE,
    STATE_DTYPE,
    WEEK_DTYPE,
    Record,
    causes,
)
from sim.policies.policy import Portfolio
from sim.rules.attribution import DISPUTE
from sim.scenario.company import Scenario
from sim.scenario.load import scenario_from_data

HOUR = 3_600_000


@cache
def small_company() -> Scenario:
    """Two weeks of the default company."""
    return scenario_from_data({"extends": "levante", "time": {"warm_up": "1 week", "horizon": "1 week"}})


@cache
def small_world() -> World:
    return build(small_company(), Portfolio())


@cache
def _recorded(log: bool) -> Record:
    return engine("reference")(small_world(), 5, 0, log=log)


def recorded(log: bool = False) -> Record:
    """A copy of a run's record, to be doctored."""
    return copy.deepcopy(_recorded(log))


def random_record(seed: int, orders: int, world: World) -> Record:
    """A record of orders in whatever state, more mixed than any run would leave."""
    rng = np.random.default_rng(seed)
    n = len(world.departments)
    rows = np.zeros(orders, ORDER_DTYPE)
    for name in ORDER_DTYPE.names or ():
        if ORDER_DTYPE[name].kind == "f":
            values: Any = rng.lognormal(3, 2, orders)
            # Everything but money is unknown for a while.
            rows[name] = (
                values if name in ("value", "extra_cost") else np.where(rng.random(orders) < 0.3, np.nan, values)
            )
        else:
            rows[name] = rng.integers(0, 3, orders)
    rows["measured"] = rng.integers(0, 2, orders)
    rows["outcome"] = rng.integers(0, 4, orders)
    rows["placed"] = np.sort(rng.integers(0, 10**10, orders))
    for name in ("promised", "delivered", "invoiced", "complained", "compensated"):
        rows[name] = np.where(rng.random(orders) < 0.4, -1, rows["placed"] + rng.integers(0, 10**9, orders))
    rows["order"] = np.arange(orders)
    holders = n + len(world.transports)
    parts = np.zeros(3 * orders, PART_DTYPE)
    parts["order"] = rng.permutation(np.repeat(rows["order"], 3))
    parts["cause"] = rng.integers(0, DISPUTE * holders + holders * holders, len(parts))
    parts["open"] = rng.integers(0, 10**9, len(parts))
    weeks = np.zeros(4, WEEK_DTYPE)
    weeks["begin"] = world.window_begin + np.arange(-1, 3) * 7 * 24 * HOUR
    weeks["satisfaction"] = [0.5, 0.7, np.nan, 0.9]
    states = np.zeros(len(weeks) * n, STATE_DTYPE)
    states["begin"], states["department"] = np.repeat(weeks["begin"], n), np.tile(np.arange(n), len(weeks))
    for name in STATE_DTYPE.names or ():
        if STATE_DTYPE[name].kind == "f":
            states[name] = rng.random(len(states))
        elif name not in ("begin", "department"):
            states[name] = rng.integers(0, 9, len(states))
    return Record(
        orders=rows,
        parts=parts,
        customers=np.zeros(0, CUSTOMER_DTYPE),
        weeks=weeks,
        states=states,
        departments={name: rng.integers(0, 10**11, n).tolist() for name in DEPARTMENT_SUMS},
        pairs={name: rng.integers(0, 10**6, n * n).tolist() for name in PAIR_SUMS},
        held=[int(parts["open"][parts["cause"] == k].sum()) for k in range(causes(holders))],
        joined=3,
        left=2,
        reported=4,
        mended=9,
        redundant=5,
        customer_time=int(rng.integers(0, 2)) * 10**12,
        customers_end=7,
        ended=10**11,
        events=10**6,
    )
