"""Cost against an outcome: which ways of working nothing betters in both, by the means and beyond luck.

Unlike `optimisation.front` this takes what was run as it is: the same replications tell who is on the front and how
sure that is, and costs may be a matter of luck, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.analysis.comparison import checked_table, compare
from experiments.analysis.mean_interval import Interval, interval, paired_interval
from experiments.analysis.optimisation.front import dominated
from experiments.analysis.selection.selected import Better
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]
Place = Literal["front", "open", "dominated"]
FEW = 30
"""Ways of working up to which all intervals hold together; with more they would say nothing any more."""
ROUNDING = 1e-9
"""[1] -- of its mean; less is not luck but rounding."""


@dataclass(frozen=True, slots=True)
class Option:
    """A way of working between cost and outcome.

    Attributes
    ----------
    cost, outcome : Interval
        [units of the two] -- against the baseline, paired by replication, or by itself without one. Of the baseline
        itself 0 without ends.
    place : str
        "front": by the means no other way costs no more and is no worse, and better in one of the two. "dominated":
        another is so beyond luck, all such decisions together. "open": behind the front, perhaps by luck.
    by : int or None
        Row of the way that dominates it.
    """

    cost: Interval
    outcome: Interval
    place: Place
    by: int | None


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Ways of working between cost and outcome.

    Attributes
    ----------
    options : tuple of Option
        In the order of the rows.
    together : bool
        Whether all intervals of both axes hold together with the confidence, or each by itself.
    n : int
        [1] -- replications in which all ways have both values; who is on the front is decided on these.
    """

    options: tuple[Option, ...]
    together: bool
    n: int


def trade_off(
    cost: ArrayLike,
    outcome: ArrayLike,
    *,
    better: tuple[Better, Better] = ("lower", "lower"),
    baseline: int | None = 0,
    confidence: float = CONFIDENCE,
) -> TradeOff:
    """Say which ways of working nothing betters in cost and outcome.

    Parameters
    ----------
    cost, outcome : array of float, shape (ways, n)
        [their units] -- a row per way of working, the same replications; nan where a run failed.
    better : tuple of str
        "lower" or "higher": which costs and which outcomes are better.
    baseline : int, optional
        Row of today's way of working, which the intervals compare with.
    confidence : float
        [1] -- of the intervals, and of all decisions who is dominated together.

    Raises
    ------
    UsageError
        If there are no two replications in which all ways have both values.
    InputError
        If there are fewer than two ways, or the confidence is not allowed.

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=50)
    >>> cost = np.array([[0.0], [10.0], [20.0]]) + 0 * luck
    >>> found = trade_off(cost, [9 + luck, 5 + luck, 7 + luck * 1.01])
    >>> [(one.place, one.by) for one in found.options]
    [('front', None), ('front', None), ('dominated', 1)]
    """
    tables = [
        _without_rounding(checked_table(values, good, confidence))
        for values, good in zip((cost, outcome), better, strict=True)
    ]
    values = np.stack(tables, axis=1)
    complete = values[:, :, np.isfinite(values).all(axis=(0, 1))]
    n = complete.shape[2]
    if n < 2:
        raise UsageError(
            f"trade-off: {n} replications have a value of every way of working; at least 2 are needed; run more, or "
            "leave out the way whose runs failed."
        )
    signed = complete * np.array([-1.0 if good == "higher" else 1.0 for good in better])[:, None]
    leaves = dominated(signed, np.zeros(len(signed)), 1 - confidence)
    front = on_front(signed.mean(axis=2))
    together = len(values) <= FEW
    intervals = [_intervals(table, baseline, confidence, together) for table in tables]
    options = []
    for row, (by, first) in enumerate(zip(leaves, front.tolist(), strict=True)):
        place: Place = "front" if first else "open" if by is None else "dominated"
        options.append(Option(intervals[0][row], intervals[1][row], place, None if first else by))
    return TradeOff(tuple(options), together, n)


def on_front(means: Array) -> NDArray[np.bool_]:
    """Say which points no other betters: no larger in both coordinates and smaller in one.

    Parameters
    ----------
    means : array of float, shape (points, 2)
        Smaller is better.

    Examples
    --------
    >>> on_front(np.array([[0.0, 5.0], [1.0, 5.0], [2.0, 3.0], [2.0, 3.0], [3.0, 4.0]])).tolist()
    [True, False, True, True, False]
    """
    order = np.lexsort((means[:, 1], means[:, 0]))
    found = np.zeros(len(means), dtype=np.bool_)
    least, last = np.inf, None
    for i in order.tolist():
        here = (means[i, 0], means[i, 1])
        found[i] = here[1] < least or here == last
        if here[1] < least:
            least, last = here[1], here
    return found


def _intervals(table: Array, baseline: int | None, confidence: float, together: bool) -> list[Interval]:
    if baseline is None:
        each = 1 - (1 - confidence) / (2 * len(table)) if together else confidence
        return [interval(row, each) for row in table]
    if together:
        found = {
            d.alternative: d.interval
            for d in compare(table, baseline=baseline, confidence=confidence, responses=2).differences
        }
    else:
        rows = [dict(enumerate(row.tolist())) for row in table]
        found = {i: paired_interval(row, rows[baseline], confidence) for i, row in enumerate(rows)}
    own = Interval(0.0, None, None, int(np.isfinite(table[baseline]).sum()), "t")
    return [own if i == baseline else found[i] for i in range(len(table))]


def _without_rounding(table: Array) -> Array:
    """Return values in which a row that differs by rounding only is constant, and alike in alike rows."""
    known = np.where(np.isfinite(table), table, 0.0)
    size = np.abs(known).max(axis=1)
    spread = np.nanmax(table, axis=1, initial=-np.inf) - np.nanmin(table, axis=1, initial=np.inf)
    flat = (spread <= ROUNDING * size) & (size > 0)
    constant = np.array([float(f"{value:.9g}") for value in np.nan_to_num(np.nanmin(table, axis=1, initial=np.inf))])
    return np.where(flat[:, None] & np.isfinite(table), constant[:, None], table)
