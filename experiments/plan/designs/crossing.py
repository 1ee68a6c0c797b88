"""Putting designs together: what we choose against what we do not, and today beside them all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from experiments.plan.designs.axis import Axis, Point, check_axes, check_number
from sim.errors import UsageError, nearest


def crossed(parts: Sequence[tuple[Sequence[Axis], Sequence[Point]]], axes: Sequence[Axis]) -> list[Point]:
    """Meet every point of each part with every point of the others.

    Parameters
    ----------
    parts : sequence of (axes, points)
        Designs of different factors, which together are all of `axes`.
    axes : sequence of Axis
        The order of the coordinates that is wanted.

    Returns
    -------
    list of Point
        As many as the product of the parts' numbers of points; the last part changes fastest.

    Raises
    ------
    UsageError
        If a factor is in two parts, in none, or unknown, or a point has not one coordinate per factor.

    Examples
    --------
    >>> policy, demand, delay = Axis("policy", 2), Axis("demand", None), Axis("delay", None)
    >>> chosen = ([policy], [(0,), (1,)])
    >>> given = ([demand, delay], [(0.2, 0.7), (0.6, 0.3)])
    >>> crossed([chosen, given], [demand, policy, delay])
    [(0.2, 0, 0.7), (0.6, 0, 0.3), (0.2, 1, 0.7), (0.6, 1, 0.3)]
    """
    check_axes(axes)
    names = [axis.name for part, _ in parts for axis in part]
    _check_parts(names, [axis.name for axis in axes])
    for part, points in parts:
        for number, point in enumerate(points, start=1):
            if len(point) != len(part):
                raise UsageError(
                    f"design: point {number} of {', '.join(axis.name for axis in part)} has {len(point)} places; "
                    f"it has one for each factor, {len(part)}; correct its line."
                )
    check_number(math.prod(len(points) for _, points in parts))
    order = [names.index(axis.name) for axis in axes]
    met = (sum(combination, ()) for combination in product(*(points for _, points in parts)))
    return [tuple(point[place] for place in order) for point in met]


def with_today(points: Sequence[Point]) -> list[Point]:
    """Put the point at which everything is as today first, unless it is among the points.

    Examples
    --------
    >>> with_today([(0, 1), (1, 0)])
    [(None, None), (0, 1), (1, 0)]
    >>> with_today([(0, None), (None, None)])
    [(0, None), (None, None)]
    """
    if not points:
        raise UsageError("design: got no points; today is put before at least one; choose a design.")
    today: Point = (None,) * len(points[0])
    return list(points) if today in points else [today, *points]


def _check_parts(names: Sequence[str], wanted: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"design: factor '{name}' is in two crossed designs; it belongs to one; remove the other.")
        if name not in wanted:
            raise UsageError(
                f"design: a crossed design has factor '{name}'; no factor has this name; {nearest(name, wanted)}"
            )
    for name in wanted:
        if name not in names:
            raise UsageError(
                f"design: factor '{name}' is in none of the crossed designs; each is in one; add it to one of them."
            )
