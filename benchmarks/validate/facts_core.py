"""What a stylised fact is: ways of working that are run, what is measured in them, and what it takes to hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World, build
from sim.engines import engine
from sim.measures.interval import CONFIDENCE, t_half_width
from sim.measures.metrics import metrics
from sim.measures.record import Record
from sim.orders import OrderFile
from sim.policies import Policy, Portfolio, portfolio
from sim.scenario.company import Scenario
from sim.scenario.load import scenario_from_data

Data = dict[str, Any]
Floats = NDArray[np.float64]

SEED = 20_261_122
"""Root of all luck at full size; the reduced size has its own."""

REDUCED_SEED = 7
THREADS = 2

HOLDS, FAILS, UNDECIDED = "holds", "does not hold", "undecided"


# What is run ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """A company as data and the policies in force."""

    data: Data
    policies: tuple[tuple[str | Policy, float], ...] = ()
    arrivals: Callable[[int], OrderFile] | None = None
    """Orders of a replication, where the company takes them as they come."""


@dataclass(frozen=True)
class Seen:
    """One replication, looked at from the outside."""

    scenario: Scenario
    portfolio: Portfolio
    world: World
    record: Record

    @cached_property
    def metrics(self) -> dict[str, float]:
        return metrics(self.scenario, self.portfolio, self.world, self.record)


Measure = Callable[[Seen], float]


@dataclass(frozen=True)
class Size:
    """How large a fact is run."""

    replications: int
    points: int = 1
    """Settings of the uncertain parameters, at most; the first is always the defaults."""
    weeks: float = 104.0
    """Weeks measured, where that is a choice."""
    seed: int = SEED


def metric(name: str) -> Measure:
    """Return a metric of the run by its name."""
    return lambda seen: seen.metrics[name]


def run_ways(ways: Mapping[str, Way], measures: Mapping[str, Measure], size: Size) -> dict[str, dict[str, Floats]]:
    """Return what each measure shows in each replication of each way; replication k has the same luck in all."""
    made = {name: _scenario(way) for name, way in ways.items()}
    worlds = {name: build(*made[name]) for name, way in ways.items() if way.arrivals is None}

    def one(job: tuple[str, int]) -> list[float]:
        name, replication = job
        way, (scenario, chosen) = ways[name], made[name]
        world = worlds.get(name)
        if world is None:
            assert way.arrivals is not None
            world = build(scenario, chosen, way.arrivals(size.seed * 1000 + replication))
        record = engine("compiled")(world, size.seed, replication)
        seen = Seen(scenario, chosen, world, record)
        return [measure(seen) for measure in measures.values()]

    jobs = [(name, k) for name in ways for k in range(size.replications)]
    with ThreadPoolExecutor(THREADS) as pool:
        shown = np.array(list(pool.map(one, jobs)), dtype=np.float64)
    table = shown.reshape(len(ways), size.replications, len(measures))
    return {w: {m: table[i, :, j] for j, m in enumerate(measures)} for i, w in enumerate(ways)}


def _scenario(way: Way) -> tuple[Scenario, Portfolio]:
    return scenario_from_data({"name": "fact", **way.data}), portfolio(way.policies)


# What it takes to hold ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Band:
    """Where a number has to lie. A bound at infinity makes the other one open: 'above 0' is not 0."""

    low: float
    high: float

    def verdict(self, low: float, high: float) -> str:
        """Say whether an interval lies inside, outside, or across a bound."""
        one_sided = math.isinf(self.low) or math.isinf(self.high)
        inside = self.low < low and high < self.high if one_sided else self.low <= low and high <= self.high
        if inside:
            return HOLDS
        outside = high <= self.low or low >= self.high if one_sided else high < self.low or low > self.high
        return FAILS if outside else UNDECIDED

    def shown(self, scale: float) -> str:
        """Return it for people."""
        low, high = (f"{scale * bound:g}" for bound in (self.low, self.high))
        if math.isinf(self.high):
            return f"> {low}"
        if math.isinf(self.low):
            return f"< {high}"
        return f"= {low}" if self.low == self.high else f"{low} to {high}"


ABOVE, BELOW, ZERO = Band(0.0, math.inf), Band(-math.inf, 0.0), Band(0.0, 0.0)


@dataclass(frozen=True)
class Finding:
    """A number in one setting, beside what it should be."""

    quantity: str
    setting: str
    mean: float
    half_width: float
    """Of the 95 % interval."""
    n: int
    band: Band
    unit: str = ""
    """'%' and 'pp' are shown times 100."""

    @property
    def verdict(self) -> str:
        """Say whether it holds: its interval must lie inside the band."""
        if math.isnan(self.mean):
            return UNDECIDED
        return self.band.verdict(self.mean - self.half_width, self.mean + self.half_width)


def found(
    quantity: str, setting: str, band: Band, values: Sequence[Floats] | Floats,
    of: Callable[..., float] | None = None, unit: str = "",
) -> Finding:  # fmt: skip
    """Return a finding from paired values of replications: their mean, or a function of several means (jackknife)."""
    columns = np.atleast_2d(np.asarray(values, dtype=np.float64))
    n = columns.shape[1]
    if of is None:
        of = float
    whole = float(of(*columns.mean(axis=1)))
    sums = columns.sum(axis=1)
    without = np.array([of(*((sums - columns[:, k]) / (n - 1))) for k in range(n)])
    pseudo = n * whole - (n - 1) * without
    half = t_half_width(float(pseudo.std(ddof=1)), n, CONFIDENCE)
    return Finding(quantity, setting, whole, half, n, band, unit)


@dataclass(frozen=True)
class Fact:
    """Something known about organisations that the model should show."""

    key: str
    built_in: bool
    statement: str
    how: str
    """Company, comparison and settings."""
    measure: Callable[[Size], list[Finding]]
    full: Size
    reduced: Size | None
    """Size in the test suite; None where it would take too long."""
    reading: str = ""
    """What we make of it where it does not hold everywhere; shown only then."""


# Settings of the uncertain parameters -----------------------------------------------------------------------

DEFAULTS = "defaults"


def settings(points: int, levels: Mapping[str, Sequence[str | float]], luck: int = 0) -> dict[str, Data]:
    """Return the defaults and a Latin hypercube of levels of parameters, each level about equally often.

    Examples
    --------
    >>> list(settings(1, {"pressure.residence": ["2.5 h", "10 h"]}))
    ['defaults']
    >>> settings(3, {"pressure.corners": [2, 6]})["pressure.corners 2"]
    {'pressure': {'corners': 2}}
    """
    count = points - 1
    draws = np.random.default_rng(luck)
    made: dict[str, Data] = {}
    for _ in range(100):  # Two points may fall together where there are few levels.
        made = {DEFAULTS: {}}
        columns = {
            name: [values[i * len(values) // max(1, count)] for i in draws.permutation(count)]
            for name, values in levels.items()
        }
        for k in range(count):
            chosen = {name: column[k] for name, column in columns.items()}
            data: Data = {}
            for name, value in chosen.items():
                group, key = name.split(".")
                data.setdefault(group, {})[key] = value
            made[", ".join(f"{name} {value}" for name, value in chosen.items())] = data
        if len(made) == points:
            return made
    return made


def merged(*parts: Data) -> Data:
    """Return nested data with the later parts on top."""
    whole: Data = {}
    for part in parts:
        for key, value in part.items():
            below = whole.get(key)
            whole[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return whole
