"""Two settings per factor and few runs: fractional factorials and Plackett-Burman designs, from pydoe.

A setting is an end of a factor: the first or the last of its levels, or an end of its range. What lies between
is not tried, and what few runs cannot tell apart is said by `aliases`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from experiments.plan.designs.axis import MOST_POINTS, Axis, Point, check_axes, check_number
from sim.errors import UsageError


def fractional_factorial(axes: Sequence[Axis], resolution: int) -> list[Point]:
    """Lay out a regular two-level fraction with the fewest runs that reach a resolution.

    Parameters
    ----------
    axes : sequence of Axis
        Each with at least two levels, or a range.
    resolution : int
        [1] -- 3: main effects are clear of one another; 4: also of two-factor interactions; 5: two-factor
        interactions are clear of one another as well; more likewise.

    Returns
    -------
    list of Point
        2^k points, the first base factor slowest. With too few factors for a fraction: every combination.

    Raises
    ------
    UsageError
        If a factor has one level only, the resolution is below 3, or no design of bearable size is known.

    References
    ----------
    Box & Hunter (1961), The 2^(k-p) fractional factorial designs, Technometrics 3.

    Examples
    --------
    >>> fractional_factorial([Axis("staff", 2), Axis("price", None), Axis("policy", 3)], resolution=3)
    [(0, 0.0, 2), (0, 1.0, 0), (1, 0.0, 0), (1, 1.0, 2)]
    """
    from pydoe import fracfact_by_res

    _check_settings(axes)
    if resolution < 3:
        raise UsageError(
            f"design: got resolution {resolution}; the least is 3, main effects clear of one another; "
            "give 3, 4 or 5, or take Plackett-Burman."
        )
    if len(axes) == 1:
        return _settings(axes, [[-1], [1]])
    try:
        signs = fracfact_by_res(len(axes), resolution)
    except ValueError as error:
        raise UsageError(
            f"design: {len(axes)} factors at resolution {resolution}: no design is known; "
            "up to 20 factors there is one of 5; give a lower resolution or fewer factors."
        ) from error
    check_number(len(signs))
    return _settings(axes, signs.tolist())


def plackett_burman(axes: Sequence[Axis], fold_over: bool = False) -> list[Point]:
    """Lay out a Plackett-Burman design: main effects of many factors in hardly more runs than factors.

    Parameters
    ----------
    axes : sequence of Axis
        Each with at least two levels, or a range.
    fold_over : bool
        Whether the same points follow with every setting exchanged: twice the runs, and main effects are
        clear of two-factor interactions.

    Returns
    -------
    list of Point
        As many as the first multiple of 4 above the number of factors that is a power of two times 1, 3 or 5 (so
        32 instead of 28, 40 instead of 36), twice that with fold-over. The last before the fold is all last settings.

    Raises
    ------
    UsageError
        If a factor has one level only.

    References
    ----------
    Plackett & Burman (1946), The design of optimum multifactorial experiments, Biometrika 33.

    Examples
    --------
    >>> len(plackett_burman([Axis(f"policy{i}", 2) for i in range(11)]))
    12
    >>> plackett_burman([Axis("a", 2), Axis("b", 2), Axis("c", 2)])
    [(0, 0, 1), (1, 0, 0), (0, 1, 0), (1, 1, 1)]
    """
    from pydoe import pbdesign

    _check_settings(axes)
    runs = next(size for size in count(4, 4) if size > len(axes) and _is_known(size))
    check_number(2 * runs if fold_over else runs)
    if runs**2 > 100 * MOST_POINTS:  # The whole square of signs is made before columns are taken from it.
        raise UsageError(f"design: got {len(axes)} factors; Plackett-Burman takes up to 8,191 here; take fewer.")
    signs = pbdesign(runs - 1)[:, : len(axes)].tolist()
    return _settings(axes, [*signs, *([-sign for sign in row] for row in signs)] if fold_over else signs)


def _is_known(size: int) -> bool:
    """Whether pydoe builds it: doublings of designs of 4, 12 and 20 runs."""
    odd = size // (size & -size)
    return odd in {1, 3, 5}


def _check_settings(axes: Sequence[Axis]) -> None:
    check_axes(axes)
    for axis in axes:
        if axis.levels == 1:
            raise UsageError(
                f"design: factor '{axis.name}' has one level; a two-level design needs two; "
                "add a level, or take the factor out."
            )


def _settings(axes: Sequence[Axis], signs: Iterable[Sequence[float]]) -> list[Point]:
    """Turn -1 into the first setting and +1 into the last."""
    return [tuple(axis.ends[sign > 0] for axis, sign in zip(axes, row, strict=True)) for row in signs]
