"""What ways of working do for the customer and for the profit, all looked at together, and which may be recommended.

The rule, also in docs/report.md. The customer's figures are the wait, the promises kept and the customers lost. A way
of working is **eligible** if it makes at least one of them clearly better, none of them clearly worse, and the profit
not clearly worse. Of those, the one with the shortest mean wait is named (of those with a clearly shorter wait, if
there are any), with all others that cannot be told from it.

Why the wait decides among them: it is what the customer feels of every department at once, and what the hires of the
yardstick are counted in; profit is a condition and not the aim, because that of one year leaves out what kept customers
are worth later. Whoever weighs otherwise finds the best of the others in each figure beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.comparison import Comparison, Difference, compare, standing_of
from experiments.analysis.mean_interval import Interval, paired_interval
from experiments.analysis.relative import relative_change
from experiments.analysis.worth import Equivalent, equivalent
from experiments.run.study import TODAY, Study
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE
from sim.units import HOURS_PER_YEAR

WAIT, PROFIT, LEFT = "wait_mean", "profit", "customers_left"
CUSTOMERS = (WAIT, "promise_kept_share", "churn_per_year")
"""The customer's figures, in the order in which the first that a company has decides."""
SHOWN = (*CUSTOMERS, PROFIT)
FEW = 3
"""Promising ways that are named."""
YARDSTICK = "yardstick"
"""Table of the hires' runs: hires, replication, metrics."""
Array = NDArray[np.float64]
Case = Literal["recommended", "costly", "mixed", "nothing", "one run", "nothing to compare"]


@dataclass(frozen=True)
class Effects:
    """What one way of working does, against today.

    Attributes
    ----------
    way : str
        Its key.
    changes : mapping of str to Difference
        By metric, in its own unit.
    relative : Interval
        [1] -- change of the wait in shares of today's.
    hires : Equivalent or None
        Hires that would shorten the wait as much; None without a yardstick.
    """

    way: str
    changes: Mapping[str, Difference]
    relative: Interval
    hires: Equivalent | None = None

    def mean(self, metric: str) -> float:
        """Return the mean change of a metric, signed so that less is better; infinite where it has none."""
        found = self.changes.get(metric)
        mean = None if found is None else found.interval.mean
        if mean is None or not math.isfinite(mean):
            return math.inf
        return -mean if describe(metric).better == "higher" else mean

    def is_(self, standing: str, *metrics: str) -> bool:
        """Whether any of some metrics is clearly better, or clearly worse."""
        return any(m in self.changes and self.changes[m].standing == standing for m in metrics)


@dataclass(frozen=True)
class Decision:
    """All ways of working against today's, and what may be recommended.

    Attributes
    ----------
    case : str
        What could be found; see the module.
    metrics : tuple of str
        What was compared.
    responses : int
        [1] -- intervals of each way of working that share the confidence: those of the metrics, that of the wait in per
        cent and, with a yardstick, that of the hires.
    confidence_of_each : float
        [1] -- of one interval, so that all together hold with 95 %.
    effects : mapping of str to Effects
        By way of working.
    apart : tuple of str
        Ways of working that are not compared: something that nobody decides is other than today.
    chosen : str or None
        The way that is named: recommended, or with "costly" the one whose price is named.
    alike : tuple of str
        Eligible ways whose wait cannot be told from that of the chosen one, the shortest first; all differences between
        any two ways hold together.
    eligible : tuple of str
        All of them, the shortest wait first.
    promising : tuple of str
        Where nothing can be recommended: ways with the shortest mean waits whose mean profit is not below today's.
        Worth a look with other luck, no more.
    most_hires : int
        [people] -- length of the yardstick; 0 without one.
    """

    case: Case
    metrics: tuple[str, ...]
    responses: int
    confidence_of_each: float
    effects: Mapping[str, Effects]
    apart: tuple[str, ...] = ()
    chosen: str | None = None
    alike: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    promising: tuple[str, ...] = ()
    most_hires: int = 0

    @property
    def is_best(self) -> bool:
        """Whether the recommended way is clearly the best of the eligible ones."""
        return self.case == "recommended" and not self.alike

    @property
    def criterion(self) -> str:
        """What decides among eligible ways."""
        return next((metric for metric in CUSTOMERS if metric in self.metrics), WAIT)

    def best_in(self, metric: str) -> str | None:
        """Return the eligible way with the best mean of a metric."""
        known = [way for way in self.eligible if math.isfinite(self.effects[way].mean(metric))]
        return min(known, key=lambda way: self.effects[way].mean(metric), default=None)


def decide(study: Study) -> Decision:
    """Compare every way of working with today's, all intervals together, and find what may be recommended.

    Parameters
    ----------
    study : Study
        Any results.
    """
    ways, apart = comparable(study)
    metrics = tuple(name for name in (*SHOWN, LEFT) if _both_have(study, name))
    if not study.has_today or not ways or not metrics:
        return Decision("nothing to compare", metrics, 1, CONFIDENCE, {}, apart)
    yardstick = hires_curve(study)
    responses = len(metrics) + (WAIT in metrics) + (yardstick is not None)
    found = {metric: against_today(study, metric, ways, responses) for metric in metrics}
    each = next(iter(found.values())).confidence_of_each
    today = study.values(WAIT)
    effects = {
        way: Effects(
            way,
            {metric: found[metric].differences[place] for metric in metrics},
            relative_change(study.values(WAIT, way), today, each),
            None if yardstick is None else in_hires(study, way, yardstick, each),
        )
        for place, way in enumerate(ways)
    }
    most = 0 if yardstick is None else yardstick.shape[1]
    empty = Decision("nothing", metrics, responses, each, effects, apart, most_hires=most)
    return _judged(study, empty)


