"""How far sensitivity measures are from the exact ones, and how often their intervals hold these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray
from scipy.stats import norm, qmc

from benchmarks.validate.sensitivity_problems import (
    G_FUNCTION,
    Problem,
    common_luck,
    elementary_of_g,
    g_function,
    own_luck,
)
from experiments.analysis.sensitivity import Bounds, conclusion, effects, levels, morris, sobol_design, sobol_indices
from experiments.analysis.sensitivity.tornado import tornado
from experiments.analysis.sensitivity.trajectories import trajectories
from experiments.plan.designs import Axis, full_factorial

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A measure, judged over many repetitions."""

    what: str
    truth: float
    mean: float
    deviation: float
    coverage: float
    repetitions: int


def _axes(k: int, levels_of: int | None = None) -> list[Axis]:
    return [Axis(f"x{i + 1}", levels_of) for i in range(k)]


def _rows(names: Sequence[str], truths: Iterable[float], found: Sequence[Sequence[Bounds]]) -> list[Row]:
    """Judge measures; `found` has one list per repetition."""
    rows = []
    for i, (name, truth) in enumerate(zip(names, truths, strict=True)):
        values = np.array([one[i].value for one in found])
        held = [one[i].low <= truth <= one[i].high for one in found]
        deviation = float(values.std(ddof=1)) if len(found) > 1 else np.nan
        rows.append(Row(name, truth, float(values.mean()), deviation, float(np.mean(held)), len(found)))
    return rows


def sobol_rows(
    problem: Problem, samples: int, n: int, luck: str, repetitions: int, seed: int, *, corrected: bool = True
) -> list[Row]:
    """Judge Sobol' indices; luck has half the variance of the function in a run, or with "none" no luck."""
    random = default_rng(seed)
    names = [f"{kind} {i + 1}" for kind in ("S", "ST") for i in range(problem.k)]
    found = []
    scale = (problem.variance / 2) ** 0.5
    for repetition in range(repetitions):
        points = np.array(sobol_design(_axes(problem.k), samples, seed + repetition), dtype=np.float64)
        y = np.repeat(problem.of(points)[:, None], n, axis=1)
        if luck == "common":
            y = y + scale * common_luck(points, n, random)
        elif luck == "independent":
            y = y + scale * own_luck(y.shape, random)
        factors = [axis.name for axis in _axes(problem.k)]
        seeds = "common" if luck == "common" else "independent"
        got = sobol_indices(factors, y, seeds=seeds, corrected=corrected, seed=repetition)
        found.append([one.first for one in got.factors] + [one.total for one in got.factors])
    return _rows(names, (*problem.first, *problem.total), found)


def morris_rows(number: int, n: int, luck: str, repetitions: int, seed: int, size: float = 0.5) -> list[Row]:
    """Judge Morris' measures on Sobol's g; luck has a deviation of `size` in a run."""
    random = default_rng(seed)
    axes = _axes(G_FUNCTION.k)
    found, plain = [], []
    for repetition in range(repetitions):
        design = trajectories(axes, number, seed + repetition)
        points = np.array(design, dtype=np.float64)
        y = np.repeat(g_function(points)[:, None], n, axis=1)
        y = y + size * (common_luck(points, n, random) if luck == "common" else own_luck(y.shape, random))
        got = {one.factor: one for one in morris(axes, design, y, seed=repetition).factors}
        ordered = [got[axis.name] for axis in axes]
        found.append([b for one in ordered for b in (one.mu, one.mu_star, one.variance)])
        plain.append([one.mu_star_plain for one in ordered])
    truths = [list(one) for one in elementary_of_g()]
    names = [f"{kind} {axis.name}" for axis in axes for kind in ("mu", "mu*", "sigma^2")]
    rows = _rows(names, [x for one in truths for x in one], found)
    extra = np.array(plain)
    for i, axis in enumerate(axes):
        mean, deviation = float(extra[:, i].mean()), float(extra[:, i].std(ddof=1))
        rows.append(Row(f"mu* plain {axis.name}", truths[i][1], mean, deviation, np.nan, repetitions))
    return rows


