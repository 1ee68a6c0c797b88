"""When little is possible: all of it is compared, and the answer comes with a guarantee."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.analysis.mean_interval import check_confidence
from experiments.analysis.optimisation.choice import FINAL, Choice, choose
from experiments.analysis.optimisation.ranking import Aim
from experiments.analysis.optimisation.space import Array, Levels, Simulate, Space
from experiments.analysis.selection.kn import FIRST
from sim.errors import InputError
from sim.measures.interval import CONFIDENCE

MOST_ENUMERATED = 2000
"""[1] -- feasible points up to which all of them are compared; beyond, a search."""
STEPS_PER_POINT = 500
"""[1] -- tries of the enumeration for each point that is allowed; then it gives up, as if there were more."""


def all_feasible(space: Space, most: int = MOST_ENUMERATED) -> list[Levels] | None:
    """Return all feasible points, today first, or None if there are more than `most`.

    Parameters
    ----------
    space : Space
        What is feasible.
    most : int
        [1] -- at least 1.

    Notes
    -----
    Depth first, factor by factor; a branch that is beyond a limit even if all later factors take least of it is cut.

    Examples
    --------
    >>> from experiments.analysis.optimisation.space import Row
    >>> from experiments.plan.designs import Axis
    >>> budget = Row("budget", ((0.0, 40.0), (0.0, 25.0, 50.0)), at_most=70.0)
    >>> space = Space((Axis("checklist", 2), Axis("training", 3)), (0, 0), (budget,))
    >>> all_feasible(space), all_feasible(space, most=4)
    ([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)], None)
    """
    numbers, found, steps = space.numbers, [space.today], 0
    least = [tuple(map(min, row.amounts)) for row in space.rows]
    # Depth first without recursion: the last factor first off the stack.
    stack: list[Levels] = [()]
    while stack:
        part = stack.pop()
        steps += 1
        if steps > most * STEPS_PER_POINT:
            return None
        if len(part) == len(numbers):
            if part != space.today and space.is_feasible(part):
                found.append(part)
                if len(found) > most:
                    return None
            continue
        for level in reversed(range(numbers[len(part)])):
            longer = (*part, level)
            if all(
                _may_fit(row.amounts, row.at_most, mins, longer) for row, mins in zip(space.rows, least, strict=True)
            ):
                stack.append(longer)
    return found


def _may_fit(amounts: Sequence[Sequence[float]], at_most: float, least: Sequence[float], part: Levels) -> bool:
    """Whether a part may be completed; generous, since feasibility itself is asked of whole points."""
    taken = [amounts[i][level] for i, level in enumerate(part)] + list(least[len(part) :])
    return sum(taken) <= at_most + 1e-6 * (sum(map(abs, taken)) + abs(at_most))


def choose_among_all(
    space: Space, simulate: Simulate, points: Sequence[Levels], aim: Aim, *, indifference: float,
    responses: Sequence[Aim] = (), confidence: float = CONFIDENCE, first: int = FIRST, most: int | None = None,
    final: int = FINAL,
) -> Choice:  # fmt: skip
    """Select the best of all points, with a guarantee.

    Parameters
    ----------
    space, simulate, aim, responses, confidence, first, most, final
        As in `choose`.
    points : sequence of tuple of int
        All that is possible, from `all_feasible`.
    indifference : float
        [unit of the response] -- the smallest difference that matters, above 0.

    Returns
    -------
    Choice
        Its selection is among the points that passed the screening.

    Notes
    -----
    All points run the same few replications, and those that are clearly worse than another one go (`screened_all`,
    error (1 - confidence) / 2). The others are compared by KN with fresh replications and the other half of the error.
    If the best is better than all others by at least the indifference, both stages keep it with probability at least
    the confidence (Bonferroni), as Nelson, Swann, Goldsman & Song, *Simple procedures for selecting the best simulated
    system when the number of alternatives is large* (2001), combine two stages; here KN is the second.

    Examples
    --------
    >>> from experiments.plan.designs import Axis
    >>> def simulate(points, first, last):
    ...     luck = np.random.default_rng(1).normal(size=(2, 2000))[:, first:last]
    ...     return np.array([[luck[0] + (a - 2) ** 2 + a * luck[1] / 10] for (a,) in points])
    >>> space = Space((Axis("staff", 5),), (0,))
    >>> found = choose_among_all(space, simulate, all_feasible(space), Aim("wait", 0), indifference=0.5)
    >>> found.best, found.considered, len(found.finalists)
    ((2,), 5, 2)
    """
    check_confidence(confidence)
    if not 0 < indifference < np.inf:
        raise InputError(f"choice, indifference: got {indifference:g}, must be above 0. Say what difference matters.")
    if first < 2:
        raise InputError(f"choice, first: got {first} replications, must be at least 2. 20 are usual.")
    values = aim.sign * simulate(points, 0, first)[:, aim.response]
    if not np.isfinite(values).all():
        row, column = np.argwhere(~np.isfinite(values))[0]
        raise InputError(
            f"choice, point {points[row]}, replication {column}: got no finite value, must be a number in every "
            "replication. Select by a response that always applies, and mend runs that fail."
        )
    stay = screened_all(values, (1 - confidence) / 2, indifference)
    return choose(
        space, simulate, [points[i] for i in stay], aim, start=first, indifference=indifference, responses=responses,
        confidence=confidence, selection_confidence=1 - (1 - confidence) / 2, first=first, most=most, final=final,
        considered=len(points),
    )  # fmt: skip


def screened_all(values: Array, error: float, indifference: float) -> list[int]:
    """Return the points that are not clearly worse than another one.

    Parameters
    ----------
    values : array of float, shape (points, replications)
        [unit of the response] -- lower is better; same replications, independent of one another.
    error : float
        [1] -- probability that the best goes although it is better than all others by the indifference.
    indifference : float
        [unit of the response] -- at least 0; with 0 the best stays with the probability, by however little it leads.

    Notes
    -----
    i stays if mean_i <= mean_l + max(0, t S_il / sqrt(n) - indifference) for all l, with S_il^2 the variance of the
    differences and t the quantile of Student's t with n - 1 degrees of freedom at 1 - error / (k - 1): the screening
    of Nelson, Swann, Goldsman & Song (2001) for common random numbers (Bonferroni).

    Examples
    --------
    >>> screened_all(np.array([[1.0, 2.0, 3.0], [1.1, 1.9, 3.1], [5.0, 6.1, 7.0]]), 0.05, 0.0)
    [0, 1]
    """
    from scipy.special import stdtrit

    k, n = values.shape
    if k == 1:
        return [0]
    t = float(stdtrit(n - 1, 1 - error / (k - 1)))
    means, stay = values.mean(axis=1), []
    for i in range(k):
        allowed = t * (values - values[i]).std(axis=1, ddof=1) / np.sqrt(n) - indifference
        if (means[i] <= means + np.maximum(allowed, 0.0) + 1e-12 * np.abs(means)).all():
            stay.append(i)
    return stay
