"""What sales promises and whether the customer accepts it."""

from __future__ import annotations

import math

from sim.rules.rule import rule


@rule
def quote(house: float, forecast: float, awareness: float, floor: float) -> float:
    """Return the promised opening time [h]: (1 - a) house figure + a forecast, the forecast at least the floor.

    Examples
    --------
    >>> quote(11.0, 7.0, 0.5, 2.0), quote(11.0, -3.0, 1.0, 2.0)
    (9.0, 2.0)
    """
    if awareness == 0.0:
        return house
    return (1.0 - awareness) * house + awareness * max(floor, forecast)


@rule
def safety_step(safety: float, residual: float, level: float, gain: float) -> float:
    """Return the safety lead time after one more delivery [h].

    q + gain (level - 1{r <= q}), r = time taken - forecast: a stochastic approximation of the quantile of r at
    the level (Robbins & Monro 1951, grade A); a constant safety lead time added to a state-dependent mean is
    robust (Hopp & Roof Sturgis 2001, grade A).
    """
    return safety + gain * (level - (1.0 if residual <= safety else 0.0))


@rule
def smoothed(mean: float, value: float, weight: float) -> float:
    """Return an exponentially weighted mean after one more value, in the unit of the value; weight in [0, 1] [1]."""
    return mean + weight * (value - mean)


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
    # Beyond e^700 the exponential overflows; acceptance is 1 long before.
    return min(1.0, base * math.exp(min(700.0, -per_day * days_beyond - curvature * late * late)))
