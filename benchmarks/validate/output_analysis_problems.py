"""Problems whose means and quantiles are known, simulated by numpy many at a time.

The first two are those of Law, Simulation Modeling and Analysis, tables 9.1 and 9.2: every textbook's
interval is judged by them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincc

Array = NDArray[np.float64]
LOAD, FASTER = 0.9, 0.8
CUSTOMERS = 25
MEAN_WAIT = 9.0
"""Steady-state M/M/1, load 0.9, in mean service times."""
WAIT_95 = math.log(LOAD / 0.05) / (1 - LOAD)
"""P(W > w) = rho exp(-(1 - rho) w): 28.9037."""


@dataclass(frozen=True)
class Problem:
    """Independent replications of something with a known mean."""

    name: str
    mean: float
    draw: Callable[[Generator, tuple[int, ...]], Array]


def first_delays(random: Generator, shape: tuple[int, ...]) -> Array:
    """Mean delay of the first 25 customers, M/M/1 from empty; mean time between arrivals 1 (Lindley's recursion)."""
    (delays,) = _first_delays(random, shape, (LOAD,))
    return delays


def saved_delays(random: Generator, shape: tuple[int, ...]) -> Array:
    """By how much it falls when everybody serves faster, load 0.8, the same customers (common random numbers)."""
    slow, fast = _first_delays(random, shape, (LOAD, FASTER))
    return slow - fast


def _first_delays(random: Generator, shape: tuple[int, ...], loads: tuple[float, ...]) -> list[Array]:
    waiting, total = ([np.zeros(shape) for _ in loads] for _ in range(2))
    for _ in range(CUSTOMERS - 1):
        service, between = random.standard_exponential(shape), random.standard_exponential(shape)
        for i, load in enumerate(loads):
            waiting[i] = np.maximum(waiting[i] + load * service - between, 0.0)
            total[i] += waiting[i]
    return [one / CUSTOMERS for one in total]


def mean_of_first_delays(customers: int = CUSTOMERS, load: float = LOAD) -> float:
    """Its expectation, by Spitzer's identity: E[W_n] = sum over k < n of E[max(S_k, 0)] / k, S_k a random walk."""
    x = np.linspace(0.0, 200.0, 200_001)
    waits, total = 0.0, 0.0
    for k in range(1, customers):
        above = gammaincc(k, x / load) * gammainc(k, x)  # P(k services > x) P(k times between arrivals < x)
        waits += float(np.sum(above[1:] + above[:-1]) * (x[1] - x[0]) / 2) / k
        total += waits
    return total / customers


def lifetime(random: Generator, shape: tuple[int, ...]) -> Array:
    """Life of one part in series with two in parallel, Weibull with shape 0.5: min(G1, max(G2, G3)); mean 7/9."""
    parts = random.standard_exponential((3, *shape)) ** 2
    return np.minimum(parts[0], np.maximum(parts[1], parts[2]))


def _lognormal(cv: float) -> Callable[[Generator, tuple[int, ...]], Array]:
    variance = math.log1p(cv * cv)
    return lambda random, shape: np.exp(math.sqrt(variance) * random.standard_normal(shape) - variance / 2)


QUEUE = Problem("M/M/1, first 25 delays", 2.124489, first_delays)
RELIABILITY = Problem("reliability", 7 / 9, lifetime)
PUBLISHED = (QUEUE, RELIABILITY)
OTHERS = (
    Problem(
        "M/M/1, difference to load 0.8, paired",
        mean_of_first_delays(load=LOAD) - mean_of_first_delays(load=FASTER),
        saved_delays,
    ),
    Problem("normal", 10.0, lambda random, shape: 10.0 + random.standard_normal(shape)),
    Problem("exponential", 1.0, lambda random, shape: random.standard_exponential(shape)),
    Problem("lognormal, cv 1", 1.0, _lognormal(1.0)),
    Problem("lognormal, cv 3", 1.0, _lognormal(3.0)),
    Problem("0 or 1, mean 20 %", 0.2, lambda random, shape: (random.random(shape) < 0.2).astype(float)),
    Problem("0 or 1, mean 2 %", 0.02, lambda random, shape: (random.random(shape) < 0.02).astype(float)),
)


def waits(random: Generator, lanes: int, customers: int, start: Array | None = None) -> Array:
    """Waiting times in M/M/1 at load 0.9, shape (customers, lanes), in mean service times.

    `start` is the work found by the first customer; by default the steady state.
    """
    if start is None:
        start = np.where(random.random(lanes) < LOAD, random.exponential(1 / (1 - LOAD), lanes), 0.0)
    out = np.empty((customers, lanes), dtype=np.float32)
    waiting = start.astype(np.float64)
    for first in range(0, customers, 500):
        count = min(500, customers - first)
        steps = random.standard_exponential((count, lanes)) - random.standard_exponential((count, lanes)) / LOAD
        for i in range(count):
            out[first + i] = waiting
            np.maximum(waiting + steps[i], 0.0, out=waiting)
    return out


def autoregressive(random: Generator, phi: float, n: int, lanes: int) -> Array:
    """AR(1) around 100 with innovations of variance 1, first value 0; shape (n, lanes)."""
    out = np.empty((n, lanes))
    out[0] = -100.0
    for i in range(1, n):
        out[i] = phi * out[i - 1] + random.standard_normal(lanes)
    return out + 100.0
