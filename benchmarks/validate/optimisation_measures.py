"""What is measured of the search, of the final interval and of the enumeration."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng

from benchmarks.validate.optimisation_problem import Array, Company
from experiments.analysis.mean_interval import interval
from experiments.analysis.optimisation import (
    Aim,
    Row,
    Searched,
    Settings,
    Space,
    all_feasible,
    choose,
    choose_among_all,
    ranking_of,
    search,
)
from experiments.analysis.optimisation.repair import repaired
from experiments.analysis.optimisation.space import Levels
from experiments.plan.designs import Axis

CHURN, WAIT = Aim("churn", 0), Aim("wait", 1)


class Timed:
    """A simulation whose processor time is taken."""

    def __init__(self, inner: Company) -> None:
        self.inner, self.seconds = inner, 0.0

    def __call__(self, points: Sequence[Levels], first: int, last: int) -> Array:
        began = time.process_time()
        found = self.inner(points, first, last)
        self.seconds += time.process_time() - began
        return found


@dataclass(frozen=True)
class Gap:
    """How far a method stays behind the best known."""

    method: str
    budget: int
    gaps: tuple[float, ...]
    overhead: float | None

    @property
    def mean(self) -> float:
        return float(np.mean(self.gaps))

    @property
    def error(self) -> float:
        return float(np.std(self.gaps, ddof=1) / math.sqrt(len(self.gaps)))


def best_known(company: Company, seeds: int) -> float:
    """Search without noise, then climb by changing one or two factors until nothing helps."""

    def exact(points: Sequence[Levels], first: int, last: int) -> Array:
        return np.repeat(company.truth(points)[:, None, None], last - first, axis=2)

    how = Settings(first=2, doublings=0, deepening=0.0, idle=1000)
    found = (search(company.space, exact, [CHURN], budget=8000, seed=seed, settings=how) for seed in range(seeds))
    return min(_climbed(company, one.elites[0]) for one in found)


def _climbed(company: Company, point: Levels) -> float:
    space, best = company.space, float(company.truth([point])[0])
    while True:
        ones = [
            (*point[:i], level, *point[i + 1 :])
            for i, number in enumerate(space.numbers)
            for level in range(number)
            if level != point[i]
        ]
        twos = [
            (*one[:j], level, *one[j + 1 :])
            for one in ones
            for j, number in enumerate(space.numbers)
            for level in (one[j] - 1, one[j] + 1)
            if 0 <= level < number
        ]
        near = list(dict.fromkeys([*ones, *twos]))
        values = company.truth(near)
        better = (near[int(k)] for k in np.argsort(values) if values[k] < best - 1e-9)
        step = next((one for one in better if space.is_feasible(one)), None)
        if step is None:
            return best
        point, best = step, float(company.truth([step])[0])


def gaps(method: str, budget: int, instances: int, seeds: int, best: Sequence[float]) -> Gap:
    """Run a method on every instance with every seed; gaps in % of what the best known gains over today."""
    found, spent, overhead = [], 0, 0.0
    for instance in range(instances):
        for seed in range(seeds):
            company = Company(instance, common=not method.endswith("independent"))
            if method.startswith("random"):
                point = _random(company, budget, seed)
            else:
                timed, began = Timed(company), time.process_time()
                result = search(company.space, timed, [CHURN], budget=budget, seed=seed)
                overhead += time.process_time() - began - timed.seconds
                spent += result.archive.spent
                point = result.elites[0]
            value, today = company.truth([point, company.space.today])
            found.append(100 * float(value - best[instance]) / float(today - best[instance]))
    return Gap(method, budget, tuple(found), 1000 * overhead / spent if spent else None)


def _random(company: Company, budget: int, seed: int) -> Levels:
    """Random feasible points with 10 replications each; the best mean wins."""
    rng, space = default_rng(seed), company.space
    points = [
        repaired(space, tuple(int(rng.integers(number)) for number in space.numbers), rng) for _ in range(budget // 10)
    ]
    return points[int(company(points, 0, 10)[:, 0].mean(axis=1).argmin())]


class Small:
    """Six factors with three levels, a budget, two responses that are sums: the truth is known."""

    def __init__(self, seed: int) -> None:
        rng = default_rng((20261122, 7))
        amounts = tuple(tuple(price * level for level in range(3)) for price in rng.uniform(5, 15, 6).tolist())
        self.space = Space(
            tuple(Axis(f"f{i}", 3) for i in range(6)), (0,) * 6, (Row("budget", amounts, 50.0),), amounts
        )  # fmt: skip
        self.gain = np.array([rng.uniform(0.2, 1.0, 6), rng.uniform(-0.3, 0.8, 6)])
        luck = default_rng((3, seed))
        self.year = 2 * luck.normal(size=(2, 3000))
        self.own = luck.normal(size=(2, 6, 3000))

    def truth(self, points: Sequence[Levels]) -> Array:
        """Expectations, shape (points, 2)."""
        found: Array = 20.0 - np.asarray(points, dtype=np.float64) @ self.gain.T
        return found

    def __call__(self, points: Sequence[Levels], first: int, last: int) -> Array:
        levels = np.asarray(points, dtype=np.float64)
        own = np.einsum("pf,jfr->pjr", levels, self.own[:, :, first:last])
        return self.truth(points)[:, :, None] + self.year[:, first:last] + own


@dataclass(frozen=True)
class Covered:
    """How often intervals of the winner against today hold the truth."""

    experiments: int
    both: float
    churn: float
    in_search: float
    bias: float
    bias_in_search: float
    gain: float
    error_of_bias: float
    rivals: float


def covered(experiments: int) -> Covered:
    """Search, choose, and look whether what is said is true."""
    how = Settings(start=16, elites=4, children=12, first=3, doublings=2, deepening=0.1, idle=1000)
    rows = []
    for seed in range(experiments):
        company = Small(seed)
        space = company.space
        found = search(space, company, [CHURN], budget=700, seed=seed, settings=how)
        finalists = found.finalists(ranking_of(space, [CHURN]), 8)
        choice = choose(
            space, company, finalists, CHURN, start=found.archive.deepest, indifference=0.6, responses=(WAIT,), most=200
        )  # fmt: skip
        true = company.truth([choice.best])[0] - company.truth([space.today])[0]
        inside = [
            one.difference.low <= true[j] <= one.difference.high  # type: ignore[operator]
            for j, one in enumerate(choice.against_today)
        ]
        churn = choice.against_today[0].difference if choice.against_today else None
        best = company.truth([choice.best])[0, 0]
        rivals = all(
            one.difference.low <= company.truth([one.levels])[0, 0] - best <= one.difference.high  # type: ignore[operator]
            for one in choice.rivals
        )
        rows.append(
            (all(inside), inside[0] if inside else True, churn.mean - true[0] if churn else 0.0, rivals,
             *_in_search(company, found))
        )  # fmt: skip
    columns = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    both, single, bias, rival, naive, naive_bias, gain = columns
    return Covered(
        experiments, float(both.mean()), float(single.mean()), float(naive.mean()), float(bias.mean()),
        float(naive_bias.mean()), float(gain.mean()), float(bias.std(ddof=1) / math.sqrt(experiments)),
        float(rival.mean()),
    )  # fmt: skip


def _in_search(company: Small, found: Searched) -> tuple[bool, float, float]:
    """What the search itself would have said of its leader: right or not, by how much too good, and the true gain."""
    leader, today = found.elites[0], company.space.today
    n = found.archive.replications(leader)
    values = company([leader, today], 0, n)[:, 0]
    said = interval(values[0] - values[1], 0.95)
    true = float(np.subtract(*company.truth([leader, today])[:, 0]))
    assert said.low is not None
    assert said.high is not None
    assert said.mean is not None
    return said.low <= true <= said.high, said.mean - true, true


@dataclass(frozen=True)
class Correct:
    """How often all that is possible was compared and the best was selected."""

    what: str
    points: int
    promised: float
    selected: float
    runs: float
    experiments: int
    passed: float


def correct(what: str, points: int, indifference: float, experiments: int, confidence: float = 0.95) -> Correct:
    """Enumerate and select; common luck makes up half of the variance."""
    space = Space((Axis("way", points),), (0,))
    means = np.ones(points) * indifference
    if what != "slippage":
        means = indifference * np.abs(np.arange(points) - 7.0)
    means[7] = 0.0
    feasible = all_feasible(space)
    assert feasible is not None
    right = runs = passed = 0.0
    for seed in range(experiments):
        luck = default_rng((5, points, seed))
        year = luck.normal(size=20_000) * math.sqrt(0.5)

        def simulate(who: Sequence[Levels], first: int, last: int) -> Array:
            own = luck.normal(size=(len(who), last - first)) * math.sqrt(0.5)  # noqa: B023 - used at once
            return (means[[i for (i,) in who], None] + year[first:last] + own)[:, None]  # noqa: B023

        found = choose_among_all(
            space, simulate, feasible, CHURN, indifference=indifference, confidence=confidence, final=2
        )  # fmt: skip
        right += found.best == (7,)
        runs += found.runs + 20 * points
        passed += len(found.finalists)
    return Correct(what, points, confidence, right / experiments, runs / experiments, experiments, passed / experiments)
