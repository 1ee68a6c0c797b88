"""Serving colleagues last multiplies their wait by 1 / (1 - load of the others), and the work is conserved.

20 independent replications, seeds fixed. A correct quantity lies outside 3 standard errors with probability 0.7 %
(t, 19 degrees of freedom); of the eight here, at least one would with probability about 6 % after a change of results.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pytest

from sim import with_weeks
from sim.arrays import build
from sim.engines import engine
from sim.measures.metrics import metrics
from sim.policies import portfolio
from sim.scenario.load import scenario_from_text

EXTERNAL, INTERNAL = 0.4, 0.2
LOAD = EXTERNAL + INTERNAL
FIFO_WAIT = LOAD / (1 - LOAD)
"""M/M/1 with mean service 1 h."""
EXTERNAL_WAIT = LOAD / (1 - EXTERNAL)
"""Cobham, the class served first."""
REQUEST_WAIT = LOAD / ((1 - EXTERNAL) * (1 - LOAD))
REPLICATIONS, WEEKS = 20, 45
FIFO = "departments: {desk: {discipline: fifo}}\n"


@lru_cache
def waits(text: str) -> np.ndarray:
    """Queue waits of external work and of requests in each replication [h]."""
    scenario = with_weeks(scenario_from_text("extends: theory/internal_last\n" + text), WEEKS)
    chosen = portfolio([])
    world = build(scenario, chosen)
    found = []
    for k in range(REPLICATIONS):
        m = metrics(scenario, chosen, world, engine("reference")(world, 41, k))
        # The request's answer takes 1 h of work on average; what is left it stood in the queue.
        found.append((m["desk.queue_wait_mean"], m["hall->desk.request_wait_mean"] - 1.0))
    return np.array(found)


def agrees(values: np.ndarray, theory: float, largest_error: float = 0.03) -> None:
    mean, error = float(values.mean()), float(values.std(ddof=1)) / math.sqrt(len(values))
    said = f"{mean:.4f} ± {error:.4f}, theory {theory:.4f}"
    assert error <= largest_error * theory, said
    assert abs(mean - theory) <= 3 * error, said


def test_external_work_and_requests_wait_as_cobham_says() -> None:
    agrees(waits("")[:, 0], EXTERNAL_WAIT)
    agrees(waits("")[:, 1], REQUEST_WAIT)


def test_in_order_of_arrival_both_wait_alike() -> None:
    agrees(waits(FIFO)[:, 0], FIFO_WAIT)
    agrees(waits(FIFO)[:, 1], FIFO_WAIT)


def test_serving_requests_last_multiplies_their_wait_by_one_over_the_idle_share_left_by_the_others() -> None:
    # The same orders in both worlds, so the ratio is steadier than either wait.
    agrees(waits("")[:, 1] / waits(FIFO)[:, 1].mean(), 1 / (1 - EXTERNAL))


@pytest.mark.parametrize("text", ["", FIFO])
def test_whoever_is_served_first_the_work_that_waits_is_conserved(text: str) -> None:
    total = EXTERNAL * waits(text)[:, 0] + INTERNAL * waits(text)[:, 1]
    agrees(total, LOAD * FIFO_WAIT)


def test_what_colleagues_lose_external_work_gains_on_the_very_same_orders() -> None:
    last, fifo = waits(""), waits(FIFO)
    gained, lost = EXTERNAL * (fifo - last)[:, 0], INTERNAL * (last - fifo)[:, 1]
    difference = gained - lost
    error = float(difference.std(ddof=1)) / math.sqrt(REPLICATIONS)
    assert (gained > 0).all()
    assert abs(float(difference.mean())) <= 3 * error
    assert error <= 0.03 * float(gained.mean())
