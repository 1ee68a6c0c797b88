"""Morris' screening against functions with known answers and arithmetic in plain loops."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from scipy import stats

from benchmarks.validate.sensitivity import own_function
from benchmarks.validate.sensitivity_measures import morris_rows
from experiments.analysis.sensitivity import morris, trajectories
from experiments.analysis.sensitivity.replications import crossed_interval
from experiments.plan.designs import Axis
from sim.errors import UsageError

axes_of = st.lists(st.sampled_from([None, 2, 3, 4, 5]), min_size=1, max_size=6).map(
    lambda sizes: [Axis(f"x{i}", size) for i, size in enumerate(sizes)]
)
RANGES = [Axis(name, None) for name in "abc"]


@given(axes_of, st.integers(2, 6), st.integers(0, 1000), st.sampled_from([2, 4, 6, 8]))
@settings(max_examples=60)
def test_every_trajectory_moves_each_factor_once_by_half_of_its_settings(axes, number, seed, grid):
    points = trajectories(axes, number, seed, grid)
    k = len(axes)
    assert len(points) == number * (k + 1)
    for t in range(number):
        walk = points[t * (k + 1) : (t + 1) * (k + 1)]
        moved = []
        for before, after in itertools.pairwise(walk):
            changed = [i for i in range(k) if before[i] != after[i]]
            assert len(changed) == 1
            i = changed[0]
            size = axes[i].levels or grid
            step = abs(after[i] - before[i]) * (1 if axes[i].levels else grid - 1)
            assert step == pytest.approx(size // 2)
            moved.append(i)
        assert sorted(moved) == list(range(k))
        for point in walk:
            for axis, at in zip(axes, point, strict=True):
                assert (0 <= at <= 1) if axis.levels is None else at in range(axis.levels)


def test_more_trajectories_begin_with_the_same_and_settings_come_equally_often():
    assert trajectories(RANGES, 5, seed=3) == trajectories(RANGES, 9, seed=3)[:20]
    assert trajectories(RANGES, 5, seed=3) != trajectories(RANGES, 5, seed=4)
    start = np.array(trajectories(RANGES, 4000, seed=1))[::4, 0]
    _, counts = np.unique(start.round(6), return_counts=True)
    # Each of four settings in a quarter; chi-squared with 3 degrees of freedom, 1 seed of 10,000 would fail.
    assert len(counts) == 4
    assert stats.chisquare(counts).pvalue > 1e-4
    walk = np.array(trajectories(RANGES, 4000, seed=1)).reshape(-1, 4, 3)
    first = np.argmax(walk[:, 1] != walk[:, 0], axis=1)
    assert stats.chisquare(np.bincount(first)).pvalue > 1e-4


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=3), st.integers(0, 100), st.integers(1, 4))
@settings(max_examples=40)
def test_of_a_linear_function_everything_is_exact(slopes, seed, n):
    points = trajectories(RANGES, 6, seed)
    luck = default_rng(seed).normal(size=n)  # The same at all points of a replication.
    values = (np.array(points) @ np.array(slopes, dtype=float))[:, None] + luck
    for one in morris(RANGES, points, values).factors:
        slope = slopes["abc".index(one.factor)]
        assert (one.mu.value, one.mu_star.value) == pytest.approx((slope, abs(slope)), abs=1e-9)
        assert one.mu_star_plain == pytest.approx(abs(slope), abs=1e-9)
        assert one.sigma.value == pytest.approx(0, abs=1e-4)
        assert (one.mu.low, one.mu.high) == pytest.approx((slope, slope), abs=1e-6)


def test_on_and_off_are_paired_differences():
    axes = [Axis("policy", 2), Axis("staff", 3)]
    points = trajectories(axes, 10, seed=1)
    found = morris(axes, points, [7 * policy + 5 * staff for policy, staff in points])
    assert {one.factor: one.mu.value for one in found.factors} == pytest.approx({"staff": 10.0, "policy": 7.0})
    assert [one.factor for one in found.factors] == ["staff", "policy"]


def test_measures_are_those_of_plain_loops():
    points = trajectories(RANGES, 7, seed=2)
    n = 4
    values = default_rng(3).normal(size=(len(points), n)) + np.array([[3 * a * b - c] for a, b, c in points])
    effects = {name: np.zeros((7, n)) for name in "abc"}
    for t in range(7):
        for s in range(3):
            here, there = points[4 * t + s], points[4 * t + s + 1]
            (i,) = [i for i in range(3) if here[i] != there[i]]
            for j in range(n):
                effects["abc"[i]][t, j] = (values[4 * t + s + 1, j] - values[4 * t + s, j]) / (there[i] - here[i])
    for one in morris(RANGES, points, values).factors:
        d = effects[one.factor]
        assert one.mu.value == pytest.approx(d.mean())
        assert one.mu_star_plain == pytest.approx(np.mean([abs(row.mean()) for row in d]))
        signed = [
            math.copysign(1, sum(d[t, k] for k in range(n) if k != j)) * d[t, j] for t in range(7) for j in range(n)
        ]
        assert one.mu_star.value == pytest.approx(np.mean(signed))
        residual = sum((d[t, j] - d[t].mean() - d[:, j].mean() + d.mean()) ** 2 for t in range(7) for j in range(n)) / (
            6 * (n - 1)
        )
        between = np.var([row.mean() for row in d], ddof=1)
        assert one.variance.value == pytest.approx(between - residual / n)
        assert one.sigma_plain == pytest.approx(between**0.5)
        assert one.variance.low < one.variance.value < one.variance.high


def test_crossed_interval_counts_rows_and_replications():
    values = default_rng(1).normal(size=(8, 5)) + default_rng(2).normal(size=(1, 5)) * 3
    found = crossed_interval(values, 0.95)
    rows = values.mean(axis=1).var(ddof=1) / 8
    rest = values - values.mean(1, keepdims=True) - values.mean(0) + values.mean()
    luck = values.mean(axis=0).var(ddof=1) / 5 - (rest**2).sum() / (7 * 4) / 40
    df = (rows + luck) ** 2 / (rows**2 / 7 + luck**2 / 4)
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, df) * math.sqrt(rows + luck))
    one = crossed_interval(values[:, :1], 0.9)
    wanted = stats.t.interval(0.9, 7, values[:, 0].mean(), stats.sem(values[:, 0]))
    assert (one.low, one.high) == pytest.approx(wanted)


def test_sobols_g_is_found_through_luck():
    # 60 repetitions; tolerances of 4 standard errors or more (60 comparisons: 1 seed of 250 at worst).
    rows = {row.what: row for row in morris_rows(20, 10, "common", 60, 5)}
    for i in range(1, 7):
        for kind in ("mu", "sigma^2"):
            row = rows[f"{kind} x{i}"]
            assert abs(row.mean - row.truth) <= 4.5 * row.deviation / math.sqrt(60)
        row = rows[f"mu* x{i}"]  # Luck hides signs of the second factor: up to a third of its standard error, 0.1.
        assert abs(row.mean - row.truth) <= 0.11 + 4.5 * row.deviation / math.sqrt(60)
        # Full size 0.93 and more; below 0.82 with probability 1e-3 each.
        assert rows[f"mu x{i}"].coverage >= 0.82
        assert rows[f"mu* x{i}"].coverage >= 0.82


def test_luck_does_not_make_an_idle_factor_matter():
    rows = {row.what: row for row in morris_rows(20, 10, "independent", 60, 6)}
    assert rows["mu* plain x6"].mean > 0.2
    # 4 standard errors of 0.016.
    assert abs(rows["mu* x6"].mean - 0.034) < 0.065
    assert abs(rows["sigma^2 x6"].mean) < 0.03


def test_morris_own_function_by_single_steps():
    found = own_function(1000, 7)
    for name, ours, theirs, error in found:
        assert abs(ours - theirs) <= 5 * error, name
    sizes = [ours for _, ours, _, _ in found]
    assert min(sizes[:10]) > 4 * max(sizes[10:])  # Ten matter, ten do not.


def test_a_failed_run_leaves_out_its_trajectory():
    points = trajectories(RANGES, 4, seed=2)
    values = np.array([[a + b * c, a] for a, b, c in points])
    broken = values.copy()
    broken[5, 1] = math.nan
    found = morris(RANGES, points, broken)
    assert (found.trajectories, found.left_out, found.replications) == (3, 1, 2)
    kept = [*range(4), *range(8, 16)]
    assert found.factors == morris(RANGES, [points[i] for i in kept], values[kept]).factors


def test_table():
    table = morris(RANGES, trajectories(RANGES, 4, seed=2), [a for a, _, _ in trajectories(RANGES, 4, seed=2)]).table()
    assert table["clear"].tolist() == [True, False, False]
    assert {"mu_low", "mu_high", "mu_star_low", "sigma", "sigma_high", "mu_star_plain", "sigma_plain"} <= set(table)


def test_mistakes_are_told():
    points = trajectories(RANGES, 4, seed=2)
    with pytest.raises(UsageError, match="no trajectories"):
        morris(RANGES, points[::-1][1:] + points[:1], np.zeros(16))
    with pytest.raises(UsageError, match="multiple of 4"):
        morris(RANGES, points[:-1], np.zeros(15))
    with pytest.raises(UsageError, match="one row for each of 16"):
        morris(RANGES, points, np.zeros(15))
    with pytest.raises(UsageError, match="infinite"):
        morris(RANGES, points, np.full(16, np.inf))
    with pytest.raises(UsageError, match="at least 2"):
        morris(RANGES, points, np.full(16, np.nan))
    with pytest.raises(UsageError, match="as today"):
        morris(RANGES, [(None, 0.0, 0.0)] * 4, np.zeros(4))
    with pytest.raises(UsageError, match="even"):
        trajectories(RANGES, 4, 1, grid=5)
    with pytest.raises(UsageError, match="one level"):
        trajectories([Axis("a", 1)], 4, 1)
    with pytest.raises(UsageError, match="at least 2 and 0"):
        trajectories(RANGES, 1, 1)
