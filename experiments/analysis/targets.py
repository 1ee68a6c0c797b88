"""How sure one response is asked to be, and whether it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.analysis.mean_interval import DEFAULT_METHOD, Interval, interval
from experiments.analysis.skewed import Method
from sim.errors import InputError

STOPPING_METHOD: Method = DEFAULT_METHOD
"""The interval that is shown is the interval that was asked for."""


@dataclass(frozen=True, slots=True)
class Target:
    """How sure one response has to be; either `relative` or `absolute`.

    Attributes
    ----------
    response : str
        Name of the metric.
    relative : float or None
        [1] -- gamma, in (0, 1): the mean is wrong by at most this share of the truth.
    absolute : float or None
        [unit of the response] -- beta, above 0: the mean is wrong by at most this.

    Examples
    --------
    >>> Target("wait_mean", relative=0.05).asked(21.0)
    1.0
    """

    response: str
    relative: float | None = None
    absolute: float | None = None

    def __post_init__(self) -> None:
        place = f"precision of '{self.response}'"
        if (self.relative is None) == (self.absolute is None):
            given = "neither" if self.relative is None else "both"
            raise InputError(
                f"{place}: got {given}, must be either a relative or an absolute half-width. "
                "Give 0.05 as the relative one for 5 % of the mean."
            )
        if self.relative is not None and not 0 < self.relative < 1:
            raise InputError(
                f"{place}: got {self.relative:g} as relative half-width, must be above 0 and below 1. "
                "Write 5 % as 0.05."
            )
        if self.absolute is not None and not 0 < self.absolute < math.inf:
            raise InputError(
                f"{place}: got {self.absolute:g} as absolute half-width, must be above 0. "
                "Give it in the unit of the metric."
            )

    def asked(self, mean: float) -> float:
        """Return the longest half-width allowed at an estimated mean [unit of the response].

        Notes
        -----
        gamma / (1 + gamma) of the estimated mean: then the error is at most gamma of the true mean (Law, *Simulation
        Modeling and Analysis*, section 9.4.1).
        """
        if self.relative is None:
            return float(self.absolute or 0.0)
        return self.relative / (1 + self.relative) * abs(mean)


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
