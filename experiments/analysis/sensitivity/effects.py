"""Main effects and two-way interactions of factors with two settings each, and what the design mixes them with.

An effect is computed in every replication by itself, all points of which share their random numbers; so its interval is
that of a mean of independent numbers, and needs no assumption about how luck varies from point to point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.mean_interval import Interval, interval
from experiments.analysis.sensitivity.replications import Array, responses, without_rounding
from experiments.analysis.skewed import Method
from experiments.plan.designs import Alias, Axis, Point, aliases
from experiments.plan.designs.aliasing import NO_CORRELATION
from sim.errors import UsageError
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

Name = tuple[str, ...]
TIMES = " x "
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Effect:
    """A main effect or an interaction.

    Attributes
    ----------
    effect : tuple of str
        One name: a main effect; two: their interaction.
    size : Interval
        [unit of the response] -- main effect: mean at the second setting less mean at the first. Interaction: half of
        what the effect of one factor gains when the other goes from its first to its second setting.
    confounded_with : tuple of Alias
        Main effects and two-way interactions of which a share is in the estimate.
    """

    effect: Name
    size: Interval
    confounded_with: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What a two-level design says.

    Attributes
    ----------
    mean : Interval
        [unit of the response] -- over the points of the design.
    effects : tuple of Effect
        Main effects in the order of the factors, then interactions.
    confidence : float
        [1] -- of all effects together, or of each; see `simultaneous`.
    simultaneous : bool
        Whether the confidence is that of all effects together.
    """

    mean: Interval
    effects: tuple[Effect, ...]
    confidence: float
    simultaneous: bool

    def table(self) -> pd.DataFrame:
        """Return a row per effect.

        Returns
        -------
        DataFrame
            effect: names, joined by ' x '; size, low, high [unit of the response]; n: replications; clear;
            confounded_with: what else is in it and how much, the largest shares first, such as 'b x c (+1)'; at most
            six are named.
        """
        import pandas as pd

        rows = [
            (
                *(TIMES.join(e.effect), e.size.mean, e.size.low, e.size.high, e.size.n, e.size.is_clear),
                _told(e.confounded_with),
            )
            for e in self.effects
        ]
        return pd.DataFrame(rows, columns=["effect", "size", "low", "high", "n", "clear", "confounded_with"])


def effects(
    axes: Sequence[Axis],
    points: Sequence[Point],
    values: ArrayLike,
    confidence: float = CONFIDENCE,
    method: Method | Literal["default"] = "default",
    *,
    interactions: bool = True,
    simultaneous: bool = False,
) -> Effects:
    """Estimate main effects and two-way interactions.

    Parameters
    ----------
    axes : sequence of Axis
        The factors.
    points : sequence of Point
        With two settings per factor: a factorial, a fraction of one or a Plackett-Burman design. Points that leave a
        factor as today are not used.
    values : array of float, shape (points, n)
        [unit of the response] -- a column per replication; nan where a run failed, which leaves out that replication.
    confidence : float
        [1] -- in [0.5, 1).
    method
        As in `experiments.analysis.mean_interval.interval`.
    interactions : bool
        Whether to estimate two-way interactions, if the design can: those that it cannot tell from an earlier effect
        are named beside that one; where it cannot tell the rest apart either, there are main effects only.
    simultaneous : bool
        Whether all intervals hold together: each of m has 1 - (1 - confidence) / m (Bonferroni).

    Raises
    ------
    UsageError
        If a factor has not exactly two settings, or main effects cannot be told apart.

    Notes
    -----
    Least squares on columns of -1 and +1, in each replication; an effect is twice its coefficient. What is left out of
    the model is in the estimates by the alias matrix (X1'X1)^-1 X1'X2.

    References
    ----------
    Box, Hunter & Hunter (2005), Statistics for Experimenters, chapters 5 and 6; Box & Wilson (1951), Journal of the
    Royal Statistical Society B 13 (alias matrix).

    Examples
    --------
    >>> from experiments.plan.designs import full_factorial
    >>> axes = [Axis("a", 2), Axis("b", 2)]
    >>> points = full_factorial(axes)
    >>> values = np.array([10 + 4 * a + 2 * b + 6 * a * b for a, b in points])[:, None] + [0.0, 1.0, 5.0]
    >>> {" x ".join(e.effect): round(e.size.mean, 9) for e in effects(axes, points, values).effects}
    {'a': 7.0, 'b': 5.0, 'a x b': 3.0}
    """
    array = responses(values, len(points), "points")
    used = [i for i, point in enumerate(points) if None not in point]
    chosen = [points[i] for i in used]
    if not chosen:
        raise UsageError("effects: got no points with a setting for every factor; at least two are needed.")
    mixed = aliases(axes, chosen)
    columns = _columns(axes, chosen)
    names = list(columns) if interactions else [name for name in columns if len(name) == 1]
    same = {a.confounded_with for a in mixed if abs(abs(a.share) - 1) <= NO_CORRELATION}
    constant = {name for name, column in columns.items() if len(set(column.tolist())) == 1}
    model = [name for name in names if name not in same | constant]
    if not _is_full_rank(columns, model):
        model = [name for name in model if len(name) == 1]
    if not _is_full_rank(columns, model):
        raise UsageError("effects: this design cannot tell main effects apart; take a larger one, or fewer factors.")
    inverse = np.linalg.pinv(_matrix(columns, model))
    complete = array[used][:, ~np.isnan(array[used]).any(axis=0)]
    sizes = without_rounding(inverse @ complete, complete)
    rest = [name for name in columns if name not in model and name not in constant]
    shares = (inverse @ np.array([columns[name] for name in rest]).T)[1:] if rest else np.zeros((len(model), 0))
    each = 1 - (1 - confidence) / len(model) if simultaneous else confidence
    found = tuple(
        Effect(
            name,
            interval(2 * row, each, method),
            tuple(Alias(name, rest[k], float(s[k])) for k in np.flatnonzero(np.abs(s) > NO_CORRELATION).tolist()),
        )
        for name, row, s in zip(model, sizes[1:], shares, strict=True)
    )
    return Effects(interval(sizes[0], confidence, method), found, confidence, simultaneous)


def _told(found: Sequence[Alias]) -> str:
    largest = sorted(found, key=lambda alias: -abs(alias.share))
    named = [f"{TIMES.join(alias.confounded_with)} ({alias.share:+.2g})" for alias in largest[:MOST_NAMED]]
    return ", ".join([*named, *([f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else [])])


def _columns(axes: Sequence[Axis], points: Sequence[Point]) -> dict[Name, Array]:
    """Return the column of -1 and +1 of every main effect and two-way interaction."""
    signs = []
    for places in zip(*points, strict=True):
        second = max(place for place in places if place is not None)
        signs.append(np.array([1.0 if place == second else -1.0 for place in places]))
    names = [axis.name for axis in axes]
    columns: dict[Name, Array] = {(name,): sign for name, sign in zip(names, signs, strict=True)}
    for i, k in combinations(range(len(axes)), 2):
        columns[names[i], names[k]] = signs[i] * signs[k]
    return columns


def _matrix(columns: dict[Name, Array], model: Sequence[Name]) -> Array:
    rows = len(next(iter(columns.values())))
    return np.column_stack([np.ones(rows), *(columns[name] for name in model)])


def _is_full_rank(columns: dict[Name, Array], model: Sequence[Name]) -> bool:
    return bool(np.linalg.matrix_rank(_matrix(columns, model)) == len(model) + 1)
