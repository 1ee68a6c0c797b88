"""Paired comparisons on the default company, shortened: the same customers and luck on both sides."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from sim.arrays import build
from sim.engines import engine
from sim.measures.metrics import metrics
from sim.measures.record import Record
from sim.policies import portfolio
from sim.scenario.load import scenario_from_text

BASE = "extends: levante\ntime: {warm_up: 2 weeks, horizon: 12 weeks}\n"
REPLICATIONS = 16
SEED = 11
CRITICAL = 2.131
"""Student's t, 15 degrees of freedom, one-sided 2.5 %."""

Policies = tuple[tuple[str, float], ...]


@lru_cache(maxsize=512)
def replication(text: str, policies: Policies, k: int) -> tuple[dict[str, float], Record]:
    """Run one replication of a variation of the default company."""
    scenario = scenario_from_text(BASE + text)
    chosen = portfolio(policies)
    world = build(scenario, chosen)
    record = engine("compiled")(world, SEED, k)
    return metrics(scenario, chosen, world, record), record


def values(metric: str, text: str = "", policies: Policies = ()) -> np.ndarray:
    """Return a metric in each replication; a cause or pair that did not occur counts as 0."""
    return np.array([replication(text, policies, k)[0].get(metric, 0.0) for k in range(REPLICATIONS)])


def rises(one: np.ndarray, other: np.ndarray) -> bool:
    """Say whether a metric is higher in the other world: by a paired t, or because all replications agree.

    The t is of log ratios where all values are positive: effects are closer to factors than to amounts. A congested
    replication can dwarf the others, which hides an effect from the t but not from the signs. A lever without effect
    passes with probability at most 2.5 % + 2**-16, so 2.6 %.
    """
    if (other > one).all():
        return True
    positive = (one > 0).all() and (other > 0).all()
    changes = np.log(other / one) if positive else other - one
    error = float(changes.std(ddof=1)) / math.sqrt(len(changes))
    return error > 0 and float(changes.mean()) / error > CRITICAL


def bits(record: Record) -> tuple[object, ...]:
    """Everything that decides any result, for comparison bit by bit."""
    arrays = (record.orders, record.parts, record.customers, record.weeks)
    return (*(a.tobytes() for a in arrays), record.departments, record.pairs, record.ended, record.customer_time)
