"""Opening hours of a whole run as arrays."""

from __future__ import annotations

import datetime as dt

from sim.rules.calendar import DAY_MS, NEVER, Calendar
from sim.scenario.organisation import WeekCalendar

MINUTE_MS = 60_000


def always_open(days: int) -> Calendar:
    """Return the calendar that never closes."""
    return _calendar([0], [NEVER], [0] * (days + 1))


def opening_hours(week: WeekCalendar, start: dt.date, days: int) -> Calendar:
    """Return the open intervals of a weekly calendar with holidays over a run.

    Parameters
    ----------
    week : WeekCalendar
        Opening hours and days off.
    start : date
        First day of the run.
    days : int
        Days to lay out; nothing is open after them.
    """
    off = set(week.holidays)
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    for day in range(days + 1):
        date = start + dt.timedelta(days=day)
        first.append(len(starts))
        if off and (date.isoformat() in off or date.strftime("%m-%d") in off):
            continue
        for opens, closes in week.hours(date.weekday()):
            begin, end = day * DAY_MS + opens * MINUTE_MS, day * DAY_MS + closes * MINUTE_MS
            if ends and ends[-1] == begin and first[day] < len(starts):
                ends[-1] = end
            else:
                starts.append(begin)
                ends.append(end)
    return _calendar(starts, ends, first)


def _calendar(starts: list[int], ends: list[int], first: list[int]) -> Calendar:
    words: list[int] = []
    before = 0
    for start, end in zip([*starts, NEVER], [*ends, 2 * NEVER], strict=True):
        words += (start, end, before)
        before += end - start
    last = 3 * len(starts)
    return Calendar([*words, *(3 * i for i in first)], 0, last, last + 3, len(first))
