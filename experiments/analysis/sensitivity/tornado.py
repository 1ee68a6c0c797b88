"""Tornado: how far the response moves when one factor after the other goes to its low and to its high end.

One at a time sees no interactions and says nothing about what happens far from the base. It is the first look, not the
last: see docs/sensitivity.md for which method answers which question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.mean_interval import DEFAULT_METHOD, Interval, paired_interval
from experiments.analysis.sensitivity.replications import Array
from experiments.analysis.skewed import Method
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

NO_CHANGE = Interval(0.0, 0.0, 0.0, 0, "t")
Ends = tuple[ArrayLike | None, ArrayLike | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One factor of a tornado.

    Attributes
    ----------
    factor : str
        Its name.
    low, high : Interval
        [unit of the response] -- change from base to its low and to its high end, paired by replication; zero with
        n = 0 where there is no such end.
    """

    factor: str
    low: Interval
    high: Interval

    @property
    def swing(self) -> float:
        """From the least to the largest of the response at base, low and high end [unit of the response]."""
        changes = (0.0, self.low.mean or 0.0, self.high.mean or 0.0)
        return max(changes) - min(changes)

    @property
    def is_clear(self) -> bool:
        """Whether the change at an end at least is distinguishable from zero."""
        return self.low.is_clear or self.high.is_clear


@dataclass(frozen=True, slots=True)
class Tornado:
    """All factors, the largest swing first.

    Attributes
    ----------
    bars : tuple of Bar
        One per factor.
    confidence : float
        [1] -- of all intervals together, or of each; see `simultaneous`.
    simultaneous : bool
        Whether the confidence is that of all intervals together.
    """

    bars: tuple[Bar, ...]
    confidence: float
    simultaneous: bool

    @property
    def indistinct(self) -> tuple[str, ...]:
        """Factors of which neither end is distinguishable from zero: their place in the order means nothing."""
        return tuple(bar.factor for bar in self.bars if not bar.is_clear)

    def table(self) -> pd.DataFrame:
        """Return a row per factor.

        Returns
        -------
        DataFrame
            factor; at_low, at_low_from, at_low_to and at_high, at_high_from, at_high_to: change of the response and
            its interval [unit of the response]; swing [unit of the response]; clear; n: pairs of replications.
        """
        import pandas as pd

        names = ("factor", "at_low", "at_low_from", "at_low_to", "at_high", "at_high_from", "at_high_to")
        rows = [
            (
                *(bar.factor, bar.low.mean, bar.low.low, bar.low.high, bar.high.mean, bar.high.low, bar.high.high),
                *(bar.swing, bar.is_clear, max(bar.low.n, bar.high.n)),
            )
            for bar in self.bars
        ]
        numbers = dict.fromkeys((*names[1:], "swing"), float)
        return pd.DataFrame(rows, columns=[*names, "swing", "clear", "n"]).astype(numbers)


def tornado(
    base: ArrayLike,
    ends: Mapping[str, Ends],
    confidence: float = CONFIDENCE,
    method: Method | Literal["default"] = "default",
    *,
    simultaneous: bool = True,
) -> Tornado:
    """Say how far the response moves with one factor at a time, under common random numbers.

    Parameters
    ----------
    base : array of float, shape (n,)
        [unit of the response] -- one value per replication with all factors as today; nan where a run failed.
    ends : mapping of str to (array or None, array or None)
        Factor -> values of the same replications with it at its low and at its high end; None without such an end.
    confidence : float
        [1] -- in [0.5, 1).
    method
        As in `experiments.analysis.mean_interval.interval`.
    simultaneous : bool
        Whether all intervals hold together: each of m has 1 - (1 - confidence) / m (Bonferroni). What is picked from
        the top of a sorted list is only safe so.

    Raises
    ------
    UsageError
        If there is no factor, or replications are not those of the base.

    References
    ----------
    Eschenbach (1992), Spiderplots versus tornado diagrams for sensitivity analysis, Interfaces 22; the pairing: Law,
    Simulation Modeling and Analysis, section 10.2.

    Examples
    --------
    >>> base = [10.0, 12.0, 11.0, 9.0]
    >>> ends = {"price": ([9.9, 12.2, 11.0, 8.9], None), "staff": ([14.0, 16.5, 15.0, 13.0], [8.0, 9.0, 9.0, 7.0])}
    >>> found = tornado(base, ends)
    >>> [(bar.factor, bar.swing) for bar in found.bars], found.indistinct
    ([('staff', 6.375), ('price', 0.0)], ('price',))
    """
    before = _row(base, None, "base")
    changes = {(name, side): end for name, pair in ends.items() for side, end in enumerate(pair) if end is not None}
    if not changes:
        raise UsageError("tornado: got no factors; at least one with an end is needed; vary one at a time.")
    each = 1 - (1 - confidence) / len(changes) if simultaneous else confidence
    today = dict(enumerate(before.tolist()))
    # An assumption at its end may change what is skewed, so that it does not cancel out: Willink's (measured).
    chosen = DEFAULT_METHOD if method == "default" else method
    found = {
        (name, side): paired_interval(dict(enumerate(_row(end, len(before), name).tolist())), today, each, chosen)
        for (name, side), end in changes.items()
    }
    bars = [Bar(name, found.get((name, 0), NO_CHANGE), found.get((name, 1), NO_CHANGE)) for name in ends]
    bars.sort(key=lambda bar: -bar.swing)
    return Tornado(tuple(bars), confidence, simultaneous)


def _row(values: ArrayLike, n: int | None, what: str) -> Array:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or (n is not None and len(array) != n):
        raise UsageError(
            f"tornado, {what}: got values of shape {array.shape}; one per replication of the base is needed"
            f"{'' if n is None else f', {n}'}; give nan for a run that failed."
        )
    return array
