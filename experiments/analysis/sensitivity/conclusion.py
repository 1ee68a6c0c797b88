"""How much of a conclusion rests on assumptions: all of them varied together, policy against today in each sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.mean_interval import Interval, check_confidence, interval
from experiments.analysis.sensitivity.drawn_together import common_shift, luck_by_row, summary, wilson_interval
from experiments.analysis.sensitivity.drivers import Driver, drivers_of
from experiments.analysis.sensitivity.replications import (
    Bounds,
    crossed_interval,
    resampling_weights,
    responses,
)
from experiments.analysis.skewed import limits
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 1000
LEAST_SAMPLES = 20


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is left of a conclusion when assumptions are other than assumed.

    Attributes
    ----------
    sign : int
        +1 or -1: that of the conclusion, the difference policy minus today with the scenario's own values; where these
        were not run, of the mean over all samples.
    today : Interval or None
        [unit of the response] -- that difference, paired by replication.
    mean : Bounds
        [unit of the response] -- of the difference over samples.
    same : Bounds
        [1] -- share of samples in which the expected difference has the sign of the conclusion, freed of luck.
    same_plain : float
        [1] -- share of samples in which the mean over replications has it: luck pulls it towards one half.
    clear_same, clear_opposite : float
        [1] -- share of samples whose own interval lies on the side of the conclusion, and on the other; the rest is not
        distinguishable from zero. nan with one replication.
    low, high : Bounds
        [unit of the response] -- ends between which 90 % of the expected differences lie.
    deviation : float
        [unit of the response] -- of the expected differences over samples, freed of luck.
    luck_share : float
        [1] -- of luck in the variance of the samples' means; nan with one replication.
    explained : float
        [1] -- share of the variance of the expected differences that is linear in the assumptions; of few samples it is
        a sum of rough estimates and may leave 0 to 1.
    drivers : tuple of Driver
        Every assumption, the largest share first.
    samples, left_out, replications : int
        [1] -- used; left out because a run failed; of each sample.
    confidence : float
        [1] -- of each interval; those of the drivers hold together.
    """

    sign: int
    today: Interval | None
    mean: Bounds
    same: Bounds
    same_plain: float
    clear_same: float
    clear_opposite: float
    low: Bounds
    high: Bounds
    deviation: float
    luck_share: float
    explained: float
    drivers: tuple[Driver, ...]
    samples: int
    left_out: int
    replications: int
    confidence: float

    def table(self) -> pd.DataFrame:
        """Return a row per assumption.

        Returns
        -------
        DataFrame
            assumption; coefficient, coefficient_low, coefficient_high [unit of the response]: what a standard
            deviation of it adds to the difference; share, share_low, share_high [1]: of the variance of the
            difference; clear.
        """
        import pandas as pd

        names = ("assumption", "coefficient", "coefficient_low", "coefficient_high", "share", "share_low", "share_high")
        rows = [
            (
                *(d.assumption, d.coefficient.value, d.coefficient.low, d.coefficient.high),
                *(d.share.value, d.share.low, d.share.high, d.is_clear),
            )
            for d in self.drivers
        ]
        return pd.DataFrame(rows, columns=[*names, "clear"])


