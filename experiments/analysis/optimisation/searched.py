"""How a search goes about, and what it has found."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.analysis.optimisation.archive import Archive, Request
from experiments.analysis.optimisation.ranking import Ranking
from experiments.analysis.optimisation.space import Levels


@dataclass(frozen=True, slots=True)
class Settings:
    """How a search goes about.

    Attributes
    ----------
    start : int
        [1] -- points of the start.
    elites, children : int
        [1] -- best points kept (mu), and new ones per generation (lambda).
    first : int
        [1] -- replications of the first comparison in a race.
    doublings : int
        [1] -- of these in the first race.
    deepening : float
        [1] -- share of all replications that may go into making the elites' means surer: the last comparison of a
        race has this share of what was spent, divided by the elites, if that is more than in the first race.
    idle : int
        [1] -- generations without a better point after which it ends.
    """

    start: int = 64
    elites: int = 12
    children: int = 36
    first: int = 3
    doublings: int = 2
    deepening: float = 0.1
    idle: int = 20

    def deepest(self, spent: int) -> int:
        """Replications of the last comparison of the next race [1]."""
        return max(self.first << self.doublings, int(self.deepening * spent / self.elites))


@dataclass(frozen=True)
class Searched:
    """What a search has found.

    Attributes
    ----------
    elites : tuple of tuple of int
        Best points, best first. How good they are is not said here: see the top of the module `search`.
    archive : Archive
        All that was run.
    generations : int
        [1] -- finished ones, besides the start.
    best_by_generation : tuple of tuple of int
        The leader after the start and after each generation.
    ended : str
        "budget", "idle" or "exhausted": no new point was to be found.
    """

    elites: tuple[Levels, ...]
    archive: Archive
    generations: int
    best_by_generation: tuple[Levels, ...]
    ended: str

    @property
    def history(self) -> tuple[Request, ...]:
        """Every request to the simulation, in order."""
        return tuple(self.archive.requests)

    def finalists(self, ranking: Ranking, most: int) -> tuple[Levels, ...]:
        """Return the best points for the final selection: elites first, then those with most replications.

        Parameters
        ----------
        ranking : Ranking
            Orders those that have equally many replications.
        most : int
            [1] -- how many.
        """
        chosen = list(self.elites[:most])
        by_depth: dict[int, list[Levels]] = {}
        for point in self.archive.points:
            if point not in chosen:
                by_depth.setdefault(self.archive.replications(point), []).append(point)
        for n, points in sorted(by_depth.items(), reverse=True):
            order = ranking(points, self.archive.table(points, n))
            chosen += [points[i] for i in order]
        return tuple(chosen[:most])
