"""What is measured of intervals, stopping rules and warm-up cuts: how often they are right, and how long they are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from benchmarks.validate.output_analysis_problems import (
    MEAN_WAIT,
    WAIT_95,
    Problem,
    autoregressive,
    waits,
)
from experiments.analysis.quantiles import sectioning_interval
from experiments.analysis.skewed import Method, around, limits
from experiments.analysis.warm_up import mser5
from experiments.plan.targets import Target

Array = NDArray[np.float64]
CHUNK = 250_000
"""Replications simulated at once."""


@dataclass(frozen=True)
class Coverage:
    """How often an interval holds the truth."""

    problem: str
    method: str
    confidence: float
    n: float
    coverage: float
    too_high: float
    """How often the whole interval lies above the truth."""
    relative: float
    """Mean of half-width / sample mean."""
    experiments: int

    @property
    def error(self) -> float:
        """Standard error of the coverage."""
        return math.sqrt(self.coverage * (1 - self.coverage) / self.experiments)


def fixed(
    problem: Problem, n: int, methods: tuple[Method, ...], confidences: tuple[float, ...], experiments: int, seed: int
) -> list[Coverage]:
    """Judge intervals from n replications; all methods see the same ones."""
    random = default_rng(seed)
    sums = {(method, confidence): np.zeros(3) for method in methods for confidence in confidences}
    done = 0
    while done < experiments:
        size = min(max(CHUNK // n, 1), experiments - done)
        values = problem.draw(random, (size, n))
        done += size
        for (method, confidence), total in sums.items():
            mean, low, high = limits(values, confidence, method)
            right = (low <= problem.mean) & (problem.mean <= high)
            relative = (high - low) / 2 / np.where(mean > 0, mean, np.inf)
            sums[method, confidence] = np.add(total, (right.sum(), (low > problem.mean).sum(), relative.sum()))
    return [
        Coverage(problem.name, method, confidence, n, *(total / experiments).tolist(), experiments)
        for (method, confidence), total in sums.items()
    ]


@dataclass(frozen=True)
class Stops:
    """Where experiments stopped and what they said then, one entry each."""

    n: NDArray[np.int64]
    mean: Array
    low: Array
    high: Array

    def coverage(self, truth: float) -> float:
        """How often the interval at the end holds the truth."""
        return float(((self.low <= truth) & (truth <= self.high)).mean())


def sequential(
    problem: Problem, gamma: float, confidence: float, experiments: int, random: Generator, *,
    method: Method, first: int, block: int = 1, chunk: int = 200,
) -> Stops:  # fmt: skip
    """Add replications to every experiment until its half-width is at most gamma / (1 + gamma) of its mean."""
    target = Target(problem.name, relative=gamma)
    chunk = max(block, chunk // block * block)
    stops = Stops(*(np.zeros(experiments, kind) for kind in (np.int64, float, float, float)))
    powers = np.zeros((3, experiments))
    active, n = np.arange(experiments), 0
    while len(active):
        size = first if n == 0 else chunk
        offsets = problem.draw(random, (len(active), size)) - problem.mean  # Centred, so that powers keep their digits.
        sums = [powers[k, active, None] + np.cumsum(offsets ** (k + 1), axis=1) for k in range(3)]
        powers[:, active] = [one[:, -1] for one in sums]
        at = np.arange(n + 1, n + size + 1)
        looks = (at >= first) & ((at - first) % block == 0)
        at = at[looks]
        shift, second, third = (one[:, looks] / at for one in sums)
        variance = np.maximum(second - shift**2, 1e-300)
        skew = (third - 3 * shift * second + 2 * shift**3) / variance**1.5
        mean = problem.mean + shift
        low, high = around(mean, np.sqrt(variance / (at - 1)), skew, at, confidence, method)
        stop = (high - low) / 2 <= target.asked(1.0) * np.abs(mean)
        where = np.argmax(stop, axis=1)
        ended = stop.any(axis=1)
        row, column = np.nonzero(ended)[0], where[ended]
        who = active[ended]
        stops.n[who] = at[column]
        for array, found in ((stops.mean, mean), (stops.low, low), (stops.high, high)):
            array[who] = found[row, column]
        active, n = active[~ended], n + size
    return stops


@dataclass(frozen=True)
class Cut:
    """What deleting a warm-up does to the mean."""

    start: str
    on: str
    raw_bias: float
    bias: float
    raw_rmse: float
    rmse: float
    median_cut: float
    failed: float
    experiments: int


def _cut(start: str, on: str, truth: float, series: Iterator[Array]) -> Cut:
    raw, after, cuts, failed = [], [], [], []
    for one in series:
        found = mser5(one)
        raw.append(float(one.mean()) - truth)
        after.append(float(one[found.cut :].mean()) - truth)
        cuts.append(found.cut)
        failed.append(found.failed)
    rms = [math.sqrt(float(np.mean(np.square(x)))) for x in (raw, after)]
    return Cut(
        start, on, float(np.mean(raw)), float(np.mean(after)), *rms, float(np.median(cuts)), float(np.mean(failed)),
        len(raw),
    )  # fmt: skip


def queue_cuts(start: str, jobs: int, experiments: int, seed: int, *, runs: int = 30, n: int = 10_000) -> list[Cut]:
    """Cut M/M/1 runs of n customers, single ones and averages of some, that start with a number of jobs ahead."""
    random = default_rng(seed)
    singles, averages = [], []
    while len(averages) < experiments:
        size = min(50, experiments - len(averages))
        work = random.gamma(jobs, 1.0, size * runs) if jobs else np.zeros(size * runs)
        found = waits(random, size * runs, n, work)
        singles += list(found[:, ::runs].T.astype(np.float64))
        averages += list(found.reshape(n, size, runs).mean(axis=2, dtype=np.float64).T)
    return [
        _cut(start, "each single run", MEAN_WAIT, iter(singles)),
        _cut(start, f"the average of {runs} runs", MEAN_WAIT, iter(averages)),
    ]


def autoregressive_cut(phi: float, n: int, experiments: int, seed: int) -> Cut:
    """Cut AR(1) series that start 100 below their mean."""
    random = default_rng(seed)
    series = (
        column
        for first in range(0, experiments, 250)
        for column in autoregressive(random, phi, n, min(250, experiments - first)).T
    )
    return _cut(f"AR(1), phi {phi:g}, n {n:,}, 100 below", "each single run", 100.0, series)


def sectioning(runs: int, customers: int, experiments: int, confidence: float, seed: int) -> Coverage:
    """Judge the interval for the 95 % quantile of the wait in M/M/1, from some runs in the steady state."""
    random = default_rng(seed)
    right, above, relative = 0, 0, 0.0
    for _ in range(0, experiments, 50):
        found = waits(random, 50 * runs, customers).reshape(customers, 50, runs)
        for k in range(50):
            one = sectioning_interval(list(found[:, k].T), 0.95, confidence)
            assert one.low is not None
            assert one.high is not None
            assert one.quantile is not None
            right += one.low <= WAIT_95 <= one.high
            above += one.low > WAIT_95
            relative += (one.high - one.low) / 2 / one.quantile
    total = -(-experiments // 50) * 50
    return Coverage(
        "95 % quantile of the wait", "sectioning", confidence, runs, right / total, above / total, relative / total,
        total,
    )  # fmt: skip
