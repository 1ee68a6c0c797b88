"""The mean of one number per replication and the interval around it: what the tables show.

Which interval is used when no one asks for another, and with how many replications it can be trusted, is decided here,
by measurement on problems whose means are known: docs/output_analysis.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from experiments.analysis.skewed import METHODS, Method, exact_mean, limits
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE

DEFAULT_METHOD: Method = "willink"
PAIRED_METHOD: Method = "t"
_LIMITS = {"share": (0.0, 1.0), "1/year": (0.0, math.inf), "h": (0.0, math.inf)}
"""What can be, by unit."""
LEAST_CONFIDENCE = 0.5
"""[1] -- below, a guess would do."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over replications and the interval around it, not necessarily in its middle.

    Attributes
    ----------
    mean : float or None
        [unit of the values] -- None without values.
    low, high : float or None
        [unit of the values] -- None with fewer than two values, or if the mean is not finite.
    n : int
        [1] -- values that count; nan (the metric does not apply) does not.
    method : str
        What was computed: "willink", or "t", also where Willink's needs three values and has two.
    """

    mean: float | None
    low: float | None
    high: float | None
    n: int
    method: Method

    @property
    def half_width(self) -> float | None:
        """Half the length [unit of the values]; None where there is no interval."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def interval(
    values: Iterable[float], confidence: float = CONFIDENCE, method: Method | Literal["default"] = "default"
) -> Interval:
    """Return the mean of independent numbers and the interval for their expectation.

    Parameters
    ----------
    values : iterable of float
        One per replication; nan where the metric does not apply, which is left out and not counted.
    confidence : float
        [1] -- how often such intervals contain the expectation, in [0.5, 1).
    method : str
        "t" (symmetric), "willink" (takes account of skewness) or "default".

    Raises
    ------
    InputError
        If the confidence or the method is not one of these.

    Notes
    -----
    Values that are all equal give an interval of length zero. That says that nothing else was seen, not that nothing
    else can happen: what was seen in none of n replications may still have a probability of 3 / n (the rule of three).

    Examples
    --------
    >>> interval([1.0, 2.0, 3.0, 4.0, 15.0], method="t")
    Interval(mean=5.0, low=-2.078..., high=12.078..., n=5, method='t')
    >>> interval([1.0, 2.0, 3.0, 4.0, 15.0])
    Interval(mean=5.0, low=0.773..., high=23.434..., n=5, method='willink')
    >>> interval([7.0])
    Interval(mean=7.0, low=None, high=None, n=1, method='willink')
    """
    chosen = method_of(method)
    check_confidence(confidence)
    array = np.asarray([float(value) for value in values], dtype=np.float64)
    known = array[~np.isnan(array)]
    n = len(known)
    if n == 0:
        return Interval(None, None, None, 0, chosen)
    mean = exact_mean(known)
    if n == 1 or not np.isfinite(mean):
        return Interval(float(mean), None, None, n, chosen)
    mean, low, high = limits(known, confidence, chosen)
    return Interval(float(mean), float(low), float(high), n, chosen if n > 2 else "t")


def possible(found: Interval, unit: str) -> Interval:
    """Return an interval of a level without what cannot be: a share below 0 or above 1, a time below 0.

    Parameters
    ----------
    found : Interval
        Of a level, not of a difference.
    unit : str
        Its unit: "share", "h", "EUR/year", ….

    Notes
    -----
    What is left out cannot be the expectation, so the interval holds it as often as before.

    Examples
    --------
    >>> possible(Interval(0.84, 0.77, 1.02, 5, "willink"), "share").high
    1.0
    """
    least, most = _LIMITS.get(unit, (-math.inf, math.inf))
    if found.low is None or found.high is None or found.mean is None or not least <= found.mean <= most:
        return found
    return Interval(found.mean, max(found.low, least), min(found.high, most), found.n, found.method)


def paired_interval(
    treated: Mapping[int, float],
    baseline: Mapping[int, float],
    confidence: float = CONFIDENCE,
    method: Method | Literal["default"] = "default",
) -> Interval:
    """Return the mean of treated minus baseline and its interval, over the replications that both have.

    Parameters
    ----------
    treated, baseline : mapping of int to float
        [unit of the metric] -- value per replication, with common random numbers. A replication that failed, or in
        which the metric does not apply, on either side leaves the pair out.
    confidence : float
        As in `interval`.
    method : str
        As in `interval`; "default" is Student's t here: what is skewed in both worlds mostly cancels out, and with few
        replications Willink's correction then does harm (docs/selection.md).

    Raises
    ------
    InputError
        If the confidence or the method is not allowed.

    Examples
    --------
    >>> paired_interval({0: 9.0, 1: 19.0, 2: 29.5}, {0: 10.0, 1: 20.0, 2: 30.0, 3: 80.0}, method="t")
    Interval(mean=-0.833..., low=-1.550..., high=-0.116..., n=3, method='t')
    """
    common = sorted(treated.keys() & baseline.keys())
    chosen = PAIRED_METHOD if method == "default" else method
    return interval((treated[one] - baseline[one] for one in common), confidence, chosen)


def method_of(method: str) -> Method:
    """Return the method that a name means.

    Raises
    ------
    InputError
        If there is no such method.

    Examples
    --------
    >>> method_of("default")
    'willink'
    """
    if method == "default":
        return DEFAULT_METHOD
    for known in METHODS:
        if method == known:
            return known
    raise InputError(f"interval: got '{method}', must be 't', 'willink' or 'default'. Leave it out for the default.")


def check_confidence(confidence: float) -> None:
    """Refuse a confidence below 50 %, of 100 %, or written in percent.

    Raises
    ------
    InputError
        If it is not in [0.5, 1).

    Examples
    --------
    >>> check_confidence(0.95)
    """
    if not (math.isfinite(confidence) and LEAST_CONFIDENCE <= confidence < 1):
        raise InputError(f"confidence: got {confidence:g}, must be at least 0.5 and below 1. Write 95 % as 0.95.")
