"""What sales promises and whether the customer accepts it."""

from __future__ import annotations

import math

from sim.rules.rule import rule


@rule
def acceptance(base: float, per_day: float, curvature: float, free_days: float, days_beyond: float) -> float:
    """Return the probability that a customer accepts a quote.

    Parameters
    ----------
    base : float
        Acceptance of the customary promise, in [0, 1].
    per_day : float
        Loss of log-acceptance per working day beyond the customary promise [1/day].
    curvature : float
        Loss per squared day beyond the free days [1/day^2].
    free_days : float
        Days before the curvature begins [day].
    days_beyond : float
        Working days beyond (or, negative, below) the customary promise [day].

    Notes
    -----
    Cui, Lu, Sun & Golden 2024 for 0.7 % a day (grade A); the curvature is an assumption (grade D): without
    it padding the promise would beat everything. Never above 1.

    Examples
    --------
    >>> acceptance(0.85, 0.007, 0.01, 2.0, 0.0)
    0.85
    """
    late = max(0.0, days_beyond - free_days)
    return min(1.0, base * math.exp(-per_day * days_beyond - curvature * late * late))
