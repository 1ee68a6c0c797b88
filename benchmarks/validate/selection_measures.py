"""How often selections are right and how many runs they take; how often intervals hold together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from scipy import stats

from benchmarks.validate.selection_problems import Problem
from experiments.analysis.comparison import compare
from experiments.analysis.selection.selected import Sample, Selected
from experiments.analysis.with_the_best import Variances, with_the_best

Array = NDArray[np.float64]
Procedure = Callable[..., Selected]


@dataclass(frozen=True)
class Measured:
    """Many selections in worlds of their own."""

    problem: str
    procedure: str
    promised: float | None
    correct: int
    experiments: int
    mean_runs: float
    median_runs: float
    se_runs: float
    """Standard error of the mean."""
    estimated: float | None = None
    """Mean of the probability that the procedure estimated itself."""

    @property
    def probability(self) -> float:
        return self.correct / self.experiments

    @property
    def interval(self) -> tuple[float, float]:
        return share_interval(self.correct, self.experiments)

    @property
    def kept(self) -> bool:
        """Whether the promise is not refuted: the 95 % interval reaches it."""
        return self.promised is None or self.interval[1] >= self.promised

    @property
    def error(self) -> float:
        """Standard error of the probability."""
        return float(np.sqrt(max(self.probability * (1 - self.probability), 1e-4) / self.experiments))


def share_interval(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Clopper and Pearson's interval for a probability (1934)."""
    found = stats.binomtest(hits, of).proportion_ci(confidence, method="exact")
    return float(found.low), float(found.high)


def measure(
    problem: Problem, name: str, procedure: Procedure, experiments: int, seed: int, *,
    promised: float | None = None, good: float = 0.0, **more: object,
) -> Measured:  # fmt: skip
    """Run a procedure in many worlds; right is what is the best, or within `good` of it."""
    random = default_rng(seed)
    best = problem.means[problem.best]
    correct, runs, estimated = 0, np.zeros(experiments), []
    for world in range(experiments):
        found = procedure(problem.sample(random), len(problem.means), better=problem.better, **more)
        correct += found.best is not None and abs(problem.means[found.best] - best) <= good
        runs[world] = found.runs
        if found.probability is not None:
            estimated.append(found.probability)
    return Measured(
        problem.name, name, promised, correct, experiments, float(runs.mean()), float(np.median(runs)),
        float(runs.std() / np.sqrt(experiments)), float(np.mean(estimated)) if estimated else None,
    )  # fmt: skip


def equal_shares(sample: Sample, alternatives: int, *, budget: int, better: str) -> Selected:
    """Select the best mean after the same number of replications of each."""
    each = budget // alternatives
    means = np.array([sample([i], i * each, (i + 1) * each).mean() for i in range(alternatives)])
    best = int(means.argmin() if better == "lower" else means.argmax())
    return Selected("equal", best, (best,), (each,) * alternatives, tuple(means), (_stage(best),), True, False, (), "")


def _stage(best: int):
    from experiments.analysis.selection.selected import Stage

    return Stage((), best)


@dataclass(frozen=True)
class Together:
    """How often all intervals of one table hold at once."""

    noise: str
    n: int
    method: str
    confidence: float
    holds: int
    experiments: int
    length: float
    """Mean length of the intervals."""
    kept_best: int | None = None
    """How often the best is among those that may be."""

    @property
    def coverage(self) -> float:
        return self.holds / self.experiments

    @property
    def error(self) -> float:
        return float(np.sqrt(max(self.coverage * (1 - self.coverage), 1e-4) / self.experiments))


Noise = Callable[[Generator, int], Array]


def against_baseline(
    name: str, noise: Noise, means: Array, n: int, method: str, experiments: int, seed: int
) -> Together:
    """Judge Bonferroni's intervals of `compare`."""
    random = default_rng(seed)
    truth = means[1:] - means[0]
    holds, length = 0, 0.0
    for _ in range(experiments):
        found = compare(means[:, None] + noise(random, n), method=method)  # type: ignore[arg-type]
        low, high = (np.array([getattr(one.interval, end) for one in found.differences]) for end in ("low", "high"))
        holds += bool(((low <= truth) & (truth <= high)).all())
        length += float((high - low).mean())
    return Together(name, n, method, found.confidence, holds, experiments, length / experiments)


def against_best(
    name: str, noise: Noise, means: Array, n: int, variances: Variances, method: str, experiments: int, seed: int
) -> Together:
    """Judge the intervals of `with_the_best`; higher is better."""
    random = default_rng(seed)
    truth = np.array([x - np.delete(means, i).max() for i, x in enumerate(means)])
    holds, length, kept = 0, 0.0, 0
    best = set(np.flatnonzero(means == means.max()).tolist())
    for _ in range(experiments):
        table = means[:, None] + noise(random, n)
        found = with_the_best(table, better="higher", variances=variances, method=method)  # type: ignore[arg-type]
        low, high = (np.array([getattr(gap, end) for gap in found.gaps]) for end in ("low", "high"))
        holds += bool(((low <= truth) & (truth <= high)).all())
        length += float((high - low).mean())
        kept += best <= set(found.may_be_best)
    label = f"{variances}, {method}" if variances == "pairwise" else variances
    return Together(name, n, label, found.confidence, holds, experiments, length / experiments, kept)
