"""Two factors at a time: the mean in every cell, and whether one factor's effect depends on the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.analysis.comparison import says_too_little
from experiments.analysis.mean_interval import DEFAULT_METHOD, PAIRED_METHOD, Interval, interval
from experiments.analysis.sensitivity.effects import effects
from experiments.plan.designs import Axis, full_factorial
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TwoWay:
    """A response over two factors.

    Attributes
    ----------
    cells : tuple of tuple of Interval
        [unit of the response] -- [level of a][level of b]; each interval by itself.
    at_low, at_high : Interval
        [unit of the response] -- what a changes from its first to its last level while b is at its first, and while b
        is at its last.
    interaction : Interval
        [unit of the response] -- the second less the first: 0 if the two add up.
    is_clear : bool
        Whether the interaction can be told from zero.
    """

    cells: tuple[tuple[Interval, ...], ...]
    at_low: Interval
    at_high: Interval
    interaction: Interval
    is_clear: bool


def two_way(values: ArrayLike, confidence: float = CONFIDENCE, *, paired: bool = False) -> TwoWay:
    """Describe a response over two factors, and say whether they add up.

    Parameters
    ----------
    values : array of float, shape (levels of a, levels of b, n)
        [unit of the response] -- a column per replication, which all cells share; nan where a run failed.
    confidence : float
        [1] -- of each interval.
    paired : bool
        Whether the values are differences of pairs already: then cells have Student's interval, as all differences.

    Raises
    ------
    UsageError
        If a factor has fewer than two levels, or there are fewer than two complete replications at the four corners.

    Notes
    -----
    The interaction is that of the four corners, of which `effects` gives half: one contrast chosen beforehand, so that
    its interval needs no allowance for looking at many. An interaction that shows only between the ends is not seen.

    Examples
    --------
    >>> luck = np.array([0.0, 1.0, 5.0, 2.0])
    >>> found = two_way([[10 + luck, 12 + luck], [13 + luck, 19 + 1.5 * luck]])
    >>> round(found.at_low.mean, 6), round(found.at_high.mean, 6), round(found.interaction.mean, 6), found.is_clear
    (3.0, 8.0, 5.0, True)
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 3 or min(table.shape[:2]) < 2:
        raise UsageError(f"two factors: got values of shape {table.shape}; each factor needs at least 2 levels.")
    corners = table[[0, 0, -1, -1], [0, -1, 0, -1]]
    complete = corners[:, ~np.isnan(corners).any(axis=0)]
    if complete.shape[1] < 2:
        raise UsageError(
            f"two factors: {complete.shape[1]} replications have a value at all four corners; at least 2 are needed; "
            "run more."
        )
    axes = [Axis("a", 2), Axis("b", 2)]
    found = {
        one.effect: one.size for one in effects(axes, full_factorial(axes), complete, confidence, PAIRED_METHOD).effects
    }
    half = found["a", "b"]
    mean, low, high = (None if value is None else 2 * value for value in (half.mean, half.low, half.high))
    whole = Interval(mean, low, high, half.n, half.method)
    method = PAIRED_METHOD if paired else DEFAULT_METHOD
    cells = tuple(tuple(interval(cell, confidence, method) for cell in row) for row in table)
    return TwoWay(
        cells,
        interval(complete[2] - complete[0], confidence, PAIRED_METHOD),
        interval(complete[3] - complete[1], confidence, PAIRED_METHOD),
        whole,
        whole.is_clear and not says_too_little(whole, 1 - confidence),
    )
