"""MSER-5 against a double loop, Welch's plot against Law's definition."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from experiments.analysis.warm_up import averaged, common_warm_up, mser5, welch
from sim.errors import InputError

series = st.lists(st.integers(-40, 40), min_size=10, max_size=240)


def by_a_double_loop(values):
    """The statistic for every number of deleted batches, as White (1997) writes it."""
    batches = [statistics.fmean(values[k : k + 5]) for k in range(0, len(values) - len(values) % 5, 5)]
    n = len(batches)
    found = []
    for d in range(n // 2 + 1):
        rest = batches[d:]
        mean = statistics.fmean(rest)
        found.append(math.fsum((z - mean) ** 2 for z in rest) / (n - d) ** 2)
    return found


@settings(max_examples=80)
@given(series)
def test_statistic_and_cut_are_those_of_a_double_loop(values):
    found, wanted = mser5(values), by_a_double_loop(values)
    assert found.statistic == pytest.approx(wanted, rel=1e-9, abs=1e-10)
    assert found.batches == len(values) // 5
    assert wanted[found.cut // 5] == pytest.approx(min(wanted), rel=1e-9, abs=1e-10)
    last = len(found.statistic) - 1
    assert found.failed == (found.cut == 5 * last or found.batches < 20)


@settings(max_examples=80)
@given(series, st.integers(-1000, 1000), st.sampled_from([0.5, 2.0, -4.0, 1024.0]))
def test_units_and_origins_do_not_matter(values, shift, scale):
    least, second = sorted(by_a_double_loop(values))[:2]
    assume(second > least * (1 + 1e-6) + 1e-6)
    assert mser5([scale * v + shift for v in values]).cut == mser5(values).cut


def test_a_step_is_cut_at_its_end_whatever_its_height():
    calm = [1.0, 2.0, 3.0, 2.0, 1.0, 3.0, 2.0, 2.0, 1.0, 3.0] * 20
    for height in (10.0, 1e4, 1e9):
        assert mser5([height] * 35 + calm).cut == 35


def test_small_differences_far_from_zero_are_not_lost():
    calm = [1.0, 2.0, 3.0, 2.0, 1.0, 3.0, 2.0, 2.0, 1.0, 3.0] * 20
    found = mser5([1e9 + v for v in [10.0] * 35 + calm])
    assert found.cut == 35
    assert found.statistic == pytest.approx(by_a_double_loop([10.0] * 35 + calm), rel=1e-4)


def test_equal_values_are_kept_and_the_first_of_several_cuts_is_taken():
    assert mser5([0.1] * 200).cut == 0
    assert not mser5([0.1] * 200).failed
    assert mser5([9.0] * 10 + [1.0] * 190).cut == 10


def test_a_run_that_is_still_falling_is_too_short():
    found = mser5(np.linspace(100.0, 0.0, 500))
    assert (found.cut, found.failed) == (250, True)


@pytest.mark.parametrize(("length", "failed"), [(0, True), (4, True), (99, True), (100, False), (104, False)])
def test_short_series_are_flagged(length, failed):
    values = ([1.0, 2.0, 3.0, 2.0, 2.0, 3.0, 1.0] * 20)[:length]
    assert mser5(values).failed == failed
    assert mser5(values).batches == length // 5


def test_several_responses_share_the_longest_cut_and_the_flag():
    calm = [1.0, 2.0] * 100
    falling, endless = [50.0] * 20 + calm, list(np.linspace(9.0, 0.0, 200))
    assert common_warm_up({"calm": [calm], "falling": [falling, falling]}) == mser5(falling)
    both = common_warm_up({"short": [calm[:50]], "falling": [falling]})
    assert (both.cut, both.failed) == (20, True)
    assert common_warm_up({"endless": [endless], "calm": [calm]}).failed


def test_average_is_over_replications_and_stops_at_the_shortest():
    mean = averaged([[1.0, math.nan, 5.0, 7.0], [3.0, math.nan, math.nan]])
    assert mean.tolist() == pytest.approx([2.0, math.nan, 5.0], nan_ok=True)


def test_batches_use_the_values_that_there_are_and_refuse_to_have_none():
    values = [1.0, 2.0, 3.0, 2.0, 1.0] * 30
    gap = [*values]
    gap[2] = math.nan
    assert mser5(gap).statistic[0] == pytest.approx(by_a_double_loop([1.5] * 5 + values[5:])[0])
    gap[10:15] = [math.nan] * 5
    with pytest.raises(InputError, match="warm-up, observations 11 to 15: got no value in any replication"):
        mser5(gap)


@pytest.mark.parametrize("ask", [lambda: averaged([]), lambda: common_warm_up({}), lambda: common_warm_up({"x": []})])
def test_nothing_is_refused(ask):
    with pytest.raises(InputError, match="must be at least 1"):
        ask()


@given(st.lists(st.integers(-9, 9), min_size=8, max_size=60), st.integers(0, 15))
def test_moving_average_is_laws(values, window):
    assume(window <= len(values) // 4)
    found = welch([values, [0] * len(values)], window)
    y = [v / 2 for v in values]
    assert found.mean.tolist() == pytest.approx(y)
    wanted = []
    for i in range(1, len(y) - window + 1):  # Law, section 9.5.1, counts from 1
        reach = window if i >= window + 1 else i - 1
        wanted.append(sum(y[i + s - 1] for s in range(-reach, reach + 1)) / (2 * reach + 1))
    assert found.moving.tolist() == pytest.approx(wanted)


@pytest.mark.parametrize("window", [-1, 3])
def test_window_that_does_not_fit_is_refused(window):
    with pytest.raises(InputError, match=r"Welch plot, window: got .*, must be from 0 to 2, a quarter of the 10"):
        welch([[1.0] * 10], window)
