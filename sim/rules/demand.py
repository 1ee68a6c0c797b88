"""When orders come: a clock that runs fast in busy hours and stands still when nobody orders.

Poisson demand with a weekly profile and a season is a plain Poisson process in *operational time*: the
integral of the relative intensity. An instant is found by inverting that integral, which is piecewise linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.rules.calendar import NEVER, WEEK_MS
from sim.rules.rule import rule


class Profile(NamedTuple):
    """Relative intensity of demand: hour of the week times season of the week.

    All of it stands in one sequence of numbers, which several profiles, and other things, may share.
    """

    words: Sequence[float]
    hours: int
    """Where the cumulative weights of the 168 hours of a week stand, from 0 to 168 (169 values)."""
    season: int
    """Where the factors of the weeks of the run stand."""
    weeks: int
    """Where the operational time at the beginning of each week stands (one value more than weeks)."""
    length: int
    """Weeks of the run."""


@rule
def _last_not_above(words: Sequence[float], begin: int, x: float, guess: int, last: int) -> int:
    """Return the number of the last of some ascending values that is not above x, looking first at a guess."""
    low, high = 0, last
    while low < high:
        if words[begin + guess] <= x:
            low = guess
            if guess == last or words[begin + guess + 1] > x:
                return guess
        else:
            high = guess - 1
        guess = (low + high + 1) // 2
    return low


@rule
def instant_of(profile: Profile, operational: float) -> int:
    """Return the instant [ms] at which the operational clock shows a value [h]; NEVER after the last week."""
    words, weeks, hours = profile.words, profile.weeks, profile.hours
    last = profile.length - 1
    if operational >= words[weeks + last + 1]:
        return NEVER
    # The mean intensity is about 1, so the guesses are often right, and always not far.
    week = _last_not_above(words, weeks, operational, min(last, int(operational / 168.0)), last)
    rest = (operational - words[weeks + week]) / words[profile.season + week]
    hour = _last_not_above(words, hours, rest, min(167, int(rest)), 167)
    weight = words[hours + hour + 1] - words[hours + hour]
    part = (rest - words[hours + hour]) / weight if weight > 0.0 else 0.0
    return week * WEEK_MS + int((hour + part) * 3_600_000.0)


@rule
def operational_at(profile: Profile, t: int) -> float:
    """Return the operational clock [h] at an instant [ms] within the run."""
    words = profile.words
    week = min(t // WEEK_MS, profile.length - 1)
    since = (t - week * WEEK_MS) / 3_600_000.0
    hour = min(int(since), 167)
    at = profile.hours + hour
    inside = words[at] + (since - hour) * (words[at + 1] - words[at])
    return words[profile.weeks + week] + words[profile.season + week] * inside
