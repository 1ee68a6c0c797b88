"""What charts of means over replications share: their runs, the digits of an interval, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from experiments.analysis.comparison import Standing, standing_of
from experiments.analysis.mean_interval import Interval
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, same, token, words
from experiments.show.charts.chart import Num
from experiments.show.numbers import interval_place
from sim.errors import UsageError, nearest
from sim.measures.interval import CONFIDENCE

VERDICT: Mapping[Standing, str] = {
    "better": "verdict better",
    "worse": "verdict worse",
    "indistinguishable": "verdict open",
}
"""Standing -> id of its text."""
LINES: tuple[tuple[str, str, str], ...] = (("@today", "dash", "square-open"), ("@policy", "solid", "circle"))
"""Colour, dash and symbol of today's line and of another way's."""


def checked_way(study: Study, way: str, chart: str) -> bool:
    """Say whether a way of working is to be compared with today's, or shown by itself.

    Raises
    ------
    UsageError
        If it was not run.
    """
    if way not in study.ways:
        known = [each or "'' (today)" for each in study.ways]
        raise UsageError(f"{chart}: way of working '{way[:80]}' was not run. {nearest(way, known)}")
    return way != TODAY and study.has_today


def verdict(found: Interval, better: Literal["lower", "higher"]) -> Standing:
    """Return what the interval of a difference shows by itself."""
    return standing_of(found, better, 1 - CONFIDENCE)


def places(found: Interval, factor: float = 1.0) -> int:
    """Return the decimal place that means something; negative for tens, hundreds, …."""
    return interval_place(found, factor)


def numbers(found: Interval, factor: float = 1.0, *, signed: bool = False) -> tuple[Num, Num, Num]:
    """Return mean and both ends of an interval as cells of a table.

    Parameters
    ----------
    factor : float
        From the metric's unit to that of the table.
    """
    place = places(found, factor)
    low, high = found.low, found.high
    mean, *ends = (Num(None if v is None else v * factor, place, signed) for v in (found.mean, low, high))
    return mean, ends[0], ends[1]


def printed(found: Interval, factor: float = 1.0, *, signed: bool = False, most: int | None = None) -> str:
    """Return a mean as a token with the digits that mean something, at most so many decimals."""
    place = places(found, factor)
    place = place if most is None else min(place, most)
    return token(round((found.mean or 0.0) * factor, place), max(place, 0), signed=signed)


def bare_interval(found: Interval, factor: float = 1.0, *, signed: bool = False, most: int | None = None) -> Words:
    """Write a mean with the ends of its interval, without a unit, with at most so many decimals."""
    mean = printed(found, factor, signed=signed, most=most)
    if found.low is None or found.high is None:
        return same(mean)
    place = places(found, factor)
    place = place if most is None else min(place, most)
    low, high = (token(round(end * factor, place), max(place, 0), signed=signed) for end in (found.low, found.high))
    return words("mean and ends", mean=mean, low=low, high=high)
