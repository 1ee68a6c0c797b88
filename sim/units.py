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

from sim.errors import shown

MS_PER_HOUR = 3_600_000
HOURS_PER_DAY = 24.0
HOURS_PER_WEEK = 168.0
HOURS_PER_YEAR = 8_766.0
"""A mean year of 365.25 days [h]."""
HOURS_PER_WORKING_DAY = 8.0
LONGEST_HOURS = 1e7
"""The longest duration that may be written [h], about 1,140 years; keeps the millisecond clock exact."""
FASTEST_PER_HOUR = 1e9
"""The fastest rate that may be written [1/h]."""
_LONGEST_TEXT = 60

_SHORT = {
    "ms": 1 / 3_600_000,
    "s": 1 / 3600,
    "sec": 1 / 3600,
    "second": 1 / 3600,
    "seconds": 1 / 3600,
    "min": 1 / 60,
    "minute": 1 / 60,
    "minutes": 1 / 60,
    "h": 1.0,
    "hour": 1.0,
    "hours": 1.0,
}
WORK_UNITS = {**_SHORT, "working day": HOURS_PER_WORKING_DAY, "working days": HOURS_PER_WORKING_DAY}
CALENDAR_UNITS = {
    **_SHORT,
    "day": HOURS_PER_DAY,
    "days": HOURS_PER_DAY,
    "week": HOURS_PER_WEEK,
    "weeks": HOURS_PER_WEEK,
    "month": HOURS_PER_YEAR / 12,
    "months": HOURS_PER_YEAR / 12,
    "year": HOURS_PER_YEAR,
    "years": HOURS_PER_YEAR,
}
_QUANTITY = re.compile(r"^\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*([a-zA-Z%][a-zA-Z% ]*?)?\s*$")


def _is_short(text: object) -> bool:
    """Keep long text away from the pattern, whose effort grows with the square of the length."""
    return not isinstance(text, str) or len(text) <= _LONGEST_TEXT


def _split(text: object, example: str) -> tuple[float, str]:
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise ValueError(f"got {shown(text)}; write a number with its unit, such as '{example}'")
    match = _QUANTITY.match(str(text).strip()) if _is_short(text) else None
    if match is None or not math.isfinite(float(match.group(1))):
        raise ValueError(f"got {shown(text)}; write a finite number with its unit, such as '{example}'")
    return float(match.group(1)), (match.group(2) or "").strip()


def _duration(text: object, units: dict[str, float], example: str, words: str) -> float:
    number, unit = _split(text, example)
    if not unit and number != 0:
        raise ValueError(f"got {shown(text)} without a unit; allowed: {words}; write '{example}'")
    if unit and unit not in units:
        raise ValueError(f"got the unit '{unit[:30]}'; allowed: {words}; write for example '{example}'")
    if number < 0:
        raise ValueError(f"got {shown(text)}; a duration must not be negative; write for example '{example}'")
    hours = number * units.get(unit, 1.0)
    if hours > LONGEST_HOURS:
        raise ValueError(f"got {shown(text)}; a duration must be at most 1,000 years; write for example '{example}'")
    return hours


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
        raise ValueError(f"got {shown(text)}; allowed: 0 to 1 or 0 % to 100 %; write for example '40 %'")
    value = number / 100.0 if unit == "%" else number
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"got {shown(text)}; allowed: 0 to 1 or 0 % to 100 %; write for example '40 %'")
    return value


def rate(text: object) -> float:
    """Read a rate such as "12 per year" and return it per hour [1/h].

    Examples
    --------
    >>> rate("6 per h"), rate("0.5/min"), rate(0)
    (6.0, 30.0, 0.0)
    """
    if isinstance(text, str) and _is_short(text):
        number_text, slash, unit = text.replace(" per ", "/").partition("/")
        if slash:
            number, rest = _split(number_text, "12 per year")
            unit = unit.strip()
            if rest or unit not in CALENDAR_UNITS:
                raise ValueError(f"got {shown(text)}; allowed: a number per h, day, week or year; write '12 per year'")
            if number < 0:
                raise ValueError(f"got {shown(text)}; a rate must not be negative; write for example '12 per year'")
            per_hour = number / CALENDAR_UNITS[unit]
            if per_hour > FASTEST_PER_HOUR:
                raise ValueError(f"got {shown(text)}; a rate must be at most {FASTEST_PER_HOUR:g} per h")
            return per_hour
    if text == 0 and not isinstance(text, bool):
        return 0.0
    raise ValueError(
        f"got {shown(text)} without 'per'; allowed: a number per h, day, week or year; write '12 per year'"
    )


def clock_interval(text: object) -> tuple[tuple[int, int], ...]:
    """Read opening times of one day, such as "9:00-14:00, 16:00-19:30", as minutes after midnight.

    Examples
    --------
    >>> clock_interval("9:00-14:00, 16:00-19:30")
    ((540, 840), (960, 1170))
    """
    example = "9:00-17:00"
    if not isinstance(text, str):
        raise ValueError(f"got {shown(text)}; write opening times such as '{example}' or 'closed'")
    if text.strip() == "closed":
        return ()
    intervals: list[tuple[int, int]] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", part)
        if match is None:
            raise ValueError(f"got {shown(text)}; write opening times such as '{example}' or 'closed'")
        h1, m1, h2, m2 = (int(g) for g in match.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if m1 > 59 or m2 > 59 or end > 24 * 60 or start >= end or (intervals and start < intervals[-1][1]):
            raise ValueError(f"got {shown(text)}; times must rise within one day, 0:00 to 24:00; write '{example}'")
        intervals.append((start, end))
    return tuple(intervals)


def written(value: float, unit: str) -> str:
    """Write a value in base units as a file would have it.

    Parameters
    ----------
    value : float
        In base units.
    unit : str
        The kind of number: "share", "work time", "calendar time", "rate"; anything else is a plain number.

    Examples
    --------
    >>> written(0.4, "share"), written(0.2, "work time"), written(504, "calendar time")
    ('40 %', '12 min', '3 weeks')
    >>> written(8766, "calendar time"), written(1.0, "work time")
    ('1 year', '1 h')
    >>> written(1 / 8766, "rate")
    '1 per year'
    """
    if unit == "share":
        return f"{100 * value:.6g} %"
    if unit == "work time":
        return _in_units(value, (("h", 1.0), ("min", 1 / 60), ("s", 1 / 3600)))
    if unit == "calendar time":
        return _in_units(
            value, (("years", HOURS_PER_YEAR), ("weeks", 168.0), ("days", 24.0), ("h", 1.0), ("min", 1 / 60))
        )
    if unit == "rate":
        return f"{value:.6g} per h" if value >= 1 or value == 0 else f"{value * HOURS_PER_YEAR:.6g} per year"
    return f"{value:.15g}"


def _in_units(hours: float, choices: tuple[tuple[str, float], ...]) -> str:
    """Write hours in the largest unit that needs no fraction, else in the largest that is not below 1."""
    whole = [(name, hours / size) for name, size in choices if hours >= size and _is_whole(hours / size)]
    at_least_one = [(name, hours / size) for name, size in choices if hours >= size]
    name, number = (whole or at_least_one or [(choices[-1][0], hours / choices[-1][1])])[0]
    if not hours:
        return "0 h"
    # '1 year', but '1 h' and '1 min': only words have a plural.
    return f"{number:.6g} {name.removesuffix('s') if len(name) > 3 and number == 1 else name}"


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9 * max(1.0, number)
