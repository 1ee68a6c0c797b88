"""The decision: which of a few points is best, by replications that no one has seen, and what it does against today.

Three parts of the replications, none used twice:

1. those of the search, or of the screening of all that is possible: they only say which points to look at again;
2. those of the selection: KN among the finalists. The winner won because of them, so its mean there flatters it;
3. those of the final comparison: the winner was fixed before they were drawn, so their intervals are as sure as those
   of two ways of working that somebody had named beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.analysis.comparison import Standing, compare, standing_of
from experiments.analysis.mean_interval import Interval, interval, paired_interval
from experiments.analysis.optimisation.ranking import Aim, nearness
from experiments.analysis.optimisation.space import Array, Levels, Simulate, Space
from experiments.analysis.selection.kn import FIRST, kn
from experiments.analysis.selection.selected import Selected
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE

BLOCK = 10
"""[1] -- replications that the selection asks for at once."""
FINAL = 100
"""[1] -- replications of the final comparison: with these the default interval is right (docs/output_analysis.md)."""


@dataclass(frozen=True, slots=True)
class Against:
    """What the winner does to one response.

    Attributes
    ----------
    aim : Aim
        The response and which way is better.
    today, best : Interval
        [unit of the response] -- means of both, each with an interval of its own (not simultaneous): for orientation.
    difference : Interval
        [unit of the response] -- winner minus today; simultaneous for all responses.
    standing : str
        "better", "worse" or "indistinguishable".
    """

    aim: Aim
    today: Interval
    best: Interval
    difference: Interval
    standing: Standing


@dataclass(frozen=True, slots=True)
class Rival:
    """Another finalist against the winner.

    Attributes
    ----------
    levels : tuple of int
        The point.
    cost : float
        [money] -- beyond today.
    difference : Interval
        [unit of the response] -- rival minus winner; simultaneous for all rivals.
    standing : str
        "worse", "better", or "indistinguishable" from the winner. "Better" happens: a winner may be worse than the
        best by less than what was said not to matter.
    """

    levels: Levels
    cost: float
    difference: Interval
    standing: Standing


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do, how sure that is, and what it costs.

    Attributes
    ----------
    space : Space
        What could be chosen.
    best : tuple of int
        The winner; today itself if nothing is better.
    cost : float
        [money] -- beyond today.
    aim : Aim
        By what it was selected.
    against_today : tuple of Against
        One for each response asked for; all intervals together hold with the confidence. Empty if today is best.
    rivals : tuple of Rival
        The other finalists; all their intervals together hold with the confidence.
    selected : Selected or None
        The selection; indices are those of `finalists`. None if there was only one.
    finalists : tuple of tuple of int
        What it was chosen from.
    confidence : float
        [1] -- of the selection, of the intervals against today, and of those of the rivals, each by itself; all three
        hold together with at least 1 - 3 (1 - confidence).
    indifference : float
        [unit of the response] -- the smallest difference that matters.
    ends : tuple of int
        [1] -- replication after the last of the search or screening, of the selection and of the final comparison.
    runs : int
        [1] -- replications of all points in the selection and the final comparison.
    considered : int or None
        [1] -- if all that is possible was compared: how many points that is; None after a search.
    """

    space: Space
    best: Levels
    cost: float
    aim: Aim
    against_today: tuple[Against, ...]
    rivals: tuple[Rival, ...]
    selected: Selected | None
    finalists: tuple[Levels, ...]
    confidence: float
    indifference: float
    ends: tuple[int, int, int]
    runs: int
    considered: int | None = None

    @property
    def decided(self) -> bool:
        """Whether the selection ended as it should, so that its promise holds."""
        return self.selected is None or self.selected.decided

    @property
    def is_today(self) -> bool:
        """Whether nothing better than today was found."""
        return self.best == self.space.today

    @property
    def not_told_apart(self) -> tuple[Rival, ...]:
        """Rivals that are not clearly worse than the winner."""
        return tuple(rival for rival in self.rivals if rival.standing != "worse")