def together_rows(n: int, repetitions: int, seed: int) -> list[Row]:
    """Judge simultaneous intervals of a tornado and of effects: how often all of them hold the truth at once."""
    random = default_rng(seed)
    axes = _axes(4, 2)
    design = full_factorial(axes)
    signs = 2 * np.array(design, dtype=np.float64) - 1
    expected = 10 + signs @ np.array([2.0, 1.0, 0.0, 0.0]) + 0.5 * signs[:, 0] * signs[:, 1]
    truth = {("x1",): 4.0, ("x2",): 2.0, ("x1", "x2"): 1.0}
    steps = {f"f{i}": 0.2 * i for i in range(8)}
    held = {"tornado, all 16 intervals": 0, "effects, all 10 intervals": 0, "levels, p below 5 % without effect": 0}
    each = np.zeros(10)
    for _ in range(repetitions):
        base = random.exponential(size=n)
        ends = {
            name: (base * (1 - step) + step + 0.3 * random.normal(size=n), base + step + random.exponential(size=n) - 1)
            for name, step in steps.items()
        }
        bars = {bar.factor: bar for bar in tornado(base, ends).bars}
        # E base = 1, so at the low end nothing changes on average; at the high end it is the step.
        held["tornado, all 16 intervals"] += all(
            _holds(bars[name].low, 0.0) and _holds(bars[name].high, step) for name, step in steps.items()
        )
        # A skewed effect of the first factor, and what all points of a replication share.
        z = random.exponential(size=(2, n)) - 1
        y = expected[:, None] + z[0] + signs[:, :1] * z[1] + 0.5 * random.normal(size=(len(design), n))
        got = effects(axes, design, y, simultaneous=True).effects
        held["effects, all 10 intervals"] += all(_holds(e.size, truth.get(e.effect, 0.0)) for e in got)
        single = effects(axes, design, y).effects
        each += [_holds(e.size, truth.get(e.effect, 0.0)) for e in single]
        p = next(t.p for t in levels(axes, design, y).terms if t.term == ("x3",))
        held["levels, p below 5 % without effect"] += p < 0.05
    rows = [Row(name, np.nan, np.nan, np.nan, count / repetitions, repetitions) for name, count in held.items()]
    return [*rows, Row("effects, each", np.nan, np.nan, np.nan, float(each.mean()) / repetitions, repetitions)]


def _holds(found: object, truth: float) -> bool:
    low, high = getattr(found, "low", None), getattr(found, "high", None)
    return low is not None and high is not None and low <= truth <= high


SHAPES = ("normal", "uniform", "skewed", "two groups")


def expected_differences(shape: str, places: Array) -> Array:
    """Return expected differences with mean -1: 60 % by x1 and 30 % by x2 on the scale of the shape, the rest by x3."""
    weights = np.sqrt([0.6, 0.3, 0.1])
    if shape == "uniform":
        return -1 + (2 * places[:, 0] - 1) * 1.5
    mixed = norm.ppf(np.clip(places[:, :3], 1e-12, 1 - 1e-12)) @ weights
    if shape == "normal":
        return -1 + 0.8 * mixed
    if shape == "skewed":
        return -1 + np.exp(0.6 * mixed - 0.18) - 1 + 0.5
    return np.where(mixed < norm.ppf(0.85), -1.4, 1.2) + 0.1 * mixed


def conclusion_rows(
    shape: str, m: int, n: int, ratio: float, common: float, repetitions: int, seed: int, d: int = 10
) -> list[Row]:
    """Judge the share of samples with the sign of the conclusion and the range.

    Luck of a run has a deviation of `ratio` times that of the expected differences; `common` is the same for luck that
    all samples of a replication share.
    """
    random = default_rng(seed)
    big = expected_differences(shape, default_rng(1).random((1_000_000, d)))
    truths = [float((big < 0).mean()), *np.quantile(big, [0.05, 0.95]).tolist()]
    spread = float(big.std())
    names = [f"x{i + 1}" for i in range(d)]
    found, plain, first, alarms, hits = [], [], [], [], []
    for repetition in range(repetitions):
        places = qmc.LatinHypercube(d, rng=default_rng(seed + repetition)).random(m)
        y = expected_differences(shape, places)[:, None] + ratio * spread * random.normal(size=(m, n))
        y = y + common * spread * random.normal(size=(1, n))
        got = conclusion(names, places, y, seed=repetition, today=np.array([-1.0, -1.01, -0.99]))
        found.append([got.same, got.low, got.high])
        plain.append(got.same_plain)
        of = {one.assumption: one for one in got.drivers}
        first.append(of["x1"].share)
        alarms.append(any(of[name].is_clear for name in names[3:]))
        hits.append(of["x1"].is_clear)
    rows = _rows(["share", "low end", "high end"], truths, found)
    extra = np.array(plain)
    rows.append(Row("share, plain", truths[0], float(extra.mean()), float(extra.std(ddof=1)), np.nan, repetitions))
    z = default_rng(2).random((1_000_000, d))
    linear = float(np.corrcoef(z[:, 0], expected_differences(shape, z))[0, 1] ** 2)
    rows += _rows(["share of x1"], [linear], [[one] for one in first])
    rows.append(Row("a driver where there is none", 0.0, float(np.mean(alarms)), np.nan, np.nan, repetitions))
    rows.append(Row("x1 found", 1.0, float(np.mean(hits)), np.nan, np.nan, repetitions))
    return rows
