"""Where a run that started empty has forgotten it: MSER-5 says it, Welch's plot shows it.

Only for questions about the steady state. A company that opens on day one and asks about its first year has no
warm-up to delete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError

Array = NDArray[np.float64]

BATCH = 5
"""[1] -- observations averaged before looking (the 5 of MSER-5)."""
FEWEST_BATCHES = 20
"""[1] -- below this the statistic says little, and a cut is only a guess."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """What to delete at the beginning of every replication.

    Attributes
    ----------
    cut : int
        [1] -- observations (or time buckets) to delete.
    batches : int
        [1] -- whole batches of five in the series; what is left over at its end is not looked at.
    statistic : tuple of float
        [unit of the series, squared] -- the squared standard error of what is left, for 0, 1, 2, ... batches deleted.
    failed : bool
        The run is too short to see the end of its warm-up: the best cut is the last one allowed (half of the run), or
        there are fewer than 20 batches.
    """

    cut: int
    batches: int
    statistic: tuple[float, ...]
    failed: bool


def averaged(replications: Sequence[Sequence[float]]) -> Array:
    """Return the mean over replications of the first, second, ... observation.

    Parameters
    ----------
    replications : sequence of sequence of float
        One series per replication, cut to the shortest; nan (nothing was observed) is left out.

    Returns
    -------
    array of float
        [unit of the series] -- nan where no replication has a value.

    Raises
    ------
    InputError
        If there is no replication.

    Examples
    --------
    >>> averaged([[1.0, 2.0, 3.0], [3.0, float("nan")]]).tolist()
    [2.0, 2.0]
    """
    if not replications:
        raise InputError("warm-up: got no replication, must be at least 1. Run some first.")
    length = min(len(series) for series in replications)
    values = np.array([np.asarray(series[:length], dtype=np.float64) for series in replications])
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    mean: Array = np.divide(total, count, out=np.full(length, np.nan), where=count > 0)
    return mean


def mser5(series: Sequence[float] | Array) -> WarmUp:
    """Return how much of a series to delete so that the mean of the rest is most precise.

    Parameters
    ----------
    series : sequence of float
        The average over replications (`averaged`), not a single replication: there the cut follows the path by chance,
        and the mean of what it leaves is biased low. nan is left out of its batch.

    Raises
    ------
    InputError
        If a batch of five has no value.

    Notes
    -----
    Z_1..Z_n are means of five; cut d* = argmin over 0 <= d <= n / 2 of (n - d)^-2 sum over j > d of (Z_j - mean of
    Z_d+1..Z_n)^2, the first of several. White, *An effective truncation heuristic for bias reduction in simulation
    output* (1997); White, Cobb and Spratt (2000). Sums run from the right, so that it takes one pass.

    Examples
    --------
    >>> found = mser5([20.0, 15.0, 9.0, 4.0, 2.0] + [1.0, 2.0, 3.0, 2.0, 1.0] * 24)
    >>> found.cut, found.batches, found.failed
    (5, 25, False)
    """
    means = _batch_means(np.asarray(series, dtype=np.float64))
    n = len(means)
    if n < 2:
        return WarmUp(0, n, (), True)
    last = n // 2
    settled = means - means[last:].mean()  # Sums of squares cancel badly far from zero.
    left = np.arange(n, 0, -1, dtype=np.float64)
    sums = np.cumsum(settled[::-1])[::-1]
    squares = np.cumsum(np.square(settled[::-1]))[::-1]
    statistic = (np.maximum(squares - np.square(sums) / left, 0.0) / np.square(left))[: last + 1]
    best = int(np.argmin(statistic))
    failed = best == last or n < FEWEST_BATCHES
    return WarmUp(BATCH * best, n, tuple(statistic.tolist()), failed)


def common_warm_up(responses: Mapping[str, Sequence[Sequence[float]]]) -> WarmUp:
    """Return the longest warm-up of several responses, to be deleted from all of them.

    Parameters
    ----------
    responses : mapping of str to sequence of sequence of float
        Per response, one series per replication.

    Returns
    -------
    WarmUp
        Of the response with the largest cut, the first of several; failed if that of any response failed.

    Raises
    ------
    InputError
        If there is no response or no replication, or a batch of five has no value.

    Examples
    --------
    >>> calm = [[1.0, 2.0] * 60]
    >>> common_warm_up({"calm": calm, "falling": [[9.0] * 10 + calm[0]]}).cut
    10
    """
    if not responses:
        raise InputError("warm-up: got no response, must be at least 1. Name a metric that is recorded over time.")
    found = [mser5(averaged(replications)) for replications in responses.values()]
    longest = max(found, key=lambda one: one.cut)
    failed = any(one.failed for one in found)
    return WarmUp(longest.cut, longest.batches, longest.statistic, failed)


@dataclass(frozen=True, slots=True)
class Welch:
    """The two curves of a Welch plot.

    Attributes
    ----------
    mean : array of float, shape (m,)
        [unit of the series] -- mean over replications.
    moving : array of float, shape (m - window,)
        [unit of the series] -- its moving average.
    window : int
        [1] -- observations on each side.
    """

    mean: Array
    moving: Array
    window: int


def welch(replications: Sequence[Sequence[float]], window: int) -> Welch:
    """Return the data of a Welch plot, on which people see where the curve becomes flat.

    Parameters
    ----------
    replications : sequence of sequence of float
        One series per replication, cut to the shortest.
    window : int
        [1] -- observations on each side of the one in the middle, from 0 to a quarter of the series.

    Raises
    ------
    InputError
        If the window does not fit.

    Notes
    -----
    The average of 2 window + 1 means around i; near the left end of the 2 i - 1 that fit symmetrically around i = 1, 2,
    ... (Welch 1983; Law, *Simulation Modeling and Analysis*, section 9.5.1). nan makes its neighbourhood nan.

    Examples
    --------
    >>> welch([[1.0, 2.0, 6.0, 4.0]], 1).moving.tolist()
    [1.0, 3.0, 4.0]
    """
    mean = averaged(replications)
    m = len(mean)
    if not 0 <= window <= m // 4:
        raise InputError(
            f"Welch plot, window: got {window}, must be from 0 to {m // 4}, a quarter of the {m} observations. "
            "Choose a smaller one or run longer."
        )
    moving = np.array([_middle(mean, i, min(i, window)) for i in range(m - window)], dtype=np.float64)
    return Welch(mean, moving, window)


def _middle(mean: Array, i: int, reach: int) -> float:
    return float(mean[i - reach : i + reach + 1].mean())


def _batch_means(series: Array) -> Array:
    """Return the means of five observations at a time."""
    n = len(series) // BATCH
    batches = series[: n * BATCH].reshape(n, BATCH)
    known = ~np.isnan(batches)
    count = known.sum(axis=1)
    if n and not count.all():
        at = BATCH * int(np.argmin(count)) + 1
        raise InputError(
            f"warm-up, observations {at} to {at + BATCH - 1}: got no value in any replication, must be at least one. "
            "Use longer time buckets or more replications."
        )
    return np.asarray(np.where(known, batches, 0.0).sum(axis=1) / count, dtype=np.float64)
