"""Effects and trends against means of cells, conditional variances and scipy."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from scipy import stats

from experiments.analysis.sensitivity import effects, levels
from experiments.plan.designs import Axis, aliases, fractional_factorial, full_factorial, plackett_burman, with_today
from sim.errors import UsageError


def two(names):
    return [Axis(name, 2) for name in names]


def by_name(found):
    return {e.effect: e for e in found.effects}


@given(st.integers(0, 10**6), st.integers(1, 4))
@settings(max_examples=30)
def test_effects_of_a_factorial_are_differences_of_means(seed, n):
    axes = [Axis("a", 3), Axis("b", None), Axis("c", 2)]
    points = [(2 * a, float(b), c) for a, b, c in itertools.product((0, 1), repeat=3)]
    y = default_rng(seed).normal(size=(8, n))
    found = by_name(effects(axes, points, y))
    high = np.array(points, dtype=float) > 0
    for i, name in enumerate("abc"):
        wanted = y[high[:, i]].mean() - y[~high[:, i]].mean()
        assert found[(name,)].size.mean == pytest.approx(wanted, abs=1e-9)
    for (i, p), (k, q) in itertools.combinations(enumerate("abc"), 2):
        with_q = y[high[:, i] & high[:, k]].mean() - y[~high[:, i] & high[:, k]].mean()
        without = y[high[:, i] & ~high[:, k]].mean() - y[~high[:, i] & ~high[:, k]].mean()
        assert found[p, q].size.mean == pytest.approx((with_q - without) / 2, abs=1e-9)
    assert len(found) == 6
    assert not any(e.confounded_with for e in found.values())


def test_an_interval_is_that_of_one_effect_per_replication():
    axes, points = two("ab"), full_factorial(two("ab"))
    y = default_rng(1).normal(size=(4, 9))
    each = (y[2] + y[3] - y[0] - y[1]) / 2
    found = effects(axes, points, y, 0.9, "t").effects[0].size
    assert (found.low, found.high) == pytest.approx(stats.t.interval(0.9, 8, each.mean(), stats.sem(each)))
    together = effects(axes, points, y, 0.9, "t", simultaneous=True).effects[0].size
    assert (together.low, together.high) == pytest.approx(
        stats.t.interval(1 - 0.1 / 3, 8, each.mean(), stats.sem(each))
    )
    mean = effects(axes, points, y, 0.9, "t", simultaneous=True).mean
    assert (mean.low, mean.high) == pytest.approx(stats.t.interval(0.9, 8, y.mean(), stats.sem(y.mean(axis=0))))


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_luck_that_all_points_share_changes_nothing(seed):
    axes, points = two("abcd"), fractional_factorial(two("abcd"), 4)
    y, luck = default_rng(seed).normal(size=(8, 5)), default_rng(seed + 1).normal(size=5) * 10
    plain, lucky = effects(axes, points, y).effects, effects(axes, points, y + luck).effects
    for one, other in zip(plain, lucky, strict=True):
        assert (one.size.low, one.size.high) == pytest.approx((other.size.low, other.size.high), abs=1e-7)


def test_what_a_fraction_mixes_is_said_once():
    axes = two("abcd")
    found = by_name(effects(axes, fractional_factorial(axes, 4), np.zeros((8, 2))))
    assert list(found) == [("a",), ("b",), ("c",), ("d",), ("a", "b"), ("a", "c"), ("a", "d")]
    assert [(a.confounded_with, a.share) for a in found["a", "b"].confounded_with] == [(("c", "d"), pytest.approx(1.0))]
    assert not found[("a",)].confounded_with


@pytest.mark.parametrize(
    ("axes", "points"),
    [
        (two("abcdefghijk"), plackett_burman(two("abcdefghijk"))),
        (two("abcdefg"), fractional_factorial(two("abcdefg"), 3)),
        (two("abcdef"), plackett_burman(two("abcdef"), fold_over=True)),
    ],
)
def test_shares_are_those_of_the_design_and_truly_in_the_estimate(axes, points):
    found = effects(axes, points, np.zeros((len(points), 2)), interactions=False)
    known = {(a.effect, a.confounded_with): a.share for a in aliases(axes, points) if len(a.effect) == 1}
    ours = {(e.effect, a.confounded_with): a.share for e in found.effects for a in e.confounded_with}
    assert ours == pytest.approx(known)
    signs = 2 * np.array(points) - 1
    names = [axis.name for axis in axes]
    for (effect, mixed), share in list(known.items())[:12]:
        column = np.prod([signs[:, names.index(name)] for name in mixed], axis=0)
        got = by_name(effects(axes, points, np.outer(column, [1.0, 1.0]), interactions=False))
        assert got[effect].size.mean == pytest.approx(2 * share)


def test_where_interactions_cannot_be_told_apart_there_are_main_effects_only():
    axes = two("abcdefghijk")
    found = effects(axes, plackett_burman(axes), np.zeros((12, 2)))
    assert [e.effect for e in found.effects] == [(name,) for name in "abcdefghijk"]
    assert found.table()["confounded_with"][0].count("x") == 6
    assert found.table()["confounded_with"][0].endswith("and 39 more")


def test_points_that_a_budget_took_away_do_not_bias_effects():
    axes = two("abc")
    points = [p for p in full_factorial(axes) if sum(p) < 3]
    y = np.array([5 + 3 * a - 2 * b + 4 * a * c for a, b, c in points])[:, None] + np.zeros((1, 3))
    found = by_name(effects(axes, points, y))
    # In -1 and +1: main effect of a is 3 + 4 / 2.
    sizes = {name: e.size.mean for name, e in found.items()}
    wanted = {("a",): 5, ("b",): -2, ("c",): 2, ("a", "b"): 0, ("a", "c"): 2, ("b", "c"): 0}
    assert sizes == pytest.approx(wanted, abs=1e-9)


def test_points_as_today_are_not_used_and_a_failed_replication_is_left_out():
    axes = two("ab")
    points = with_today(full_factorial(axes))
    y = default_rng(1).normal(size=(5, 4))
    y[points.index((None, None))] = 1e6
    plain = effects(axes, points, y)
    y[points.index((1, 0)), 2] = math.nan
    assert plain.effects[0].size.n == 4
    assert abs(plain.effects[0].size.mean) < 10
    assert effects(axes, points, y).effects[0].size.n == 3
    assert effects(axes, points, y).table().shape == (3, 7)


def test_what_changes_nothing_at_all_is_not_clear():
    axes = two("abc")
    points = full_factorial(axes)
    y = np.array([0.1 + 0.7 * a for a, _, _ in points])[:, None] * np.array([[1.0, 1.1, 1.3]])
    for found in (effects(axes, points, y).table(), levels(axes, points, y).trend_table()):
        assert found["clear"].tolist() == [True, False, False, False, False, False]


def test_mistakes_are_told():
    axes = two("ab")
    with pytest.raises(UsageError, match="cannot tell main effects apart"):
        effects(two("abc"), [(0, 0, 0), (1, 1, 0), (0, 1, 1)], np.zeros((3, 2)))
    with pytest.raises(UsageError, match="1 settings"):
        effects(axes, [(0, 0), (0, 1)], np.zeros((2, 2)))
    with pytest.raises(UsageError, match="no points"):
        effects(axes, [(None, None)], np.zeros((1, 2)))
    with pytest.raises(UsageError, match="not balanced"):
        levels(axes, full_factorial(axes)[:3], np.zeros((3, 2)))
    with pytest.raises(UsageError, match="two levels or more"):
        levels([Axis("a", None)], [(0.0,), (1.0,)], np.zeros((2, 2)))
    with pytest.raises(UsageError, match="same value"):
        levels(axes, full_factorial(axes), np.zeros((4, 2)), settings={"a": [1, 1]})
    with pytest.raises(UsageError, match="3 values for the 2 levels"):
        levels(axes, full_factorial(axes), np.zeros((4, 2)), settings={"a": [1, 2, 3]})


THREE = [Axis("a", 3), Axis("b", 4), Axis("c", 2)]


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_shares_are_conditional_variances(seed):
    points = full_factorial(THREE)
    f = default_rng(seed).normal(size=len(points))
    found = levels(THREE, points, np.column_stack([f, f]))
    assert found.variance == pytest.approx(f.var())
    cube = f.reshape(3, 4, 2)
    shares = {t.term: t.share for t in found.terms}
    for i, name in enumerate("abc"):
        others = tuple(k for k in range(3) if k != i)
        assert shares[(name,)] == pytest.approx(cube.mean(axis=others).var() / f.var())
    pair = cube.mean(axis=2).var() / f.var() - shares[("a",)] - shares[("b",)]
    assert shares["a", "b"] == pytest.approx(pair)
    assert {t.term: t.df for t in found.terms}["a", "b"] == 6


def test_shares_are_freed_of_luck():
    points = full_factorial(THREE)
    f = np.array([a - b + 0 * c for a, b, c in points], dtype=float)
    random = default_rng(4)
    runs = [levels(THREE, points, f[:, None] + 2 * random.normal(size=(24, 3))) for _ in range(150)]
    for i, wanted in enumerate((np.var([0, 1, 2]), np.var([0, 1, 2, 3]), 0.0)):
        amounts = [run.terms[i].share * run.variance for run in runs]
        assert abs(np.mean(amounts) - wanted) <= 4 * np.std(amounts) / math.sqrt(150)  # 6e-5 each.


def test_trends_are_orthogonal_polynomials_of_the_settings():
    axes = [Axis("staff", 4), Axis("b", 2)]
    points = full_factorial(axes)
    staff = [1.0, 2.0, 5.0, 9.0]
    y = np.array([3 * staff[s] + b for s, b in points])[:, None] + np.zeros((1, 3))
    sizes = {
        t.degrees: t.size.mean
        for t in levels(axes, points, y, settings={"staff": staff}).trends
        if t.term == ("staff",)
    }
    assert sizes == pytest.approx({(1,): 3 * np.std(staff), (2,): 0, (3,): 0}, abs=1e-9)
    uneven = {t.degrees: t.size.mean for t in levels(axes, points, y).trends if t.term == ("staff",)}
    assert uneven[2,] > 0.1  # At equal distances it bends upwards.
    table = levels(axes, points, y).trend_table()
    assert table["trend"].tolist()[:5] == ["linear", "quadratic", "cubic", "linear", "linear x linear"]
    assert list(levels(axes, points, y).table()) == ["term", "df", "share", "p"]


def test_two_levels_are_half_an_effect():
    axes, points = two("ab"), full_factorial(two("ab"))
    y = default_rng(1).normal(size=(4, 9))
    for e, t in zip(effects(axes, points, y).effects, levels(axes, points, y).trends, strict=True):
        assert t.size.mean == pytest.approx(e.size.mean / 2)
        assert (t.size.low, t.size.high) == pytest.approx((e.size.low / 2, e.size.high / 2))
    single = levels(axes, points, y, 0.95, "t", simultaneous=True).trends[0].size
    each = (y[2] + y[3] - y[0] - y[1]) / 4
    assert single.high == pytest.approx(stats.t.interval(1 - 0.05 / 3, 8, each.mean(), stats.sem(each))[1])


def test_p_is_scipys_for_one_contrast_and_hotellings_for_several():
    points = full_factorial(THREE)
    y = default_rng(5).normal(size=(24, 12))
    terms = {t.term: t.p for t in levels(THREE, points, y).terms}
    c = (y[1::2].mean(axis=0) - y[::2].mean(axis=0)) / 2
    assert terms[("c",)] == pytest.approx(stats.ttest_1samp(c, 0).pvalue)
    by_a = y.reshape(3, 8, 12).mean(axis=1)
    d = np.array([by_a[1] - by_a[0], by_a[2] - by_a[0]])  # Any basis gives the same.
    squared = 12 * d.mean(1) @ np.linalg.inv(np.cov(d)) @ d.mean(1)
    assert terms[("a",)] == pytest.approx(stats.f.sf(squared * 10 / (2 * 11), 2, 10))
    few = {t.term: t.p for t in levels(THREE, points, y[:, :3]).terms}
    assert math.isnan(few[("b",)])
    assert math.isnan(levels(THREE, points, y[:, 0]).terms[0].share)
