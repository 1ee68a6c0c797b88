"""The interval for a mean that takes account of skewness, on arrays: many experiments at once.

Waits, costs and losses are skewed to the right: most replications are unspectacular, a few are terrible. The mean of
few of them is then below the truth too often, and Student's symmetric interval misses on that side. Willink's interval
turns the statistic t by a cubic (Hall 1992) that takes its skewness away, and turns the quantiles of t back: the
interval reaches further to the side of the long tail. Without skewness the two are the same. How often both contain
the truth: docs/output_analysis.md.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Method = Literal["t", "willink"]
METHODS: tuple[Method, ...] = ("t", "willink")
Array = NDArray[np.float64]

_STRAIGHT = 1e-12
"""Below this skewness the cubic is a straight line to the last bit but one."""


def limits(values: Array, confidence: float, method: Method) -> tuple[Array, Array, Array]:
    """Return mean and both limits along the last axis: many experiments at once.

    Parameters
    ----------
    values : array of float, shape (..., n)
        Finite; n is at least 2.
    confidence : float
        [1] -- in [0.5, 1).
    method : str
        "t" or "willink".

    Returns
    -------
    mean, low, high : array of float, shape (...)
        [unit of the values].

    Examples
    --------
    >>> [float(x) for x in limits(np.array([[1.0, 3.0]]), 0.9, "t")[0]]
    [2.0]
    """
    n = values.shape[-1]
    mean = exact_mean(values)
    centred = values - mean[..., None]
    largest = np.abs(centred).max(axis=-1)
    unit = np.where(largest > 0, largest, 1.0)  # Powers of huge and of tiny numbers stay in range.
    scaled = centred / unit[..., None]
    second = np.square(scaled).mean(axis=-1)
    error = unit * np.sqrt(second / (n - 1))
    third = (scaled**3).mean(axis=-1)
    skew = np.divide(third, second**1.5, out=np.zeros_like(third), where=second > 0)
    return (mean, *around(mean, error, skew, n, confidence, method))


def around(
    mean: Array, error: Array, skew: Array, n: int | Array, confidence: float, method: Method
) -> tuple[Array, Array]:
    """Return both limits from the moments of a sample.

    Parameters
    ----------
    mean, error : array of float
        [unit of the values] -- sample mean and its standard error S / sqrt(n).
    skew : array of float
        [1] -- third central moment over the second to the power 1.5, both with divisor n.
    n : int or array of int
        [1] -- values in each sample, at least 2.
    confidence : float
        [1] -- in [0.5, 1).
    method : str
        "t" or "willink".

    Returns
    -------
    low, high : array of float
        [unit of the values].

    Notes
    -----
    Willink, *A confidence interval and test for the mean of an asymmetric distribution* (2005): [mean - G(t) error,
    mean - G(-t) error] with t the quantile of Student's t with n - 1 degrees of freedom, b = A / (6 sqrt(n)) and A the
    skewness without bias, skew * sqrt(n (n - 1)) / (n - 2). Measured in docs/output_analysis.md.

    No sample is too skewed for it. |A| is at most sqrt(n), which one value alone on one side and all others equal
    reach, so |b| <= 1/6: G rises everywhere, and as t > 1/6 from 50 % confidence on, the mean lies inside. Where the
    root's argument is negative, its real cube root is taken. With n = 2 skewness is not defined: Student's interval.

    Examples
    --------
    >>> low, high = around(np.array(0.0), np.array(1.0), np.array(1.0), 25, 0.95, "willink")
    >>> round(float(low), 3), round(float(high), 3)
    (-1.791, 2.525)
    """
    from scipy.special import stdtrit  # A third of the import time of scipy.stats.

    size = np.asarray(n, dtype=np.float64)
    t = stdtrit(size - 1, 0.5 + confidence / 2)
    if method == "t":
        return mean - t * error, mean + t * error
    unbiased = np.where(size > 2, skew * np.sqrt(size * (size - 1)) / np.maximum(size - 2, 1), 0.0)
    b = unbiased / (6 * np.sqrt(size))
    return mean - turned_back(t, b) * error, mean - turned_back(-t, b) * error


def turned_back(z: Array, b: Array) -> Array:
    """Return G(z): the value of t whose skewness-adjusted value is z.

    Parameters
    ----------
    z : array of float
        [1] -- quantile of a symmetric distribution.
    b : array of float
        [1] -- skewness of the values / (6 sqrt(n)).

    Returns
    -------
    array of float
        [1] -- (cbrt(1 + 6 b (z - b)) - 1) / (2 b), and its limit z at b = 0; Willink (2005), after Hall (1992).

    Examples
    --------
    >>> float(turned_back(np.array(2.0), np.array(0.0))), round(float(turned_back(np.array(2.0), np.array(0.1))), 4)
    (2.0, 1.4433)
    """
    straight = np.abs(b) < _STRAIGHT
    safe = np.where(straight, 1.0, b)
    inside = 6 * safe * (z - safe)
    near = np.abs(inside) < 0.5  # cbrt(1 + x) - 1 would lose the digits that 1 / b brings to light.
    small = np.expm1(np.log1p(np.where(near, inside, 0.0)) / 3)
    root = np.where(near, small, np.cbrt(1 + inside) - 1)
    curved: Array = np.where(straight, z, root / (2 * safe))
    return curved


def exact_mean(values: Array) -> Array:
    """Return the mean along the last axis, exact where all values are equal.

    Examples
    --------
    >>> float(exact_mean(np.array([0.1, 0.1, 0.1])))
    0.1
    """
    first = values[..., 0]
    with np.errstate(over="ignore", invalid="ignore"):  # Infinite values have no interval, and no warning either.
        mean: Array = np.where((values == first[..., None]).all(axis=-1), first, values.mean(axis=-1))
    return mean
