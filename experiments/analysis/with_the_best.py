"""Every alternative against the best of the others: which may be the best, and by how much the others miss it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.analysis.comparison import checked_table, complete, says_too_little
from experiments.analysis.mean_interval import Interval, interval, method_of
from experiments.analysis.selection.critical_values import largest_t
from experiments.analysis.selection.selected import Better
from experiments.analysis.skewed import Method
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]
Variances = Literal["pairwise", "spherical", "independent"]


@dataclass(frozen=True, slots=True)
class Gap:
    """How far one alternative is from the best of the others.

    Attributes
    ----------
    alternative : int
        Its row.
    mean : float or None
        [unit of the response] -- its mean minus the best mean of the others, over the replications both have.
    low, high : float or None
        [unit of the response] -- interval for the difference of expectations; it always touches or contains zero. None
        where it has no end, because a pair has too few replications to say anything.
    may_be_best : bool
        Whether it cannot be excluded as the best.
    """

    alternative: int
    mean: float | None
    low: float | None
    high: float | None
    may_be_best: bool


@dataclass(frozen=True, slots=True)
class WithTheBest:
    """Multiple comparisons with the best: all of it holds together with the confidence.

    Attributes
    ----------
    gaps : tuple of Gap
        One per alternative, in order.
    confidence : float
        [1].
    better : str
        "lower" or "higher": which values are better.
    variances : str
        What was assumed of the variances of differences.
    n : int
        [1] -- replications of the pair that has fewest.
    """

    gaps: tuple[Gap, ...]
    confidence: float
    better: Better
    variances: Variances
    n: int

    @property
    def may_be_best(self) -> tuple[int, ...]:
        """Alternatives that cannot be excluded as best."""
        return tuple(gap.alternative for gap in self.gaps if gap.may_be_best)

    @property
    def certainly_best(self) -> int | None:
        """The one that is best with the confidence, if only one cannot be excluded."""
        best = self.may_be_best
        return best[0] if len(best) == 1 else None


def with_the_best(
    values: ArrayLike, *, better: Better = "lower", confidence: float = CONFIDENCE, variances: Variances = "pairwise",
    method: Method | Literal["default"] = "default",
) -> WithTheBest:  # fmt: skip
    """Compare every alternative with the best of the others.

    Parameters
    ----------
    values : array of float, shape (k, n)
        [unit of the response] -- as in `comparison.compare`; all but "pairwise" use only complete replications.
    better : str
        "lower" or "higher": which values are better.
    confidence : float
        [1] -- how often all intervals together contain the truth, in [0.5, 1); at least 0.75 with two alternatives and
        "pairwise".
    variances : str
        "pairwise": nothing is assumed of the variances of differences; "spherical": they are all equal under common
        random numbers; "independent": alternatives are independent with equal variances.
    method : str
        For "pairwise": "t", "willink" or "default", as in `mean_interval.interval`.

    Raises
    ------
    InputError
        If an argument is out of range.

    Notes
    -----
    With allowances W, the interval of mu_i - max of the others' mu (larger better) is [-(X_i - max X_l - W)^-,
    (X_i - max X_l + W)^+]; Hsu, *Constrained simultaneous confidence intervals for multiple comparisons with the best*
    (1984). Independent: W = T S sqrt(2 / n) with k (n - 1) degrees of freedom. Spherical: W = T S / sqrt(n) with S^2 =
    2 sum (X_ij - X_i. - X_.j + X..)^2 / ((k - 1)(n - 1)), (k - 1)(n - 1) degrees; Nelson & Matejcik, *Using common
    random numbers for indifference-zone selection and multiple comparisons in simulation* (1995).

    Pairwise: each W_il is that of the pair's own one-sided interval with error (1 - confidence) / (k - 1). Only the
    k - 1 differences from the true best have to be right (Edwards & Hsu, *Multiple comparisons with the best
    treatment*, 1983), so Bonferroni makes it hold for any variances and correlations: i may be the best if
    X_i - X_l + W_il >= 0 for all l, and i misses the best by at most the largest X_l - X_i + W_li over l that may be.

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=40)
    >>> own = np.random.default_rng(2).normal(scale=0.2, size=(3, 40))
    >>> found = with_the_best(luck + own + [[1.0], [1.02], [3.0]])
    >>> found.may_be_best, [round(gap.high, 2) for gap in found.gaps]
    ((0, 1), [0.06, 0.12, 2.08])
    """
    table = checked_table(values, better, confidence)
    k = len(table)
    sign = 1.0 if better == "higher" else -1.0
    if variances == "pairwise":
        low, high, n, mean = _pairwise(sign * table, confidence, method)
    elif variances in {"spherical", "independent"}:
        low, high, n, mean = _pooled(sign * complete(table), confidence, variances)
    else:
        raise InputError(
            f"comparison with the best, variances: got '{variances}', must be 'pairwise', 'spherical' or "
            "'independent'. Leave it out for 'pairwise'."
        )
    others = ~np.eye(k, dtype=bool)
    upper = np.where(others, high, np.inf).min(axis=1)
    best = upper >= 0
    judges = others & (best[None, :] if variances == "pairwise" else True)
    lower = np.where(judges, low, np.inf).min(axis=1)
    lower = np.where(np.isposinf(lower), 0.0, np.minimum(lower, 0.0))  # +inf: nobody else may be the best.
    gaps = []
    for i in range(k):
        ends = sorted((sign * lower[i], sign * max(0.0, upper[i])))
        apart = np.where(others[i] & ~np.isnan(mean[i]), mean[i], np.inf).min()
        gaps.append(Gap(i, _finite(sign * apart), _finite(ends[0]), _finite(ends[1]), bool(best[i])))
    return WithTheBest(tuple(gaps), confidence, better, variances, n)


def _pairwise(table: Array, confidence: float, method: Method | Literal["default"]) -> tuple[Array, Array, int, Array]:
    """Limits of all differences of two rows, each one-sided with the error of one of k - 1; least n; means."""
    k = len(table)
    two_sided = 1 - 2 * (1 - confidence) / (k - 1)
    if two_sided < 0.5:
        raise InputError(
            f"comparison with the best, confidence: got {confidence:g}, must be at least 0.75 with 2 alternatives. "
            "0.95 is usual."
        )
    chosen = method_of(method)
    low, high, mean = np.zeros((k, k)), np.zeros((k, k)), np.zeros((k, k))
    least = table.shape[1]
    for i in range(k):
        for j in range(i):
            one = interval((table[i] - table[j]).tolist(), two_sided, chosen)
            least = min(least, one.n)
            low[i, j], high[i, j], mean[i, j] = _known(one, (1 - confidence) / (k - 1))
            low[j, i], high[j, i], mean[j, i] = -high[i, j], -low[i, j], -mean[i, j]
    return low, high, least, mean


def _known(one: Interval, error: float) -> tuple[float, float, float]:
    """Limits as numbers, endless where a pair says nothing."""
    if one.mean is None or one.low is None or one.high is None or says_too_little(one, 2 * error):
        return -math.inf, math.inf, math.nan if one.mean is None else one.mean
    return one.low, one.high, one.mean


def _finite(number: float) -> float | None:
    return float(number) + 0.0 if math.isfinite(number) else None


def _pooled(table: Array, confidence: float, variances: Variances) -> tuple[Array, Array, int, Array]:
    k, n = table.shape
    means = table.mean(axis=1) if n else np.full(k, math.nan)
    apart = means[:, None] - means[None, :]
    if n < 2:
        return np.full((k, k), -math.inf), np.full((k, k), math.inf), n, apart
    centred = table - means[:, None]
    if variances == "independent":
        degrees = k * (n - 1)
    else:
        centred = centred - centred.mean(axis=0)
        degrees = (k - 1) * (n - 1)
    allowed = math.sqrt(2 * float(np.square(centred).sum()) / degrees / n)
    allowed *= largest_t(k - 1, degrees, 1 - confidence)
    return apart - allowed, apart + allowed, n, apart
