"""Where a search starts: today, each factor alone, points spread over all, and what looks best by main effects."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.random import Generator

from experiments.analysis.optimisation.repair import repaired
from experiments.analysis.optimisation.space import Array, Levels, Space

RIDGE = 1.0
"""[1] -- pull of unknown effects towards zero, in points that show none: keeps what few points cannot tell small."""


def start_points(space: Space, number: int, rng: Generator) -> dict[Levels, str]:
    """Return different feasible points and how each came about, today first.

    Parameters
    ----------
    space : Space
        What is feasible.
    number : int
        [1] -- how many, at least 1; fewer are returned of a small space. Each factor alone takes at most half of them.
    rng : Generator
        All luck.

    Notes
    -----
    Each factor alone is at its affordable level farthest from today. The others are a Latin hypercube (McKay, Beckman
    & Conover 1979), repaired.

    Examples
    --------
    >>> from numpy.random import default_rng
    >>> from experiments.analysis.optimisation.space import Row
    >>> from experiments.plan.designs import Axis
    >>> budget = Row("budget", ((0.0, 90.0), (0.0, 25.0, 50.0)), at_most=70.0)
    >>> space = Space((Axis("checklist", 2), Axis("training", 3)), (0, 0), (budget,))
    >>> start_points(space, 8, default_rng(1))
    {(0, 0): 'today', (0, 2): 'alone', (0, 1): 'spread'}
    """
    found = {space.today: "today"}
    axes = range(len(space.axes))
    if len(axes) > number // 2:
        axes = sorted(rng.choice(len(axes), size=number // 2, replace=False).tolist())  # type: ignore[assignment]
    for i in axes:
        alone = farthest(space, i)
        if alone is not None:
            found.setdefault(alone, "alone")
    for _ in range(3):  # Repair makes some points the same, so a second and a third design may be needed.
        missing = number - len(found)
        if missing <= 0:
            break
        for point in _hypercube(space, missing, rng):
            found.setdefault(repaired(space, point, rng), "spread")
    return dict(list(found.items())[:number])


def _hypercube(space: Space, points: int, rng: Generator) -> list[Levels]:
    """Return a Latin hypercube; not improved by exchanges like a plan's: that takes seconds, and repair undoes it."""
    columns = [(rng.permutation(points) * number // points).tolist() for number in space.numbers]
    return list(zip(*columns, strict=True))


def farthest(space: Space, axis: int) -> Levels | None:
    """Return today with one factor at the feasible level farthest from today's, the higher of two; None if none is."""
    now = space.today[axis]
    for level in sorted(range(space.numbers[axis]), key=lambda level: (-abs(level - now), -level)):
        point = (*space.today[:axis], level, *space.today[axis + 1 :])
        if level != now and space.is_feasible(point):
            return point
    return None


def slopes(space: Space, points: list[Levels], scores: Array) -> Array:
    """Estimate what each factor does alone, from lowest level to highest.

    Parameters
    ----------
    space : Space
        Knows numbers of levels.
    points : list of tuple of int
        What was tried.
    scores : array of float, shape (points,)
        [unit of the response] -- mean of each; lower is better. Points without a finite one are left out.

    Returns
    -------
    array of float, shape (factors,)
        [unit of the response] -- least squares with a ridge: Hoerl & Kennard, *Ridge regression* (1970).

    Examples
    --------
    >>> from experiments.plan.designs import Axis, full_factorial
    >>> axes = (Axis("a", 3), Axis("b", 2))
    >>> points = [tuple(map(int, point)) for point in full_factorial(axes)] * 1000
    >>> slopes(Space(axes, (0, 0)), points, np.array([4.0 * a + b for a, b in points])).round(2)
    array([8., 1.])
    """
    known = np.isfinite(scores)
    scale = np.maximum(np.asarray(space.numbers, dtype=np.float64) - 1, 1)
    places = np.asarray(points, dtype=np.float64)[known] / scale
    centred, target = places - places.mean(axis=0), scores[known] - scores[known].mean()
    gram = centred.T @ centred + RIDGE * np.eye(len(scale)) * 0.1
    found: Array = np.linalg.solve(gram, centred.T @ target)
    return found


def knapsack(space: Space, effects: Array) -> Levels | None:
    """Return the levels whose effects add up to the lowest sum within the limits: a knapsack problem, rounded.

    Parameters
    ----------
    space : Space
        What is limited; what is possible besides is not looked at.
    effects : array of float, shape (factors,)
        [unit of the response] -- from lowest level to highest of each factor, lower is better.

    Returns
    -------
    tuple of int or None
        Repair it: where the solution mixes two levels of a factor, the one with the larger part is taken, which may
        be beyond a limit. None if there is no solution.

    Notes
    -----
    The linear relaxation of the multiple-choice knapsack problem (Sinha & Zoltners 1979): it mixes levels of no more
    factors than there are limits. The exact solution (scipy.optimize.milp) took up to seconds for effects that are
    guesses anyway, and its solver writes to the terminal.

    Examples
    --------
    >>> from experiments.analysis.optimisation.space import Row
    >>> from experiments.plan.designs import Axis
    >>> budget = Row("budget", ((0.0, 40.0), (0.0, 25.0, 50.0)), at_most=66.0)
    >>> space = Space((Axis("checklist", 2), Axis("training", 3)), (0, 0), (budget,))
    >>> knapsack(space, np.array([-5.0, -5.0])), knapsack(space, np.array([-1.0, -5.0]))
    ((1, 1), (0, 2))
    """
    from scipy.optimize import linprog

    numbers = space.numbers
    ends = np.cumsum((0, *numbers)).tolist()
    weights = np.concatenate(
        [effect * np.arange(n) / max(n - 1, 1) for effect, n in zip(effects.tolist(), numbers, strict=True)]
    )
    one = np.zeros((len(numbers), ends[-1]))
    for i, (start, end) in enumerate(pairwise(ends)):
        one[i, start:end] = 1.0
    limits = [np.concatenate(row.amounts) for row in space.rows]
    found = linprog(
        weights, A_eq=one, b_eq=np.ones(len(numbers)), method="highs-ds",
        A_ub=np.array(limits) if limits else None, b_ub=[row.at_most for row in space.rows] if limits else None,
    )  # fmt: skip
    if found.x is None:
        return None
    return tuple(int(found.x[start:end].argmax()) for start, end in pairwise(ends))
