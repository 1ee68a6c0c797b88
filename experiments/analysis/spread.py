"""How far apart replications are: where the middle one lies, half of them, nine of ten. Luck, not uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.errors import InputError

Array = NDArray[np.float64]
LEAST_FOR_NINE_OF_TEN = 13
"""[1] -- from so many values on, their 5 % quantile lies within them: (n + 1/3) 0.05 + 1/3 >= 1."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart replications are, at each of several places (weeks, say).

    Attributes
    ----------
    middle : array of float
        [unit of the values] -- median; nan where no replication has a value, here and below.
    half : tuple of array of float
        [unit of the values] -- lower and upper end of what holds half of the replications.
    most : tuple of array of float
        [unit of the values] -- ends of what holds nine of ten; the lowest and the highest value if `is_all`.
    n : array of int
        [1] -- replications with a value.
    is_all : bool
        Whether there are too few replications to tell nine of ten.
    """

    middle: Array
    half: tuple[Array, Array]
    most: tuple[Array, Array]
    n: NDArray[np.int64]
    is_all: bool


def spread(values: ArrayLike) -> Spread:
    """Return how far apart replications are.

    Parameters
    ----------
    values : array of float, shape (replications, places)
        [unit of the values] -- nan where a replication has none.

    Raises
    ------
    InputError
        If the values have another shape, or there is no replication.

    Notes
    -----
    Quantiles are median-unbiased whatever the distribution (Hyndman and Fan 1996, definition 8): plain ones of few
    replications are too near the middle. Where a place has fewer values than `LEAST_FOR_NINE_OF_TEN` although most
    places have more, its ends are the lowest and the highest value.

    Examples
    --------
    >>> found = spread([[float(k)] for k in range(1, 21)])
    >>> found.middle.tolist(), found.is_all, [round(float(end[0]), 2) for end in found.most]
    ([10.5], False, [1.35, 19.65])
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or len(table) == 0:
        raise InputError(f"spread: got values of shape {table.shape}, must be replications x places. Run at least one.")
    n = np.count_nonzero(~np.isnan(table), axis=0)
    is_all = int(n.max(initial=0)) < LEAST_FOR_NINE_OF_TEN
    shares = (0.0, 0.25, 0.5, 0.75, 1.0) if is_all else (0.05, 0.25, 0.5, 0.75, 0.95)
    found = np.full((5, table.shape[1]), np.nan)
    known = n > 0
    found[:, known] = np.nanquantile(table[:, known], shares, axis=0, method="median_unbiased")
    lowest, lower, middle, upper, highest = found
    return Spread(middle, (lower, upper), (lowest, highest), n, is_all)
