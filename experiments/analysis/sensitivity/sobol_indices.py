"""Sobol' indices: which share of the variance of the response each factor causes, alone and with the others.

Luck is not the factors' doing, yet plain estimators hand it to them: every total index is inflated, and a factor
without any effect gets the share of luck. Here all moments are products over different replications, in which luck
cancels; so two replications of each point are the least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.mean_interval import check_confidence
from experiments.analysis.sensitivity.replications import (
    Array,
    Bounds,
    cross,
    resampling_weights,
    responses,
    without_rounding,
)
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

Seeds = Literal["common", "independent"]
RESAMPLES = 1000
LEAST_COMMON = 3
"""[1] -- with common random numbers, replications from which an interval can be made."""


@dataclass(frozen=True, slots=True)
class Index:
    """The indices of one factor.

    Attributes
    ----------
    factor : str
        Its name.
    first : Bounds
        [1] -- share of the variance that goes if this factor alone were known.
    total : Bounds
        [1] -- share that stays if all others were known: its own effect and all interactions with it.
    """

    factor: str
    first: Bounds
    total: Bounds


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """All factors, in the order of the design.

    Attributes
    ----------
    factors : tuple of Index
        One per factor.
    variance : float
        [square of the unit of the response] -- of the expected response over the factors' settings.
    luck : float
        [the same] -- variance of single runs at the same point; nan with one replication.
    samples, left_out, replications : int
        [1] -- N used, N left out because a run failed, replications of each point.
    corrected : bool
        Whether luck is taken out.
    confidence : float
        [1] -- of each interval.
    """

    factors: tuple[Index, ...]
    variance: float
    luck: float
    samples: int
    left_out: int
    replications: int
    corrected: bool
    confidence: float

    @property
    def luck_share(self) -> float:
        """Share of luck in the variance of a single run [1]."""
        return self.luck / (self.variance + self.luck)

    def table(self) -> pd.DataFrame:
        """Return a row per factor.

        Returns
        -------
        DataFrame
            factor; first, first_low, first_high, total, total_low, total_high: index and interval [1], also where
            negative; luck_share [1], the same in all rows.
        """
        import pandas as pd

        names = ("factor", "first", "first_low", "first_high", "total", "total_low", "total_high", "luck_share")
        rows = [
            (i.factor, i.first.value, i.first.low, i.first.high, i.total.value, i.total.low, i.total.high)
            for i in self.factors
        ]
        return pd.DataFrame([(*row, self.luck_share) for row in rows], columns=list(names))


def sobol_indices(
    factors: Sequence[str],
    values: ArrayLike,
    confidence: float = CONFIDENCE,
    *,
    seeds: Seeds = "common",
    corrected: bool = True,
    seed: int = 1,
) -> SobolIndices:
    """Estimate first-order and total indices.

    Parameters
    ----------
    factors : sequence of str
        The k names.
    values : array of float, shape (N (k + 2), n)
        [unit of the response] -- in the order of `sobol_design`, a column per replication; nan where a run failed,
        which leaves out that sample in all blocks.
    confidence : float
        [1] -- of each interval, in [0.5, 1).
    seeds : str
        "common": a replication has the same random numbers at all points, as Relevo's runner does it. "independent":
        every run has its own.
    corrected : bool
        Whether luck is taken out, which takes two replications. False gives what other tools give.
    seed : int
        Of the bootstrap.

    Raises
    ------
    UsageError
        If the shape does not fit, there are too few replications, or the factors move nothing.

    Notes
    -----
    With <x, y> the mean over samples of the products in different replications (`replications.cross`), D = A_B(i) - A,
    and c the means taken off: V = <A, A> and <B, B> averaged; T_i = <D, D> / 2 V (Jansen 1999);
    S_i = <B - c, D> / V (Saltelli 2010). Without bias up to 1/N whether or not points share random numbers. Intervals:
    percentile bootstrap over samples; with common random numbers, luck moves all samples together, which no resampling
    of them shows, so a jackknife over replications is added in squares; of fewer than 3 replications there is then no
    interval. Samples are treated as if drawn at random: Sobol' points are better than that, intervals rather too long.

    References
    ----------
    Saltelli et al. (2010), Computer Physics Communications 181; Jansen (1999), the same 117; Zou & Donner (2008),
    Statistics in Medicine 27 (adding in squares).

    Examples
    --------
    >>> from experiments.analysis.sensitivity.sobol_design import sobol_design
    >>> from experiments.plan.designs import Axis
    >>> points = sobol_design([Axis("a", None), Axis("b", None)], 1024, seed=1)
    >>> luck = np.random.default_rng(1).normal(size=(len(points), 2))
    >>> found = sobol_indices(["a", "b"], np.array([9 * a for a, b in points])[:, None] + luck, seeds="independent")
    >>> [(i.factor, abs(round(i.total.value, 1))) for i in found.factors], round(found.luck_share, 1)
    ([('a', 1.0), ('b', 0.0)], 0.1)
    """
    check_confidence(confidence)
    k = len(factors)
    size = np.asarray(values).shape[0] if np.ndim(values) else 0
    if k == 0 or size == 0 or size % (k + 2):
        raise UsageError(f"sobol: got {size} points for {k} factors; a multiple of {k + 2} is needed: 'sobol_design'.")
    array = responses(values, size, "points")
    n = array.shape[1]
    if corrected and n < 2:
        raise UsageError("sobol: got 1 replication; luck can only be told from factors with at least 2; add one.")
    if not corrected:
        array = array.mean(axis=1, keepdims=True)
    blocks = array.reshape(k + 2, -1, array.shape[1])
    known = ~np.isnan(blocks).any(axis=(0, 2))
    blocks = blocks[:, known]
    samples = blocks.shape[1]
    if samples < 2:
        raise UsageError(f"sobol: got {samples} samples without a failed run; at least 2 are needed; look at the runs.")
    weights = np.full((1, samples), 1.0 / samples)
    estimate, variance = _indices(blocks, weights)
    if not variance[0] > 0:
        raise UsageError("sobol: the factors move nothing that luck would not move; add replications or samples.")
    low, high = _interval(blocks, estimate[0], confidence, seeds, np.random.default_rng(seed))
    bounds = [Bounds(*one) for one in zip(estimate[0].tolist(), low.tolist(), high.tolist(), strict=True)]
    runs = np.asarray(values, dtype=np.float64).reshape(k + 2, -1, n)[:, known]
    within = runs.var(axis=2, ddof=1).mean() if n > 1 else np.nan
    found = tuple(Index(name, bounds[i], bounds[k + i]) for i, name in enumerate(factors))
    return SobolIndices(
        found, float(variance[0]), float(within), samples, int((~known).sum()), n, corrected, confidence
    )


def _indices(blocks: Array, weights: Array) -> tuple[Array, Array]:
    """Return indices (times, 2 k), first-order ones before total ones, and the variance (times,).

    `blocks` has shape (k + 2, N, n), `weights` (times, N).
    """
    # Nothing but rounding depends on the shift.
    shifted = without_rounding(blocks - blocks[:2].mean(axis=(0, 1)), blocks)
    a, b, mixed = shifted[0], shifted[1], shifted[2:]
    steps = mixed - a
    centre = (weights @ a + weights @ b) / 2
    means = np.einsum("tx,kxj->tkj", weights, steps, optimize=True)
    squares = weights @ np.stack([_pairs(a, a), _pairs(b, b)], axis=1)
    variance = squares.mean(axis=1) - _pairs(centre, centre)
    total = weights @ _pairs(steps, steps).T / 2
    first = weights @ _pairs(b, steps).T - _pairs(centre[:, None], means)
    indices: Array = np.hstack([first, total]) / np.where(variance > 0, variance, np.nan)[:, None]
    return indices, variance


def _pairs(first: Array, second: Array) -> Array:
    """Return mean products of different replications along the last axis; of a single one, its product."""
    if first.shape[-1] > 1:
        return cross(first, second)
    alone: Array = (first * second)[..., 0]
    return alone


def _interval(
    blocks: Array, estimate: Array, confidence: float, seeds: Seeds, random: np.random.Generator
) -> tuple[Array, Array]:
    samples, n = blocks.shape[1:]
    common = seeds == "common" and n > 1
    if common and n < LEAST_COMMON:
        nothing = np.full_like(estimate, np.nan)
        return nothing, nothing
    at_once = max(1, 2_000_000 // samples)
    parts = []
    for begin in range(0, RESAMPLES, at_once):
        parts.append(_indices(blocks, resampling_weights(samples, min(at_once, RESAMPLES - begin), random))[0])
    low, high = np.nanquantile(np.vstack(parts), [0.5 - confidence / 2, 0.5 + confidence / 2], axis=0)
    if not common:
        return low, high
    by_luck = _by_luck(blocks, confidence)
    # A percentile interval need not hold the estimate; its distance is then nothing.
    below, above = np.maximum(estimate - low, 0.0), np.maximum(high - estimate, 0.0)
    return estimate - np.hypot(below, by_luck), estimate + np.hypot(above, by_luck)


def _by_luck(blocks: Array, confidence: float) -> Array:
    """Return the half-width that replications alone would give, by the jackknife (Quenouille, Tukey 1958)."""
    from scipy.special import stdtrit

    samples, n = blocks.shape[1:]
    even = np.full((1, samples), 1.0 / samples)
    without = np.vstack([_indices(np.delete(blocks, j, axis=2), even)[0] for j in range(n)])
    spread = (n - 1) / n * np.square(without - without.mean(axis=0)).sum(axis=0)
    half: Array = float(stdtrit(n - 1, 0.5 + confidence / 2)) * np.sqrt(spread)
    return half
