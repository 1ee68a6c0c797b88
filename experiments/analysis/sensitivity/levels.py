"""Factors with more than two levels: which share of the variance each causes, and along which trend.

Every factor's levels are described by orthogonal polynomials (linear, quadratic, ...), every interaction by their
products. A coefficient is computed in each replication by itself, so that intervals and tests need no assumption about
how luck varies from point to point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.mean_interval import Interval, interval
from experiments.analysis.sensitivity.replications import Array, cross, responses, without_rounding
from experiments.analysis.skewed import Method
from experiments.plan.designs import Axis, Point
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

ORTHOGONAL = 1e-9
DEGREES = {1: "linear", 2: "quadratic", 3: "cubic"}


@dataclass(frozen=True, slots=True)
class Trend:
    """One contrast: a polynomial of a factor, or a product of two.

    Attributes
    ----------
    term : tuple of str
        One factor or two.
    degrees : tuple of int
        Degree of the polynomial of each: 1 linear, 2 quadratic, ...
    size : Interval
        [unit of the response] -- root mean square of what it adds over the levels; positive if it rises at the upper
        end. For two levels this is half of the effect.
    """

    term: tuple[str, ...]
    degrees: tuple[int, ...]
    size: Interval


@dataclass(frozen=True, slots=True)
class Term:
    """All contrasts of a factor, or of an interaction.

    Attributes
    ----------
    term : tuple of str
        One factor or two.
    df : int
        [1] -- number of contrasts.
    share : float
        [1] -- of the variance between points, freed of luck; negative by chance only. nan with one replication.
    p : float
        [1] -- probability of contrasts at least as clear if there were none (Hotelling's T^2 over replications; it
        takes more replications than df, else nan).
    """

    term: tuple[str, ...]
    df: int
    share: float
    p: float


@dataclass(frozen=True, slots=True)
class Levels:
    """An analysis of variance with its trends.

    Attributes
    ----------
    terms : tuple of Term
        Factors in their order, then interactions.
    trends : tuple of Trend
        In the same order.
    variance : float
        [square of the unit of the response] -- between the points of the design, freed of luck.
    """

    terms: tuple[Term, ...]
    trends: tuple[Trend, ...]
    variance: float

    def table(self) -> pd.DataFrame:
        """Return a row per term.

        Returns
        -------
        DataFrame
            term: names, joined by ' x '; df; share [1] of the variance between points (what is left to one is in
            terms that were not asked for); p [1].
        """
        import pandas as pd

        rows = [(" x ".join(t.term), t.df, t.share, t.p) for t in self.terms]
        return pd.DataFrame(rows, columns=["term", "df", "share", "p"])

    def trend_table(self) -> pd.DataFrame:
        """Return a row per contrast.

        Returns
        -------
        DataFrame
            term; trend: its degrees in words; size, low, high [unit of the response]; n; clear.
        """
        import pandas as pd

        rows = [
            (
                *(" x ".join(t.term), " x ".join(DEGREES.get(d, f"degree {d}") for d in t.degrees)),
                *(t.size.mean, t.size.low, t.size.high, t.size.n, t.size.is_clear),
            )
            for t in self.trends
        ]
        return pd.DataFrame(rows, columns=["term", "trend", "size", "low", "high", "n", "clear"])


def levels(
    axes: Sequence[Axis],
    points: Sequence[Point],
    values: ArrayLike,
    confidence: float = CONFIDENCE,
    method: Method | Literal["default"] = "default",
    *,
    interactions: bool = True,
    simultaneous: bool = False,
    settings: Mapping[str, Sequence[float]] | None = None,
) -> Levels:
    """Analyse a factorial design with any numbers of levels.

    Parameters
    ----------
    axes : sequence of Axis
        The factors, with levels.
    points : sequence of Point
        Balanced: every pair of contrasts asked for is uncorrelated, as in a full factorial. Points that leave a factor
        as today are not used.
    values : array of float, shape (points, n)
        [unit of the response] -- a column per replication; nan where a run failed, which leaves out that replication.
    confidence, method, simultaneous
        As in `effects.effects`; the intervals are those of all trends.
    interactions : bool
        Whether two-way interactions are asked for.
    settings : mapping of str to sequence of float, optional
        Factor -> value of each level, where they are not at equal distances.

    Raises
    ------
    UsageError
        If the design is not balanced, or a factor does not vary.

    Notes
    -----
    Polynomials p with mean 0 and mean square 1 over the levels; coefficient g = mean of p y; the share of a term is
    the sum of its squared coefficients over the variance between points, squares being products of different
    replications (`replications.cross`).

    References
    ----------
    Draper & Smith (1998), Applied Regression Analysis, chapter 22; Hotelling (1931), Annals of Mathematical
    Statistics 2: no assumption on how contrasts vary together.

    Examples
    --------
    >>> from experiments.plan.designs import full_factorial
    >>> axes = [Axis("a", 3), Axis("b", 2)]
    >>> points = full_factorial(axes)
    >>> found = levels(axes, points, np.array([a**2 for a, b in points])[:, None] + [0.0, 1.0, 5.0])
    >>> [(t.term, t.df, round(t.share, 3)) for t in found.terms][:2]
    [(('a',), 2, 1.0), (('b',), 1, 0.0)]
    """
    array = responses(values, len(points), "points")
    used = [i for i, point in enumerate(points) if None not in point]
    complete = array[used][:, ~np.isnan(array[used]).any(axis=0)]
    columns = _columns(axes, [points[i] for i in used], settings or {}, interactions)
    matrix = np.column_stack(list(columns.values()))
    gram = matrix.T @ matrix / len(used)
    if np.abs(gram - np.eye(len(gram))).max() > ORTHOGONAL or np.abs(matrix.mean(axis=0)).max() > ORTHOGONAL:
        raise UsageError("levels: these points are not balanced; take a full factorial, or 'interactions=False'.")
    sizes = without_rounding(matrix.T @ complete / len(used), complete)
    each = 1 - (1 - confidence) / len(sizes) if simultaneous else confidence
    trends = tuple(
        Trend(term, degrees, interval(row, each, method)) for (term, degrees), row in zip(columns, sizes, strict=True)
    )
    n = complete.shape[1]
    centred = without_rounding(complete - complete.mean(axis=0), complete)
    variance = float(cross(centred, centred).mean()) if n > 1 else np.nan
    rows: dict[tuple[str, ...], list[int]] = {}
    for i, (term, _) in enumerate(columns):
        rows.setdefault(term, []).append(i)
    terms = []
    for term, which in rows.items():
        share = float(cross(sizes[which], sizes[which]).sum()) / variance if n > 1 and variance else np.nan
        terms.append(Term(term, len(which), share, _hotelling(sizes[which])))
    return Levels(tuple(terms), trends, variance)


def _columns(
    axes: Sequence[Axis], points: Sequence[Point], settings: Mapping[str, Sequence[float]], interactions: bool
) -> dict[tuple[tuple[str, ...], tuple[int, ...]], Array]:
    """Return the column of every contrast, by term and degrees."""
    if not points:
        raise UsageError("levels: got no points with a setting for every factor; take a full factorial.")
    of = [_polynomials(axis, [point[i] for point in points], settings.get(axis.name)) for i, axis in enumerate(axes)]
    columns: dict[tuple[tuple[str, ...], tuple[int, ...]], Array] = {
        ((axis.name,), (d + 1,)): c for axis, p in zip(axes, of, strict=True) for d, c in enumerate(p)
    }
    for i, k in combinations(range(len(axes)), 2) if interactions else ():
        for d, e in product(range(len(of[i])), range(len(of[k]))):
            columns[(axes[i].name, axes[k].name), (d + 1, e + 1)] = of[i][d] * of[k][e]
    return columns


def _polynomials(axis: Axis, places: Sequence[int | float | None], settings: Sequence[float] | None) -> list[Array]:
    """Return orthogonal polynomials of a factor's levels, at the points, from the linear one on."""
    met = sorted({place for place in places if place is not None})
    if axis.levels is None or len(met) < 2:
        raise UsageError(f"levels: factor '{axis.name}' needs two levels or more in these points; list its levels.")
    if settings is not None and len(settings) != axis.levels:
        raise UsageError(f"levels: got {len(settings)} values for the {axis.levels} levels of '{axis.name}'; give all.")
    at = np.array(met if settings is None else [settings[int(place)] for place in met], dtype=np.float64)
    if len(set(at.tolist())) < len(at):
        raise UsageError(f"levels: two levels of '{axis.name}' have the same value; levels must differ.")
    q, r = np.linalg.qr(np.vander((at - at.mean()) / np.ptp(at), increasing=True))
    polynomials = (q * np.sign(np.diag(r)) * np.sqrt(len(met)))[:, 1:]
    rows = [met.index(place) for place in places if place is not None]
    return list(polynomials[rows].T)


def _hotelling(sizes: Array) -> float:
    """Return the p-value of Hotelling's T^2 for mean zero, shape (df, n)."""
    from scipy.special import fdtrc

    df, n = sizes.shape
    if n <= df:
        return float("nan")
    mean, spread = sizes.mean(axis=1), np.atleast_2d(np.cov(sizes))
    if np.linalg.matrix_rank(spread) < df:
        return float("nan")
    squared = n * float(mean @ np.linalg.solve(spread, mean))
    return float(fdtrc(df, n - df, squared * (n - df) / (df * (n - 1))))
