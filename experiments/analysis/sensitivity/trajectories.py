"""The design of Morris' screening: random walks through a grid, one factor a step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.plan.designs.axis import Axis, Coordinate, Point, check_axes, check_number
from sim.errors import UsageError

GRID = 4
"""[1] -- settings of a range; Morris' own choice."""


def trajectories(axes: Sequence[Axis], number: int, seed: int, grid: int = GRID) -> list[Point]:
    """Lay out random trajectories.

    Parameters
    ----------
    axes : sequence of Axis
        The k factors: ranges, or at least two levels in their order.
    number : int
        [1] -- trajectories, at least 2; 20 to 50 are usual. The first ones stay the same when more are taken.
    seed : int
        Not negative.
    grid : int
        [1] -- settings of a range, even, at least 2.

    Returns
    -------
    list of Point
        number x (k + 1): a trajectory after the other. Within one, each factor moves once, in random order, by half of
        its settings up or down (an odd number of settings: by the half rounded down).

    Raises
    ------
    UsageError
        If a number does not fit or a factor has one level only.

    References
    ----------
    Morris (1991), Technometrics 33.

    Examples
    --------
    >>> axes = [Axis("staff", 2), Axis("price", None)]
    >>> trajectories(axes, 2, seed=4)
    [(0, 0.3333333333333333), (0, 1.0), (1, 1.0), (0, 0.3333333333333333), (0, 1.0), (1, 1.0)]
    """
    check_axes(axes)
    if number < 2 or seed < 0:
        raise UsageError(f"morris: got {number} trajectories and seed {seed}; at least 2 and 0 are needed; raise them.")
    if grid < 2 or grid % 2:
        raise UsageError(
            f"morris: got a grid of {grid}; an even number is needed, or ends are rarely met; take {GRID}."
        )
    for axis in axes:
        if axis.levels == 1:
            raise UsageError(f"morris: factor '{axis.name}' has one level; two are needed; take it out.")
    check_number(number * (len(axes) + 1))
    random = np.random.default_rng(seed)
    settings = [axis.levels or grid for axis in axes]
    points: list[Point] = []
    for _ in range(number):
        jumps = [size // 2 for size in settings]
        lower = [int(random.integers(size - jump)) for size, jump in zip(settings, jumps, strict=True)]
        up = random.integers(2, size=len(axes)).astype(bool).tolist()
        place = [low if rises else low + jump for low, jump, rises in zip(lower, jumps, up, strict=True)]
        points.append(_point(axes, place, grid))
        for i in random.permutation(len(axes)).tolist():
            place[i] += jumps[i] if up[i] else -jumps[i]
            points.append(_point(axes, place, grid))
    return points


def _point(axes: Sequence[Axis], place: Sequence[int], grid: int) -> Point:
    return tuple(at / (grid - 1) if axis.levels is None else at for axis, at in zip(axes, place, strict=True))


def steps_of(axes: Sequence[Axis], points: Sequence[Point]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return which factor each step of each trajectory moves, and how far.

    Returns
    -------
    moved : array of int, shape (trajectories, k)
        Index of the factor.
    sizes : array of float, shape (trajectories, k)
        [1] -- share of its whole range, with its sign.

    Raises
    ------
    UsageError
        If the points are no trajectories: within k + 1 points every factor moves exactly once and alone.
    """
    k = len(axes)
    places = np.array([[_place(axis, at) for axis, at in zip(axes, p, strict=True)] for p in points], dtype=np.float64)
    if len(points) == 0 or len(points) % (k + 1):
        raise UsageError(f"morris: got {len(points)} points; a multiple of {k + 1} is needed; take 'trajectories'.")
    steps = np.diff(places.reshape(-1, k + 1, k), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    alone = (np.count_nonzero(steps, axis=2) == 1).all()
    if not alone or (np.sort(moved, axis=1) != np.arange(k)).any():
        raise UsageError("morris: these points are no trajectories, in which each factor moves once and alone.")
    return moved, np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0]


def _place(axis: Axis, coordinate: Coordinate) -> float:
    if coordinate is None:
        raise UsageError(f"morris: factor '{axis.name}' is as today; every point needs a setting; leave today out.")
    return coordinate if axis.levels is None else coordinate / (axis.levels - 1)
