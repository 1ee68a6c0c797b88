"""How a mean and its interval went as replications came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from experiments.analysis.mean_interval import Interval, check_confidence, interval
from experiments.analysis.skewed import Method
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

MOST_LOOKS = 60
"""More could not be told apart in a figure."""


@dataclass(frozen=True, slots=True)
class Running:
    """A mean after 2, 3, … replications.

    Attributes
    ----------
    looks : tuple of int
        [1] -- replications, all of them last.
    intervals : tuple of Interval
        [unit of the values] -- what would have been said with so many: each by itself.
    """

    looks: tuple[int, ...]
    intervals: tuple[Interval, ...]

    @property
    def last(self) -> Interval:
        """What all replications say."""
        return self.intervals[-1]


def running(
    values: Sequence[float],
    confidence: float = CONFIDENCE,
    method: Method | Literal["default"] = "default",
    most: int = MOST_LOOKS,
) -> Running:
    """Return mean and interval of the first 2, 3, … values, in their order.

    Parameters
    ----------
    values : sequence of float
        One per replication; nan is left out.
    confidence : float
        [1] -- of each interval by itself. They are not to be used for stopping at the first short one: what looks
        precise by luck would be taken for precise.
    method : str
        As in `mean_interval.interval`.
    most : int
        [1] -- looks, at least 2; spread so that each adds the same share.

    Raises
    ------
    UsageError
        If there are fewer than two values.

    Examples
    --------
    >>> found = running([1.0, 3.0, 5.0])
    >>> found.looks, [one.mean for one in found.intervals]
    ((2, 3), [2.0, 3.0])
    """
    check_confidence(confidence)
    array = np.asarray(values, dtype=np.float64)
    known = array[~np.isnan(array)]
    n = len(known)
    if n < 2:
        raise UsageError(f"running mean: got {n} values; at least 2 replications are needed; run more.")
    looks = list(range(2, n + 1))
    if len(looks) > most:
        looks = sorted({round(x) for x in np.geomspace(2, n, most)})
    return Running(tuple(looks), tuple(interval(known[:look], confidence, method) for look in looks))
