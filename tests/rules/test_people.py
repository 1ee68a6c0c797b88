"""People: each rule against its equation, solved by somebody else; ranges, directions, limits, neutral values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special
from scipy.integrate import solve_ivp

from sim.rules import people

share = st.floats(0, 1)
start = st.floats(0.01, 1)
hours = st.floats(0, 1e5)
weight = st.floats(0, 20)
pure = settings(derandomize=True, deadline=None, max_examples=100)


# Learning


@given(st.floats(1, 3000), start, st.floats(1, 2000))
@settings(pure, max_examples=25)
def test_skill_solves_the_equation_of_learning(worked: float, first: float, time: float):
    solved = solve_ivp(lambda _, y: (1 - y) / time, (0, worked), [first], rtol=1e-9, atol=1e-11).y[0, -1]
    assert people.skill(worked, first, time) == pytest.approx(solved, rel=1e-6)


@given(hours, hours, start, st.floats(0.1, 1e6))
@pure
def test_skill_never_falls_with_work_and_stays_a_share(worked: float, more: float, first: float, time: float):
    found = people.skill(worked, first, time)
    assert first <= found <= 1.0
    assert people.skill(worked + more, first, time) >= found
    assert people.skill(0.0, first, time) == first
    assert people.skill(worked, 1.0, time) == 1.0
    assert people.skill(3000 * time, first, time) == 1.0


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0, 0.99))
@pure
def test_mentors_lose_a_share_each_at_most(newcomers: int, experienced: int, cost: float):
    found = people.mentoring(newcomers, experienced, cost)
    assert 1.0 - cost <= found <= 1.0
    if experienced:
        lost = experienced * (1.0 - found)
        assert lost == pytest.approx(cost * min(newcomers, experienced), abs=1e-9)
    assert people.mentoring(0, experienced, cost) == people.mentoring(newcomers, experienced, 0.0) == 1.0
    assert people.mentoring(newcomers, 0, cost) == 1.0


@given(share, hours, st.floats(0.1, 1e6), share)
@pure
def test_a_second_skill_comes_back_with_use_and_fades_without(known: float, used: float, time: float, kept: float):
    found = people.practice(known, used, time, kept)
    assert 0.0 <= found <= 1.0
    if used > 0.0:
        assert found >= known
        assert 1.0 - found == pytest.approx((1.0 - known) * math.exp(-used / time), abs=1e-12)
    else:
        assert found == pytest.approx(known * kept)
    assert people.practice(known, 0.0, time, 1.0) == known
    assert people.practice(1.0, used + 0.1, time, kept) == 1.0


def test_an_unused_skill_halves_in_its_half_life():
    weeks = math.log(0.5) / math.log(0.97)
    known = 1.0
    for _ in range(round(weeks)):
        known = people.practice(known, 0.0, 640.0, 0.97)
    assert known == pytest.approx(0.5, rel=0.02)


@given(share, start)
@pure
def test_the_speed_in_a_second_skill_lies_between_a_newcomers_and_full(known: float, first: float):
    assert people.second_skill(known, first) == pytest.approx(np.interp(known, [0, 1], [first, 1]))
    assert people.second_skill(1.0, first) == 1.0
    assert people.second_skill(known, 1.0) == 1.0
    assert people.second_skill(0.0, first) == first


# Morale


@given(st.floats(-20, 20), weight, weight, weight, weight)
@pure
def test_morale_tends_to_a_logistic_of_what_carries_it_less_what_weighs(support, load, late, disputes, vacancies):
    found = people.calm_morale(support, load, late, disputes, vacancies)
    assert found == pytest.approx(float(special.expit(support - load - late - disputes - vacancies)), rel=1e-9)
    assert 0.0 <= found <= 1.0
    assert people.calm_morale(support + 1, load, late, disputes, vacancies) >= found
    for heavier in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)):
        moved = [a + b for a, b in zip((load, late, disputes, vacancies), heavier, strict=True)]
        assert people.calm_morale(support, *moved) <= found


@given(st.floats(0, 2), st.floats(0, 0.999))
@pure
def test_load_weighs_from_where_it_begins_to_all_of_it(load: float, beginning: float):
    assert people.over(load, beginning) == pytest.approx(np.interp(load, [beginning, 1.0], [0.0, 1.0]), abs=1e-9)
    assert people.over(beginning, beginning) == 0.0
    assert people.over(1.0, beginning) == 1.0


@given(share, share, share)
@pure
def test_morale_moves_speed_on_a_line_from_the_neutral_one(morale: float, neutral: float, size: float):
    found = people.morale_speed(morale, neutral, size)
    assert found == pytest.approx(max(0.1, 1.0 + size * (morale - neutral)))
    assert people.morale_speed(morale + 0.1, neutral, size) >= found
    assert people.morale_speed(neutral, neutral, size) == people.morale_speed(morale, neutral, 0.0) == 1.0


# Resignations


@given(st.lists(st.floats(0.5, 1), min_size=1, max_size=12), st.floats(0, 0.9), share)
@pure
def test_experience_moves_who_goes_and_not_how_many(skills: list[float], premium: float, development: float):
    mean = math.fsum(skills) / len(skills)
    factors = [people.experience_factor(own, mean, premium, development) for own in skills]
    assert math.fsum(factors) / len(factors) == pytest.approx(1.0)
    assert [f for _, f in sorted(zip(skills, factors, strict=True))] == sorted(factors)


@given(start, start, weight, share)
@pure
def test_with_development_experience_changes_nothing(own: float, mean: float, premium: float, development: float):
    assert people.experience_factor(own, mean, premium, 1.0) == 1.0
    assert people.experience_factor(own, mean, 0.0, development) == 1.0
    assert people.experience_factor(mean, mean, premium, development) == 1.0
    assert people.experience_factor(own, 0.0, premium, development) == 1.0
    assert people.experience_factor(own, mean, premium, development) >= 0.0


@given(st.floats(0, 0.01), st.floats(1, 500), share, share, st.floats(0, 20), st.floats(0, 5))
@pure
def test_resignations_are_a_constant_hazard(rate, time, morale, neutral, slope, experience):
    found = people.resignation_probability(rate, time, morale, neutral, slope, experience)
    hazard = rate * experience * math.exp(slope * (neutral - morale))
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(-math.expm1(-hazard * time), rel=1e-6, abs=1e-12)
    stays = 1.0 - people.resignation_probability(rate, time / 2, morale, neutral, slope, experience)
    assert stays**2 == pytest.approx(1.0 - found, abs=1e-12)
    assert people.resignation_probability(rate, time, morale + 0.1, neutral, slope, experience) <= found
    assert people.resignation_probability(rate, time * 2, morale, neutral, slope, experience) >= found


@given(hours, share, share, weight, weight)
@pure
def test_nobody_resigns_where_the_rate_or_their_part_in_it_is_zero(time, morale, neutral, slope, experience):
    assert people.resignation_probability(0.0, time, morale, neutral, slope, experience) == 0.0
    assert people.resignation_probability(0.01, time, morale, neutral, slope, 0.0) == 0.0


def test_a_sixth_leave_in_a_year_at_neutral_morale():
    """Week by week, 16 % of the posts change hands in a year, less those who would have gone anyway: 1 - exp(-0.16)."""
    week = people.resignation_probability(0.16 / 8766, 168.0, 0.5, 0.5, 1.7, 1.0)
    assert 1 - (1 - week) ** (8766 / 168) == pytest.approx(1 - math.exp(-0.16))


def test_no_extreme_overflows():
    assert people.resignation_probability(0.01, 168.0, -1e9, 0.5, 20.0, 20.0) == 1.0
    assert people.calm_morale(-20.0, 1e9, 20.0, 20.0, 20.0) == pytest.approx(0.0, abs=1e-300)
    assert people.calm_morale(1e9, 0.0, 0.0, 0.0, 0.0) == 1.0
    assert people.skill(1e9, 0.01, 0.1) == 1.0


# Improvement


@given(share, st.floats(0, 500), st.floats(0.01, 1e4), st.integers(1, 40))
@pure
def test_what_can_be_improved_halves_with_every_half_life_of_faults(left, worked, half_life, times):
    found = people.remaining_after(left, worked, half_life)
    assert found == pytest.approx(left * 0.5 ** (worked / half_life), rel=1e-9, abs=1e-300)
    assert 0.0 <= found <= left
    bit_by_bit = left
    for _ in range(times):
        bit_by_bit = people.remaining_after(bit_by_bit, worked / times, half_life)
    assert bit_by_bit == pytest.approx(found, rel=1e-9, abs=1e-300)
    assert people.remaining_after(left, 0.0, half_life) == left


@given(share, share)
@pure
def test_improvement_goes_down_to_its_floor(left: float, floor: float):
    found = people.improved(left, floor)
    assert found == pytest.approx(np.interp(left, [0, 1], [floor, 1]), abs=1e-12)
    assert people.improved(1.0, floor) == people.improved(left, 1.0) == 1.0
    assert people.improved(0.0, floor) == pytest.approx(floor)
