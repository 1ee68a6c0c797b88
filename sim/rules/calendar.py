"""Opening hours: arithmetic between the wall clock [ms] and the opening clock of a department [ms].

A calendar is a list of open intervals over the whole run and, for each day, the first interval that ends
after the day begins, so that every question is answered without a search. The last interval lies beyond
the end of every run; what cannot be finished before it is never finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.rules.rule import rule

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS
NEVER = 1 << 60
"""An instant after every run [ms]."""
LONGEST = 1.0e18
"""The longest duration there is [ms]: below NEVER, so that instants stay below 2**62."""


class Calendar(NamedTuple):
    """Open intervals [start, end) in [ms], ascending, disjoint, the last one [NEVER, 2 NEVER).

    All of it stands in one sequence of whole numbers, which several calendars, and other things, may share.
    """

    words: Sequence[int]
    """Of each interval: its start, its end, and the opening time before it [ms]; of each day: see `days`."""
    intervals: int
    """Where in the words the first interval stands."""
    last: int
    """Where the last one stands."""
    days: int
    """Where the days of the run stand: for each, where the first interval that ends after it begins stands."""
    length: int
    """Days of the run."""


@rule
def interval_at(calendar: Calendar, t: int) -> int:
    """Return where the interval stands that contains t [ms], or the next one."""
    day = t // DAY_MS
    if day >= calendar.length:
        return calendar.last
    i = calendar.words[calendar.days + day]
    while calendar.words[i + 1] <= t:
        i += 3
    return i


@rule
def is_open(calendar: Calendar, t: int) -> bool:
    """Say whether work advances at t [ms]."""
    return calendar.words[interval_at(calendar, t)] <= t


@rule
def next_opening(calendar: Calendar, t: int) -> int:
    """Return t if open at t, otherwise the next opening [ms]."""
    start = calendar.words[interval_at(calendar, t)]
    return t if start <= t else start


@rule
def opened(calendar: Calendar, t: int) -> int:
    """Return the opening time between 0 and t [ms]."""
    i = interval_at(calendar, t)
    start = calendar.words[i]
    before = calendar.words[i + 2]
    return before + t - start if t > start else before


@rule
def advance(calendar: Calendar, t: int, work: int) -> int:
    """Return the instant at which `work` [ms] begun at t is done: it pauses at closing, resumes at opening."""
    i = interval_at(calendar, t)
    at = max(calendar.words[i], t)
    room = calendar.words[i + 1] - at
    while work > room and i < calendar.last:
        work -= room
        i += 3
        at = calendar.words[i]
        room = calendar.words[i + 1] - at
    return at + work


@rule
def advance_both(a: Calendar, b: Calendar, t: int, work: int) -> int:
    """Return the instant at which `work` [ms] begun at t is done that advances only while both are open."""
    at = t
    while True:
        i, j = interval_at(a, at), interval_at(b, at)
        start = max(a.words[i], b.words[j])
        if start >= NEVER:
            return NEVER
        if start > at:
            at = start
        else:
            room = min(a.words[i + 1], b.words[j + 1]) - at
            if work <= room:
                return at + work
            work -= room
            at += room


@rule
def opened_either(a: Calendar, b: Calendar, begin: int, end: int) -> int:
    """Return the time between two instants during which at least one of two departments is open [ms]."""
    total, at = 0, begin
    while at < end:
        i, j = interval_at(a, at), interval_at(b, at)
        start = min(a.words[i], b.words[j])
        if start > at:
            at = start
        else:
            # Open now: until the first of the intervals that hold this instant ends.
            close = max(a.words[i + 1] if a.words[i] <= at else at, b.words[j + 1] if b.words[j] <= at else at)
            close = min(close, end)
            total += close - at
            at = close
    return total


@rule
def ticks(hours: float) -> int:
    """Round hours [h] to the clock's whole milliseconds [ms], at most 10^18 of them: later than every end.

    Examples
    --------
    >>> ticks(0.2)
    720000
    """
    return int(min(hours * 3_600_000.0 + 0.5, LONGEST))


@rule
def cut(hours: float) -> int:
    """Cut hours [h] to the clock's whole milliseconds [ms].

    Examples
    --------
    >>> cut(0.9999999999)
    3599999
    """
    return int(min(hours * 3_600_000.0, LONGEST))
