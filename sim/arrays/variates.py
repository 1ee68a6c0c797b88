"""Distributions of the scenario as a family, two numbers and a table."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.rules import distributions as d
from sim.scenario.work import Amount, Delay, Work


class Variate(NamedTuple):
    """A positive random amount: its mean times a variate of mean 1."""

    family: int
    a: float
    b: float
    table: list[float]
    mean: float


EXPONENTIAL = Variate(d.EXPONENTIAL, 0.0, 0.0, [], 1.0)
"""An exponential variate of mean 1."""


def variate(spec: Work | Delay | Amount) -> Variate:
    """Return the arrays' form of an amount written in a scenario."""
    family, a, b, table = _shape(spec.distribution, spec.cv or 0.0, spec.phases or 0, spec.values or ())
    return Variate(family, a, b, table, spec.mean)


def lognormal(cv: float, mean: float = 1.0) -> Variate:
    """Return a lognormal variate by mean and coefficient of variation; constant when cv is 0."""
    family, a, b, table = _shape("lognormal", cv, 0, ())
    return Variate(family, a, b, table, mean)


def gamma(cv: float, mean: float = 1.0) -> Variate:
    """Return a gamma variate by mean and coefficient of variation."""
    family, a, b, table = _shape("gamma", cv, 0, ())
    return Variate(family, a, b, table, mean)


def _shape(name: str, cv: float, phases: int, values: tuple[float, ...]) -> tuple[int, float, float, list[float]]:
    if name == "exponential":
        return d.EXPONENTIAL, 0.0, 0.0, []
    if name == "empirical":
        mean = math.fsum(values) / len(values)
        return d.STEP_TABLE, 0.0, 0.0, sorted(v / mean for v in values)
    if name == "erlang":
        return d.SMOOTH_TABLE, 0.0, 0.0, _gamma_table(float(phases))
    if name == "deterministic" or cv == 0.0:
        return d.DETERMINISTIC, 0.0, 0.0, []
    if name == "lognormal":
        return d.LOGNORMAL, math.sqrt(math.log1p(cv * cv)), 0.0, []
    if name == "uniform":
        return d.UNIFORM, cv * math.sqrt(3.0), 0.0, []
    if name == "triangular":
        return d.TRIANGULAR, 1.0 - cv * math.sqrt(6.0), 1.0 + cv * math.sqrt(6.0), []
    if name == "weibull":
        shape = _weibull_shape(cv)
        return d.WEIBULL, 1.0 / shape, math.exp(-math.lgamma(1.0 + 1.0 / shape)), []
    return d.SMOOTH_TABLE, 0.0, 0.0, _gamma_table(1.0 / (cv * cv))


def _gamma_table(shape: float) -> list[float]:
    """Return gamma quantiles of mean 1 over the grid of normal deviates, scaled so that the mean is 1."""
    import numpy as np
    from scipy.special import gammainccinv, gammaincinv, ndtr

    z = d.TABLE_LOW + d.TABLE_STEP * np.arange(int(-2 * d.TABLE_LOW / d.TABLE_STEP) + 1)
    # Each tail from its own side: 1 - 1e-16 has no digits left.
    values = np.where(z < 0, gammaincinv(shape, ndtr(z)), gammainccinv(shape, ndtr(-z))) / shape
    return [float(v) for v in values]


def _weibull_shape(cv: float) -> float:
    from scipy.optimize import brentq

    def excess(log_shape: float) -> float:
        k = math.exp(log_shape)
        return math.lgamma(1 + 2 / k) - 2 * math.lgamma(1 + 1 / k) - math.log1p(cv * cv)

    return math.exp(float(brentq(excess, math.log(0.05), math.log(200.0), xtol=1e-13)))
