"""A share and a range of what differs from sample to sample, freed of the luck that is left in each sample's mean.

Means over replications lie further apart than what they estimate. So they are drawn together around their mean until
their variance is right (constrained empirical Bayes: Louis 1984; Ghosh 1992).
"""

from __future__ import annotations

import math

import numpy as np

from experiments.analysis.sensitivity.replications import Array, interaction_mean_square

INNER = 0.9
"""[1] -- share of the samples between the ends of the range that is told."""


def wilson_interval(share: float, n: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's (1927) interval for a share of n independent cases.

    Examples
    --------
    >>> [round(x, 4) for x in wilson_interval(0.9, 100, 0.95)]
    [0.8256, 0.9448]
    """
    from scipy.special import ndtri

    z = float(ndtri(0.5 + confidence / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half: float = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return middle - half, middle + half


def luck_by_row(array: Array) -> Array:
    """Return each sample's part in the luck of a mean, whose mean over samples is MS / n; 0 with one replication."""
    m, n = array.shape
    if n == 1:
        return np.zeros(m)
    centred = array - array.mean(axis=0)
    rest = np.square(centred - centred.mean(axis=1, keepdims=True)).sum(axis=1)
    by_row: Array = rest * m / ((m - 1) * (n - 1) * n)
    return by_row


def summary(means: Array, luck: Array, weights: Array, sign: int) -> Array:
    """Return the share with the sign and both ends of the range, shape (times, 3), of the means drawn together."""
    m = len(means)
    order = np.argsort(means)
    sorted_means, w = means[order], weights[:, order]
    centre = (w @ sorted_means)[:, None]
    spread = (
        (w @ np.square(sorted_means - sorted_means.mean()) - (centre[:, 0] - sorted_means.mean()) ** 2) * m / (m - 1)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        kept = np.where(spread > 0, 1 - weights @ luck / spread, 0.0)
    drawn = centre + np.sqrt(np.clip(kept, 0.0, 1.0))[:, None] * (sorted_means - centre)
    share = (w * (drawn * sign > 0)).sum(axis=1)
    reached = np.cumsum(w, axis=1) - w / 2
    edges = [(1 - INNER) / 2, (1 + INNER) / 2]
    ends = np.array([np.interp(edges, at, row) for at, row in zip(reached, drawn, strict=True)])
    return np.column_stack([share, ends])


def common_shift(array: Array, confidence: float) -> float:
    """Return how far luck that all samples share may have shifted them [unit of the response]."""
    from scipy.special import stdtrit

    n = array.shape[1]
    if n == 1:
        return 0.0
    variance = array.mean(axis=0).var(ddof=1) / n - interaction_mean_square(array) / (array.size)
    quantile = float(stdtrit(n - 1, 0.5 + confidence / 2))
    return quantile * math.sqrt(max(float(variance), 0.0))
