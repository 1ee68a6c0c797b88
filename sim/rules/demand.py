"""When orders come: a clock that runs fast in busy hours and stands still when nobody orders.

Poisson demand with a weekly profile and a season is a plain Poisson process in *operational time*: the
integral of the relative intensity. An instant is found by inverting that integral, which is piecewise linear.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.rules.calendar import NEVER, WEEK_MS
from sim.rules.rule import rule


class Profile(NamedTuple):
    """Relative intensity of demand: hour of the week times season of the week."""

    hours: list[float]
    """Cumulative weights of the 168 hours of a week, from 0 to 168 (169 values)."""
    season: list[float]
    """Factor of each week of the run."""
    weeks: list[float]
    """Operational time at the beginning of each week (one value more than weeks)."""


@rule
def _last_not_above(values: list[float], x: float, low: int, high: int) -> int:
    while low < high:
        middle = (low + high + 1) // 2
        if values[middle] <= x:
            low = middle
        else:
            high = middle - 1
    return low


@rule
def instant_of(profile: Profile, operational: float) -> int:
    """Return the instant [ms] at which the operational clock shows a value [h]; NEVER after the last week."""
    last = len(profile.season) - 1
    if operational >= profile.weeks[last + 1]:
        return NEVER
    # The mean intensity is about 1, so the guess is nearly always within a few weeks.
    guess = min(last, int(operational / 168.0))
    low, high = max(0, guess - 3), min(last, guess + 3)
    if profile.weeks[low] > operational or profile.weeks[high + 1] <= operational:
        low, high = 0, last
    week = _last_not_above(profile.weeks, operational, low, high)
    rest = (operational - profile.weeks[week]) / profile.season[week]
    hour = _last_not_above(profile.hours, rest, 0, 167)
    weight = profile.hours[hour + 1] - profile.hours[hour]
    part = (rest - profile.hours[hour]) / weight if weight > 0.0 else 0.0
    return week * WEEK_MS + int((hour + part) * 3_600_000.0)


@rule
def operational_at(profile: Profile, t: int) -> float:
    """Return the operational clock [h] at an instant [ms] within the run."""
    week = min(t // WEEK_MS, len(profile.season) - 1)
    hours = (t - week * WEEK_MS) / 3_600_000.0
    hour = min(int(hours), 167)
    inside = profile.hours[hour] + (hours - hour) * (profile.hours[hour + 1] - profile.hours[hour])
    return profile.weeks[week] + profile.season[week] * inside