def conclusion(
    names: Sequence[str],
    places: ArrayLike,
    differences: ArrayLike,
    today: ArrayLike | None = None,
    confidence: float = CONFIDENCE,
    *,
    ranks: bool = False,
    seed: int = 1,
) -> Conclusion:
    """Say how much of a conclusion rests on assumptions.

    Parameters
    ----------
    names : sequence of str
        The d assumptions.
    places : array of float, shape (m, d)
        Their values in each sample, drawn independently of one another over their ranges (Latin hypercube); on the
        scale on which they were drawn: logarithms, or places in the range, where that is a logarithmic one.
    differences : array of float, shape (m, n)
        [unit of the response] -- policy minus today, a column per replication, paired by common random numbers; nan
        where a run failed, which leaves out that sample.
    today : array of float, shape (n0,), optional
        [unit of the response] -- the same difference with the scenario's own values.
    confidence : float
        [1] -- in [0.5, 1).
    ranks : bool
        Whether drivers are found on ranks: for differences that bend but do not turn.
    seed : int
        Of the bootstrap.

    Raises
    ------
    UsageError
        If shapes do not fit or there are too few samples.

    Notes
    -----
    A sample's mean over replications is the expected difference plus luck, so means lie further apart than
    expectations. They are drawn together around their mean until their variance is S^2 - MS / n, MS the residual of
    samples x replications (Louis 1984; Ghosh 1992, constrained empirical Bayes); shares and ranges are those of the
    values so drawn together. Exact if expectations and luck are normal; docs/sensitivity.md has what it does otherwise.
    Intervals: the wider of Wilson's (1927) and the bootstrap over samples, and added in squares what the replications
    that all samples share could shift.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> places = random.random((100, 2))
    >>> expected = -3 + 4 * places[:, :1]
    >>> found = conclusion(["a", "b"], places, expected + random.normal(size=(100, 5)))
    >>> found.sign, round(found.same.value, 1), [(d.assumption, abs(round(d.share.value, 1))) for d in found.drivers]
    (-1, 0.8, [('a', 1.0), ('b', 0.0)])
    """
    check_confidence(confidence)
    at = np.asarray(places, dtype=np.float64)
    if at.ndim != 2 or at.shape[1] != len(names) or not names or not np.isfinite(at).all():
        raise UsageError(
            f"assumptions: got places of shape {at.shape}; a row per sample and a number for each of {len(names)} "
            "assumptions are needed; give them in the order of the names."
        )
    array = responses(differences, len(at), "samples")
    known = ~np.isnan(array).any(axis=1)
    at, array = at[known], array[known]
    m, n = array.shape
    if m < LEAST_SAMPLES:
        raise UsageError(
            f"assumptions: got {m} samples without a failed run for {len(names)} assumptions; at least {LEAST_SAMPLES} "
            f"are needed, {3 * len(names) + LEAST_SAMPLES} are better; add samples."
        )
    own = None if today is None else interval(responses(today, len(np.atleast_1d(today)), "replications").ravel())
    centre = float(array.mean()) if own is None or own.mean is None else own.mean
    sign = 1 if centre >= 0 else -1
    luck = luck_by_row(array)
    even = np.full((1, m), 1.0 / m)
    means = array.mean(axis=1)
    estimate = summary(means, luck, even, sign)[0]
    drawn = summary(means, luck, resampling_weights(m, RESAMPLES, np.random.default_rng(seed)), sign)
    shift = common_shift(array, confidence)
    ends = np.quantile(drawn, [0.5 - confidence / 2, 0.5 + confidence / 2], axis=0)
    wilson = wilson_interval(float(estimate[0]), m, confidence)
    ends[:, 0] = min(ends[0, 0], wilson[0]), max(ends[1, 0], wilson[1])
    moved = [summary(means + x, luck, even, sign)[0, 0] for x in (-shift, shift)]
    below = np.array([estimate[0] - min(moved), shift, shift])
    above = np.array([max(moved) - estimate[0], shift, shift])
    low = estimate - np.hypot(np.maximum(estimate - ends[0], 0), below)
    high = estimate + np.hypot(np.maximum(ends[1] - estimate, 0), above)
    low[0], high[0] = max(low[0], 0.0), min(high[0], 1.0)
    same, bottom, top = (Bounds(*one) for one in zip(estimate.tolist(), low.tolist(), high.tolist(), strict=True))
    of_luck, spread = float(luck.mean()), float(means.var(ddof=1))
    lows, highs = limits(array, confidence, "willink" if n > 2 else "t")[1:] if n > 1 else (means, means)
    agree, oppose = (lows > 0, highs < 0) if sign > 0 else (highs < 0, lows > 0)
    found, explained = drivers_of(names, at, array, confidence, ranks=ranks)
    return Conclusion(
        sign,
        own,
        crossed_interval(array, confidence),
        same,
        float((means * sign > 0).mean()),
        float(agree.mean()) if n > 1 else np.nan,
        float(oppose.mean()) if n > 1 else np.nan,
        bottom,
        top,
        max(spread - of_luck, 0.0) ** 0.5,
        of_luck / spread if n > 1 and spread > 0 else np.nan,
        explained,
        found,
        m,
        int((~known).sum()),
        n,
        confidence,
    )
