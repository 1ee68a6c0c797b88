"""A complete grid of settings, as sliders need it: what each node changes from today, in the order of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.measures.interval import CONFIDENCE

Array = NDArray[np.float64]


def nodes(columns: Sequence[Sequence[float | str]]) -> tuple[list[tuple[float | str, ...]], list[int]] | None:
    """Return the axes of a complete grid and, in the order of its nodes, the number of the point at each.

    Parameters
    ----------
    columns : sequence of sequence
        One per factor: its value at each point.

    Returns
    -------
    (axes, points) or None
        Values of each factor, ascending; nodes run with the last factor fastest. None if a combination is missing or
        stands twice.

    Examples
    --------
    >>> nodes([[0, 1, 0, 1], [5, 5, 7, 7]])
    ([(0, 1), (5, 7)], [0, 2, 1, 3])
    >>> nodes([[0, 1], [0, 1]]) is None
    True
    """
    axes = [tuple(sorted(set(column), key=lambda v: (isinstance(v, str), v))) for column in columns]
    points = {values: place for place, values in enumerate(zip(*columns, strict=True))}
    wanted = list(product(*axes))
    if len(points) != len(columns[0]) or len(wanted) != len(points) or any(node not in points for node in wanted):
        return None
    return axes, [points[node] for node in wanted]


@dataclass(frozen=True)
class Changes:
    """A metric over all nodes of a grid.

    Attributes
    ----------
    mean : array, shape (nodes,)
        [unit of the metric] -- paired difference from the baseline; nan where nothing can be compared.
    half_width : array, shape (nodes,)
        [unit of the metric] -- of Student's t interval, each by itself; nan with fewer than two pairs.
    pairs : array of int, shape (nodes,)
        [1] -- replications in which both have a value.
    """

    mean: Array
    half_width: Array
    pairs: NDArray[np.int64]


def changes(values: Array, baseline: Array, confidence: float = CONFIDENCE) -> Changes:
    """Return what each node changes from a baseline, replication by replication.

    Parameters
    ----------
    values : array, shape (nodes, replications)
        [unit of the metric] -- nan where a run failed or the metric does not apply.
    baseline : array, shape (replications,)
        [unit of the metric] -- the same replications of the baseline.

    Examples
    --------
    >>> found = changes(np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 7.0]]), np.array([1.0, 2.0, 3.0]))
    >>> found.mean.round(3).tolist(), found.half_width.round(3).tolist()
    ([0.0, 2.333], [0.0, 3.795])
    """
    from scipy import stats

    differences = values - baseline
    pairs = np.isfinite(differences).sum(axis=1)
    known = np.where(np.isfinite(differences), differences, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(pairs > 0, known.sum(axis=1) / pairs, np.nan)
        apart = np.where(np.isfinite(differences), differences - mean[:, None], 0.0)
        deviation = np.sqrt((apart**2).sum(axis=1) / (pairs - 1))
        quantile = stats.t.ppf((1 + confidence) / 2, np.maximum(pairs - 1, 1))
        half_width = np.where(pairs > 1, quantile * deviation / np.sqrt(pairs), np.nan)
    return Changes(mean, half_width, pairs.astype(np.int64))
