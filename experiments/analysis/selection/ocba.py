"""OCBA: the best use of a fixed budget of runs; it estimates how sure the selection is and promises nothing."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.selection.selected import Better, Sample, Selected, Stage, check_problem
from experiments.analysis.selection.tally import Tally
from sim.errors import InputError

Array = NDArray[np.float64]
FIRST = 10
"""[1] -- observations of the first stage unless told otherwise; 5 to 20 are usual."""
_NEAREST = 1e-6
"""[1] -- gaps below this share of the largest deviation count as this, so that equal means get finite shares."""


def ocba(
    sample: Sample, alternatives: int, *, budget: int, first: int = FIRST, step: int | None = None,
    floor: float = 0.0, better: Better = "higher", common: bool = True, macro: int = 1,
) -> Selected:  # fmt: skip
    """Select the best mean after spending a budget where it helps most to tell the best from the others.

    Parameters
    ----------
    sample : Sample
        Where values come from.
    alternatives : int
        [1] -- k, at least 2.
    budget : int
        [1] -- replications of all alternatives together, at least those of the first stage.
    first : int
        [1] -- observations of each alternative in the first stage, at least 2.
    step : int or None
        [1] -- observations handed out between two looks; as many as there are alternatives unless given.
    floor : float
        [1] -- share of the budget that is spread evenly whatever was seen, in [0, 1]. It protects an alternative that
        was unlucky in the first stage.
    better : str
        "higher" or "lower".
    common : bool
        Use the same replications for all alternatives; else each has its own. The shares are derived for independent
        alternatives; with common random numbers the estimated probability is too low where responses rise together.
    macro : int
        [1] -- replications averaged into one observation.

    Returns
    -------
    Selected
        `best` is the best mean at the end; `stages` has the shares so far and the estimated probability at each look.

    Raises
    ------
    InputError
        If an argument is out of range, or a replication has no value.

    Notes
    -----
    Chen, Lin, Yücesan & Chick, *Simulation budget allocation for further enhancing the efficiency of ordinal
    optimization* (2000); the shares are computed anew at each look from all observations.

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=(3, 500))
    >>> found = ocba(lambda who, first, end: luck[list(who), first:end] + np.array(who)[:, None], 3, budget=200)
    >>> found.best, found.replications, round(found.probability, 3)
    (2, (11, 96, 93), 1.0)
    """
    check_problem("ocba", alternatives, 0.5, 1.0, first, None, macro)
    given = alternatives if step is None else step
    if given < 1:
        raise InputError(f"ocba, step: got {given}, must be at least 1. As many as there are alternatives is usual.")
    if not 0 <= floor <= 1:
        raise InputError(f"ocba, floor: got {floor:g}, must be from 0 to 1. 0.1 spreads a tenth evenly.")
    if budget < alternatives * first * macro:
        raise InputError(
            f"ocba, budget: got {budget}, must be at least the {alternatives * first * macro} replications of the "
            "first stage. Raise it, or lower the first stage."
        )
    tally = Tally(sample, alternatives, better=better, common=common, macro=macro)
    tally.more(range(alternatives), first)
    stages: list[Stage] = []
    while True:
        means, variances = tally.means, tally.variances
        leader = int(means.argmax())
        sure = approximate_probability(means, variances, tally.observations)
        stages.append(Stage(tally.replications, leader, probability=sure))
        left = budget // macro - int(tally.observations.sum())
        if left <= 0:
            break
        shares = (1 - floor) * ocba_shares(means, variances) + floor / alternatives
        for one, number in enumerate(allotted(tally.observations, shares, min(given, left)).tolist()):
            if number:
                tally.more([one], number)
    guarantee = (
        f"No guarantee: after {sum(tally.replications):,} replications this alternative has the best mean, and the "
        f"probability that it is the best is estimated to be at least {100 * math.floor(1000 * sure) / 1000:.1f} % "
        "(approximate, from the same replications)."
    )
    return Selected(
        "ocba", leader, tuple(range(alternatives)), tally.replications, tally.shown_means, tuple(stages), True, False,
        tally.replications, guarantee,
    )  # fmt: skip


def ocba_shares(means: Array, variances: Array) -> Array:
    """Return the shares of the budget that make the selection most probably right.

    Parameters
    ----------
    means : array of float, shape (k,)
        [unit of the response] -- larger is better.
    variances : array of float, shape (k,)
        [unit squared].

    Returns
    -------
    array of float, shape (k,)
        [1] -- sum 1: with b the best and d_i its distance to i, N_i / N_j = (S_i / d_i)^2 / (S_j / d_j)^2 and
        N_b = S_b sqrt(sum N_i^2 / S_i^2). An alternative that never varied gets nothing; if none varied all get alike.

    Examples
    --------
    >>> ocba_shares(np.array([2.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0])).round(3).tolist()
    [0.452, 0.438, 0.11]
    """
    deviation = np.sqrt(variances)
    unit = float(deviation.max())
    if unit == 0:
        return np.full(len(means), 1 / len(means))
    best = int(means.argmax())
    scaled = deviation / unit
    gap = np.maximum((means[best] - means) / unit, _NEAREST)
    weight = np.square(scaled / gap)
    others = np.arange(len(means)) != best
    weight[best] = scaled[best] * math.sqrt(float(np.square(scaled / np.square(gap))[others].sum()))
    shares: Array = weight / weight.sum()
    return shares


def allotted(observations: NDArray[np.int64], shares: Array, number: int) -> NDArray[np.int64]:
    """Return how many more observations each alternative gets, so that the totals come closest to the shares.

    Parameters
    ----------
    observations : array of int, shape (k,)
        [1] -- so far; nobody gives any back.
    shares : array of float, shape (k,)
        [1] -- of the total that is wanted.
    number : int
        [1] -- observations to hand out.

    Examples
    --------
    >>> allotted(np.array([10, 10, 10]), np.array([0.5, 0.4, 0.1]), 10).tolist()
    [7, 3, 0]
    """
    total = int(observations.sum()) + number
    free = np.ones(len(shares), dtype=bool)
    while True:
        rest = total - int(observations[~free].sum())
        wanted = np.where(free, shares, 0.0)
        wanted = rest * (wanted / wanted.sum() if wanted.sum() > 0 else free / free.sum())
        over = free & (wanted < observations)
        if not over.any():
            break
        free &= ~over
    extra = np.where(free, wanted - observations, 0.0)
    whole = np.floor(extra).astype(np.int64)
    by_rest = np.argsort(-(extra - whole), kind="stable")
    whole[by_rest[: number - int(whole.sum())]] += 1
    return whole


def approximate_probability(means: Array, variances: Array, observations: NDArray[np.int64]) -> float:
    """Return a lower bound for the probability that the best mean is the best alternative, taking estimates for true.

    Parameters
    ----------
    means : array of float, shape (k,)
        [unit of the response] -- larger is better.
    variances : array of float, shape (k,)
        [unit squared].
    observations : array of int, shape (k,)
        [1].

    Returns
    -------
    float
        [1] -- max(0, 1 - sum Phi(-d_i / sqrt(S_b^2 / N_b + S_i^2 / N_i))): the Bonferroni bound of Chen et al. (2000).

    Examples
    --------
    >>> round(approximate_probability(np.array([1.0, 0.0]), np.array([1.0, 1.0]), np.array([8, 8])), 4)
    0.9772
    """
    from scipy.special import ndtr

    best = int(means.argmax())
    others = np.arange(len(means)) != best
    gap = (means[best] - means)[others]
    error = np.sqrt(variances[best] / observations[best] + (variances / observations)[others])
    z = np.divide(gap, error, out=np.where(gap > 0, np.inf, 0.0), where=error > 0)
    return max(0.0, 1 - float(ndtr(-z).sum()))
