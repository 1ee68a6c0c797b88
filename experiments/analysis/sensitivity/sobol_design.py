"""The design of Sobol' indices: two samples, and one of them with a single factor from the other."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.plan.designs import Axis, Point, sobol
from experiments.plan.designs.axis import check_axes, check_number


def sobol_design(axes: Sequence[Axis], samples: int, seed: int) -> list[Point]:
    """Lay out the points from which Sobol' indices are estimated.

    Parameters
    ----------
    axes : sequence of Axis
        The k factors, independent of one another and evenly distributed over their levels or range.
    samples : int
        [1] -- N, a power of two; 512 to 4096 are usual.
    seed : int
        Not negative; decides the scrambling.

    Returns
    -------
    list of Point
        N (k + 2) points in blocks of N: A, B, then for each factor A with that factor taken from B. A and B are the
        two halves of scrambled Sobol' points of 2 k dimensions.

    Raises
    ------
    UsageError
        If the number of samples is no power of two or there are too many points.

    References
    ----------
    Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), Variance based sensitivity analysis of model output,
    Computer Physics Communications 181.

    Examples
    --------
    >>> points = sobol_design([Axis("a", None), Axis("b", None)], samples=4, seed=1)
    >>> a, b, ab_1 = points[0], points[4], points[8]
    >>> len(points), ab_1 == (b[0], a[1])
    (16, True)
    """
    check_axes(axes)
    check_number(samples * (len(axes) + 2))
    k = len(axes)
    both = [Axis(f"{side}{i}", axis.levels) for side in "AB" for i, axis in enumerate(axes)]
    rows = sobol(both, samples, seed)
    first, second = [row[:k] for row in rows], [row[k:] for row in rows]
    mixed = [(*a[:i], b[i], *a[i + 1 :]) for i in range(k) for a, b in zip(first, second, strict=True)]
    return [*first, *second, *mixed]
