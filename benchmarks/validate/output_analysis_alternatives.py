"""Other intervals for skewed numbers that were tried and not taken."""

from __future__ import annotations

import math

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray
from scipy.special import stdtrit

from benchmarks.validate.output_analysis_measures import Coverage
from benchmarks.validate.output_analysis_problems import Problem

Array = NDArray[np.float64]
RESAMPLES = 499


def alternatives(problem: Problem, n: int, confidence: float, experiments: int, seed: int) -> list[Coverage]:
    """Judge Johnson's modified t (1978), the bootstrap-t, and the bootstrap of Hall's cubic (1992)."""
    random = default_rng(seed)
    found: dict[str, list[tuple[float, float, float]]] = {}
    for values in problem.draw(random, (experiments, n)):
        low_high = {
            "Johnson": johnson(values, confidence),
            **bootstrapped(values, confidence, random.integers(0, n, (RESAMPLES, n))),
        }
        for name, (low, high) in low_high.items():
            inside = low <= problem.mean <= high
            found.setdefault(name, []).append((inside, low > problem.mean, (high - low) / 2 / values.mean()))
    return [
        Coverage(problem.name, name, confidence, n, *np.mean(rows, axis=0).tolist(), experiments)
        for name, rows in found.items()
    ]


def johnson(values: Array, confidence: float) -> tuple[float, float]:
    """Student's interval moved by m3 / (6 s^2 n)."""
    n = len(values)
    mean, error, skew = (float(one) for one in moments(values))
    centre = mean + skew * error / (6 * math.sqrt(n))
    half = float(stdtrit(n - 1, 0.5 + confidence / 2)) * error
    return centre - half, centre + half


def bootstrapped(values: Array, confidence: float, picks: NDArray[np.int64]) -> dict[str, tuple[float, float]]:
    """Intervals with the resampled quantiles of t, and of t turned by Hall's cubic."""
    n = len(values)
    mean, error, skew = (float(one) for one in moments(values))
    means, errors, skews = moments(values[picks])
    t = (means - mean) / np.maximum(errors, 1e-12)
    b = skews / (6 * math.sqrt(n))
    turned = t + 2 * b * t**2 + 4 / 3 * b**2 * t**3 + b
    tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    lower, upper = np.quantile(t, tails)
    b0 = skew / (6 * math.sqrt(n)) or 1e-9
    left, right = ((np.cbrt(1 + 6 * b0 * (z - b0)) - 1) / (2 * b0) for z in np.quantile(turned, tails))
    return {
        "bootstrap-t": (mean - upper * error, mean - lower * error),
        "Hall, bootstrapped": (mean - float(right) * error, mean - float(left) * error),
    }


def moments(values: Array) -> tuple[Array, Array, Array]:
    """Return mean, standard error and skewness along the last axis."""
    n = values.shape[-1]
    mean = values.mean(axis=-1)
    centred = values - mean[..., None]
    second = np.square(centred).mean(axis=-1)
    skew = (centred**3).mean(axis=-1) / np.maximum(second, 1e-300) ** 1.5
    return mean, np.sqrt(second / (n - 1)), skew
