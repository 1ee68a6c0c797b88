"""What a lesson's results say: its numbers with intervals, what is green, which claims hold, who does best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from experiments.analysis.mean_interval import Interval, interval, paired_interval
from experiments.analysis.worth import equivalent
from experiments.plan.lessons.amounts import amount
from experiments.plan.lessons.checks import TODAY_NAME, Quantity
from experiments.plan.lessons.lesson import Claim, Gap, Greens, Hires, WhichGuess
from experiments.plan.lessons.load import TODAY
from experiments.plan.lessons.rows import Row
from experiments.run.study import Study
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

Standing = Literal["met", "missed", "close", "none"]


@dataclass(frozen=True)
class Found:
    """A number of a lesson.

    Attributes
    ----------
    interval : Interval
        Mean and ends in `unit`; of green figures, how many are by their mean, how many surely, and how many may be.
    unit : str
        The metric's; empty for counts.
    kind : str
        "level", "difference", "greens" or "hires".
    most : int or None
        Of hires: length of the yardstick; an end without value lies beyond it. Of greens: how many figures there are.
    """

    interval: Interval
    unit: str
    kind: Literal["level", "difference", "greens", "hires"]
    most: int | None = None


def found(quantity: Quantity, looks: Mapping[str, Study], rows: Sequence[Row]) -> Found:
    """Return a number of a lesson.

    Parameters
    ----------
    quantity : Level, Gap, Greens or Hires
        What is asked.
    looks : mapping of str to Study
        Results, by look.
    rows : sequence of Row
        The scoreboard.
    """
    study = looks[quantity.look]
    way = quantity.change or TODAY
    if isinstance(quantity, Greens):
        return _greens(study, way, [row for row in rows if row.owner == quantity.owner and row.has_limit])
    unit = describe(quantity.metric, study.scenario.currency).unit
    if isinstance(quantity, Hires):
        return _hires(study, quantity)
    if isinstance(quantity, Gap):
        return Found(
            paired_interval(study.values(quantity.metric, way), study.values(quantity.metric)), unit, "difference"
        )
    return Found(interval(study.values(quantity.metric, way).values()), unit, "level")


def _greens(study: Study, way: str, rows: Sequence[Row]) -> Found:
    standings = [standing(row, study, way) for row in rows]
    surely = sum(each == "met" for _, each in standings)
    maybe = surely + sum(each == "close" for _, each in standings)
    by_mean = sum(
        one.mean is not None and row.low <= one.mean <= row.high for row, (one, _) in zip(rows, standings, strict=True)
    )
    one = Interval(float(by_mean), float(surely), float(maybe), study.replications, "t")
    return Found(one, "", "greens", len(rows))


def _hires(study: Study, asked: Hires) -> Found:
    sign = 1.0 if describe(asked.metric).better == "higher" else -1.0
    series = [study.values(asked.metric, way) for way in (TODAY, asked.change, *asked.yardstick)]
    runs = sorted(set.intersection(*(set(each) for each in series)))
    table = sign * np.array([[each[run] for run in runs] for each in series])
    gains = table[1:] - table[0]
    same = equivalent(gains[0].tolist(), gains[1:].T)
    one = Interval(same.hires, same.low, same.high, same.n, "t")
    return Found(one, "", "hires", same.most)


def standing(row: Row, study: Study, way: str) -> tuple[Interval, Standing]:
    """Return a figure and whether it is green: surely met, surely missed, or too close to tell."""
    one = interval(study.values(row.metric, way).values())
    if not row.has_limit or one.mean is None:
        return one, "none"
    low = one.mean if one.low is None else one.low
    high = one.mean if one.high is None else one.high
    if row.low <= low and high <= row.high:
        return one, "met"
    return one, "missed" if high < row.low or low > row.high else "close"


def holds(claim: Claim, number: Found) -> bool:
    """Say whether the results show what a text rests on: the whole interval must."""
    low, high = number.interval.low, number.interval.high
    if claim.goes == "up" and (low is None or low <= 0):
        return False
    if claim.goes == "down" and (high is None or high >= 0):
        return False
    if claim.at_least is not None and (low is None or low < amount(claim.at_least, number.unit)):
        return False
    return claim.at_most is None or (high is not None and high <= amount(claim.at_most, number.unit))


def direction(number: Found, matters: float = 0.0) -> Literal["up", "down", "unclear"]:
    """Return which way a difference goes, if that is clear and it is more than what does not matter.

    Parameters
    ----------
    matters : float
        Below this, in the metric's unit, a change is none to speak of.
    """
    mean = number.interval.mean or 0.0
    if not number.interval.is_clear or abs(mean) < matters:
        return "unclear"
    return "up" if mean > 0 else "down"


def best_of(guess: WhichGuess, study: Study) -> str | None:
    """Return the way of working that is clearly better than each of the others; None if none is.

    All pairs share the confidence, as nobody knew beforehand which of them would matter.
    """
    ways = [TODAY if name == TODAY_NAME else name for name in guess.changes]
    sign = 1.0 if describe(guess.metric).better == "higher" else -1.0
    pairs = len(list(combinations(ways, 2)))
    confidence = 1 - (1 - CONFIDENCE) / pairs
    values = {way: study.values(guess.metric, way) for way in ways}
    for name, way in zip(guess.changes, ways, strict=True):
        others = [paired_interval(values[way], values[other], confidence) for other in ways if other != way]
        if all(one.is_clear and sign * (one.mean or 0.0) > 0 for one in others):
            return name
    return None
