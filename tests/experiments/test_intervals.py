"""Intervals against numbers computed elsewhere."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.intervals import (
    Estimate,
    differences,
    estimate,
    estimates,
    paired_difference,
    t_half_width,
)

# Quantiles of Student's t for 97.5 %, from the printed table in Law, Simulation Modeling and Analysis.
TABLE = {1: 12.706, 2: 4.303, 4: 2.776, 9: 2.262, 29: 2.045, 100: 1.984}


@pytest.mark.parametrize(("freedom", "quantile"), TABLE.items())
def test_half_width_uses_the_printed_t_table(freedom, quantile):
    n = freedom + 1
    assert t_half_width(math.sqrt(n), n) == pytest.approx(quantile, abs=5e-4)


def test_worked_example_of_law():
    # Law, section 4.5: ten observations, mean 1.34, variance 0.17; 90 % interval 1.34 ± 0.24.
    values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09]
    assert estimate(values).mean == pytest.approx(1.343)
    assert t_half_width(statistics.stdev(values), 10, confidence=0.90) == pytest.approx(0.24, abs=0.005)


def test_values_that_do_not_apply_are_neither_used_nor_counted():
    assert estimate([1.0, math.nan, 3.0]) == estimate([1.0, 3.0])
    assert estimate([math.nan]) == Estimate(None, None, 0)


def test_one_replication_has_no_interval():
    assert estimate([4.0]) == Estimate(4.0, None, 1)
    assert not estimate([4.0]).is_clear


def test_pairs_need_both_sides():
    found = paired_difference({0: 1.0, 1: math.nan, 2: 5.0, 3: 9.0}, {0: 3.0, 1: 4.0, 2: 8.0, 4: 0.0})
    assert found == estimate([-2.0, -3.0])


def test_common_luck_cancels_out():
    luck = [0.0, 100.0, -50.0, 30.0]
    today = {r: {"wait_mean": 40 + noise} for r, noise in enumerate(luck)}
    treated = {r: {"wait_mean": 38 + noise, "new": 1.0} for r, noise in enumerate(luck)}
    assert differences(treated, today) == {"wait_mean": Estimate(-2.0, 0.0, 4)}
    assert estimates(treated)["wait_mean"].half_width > 50


def test_the_order_in_which_runs_finished_does_not_matter():
    runs = {2: {"a": 0.1}, 0: {"a": 0.2}, 1: {"a": 0.3}}
    assert estimates(runs) == estimates(dict(sorted(runs.items())))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), st.floats(-1e3, 1e3))
def test_shifting_all_values_shifts_the_mean_and_keeps_the_interval(values, shift):
    plain, moved = estimate(values), estimate([value + shift for value in values])
    assert moved.mean == pytest.approx(plain.mean + shift, abs=1e-6)
    assert moved.half_width == pytest.approx(plain.half_width, rel=1e-6, abs=1e-6)
