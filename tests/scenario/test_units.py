import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import units
from sim.errors import shown


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("12 min", 0.2),
        ("0", 0.0),
        (0, 0.0),
        ("90s", 0.025),
        ("1.5 h", 1.5),
        (" 2 working days ", 16.0),
        ("1e1 h", 10.0),
    ],
)
def test_work_time(text: object, hours: float) -> None:
    assert units.work_hours(text) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1 day", 24.0), ("3 weeks", 504.0), ("1 year", 8766.0), ("1 month", 730.5), ("6 h", 6.0)],
)
def test_calendar_time(text: object, hours: float) -> None:
    assert units.calendar_hours(text) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("text", "value"), [("40 %", 0.4), ("40%", 0.4), (0.4, 0.4), (1, 1.0), ("100 %", 1.0), (0, 0.0)]
)
def test_share(text: object, value: float) -> None:
    assert units.share(text) == pytest.approx(value)


@pytest.mark.parametrize(("text", "per_hour"), [("6 per h", 6.0), ("8766/year", 1.0), ("1 per day", 1 / 24), (0, 0.0)])
def test_rate(text: object, per_hour: float) -> None:
    assert units.rate(text) == pytest.approx(per_hour)


READERS = (units.work_hours, units.calendar_hours, units.share, units.rate, units.clock_interval)
JUNK = (
    "",
    "h",
    "1 2 h",
    "1 fortnight",
    None,
    True,
    [],
    {},
    "-1 h",
    "1e999 h",
    math.nan,
    math.inf,
    "½ h",
    "1 h;",
    "x" * 9999,
    10**400,
    "1e300 years",
    "-5 per h",
    "1e300 per h",
    "3 per fortnight",
    "110 %",
    "24:30-25:00",
    b"1 h",
)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: shown(junk)[:20])
def test_junk_is_refused_in_words(reader: object, junk: object) -> None:
    with pytest.raises(ValueError, match=r"got .*(write|at most)") as caught:
        reader(junk)  # type: ignore[operator]
    assert len(str(caught.value)) < 250


@given(st.sampled_from(READERS), st.one_of(st.text(), st.integers(), st.floats(), st.binary(), st.none()))
def test_only_numbers_or_value_errors(reader: object, text: object) -> None:
    try:
        value = reader(text)  # type: ignore[operator]
    except ValueError:
        return
    assert isinstance(value, tuple) or (math.isfinite(value) and value >= 0)


@given(
    st.floats(0, 1e5),
    st.sampled_from([("work time", units.work_hours), ("calendar time", units.calendar_hours)]),
)
def test_what_is_written_can_be_read(hours: float, kind: tuple[str, object]) -> None:
    unit, reader = kind
    again = reader(units.written(hours, unit))  # type: ignore[operator]
    assert again == pytest.approx(hours, rel=1e-5, abs=1e-3)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.25, "share", "25 %"),
        (0.0, "work time", "0 h"),
        (876600.0, "calendar time", "100 years"),
        (36.0, "calendar time", "36 h"),
        (2.0, "rate", "2 per h"),
        (3, "count", "3"),
        (1e12, "money", "1000000000000"),
        (0.1 / 3600, "work time", "0.1 s"),
    ],
)
def test_written(value: float, unit: str, text: str) -> None:
    assert units.written(value, unit) == text


def test_opening_times() -> None:
    assert units.clock_interval("0:00-24:00") == ((0, 1440),)
    assert units.clock_interval("closed") == ()
    assert units.clock_interval("9:00-14:00, 16:00-19:30") == ((540, 840), (960, 1170))
