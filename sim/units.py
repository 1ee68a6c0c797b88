"""Units at the border: text such as "12 min" or "40 %" becomes a plain number once, here.

Inside the model every duration is in hours [h], every rate is per hour [1/h], every share is in [0, 1]
and the clock counts whole milliseconds [ms] (docs/decisions/0002-integer-clock.md).

Two kinds of durations are told apart because confusing them is the commonest mistake in models of offices:
*work time* is counted in opening hours (a working day has 8 of them), *calendar time* is what a clock on
the wall shows (a day has 24).
"""

from __future__ import annotations

import math
import re

MS_PER_HOUR = 3_600_000
HOURS_PER_DAY = 24.0
HOURS_PER_WEEK = 168.0
HOURS_PER_YEAR = 8_766.0
"""A mean year of 365.25 days [h]."""
HOURS_PER_WORKING_DAY = 8.0

_SHORT = {"ms": 1 / 3_600_000, "s": 1 / 3600, "sec": 1 / 3600, "second": 1 / 3600, "seconds": 1 / 3600,
          "min": 1 / 60, "minute": 1 / 60, "minutes": 1 / 60, "h": 1.0, "hour": 1.0, "hours": 1.0}
WORK_UNITS = {**_SHORT, "working day": HOURS_PER_WORKING_DAY, "working days": HOURS_PER_WORKING_DAY}
CALENDAR_UNITS = {**_SHORT, "day": HOURS_PER_DAY, "days": HOURS_PER_DAY, "week": HOURS_PER_WEEK,
                  "weeks": HOURS_PER_WEEK, "month": HOURS_PER_YEAR / 12, "months": HOURS_PER_YEAR / 12,
                  "year": HOURS_PER_YEAR, "years": HOURS_PER_YEAR}
_QUANTITY = re.compile(r"^\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*([a-zA-Z%][a-zA-Z% ]*?)?\s*$")


def _split(text: object, example: str) -> tuple[float, str]:
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise ValueError(f"got {text!r}; write a number with its unit, such as {example!r}")
    match = _QUANTITY.match(str(text))
    if match is None or not math.isfinite(float(match.group(1))):
        raise ValueError(f"got {text!r}; write a finite number with its unit, such as {example!r}")
    return float(match.group(1)), (match.group(2) or "").strip()


def _duration(text: object, units: dict[str, float], example: str, words: str) -> float:
    number, unit = _split(text, example)
    if not unit and number != 0:
        raise ValueError(f"got {text!r} without a unit; allowed: {words}; write {example!r}")
    if unit and unit not in units:
        raise ValueError(f"got the unit {unit!r}; allowed: {words}; write for example {example!r}")
    if number < 0:
        raise ValueError(f"got {text!r}; a duration must not be negative; write for example {example!r}")
    return number * units.get(unit, 1.0)


def work_hours(text: object) -> float:
    """Read a duration in opening hours and return it in hours [h].

    Examples
    --------
    >>> work_hours("12 min"), work_hours("2 working days")
    (0.2, 16.0)
    """
    return _duration(text, WORK_UNITS, "12 min", "s, min, h, working days (of 8 h)")


def calendar_hours(text: object) -> float:
    """Read a duration on the wall clock and return it in hours [h].

    Examples
    --------
    >>> calendar_hours("3 weeks")
    504.0
    """
    return _duration(text, CALENDAR_UNITS, "3 weeks", "s, min, h, days, weeks, months, years")


def share(text: object) -> float:
    """Read a share or probability and return it in [0, 1].

    Examples
    --------
    >>> share("40 %"), share(0.4)
    (0.4, 0.4)
    """
    number, unit = _split(text, "40 %")
    if unit not in ("", "%"):
        raise ValueError(f"got {text!r}; allowed: 0 to 1 or 0 % to 100 %; write for example '40 %'")
    value = number / 100.0 if unit == "%" else number
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"got {text!r}; allowed: 0 to 1 or 0 % to 100 %; write for example '40 %'")
    return value


def rate(text: object) -> float:
    """Read a rate such as "12 per year" and return it per hour [1/h].

    Examples
    --------
    >>> rate("6 per h"), rate("0.5/min"), rate(0)
    (6.0, 30.0, 0.0)
    """
    if isinstance(text, str):
        number_text, slash, unit = text.replace(" per ", "/").partition("/")
        if slash:
            number, rest = _split(number_text, "12 per year")
            unit = unit.strip()
            if rest or unit not in CALENDAR_UNITS:
                raise ValueError(f"got {text!r}; allowed: a number per h, day, week or year; write '12 per year'")
            if number < 0:
                raise ValueError(f"got {text!r}; a rate must not be negative; write for example '12 per year'")
            return number / CALENDAR_UNITS[unit]
    if text == 0 and not isinstance(text, bool):
        return 0.0
    raise ValueError(f"got {text!r} without 'per'; allowed: a number per h, day, week or year; write '12 per year'")


def clock_interval(text: object) -> tuple[tuple[int, int], ...]:
    """Read opening times of one day, such as "9:00-14:00, 16:00-19:30", as minutes after midnight.

    Examples
    --------
    >>> clock_interval("9:00-14:00, 16:00-19:30")
    ((540, 840), (960, 1170))
    """
    example = "9:00-17:00"
    if not isinstance(text, str):
        raise ValueError(f"got {text!r}; write opening times such as {example!r} or 'closed'")
    if text.strip() == "closed":
        return ()
    intervals: list[tuple[int, int]] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", part)
        if match is None:
            raise ValueError(f"got {text!r}; write opening times such as {example!r} or 'closed'")
        h1, m1, h2, m2 = (int(g) for g in match.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if m1 > 59 or m2 > 59 or end > 24 * 60 or start >= end or (intervals and start < intervals[-1][1]):
            raise ValueError(f"got {text!r}; times must rise within one day, 0:00 to 24:00; write {example!r}")
        intervals.append((start, end))
    return tuple(intervals)
