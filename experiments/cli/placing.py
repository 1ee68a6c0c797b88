"""Where more people help most: departments race on some replications, so that others may measure what they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from experiments.analysis.worth import best_steps
from experiments.plan.hiring import hires
from sim.policies import Portfolio

TODAY = "today"
Values = dict[str, dict[int, dict[str, float]]]
"""World -> replication -> metric -> value."""
Run = Callable[[Mapping[str, Portfolio], int, int], Values]
"""Worlds by name, first replication and the one after the last -> what they did."""
Gains = Callable[[Mapping[int, dict[str, float]], Mapping[int, dict[str, float]]], list[float]]
"""What a world did, and today's -> by how much it is better, in each replication of both."""


@dataclass(frozen=True)
class Race:
    """How a place for a hire is found: all departments on some replications, the best few of them on more.

    Attributes
    ----------
    ends : tuple of int
        [1] -- first replication, then the one after the last of each round.
    entrants : tuple of int
        [1] -- departments that take part in each round, at most.
    shortlist : int
        [1] -- departments among which the hires after the first are placed, those where the first helped most.
    """

    ends: tuple[int, ...]
    entrants: tuple[int, ...]
    shortlist: int = 1_000

    def runs(self, departments: int, most: int) -> int:
        """Return how many runs it takes to place some hires, today's included."""
        first = self._runs_of_one(departments)
        later = self._runs_of_one(min(departments, self.shortlist))
        return self.ends[-1] - self.ends[0] + first + (most - 1) * later

    def _runs_of_one(self, departments: int) -> int:
        rounds = zip(self.entrants, self.ends[:-1], self.ends[1:], strict=True)
        return sum(min(entrants, departments) * (end - first) for entrants, first, end in rounds)


def placed(run: Run, gains_of: Gains, departments: Sequence[str], most: int, race: Race) -> list[str]:
    """Return the departments of hires, one after the other, each where it helps most with those before it."""
    today = run({TODAY: Portfolio()}, race.ends[0], race.ends[-1])[TODAY]
    order: list[str] = []
    entering = list(departments)
    for _ in range(most):
        left, gains = list(entering), {name: list[float]() for name in entering}
        for first, end, entrants in zip(race.ends[:-1], race.ends[1:], race.entrants, strict=True):
            left = best_steps({name: gains[name] for name in left}, entrants)
            found = run({name: hired([*order, name]) for name in left}, first, end)
            for name in left:
                gains[name] += gains_of(found[name], today)
        order += best_steps({name: gains[name] for name in left}, 1)
        if len(order) == 1:
            # Those that raced longest come first: what few replications said of the others is less sure.
            others = best_steps({name: gains[name] for name in entering if name not in left}, race.shortlist)
            entering = [*best_steps({name: gains[name] for name in left}, len(left)), *others][: race.shortlist]
            entering.sort(key=list(departments).index)
    return order


def hired(departments: Sequence[str]) -> Portfolio:
    """Return more people in some departments, one for each time that it is named, as a way of working."""
    return Portfolio(members=hires(Counter(departments)))
