"""Means over replications with 95 % intervals, alone and as paired differences.

Replications are independent and alike, so the classical interval of Student's t holds for the mean of one
number per replication. Two policies that met the same customers with the same luck (common random numbers)
are compared replication by replication: what both share cancels out, and the interval of the difference is
much narrower than the two intervals would suggest.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.measures.interval import t_half_width


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and how sure it is.

    Attributes
    ----------
    mean : float or None
        [unit of the metric] -- None if the metric applied in no replication.
    half_width : float or None
        [unit of the metric] -- the 95 % interval is mean ± half_width; None with fewer than two replications.
    n : int
        [1] -- replications in which the metric applied.
    """

    mean: float | None
    half_width: float | None
    n: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.mean is not None and self.half_width is not None and abs(self.mean) > self.half_width


def estimate(values: Iterable[float]) -> Estimate:
    """Estimate a mean from one value per replication.

    Parameters
    ----------
    values : iterable of float
        One per replication; nan where the metric does not apply, which is left out and not counted.

    Examples
    --------
    >>> estimate([39.0, 41.0, float("nan"), 40.0])
    Estimate(mean=40.0, half_width=2.484..., n=3)
    >>> estimate([7.0])
    Estimate(mean=7.0, half_width=None, n=1)
    >>> estimate([])
    Estimate(mean=None, half_width=None, n=0)
    """
    known = [float(value) for value in values if not math.isnan(value)]
    n = len(known)
    if n == 0:
        return Estimate(None, None, 0)
    mean = math.fsum(known) / n
    if n == 1 or not math.isfinite(mean):
        return Estimate(mean, None, n)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in known) / (n - 1))
    return Estimate(mean, t_half_width(deviation, n), n)


def paired_difference(treated: Mapping[int, float], baseline: Mapping[int, float]) -> Estimate:
    """Estimate the mean of treated minus baseline over the replications that both have.

    Parameters
    ----------
    treated, baseline : mapping of int to float
        Value per replication. A replication that failed, or in which the metric does not apply, on either
        side leaves the pair out.

    Examples
    --------
    >>> paired_difference({0: 9.0, 1: 19.0, 2: 29.5}, {0: 10.0, 1: 20.0, 2: 30.0, 3: 80.0})
    Estimate(mean=-0.8333333333333334, half_width=0.717..., n=3)
    """
    common = sorted(treated.keys() & baseline.keys())
    return estimate(treated[replication] - baseline[replication] for replication in common)


Runs = Mapping[int, Mapping[str, float]]
"""The metrics of every finished replication of one way of working."""


def _series(runs: Runs) -> dict[str, dict[int, float]]:
    """Turn replication -> metric -> value around; metrics keep their order, replications are sorted."""
    series: dict[str, dict[int, float]] = {}
    for replication in sorted(runs):
        for name, value in runs[replication].items():
            series.setdefault(name, {})[replication] = value
    return series


def estimates(runs: Runs) -> dict[str, Estimate]:
    """Estimate every metric of one way of working.

    Examples
    --------
    >>> estimates({0: {"wait_mean": 1.0}, 1: {"wait_mean": 3.0}})["wait_mean"].mean
    2.0
    """
    return {name: estimate(values.values()) for name, values in _series(runs).items()}


def differences(treated: Runs, baseline: Runs) -> dict[str, Estimate]:
    """Estimate the paired difference of every metric that both ways of working have.

    Examples
    --------
    >>> differences({0: {"wait_mean": 1.0}}, {0: {"wait_mean": 3.0}})["wait_mean"].mean
    -2.0
    """
    today = _series(baseline)
    return {name: paired_difference(values, today[name]) for name, values in _series(treated).items() if name in today}
