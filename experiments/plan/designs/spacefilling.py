"""Designs that fill a space of many factors evenly with few points: Latin hypercubes, Sobol' and Halton points.

A factor with n levels takes part as a range of which each level has the n-th part. So levels come equally often
exactly when the number of points is a multiple of n (Sobol': when n is a power of two up to the number of points).
The same seed gives the same design, with the same versions of numpy and scipy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from experiments.plan.designs.axis import Axis, Point, check_axes, check_number
from sim.errors import UsageError

MOST_IMPROVED = 1024
"""Points up to which a Latin hypercube is improved by exchanges: beyond it takes long and gains little."""
MOST_SOBOL_AXES = 21_201
"""Factors for which scipy has directions (Joe & Kuo 2008)."""


def latin_hypercube(axes: Sequence[Axis], points: int, seed: int, *, strength: int = 1) -> list[Point]:
    """Lay out a random Latin hypercube: of n points, every factor has exactly one in each n-th part of its range.

    Parameters
    ----------
    axes : sequence of Axis
        Ranges, or levels.
    points : int
        [1] -- any number from 1; for strength 2 the square of a prime that is at least the number of factors - 1.
    seed : int
        Not negative.
    strength : {1, 2}
        1: improved by exchanges towards a low centred discrepancy (up to 1024 points). 2: built on an orthogonal
        array, so that also every pair of factors fills its square evenly; exchanges would spoil that.

    Returns
    -------
    list of Point
        In random order at strength 1; at strength 2 in that of the orthogonal array.

    Raises
    ------
    UsageError
        If the number of points or the strength does not fit, or the seed is negative.

    References
    ----------
    McKay, Beckman & Conover (1979), Technometrics 21; Tang (1993), Orthogonal array-based Latin hypercubes,
    Journal of the American Statistical Association 88.

    Examples
    --------
    >>> points = latin_hypercube([Axis("price", None), Axis("staff", 2)], points=4, seed=1)
    >>> sorted(int(4 * price) for price, _ in points), sorted(staff for _, staff in points)
    ([0, 1, 2, 3], [0, 0, 1, 1])
    """
    from numpy.random import default_rng
    from scipy.stats import qmc

    _check(axes, points, seed)
    if strength not in {1, 2}:
        raise UsageError(f"design: got strength {strength}; a Latin hypercube has 1 or 2; leave it out for 1.")
    if strength == 2:
        _check_orthogonal_array(len(axes), points)
    improved = "random-cd" if strength == 1 and points <= MOST_IMPROVED else None
    sampler = qmc.LatinHypercube(len(axes), strength=strength, optimization=improved, rng=default_rng(seed))
    return _placed(axes, sampler.random(points).tolist())


def sobol(axes: Sequence[Axis], points: int, seed: int) -> list[Point]:
    """Lay out scrambled Sobol' points: twice as many with the same seed begin with the same points.

    Parameters
    ----------
    axes : sequence of Axis
        Ranges, or levels.
    points : int
        [1] -- a power of two: only then are they balanced.
    seed : int
        Not negative.

    Raises
    ------
    UsageError
        If the number of points is no power of two, or the seed is negative.

    References
    ----------
    Sobol' (1967); Owen (1995), scrambling; Owen (2020), On dropping the first Sobol' point (why powers of two).

    Examples
    --------
    >>> axes = [Axis("price", None), Axis("staff", 4)]
    >>> sorted(staff for _, staff in sobol(axes, points=8, seed=1))
    [0, 0, 1, 1, 2, 2, 3, 3]
    """
    from numpy.random import default_rng
    from scipy.stats import qmc

    _check(axes, points, seed)
    if points & (points - 1):
        below = 1 << (points.bit_length() - 1)
        raise UsageError(
            f"design: got {points} Sobol' points; their number is a power of two; take {below} or {2 * below}."
        )
    if len(axes) > MOST_SOBOL_AXES:
        raise UsageError(f"design: got {len(axes)} factors; Sobol' points have at most {MOST_SOBOL_AXES}; take fewer.")
    sampler = qmc.Sobol(len(axes), scramble=True, rng=default_rng(seed))
    return _placed(axes, sampler.random(points).tolist())


def halton(axes: Sequence[Axis], points: int, seed: int) -> list[Point]:
    """Lay out scrambled Halton points: any number, and more with the same seed begin with the same points.

    Parameters
    ----------
    axes : sequence of Axis
        Ranges, or levels. Beyond a dozen factors Sobol' points fill the space better.
    points : int
        [1] -- at least 1.
    seed : int
        Not negative.

    Raises
    ------
    UsageError
        If there are no points, or the seed is negative.

    References
    ----------
    Halton (1960), Numerische Mathematik 2; Owen (2017), A randomized Halton algorithm.

    Examples
    --------
    >>> axes = [Axis("price", None), Axis("staff", 4)]
    >>> halton(axes, points=5, seed=1) == halton(axes, points=9, seed=1)[:5]
    True
    """
    from numpy.random import default_rng
    from scipy.stats import qmc

    _check(axes, points, seed)
    sampler = qmc.Halton(len(axes), scramble=True, rng=default_rng(seed))
    return _placed(axes, sampler.random(points).tolist())


def _check(axes: Sequence[Axis], points: int, seed: int) -> None:
    check_axes(axes)
    check_number(points)
    if seed < 0:
        raise UsageError(f"design: got seed {seed}; a seed is not negative; give 0 or more.")


def _check_orthogonal_array(factors: int, points: int) -> None:
    root = math.isqrt(points)
    if root * root == points and _is_prime(root) and root >= factors - 1:
        return
    least = next(p for p in range(max(2, factors - 1), 2 * factors + 3) if _is_prime(p))  # Bertrand: there is one.
    raise UsageError(
        f"design: got {points} points for {factors} factors at strength 2; it takes the square of a prime that is "
        f"at least {max(2, factors - 1)}; take {least**2}, or strength 1."
    )


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, math.isqrt(number) + 1))


def _placed(axes: Sequence[Axis], places: Iterable[Sequence[float]]) -> list[Point]:
    return [tuple(axis.at(place) for axis, place in zip(axes, row, strict=True)) for row in places]