def choose(
    space: Space, simulate: Simulate, finalists: Sequence[Levels], aim: Aim, *, start: int, indifference: float,
    responses: Sequence[Aim] = (), confidence: float = CONFIDENCE, selection_confidence: float | None = None,
    first: int = FIRST, most: int | None = None, final: int = FINAL, considered: int | None = None,
) -> Choice:  # fmt: skip
    """Select the best of the finalists and today, then compare it with today.

    Parameters
    ----------
    space : Space
        Knows today and costs.
    simulate : Simulate
        Runs points.
    finalists : sequence of tuple of int
        What to choose from; today is added if it is not among them.
    aim : Aim
        By what to select.
    start : int
        [1] -- first replication that nobody has used: `Searched.archive.deepest` after a search.
    indifference : float
        [unit of the response] -- the smallest difference that matters, above 0.
    responses : sequence of Aim
        What is compared with today in the end; the aim is always among them.
    confidence : float
        [1] -- see `Choice`.
    selection_confidence : float, optional
        [1] -- of the selection among the finalists, if part of the error was spent before.
    first, most : int
        [1] -- replications of each finalist in the first stage of the selection, and at most; None for no limit.
    final : int
        [1] -- replications of the final comparison.
    considered : int, optional
        [1] -- see `Choice`.

    Raises
    ------
    InputError
        If an argument is out of range, a finalist is not feasible, or a replication of the selection failed.

    Notes
    -----
    Cleaning up after a search: Boesel, Nelson & Kim, *Using ranking and selection to "clean up" after simulation
    optimization* (2003). Selection: `experiments.analysis.selection.kn`. Intervals: paired, Bonferroni.

    Examples
    --------
    >>> import numpy as np
    >>> from experiments.plan.designs import Axis
    >>> def simulate(points, first, last):
    ...     luck = np.random.default_rng(1).normal(size=(2, 2000))[:, first:last]
    ...     return np.array([[luck[0] + (a - 2) ** 2 + a * luck[1] / 10] for (a,) in points])
    >>> found = choose(Space((Axis("staff", 5),), (0,)), simulate, [(1,), (2,)], Aim("wait", 0), start=200,
    ...                indifference=0.5)
    >>> found.best, found.against_today[0].standing, [rival.standing for rival in found.rivals], found.ends
    ((2,), 'better', ['worse', 'worse'], (200, 220, 320))
    """
    points = tuple(dict.fromkeys((space.today, *finalists)))
    for point in points:
        if not space.is_feasible(point):
            raise InputError(f"choice: got the finalist {point}, must be within the limits. Leave it out.")
    if final < 2:
        raise InputError(f"choice, final: got {final} replications, must be at least 2. 100 are usual.")
    aims = tuple(dict.fromkeys((aim, *responses)))
    selected, best, end = None, 0, start
    if len(points) > 1:
        selected = kn(
            lambda who, one, last: simulate([points[i] for i in who], start + one, start + last)[:, aim.response],
            len(points), indifference=indifference, confidence=selection_confidence or confidence, first=first,
            block=BLOCK, most=most, better=aim.better,
        )  # fmt: skip
        # Equal means to the last digit: the one that costs least, then the one nearest to today.
        among = selected.survivors if selected.decided else (selected.leader,)
        best = min(among, key=lambda i: (space.cost(points[i]), *nearness(space, points[i])))
        end = start + max(selected.replications)
    runs = 0 if selected is None else selected.runs
    against, rivals = _compared(space, simulate(points, end, end + final), points, best, aims, confidence)
    return Choice(
        space, points[best], space.cost(points[best]) - space.cost(space.today), aim, against, rivals, selected,
        points, confidence, indifference, (start, end, end + final), runs + final * len(points), considered,
    )  # fmt: skip


def _compared(
    space: Space, values: Array, points: Sequence[Levels], best: int, aims: Sequence[Aim], confidence: float
) -> tuple[tuple[Against, ...], tuple[Rival, ...]]:
    """Compare the winner with today in all responses, and with the other finalists in the first of them."""
    each = 1 - (1 - confidence) / len(aims)
    against = []
    for aim in aims if best else ():
        today, winner = (values[i, aim.response] for i in (0, best))
        difference = paired_interval(dict(enumerate(winner)), dict(enumerate(today)), each)
        standing = standing_of(difference, aim.better, 1 - each)
        against.append(Against(aim, interval(today, confidence), interval(winner, confidence), difference, standing))
    rivals: list[Rival] = []
    if len(points) > 1:
        found = compare(values[:, aims[0].response], baseline=best, better=aims[0].better, confidence=confidence)
        for one in found.differences:
            cost = space.cost(points[one.alternative]) - space.cost(space.today)
            rivals.append(Rival(points[one.alternative], cost, one.interval, one.standing))
    return tuple(against), tuple(rivals)
