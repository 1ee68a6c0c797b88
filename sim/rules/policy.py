"""How strongly a policy works at a time, and how several policies move one parameter together."""

from __future__ import annotations

import math

from sim.rules.rule import rule

GAP, LOG, LOG_ODDS, LINEAR = range(4)
"""Scales: remaining gap to the ideal; logarithm; log-odds; plain sum."""


@rule
def intensity_at(intensity: float, weeks: float, ramp: float, half_life: float) -> float:
    """Return the intensity in force [1], in [0, 1], some weeks [weeks] after the start; ramp, half-life in weeks.

    x (1 - exp(-weeks / ramp)), halved every half-life where the policy fades; 0 before the start.

    Examples
    --------
    >>> intensity_at(1.0, -1.0, 4.0, 0.0), intensity_at(0.5, 3.0, 0.0, 0.0), intensity_at(1.0, 4.0, 0.0, 4.0)
    (0.0, 0.5, 0.5)
    """
    if weeks < 0.0:
        return 0.0
    value = intensity
    if ramp > 0.0:
        value *= 1.0 - math.exp(-weeks / ramp)
    if half_life > 0.0:
        value *= math.exp(-weeks / half_life * 0.6931471805599453)
    return value


@rule
def move(scale: int, ideal: float, value: float, change: float, intensity: float) -> float:
    """Return a parameter's value after one more policy; the order of policies does not matter.

    gap: the remaining gap to the ideal times (1 - change x); log: the value times exp(change x);
    log-odds: plus change x on the logit; linear: plus change x.

    Examples
    --------
    >>> move(GAP, 1.0, 0.8, 0.5, 1.0), move(LINEAR, 0.0, 3.0, 1.0, 2.0)
    (0.9, 5.0)
    """
    step = change * intensity
    if step == 0.0:
        return value
    if scale == GAP:
        return ideal + (value - ideal) * (1.0 - step)
    if scale == LOG:
        return value * math.exp(step)
    if scale == LOG_ODDS:
        if value <= 0.0 or value >= 1.0:
            return value
        return 1.0 / (1.0 + math.exp(-(math.log(value / (1.0 - value)) + step)))
    return value + step


@rule
def attention(per_square: float, total_intensity: float) -> float:
    """Return the share of working time that running many policies at once costs.

    0.0006 n^2, n the sum of intensities (the form is Brooks', the size an assumption, grade D).
    """
    return per_square * total_intensity * total_intensity
