"""KN: fully sequential elimination; the procedure to use with common random numbers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.selection.critical_values import kn_h2
from experiments.analysis.selection.selected import (
    Better,
    Decision,
    Sample,
    Selected,
    Stage,
    check_problem,
    promise,
)
from experiments.analysis.selection.tally import Tally
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]
FIRST = 20
"""[1] -- observations of the first stage unless told otherwise."""


def kn(
    sample: Sample, alternatives: int, *, indifference: float, confidence: float = CONFIDENCE, first: int = FIRST,
    block: int = 1, most: int | None = None, better: Better = "higher", common: bool = True, macro: int = 1,
) -> Selected:  # fmt: skip
    """Select the best alternative by taking out one after another.

    Parameters
    ----------
    sample : Sample
        Where values come from.
    alternatives : int
        [1] -- k, at least 2.
    indifference : float
        [unit of the response] -- the smallest difference that matters, above 0.
    confidence : float
        [1] -- probability of a correct selection that is promised, in [0.5, 1).
    first : int
        [1] -- observations of the first stage, at least 2; fewer than 10 make the procedure expensive.
    block : int
        [1] -- observations added before the next look. The promise holds for any; a larger one costs a few runs more
        and asks less often.
    most : int or None
        [1] -- replications of each alternative after which it ends, decided or not.
    better : str
        "higher" or "lower".
    common : bool
        Use the same replications for all alternatives; else each has its own.
    macro : int
        [1] -- replications averaged into one observation, for responses far from normal; `first` and `block` count
        observations.

    Returns
    -------
    Selected
        `best` is None if it was capped before all but one were out.

    Raises
    ------
    InputError
        If an argument is out of range, or a replication has no value.

    Notes
    -----
    Kim & Nelson, *A fully sequential procedure for indifference-zone selection in simulation* (2001), c = 1. S_il^2 is
    the variance of the differences between i and l in the first stage. After r observations, i stays if for all l that
    were in: mean_i >= mean_l - W_il, W_il = max(0, indifference / (2 r) (h^2 S_il^2 / indifference^2 - r)). Once r is
    above all h^2 S_il^2 / indifference^2, the best mean is selected. Equal means then (alternatives that do the same)
    are all kept and the first is selected.

    Examples
    --------
    >>> def sample(who, first, end):
    ...     luck = np.random.default_rng(1).normal(size=1000)[first:end]
    ...     return np.array([[1.0], [3.0], [2.0]])[list(who)] + luck
    >>> found = kn(sample, 3, indifference=0.5)
    >>> found.best, found.survivors, found.replications
    (1, (1,), (20, 20, 20))
    """
    check_problem("kn", alternatives, confidence, indifference, first, most, macro)
    if block < 1:
        raise InputError(f"kn, block: got {block}, must be at least 1. 10 is usual where runs are asked for in blocks.")
    tally = Tally(sample, alternatives, better=better, common=common, macro=macro)
    left = np.arange(alternatives)
    end = kn_h2(alternatives, first, confidence, common=common) * pairwise_variances(tally.more(left.tolist(), first))
    end /= indifference**2
    limit = math.inf if most is None else most // macro
    r, ends = first, end  # ends: of those left.
    stages: list[Stage] = []
    while True:
        means = tally.means[left]
        stay, out = screened(means, indifference / (2 * r) * np.maximum(ends - r, 0.0), left, r * macro)
        if out:
            ends = end[np.ix_(stay, stay)]
        decided = bool(r > ends.max())  # Those that stay without any allowance have equal means.
        last = decided or r >= limit
        if last or out or not stages:
            stages.append(Stage(tally.replications, int(left[means.argmax()]), out))
        left = stay
        if last:
            break
        number = int(min(block, limit - r))
        tally.more(left.tolist(), number)
        r += number
    used = tally.replications
    needed = used if decided else _needed(end, left, used, macro)
    how = "common random numbers" if common else "independent alternatives"
    return Selected(
        "kn", int(left[0]) if decided else None, tuple(left.tolist()), used, tally.shown_means, tuple(stages),
        decided, not decided, needed,
        promise(confidence, indifference, f"KN, normal responses, {how}") if decided else undecided(len(left), most),
    )  # fmt: skip


def pairwise_variances(values: Array) -> Array:
    """Return the sample variances of all differences.

    Parameters
    ----------
    values : array of float, shape (k, n)
        [unit of the response] -- same replications in the same column.

    Returns
    -------
    array of float, shape (k, k)
        [unit squared] -- exactly symmetric, 0 on the diagonal and for alternatives that never differ.

    Examples
    --------
    >>> pairwise_variances(np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])).tolist()
    [[0.0, 0.0, 4.0], [0.0, 0.0, 4.0], [4.0, 4.0, 0.0]]
    """
    found = np.stack([(values - row).var(axis=1, ddof=1) for row in values])
    symmetric: Array = np.maximum(found, found.T)
    return symmetric


def screened(
    means: Array, allowed: Array, left: NDArray[np.intp], replications: int
) -> tuple[NDArray[np.intp], tuple[Decision, ...]]:
    """Return who stays, and why the others do not.

    Parameters
    ----------
    means : array of float, shape (m,)
        [unit of the response] -- larger is better.
    allowed : array of float, shape (m, m)
        [unit of the response] -- W_il.
    left : array of int, shape (m,)
        Numbers of the alternatives.
    replications : int
        [1] -- of each so far.
    """
    bars = means[None, :] - allowed  # bars[i, l]: what i has to reach because of l.
    np.fill_diagonal(bars, -np.inf)
    hardest = bars.argmax(axis=1)
    stays = means >= bars[np.arange(len(left)), hardest]
    if stays.all():
        return left, ()
    out = tuple(
        Decision(int(left[i]), int(left[by]), replications, float(means[by] - means[i]), float(allowed[i, by]))
        for i, by in zip(np.flatnonzero(~stays), hardest[~stays], strict=True)
    )
    return left[stays], out


def undecided(left: int, most: int | None) -> str:
    """Say that the cap came first.

    Examples
    --------
    >>> undecided(3, 500)
    'Not decided: 3 alternatives were left after the 500 replications allowed. Nothing is promised of any of them.'
    """
    return (
        f"Not decided: {left} alternatives were left after the {most} replications allowed. "
        "Nothing is promised of any of them."
    )


def _needed(end: Array, left: NDArray[np.intp], used: tuple[int, ...], macro: int) -> tuple[int, ...]:
    """Replications of those left until every pair is certain to be decided."""
    enough = (math.floor(end[np.ix_(left, left)].max()) + 1) * macro
    return tuple(max(enough, n) if one in left else n for one, n in enumerate(used))
