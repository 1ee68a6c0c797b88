"""Several ways of working against today, on common random numbers: what may be said of all of them together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.analysis.mean_interval import Interval, check_confidence, paired_interval
from experiments.analysis.selection.selected import Better
from experiments.analysis.skewed import Method
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]
Standing = Literal["better", "worse", "indistinguishable"]
_ROUNDING = 1e-9
"""[1] -- an interval that is shorter than this share of its mean comes from rounding, not from luck."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One alternative against the baseline.

    Attributes
    ----------
    alternative : int
        Its row.
    interval : Interval
        [unit of the response] -- mean of alternative minus baseline and its simultaneous interval; n counts the
        replications in which both have a value.
    standing : str
        "better" or "worse" if the interval leaves out zero, else "indistinguishable". Differences that are all equal
        count only if there are enough of them: see `Comparison`.
    """

    alternative: int
    interval: Interval
    standing: Standing


@dataclass(frozen=True, slots=True)
class Comparison:
    """All alternatives against the baseline: what is said of all of them holds together with the confidence.

    Attributes
    ----------
    baseline : int
        Row of today's way of working.
    differences : tuple of Difference
        One for each other row, in order.
    confidence : float
        [1] -- how often all intervals together contain the truth.
    confidence_of_each : float
        [1] -- of a single interval.
    better : str
        "lower" or "higher": which values are better.

    Notes
    -----
    n differences that are all equal have an interval of length zero, from which no deviation can be read. They are
    called better or worse only if equal signs alone would show it: 2^(1 - n) is at most the error of one interval.
    """

    baseline: int
    differences: tuple[Difference, ...]
    confidence: float
    confidence_of_each: float
    better: Better

    @property
    def certainly_better(self) -> tuple[int, ...]:
        """Alternatives better than the baseline."""
        return self._with("better")

    @property
    def certainly_worse(self) -> tuple[int, ...]:
        """Alternatives worse than the baseline."""
        return self._with("worse")

    @property
    def indistinguishable(self) -> tuple[int, ...]:
        """Alternatives that cannot be told apart from the baseline: not the same as being equal to it."""
        return self._with("indistinguishable")

    def _with(self, standing: Standing) -> tuple[int, ...]:
        return tuple(one.alternative for one in self.differences if one.standing == standing)


def compare(
    values: ArrayLike, *, baseline: int = 0, better: Better = "lower", confidence: float = CONFIDENCE,
    responses: int = 1, method: Method | Literal["default"] = "default",
) -> Comparison:  # fmt: skip
    """Compare every alternative with the baseline, with intervals that hold together.

    Parameters
    ----------
    values : array of float, shape (k, n)
        [unit of the response] -- one row per alternative, one column per replication with common random numbers; nan
        where a replication failed or the metric does not apply: it is left out of the pairs it would be in.
    baseline : int
        Row of today's way of working.
    better : str
        "lower" or "higher": which values are better.
    confidence : float
        [1] -- how often all intervals together contain the truth, in [0.5, 1).
    responses : int
        [1] -- responses compared in the same way that share the confidence, at least 1.
    method : str
        "t", "willink" or "default", as in `mean_interval.interval`.

    Raises
    ------
    InputError
        If an argument is out of range.

    Notes
    -----
    Bonferroni: each of the k - 1 intervals of every response errs with (1 - confidence) / ((k - 1) responses), so all
    together at most with 1 - confidence, however they depend on one another.

    Examples
    --------
    >>> today = [10.0, 12.0, 11.0, 15.0, 9.0, 13.0, 12.0, 10.0]
    >>> found = compare([today, [x - 2 + x / 10 for x in today], [11.0, 10.0] * 4])
    >>> found.certainly_better, found.indistinguishable
    ((1,), (2,))
    """
    table = checked_table(values, better, confidence)
    k = len(table)
    if not 0 <= baseline < k:
        raise InputError(f"comparison, baseline: got {baseline}, must be a row from 0 to {k - 1}. Count from 0.")
    if responses < 1:
        raise InputError(f"comparison, responses: got {responses}, must be at least 1. Count what is compared.")
    each = 1 - (1 - confidence) / ((k - 1) * responses)
    pairs = [dict(enumerate(row.tolist())) for row in table]
    differences = []
    for one in range(k):
        if one != baseline:
            found = paired_interval(pairs[one], pairs[baseline], each, method)
            differences.append(Difference(one, found, standing_of(found, better, 1 - each)))
    return Comparison(baseline, tuple(differences), confidence, each, better)


def standing_of(found: Interval, better: Better, error: float) -> Standing:
    """Say what an interval of a difference shows.

    Parameters
    ----------
    found : Interval
        [unit of the response] -- of alternative minus baseline.
    better : str
        "lower" or "higher".
    error : float
        [1] -- 1 - confidence of the interval.

    Examples
    --------
    >>> standing_of(Interval(-2.0, -3.0, -1.0, 30, "t"), "lower", 0.05)
    'better'
    >>> standing_of(Interval(-2.0, -2.0, -2.0, 3, "t"), "lower", 0.05), 2.0 ** (1 - 3)
    ('indistinguishable', 0.25)
    """
    if found.mean is None or not found.is_clear or says_too_little(found, error):
        return "indistinguishable"
    return "better" if (found.mean < 0) == (better == "lower") else "worse"


def says_too_little(found: Interval, error: float) -> bool:
    """Whether differences are all equal, but too few for their common sign to show anything.

    Parameters
    ----------
    found : Interval
        [unit of the response] -- of a difference.
    error : float
        [1] -- allowed, both sides together.

    Examples
    --------
    >>> [says_too_little(Interval(-2.0, -2.0, -2.0, n, "t"), 0.05) for n in (5, 6)]
    [True, False]
    """
    if found.mean in {None, 0.0} or found.half_width is None:
        return False
    return found.half_width <= _ROUNDING * abs(found.mean or 0.0) and math.ldexp(1.0, 1 - found.n) > error


def checked_table(values: ArrayLike, better: str, confidence: float) -> Array:
    """Return the values as an array with at least two rows.

    Raises
    ------
    InputError
        If there are fewer, or the confidence or the direction is none.

    Examples
    --------
    >>> checked_table([[1, 2], [3, 4]], "lower", 0.95).shape
    (2, 2)
    """
    check_confidence(confidence)
    if better not in {"lower", "higher"}:
        raise InputError(f"comparison: got '{better}', must be 'lower' or 'higher'. Say which values are better.")
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or len(table) < 2:
        raise InputError(
            f"comparison: got values of shape {table.shape}, must be at least 2 alternatives x replications. "
            "Name at least two ways of working."
        )
    return table


def complete(table: Array, rows: Sequence[int] | None = None) -> Array:
    """Return the replications in which all of some alternatives have a finite value.

    Examples
    --------
    >>> complete(np.array([[1.0, np.nan, 3.0], [4.0, 5.0, 6.0]])).tolist()
    [[1.0, 3.0], [4.0, 6.0]]
    """
    chosen = table if rows is None else table[list(rows)]
    kept: Array = chosen[:, np.isfinite(chosen).all(axis=0)]
    return kept
