"""What a design cannot tell apart, computed from its points: confounded effects, repetitions, correlated factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from experiments.plan.designs.axis import Axis, Point, check_axes
from sim.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_CORRELATION = 1e-9
"""Rounding of sums of signs stays far below; the least share that a design of a million points has is above."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Two effects that a design mixes.

    Attributes
    ----------
    effect, confounded_with : tuple of str
        One name: a main effect; two: their interaction.
    share : float
        [1, -1 to 1] -- how much of the second effect is added to the estimate of the first. ±1: the two cannot
        be told apart at all.
    """

    effect: tuple[str, ...]
    confounded_with: tuple[str, ...]
    share: float


def aliases(axes: Sequence[Axis], points: Sequence[Point]) -> list[Alias]:
    """Say which main effects and two-factor interactions a two-level design confounds with which.

    Parameters
    ----------
    axes : sequence of Axis
        The factors.
    points : sequence of Point
        With two settings per factor (without today).

    Returns
    -------
    list of Alias
        Each pair once: main effects first, in the order of the axes, then interactions.

    Raises
    ------
    UsageError
        If a factor has not exactly two settings in these points.

    Notes
    -----
    With settings coded -1 and +1, an effect's column is its factor's, an interaction's the product of two; the
    share is the product of two columns, averaged over the points.

    Examples
    --------
    >>> from experiments.plan.designs.screening import fractional_factorial
    >>> axes = [Axis("a", 2), Axis("b", 2), Axis("c", 2)]
    >>> for alias in aliases(axes, fractional_factorial(axes, resolution=3)):
    ...     print(*alias.effect, "=", "x".join(alias.confounded_with), alias.share)
    a = bxc 1.0
    b = axc 1.0
    c = axb 1.0
    """
    import numpy as np

    check_axes(axes)
    signs = np.array([_signs(axis, [point[i] for point in points]) for i, axis in enumerate(axes)]).T
    names = [axis.name for axis in axes]
    pairs = list(combinations(range(len(axes)), 2))
    effects: list[tuple[str, ...]] = [*((name,) for name in names), *((names[i], names[j]) for i, j in pairs)]
    columns = np.hstack([signs, *(signs[:, [i]] * signs[:, [j]] for i, j in pairs)])
    shares: NDArray[np.float64] = columns.T @ columns / len(points)
    mixed = np.argwhere(np.triu(np.abs(shares) > NO_CORRELATION, k=1)).tolist()
    return [Alias(effects[i], effects[j], float(shares[i, j])) for i, j in mixed]


def _signs(axis: Axis, coordinates: Sequence[int | float | None]) -> list[float]:
    settings = sorted({coordinate for coordinate in coordinates if coordinate is not None})
    if len(settings) != 2 or None in coordinates:
        found = f"{len(settings)} settings{' and today' if None in coordinates else ''}"
        raise UsageError(
            f"design: factor '{axis.name}' has {found}; aliases are those of two settings; "
            "ask for them without today, or look at the largest correlation."
        )
    return [1.0 if coordinate == settings[1] else -1.0 for coordinate in coordinates]


def duplicates(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Find points that repeat an earlier one, as rounding to levels or a repair may make them.

    Returns
    -------
    list of (int, int)
        Index of the first such point and of its repetition; in the order of the repetitions.

    Examples
    --------
    >>> duplicates([(0, 0.5), (1, 0.5), (0, 0.5), (0, None), (0, 0.5)])
    [(0, 2), (0, 4)]
    """
    first: dict[Point, int] = {}
    return [(first[point], i) for i, point in enumerate(points) if first.setdefault(point, i) != i]


def largest_correlation(points: Sequence[Point]) -> float:
    """Compute the largest absolute correlation between two factors over the points.

    Levels count by their number, so for three or more unordered levels it says little. A factor that never
    varies is left out.

    Returns
    -------
    float
        [1, 0 to 1] -- 0 with fewer than two factors that vary.

    Raises
    ------
    UsageError
        If a coordinate is None: today has no place among the levels.

    Examples
    --------
    >>> largest_correlation([(0, 0), (0, 1), (1, 0), (1, 1)])
    0.0
    >>> largest_correlation([(0, 0.0), (1, 0.5), (2, 1.0)])
    1.0
    """
    import numpy as np

    if any(coordinate is None for point in points for coordinate in point):
        raise UsageError(
            "design: some factors are as today; correlation is defined where each has a place; "
            "ask for it without today."
        )
    varying = [column for column in zip(*points, strict=True) if len(set(column)) > 1]
    if len(varying) < 2:
        return 0.0
    places: NDArray[np.float64] = np.array(varying, dtype=float)
    between = np.abs(np.corrcoef(places))
    return min(1.0, float(between[np.triu_indices_from(between, k=1)].max()))
