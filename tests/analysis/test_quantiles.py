"""Quantiles against all pairs of ranks, printed tables and pooled numbers worked out by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.quantiles import (
    order_statistics,
    quantile,
    quantile_interval,
    sectioning_interval,
)
from experiments.analysis.sample_sizes import fewest_replications, wilks, wilks_confidence
from sim.errors import InputError


def all_pairs(n, p, confidence):
    """Every pair of ranks that suffices: (ranks apart, probability by summing the binomial)."""
    chance = stats.binom.pmf(np.arange(n + 1), n, p)
    for low, high in itertools.combinations(range(1, n + 1), 2):
        covered = math.fsum(chance[low:high])
        if covered >= confidence:
            yield high - low, covered, (low, high)


@pytest.mark.parametrize(
    ("n", "p", "ranks", "covered"),
    [(10, 0.5, (2, 9), 0.978516), (20, 0.5, (6, 15), 0.958611), (6, 0.5, (1, 6), 0.96875)],
)
def test_printed_ranks(n, p, ranks, covered):
    low, high, confidence = order_statistics(n, p)
    assert (low, high) == ranks
    assert confidence == pytest.approx(covered, abs=5e-7)


@settings(max_examples=60)
@given(st.integers(0, 30), st.sampled_from([0.05, 0.1, 0.31, 0.5, 0.75, 0.9]), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_ranks_are_the_best_of_all_pairs(n, p, confidence):
    found, pairs = order_statistics(n, p, confidence), list(all_pairs(n, p, confidence))
    if not pairs:
        assert found is None
        return
    low, high, covered = found
    fewest = min(pair[0] for pair in pairs)
    assert high - low == fewest
    assert covered == pytest.approx(max(pair[1] for pair in pairs if pair[0] == fewest))
    assert covered == pytest.approx(math.fsum(stats.binom.pmf(range(low, high), n, p)))
    assert covered >= confidence - 1e-12


def test_limits_are_the_values_with_these_ranks():
    values = [30.0, 10.0, math.nan, 50.0, 20.0, 40.0, 60.0]
    found = quantile_interval(values, 0.5)
    assert (found.low, found.high, found.quantile, found.n, found.ranks) == (10.0, 60.0, 30.0, 6, (1, 6))


@settings(max_examples=60)
@given(st.lists(st.integers(-100, 100), min_size=30, max_size=80), st.sampled_from([0.1, 0.25, 0.5, 0.8, 0.9]))
def test_quantile_lies_in_its_interval_and_turns_with_the_values(values, p):
    found = quantile_interval(values, p)
    assert found.low <= found.quantile <= found.high
    doubled = quantile_interval([2 * v + 7 for v in values], p)
    assert (doubled.low, doubled.high) == (2 * found.low + 7, 2 * found.high + 7)


@pytest.mark.parametrize(("n", "p"), [(0, 0.5), (1, 0.5), (5, 0.5), (30, 0.95), (58, 0.95)])
def test_too_few_values_say_how_many_it_takes(n, p):
    found = quantile_interval(range(n), p)
    assert (found.low, found.high, found.ranks, found.confidence) == (None, None, None, None)
    assert found.reason == (
        f"an interval of 95 % for the {100 * p:g} % quantile needs {fewest_replications(p)} replications; there are {n}"
    )
    assert (found.quantile is None) == (n == 0)
    enough = quantile_interval(range(fewest_replications(p)), p)
    assert enough.low is not None
    assert enough.reason is None


def test_intervals_by_ranks_hold_the_quantile_as_often_as_they_say():
    # 20,000 experiments: a right one is off by more than 4 standard errors with probability 6e-5.
    low, high, covered = order_statistics(40, 0.75, 0.9)
    values = np.sort(np.random.default_rng(11).exponential(size=(20_000, 40)), axis=1)
    truth = math.log(4.0)
    share = ((values[:, low - 1] <= truth) & (truth <= values[:, high - 1])).mean()
    assert abs(share - covered) <= 4 * math.sqrt(covered * (1 - covered) / 20_000)


def test_wilks_published_numbers():
    assert wilks(0.95, sides=1) == 59
    assert wilks(0.95, sides=2) == 93
    assert wilks_confidence(59, 0.95, sides=1) == pytest.approx(0.95151, abs=5e-6)
    assert wilks_confidence(93, 0.95, sides=2) == pytest.approx(0.95002, abs=5e-6)


@given(st.sampled_from([0.5, 0.9, 0.95, 0.99, 0.999]), st.sampled_from([0.5, 0.9, 0.95, 0.99]), st.sampled_from([1, 2]))
def test_wilks_is_the_smallest_number_that_suffices(share, confidence, sides):
    # The coverage of the range of n values is a beta variable: Beta(n, 1), or Beta(n - 1, 2) between both extremes.
    n = wilks(share, confidence, sides=sides)
    held = [stats.beta.sf(share, k + 1 - sides, sides) if k >= sides else 0.0 for k in (n - 1, n)]
    assert held[0] < confidence <= held[1] + 1e-12


def test_quantile_is_the_smallest_value_with_enough_below():
    values = np.arange(1.0, 101.0)
    assert [quantile(values, p) for p in (0.01, 0.07, 0.5, 0.955, 0.999)] == [1.0, 7.0, 50.0, 96.0, 100.0]


def test_sectioning_by_hand():
    # Pooled 1 2 2 3 3 3 4 4 4 5 5 6: the 9th of 12 is 4. Quantiles of the sections 3, 4, 5: squares 1, 0, 1.
    found = sectioning_interval([[4, 3, 2, 1], [2, math.nan, 3, 4, 5], [6, 3, 4, 5], [math.nan], []], 0.75, 0.9)
    half = stats.t.ppf(0.95, 2) * math.sqrt(2 / 2) / math.sqrt(3)
    assert (found.quantile, found.n) == (4.0, 3)
    assert (found.low, found.high) == pytest.approx((4 - half, 4 + half))


def test_sections_are_around_the_pooled_quantile_and_not_around_their_mean():
    # Quantiles 1, 1, 10; pooled median 1: squares 0, 0, 81 and not those around 4.
    found = sectioning_interval([[1.0] * 9, [1.0] * 9, [10.0] * 3], 0.5, 0.9)
    assert found.quantile == 1.0
    assert found.high - 1.0 == pytest.approx(stats.t.ppf(0.95, 2) * math.sqrt(81 / 2 / 3))


def test_sectioning_needs_two_replications():
    assert sectioning_interval([], 0.5).reason == "no replication has a value"
    one = sectioning_interval([[1.0, 2.0]], 0.5)
    assert (one.quantile, one.low, one.n) == (1.0, None, 1)
    assert one.reason == "sectioning needs at least 2 replications; there is 1"


@pytest.mark.parametrize("p", [0.0, 1.0, 95.0, math.nan])
def test_impossible_quantile_is_refused(p):
    for ask in (quantile_interval, sectioning_interval):
        with pytest.raises(InputError, match=r"quantile: got .*, must be above 0 and below 1"):
            ask([], p)
