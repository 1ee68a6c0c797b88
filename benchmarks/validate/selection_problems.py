"""Alternatives whose expectations are known, as samples that a selection procedure can ask."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy import special, stats

from experiments.analysis.selection.selected import Better, Sample

Array = NDArray[np.float64]
CHUNK = 128


@dataclass(frozen=True)
class Problem:
    """Alternatives with known expectations."""

    name: str
    means: tuple[float, ...]
    better: Better
    sample: Callable[[Generator], Sample]
    """A new world: replications that no other has seen."""

    @property
    def best(self) -> int:
        return int(np.argmax(self.means) if self.better == "higher" else np.argmin(self.means))


class Stored:
    """A sample from a simulation that makes many replications of all alternatives at once.

    make(number) -> array (alternatives, number), correlated as the alternatives are.
    """

    def __init__(self, make: Callable[[int], Array], chunk: int = CHUNK) -> None:
        self._make, self._chunk = make, chunk
        self._values: Array | None = None

    def __call__(self, who: Sequence[int], first: int, end: int) -> Array:
        have = 0 if self._values is None else self._values.shape[1]
        if end > have:
            more = self._make(max(self._chunk, end - have, have // 2))
            self._values = more if self._values is None else np.concatenate((self._values, more), axis=1)
        assert self._values is not None
        return self._values[list(who), first:end]


class Independent:
    """A sample of independent alternatives: a pool for each; which replication is asked for does not matter.

    make(alternative, number) -> values.
    """

    def __init__(self, make: Callable[[int, int], Array], chunk: int = CHUNK) -> None:
        self._make, self._chunk = make, chunk
        self._pools: dict[int, Array] = {}

    def __call__(self, who: Sequence[int], first: int, end: int) -> Array:
        return np.stack([self._take(one, end - first) for one in who])

    def _take(self, one: int, number: int) -> Array:
        pool = self._pools.get(one, np.empty(0))
        if len(pool) < number:
            pool = np.concatenate((pool, self._make(one, max(self._chunk, number - len(pool)))))
        self._pools[one] = pool[number:]
        return pool[:number]


def normals(
    name: str, means: Sequence[float], deviations: Sequence[float] | float = 1.0, rho: float = 0.0, *,
    better: Better = "higher", shape: Callable[[Array], Array] | None = None, chunk: int = CHUNK,
) -> Problem:  # fmt: skip
    """Normal responses with the same correlation between all; a shape turns them into something with mean 0, sd 1."""
    centre = np.asarray(means, dtype=float)[:, None]
    sd = np.broadcast_to(np.asarray(deviations, dtype=float), (len(centre),))[:, None]

    def sample(random: Generator) -> Sample:
        def make(number: int) -> Array:
            noise = math.sqrt(1 - rho) * random.standard_normal((len(centre), number))
            if rho:
                noise += math.sqrt(rho) * random.standard_normal(number)
            values: Array = centre + sd * (noise if shape is None else shape(noise))
            return values

        def alone(who: Sequence[int], first: int, end: int) -> Array:
            index = list(who)
            values: Array = centre[index] + sd[index] * random.standard_normal((len(who), end - first))
            return values

        return Stored(make, chunk) if rho or shape else alone

    return Problem(name, tuple(float(x) for x in means), better, sample)


def slippage(k: int, gap: float, rho: float = 0.0, **more: object) -> Problem:
    """All alternatives equal but the last, which is better by the gap: the hardest case that counts."""
    return normals(f"slippage, k {k}, rho {rho:g}", [0.0] * (k - 1) + [gap], 1.0, rho, **more)  # type: ignore[arg-type]


def exponential_tail(z: Array) -> Array:
    """Turn standard normal into exponential with mean 0 and deviation 1 (skewness 2)."""
    tail: Array = -np.log(special.ndtr(-z)) - 1
    return tail


POLICIES = ((20, 40), (20, 80), (40, 60), (40, 100), (60, 100))
COSTS = (114.176, 112.742, 130.550, 130.699, 147.382)
PERIODS, DEMAND = 30, 25
FIXED, UNIT, HOLDING, PENALTY = 32.0, 3.0, 1.0, 5.0


def inventory_cost(demand: NDArray[np.int64], policies: Sequence[tuple[int, int]] = POLICIES) -> Array:
    """Mean cost a period of (s, S) policies that meet the same demand: start at S, order up to S if I < s.

    Koenig & Law, A procedure for selecting a subset of size m containing the l best of k independent normal
    populations, with applications to simulation (1985). demand: (replications, periods).
    """
    s, top = (np.array([policy[i] for policy in policies])[:, None] for i in (0, 1))
    stock = np.repeat(top, demand.shape[0], axis=1)
    cost = np.zeros(stock.shape)
    for period in range(demand.shape[1]):
        order = np.where(stock < s, top - stock, 0)
        stock = stock + order - demand[:, period]
        cost += np.where(order > 0, FIXED + UNIT * order, 0.0)
        cost += np.where(stock >= 0, HOLDING * stock, -PENALTY * stock)
    return cost / demand.shape[1]


def exact_cost(s: int, top: int) -> float:
    """Expected mean cost a period, by the distribution of the stock from period to period."""
    lowest, most = s - 200, 200
    stock = np.zeros(top - lowest + 1)
    stock[-1] = 1.0
    levels = np.arange(lowest, top + 1)
    pmf = stats.poisson.pmf(np.arange(most + 1), DEMAND)
    total = 0.0
    for _ in range(PERIODS):
        orders = levels < s
        total += float(stock[orders] @ (FIXED + UNIT * (top - levels[orders])))
        after = np.where(orders, 0.0, stock)
        after[-1] += stock[orders].sum()
        stock = np.zeros_like(after)
        for z, p in enumerate(pmf):
            stock[: len(after) - z] += p * after[z:]
        total += float(stock @ np.where(levels >= 0, HOLDING * levels, -PENALTY * levels))
    return total / PERIODS


@lru_cache(maxsize=2)
def inventory(common: bool) -> Problem:
    """Five (s, S) policies; lower cost is better."""

    def sample(random: Generator) -> Sample:
        def make(number: int) -> Array:
            return inventory_cost(random.poisson(DEMAND, (number, PERIODS)))

        def alone(one: int, number: int) -> Array:
            return inventory_cost(random.poisson(DEMAND, (number, PERIODS)), [POLICIES[one]])[0]

        return Stored(make, 100) if common else Independent(alone, 40)

    name = "five (s, S) policies" + (", the same demand" if common else "")
    return Problem(name, COSTS, "lower", sample)


def sixteen(rho: float, spread: float = 1.0) -> Problem:
    """Like policies: the best two apart by a third of the deviation over replications, the others by more and more."""
    steps = [0.0, *(1 / 3 + spread * i / 6 for i in range(15))]
    return normals(f"sixteen, rho {rho:g}", steps, 1.0, rho, better="lower")
