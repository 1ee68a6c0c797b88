"""Textbook results, computed from the textbook: nothing here imports the model.

Rates in [1/h], times in [h]. Sources: Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory;
Cobham 1954; Jackson 1957; Garnett, Mandelbaum & Reiman 2002; Eick, Massey & Whitt 1993.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import integrate, stats


def erlang_c(servers: int, load: float) -> float:
    """Return the probability that an arrival waits in M/M/c; load = arrival rate x mean service."""
    blocking = 1.0
    for k in range(1, servers + 1):
        blocking = load * blocking / (k + load * blocking)
    return blocking / (1.0 - load / servers * (1.0 - blocking))


def mmc_wait(servers: int, arrivals: float, service: float) -> float:
    """Return the mean wait in the queue of M/M/c [h]."""
    load = arrivals * service
    return erlang_c(servers, load) * service / (servers - load)


def mmc_number(servers: int, arrivals: float, service: float) -> float:
    """Return the mean number in system of M/M/c."""
    return arrivals * (mmc_wait(servers, arrivals, service) + service)


def pollaczek_khinchine(arrivals: float, service: float, cv: float) -> float:
    """Return the mean wait in the queue of M/G/1 [h]."""
    rho = arrivals * service
    return rho * service * (1.0 + cv * cv) / (2.0 * (1.0 - rho))


def erlang_a(servers: int, arrivals: float, service: float, theta: float) -> tuple[float, float]:
    """Return the abandonment probability and the mean wait over all callers [h] of M/M/c+M.

    Birth-death: births at the arrival rate, deaths min(n, c)/service + theta max(0, n - c).
    """
    weights, n = [1.0], 0
    while n < servers + 50 or weights[-1] > 1e-18 * max(weights):
        n += 1
        weights.append(weights[-1] * arrivals / (min(n, servers) / service + theta * max(0, n - servers)))
    p = np.array(weights) / math.fsum(weights)
    queue = float(np.maximum(0, np.arange(len(p)) - servers) @ p)
    return theta * queue / arrivals, queue / arrivals


def cobham(loads: Sequence[float], service: float = 1.0) -> list[float]:
    """Return the mean waits of non-preemptive priority classes on one exponential server [h], first class first."""
    residual = sum(loads) * service
    waits, above = [], 0.0
    for load in loads:
        waits.append(residual / ((1.0 - above) * (1.0 - above - load)))
        above += load
    return waits


def feedback(rho: float, again: float, service: float = 1.0) -> float:
    """Return the mean time in system of M/M/1 with Bernoulli feedback [h]."""
    return service / (1.0 - again - rho)


def traffic(outside: Sequence[float], routing: Sequence[Sequence[float]]) -> list[float]:
    """Return the arrival rates of a Jackson network: x = outside + routing^T x."""
    p = np.asarray(routing, dtype=float)
    return [float(x) for x in np.linalg.solve(np.eye(len(p)) - p.T, np.asarray(outside, dtype=float))]


def quote_kept(quote: float, mean: float) -> float:
    """Return how often an exponential time in system stays within a quote."""
    return 1.0 - math.exp(-quote / mean)


def on_the_way(hours: Sequence[float], rate: float, mean: float, cv: float, at: float) -> float:
    """Return the mean number in M(t)/G/infinity at an hour of the day, lognormal service, daily profile.

    The integral of lambda(t - u) P(S > u) du: on each hour of the past the intensity is constant, so the
    integral of the tail over that hour counts that often.
    """
    sigma2 = math.log1p(cv * cv)
    service = stats.lognorm(s=math.sqrt(sigma2), scale=mean * math.exp(-sigma2 / 2))
    intensity = [rate * 24.0 * h / math.fsum(hours) for h in hours]
    total, u = 0.0, 0.0
    while service.sf(u) > 1e-9:
        clock = (at - u) % 24.0 or 24.0
        step = clock - math.ceil(clock) + 1.0
        area, _ = integrate.quad(service.sf, u, u + step)
        total += intensity[math.ceil(clock) - 1] * area
        u += step
    return total
