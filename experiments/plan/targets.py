"""How sure a response has to be, as a plan asks for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.errors import InputError

DEFAULT_REPLICATIONS = 100
"""[1] -- runs of each point unless a plan says otherwise: with these the default interval is within 2 points of nominal
on both published problems (docs/output_analysis.md)."""


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
