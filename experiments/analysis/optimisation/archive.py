"""Everything that was simulated in a search: which point, in which replications, with which values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.optimisation.space import Array, Levels, Simulate


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the simulation.

    Attributes
    ----------
    generation : int
        [1] -- 0 for the start.
    points : tuple of tuple of int
        What was run.
    first, last : int
        Replications from `first` to before `last`.
    """

    generation: int
    points: tuple[Levels, ...]
    first: int
    last: int


class Archive:
    """Runs what is not known yet, and keeps all.

    Parameters
    ----------
    simulate : Simulate
        Where values come from.
    budget : int
        [1] -- replications of all points together that may be asked for.

    Attributes
    ----------
    requests : list of Request
        In order.
    origins : dict of tuple of int to (int, str)
        Generation in which a point was first tried, and how it came about.
    spent : int
        [1] -- replications of all points so far.
    """

    def __init__(self, simulate: Simulate, budget: int) -> None:
        self.requests: list[Request] = []
        self.origins: dict[Levels, tuple[int, str]] = {}
        self.spent = 0
        self.budget = budget
        self.generation = 0
        self._simulate = simulate
        self._values: dict[Levels, Array] = {}

    def __contains__(self, levels: Levels) -> bool:
        return levels in self._values

    @property
    def points(self) -> tuple[Levels, ...]:
        """All points that were run, in the order of their first run."""
        return tuple(self._values)

    @property
    def deepest(self) -> int:
        """Replications of the point that has most: the search has used none with this number or a higher one."""
        return max((values.shape[1] for values in self._values.values()), default=0)

    def replications(self, levels: Levels) -> int:
        """Return how many replications a point has [1]; always the first ones."""
        return int(self._values[levels].shape[1]) if levels in self._values else 0

    def values(self, levels: Levels) -> Array:
        """Return all that is known of a point, shape (responses, replications)."""
        return self._values[levels]

    def price(self, points: Sequence[Levels], n: int) -> int:
        """Return how many replications are missing until each of some points has n [1]."""
        return sum(max(0, n - self.replications(point)) for point in points)

    def can_afford(self, points: Sequence[Levels], n: int) -> bool:
        """Say whether the budget allows each of some points to have n replications."""
        return self.spent + self.price(points, n) <= self.budget

    def ask(self, points: Sequence[Levels], n: int) -> None:
        """Run what is missing until each of some points has n replications.

        Points that have equally many are run in one request.
        """
        by_known: dict[int, list[Levels]] = {}
        for point in dict.fromkeys(points):
            by_known.setdefault(self.replications(point), []).append(point)
        for known, group in sorted(by_known.items()):
            if known >= n:
                continue
            found = np.asarray(self._simulate(group, known, n), dtype=np.float64)
            if found.ndim != 3 or found.shape[0] != len(group) or found.shape[2] != n - known:
                raise ValueError(f"the simulation gave shape {found.shape}, must be ({len(group)}, -, {n - known})")
            for point, values in zip(group, found, strict=True):
                before = self._values.get(point)
                self._values[point] = values if before is None else np.concatenate([before, values], axis=1)
            self.spent += len(group) * (n - known)
            self.requests.append(Request(self.generation, tuple(group), known, n))

    def table(self, points: Sequence[Levels], n: int) -> Array:
        """Return the first n replications of some points, shape (points, responses, n)."""
        return np.stack([self._values[point][:, :n] for point in points])
