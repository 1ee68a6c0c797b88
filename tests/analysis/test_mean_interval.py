"""Intervals for means against a solved cubic, scipy, and what must hold for any numbers."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, stats

from experiments.analysis.intervals import estimate
from experiments.analysis.mean_interval import (
    DEFAULT_METHOD,
    Interval,
    interval,
    paired_interval,
)
from experiments.analysis.skewed import METHODS, limits, turned_back
from experiments.plan.targets import DEFAULT_REPLICATIONS
from sim.errors import InputError

numbers = st.lists(st.integers(-1000, 1000).map(lambda k: k / 8), min_size=3, max_size=40)
confidences = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])


def by_solving_halls_cubic(values, confidence):
    """Limits where t, turned by Hall's cubic t + 2 b t^2 + 4/3 b^2 t^3 + b, equals a quantile of Student's t."""
    n = len(values)
    b = stats.skew(values, bias=False) / (6 * math.sqrt(n))
    error = stats.sem(values)
    quantile = stats.t.ppf(0.5 + confidence / 2, n - 1)

    def solve(z):
        return optimize.brentq(lambda t: t + 2 * b * t**2 + 4 / 3 * b**2 * t**3 + b - z, -1e4, 1e4, xtol=1e-13)

    return np.mean(values) - solve(quantile) * error, np.mean(values) - solve(-quantile) * error


@given(numbers, confidences)
def test_willink_solves_halls_cubic(values, confidence):
    assume(len(set(values)) > 1)
    low, high = by_solving_halls_cubic(values, confidence)
    found = interval(values, confidence, "willink")
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-7, abs=1e-7)


@given(numbers, confidences)
def test_t_is_scipys(values, confidence):
    assume(len(set(values)) > 1)
    found = interval(values, confidence, "t")
    wanted = stats.t.interval(confidence, len(values) - 1, np.mean(values), stats.sem(values))
    assert (found.low, found.high) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


def test_t_is_the_interval_of_the_tables():
    values = [0.3, math.nan, 1.7, 9.1, 2.2]
    ours, theirs = interval(values, method="t"), estimate(values)
    assert (ours.mean, ours.half_width, ours.n) == pytest.approx((theirs.mean, theirs.half_width, theirs.n))


@given(numbers, st.integers(-50, 50), st.sampled_from([0.25, 0.5, 2.0, 3.0, 1e6]), st.sampled_from(METHODS))
def test_units_and_origins_do_not_matter(values, shift, scale, method):
    plain, moved = interval(values, method=method), interval([scale * v + shift for v in values], method=method)
    wanted = [scale * x + shift for x in (plain.mean, plain.low, plain.high)]
    size = scale * (1 + plain.high - plain.low) + abs(shift)
    assert (moved.mean, moved.low, moved.high) == pytest.approx(wanted, rel=1e-9, abs=1e-9 * size)


@given(numbers, confidences, st.sampled_from(METHODS))
def test_mirrored_values_have_the_mirrored_interval(values, confidence, method):
    plain = interval(values, confidence, method)
    mirrored = interval([-v for v in values], confidence, method)
    assert (-mirrored.high, -mirrored.low) == pytest.approx((plain.low, plain.high), rel=1e-9, abs=1e-9)


@given(numbers, st.sampled_from(METHODS))
def test_more_confidence_takes_a_longer_interval_around_the_mean(values, method):
    assume(len(set(values)) > 1)
    found = [interval(values, confidence, method) for confidence in (0.5, 0.8, 0.95, 0.999)]
    for shorter, longer in itertools.pairwise(found):
        assert longer.low < shorter.low < shorter.mean < shorter.high < longer.high


@pytest.mark.parametrize("n", [3, 4, 10, 1000])
def test_one_value_alone_on_one_side_is_the_most_skewed_sample_and_no_problem(n):
    values = [0.0] * (n - 1) + [1.0]
    assert stats.skew(values, bias=False) / (6 * math.sqrt(n)) == pytest.approx(1 / 6)  # the bound on b
    found, student = interval(values), interval(values, method="t")
    assert student.low < found.low < found.mean < student.high < found.high
    assert (found.low, found.high) == pytest.approx(by_solving_halls_cubic(values, 0.95))


@given(st.floats(-5, 5), st.floats(-1 / 6, 1 / 6))
def test_turning_back_undoes_the_cubic(t, b):
    z = t + 2 * b * t**2 + 4 / 3 * b**2 * t**3 + b
    assume(abs(1 + 2 * b * t) > 1e-3)  # where the cubic is flat, its inverse amplifies rounding
    assert float(turned_back(np.array(z), np.array(b))) == pytest.approx(t, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("b", [0.0, 1e-320, 1e-13, 1e-12, 1e-9, 1e-6, 1e-3])
def test_little_skewness_changes_little(b):
    assert float(turned_back(np.array(2.0), np.array(b))) == pytest.approx(2.0 - b * (1 + 8), abs=100 * b * b + 1e-11)


def test_symmetric_values_have_students_interval():
    values = [-3.0, -1.0, 0.0, 1.0, 3.0]
    ours, student = interval(values, method="willink"), interval(values, method="t")
    assert (ours.low, ours.high) == pytest.approx((student.low, student.high), rel=1e-12)


def test_values_that_do_not_apply_are_neither_used_nor_counted():
    assert interval([1.0, math.nan, 3.0, 9.0]) == interval([1.0, 3.0, 9.0])
    assert interval([math.nan]) == interval([]) == Interval(None, None, None, 0, DEFAULT_METHOD)
    assert interval([]).half_width is None


def test_one_value_has_no_interval_and_two_have_students():
    assert interval([4.0]) == Interval(4.0, None, None, 1, DEFAULT_METHOD)
    assert not interval([4.0]).is_clear
    assert interval([4.0, 6.0], method="willink") == interval([4.0, 6.0], method="t")
    assert interval([4.0, 6.0]).method == "t"
    assert interval([4.0, 6.0]).high == pytest.approx(5.0 + 12.706, abs=1e-3)  # Law's table, 1 degree of freedom


@pytest.mark.parametrize("value", [0.0, 0.1, -1e300, 7.0])
def test_equal_values_have_an_interval_of_length_zero(value):
    for n in (2, 3, 30):
        found = interval([value] * n)
        assert (found.mean, found.low, found.high, found.half_width) == (value, value, value, 0.0)


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_huge_and_tiny_values_keep_their_shape(size):
    plain, scaled = interval([1.0, 2.0, 9.0]), interval([1.0 * size, 2.0 * size, 9.0 * size])
    assert (scaled.low / size, scaled.high / size) == pytest.approx((plain.low, plain.high))


def test_infinite_values_have_no_interval():
    assert interval([1.0, math.inf, 2.0]) == Interval(math.inf, None, None, 3, DEFAULT_METHOD)
    assert interval([1e308] * 4 + [1.1e308]).low is None


def test_clear_is_what_leaves_out_zero():
    assert interval([3.0, 4.0, 5.0]).is_clear
    assert interval([-3.0, -4.0, -5.0]).is_clear
    assert not interval([-1.0, 4.0, 5.0]).is_clear


def test_pairs_need_both_sides():
    found = paired_interval({0: 1.0, 1: math.nan, 2: 5.0, 3: 9.0}, {0: 3.0, 1: 4.0, 2: 8.0, 4: 0.0})
    assert found == interval([-2.0, -3.0])


def test_many_experiments_at_once_are_each_as_alone():
    values = np.random.default_rng(1).exponential(size=(20, 12))
    mean, low, high = limits(values, 0.9, "willink")
    for k, row in enumerate(values):
        alone = interval(row, 0.9, "willink")
        assert (alone.mean, alone.low, alone.high) == pytest.approx((mean[k], low[k], high[k]), rel=1e-12)


@pytest.mark.parametrize("confidence", [95, 1.0, 0.4, 0.0, -1.0, math.nan])
def test_impossible_confidence_is_refused_in_the_words_of_the_house(confidence):
    with pytest.raises(InputError, match=r"^confidence: got .*, must be at least 0\.5 and below 1\. Write 95 %"):
        interval([1.0, 2.0], confidence)


def test_unknown_method_is_refused():
    with pytest.raises(InputError, match="interval: got 'z', must be 't', 'willink' or 'default'"):
        interval([1.0, 2.0], method="z")


def test_defaults_are_those_that_were_measured():
    assert (DEFAULT_METHOD, DEFAULT_REPLICATIONS) == ("willink", 100)
    assert interval([1.0, 2.0, 9.0]) == interval([1.0, 2.0, 9.0], method="willink")
