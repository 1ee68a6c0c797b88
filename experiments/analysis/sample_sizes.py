"""How many replications it takes before ranks alone say something about rare outcomes."""

from __future__ import annotations

import bisect
from collections.abc import Callable

from experiments.analysis.mean_interval import check_confidence
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE


def fewest_replications(p: float, confidence: float = CONFIDENCE) -> int:
    """Return how many values it takes until the smallest and the largest enclose a quantile.

    Examples
    --------
    >>> fewest_replications(0.95), fewest_replications(0.5)
    (59, 6)
    """
    check_share(p, confidence)
    return _fewest(lambda n: 1 - p**n - (1 - p) ** n >= confidence, 2)


def wilks(share: float, confidence: float = CONFIDENCE, *, sides: int = 2) -> int:
    """Return how many replications bound a share of all possible ones.

    Parameters
    ----------
    share : float
        [1] -- of what may happen, in (0, 1).
    confidence : float
        [1] -- how often the bounds hold at least that share, in [0.5, 1).
    sides : int
        1: at least that share lies below the largest value (or above the smallest); 2: between the two.

    Returns
    -------
    int
        [1] -- smallest n with 1 - share^n >= confidence (one side) or 1 - n share^(n-1) + (n - 1) share^n >=
        confidence (two); Wilks, *Determination of sample sizes for setting tolerance limits* (1941).

    Examples
    --------
    >>> wilks(0.95, sides=1), wilks(0.95, sides=2)
    (59, 93)
    """
    check_share(share, confidence)
    return _fewest(lambda n: wilks_confidence(n, share, sides=sides) >= confidence, sides)


def wilks_confidence(n: int, share: float, *, sides: int = 2) -> float:
    """Return how often the extremes of n values bound at least a share of all.

    Examples
    --------
    >>> round(wilks_confidence(59, 0.95, sides=1), 5), round(wilks_confidence(93, 0.95, sides=2), 5)
    (0.95151, 0.95002)
    """
    return 1 - share**n if sides == 1 else 1 - n * share ** (n - 1) + (n - 1) * share**n


def _fewest(enough: Callable[[int], bool], least: int) -> int:
    """Return the smallest n from `least` on that is enough; more than enough is enough, too."""
    low, high = least, least
    while not enough(high):
        low, high = high + 1, 2 * high
    return low + bisect.bisect_left(range(low, high), True, key=enough)


def check_share(p: float, confidence: float) -> None:
    """Refuse a share that is none or all, or a confidence out of range.

    Raises
    ------
    InputError
        If p is not in (0, 1) or the confidence not in [0.5, 1).

    Examples
    --------
    >>> check_share(0.95, 0.9)
    """
    check_confidence(confidence)
    if not 0 < p < 1:
        raise InputError(f"quantile: got {p:g}, must be above 0 and below 1. Write the 95 % quantile as 0.95.")
