"""What replications say about luck: products over different replications, in which luck cancels.

A run is what the model expects at a point plus luck. The square of a mean over replications is too large by the luck
that is left in the mean, and so is every variance or sensitivity index made of such squares. The product of two
*different* replications is not: their luck is independent, whether or not points share their random numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.errors import UsageError

Array = NDArray[np.float64]
ROUNDING = 1e-13
"""[1] -- share of the responses below which a sum of them is nothing but rounding."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """An estimate and its interval, not necessarily in its middle.

    Attributes
    ----------
    value : float
        The estimate. Not pulled to where the truth must lie: what should be positive may be estimated as negative.
    low, high : float
        Ends of the interval; nan where there is none.
    """

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def responses(values: ArrayLike, rows: int, what: str) -> Array:
    """Return responses as an array of one row per point and one column per replication.

    Parameters
    ----------
    values : array of float, shape (rows, n) or (rows,)
        [unit of the response] -- nan for a run that failed or in which the metric does not apply.
    rows : int
        [1] -- number of points expected.
    what : str
        What the rows are, for messages.

    Raises
    ------
    UsageError
        If the shape is another one, or a value is infinite.

    Examples
    --------
    >>> responses([1.0, 2.0], 2, "points").shape
    (2, 1)
    """
    array = np.asarray(values, dtype=np.float64)
    array = array[:, None] if array.ndim == 1 else array
    if array.ndim != 2 or array.shape[0] != rows or array.shape[1] < 1:
        raise UsageError(
            f"sensitivity: got values of shape {array.shape}, must be one row for each of {rows} {what} and one "
            "column per replication. Give them in the order of the design."
        )
    if np.isinf(array).any():
        raise UsageError("sensitivity: got infinite values, must be finite, or nan where a run failed. Look at them.")
    return array


def without_rounding(values: Array, of: Array) -> Array:
    """Return values in which what is only rounding of sums of others is zero.

    Two points that run alike have no effect at all; sums of their responses would leave one of 1e-16, and the same in
    every replication, which looks clear.

    Parameters
    ----------
    values : array of float
        Sums of means of `of`, with weights around 1.
    of : array of float
        [the same unit].

    Examples
    --------
    >>> without_rounding(np.array([1e-16, 1.0]), np.array([2.0])).tolist()
    [0.0, 1.0]
    """
    size = float(np.abs(of).max(initial=0.0))
    return np.where(np.abs(values) <= ROUNDING * size, 0.0, values)


def cross(first: Array, second: Array) -> Array:
    """Return the mean product of two quantities in different replications.

    Parameters
    ----------
    first, second : array of float, shape (..., n)
        Values per replication, n >= 2.

    Returns
    -------
    array of float, shape (...)
        Sum over j != k of first_j second_k / (n (n - 1)): without bias for the product of both expectations, if
        replications are independent (a U-statistic, Hoeffding 1948). With first = second it is the squared mean less
        s^2 / n.

    Examples
    --------
    >>> float(cross(np.array([1.0, 3.0]), np.array([1.0, 3.0])))
    3.0
    """
    n = first.shape[-1]
    both = first.sum(axis=-1) * second.sum(axis=-1) - (first * second).sum(axis=-1)
    product: Array = both / (n * (n - 1))
    return product


def interaction_mean_square(values: Array) -> Array:
    """Return the variance of luck that differs from row to row, common luck of a replication taken out.

    Parameters
    ----------
    values : array of float, shape (rows, n, ...)
        At least two rows and two replications.

    Returns
    -------
    array of float, shape (...)
        [square of the unit] -- residual mean square of rows x replications (Scheffe 1959, The Analysis of Variance,
        section 4.2). With common random numbers what all rows share is taken out; with independent ones it is the
        pooled variance.

    Examples
    --------
    >>> float(interaction_mean_square(np.array([[1.0, 2.0], [5.0, 6.0]])))
    0.0
    """
    rows, n = values.shape[:2]
    by_row, by_replication = values.mean(axis=1, keepdims=True), values.mean(axis=0, keepdims=True)
    residual = values - by_row - by_replication + values.mean(axis=(0, 1), keepdims=True)
    square: Array = np.square(residual).sum(axis=(0, 1)) / ((rows - 1) * (n - 1))
    return square


def crossed_interval(values: Array, confidence: float) -> Bounds:
    """Return the mean of a table of rows x replications and its interval, if other rows and replications had come.

    Parameters
    ----------
    values : array of float, shape (rows, n)
        At least two rows.
    confidence : float
        [1].

    Notes
    -----
    Rows and replications are both samples: variance S_rows^2 / rows + S_reps^2 / n - MS / (rows n), at least the first
    and the last alone, with Satterthwaite's (1946) degrees of freedom. With one replication Student's interval.

    Examples
    --------
    >>> crossed_interval(np.array([[1.0], [2.0], [3.0]]), 0.95)
    Bounds(value=2.0, low=-0.484..., high=4.484...)
    """
    from scipy.special import stdtrit

    rows, n = values.shape
    of_rows = float(values.mean(axis=1).var(ddof=1)) / rows
    parts = [(of_rows, rows - 1.0)]
    if n > 1:
        of_replications = float(values.mean(axis=0).var(ddof=1)) / n
        rest = float(interaction_mean_square(values)) / (rows * n)
        # What both share is in both; less than nothing is left of it only by chance.
        parts.append((max(of_replications - rest, 0.0), n - 1.0))
    variance = sum(part for part, _ in parts)
    mean = float(values.mean())
    if variance <= 0:
        return Bounds(mean, mean, mean)
    df = variance**2 / sum(part**2 / free for part, free in parts)
    half = float(stdtrit(df, 0.5 + confidence / 2)) * variance**0.5
    return Bounds(mean, mean - half, mean + half)


def resampling_weights(rows: int, times: int, random: np.random.Generator) -> Array:
    """Return how often each row comes in each bootstrap sample, divided by the number of rows.

    Returns
    -------
    array of float, shape (times, rows)
        [1] -- each row of it sums to 1; Efron (1979).

    Examples
    --------
    >>> resampling_weights(4, 3, np.random.default_rng(1)).sum(axis=1).tolist()
    [1.0, 1.0, 1.0]
    """
    drawn = random.integers(rows, size=(times, rows)) + rows * np.arange(times)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=times * rows).reshape(times, rows)
    weights: Array = counts / rows
    return weights
