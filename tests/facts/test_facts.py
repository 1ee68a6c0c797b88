"""Stylised facts that are sure at small size, and the page that is made from what is found."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

from benchmarks.validate.facts import FACTS, look, size_of
from benchmarks.validate.facts_core import (
    ABOVE,
    BELOW,
    FAILS,
    HOLDS,
    UNDECIDED,
    ZERO,
    Band,
    Fact,
    Finding,
    Size,
    found,
    settings,
)
from benchmarks.validate.facts_page import Looked, page, verdict

SURE = [fact for fact in FACTS if fact.reduced is not None]


@pytest.mark.parametrize("fact", SURE, ids=[fact.key for fact in SURE])
def test_a_fact_that_is_sure_at_small_size_holds(fact: Fact) -> None:
    size = size_of(fact, reduced=True)
    assert size is not None
    item = look(fact, size)
    assert item.findings
    assert not [finding for finding in item.findings if finding.verdict != HOLDS]


# == verdicts come from intervals
def finding(mean: float, half: float, band: Band = ABOVE, quantity: str = "q", setting: str = "s") -> Finding:
    return Finding(quantity, setting, mean, half, 9, band)


@pytest.mark.parametrize(
    ("mean", "half", "band", "expected"),
    [
        (2.0, 1.0, ABOVE, HOLDS),
        (0.5, 1.0, ABOVE, UNDECIDED),
        (-2.0, 1.0, ABOVE, FAILS),
        (-2.0, 1.0, BELOW, HOLDS),
        (0.0, 0.0, ABOVE, FAILS),
        (0.0, 0.0, ZERO, HOLDS),
        (1e-12, 0.0, ZERO, FAILS),
        (0.5, 0.1, Band(0.4, 0.6), HOLDS),
        (0.5, 0.2, Band(0.4, 0.6), UNDECIDED),
        (0.9, 0.2, Band(0.4, 0.6), FAILS),
        (math.nan, math.nan, ABOVE, UNDECIDED),
    ],
)
def test_the_whole_interval_must_lie_in_the_band(mean: float, half: float, band: Band, expected: str) -> None:
    assert finding(mean, half, band).verdict == expected


def test_the_interval_of_a_mean_is_students() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0])
    one = found("q", "s", ABOVE, values)
    assert one.mean == 5.5
    assert one.half_width == pytest.approx(2.2621571628 * values.std(ddof=1) / math.sqrt(10))


def test_a_function_of_means_has_the_interval_of_its_linear_part() -> None:
    draws = np.random.default_rng(1)
    a, b = 10 + draws.standard_normal(4000), 5 + draws.standard_normal(4000)
    ratio = found("q", "s", ABOVE, (a, b), lambda x, y: x / y)
    assert ratio.mean == pytest.approx(a.mean() / b.mean())
    # Delta method: sd = sqrt(1 / 25 + 100 / 625) = 0.447.
    assert ratio.half_width == pytest.approx(1.96 * math.sqrt(0.2) / math.sqrt(4000), rel=0.05)


def test_settings_begin_with_the_defaults_and_use_every_level() -> None:
    made = settings(7, {"pressure.residence": ["2.5 h", "5 h", "10 h"], "pressure.corners": [2, 4, 6]})
    first, *others = made.values()
    assert first == {}
    assert len(others) == 6
    assert sorted(data["pressure"]["corners"] for data in others) == [2, 2, 4, 4, 6, 6]


# == the page says what was found
def made_up(*findings: Finding, reading: str = "because of the moon") -> str:
    fact = Fact("F1", False, "Cats bark.", "Where.", lambda size: list(findings), Size(9), None, reading)
    return page([look(fact, fact.full)], 1.0, dt.date(2026, 1, 2), "commit abc")


def test_the_page_counts_what_was_found() -> None:
    good, bad, unclear = finding(2, 1), finding(-2, 1, setting="t"), finding(0, 1, setting="u")
    text = made_up(good, bad, unclear)
    assert "**1 rows hold, 1 do not, 1 are undecided.**" in text
    assert "holds in 1, does not hold in 1, undecided in 1 of 3" in text
    assert "| F1 | q | t | -2.00 ± 1.00 | > 0 | 9 | does not hold |" in text
    assert "2026-01-02, commit abc" in text


def test_the_verdict_turns_with_the_numbers() -> None:
    assert verdict([finding(2, 1), finding(3, 1)]) == "**holds** in all 2 settings"
    assert verdict([finding(-2, 1), finding(-3, 1)]) == "**does not hold** in any of 2 settings"
    assert "**holds**" in made_up(finding(2, 1))
    assert "**does not hold**" in made_up(finding(-2, 1))


def test_our_reading_is_given_only_where_something_does_not_hold() -> None:
    assert "moon" not in made_up(finding(2, 1))
    assert "moon" in made_up(finding(-2, 1))
    assert "moon" in made_up(finding(0, 1))


def test_nothing_found_is_not_holding() -> None:
    fact = Fact("F1", True, "", "", lambda size: [], Size(9), None)
    assert not Looked(fact, fact.full, ()).everywhere


def test_no_statement_says_whether_it_holds() -> None:
    for fact in FACTS:
        assert HOLDS not in fact.statement
        assert HOLDS not in fact.how
