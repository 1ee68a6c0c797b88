"""The search: generations of children of the best points so far, each generation a race on the same replications.

It promises nothing about how good its best point is, and the means it has seen are of points that were chosen because
of them, so they flatter. `choice` starts from its finalists with fresh replications.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng

from experiments.analysis.optimisation.archive import Archive
from experiments.analysis.optimisation.race import race
from experiments.analysis.optimisation.ranking import Aim, ranking_of
from experiments.analysis.optimisation.repair import repaired
from experiments.analysis.optimisation.searched import Searched, Settings
from experiments.analysis.optimisation.space import Levels, Simulate, Space
from experiments.analysis.optimisation.starts import knapsack, slopes, start_points
from experiments.analysis.optimisation.variation import TRIES, child
from sim.errors import InputError


def search(
    space: Space, simulate: Simulate, aims: Sequence[Aim], *, budget: int, seed: int, indifference: float = 0.0,
    settings: Settings | None = None,
) -> Searched:  # fmt: skip
    """Look for the best point, or with several aims for those that nothing dominates.

    Parameters
    ----------
    space : Space
        What may be chosen.
    simulate : Simulate
        Runs points; with the same replications for all of them.
    aims : sequence of Aim
        What should be low or high. With one, its mean counts; with several, these and the cost (see `fronts`).
    budget : int
        [1] -- replications of all points together; never exceeded.
    seed : int
        Of the search; its luck has nothing to do with that of the simulation.
    indifference : float
        [unit of the response] -- with one aim: a better leader counts as an improvement if better by more than this.
    settings : Settings, optional
        How it goes about; the default ones are those of docs/optimisation.md.

    Raises
    ------
    InputError
        If the budget does not pay for the start.

    Examples
    --------
    >>> from experiments.plan.designs import Axis
    >>> def simulate(points, first, last):
    ...     luck = np.random.default_rng(1).normal(size=2000)[first:last]
    ...     return np.array([[(a - 7) ** 2 + (b - 3) ** 2 + luck] for a, b in points])
    >>> space = Space((Axis("a", 20), Axis("b", 20)), (0, 0))
    >>> search(space, simulate, [Aim("cost", 0)], budget=2000, seed=1).elites[0]
    (7, 3)
    """
    if not aims:
        raise InputError("optimisation: got no aim, must be at least one response. Say what should be low or high.")
    run = _Search(space, Archive(simulate, budget), tuple(aims), default_rng(seed), settings or Settings())
    return run.searched(indifference)


@dataclass
class _Search:
    """A search under way."""

    space: Space
    archive: Archive
    aims: tuple[Aim, ...]
    rng: Generator
    settings: Settings

    def __post_init__(self) -> None:
        self.ranking = ranking_of(self.space, self.aims)

    def searched(self, indifference: float) -> Searched:
        elites = self._started()
        leaders, champion, idle = [elites[0]], elites[0], 0
        while True:
            if idle >= self.settings.idle:
                return self._ended(elites, leaders, "idle")
            self.archive.generation += 1
            elites = self._recalled(elites)
            born = self._born(elites)
            if not born:
                return self._ended(elites, leaders, "exhausted")
            won = self._race(born, elites)
            if won is None:
                return self._ended(elites, leaders, "budget")
            elites = won
            leaders.append(elites[0])
            if self._is_better(elites, champion, indifference):
                champion, idle = elites[0], 0
            else:
                idle += 1

    def _ended(self, elites: list[Levels], leaders: list[Levels], why: str) -> Searched:
        return Searched(tuple(elites), self.archive, len(leaders) - 1, tuple(leaders), why)

    def _started(self) -> list[Levels]:
        """Race the start points, then what looks best by what they have shown."""
        archive, first = self.archive, self.settings.first
        points = start_points(self.space, self.settings.start, self.rng)
        archive.origins |= {point: (0, how) for point, how in points.items()}
        if archive.can_afford(list(points), first):
            archive.ask(list(points), first)
            packed = self._packed()
            archive.origins |= {point: (0, "knapsack") for point in packed if point not in points}
            elites = self._race(list(dict.fromkeys([*points, *packed])), [])
            if elites is not None:
                return elites
        raise InputError(
            f"optimisation, budget: got {archive.budget:,} replications, must be at least about "
            f"{4 * len(points) * first:,}: the start alone takes that many. Raise it, or compare a few points instead."
        )

    def _race(self, new: list[Levels], elites: Sequence[Levels]) -> list[Levels] | None:
        return race(
            self.archive, new, elites, self.ranking, first=self.settings.first,
            deepest=self.settings.deepest(self.archive.spent), keep=self.settings.elites,
        )  # fmt: skip

    def _recalled(self, elites: list[Levels]) -> list[Levels]:
        """With several aims, let all that ever ran a race to its end compete for being an elite again.

        A front has more points than elites, and one that was left out for being crowded may be missed later.
        """
        if len(self.aims) == 1:
            return elites
        n = self.settings.first << self.settings.doublings
        pool = [point for point in self.archive.points if self.archive.replications(point) >= n]
        order = self.ranking(pool, self.archive.table(pool, n))
        return [pool[i] for i in order[: self.settings.elites]]

    def _born(self, elites: Sequence[Levels]) -> list[Levels]:
        """Return new points: what looks best by main effects, and children of the elites."""
        born: dict[Levels, str] = dict.fromkeys(self._packed(), "knapsack")
        for _ in range(self.settings.children * TRIES):
            if len(born) >= self.settings.children:
                break
            one = child(self.space, elites, self.rng)
            if one not in self.archive:
                born.setdefault(one, "child")
        self.archive.origins |= {point: (self.archive.generation, how) for point, how in born.items()}
        return list(born)

    def _packed(self) -> list[Levels]:
        """Return new points that look best by main effects, one for each aim."""
        points, found = list(self.archive.points), []
        for aim in self.aims:
            scores = aim.sign * np.array([self.archive.values(point)[aim.response].mean() for point in points])
            best = knapsack(self.space, slopes(self.space, points, scores)) if np.isfinite(scores).any() else None
            if best is not None:
                best = repaired(self.space, best, self.rng)
                if best not in self.archive and best not in found:
                    found.append(best)
        return found

    def _is_better(self, elites: Sequence[Levels], champion: Levels, indifference: float) -> bool:
        """Whether the leader is better than the last one that counted; with several aims whether it left the elites."""
        if len(self.aims) > 1:
            return champion not in elites
        pair = [elites[0], champion]
        table = self.archive.table(pair, min(map(self.archive.replications, pair)))[:, self.aims[0].response]
        lead = self.aims[0].sign * (table[1] - table[0]).mean()
        return bool(elites[0] != champion and not lead <= indifference)
