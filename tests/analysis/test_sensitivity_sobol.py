"""Sobol' indices against exact values, scipy, and sums written out."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from scipy import stats

from benchmarks.validate.sensitivity_measures import sobol_rows
from benchmarks.validate.sensitivity_page import EARLIER, theory
from benchmarks.validate.sensitivity_problems import G_FUNCTION, ISHIGAMI, G
from experiments.analysis.sensitivity import sobol_design, sobol_indices
from experiments.analysis.sensitivity.replications import cross, interaction_mean_square
from experiments.analysis.sensitivity.sobol_indices import _indices
from experiments.plan.designs import Axis
from sim.errors import UsageError

NAMES = ("a", "b", "c")


def values_of(problem, samples, seed):
    points = sobol_design([Axis(f"x{i}", None) for i in range(problem.k)], samples, seed)
    return problem.of(np.array(points))


def test_exact_values_are_the_published_ones():
    assert ISHIGAMI.variance == pytest.approx(13.844588, abs=1e-6)
    assert ISHIGAMI.first == pytest.approx((0.313905, 0.442411, 0.0), abs=1e-6)
    assert ISHIGAMI.total == pytest.approx((0.557589, 0.442411, 0.243684), abs=1e-6)
    assert len(G) == G_FUNCTION.k == 6


def test_the_design_takes_one_factor_from_the_other_sample():
    axes = [Axis("a", None), Axis("b", 3), Axis("c", None)]
    points = sobol_design(axes, 8, seed=4)
    a, b = points[:8], points[8:16]
    assert len(points) == 40
    assert len(set(a) | set(b)) == 16
    for i in range(3):
        for x, y, mixed in zip(a, b, points[16 + 8 * i :][:8], strict=True):
            assert mixed == (*x[:i], y[i], *x[i + 1 :])


def test_without_luck_it_is_scipys_estimate():
    y = values_of(ISHIGAMI, 256, 1).reshape(5, 256)
    wanted = stats.sobol_indices(func={"f_A": y[0][None], "f_B": y[1][None], "f_AB": y[2:][:, None]}, n=256, dists=None)
    found = sobol_indices(NAMES, y.ravel(), corrected=False)
    assert [one.first.value for one in found.factors] == pytest.approx(wanted.first_order.ravel())
    assert [one.total.value for one in found.factors] == pytest.approx(wanted.total_order.ravel())


def test_products_of_different_replications_are_sums_written_out():
    x, y = default_rng(1).normal(size=(2, 3, 5))
    wanted = [sum(x[i, j] * y[i, k] for j in range(5) for k in range(5) if j != k) / 20 for i in range(3)]
    assert cross(x, y) == pytest.approx(wanted)
    assert cross(x, x) == pytest.approx(x.mean(axis=1) ** 2 - x.var(axis=1, ddof=1) / 5)


def test_correction_is_that_of_the_sums_written_out():
    samples, n = 16, 3
    y = (values_of(ISHIGAMI, samples, 2)[:, None] + default_rng(2).normal(size=(80, n))).reshape(5, samples, n)
    pairs = [(j, k) for j in range(n) for k in range(n) if j != k]
    centre = (y[0].mean(axis=0) + y[1].mean(axis=0)) / 2
    variance = np.mean([((y[:2, :, j] - centre[j]) * (y[:2, :, k] - centre[k])).mean() for j, k in pairs])
    found = sobol_indices(NAMES, y.reshape(-1, n))
    assert found.variance == pytest.approx(variance)
    assert found.luck == pytest.approx(y.var(axis=2, ddof=1).mean())
    for i, one in enumerate(found.factors):
        d = y[2 + i] - y[0]
        total = np.mean([(d[:, j] * d[:, k]).mean() / 2 for j, k in pairs]) / variance
        first = np.mean([((y[1][:, j] - centre[j]) * d[:, k]).mean() for j, k in pairs]) / variance
        assert (one.first.value, one.total.value) == pytest.approx((first, total))


def test_plain_indices_are_as_wrong_as_theory_and_the_earlier_measurement_say():
    # 20 repetitions; standard error of a mean 0.008, tolerance 4 and more.
    for row in sobol_rows(ISHIGAMI, 512, 1, "independent", 20, 3, corrected=False):
        assert row.mean == pytest.approx(theory(row), abs=0.035), row
        assert row.mean == pytest.approx(EARLIER[row.what], abs=0.045), row


@pytest.mark.parametrize(("problem", "samples"), [(ISHIGAMI, 256), (G_FUNCTION, 256)])
def test_luck_is_taken_out(problem, samples):
    # 30 repetitions, 5 standard errors (18 comparisons: 1e-5); coverage at full size at least 0.92: 0.77 in 1e-2.
    rows = sobol_rows(problem, samples, 2, "independent", 30, 4)
    for row in rows:
        assert abs(row.mean - row.truth) <= 5 * row.deviation / math.sqrt(30), row
        assert row.coverage >= 0.77
    assert np.mean([row.coverage for row in rows]) >= 0.93


def test_luck_that_points_share_is_taken_out_too():
    rows = sobol_rows(ISHIGAMI, 128, 10, "common", 40, 5)
    for row in rows:
        assert abs(row.mean - row.truth) <= 5 * row.deviation / math.sqrt(40) + 0.01, row
        assert row.coverage >= 0.77
    assert np.mean([row.coverage for row in rows]) >= 0.91


@given(st.integers(0, 10**6), st.sampled_from([0.5, 2.0, 1000.0]), st.floats(-50, 50))
@settings(max_examples=15, deadline=None)
def test_units_origins_and_order_of_replications_do_not_matter(seed, scale, shift):
    y = values_of(ISHIGAMI, 32, 1)[:, None] + default_rng(seed).normal(size=(160, 3))
    plain = sobol_indices(NAMES, y).table().to_numpy()[:, 1:].astype(float)
    common = default_rng(seed).normal(size=3)  # Luck that shifts a whole replication.
    moved = sobol_indices(NAMES, (scale * (y + shift + common))[:, ::-1]).table().to_numpy()[:, 1:].astype(float)
    assert moved[:, :6] == pytest.approx(plain[:, :6], rel=1e-6, abs=1e-7)


def test_common_random_numbers_make_intervals_longer_and_need_three_replications():
    y = values_of(ISHIGAMI, 64, 1)[:, None] + default_rng(1).normal(size=(320, 3)) * 2
    common, own = sobol_indices(NAMES, y), sobol_indices(NAMES, y, seeds="independent")
    for one, other in zip(common.factors, own.factors, strict=True):
        assert (
            one.total.low < other.total.low < one.total.value == other.total.value < other.total.high < one.total.high
        )
    pair = sobol_indices(NAMES, y[:, :2])
    assert all(math.isnan(one.total.low) and not one.total.is_clear for one in pair.factors)
    assert not math.isnan(sobol_indices(NAMES, y[:, :2], seeds="independent").factors[0].total.low)


def test_more_confidence_takes_longer_intervals_and_the_seed_decides_them():
    y = values_of(ISHIGAMI, 64, 1)[:, None] + default_rng(1).normal(size=(320, 3)) * 2
    short, long = sobol_indices(NAMES, y, 0.5), sobol_indices(NAMES, y, 0.99)
    assert long.factors[0].first.low < short.factors[0].first.low
    assert short == sobol_indices(NAMES, y, 0.5)
    assert short.factors[0].first != sobol_indices(NAMES, y, 0.5, seed=2).factors[0].first


def test_a_bootstrap_sample_is_as_if_its_samples_had_been_run():
    blocks = default_rng(3).normal(size=(5, 12, 3)) + values_of(ISHIGAMI, 16, 1).reshape(5, 16)[:, :12, None]
    times = default_rng(4).multinomial(12, [1 / 12] * 12)
    weighted, variance = _indices(blocks, times[None] / 12)
    run, again = _indices(np.repeat(blocks, times, axis=1), np.full((1, 12), 1 / 12))
    assert weighted == pytest.approx(run)
    assert variance == pytest.approx(again)


def test_negative_estimates_are_shown():
    y = values_of(ISHIGAMI, 64, 3)[:, None] + default_rng(8).normal(size=(320, 2)) * 8
    table = sobol_indices(NAMES, y, seeds="independent").table()
    assert (table[["first", "total"]].to_numpy() < 0).any()
    assert list(table) == [
        "factor",
        "first",
        "first_low",
        "first_high",
        "total",
        "total_low",
        "total_high",
        "luck_share",
    ]
    # The share of luck in a run: 64 / (64 + 13.8), within chance.
    assert table["luck_share"][0] == pytest.approx(0.82, abs=0.1)


def test_a_failed_run_leaves_out_its_sample_in_all_blocks():
    y = (values_of(ISHIGAMI, 16, 1)[:, None] + default_rng(1).normal(size=(80, 3))).reshape(5, 16, 3)
    broken = y.copy()
    broken[3, 7, 1] = math.nan
    found = sobol_indices(NAMES, broken.reshape(-1, 3))
    without = sobol_indices(NAMES, np.delete(y, 7, axis=1).reshape(-1, 3))
    assert (found.samples, found.left_out) == (15, 1)
    assert found.factors == without.factors


def test_variance_of_luck_that_differs_from_row_to_row():
    y = default_rng(1).normal(size=(7, 4))
    shared = default_rng(2).normal(size=(1, 4)) * 10 + np.arange(7)[:, None]
    assert interaction_mean_square(y + shared) == pytest.approx(interaction_mean_square(y))
    many = default_rng(3).normal(size=(400, 50)) * 3
    assert interaction_mean_square(many) == pytest.approx(9.0, rel=0.04)  # 4 standard errors of 0.01.


def test_mistakes_are_told():
    with pytest.raises(UsageError, match="1 replication"):
        sobol_indices(NAMES, np.arange(20.0))
    with pytest.raises(UsageError, match="multiple of 5"):
        sobol_indices(NAMES, np.zeros((21, 2)))
    with pytest.raises(UsageError, match="move nothing"):
        sobol_indices(NAMES, np.full((20, 2), 0.1))
    with pytest.raises(UsageError, match="0 samples without"):
        sobol_indices(NAMES, np.full((20, 2), math.nan))
    with pytest.raises(UsageError, match="power of two"):
        sobol_design([Axis("a", None)], 100, 1)
