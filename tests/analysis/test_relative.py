"""The change of a mean in per cent: against the test that it inverts, and against what it promises."""

import numpy as np
import pytest
from scipy import stats

from experiments.analysis.mean_interval import paired_interval
from experiments.analysis.relative import relative_change
from sim.errors import InputError


def numbered(values):
    return dict(enumerate(map(float, values)))


def pairs(seed, n=12, mean=40.0, share=0.9, luck=6.0, own=1.5):
    draws = np.random.default_rng(seed)
    x = mean + luck * draws.normal(size=n)
    return numbered(share * x + own * draws.normal(size=n)), numbered(x)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.9995])
def test_ends_are_where_a_t_test_of_the_ratio_begins_to_refuse(seed, confidence):
    treated, baseline = pairs(seed)
    found = relative_change(treated, baseline, confidence)
    y, x = np.array(list(treated.values())), np.array(list(baseline.values()))
    for end, beyond in ((found.low, -1e-6), (found.high, 1e-6)):
        at = stats.ttest_1samp(y - (1 + end) * x, 0).pvalue
        assert at == pytest.approx(1 - confidence, rel=1e-6)
        assert stats.ttest_1samp(y - (1 + end + beyond) * x, 0).pvalue < at
    assert found.mean == pytest.approx(y.mean() / x.mean() - 1)
    assert found.low < found.mean < found.high


def test_it_holds_the_ratio_of_expectations_as_often_as_it_says():
    trials = [relative_change(*pairs(seed, n=8, share=0.8, luck=8.0, own=3.0), 0.9) for seed in range(2000)]
    held = np.mean([one.low <= -0.2 <= one.high for one in trials])
    assert held == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("seed", range(40))
def test_it_leaves_out_zero_exactly_when_the_paired_difference_does(seed):
    treated, baseline = pairs(seed, share=0.98, own=2.0)
    assert relative_change(treated, baseline).is_clear == paired_interval(treated, baseline).is_clear


def test_units_do_not_matter():
    treated, baseline = pairs(3)
    one = relative_change(treated, baseline)
    other = relative_change({r: 60 * v for r, v in treated.items()}, {r: 60 * v for r, v in baseline.items()})
    assert (other.low, other.mean, other.high) == pytest.approx((one.low, one.mean, one.high))


def test_without_a_baseline_that_differs_from_zero_there_are_no_ends():
    found = relative_change(numbered([1, 2, 3, 2]), numbered([-1, 1, 2, -1.5]))
    assert (found.low, found.high) == (None, None)
    assert relative_change(numbered([1, 2]), numbered([0, 0])).mean is None
    assert relative_change({}, {}).n == 0


def test_pairs_without_a_partner_or_a_value_are_left_out():
    treated, baseline = pairs(5)
    more = {**treated, 98: float("nan"), 99: 1e9}
    assert relative_change(more, {**baseline, 98: 3.0}) == relative_change(treated, baseline)


def test_one_pair_has_a_mean_and_no_interval_and_the_same_everywhere_has_no_length():
    assert relative_change({0: 9.0}, {0: 10.0}) == relative_change({0: 9.0, 1: 5.0}, {0: 10.0})
    assert relative_change({0: 9.0}, {0: 10.0}).low is None
    alike = relative_change(numbered([10, 20, 33]), numbered([10, 20, 33]))
    assert (alike.mean, alike.low, alike.high) == (0, 0, 0)


def test_a_confidence_in_per_cent_is_refused():
    with pytest.raises(InputError):
        relative_change({0: 1.0}, {0: 1.0}, 95)
