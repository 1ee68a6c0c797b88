"""Morris' screening: which of many factors matter at all, from few runs, and which act alone.

Trajectories walk through the grid of settings, one factor a step. Each step is an elementary effect: the change of the
response, scaled to the whole range of the factor. Its mean size over trajectories says how much a factor matters, its
spread whether that depends on where the others stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.mean_interval import check_confidence
from experiments.analysis.sensitivity.replications import (
    Array,
    Bounds,
    crossed_interval,
    interaction_mean_square,
    resampling_weights,
    responses,
)
from experiments.analysis.sensitivity.trajectories import steps_of
from experiments.plan.designs import Axis, Point
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Screened:
    """What the elementary effects of one factor say.

    Attributes
    ----------
    factor : str
        Its name.
    mu : Bounds
        [unit of the response] -- mean elementary effect: the change over the whole range, with its sign.
    mu_star : Bounds
        [unit of the response] -- mean size of the effects, freed of luck if there are two replications or more.
    mu_star_plain : float
        [unit of the response] -- the same as published: luck makes it larger, and of a factor without effect not zero.
    variance : Bounds
        [square of that unit] -- of the effects over trajectories, freed of luck; may be estimated as negative.
    sigma_plain : float
        [unit of the response] -- deviation of the effects over trajectories, luck included.
    """

    factor: str
    mu: Bounds
    mu_star: Bounds
    mu_star_plain: float
    variance: Bounds
    sigma_plain: float

    @property
    def sigma(self) -> Bounds:
        """Root of the variance, of what is above zero [unit of the response]."""
        value, low, high = (max(x, 0.0) ** 0.5 for x in (self.variance.value, self.variance.low, self.variance.high))
        return Bounds(value, low, high)


@dataclass(frozen=True, slots=True)
class Morris:
    """All factors, the largest mu* first.

    Attributes
    ----------
    factors : tuple of Screened
        One per factor.
    trajectories, left_out : int
        [1] -- used, and left out because a run in them failed.
    replications : int
        [1] -- of each point.
    confidence : float
        [1] -- of each interval.
    """

    factors: tuple[Screened, ...]
    trajectories: int
    left_out: int
    replications: int
    confidence: float

    def table(self) -> pd.DataFrame:
        """Return a row per factor.

        Returns
        -------
        DataFrame
            factor; mu, mu_star and sigma, each with _low and _high, and mu_star_plain and sigma_plain
            [unit of the response]; clear: whether the interval of mu* or of mu leaves out zero.
        """
        import pandas as pd

        rows = []
        for one in self.factors:
            row: dict[str, object] = {"factor": one.factor}
            for name, found in (("mu", one.mu), ("mu_star", one.mu_star), ("sigma", one.sigma)):
                row |= {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
            row |= {"mu_star_plain": one.mu_star_plain, "sigma_plain": one.sigma_plain}
            rows.append(row | {"clear": one.mu.is_clear or one.mu_star.is_clear})
        return pd.DataFrame(rows)


def morris(
    axes: Sequence[Axis], points: Sequence[Point], values: ArrayLike, confidence: float = CONFIDENCE, seed: int = 1
) -> Morris:
    """Screen factors by their elementary effects.

    Parameters
    ----------
    axes : sequence of Axis
        The k factors.
    points : sequence of Point
        Of `trajectories`, in its order.
    values : array of float, shape (points, n)
        [unit of the response] -- a column per replication, the same at all points (common random numbers) or not; nan
        where a run failed, which leaves out its trajectory.
    confidence : float
        [1] -- of each interval, in [0.5, 1).
    seed : int
        Of the bootstrap.

    Raises
    ------
    UsageError
        If the points are no trajectories, or fewer than two of these are complete.

    Notes
    -----
    With d_tj the elementary effect in trajectory t and replication j: mu is its mean, mu* plain the mean over t of
    |mean over j|. Luck does not cancel in a size, so mu* takes the sign from the other replications: the mean of
    sign(sum of d_tk over k != j) d_tj, which is zero on average without effect, and a little below |d| only where luck
    hides the sign. The variance is that of the trajectories' means less MS / n, MS the residual of trajectories x
    replications. Intervals of mu and mu*: both trajectories and replications are samples (`crossed_interval`);
    of the variance: bootstrap over trajectories.

    References
    ----------
    Morris (1991), Factorial sampling plans for preliminary computational experiments, Technometrics 33; Campolongo,
    Cariboni & Saltelli (2007), An effective screening design, Environmental Modelling & Software 22 (mu*).

    Examples
    --------
    >>> from experiments.analysis.sensitivity.trajectories import trajectories
    >>> axes = [Axis("a", None), Axis("b", None)]
    >>> points = trajectories(axes, 10, seed=1)
    >>> found = morris(axes, points, [3 * a - b for a, b in points])
    >>> [(one.factor, round(one.mu.value, 9), round(one.mu_star.value, 9)) for one in found.factors]
    [('a', 3.0, 3.0), ('b', -1.0, 1.0)]
    """
    check_confidence(confidence)
    array = responses(values, len(points), "points")
    effects = elementary_effects(axes, points, array)
    known = ~np.isnan(effects).any(axis=(1, 2))
    effects = effects[known]
    if len(effects) < 2:
        raise UsageError(
            f"morris: got {len(effects)} trajectories without a failed run; at least 2 are needed, 20 to 50 are usual."
        )
    random = np.random.default_rng(seed)
    weights = resampling_weights(len(effects), RESAMPLES, random)
    screened = [_screened(axis.name, effects[:, i], confidence, weights) for i, axis in enumerate(axes)]
    screened.sort(key=lambda one: -one.mu_star.value)
    return Morris(tuple(screened), len(effects), int((~known).sum()), array.shape[1], confidence)


def elementary_effects(axes: Sequence[Axis], points: Sequence[Point], values: Array) -> Array:
    """Return the elementary effects.

    Returns
    -------
    array of float, shape (trajectories, k, n)
        [unit of the response] -- change of the response over the whole range of a factor, as the step suggests it.

    Raises
    ------
    UsageError
        If the points are no trajectories.
    """
    k = len(axes)
    moved, sizes = steps_of(axes, points)
    changes = np.diff(values.reshape(-1, k + 1, values.shape[1]), axis=1) / sizes[:, :, None]
    effects: Array = np.take_along_axis(changes, np.argsort(moved, axis=1)[:, :, None], axis=1)
    return effects


def _screened(name: str, effects: Array, confidence: float, weights: Array) -> Screened:
    """Judge the effects of one factor, shape (trajectories, n)."""
    r, n = effects.shape
    means = effects.mean(axis=1)
    sizes = effects * np.sign(effects.sum(axis=1, keepdims=True) - effects if n > 1 else effects)
    noise = float(interaction_mean_square(effects)) / n if n > 1 else 0.0
    # Residuals of each trajectory, so that a resample keeps its own luck.
    centred = effects - effects.mean(axis=0)
    residual = np.square(centred - centred.mean(axis=1, keepdims=True)).sum(axis=1)
    luck = residual * r / ((r - 1) * (n - 1) * n) if n > 1 else np.zeros(r)
    shifted = means - means.mean()
    second, first = weights @ np.square(shifted), weights @ shifted
    # A resample has (r - 1) / r of the variance of its sample, as that has of the truth: hence the square.
    drawn = (second - first**2) * (r / (r - 1)) ** 2 - weights @ luck
    low, high = np.quantile(drawn, [0.5 - confidence / 2, 0.5 + confidence / 2]).tolist()
    spread = float(means.var(ddof=1))
    return Screened(
        name,
        crossed_interval(effects, confidence),
        crossed_interval(sizes, confidence),
        float(np.abs(means).mean()),
        Bounds(spread - noise, low, high),
        spread**0.5,
    )
