"""Points that nothing dominates when cost and several responses count, told apart by more than luck."""

from __future__ import annotations

import math

import numpy as np

from experiments.analysis.optimisation.space import Array

ERROR = 0.05
"""[1] -- of the half-width by which a race tells two points apart; it is a rule of thumb there, not a promise."""


def by_front(values: Array, costs: Array) -> list[int]:
    """Order points: those that none dominates first, and of one front those in empty places first.

    Parameters
    ----------
    values : array of float, shape (points, responses, replications)
        [unit of the response] -- lower is better; same replications. A point with a value missing comes last.
    costs : array of float, shape (points,)
        [money].

    Notes
    -----
    Non-dominated sorting and crowding distance: Deb, Pratap, Agarwal & Meyarivan, *A fast and elitist multiobjective
    genetic algorithm: NSGA-II* (2002); dominance with an allowance: Laumanns, Thiele, Deb & Zitzler, *Combining
    convergence and diversity in evolutionary multiobjective optimization* (2002).

    Examples
    --------
    >>> values = np.array([[[5.0, 5.0]], [[1.0, 1.0]], [[3.0, 3.0]], [[6.0, 6.0]]])
    >>> by_front(values, np.array([0.0, 9.0, 4.0, 5.0]))
    [0, 1, 2, 3]
    """
    means = np.column_stack([values.mean(axis=2), costs])
    finite = np.isfinite(means).all(axis=1)
    order: list[int] = []
    left = np.flatnonzero(finite)
    if len(left):
        beats = dominance(values[left], costs[left], half_widths(values[left], ERROR))
        rank = front_numbers(beats)
        for number in range(int(rank.max()) + 1):
            members = np.flatnonzero(rank == number)
            apart = crowding(means[left[members]])
            order += left[members[np.argsort(-apart, kind="stable")]].tolist()
    return order + np.flatnonzero(~finite).tolist()


def half_widths(values: Array, error: float) -> Array:
    """Return the half-widths of Student's intervals of all paired differences, shape (points, points, responses).

    Parameters
    ----------
    values : array of float, shape (points, responses, replications)
        Same replications.
    error : float
        [1] -- both sides together.

    Examples
    --------
    >>> half_widths(np.array([[[1.0, 2.0, 3.0]], [[1.0, 2.0, 4.0]]]), 0.05)[0, 1].round(2)
    array([1.43])
    """
    from scipy.special import stdtrit

    n = values.shape[2]
    centred = values - values.mean(axis=2, keepdims=True)
    gram = np.einsum("ajr,bjr->abj", centred, centred)
    own = np.einsum("aaj->aj", gram)
    squares = np.maximum(own[:, None] + own[None, :] - 2 * gram, 0.0)
    # Differences of equal rows are no more than rounding.
    squares[squares <= 1e-12 * (own[:, None] + own[None, :])] = 0.0
    found: Array = float(stdtrit(n - 1, 1 - error / 2)) * np.sqrt(squares / (n - 1) / n)
    return found


def dominance(values: Array, costs: Array, allowed: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Say which point dominates which: `found[a, b]` means that b may go because of a.

    Parameters
    ----------
    values : array of float, shape (points, responses, replications)
        Lower is better.
    costs : array of float, shape (points,)
        [money].
    allowed : array of float, shape (points, points, responses)
        Differences up to this may be luck.

    Notes
    -----
    a costs no more, no mean is worse, and one is better by more than the allowance; or nothing differs but the cost.
    This is part of the order of the means themselves, so it has no circles.
    """
    means = values.mean(axis=2)
    better = means[None, :] - means[:, None]  # [a, b]: how much lower a is.
    cheaper = costs[:, None] <= costs[None, :]
    alike = (np.abs(better) <= 1e-12 * (1 + np.abs(means[None, :]))).all(axis=2) & (allowed == 0).all(axis=2)
    clear = (better >= 0).all(axis=2) & (better > allowed).any(axis=2)
    found: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = cheaper & (
        (clear & ~alike) | (alike & (costs[:, None] < costs[None, :]))
    )
    return found


def front_numbers(beats: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the front of each point: 0 if none dominates it, 1 if only those of front 0 do, and so on.

    Examples
    --------
    >>> front_numbers(np.array([[False, True, True], [False, False, True], [False, False, False]])).tolist()
    [0, 1, 2]
    """
    rank = np.full(len(beats), -1, dtype=np.intp)
    number = 0
    while (rank < 0).any():
        left = rank < 0
        free = left & ~beats[left].any(axis=0)
        rank[free] = number
        number += 1
    return rank


def crowding(points: Array) -> Array:
    """Return how empty it is around each point of a front [1]: the sum over coordinates of the gap it fills.

    Parameters
    ----------
    points : array of float, shape (points, coordinates)
        Each coordinate counts by its range.

    Examples
    --------
    >>> crowding(np.array([[0.0, 4.0], [1.0, 1.0], [4.0, 0.0]])).tolist()
    [inf, 2.0, inf]
    """
    found = np.zeros(len(points))
    for column in points.T:
        order = np.argsort(column, kind="stable")
        span = float(column[order[-1]] - column[order[0]])
        if span == 0:
            continue
        found[order[[0, -1]]] = math.inf
        found[order[1:-1]] += (column[order[2:]] - column[order[:-2]]) / span
    return found
