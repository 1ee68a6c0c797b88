"""Intervals for quantiles, without assuming any distribution.

Two questions that are easily confused. The quantile *over replications* asks how bad a year can become: one number
per replication, independent, so that ranks tell (`quantile_interval`). The quantile *over customers* asks how bad it
can become for one customer: customers of one replication share its queues and are not independent, so each
replication is one section and the replications' quantiles tell how sure it is (`sectioning_interval`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.sample_sizes import check_share, fewest_replications
from sim.measures.interval import CONFIDENCE, t_half_width

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class QuantileInterval:
    """A quantile and the interval around it.

    Attributes
    ----------
    p : float
        [1] -- which quantile, in (0, 1).
    quantile : float or None
        [unit of the values] -- the smallest value with a share of at least p at or below it; None without values.
    low, high : float or None
        [unit of the values] -- None where `reason` says why.
    n : int
        [1] -- values over replications, or replications (sections).
    confidence : float or None
        [1] -- by ranks: the exact confidence, at least what was asked; by sections: what was asked.
    ranks : tuple of int, or None
        [1] -- the limits are the values with these ranks, 1 being the smallest; None by sections.
    reason : str or None
        Why there is no interval, and what would help.
    """

    p: float
    quantile: float | None
    low: float | None
    high: float | None
    n: int
    confidence: float | None = None
    ranks: tuple[int, int] | None = None
    reason: str | None = None


def quantile_interval(values: Iterable[float], p: float, confidence: float = CONFIDENCE) -> QuantileInterval:
    """Return the quantile over replications and its interval by order statistics.

    Parameters
    ----------
    values : iterable of float
        One per replication; nan where the metric does not apply, which is left out and not counted.
    p : float
        [1] -- which quantile, in (0, 1).
    confidence : float
        [1] -- in [0.5, 1).

    Raises
    ------
    InputError
        If p or the confidence is out of range.

    Examples
    --------
    >>> found = quantile_interval(range(1, 11), 0.5)
    >>> found.low, found.high, round(found.confidence, 6)
    (2.0, 9.0, 0.978516)
    >>> quantile_interval(range(30), 0.95).reason
    'an interval of 95 % for the 95 % quantile needs 59 replications; there are 30'
    """
    check_share(p, confidence)
    array = np.asarray([float(value) for value in values], dtype=np.float64)
    known = np.sort(array[~np.isnan(array)])
    n = len(known)
    point = float(known[_rank(n, p) - 1]) if n else None
    found = order_statistics(n, p, confidence)
    if found is None:
        least = fewest_replications(p, confidence)
        what = f"an interval of {100 * confidence:.4g} % for the {100 * p:.4g} % quantile"
        return QuantileInterval(p, point, None, None, n, reason=f"{what} needs {least} replications; there are {n}")
    lower, upper, covered = found
    return QuantileInterval(p, point, float(known[lower - 1]), float(known[upper - 1]), n, covered, (lower, upper))


def order_statistics(n: int, p: float, confidence: float = CONFIDENCE) -> tuple[int, int, float] | None:
    """Return the ranks of the two values that enclose a quantile, and how often they do.

    Parameters
    ----------
    n : int
        [1] -- independent values.
    p : float
        [1] -- which quantile, in (0, 1).
    confidence : float
        [1] -- in [0.5, 1).

    Returns
    -------
    tuple of int, int and float, or None
        Ranks l < u (1 is the smallest) and the confidence; None if even the smallest and the largest value do not
        enclose the quantile often enough.

    Notes
    -----
    Of n values a binomial number lies below the quantile, so that the values of ranks l and u enclose it with
    probability sum over i = l..u-1 of C(n, i) p^i (1 - p)^(n - i) (David and Nagaraja 2003, section 7.1); exact for
    continuous distributions, at least that for others. Of all pairs that suffice: the fewest ranks apart, then the
    most often right.

    Examples
    --------
    >>> order_statistics(20, 0.5)
    (6, 15, 0.9586...)
    """
    from scipy.special import bdtr

    if n < 2:
        return None
    at_most = np.asarray(bdtr(np.arange(n), n, p), dtype=np.float64)  # P(fewer than l = i + 1 values below)
    best: tuple[int, float, int] | None = None
    for low in range(n - 1):
        high = int(np.searchsorted(at_most, at_most[low] + confidence))
        high = max(high, low + 1)
        if high >= n:
            break
        candidate = (high - low, -float(at_most[high] - at_most[low]), low)
        best = candidate if best is None else min(best, candidate)
    return None if best is None else (best[2] + 1, best[2] + best[0] + 1, -best[1])


def sectioning_interval(
    sections: Sequence[Iterable[float]], p: float, confidence: float = CONFIDENCE
) -> QuantileInterval:
    """Return the quantile over customers, pooled over replications, and its interval by sectioning.

    Parameters
    ----------
    sections : sequence of iterable of float
        The customers' values of each replication; nan is left out, and so is a replication without values.
    p : float
        [1] -- which quantile, in (0, 1).
    confidence : float
        [1] -- in [0.5, 1).

    Raises
    ------
    InputError
        If p or the confidence is out of range.

    Notes
    -----
    q of all values pooled; t(n - 1) * sqrt(sum (q_r - q)^2 / (n (n - 1))) around it, q_r the quantile of replication
    r (Asmussen and Glynn 2007, section III.5; Nakayama 2014). It is right for many customers per replication: the
    quantile of few is biased. Never a bootstrap over customers, which are not independent.

    Examples
    --------
    >>> found = sectioning_interval([[1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 6]], 0.75)
    >>> found.quantile, round(found.high - found.quantile, 4)
    (4.0, 2.4841)
    """
    check_share(p, confidence)
    arrays = [np.asarray([float(value) for value in section], dtype=np.float64) for section in sections]
    known = [array for array in (array[~np.isnan(array)] for array in arrays) if len(array)]
    n = len(known)
    if n == 0:
        return QuantileInterval(p, None, None, None, 0, reason="no replication has a value")
    pooled = quantile(np.concatenate(known), p)
    if n == 1:
        return QuantileInterval(p, pooled, None, None, 1, reason="sectioning needs at least 2 replications; there is 1")
    squares = math.fsum((quantile(array, p) - pooled) ** 2 for array in known)
    half = t_half_width(math.sqrt(squares / (n - 1)), n, confidence)
    return QuantileInterval(p, pooled, pooled - half, pooled + half, n, confidence)


def quantile(values: Array, p: float) -> float:
    """Return the smallest value with a share of at least p at or below it.

    Examples
    --------
    >>> quantile(np.array([3.0, 1.0, 2.0, 4.0]), 0.5)
    2.0
    """
    rank = _rank(len(values), p)
    return float(np.partition(values, rank - 1)[rank - 1])


def _rank(n: int, p: float) -> int:
    """Return the rank of the p quantile among n values, 1 being the smallest."""
    return min(max(math.ceil(n * p - 1e-9), 1), n)  # 0.07 * 100 is a little more than 7.
