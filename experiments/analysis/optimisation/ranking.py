"""How a race orders its points: by the mean of one response, or by which of them dominates which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.optimisation.fronts import by_front
from experiments.analysis.optimisation.space import Array, Levels, Space
from experiments.analysis.selection.selected import Better

Ranking = Callable[[Sequence[Levels], Array], list[int]]
"""Points and their values, shape (points, responses, replications) -> indices, best first. Never by luck."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A response that should be low or high.

    Attributes
    ----------
    name : str
        Its name.
    response : int
        Its place among the responses of the simulation.
    better : str
        "lower" or "higher".
    """

    name: str
    response: int
    better: Better = "lower"

    @property
    def sign(self) -> float:
        """Factor that makes lower better."""
        return -1.0 if self.better == "higher" else 1.0


def ranking_of(space: Space, aims: Sequence[Aim]) -> Ranking:
    """Return how a race for some aims orders its points."""
    if len(aims) == 1:
        return by_mean(space, aims[0].response, aims[0].better)
    signs = [aim.sign for aim in aims]

    def order(points: Sequence[Levels], values: Array) -> list[int]:
        responses = values[:, [aim.response for aim in aims]] * np.array(signs)[:, None]
        return by_front(responses, np.array([space.cost(point) for point in points]))

    return order


def by_mean(space: Space, response: int, better: Better) -> Ranking:
    """Order by the mean of one response; of equal ones the cheaper first, then the one nearer to today.

    A point that failed in any replication comes last: what failed is not like what did not fail.

    Parameters
    ----------
    space : Space
        Knows costs.
    response : int
        Which one.
    better : str
        "lower" or "higher".

    Examples
    --------
    >>> from experiments.plan.designs import Axis
    >>> ranking = by_mean(Space((Axis("staff", 3),), (0,)), 0, "lower")
    >>> ranking([(0,), (1,), (2,)], np.array([[[5.0, 6.0]], [[4.0, np.nan]], [[3.0, 4.0]]]))
    [2, 0, 1]
    """
    sign = -1.0 if better == "higher" else 1.0

    def order(points: Sequence[Levels], values: Array) -> list[int]:
        means = sign * values[:, response].mean(axis=1)
        means = np.where(np.isfinite(means), means, np.inf)
        return sorted(range(len(points)), key=lambda i: (means[i], space.cost(points[i]), *nearness(space, points[i])))

    return order


def nearness(space: Space, levels: Levels) -> tuple[int, Levels]:
    """Return a key by which points nearer to today come first: how many factors are changed, then levels."""
    return len(space.changed(levels)), levels
