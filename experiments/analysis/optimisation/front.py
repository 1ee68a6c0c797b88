"""What more money buys: points of which none is clearly dominated in cost and several responses, on fresh replications.

The replications are used by nothing else, so the intervals are not flattered by the search. They serve twice here, for
the intervals and for who leaves; so who leaves is judged with intervals of its own, which hold for all pairs together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.mean_interval import Interval, check_confidence, interval, paired_interval
from experiments.analysis.optimisation.choice import FINAL
from experiments.analysis.optimisation.fronts import half_widths
from experiments.analysis.optimisation.ranking import Aim
from experiments.analysis.optimisation.space import Array, Levels, Simulate, Space
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """A point with what it costs and what it does.

    Attributes
    ----------
    levels : tuple of int
        The point.
    cost : float
        [money] -- beyond today.
    means : tuple of Interval
        [unit of the response] -- one for each response.
    against_today : tuple of Interval
        [unit of the response] -- point minus today, one for each response; of today itself 0 to 0.
    dominated_by : tuple of int or None
        A point that costs no more and is clearly no worse in anything; None on the front.
    """

    levels: Levels
    cost: float
    means: tuple[Interval, ...]
    against_today: tuple[Interval, ...]
    dominated_by: Levels | None


@dataclass(frozen=True, slots=True)
class Front:
    """The choice between cost and responses.

    Attributes
    ----------
    points : tuple of FrontPoint
        All that was looked at, the cheapest first, today among them.
    aims : tuple of Aim
        The responses.
    confidence : float
        [1] -- all intervals of the means hold together with this, so do all against today, and so do all decisions
        who is dominated; all three together with at least 1 - 3 (1 - confidence).
    ends : tuple of int
        [1] -- replication after the last of the search, and of these.
    """

    points: tuple[FrontPoint, ...]
    aims: tuple[Aim, ...]
    confidence: float
    ends: tuple[int, int]

    @property
    def front(self) -> tuple[FrontPoint, ...]:
        """Points that are not clearly dominated."""
        return tuple(point for point in self.points if point.dominated_by is None)

    def rows(self) -> list[dict[str, object]]:
        """Return what a chart shows: a row for each point and response, crosses and where they stand.

        Returns
        -------
        list of dict
            levels, cost [money], response, mean, low, high, change, change_low, change_high [unit of the response],
            on_front.
        """
        return [
            {
                "levels": point.levels, "cost": point.cost, "response": aim.name,
                "mean": own.mean, "low": own.low, "high": own.high,
                "change": change.mean, "change_low": change.low, "change_high": change.high,
                "on_front": point.dominated_by is None,
            }
            for point in self.points
            for aim, own, change in zip(self.aims, point.means, point.against_today, strict=True)
        ]  # fmt: skip


def final_front(
    space: Space, simulate: Simulate, candidates: Sequence[Levels], aims: Sequence[Aim], *, start: int,
    confidence: float = CONFIDENCE, final: int = FINAL,
) -> Front:  # fmt: skip
    """Simulate candidates and today again, and take out who is clearly dominated.

    Parameters
    ----------
    space : Space
        Knows today and costs.
    simulate : Simulate
        Runs points.
    candidates : sequence of tuple of int
        What a search with these aims has found: `Searched.finalists`.
    aims : sequence of Aim
        The responses.
    start : int
        [1] -- first replication that nobody has used: `Searched.archive.deepest`.
    confidence : float
        [1] -- see `Front`.
    final : int
        [1] -- replications of each point.

    Raises
    ------
    InputError
        If an argument is out of range or a candidate is not feasible.

    Notes
    -----
    Bonferroni: with p points and m responses each interval of a mean errs with (1 - confidence) / (p m), each against
    today with (1 - confidence) / ((p - 1) m). One point is dominated by another that costs no more if in every response
    the interval of their difference (Student, one-sided, error (1 - confidence) / (p (p - 1) m)) lies on the other's
    side, or the two never differ and one is cheaper, or they cost the same too and it comes later. A point with a
    missing value is not dominated and dominates nothing.

    Examples
    --------
    >>> from experiments.plan.designs import Axis
    >>> def simulate(points, first, last):
    ...     luck = np.random.default_rng(1).normal(size=(2, 2000))[:, first:last]
    ...     return np.array([[9 - a - b + luck[0] + b * luck[1] / 10] for a, b in points])
    >>> space = Space((Axis("a", 3), Axis("b", 2)), (0, 0), costs=((0.0, 10.0, 30.0), (0.0, 20.0)))
    >>> found = final_front(space, simulate, [(1, 0), (0, 1), (1, 1)], [Aim("wait", 0)], start=200)
    >>> [(point.levels, point.cost, point.dominated_by) for point in found.points]
    [((0, 0), 0.0, None), ((1, 0), 10.0, None), ((0, 1), 20.0, None), ((1, 1), 30.0, None)]
    """
    check_confidence(confidence)
    if not aims:
        raise InputError("front: got no response, must be at least one. Say what should be low or high.")
    if final < 2:
        raise InputError(f"front, final: got {final} replications, must be at least 2. 100 are usual.")
    base = space.cost(space.today)
    points = sorted(dict.fromkeys((space.today, *candidates)), key=lambda point: (space.cost(point), point))
    for point in points:
        if not space.is_feasible(point):
            raise InputError(f"front: got the candidate {point}, must be within the limits. Leave it out.")
    values = simulate(points, start, start + final)[:, [aim.response for aim in aims]]
    signed = values * np.array([aim.sign for aim in aims])[:, None]
    leaves = dominated(signed, np.array([space.cost(point) for point in points]), 1 - confidence)
    own = 1 - (1 - confidence) / (len(points) * len(aims))
    change = 1 - (1 - confidence) / (max(1, len(points) - 1) * len(aims))
    today = [dict(enumerate(row)) for row in values[points.index(space.today)]]
    found = []
    for point, rows, by in zip(points, values, leaves, strict=True):
        means = tuple(interval(row, own) for row in rows)
        changes = tuple(
            paired_interval(dict(enumerate(row)), now, change) for row, now in zip(rows, today, strict=True)
        )  # fmt: skip
        found.append(
            FrontPoint(point, space.cost(point) - base, means, changes, None if by is None else points[by])
        )  # fmt: skip
    return Front(tuple(found), tuple(aims), confidence, (start, start + final))


def dominated(values: Array, costs: Array, error: float) -> list[int | None]:
    """Return for each point one that clearly dominates it and is itself not dominated, if there is one.

    Parameters
    ----------
    values : array of float, shape (points, responses, replications)
        [unit of the response] -- lower is better; same replications.
    costs : array of float, shape (points,)
        [money].
    error : float
        [1] -- of all decisions together.

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=100)
    >>> values = np.array([[5 + luck], [4 + luck * 1.1], [4.01 + luck], [4 + luck * 1.1]])
    >>> dominated(values, np.array([0.0, 2.0, 3.0, 3.0]), 0.05)
    [None, None, None, 1]
    """
    p, m = values.shape[:2]
    with np.errstate(invalid="ignore"):
        means = values.mean(axis=2)
        worse = means[None, :] - means[:, None]  # [a, b]: by how much b is worse.
        allowed = half_widths(values, min(1.0, 2 * error / max(1, p * (p - 1) * m)))
        same = np.array([(values == one).all(axis=(1, 2)) for one in values])
        clear = (worse >= allowed).all(axis=2) & (worse > 0).any(axis=2)
    before = np.arange(p)[:, None] < np.arange(p)[None, :]
    later = same & ((costs[:, None] < costs[None, :]) | before)
    beats = (costs[:, None] <= costs[None, :]) & ((clear & ~same) | later)
    np.fill_diagonal(beats, False)
    stay = ~beats.any(axis=0)
    return [None if stay[b] else next((a for a in range(p) if beats[a, b] and stay[a]), int(beats[:, b].argmax()))
            for b in range(p)]  # fmt: skip
