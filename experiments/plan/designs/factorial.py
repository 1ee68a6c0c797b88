"""Designs by enumeration: every combination of levels, and one factor at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from experiments.plan.designs.axis import Axis, Point, check_axes, check_number
from sim.errors import UsageError


def full_factorial(axes: Sequence[Axis]) -> list[Point]:
    """Lay out every combination of levels exactly once; the last factor changes fastest.

    Parameters
    ----------
    axes : sequence of Axis
        Each with levels.

    Returns
    -------
    list of Point
        As many as the product of the numbers of levels.

    Raises
    ------
    UsageError
        If a factor is a range, or there are too many combinations.

    Examples
    --------
    >>> full_factorial([Axis("staff", 2), Axis("policy", 3)])
    [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    """
    check_axes(axes)
    counts: list[int] = []
    for axis in axes:
        if axis.levels is None:
            raise UsageError(
                f"design: factor '{axis.name}' is a range; a full factorial needs levels; "
                "list its levels, or take a Latin hypercube."
            )
        counts.append(axis.levels)
    check_number(math.prod(counts))
    return list(product(*(range(count) for count in counts)))


def one_at_a_time(axes: Sequence[Axis]) -> list[Point]:
    """Lay out today, then each setting of each factor with all others as they are today.

    The settings of a factor with levels are its levels; those of a range are its two ends. A level that is
    today's value gives a point that runs like the first one: only who knows the values can leave it out.

    Returns
    -------
    list of Point
        1 + the sum of the numbers of settings: today first, then factor by factor, each from its first setting.

    Examples
    --------
    >>> one_at_a_time([Axis("staff", 3), Axis("price", None)])
    [(None, None), (0, None), (1, None), (2, None), (None, 0.0), (None, 1.0)]
    """
    check_axes(axes)
    check_number(1 + sum(axis.levels or 2 for axis in axes))
    today: Point = (None,) * len(axes)
    points = [today]
    for i, axis in enumerate(axes):
        settings = axis.ends if axis.levels is None else range(axis.levels)
        points.extend((*today[:i], setting, *today[i + 1 :]) for setting in settings)
    return points
