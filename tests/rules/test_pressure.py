"""Work pressure: each rule against its equation, solved by somebody else; ranges, directions, neutral values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from sim.rules import pressure

share = st.floats(0.05, 1)
hours = st.floats(0, 1e5)
strength = st.floats(0, 20)
pure = settings(derandomize=True, deadline=None, max_examples=100)


# Averages over time


@given(st.floats(0.1, 500), st.floats(0.1, 500), st.floats(-5, 5), st.floats(-5, 5))
@settings(pure, max_examples=25)
def test_the_weight_solves_the_equation_of_a_smoothed_value(elapsed: float, memory: float, old: float, new: float):
    solved = solve_ivp(lambda _, y: (new - y) / memory, (0, elapsed), [old], rtol=1e-9, atol=1e-11).y[0, -1]
    assert old + pressure.weight(elapsed, memory) * (new - old) == pytest.approx(solved, rel=1e-6, abs=1e-7)


@given(hours, hours, st.floats(0.01, 1e5))
@pure
def test_two_short_times_forget_as_much_as_a_long_one(one: float, other: float, memory: float):
    left = [1.0 - pressure.weight(t, memory) for t in (one, other, one + other)]
    assert left[0] * left[1] == pytest.approx(left[2], abs=1e-12)
    assert 0.0 <= pressure.weight(one, memory) <= 1.0


@given(hours)
@pure
def test_without_a_memory_only_today_counts(elapsed: float):
    assert pressure.weight(elapsed, 0.0) == 1.0
    assert pressure.weight(0.0, elapsed + 0.1) == 0.0


# Pace


@given(st.floats(0, 1e4), st.floats(0.03, 500), st.floats(0.01, 1e4), st.floats(0, 5), share)
@pure
def test_pace_is_a_power_law_of_residence_within_its_limits(
    backlog: float, capacity: float, residence: float, sensitivity: float, fastest: float
):
    found = pressure.pace(backlog, capacity, residence, sensitivity, fastest)
    relative = backlog / capacity / residence
    assert fastest <= found <= 1.0
    if relative <= 1.0 - 1e-9:
        assert found == 1.0
    assume(sensitivity * relative < 600)
    assert found == pytest.approx(min(1.0, max(fastest, math.exp(sensitivity) / math.exp(sensitivity * relative))))


@given(st.floats(0, 500), st.floats(1, 50), st.floats(0.1, 50), st.floats(0.01, 5), share)
@pure
def test_more_work_hurries_and_more_people_calm(
    backlog: float, capacity: float, residence: float, sensitivity: float, fastest: float
):
    found = pressure.pace(backlog, capacity, residence, sensitivity, fastest)
    assert pressure.pace(backlog * 2, capacity, residence, sensitivity, fastest) <= found
    assert pressure.pace(backlog, capacity, residence, sensitivity * 2, fastest) <= found
    assert pressure.pace(backlog, capacity * 2, residence, sensitivity, fastest) >= found
    assert pressure.pace(backlog, capacity, residence * 2, sensitivity, fastest) >= found


@given(st.floats(0, 1e15), st.floats(1e-6, 1e6), st.floats(0.01, 1e4), share)
@pure
def test_nobody_hurries_who_is_not_sensitive_or_cannot_be_faster(
    backlog: float, capacity: float, residence: float, fastest: float
):
    assert pressure.pace(backlog, capacity, residence, 0.0, fastest) == 1.0
    assert pressure.pace(backlog, capacity, residence, 5.0, 1.0) == 1.0
    assert pressure.pace(0.0, capacity, residence, 5.0, fastest) == 1.0


# Standard


@pytest.mark.parametrize(("start", "hurry", "ends"), [(1.0, 0.8, 0.75), (0.9, 1.0, None), (0.6, 0.9, 0.6)])
def test_the_standard_follows_its_equation_from_day_to_day(start: float, hurry: float, ends: float | None):
    erosion, recovery, lowest, weeks, days = 19.0, 40.0, 0.75, 60.0, 7 * 60
    slope = (hurry - 1) / erosion if hurry < 1 else 0.0
    back = 1 / recovery if hurry == 1 else 0.0
    solved = solve_ivp(lambda _, s: slope * s + back * (1 - s), (0, weeks), [start], rtol=1e-9).y[0, -1]
    now = start
    shares = [pressure.weight(weeks / days, time) for time in (erosion, recovery)]
    for _ in range(days):
        now = pressure.standard(now, hurry, *shares, lowest)
    # A day's step follows the exponential of the pace of that day; steps of a day cost a thousandth.
    assert now == pytest.approx(ends if ends is not None else solved, rel=2e-3)


@given(share, share, st.floats(0, 1), st.floats(0, 1), share)
@pure
def test_the_standard_falls_only_under_pressure_and_stays_within_its_limits(
    now: float, hurry: float, erosion: float, recovery: float, lowest: float
):
    found = pressure.standard(now, hurry, erosion, recovery, lowest)
    assert min(now, lowest) <= found <= 1.0 + 1e-15
    assert found <= now if hurry < 1.0 else found >= now
    calm = pressure.standard(now, 1.0, erosion, recovery, lowest)
    assert calm == pytest.approx(now + recovery * (1 - now))


@given(share, st.floats(0, 1), st.floats(0, 1), share)
@pure
def test_a_designed_standard_that_nobody_presses_changes_no_bit(hurry: float, erosion: float, recovery: float, low):
    assert pressure.standard(1.0, 1.0, erosion, recovery, low) == 1.0
    assert pressure.standard(0.7, hurry, 0.0, 0.0, low) == 0.7


@given(st.floats(0.76, 1), st.floats(0.001, 0.2))
@pure
def test_with_symmetric_constants_half_the_time_under_pressure_is_an_equilibrium(start: float, weight: float):
    """Pressed and calm days in turn: the standard goes where what a day takes is what a day gives."""
    hurry, now = 0.8, start
    for _ in range(int(40 / weight)):
        now = pressure.standard(pressure.standard(now, hurry, weight, weight, 0.05), 1.0, weight, weight, 0.05)
    # s = s (1 - w (1 - f)) + w (1 - s (1 - w (1 - f)))  gives  s = 1 / (1 + (1 - f)(1 - w)).
    assert now == pytest.approx(1 / (1 + (1 - hurry) * (1 - weight)), rel=1e-6)


# Fatigue


@given(st.floats(0, 1e6), st.floats(0, 1e6))
@pure
def test_load_is_a_share(occupied: float, attended: float):
    found = pressure.load(occupied, attended)
    assert 0.0 <= found <= 1.0
    if occupied <= attended and attended > 0:
        assert found * attended == pytest.approx(occupied)


@given(st.floats(0, 1), st.floats(0.01, 0.99), st.floats(0, 5))
@pure
def test_fatigue_rises_on_a_line_from_where_overload_begins(load: float, overload: float, size: float):
    found = pressure.fatigue(load, overload, size)
    assert 1.0 <= found <= 1.0 + size + 1e-12
    assert found == pytest.approx(1.0 + np.interp(load, [overload, 1.0], [0.0, size]), abs=1e-9)
    if load <= overload or size == 0.0:
        assert found == 1.0


# Corners


@given(share, share)
@pure
def test_corners_are_the_logarithm_of_the_time_saved(standard: float, hurry: float):
    found = pressure.corners(standard, hurry)
    assert math.exp(-found) == pytest.approx(standard * hurry)
    assert found >= 0.0
    assert pressure.corners(1.0, 1.0) == 0.0


@given(st.floats(0, 3), strength, st.floats(-1, 1), strength, st.floats(1, 6), strength, st.floats(0, 20))
@pure
def test_slips_add_up_and_fall_with_morale(cut, by_corners, morale, by_morale, tired, by_fatigue, novices):
    found = pressure.slips(cut, by_corners, morale, by_morale, tired, by_fatigue, novices)
    terms = (by_corners * cut, -by_morale * morale, by_fatigue * (tired - 1), novices)
    assert found == pytest.approx(math.fsum(terms), abs=1e-9)
    assert pressure.slips(cut, by_corners, morale + 0.1, by_morale, tired, by_fatigue, novices) <= found
    assert pressure.slips(0.0, by_corners, 0.0, by_morale, 1.0, by_fatigue, 0.0) == 0.0
    assert pressure.slips(cut, 0.0, morale, 0.0, tired, 0.0, 0.0) == 0.0


@given(st.floats(0, 3), strength, st.floats(-1, 1), strength, st.floats(1, 1000))
@pure
def test_failures_are_multiplied_by_the_odds_up_to_the_most(cut, by_corners, morale, by_morale, most):
    found = pressure.failure_factor(cut, by_corners, morale, by_morale, most)
    assert 0.0 < found <= most
    if found < most:
        assert math.log(found) == pytest.approx(by_corners * cut - by_morale * morale, abs=1e-9)
    assert pressure.failure_factor(0.0, by_corners, 0.0, by_morale, most) == 1.0
    assert pressure.failure_factor(cut, 0.0, morale, 0.0, most) == 1.0


def test_no_extreme_overflows():
    assert pressure.pace(1e300, 1e-9, 0.01, 5.0, 0.05) == 0.05
    assert pressure.failure_factor(1e9, 20.0, -1.0, 20.0, 1000.0) == 1000.0
    assert pressure.failure_factor(0.0, 20.0, 1.0, 20.0, 3.0) == pytest.approx(math.exp(-20))
