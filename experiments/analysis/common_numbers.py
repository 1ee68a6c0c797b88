"""What common random numbers saved: how many replications with independent seeds would have said as much."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.comparison import checked_table, complete
from sim.measures.interval import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Saving:
    """What the same luck did for one comparison.

    Attributes
    ----------
    alternative : int
        Its row.
    n : int
        [1] -- replications in which both have a value.
    correlation : float or None
        [1] -- between the two over replications; None with fewer than three pairs or if one of them never varies.
    ratio : float or None
        [1] -- (var X + var Y) / var(X - Y): so many times the replications would it have taken with independent seeds
        for the same interval. Above 1 common random numbers helped, below 1 they harmed; inf if the difference never
        varies, None with fewer than three pairs or if nothing varies.
    """

    alternative: int
    n: int
    correlation: float | None
    ratio: float | None

    @property
    def helped(self) -> bool | None:
        """Whether the difference was surer than with independent seeds; None if that cannot be said."""
        return None if self.ratio is None else self.ratio > 1

    @property
    def words(self) -> str:
        """What may be said of it.

        Examples
        --------
        >>> Saving(1, 30, 0.9, 10.0).words
        'Common random numbers did the work of 10 times as many replications with independent seeds.'
        >>> Saving(1, 30, -0.5, 0.667).words
        'Common random numbers did harm here: independent seeds would have needed only 0.67 times the replications.'
        """
        if self.ratio is None:
            return "What common random numbers did cannot be said: too few pairs, or nothing varies."
        if math.isinf(self.ratio):
            return "With common random numbers the difference was the same in every replication."
        if self.ratio > 1:
            return (
                f"Common random numbers did the work of {self.ratio:.3g} times as many replications with independent "
                "seeds."
            )
        if self.ratio == 1:
            return "Common random numbers made no difference."
        return (
            "Common random numbers did harm here: independent seeds would have needed only "
            f"{self.ratio:.2g} times the replications."
        )


def savings(values: ArrayLike, *, baseline: int = 0) -> tuple[Saving, ...]:
    """Say what common random numbers saved in the comparison of every alternative with the baseline.

    Parameters
    ----------
    values : array of float, shape (k, n)
        [unit of the response] -- as in `comparison.compare`.
    baseline : int
        Row of today's way of working.

    Returns
    -------
    tuple of Saving
        One for each other row, in order; estimates from the same replications, without intervals.

    Raises
    ------
    InputError
        If there are fewer than two rows.

    Notes
    -----
    var(X - Y) = var X + var Y - 2 cov(X, Y) (Law, *Simulation Modeling and Analysis*, section 11.2): with equal
    variances and correlation rho the ratio is 1 / (1 - rho).

    Examples
    --------
    >>> found = savings([[1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 5.5], [4.0, 3.0, 2.0, 1.0]])
    >>> [(round(one.correlation, 3), round(one.ratio, 2)) for one in found]
    [(0.994, 62.33), (-1.0, 0.5)]
    """
    table = checked_table(values, "lower", CONFIDENCE)
    return tuple(
        _saving(one, complete(table, (one, baseline))) for one in range(len(table)) if one != baseline
    )  # fmt: skip


def _saving(alternative: int, pairs: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Saving:
    n = pairs.shape[1]
    if n < 3:
        return Saving(alternative, n, None, None)
    x, y = (float(one) for one in pairs.var(axis=1, ddof=1))
    apart = float((pairs[0] - pairs[1]).var(ddof=1))
    if x + y == 0:
        return Saving(alternative, n, None, None)
    covariance = (x + y - apart) / 2
    correlation = max(-1.0, min(1.0, covariance / math.sqrt(x * y))) if x > 0 and y > 0 else None
    return Saving(alternative, n, correlation, (x + y) / apart if apart > 0 else math.inf)