def comparable(study: Study) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ways of working that differ from today only in what the organisation decides, and the others."""
    fixed = [factor.name for factor in study.factors if not factor.controllable]
    if study.design is None or not fixed or not study.has_today:
        return study.others, ()
    today = study.design.loc[TODAY, fixed]
    alike = tuple(way for way in study.others if (study.design.loc[way, fixed] == today).all())
    return alike, tuple(way for way in study.others if way not in alike)


def _both_have(study: Study, metric: str) -> bool:
    if metric == LEFT and study.scenario.churn is None:
        return False
    return bool(study.values(metric)) and any(study.values(metric, way) for way in study.others)


def against_today(study: Study, metric: str, ways: Sequence[str], responses: int) -> Comparison:
    """Compare ways of working with today's in one metric; customers who leave are counted per year."""
    replications = sorted({int(r) for r in study.wide.index.get_level_values(1)})
    series = [study.values(metric, way) for way in (TODAY, *ways)]
    table = np.array([[one.get(r, math.nan) for r in replications] for one in series])
    years = study.scenario.time.horizon / HOURS_PER_YEAR if metric == LEFT else 1.0
    return compare(table / years, better=describe(metric).better or "lower", responses=responses)


def _judged(study: Study, found: Decision) -> Decision:
    """Fill in which ways are eligible, which one is named, and which cannot be told from it."""
    if study.replications < 2:
        return replace(found, case="one run")
    effects, criterion = found.effects, found.criterion
    order = sorted(effects, key=lambda way: effects[way].mean(criterion))
    helpful = [way for way in order if effects[way].is_("better", *CUSTOMERS)]
    harmless = [way for way in helpful if not effects[way].is_("worse", *CUSTOMERS)]
    eligible = [way for way in harmless if not effects[way].is_("worse", PROFIT)]
    if not helpful:
        return replace(found, promising=_promising(found, order))
    if not harmless:
        return replace(found, case="mixed")
    clear = [way for way in eligible or harmless if effects[way].is_("better", criterion)]
    chosen = (clear or eligible or harmless)[0]
    if not eligible:
        return replace(found, case="costly", chosen=chosen)
    alike = tuple(way for way in eligible if way != chosen and not _clearly_worse(study, way, chosen, found))
    return replace(found, case="recommended", chosen=chosen, alike=alike, eligible=tuple(eligible))


def _promising(found: Decision, order: Sequence[str]) -> tuple[str, ...]:
    """Return the first few of the ways in order that, by their means, help the customer and cost nothing."""
    means = [(way, found.effects[way].mean(found.criterion), found.effects[way].mean(PROFIT)) for way in order]
    return tuple(way for way, wait, profit in means if wait < 0 and (profit <= 0 or PROFIT not in found.metrics))[:FEW]


def _clearly_worse(study: Study, way: str, chosen: str, found: Decision) -> bool:
    """Whether a way is clearly worse than the chosen one in what decides.

    Notes
    -----
    Which two are compared was decided by the data; so the difference of any two ways must hold with all others: each
    one-sided interval errs with 0.05 / (k (k - 1)). Whatever is clearly worse than the chosen one is not the best
    (Hsu's multiple comparisons with the best, see `with_the_best`, without what constrains its intervals).
    """
    k, metric = len(found.effects), found.criterion
    error = 2 * (1 - CONFIDENCE) / max(1, k * (k - 1))
    apart = paired_interval(study.values(metric, way), study.values(metric, chosen), 1 - error)
    return standing_of(apart, describe(metric).better or "lower", error) == "worse"


# Hires -----------------------------------------------------------------------------------------------------------


def hires_curve(study: Study) -> Array | None:
    """Return by how much 1, 2, … hires shorten the wait [h], a row for each replication; None without a yardstick."""
    table = study.table(YARDSTICK)
    if table is None or not study.has_today:
        return None
    wide = table.pivot(index="replication", columns="hires", values=WAIT)
    today = study.values(WAIT)
    rows = [wide.loc[r].to_numpy() if r in wide.index else np.full(wide.shape[1], math.nan) for r in sorted(today)]
    return np.array([today[r] for r in sorted(today)])[:, None] - np.array(rows, dtype=np.float64)


def in_hires(study: Study, way: str, curve: Array, confidence: float = CONFIDENCE) -> Equivalent:
    """Return how many hires shorten the wait as much as a way of working; see `worth.equivalent`."""
    today, treated = study.values(WAIT), study.values(WAIT, way)
    return equivalent([today[r] - treated.get(r, math.nan) for r in sorted(today)], curve, confidence)
