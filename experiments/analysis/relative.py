"""By how much per cent a mean changes: the ratio of two paired means, with an interval that holds for it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.mean_interval import Interval, check_confidence
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]


def relative_change(
    treated: Mapping[int, float], baseline: Mapping[int, float], confidence: float = CONFIDENCE
) -> Interval:
    """Return by what share of the baseline's mean the treated mean differs from it, and its interval.

    Parameters
    ----------
    treated, baseline : mapping of int to float
        [unit of the metric] -- value per replication, with common random numbers; pairs in which one is missing or nan
        are left out.
    confidence : float
        [1] -- how often such intervals contain the ratio of the expectations, in [0.5, 1).

    Returns
    -------
    Interval
        [1] -- -0.1 is ten per cent less. Without ends where the baseline's mean cannot be told from zero: then no
        change is excluded. Without a mean where the baseline's mean is zero.

    Raises
    ------
    InputError
        If the confidence is not allowed.

    Notes
    -----
    Not the mean of the ratios of each pair, which is another number and is drawn by chance towards small baselines.
    With d = treated - baseline and x = baseline, the ratio r of the expectations is every r for which mean(d - r x)
    cannot be told from zero: |mean(d) - r mean(x)| <= t sqrt(var(d - r x) / n), a quadratic inequality in r (Fieller,
    *Some problems in interval estimation*, 1954). If x is clearly not zero, the interval holds zero exactly when
    Student's paired interval of the difference does.

    Examples
    --------
    >>> today = {0: 40.0, 1: 44.0, 2: 37.0, 3: 39.0}
    >>> found = relative_change({0: 36.0, 1: 40.0, 2: 33.5, 3: 34.5}, today)
    >>> [round(x, 3) for x in (found.mean, found.low, found.high)]
    [-0.1, -0.118, -0.084]
    """
    check_confidence(confidence)
    both = sorted(treated.keys() & baseline.keys())
    pairs = np.array([(treated[r], baseline[r]) for r in both], dtype=np.float64).reshape(-1, 2)
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    n, x, d = len(pairs), pairs[:, 1], pairs[:, 0] - pairs[:, 1]
    if n == 0 or x.mean() == 0:
        return Interval(None, None, None, n, "t")
    mean = float(d.mean() / x.mean())
    if n < 2:
        return Interval(mean, None, None, n, "t")
    ends = _ends(x, d, confidence)
    return Interval(mean, None, None, n, "t") if ends is None else Interval(mean, *ends, n, "t")


def _ends(x: Array, d: Array, confidence: float) -> tuple[float, float] | None:
    """Return where mean(d - r x) begins and ends to be indistinguishable from zero; None if it has no end."""
    from scipy.special import stdtrit

    if not d.any():  # The same in every pair, whatever the baseline's mean.
        return 0.0, 0.0
    n = len(x)
    spread = np.cov(np.vstack([x, d]))
    allowed = float(stdtrit(n - 1, 0.5 + confidence / 2)) ** 2 / n
    a = float(x.mean() ** 2 - allowed * spread[0, 0])
    b = float(x.mean() * d.mean() - allowed * spread[0, 1])
    c = float(d.mean() ** 2 - allowed * spread[1, 1])
    if a <= 0:
        return None
    root = math.sqrt(max(0.0, b * b - a * c))
    # The root that does not cancel first, the other from their product: exact also for a change close to nothing.
    far = b + math.copysign(root, b)
    ends = (0.0, 0.0) if far == 0 else sorted((far / a, c / far))
    return ends[0], ends[1]
