"""Opening hours against a calendar that looks at every minute."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.arrays.calendars import always_open, opening_hours
from sim.rules.calendar import NEVER, advance, is_open, next_opening, opened, ticks
from sim.scenario.organisation import WeekCalendar

MINUTE = 60_000
DAYS = 15
START = dt.date(2024, 2, 26)
"""A Monday before a leap day."""

HOURS = st.sampled_from(
    ["9:00-17:00", "9:00-14:00, 16:00-19:00", "closed", "0:00-24:00", "22:00-24:00", "0:00-3:30", "8:15-8:16"]
)
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKS = st.fixed_dictionaries({}, optional=dict.fromkeys(DAY_NAMES, HOURS))
HOLIDAYS = st.lists(
    st.sampled_from(["02-29", "2024-02-27", "03-04", "2023-03-05", "2024-03-08"]), max_size=3, unique=True
)


def minutes_open(week: dict[str, str], holidays: list[str]) -> list[bool]:
    """Say for every minute whether it is open, from the text of the calendar alone."""
    result = []
    for day in range(DAYS):
        date = START + dt.timedelta(days=day)
        text = week.get(DAY_NAMES[date.weekday()], "closed")
        if str(date) in holidays or str(date)[5:] in holidays:
            text = "closed"
        minutes = [False] * 1440
        for span in [] if text == "closed" else text.split(", "):
            opens, closes = (int(t.split(":")[0]) * 60 + int(t.split(":")[1]) for t in span.split("-"))
            minutes[opens:closes] = [True] * (closes - opens)
        result += minutes
    return result


@given(WEEKS, HOLIDAYS, st.integers(0, (DAYS - 1) * 1440 - 1), st.integers(0, 3000))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_opening_hours_agree_with_looking_at_every_minute(
    week: dict[str, str], holidays: list[str], at: int, work: int
) -> None:
    calendar = opening_hours(WeekCalendar(**week, holidays=holidays), START, DAYS - 1)
    minutes = minutes_open(week, holidays)
    t = at * MINUTE
    assert is_open(calendar, t) == minutes[at]
    assert opened(calendar, t) == sum(minutes[:at]) * MINUTE
    following = next((m for m in range(at, len(minutes)) if minutes[m]), None)
    found = next_opening(calendar, t)
    assert found == following * MINUTE if following is not None else found >= NEVER
    # Work needs that many open minutes from now; it ends when the last of them ends.
    needed = [m for m in range(at, len(minutes)) if minutes[m]][:work]
    end = advance(calendar, t, work * MINUTE)
    if work == 0:
        assert end == found
    elif len(needed) == work:
        assert end == (needed[-1] + 1) * MINUTE
    else:
        assert end >= NEVER


@given(WEEKS, st.integers(0, 10 * 86_400_000), st.integers(0, 5 * 3_600_000), st.integers(0, 5 * 3_600_000))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_work_can_be_cut_in_two_at_any_millisecond(week: dict[str, str], t: int, first: int, second: int) -> None:
    calendar = opening_hours(WeekCalendar(**week), START, 60)
    middle = advance(calendar, t, first)
    if first > 0 and second > 0 and middle < NEVER:
        assert advance(calendar, middle, second) == advance(calendar, t, first + second)
        if advance(calendar, middle, second) < NEVER:
            assert opened(calendar, advance(calendar, middle, second)) - opened(calendar, t) == first + second


def test_always_open_is_the_wall_clock() -> None:
    calendar = always_open(10)
    for t in (0, 1, 86_399_999, 86_400_000, 9 * 86_400_000 + 17):
        assert is_open(calendar, t)
        assert opened(calendar, t) == t
        assert advance(calendar, t, 12_345) == t + 12_345


def test_midnight_does_not_interrupt_a_night_shift() -> None:
    week = WeekCalendar(monday="22:00-24:00", tuesday="0:00-3:30")
    calendar = opening_hours(week, START, 10)
    assert advance(calendar, 22 * 3_600_000, 3 * 3_600_000) == 25 * 3_600_000


@pytest.mark.parametrize(("hours", "ms"), [(0.0, 0), (1.0, 3_600_000), (1e-7, 0), (1.4e-7, 1), (2.5, 9_000_000)])
def test_hours_are_rounded_to_the_nearest_millisecond(hours: float, ms: int) -> None:
    assert ticks(hours) == ms
