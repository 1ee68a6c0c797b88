"""How sure a mean over replications is."""

from __future__ import annotations

import math

CONFIDENCE = 0.95


def t_half_width(deviation: float, n: int, confidence: float = CONFIDENCE) -> float:
    """Return the half-width of Student's interval for a mean.

    Parameters
    ----------
    deviation : float
        Sample standard deviation, with divisor n - 1.
    n : int
        Number of independent values, at least 2.
    confidence : float
        How often such intervals contain the true mean, in (0, 1).

    Notes
    -----
    t(n - 1, 1 - (1 - confidence)/2) * deviation / sqrt(n); Law, *Simulation Modeling and
    Analysis*, section 4.5.

    Examples
    --------
    >>> round(t_half_width(1.0, 10), 4)
    0.7154
    """
    from scipy.special import stdtrit  # A third of the import time of scipy.stats.

    return float(stdtrit(n - 1, 0.5 + confidence / 2)) * deviation / math.sqrt(n)
