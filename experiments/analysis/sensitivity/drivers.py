"""Which assumptions drive a difference: standardised regression coefficients, squared, with luck taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.sensitivity.replications import (
    Array,
    Bounds,
    cross,
    interaction_mean_square,
    without_rounding,
)
from sim.errors import UsageError

SAMPLES_EACH = 3
"""[1] -- samples for each assumption below which a regression on all of them says less than one on each alone."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One assumption.

    Attributes
    ----------
    assumption : str
        Its name.
    coefficient : Bounds
        [unit of the response; of ranks: 1] -- what one standard deviation of the assumption adds to the difference.
    share : Bounds
        [1] -- of the variance of the expected difference that it explains linearly; may be estimated as negative,
        and its interval may reach beyond 1.
    """

    assumption: str
    coefficient: Bounds
    share: Bounds

    @property
    def is_clear(self) -> bool:
        """Whether its coefficient is distinguishable from zero, all assumptions considered."""
        return self.coefficient.is_clear


def drivers_of(
    names: Sequence[str], places: Array, values: Array, confidence: float, *, ranks: bool = False
) -> tuple[tuple[Driver, ...], float]:
    """Return all assumptions, the largest share first, and the share explained together.

    Parameters
    ----------
    names : sequence of str
        The d assumptions.
    places : array of float, shape (m, d)
        Finite; m is at least 3.
    values : array of float, shape (m, n)
        [unit of the response] -- a column per replication.
    confidence : float
        [1] -- of the intervals of all assumptions together (Bonferroni).
    ranks : bool
        Whether places and means are replaced by their ranks.

    Raises
    ------
    UsageError
        If an assumption does not vary, or two vary together.

    Notes
    -----
    Least squares in each replication; the square of a coefficient is the product of those of different replications
    (`replications.cross`), less what lack of fit gives a factor without effect, which is estimated from residuals in
    the same way; over the variance S^2 - MS / n. On ranks, of the means, shares are divided by the share of that
    variance in S^2 (Spearman's correction for attenuation). With one replication luck counts as lack of fit.
    With fewer than 3 samples for each assumption, every one is regressed upon alone, which a Latin hypercube allows;
    what is explained together is then the sum of the shares. Interval of a coefficient: Student's with m - d - 1
    degrees of freedom and the larger of two variances, from residuals and from replications.

    References
    ----------
    Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, section 1.2.5; Iman & Conover (1979), The use of
    the rank transform in regression, Technometrics 21; Spearman (1904).

    Examples
    --------
    >>> places = np.array([[a, b] for a in (0.0, 1.0) for b in (0.0, 1.0, 3.0)])
    >>> found, explained = drivers_of(["a", "b"], places, places[:, :1] * 3 + [0.0, 1.0], 0.95)
    >>> [(one.assumption, round(one.share.value, 6)) for one in found], round(explained, 6)
    ([('a', 1.0), ('b', 0.0)], 1.0)
    """
    from scipy.special import stdtrit
    from scipy.stats import rankdata

    m, d = places.shape
    if d > 1 and m < SAMPLES_EACH * d:
        each = 1 - (1 - confidence) / d
        alone = [drivers_of([name], places[:, [i]], values, each, ranks=ranks)[0][0] for i, name in enumerate(names)]
        alone.sort(key=lambda one: -one.share.value)
        return tuple(alone), sum(one.share.value for one in alone)
    kept = _share_kept(values)
    x, y = (rankdata(places, axis=0), rankdata(values.mean(axis=1))[:, None]) if ranks else (places, values)
    spread = x.std(axis=0, ddof=1)
    for name, s in zip(names, spread.tolist(), strict=True):
        if not s > 0:
            raise UsageError(f"assumptions: '{name}' is the same in all samples; leave it out.")
    matrix = np.column_stack([np.ones(m), (x - x.mean(axis=0)) / spread])
    if np.linalg.matrix_rank(matrix) < d + 1:
        raise UsageError("assumptions: two of them vary together in these samples; take a larger Latin hypercube.")
    inverse = np.linalg.inv(matrix.T @ matrix)
    free = m - d - 1
    coefficients = inverse @ matrix.T @ y
    residuals = y - matrix @ coefficients
    leverage = np.diag(inverse)[1:]
    coefficients = coefficients[1:]
    n = y.shape[1]
    many = n > 1
    coefficients, residuals = without_rounding(coefficients, y), without_rounding(residuals, y)
    square = cross(coefficients, coefficients) if many else coefficients[:, 0] ** 2
    lack = float((cross(residuals, residuals) if many else residuals[:, 0] ** 2).sum()) / free
    means = y.mean(axis=1)
    spread_of_means = float(without_rounding(means - means.mean(), y).var(ddof=1))
    variance = spread_of_means - (float(interaction_mean_square(y)) / n if many else 0.0)
    # Of ranks the correction comes last, since luck has no place among them.
    shares = (square - lack * leverage) / variance / (kept if ranks else 1.0) if variance > 0 else np.full(d, np.nan)
    from_residuals = float(np.square(residuals.mean(axis=1)).sum()) / free * leverage
    from_replications = coefficients.var(axis=1, ddof=1) / n + max(lack, 0.0) * leverage if many else from_residuals
    half = float(stdtrit(free, 1 - (1 - confidence) / (2 * d))) * np.sqrt(np.maximum(from_residuals, from_replications))
    found = []
    for name, value, h, share in zip(
        names, coefficients.mean(axis=1).tolist(), half.tolist(), shares.tolist(), strict=True
    ):
        low, high = value - h, value + h
        least = 0.0 if low <= 0 <= high else min(low**2, high**2)
        scale = variance * (kept if ranks else 1.0)
        ends = (least / scale, max(low**2, high**2) / scale) if variance > 0 else (np.nan, np.nan)
        found.append(Driver(name, Bounds(value, low, high), Bounds(share, float(ends[0]), float(ends[1]))))
    found.sort(key=lambda one: -one.share.value)
    explained = (1 - lack / variance) / (kept if ranks else 1.0) if variance > 0 else float("nan")
    return tuple(found), explained


def _share_kept(values: Array) -> float:
    """Return the share of the variance of the means that is not luck [1]; 1 with one replication."""
    n = values.shape[1]
    spread = float(values.mean(axis=1).var(ddof=1))
    if n == 1 or spread <= 0:
        return 1.0
    kept: float = max(1 - float(interaction_mean_square(values)) / n / spread, 1e-9)
    return kept
