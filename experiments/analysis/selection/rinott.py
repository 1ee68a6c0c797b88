"""Two-stage procedures for independent alternatives: Rinott's, the yardstick, and NSGS, which screens first."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.selection.critical_values import rinott_h
from experiments.analysis.selection.kn import FIRST, screened
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
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]


def second_stage(variances: Array, h: float, indifference: float, first: int) -> NDArray[np.int64]:
    """Return how many observations each alternative gets in all.

    Parameters
    ----------
    variances : array of float
        [unit squared] -- of the first stage.
    h : float
        [1] -- the procedure's constant.
    indifference : float
        [unit of the response].
    first : int
        [1] -- observations of the first stage.

    Returns
    -------
    array of int
        [1] -- max(first, ceil(h^2 S^2 / indifference^2)).

    Examples
    --------
    >>> second_stage(np.array([14.52, 0.1]), 2.747, 1.0, 20).tolist()
    [110, 20]
    """
    return np.maximum(first, np.ceil(h**2 * variances / indifference**2)).astype(np.int64)


def rinott(
    sample: Sample, alternatives: int, *, indifference: float, confidence: float = CONFIDENCE, first: int = FIRST,
    most: int | None = None, better: Better = "higher", macro: int = 1,
) -> Selected:  # fmt: skip
    """Select the best of independent alternatives in two stages.

    Parameters
    ----------
    sample, alternatives, indifference, confidence, first, better, macro
        As in `kn`. No two alternatives get the same replication.
    most : int or None
        [1] -- replications of each alternative allowed. If one needs more, the second stage is not begun.

    Returns
    -------
    Selected
        `needed` says what the first stage asked for.

    Raises
    ------
    InputError
        If an argument is out of range, or a replication has no value.

    Notes
    -----
    Rinott, *On two-stage selection procedures and related probability-inequalities* (1978): alternative i gets
    max(first, ceil((h S_i / indifference)^2)) observations, the best mean is selected. If some alternatives are within
    the indifference of the best, one of these (or the best) is selected with the same probability.

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=(3, 5000))
    >>> found = rinott(lambda who, first, end: luck[list(who), first:end] + np.array(who)[:, None], 3, indifference=0.5)
    >>> found.best, found.replications
    (2, (20, 38, 25))
    """
    check_problem("rinott", alternatives, confidence, indifference, first, most, macro)
    tally = Tally(sample, alternatives, better=better, common=False, macro=macro)
    tally.more(range(alternatives), first)
    h = rinott_h(alternatives, confidence, first)
    words = promise(confidence, indifference, "Rinott, normal responses, independent alternatives")
    return _finished("rinott", tally, range(alternatives), h, indifference, first, most, macro, (), words)


def nsgs(
    sample: Sample, alternatives: int, *, indifference: float, confidence: float = CONFIDENCE, first: int = FIRST,
    most: int | None = None, better: Better = "higher", macro: int = 1,
) -> Selected:  # fmt: skip
    """Screen independent alternatives after the first stage, then select among the survivors as Rinott does.

    Parameters
    ----------
    sample, alternatives, indifference, confidence, first, most, better, macro
        As in `rinott`.

    Raises
    ------
    InputError
        If an argument is out of range, or a replication has no value.

    Notes
    -----
    Nelson, Swann, Goldsman & Song, *Simple procedures for selecting the best simulated system when the number of
    alternatives is large* (2001): half of the error probability alpha for screening, half for the selection. i stays
    if mean_i >= mean_l - max(0, W_il - indifference) for all l, W_il = t sqrt((S_i^2 + S_l^2) / first), t the quantile
    (1 - alpha / 2)^(1 / (k - 1)) of Student's t with first - 1 degrees of freedom; Rinott's h is that of all k.

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=(3, 5000))
    >>> found = nsgs(lambda who, first, end: luck[list(who), first:end] + np.array(who)[:, None], 3, indifference=0.5)
    >>> found.best, found.replications
    (2, (20, 20, 20))
    """
    from scipy.special import stdtrit

    check_problem("nsgs", alternatives, confidence, indifference, first, most, macro)
    tally = Tally(sample, alternatives, better=better, common=False, macro=macro)
    tally.more(range(alternatives), first)
    alpha = (1 - confidence) / 2
    t = float(stdtrit(first - 1, (1 - alpha) ** (1 / (alternatives - 1))))
    variances = tally.variances
    allowed = np.maximum(t * np.sqrt((variances[:, None] + variances[None, :]) / first) - indifference, 0.0)
    stay, out = screened(tally.means, allowed, np.arange(alternatives), first * macro)
    h = rinott_h(alternatives, 1 - alpha, first)
    words = promise(confidence, indifference, "NSGS, normal responses, independent alternatives")
    return _finished("nsgs", tally, stay.tolist(), h, indifference, first, most, macro, out, words)


def _finished(
    procedure: str, tally: Tally, stay: Sequence[int], h: float, indifference: float, first: int, most: int | None,
    macro: int, out: tuple[Decision, ...], words: str,
) -> Selected:  # fmt: skip
    """Draw the second stage of those that stay, if it is allowed, and select the best mean."""
    wanted = second_stage(tally.variances, h, indifference, first)
    stages = [Stage(tally.replications, int(tally.means.argmax()), out)]
    needed = tuple(int(wanted[i]) * macro if i in stay else first * macro for i in range(len(wanted)))
    capped = len(stay) > 1 and most is not None and max(needed) > most
    if len(stay) > 1 and not capped:
        for i in stay:
            if wanted[i] > first:
                tally.more([i], int(wanted[i]) - first)
    means = tally.means[list(stay)]
    survivors = tuple(stay) if capped else tuple(np.asarray(stay)[means == means.max()].tolist())
    stages.append(Stage(tally.replications, int(stay[int(means.argmax())])))
    if capped:
        words = (
            f"Not decided: one alternative needs {math.floor(max(needed)):,} replications and {most:,} are allowed, "
            "so the second stage was not begun. Nothing is promised of any of them."
        )
    return Selected(
        procedure, None if capped else survivors[0], survivors, tally.replications, tally.shown_means, tuple(stages),
        not capped, capped, needed if capped else tally.replications, words,
    )  # fmt: skip
