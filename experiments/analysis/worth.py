"""What a policy is worth in people: how many more hires would do the same for a response.

The yardstick is a curve: how much better the response gets with one, two, three, … more people, with the same customers
and the same luck. Between whole numbers it is a straight line, replication by replication. The equivalent is where it
reaches what the policy does; its interval is every number of hires at which the two cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.mean_interval import Interval, interval
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]
STEP = 0.05
"""Distance at which the curve is looked at [people]; ends of intervals are rounded outwards to it."""
LEAST = 2
"""Replications without which nothing can be said."""


@dataclass(frozen=True)
class Equivalent:
    """A policy in hires.

    Attributes
    ----------
    hires : float or None
        Where the mean curve first reaches the mean of the policy [people]; None if it does not within the yardstick.
    low, high : float or None
        Ends of the interval [people]; None at an end that lies beyond the yardstick.
    n : int
        Replications in which everything has a value [1]; with fewer than two nothing is said.
    most : int
        Length of the yardstick [people].
    helps : bool
        Whether the policy clearly makes the response better at all.
    harms : bool
        Whether it clearly makes it worse.
    """

    hires: float | None
    low: float | None
    high: float | None
    most: int
    helps: bool
    harms: bool
    n: int

    @property
    def beyond(self) -> bool:
        """Whether no number of hires within the yardstick does the same."""
        return self.helps and self.low is None


def equivalent(policy: Sequence[float], curve: Array, confidence: float = CONFIDENCE) -> Equivalent:
    """Say how many hires do what a policy does.

    Parameters
    ----------
    policy : sequence of float, shape (n,)
        [unit of the response] -- by how much the policy makes it better, in each replication; a replication in which
        anything is nan is left out.
    curve : array, shape (n, m)
        [unit of the response] -- by how much 1, 2, …, m hires make it better, in the same replications.
    confidence : float
        [1] -- of the interval.

    Notes
    -----
    The interval is that of Fieller's argument: the numbers of hires h for which the interval of the mean of
    curve(h) - policy holds zero (inversion of a paired t test; Fieller, *Some problems in interval estimation*, 1954).
    A curve may have dips: then such numbers may have gaps between them, and the interval goes from the first to the
    last. It holds the true equivalent as often as the t interval holds a mean; with two equivalents, each of them.

    Examples
    --------
    >>> curve = np.array([[1.0, 2.0, 3.0], [1.2, 2.2, 3.1], [0.9, 1.9, 2.8]])
    >>> found = equivalent([1.5, 1.7, 1.4], curve)
    >>> round(found.hires, 2), found.helps
    (1.5, True)
    """
    gain, m = np.asarray(policy, dtype=np.float64), curve.shape[1]
    known = np.isfinite(gain) & np.isfinite(curve).all(axis=1)
    gain, n = gain[known], int(known.sum())
    if n < LEAST:
        return Equivalent(None, 0.0, None, m, helps=False, harms=False, n=n)
    whole = np.hstack([np.zeros((n, 1)), curve[known]])
    itself = interval(gain, confidence, "t")
    helps = itself.low is not None and itself.low > 0
    harms = itself.high is not None and itself.high < 0
    places = np.linspace(0.0, m, round(m / STEP) + 1)
    left = np.minimum(places.astype(int), m - 1)
    share = places - left
    gaps = whole[:, left] * (1 - share) + whole[:, left + 1] * share - gain[:, None]
    alike = np.array([_holds_zero(interval(gaps[:, i], confidence, "t")) for i in range(len(places))])
    mean = gaps.mean(axis=0)
    reached = np.flatnonzero(mean >= 0)
    hires = None if len(reached) == 0 else float(_crossing(places, mean, int(reached[0])))
    crossed = np.flatnonzero((mean[:-1] < 0) != (mean[1:] < 0))  # So sure that the interval falls between two places.
    inside = np.flatnonzero(alike)
    around = np.concatenate([inside - 1, inside + 1, crossed, crossed + 1]).clip(0, len(places) - 1)
    if len(around) == 0:  # It does harm, and no number of hires does as much; or it is beyond the yardstick.
        return Equivalent(hires, hires, hires, m, helps, harms, n)
    low, high = float(places[around.min()]), None if alike[-1] else float(places[around.max()])
    return Equivalent(hires, low, high, m, helps, harms, n)


def _crossing(places: Array, mean: Array, at: int) -> float:
    if at == 0:
        return 0.0
    before, after = mean[at - 1], mean[at]
    return float(places[at - 1] + (places[at] - places[at - 1]) * (-before) / (after - before))


def _holds_zero(found: Interval) -> bool:
    return found.low is not None and found.high is not None and found.low <= 0 <= found.high


def best_steps(gains: Mapping[str, Sequence[float]], number: int) -> list[str]:
    """Return the departments in which one more hire makes the response better most; those without data come last.

    Examples
    --------
    >>> best_steps({"sales": [1.0, 2.0], "it": [3.0, 1.0], "hr": [0.0, 0.5]}, 2)
    ['it', 'sales']
    """
    mean = {name: float(np.mean(values)) if len(values) else -np.inf for name, values in gains.items()}
    return sorted(gains, key=lambda name: -mean[name])[:number]
