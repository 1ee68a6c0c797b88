"""Whether a response is as sure as a plan asks for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.analysis.mean_interval import DEFAULT_METHOD, Interval, interval
from experiments.analysis.skewed import Method
from experiments.plan.targets import Target

STOPPING_METHOD: Method = DEFAULT_METHOD
"""The interval that is shown is the interval that was asked for."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How sure one response is, beside what was asked.

    Attributes
    ----------
    target : Target
        What was asked.
    interval : Interval
        [unit of the response] -- what there is, at the confidence of one of several targets; its n counts the
        replications in which the metric applied.
    asked : float or None
        [unit of the response] -- longest half-width allowed; None without a mean.
    enough : bool
        Whether the half-width is at most that, from enough replications in which the metric applied.
    """

    target: Target
    interval: Interval
    asked: float | None
    enough: bool

    @property
    def half_width(self) -> float | None:
        """Half the length of the interval [unit of the response]."""
        return self.interval.half_width

    @property
    def expected(self) -> int | None:
        """Replications that it will probably take [1]: n (half-width / asked)^2; None if that says nothing."""
        if self.half_width is None or not self.asked:
            return None
        return max(math.ceil(self.interval.n * (self.half_width / self.asked) ** 2), self.interval.n)


def reached_by(
    values: Sequence[float], target: Target, confidence: float, first: int, method: Method = STOPPING_METHOD
) -> Reached:
    """Compare what there is of one response with what was asked.

    Parameters
    ----------
    values : sequence of float
        One per replication; nan where the metric does not apply.
    target : Target
        What was asked.
    confidence : float
        [1] -- of this one interval.
    first : int
        [1] -- values below which it is never enough, at least 2.
    method : str
        "t" or "willink".

    Examples
    --------
    >>> reached_by([1.0, 2.0, 3.0], Target("wait_mean", absolute=3.0), 0.9, 2).enough
    True
    """
    found = interval(values, confidence, method)
    if found.mean is None or found.half_width is None:
        return Reached(target, found, None, False)
    asked = target.asked(found.mean)
    return Reached(target, found, asked, found.n >= first and found.half_width <= asked)
