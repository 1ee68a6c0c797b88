"""How orders flow through a route: a Markov chain that ends, and how often it visits each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.orders import END, Step

Matrix = NDArray[np.float64]


def branches(steps: Sequence[Step], position: int) -> dict[str, float]:
    """Return the possible next steps of a step, with their probabilities."""
    step = steps[position]
    if isinstance(step.next, dict):
        return {name: p for name, p in step.next.items() if p > 0}
    following = steps[position + 1].step if position + 1 < len(steps) else END
    return {step.next or following: 1.0}


def reachable(steps: Sequence[Step], start: str) -> set[str]:
    """Return the steps (and 'end') that can come after a step, itself only if the route can return to it."""
    places = {step.step: i for i, step in enumerate(steps)}
    found: set[str] = set()
    open_ends = [start]
    while open_ends:
        name = open_ends.pop()
        if name in places:
            new = set(branches(steps, places[name])) - found
            found |= new
            open_ends += new
    return found


def transitions(steps: Sequence[Step], accepted: float = 1.0) -> Matrix:
    """Return the probabilities from step to step [1]; what is missing in a row has ended.

    Parameters
    ----------
    steps : sequence of Step
        A route.
    accepted : float
        Share of orders that go on after a step that quotes.
    """
    places = {step.step: i for i, step in enumerate(steps)}
    matrix = np.zeros((len(steps), len(steps)))
    for i, step in enumerate(steps):
        for name, p in branches(steps, i).items():
            if name != END:
                matrix[i, places[name]] += p * (accepted if step.quotes else 1.0)
    return matrix


def expected_visits(steps: Sequence[Step], accepted: float = 1.0) -> dict[str, float]:
    """Return how often an order visits each step of its route on average [1].

    Parameters
    ----------
    steps : sequence of Step
        A route that ends whatever happens.
    accepted : float
        Share of orders that go on after a step that quotes.

    Raises
    ------
    ValueError
        If the route can go on for ever.

    Notes
    -----
    The first row of the fundamental matrix (I - P)^-1 of an absorbing Markov chain (Kemeny & Snell 1960).
    """
    start = np.zeros(len(steps))
    start[0] = 1.0
    visits = _solved(transitions(steps, accepted).T, start)
    return {step.step: float(v) for step, v in zip(steps, visits, strict=True)}


def fundamental(matrix: Matrix) -> Matrix:
    """Return (I - P)^-1: the expected visits from each state to each other one."""
    result: Matrix = _solved(matrix, np.eye(len(matrix)))
    return result


def without(matrix: Matrix, skipped: Sequence[int]) -> Matrix:
    """Return the transitions between the other states when some are passed through unseen."""
    if not skipped:
        return matrix
    hidden = list(skipped)
    through = matrix + matrix[:, hidden] @ fundamental(matrix[np.ix_(hidden, hidden)]) @ matrix[hidden, :]
    through[hidden, :] = 0.0
    through[:, hidden] = 0.0
    return through


def _solved(matrix: Matrix, right: Any) -> Any:
    try:
        return np.linalg.solve(np.eye(len(matrix)) - matrix, right)
    except np.linalg.LinAlgError:
        raise ValueError("the route can go on for ever") from None
