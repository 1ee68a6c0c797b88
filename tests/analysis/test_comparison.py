"""Comparisons with today and with the best: against scipy, against their definitions, and what they claim."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.validate.selection import NOISES
from benchmarks.validate.selection_measures import against_baseline, against_best
from benchmarks.validate.selection_published import BONFERRONI
from experiments.analysis.common_numbers import savings
from experiments.analysis.comparison import compare
from experiments.analysis.mean_interval import paired_interval
from experiments.analysis.probability_best import probability_best
from experiments.analysis.selection.critical_values import largest_t
from experiments.analysis.with_the_best import with_the_best
from sim.errors import InputError

seeds = st.integers(0, 10_000)
MEANS = np.array([0.0, 0.2, 0.4, 0.4, -0.3])


def table(seed, k=4, n=15, spread=0.5):
    random = np.random.default_rng(seed)
    return random.normal(size=n) + 0.4 * random.normal(size=(k, n)) + spread * np.arange(k)[:, None]


@given(seeds, st.integers(0, 3), st.integers(1, 3))
def test_paired_intervals_are_scipys_with_bonferronis_error(seed, baseline, responses):
    x = table(seed)
    found = compare(x, baseline=baseline, confidence=0.9, responses=responses, method="t")
    assert [one.alternative for one in found.differences] == [i for i in range(4) if i != baseline]
    for one in found.differences:
        wanted = stats.ttest_rel(x[one.alternative], x[baseline]).confidence_interval(1 - 0.1 / 3 / responses)
        assert (one.interval.low, one.interval.high) == pytest.approx((wanted.low, wanted.high))


def test_the_default_interval_is_that_of_pairs_and_holes_leave_pairs_out():
    x = table(3)
    x[1, 4] = x[0, 2] = math.nan
    found = compare(x).differences[0].interval
    pairs = [{r: v for r, v in enumerate(row) if not math.isnan(v)} for row in x[:2]]
    assert found == paired_interval(pairs[1], pairs[0], 1 - 0.05 / 3)
    assert (found.n, compare(x).differences[1].interval.n) == (13, 14)
    assert savings(x)[0].n == 13
    assert with_the_best(x).n == with_the_best(x, variances="spherical").n == 13


def test_what_is_claimed_follows_from_the_intervals():
    x = np.array([[0.0] * 10, [-1.0, -1.1] * 5, [1.0, 1.1] * 5, [0.1, -0.1] * 5]) + np.arange(10) % 4
    lower, higher = compare(x, better="lower"), compare(x, better="higher")
    assert (lower.certainly_better, lower.certainly_worse, lower.indistinguishable) == ((1,), (2,), (3,))
    assert (higher.certainly_better, higher.certainly_worse, higher.indistinguishable) == ((2,), (1,), (3,))


def test_equal_differences_count_only_if_their_sign_alone_would_show_something():
    # 2^(1 - n) <= 0.05: six pairs; with rounding, too.
    for n, sure in ((5, False), (6, True)):
        today = np.arange(n) * 0.1 + 1e5
        found = compare([today, today - 0.3])
        assert found.certainly_better == ((1,) if sure else ())
        assert compare([today, today]).indistinguishable == (1,)
    assert [with_the_best([np.ones(n), np.zeros(n)]).certainly_best for n in (4, 5)] == [None, 1]  # one-sided
    assert compare([[1.0], [0.0]]).indistinguishable == (1,)
    # Three alternatives: 0.025 each, seven pairs.
    assert compare([np.ones(6), np.zeros(6), np.zeros(6)]).certainly_better == ()
    assert compare([np.ones(7), np.zeros(7), np.zeros(7)]).certainly_better == (1, 2)


def brute_best(x, confidence):
    """Edwards and Hsu's intervals, larger better, from one-sided paired t with Bonferroni's error."""
    k, n = x.shape
    t = stats.t.ppf(1 - (1 - confidence) / (k - 1), n - 1)

    def most(i, j):  # upper limit of mu_i - mu_j
        d = x[i] - x[j]
        return d.mean() + t * d.std(ddof=1) / math.sqrt(n)

    candidates = [i for i in range(k) if all(most(i, j) >= 0 for j in range(k) if j != i)]
    rows = []
    for i in range(k):
        high = max(0.0, min(most(i, j) for j in range(k) if j != i))
        low = min([0.0] + [-most(j, i) for j in candidates if j != i])
        rows.append((low, high))
    return candidates, rows


@given(seeds, st.sampled_from([0.0, 0.05, 0.3]), st.sampled_from([0.8, 0.95]))
def test_pairwise_comparison_with_the_best_is_as_defined(seed, spread, confidence):
    x = table(seed, spread=spread)
    candidates, rows = brute_best(x, confidence)
    higher = with_the_best(x, better="higher", confidence=confidence, method="t")
    assert list(higher.may_be_best) == candidates
    assert [(gap.low, gap.high) for gap in higher.gaps] == [pytest.approx(row) for row in rows]
    assert [gap.mean for gap in higher.gaps] == pytest.approx(
        [m - np.delete(x.mean(1), i).max() for i, m in enumerate(x.mean(1))]
    )
    lower = with_the_best(-x, better="lower", confidence=confidence, method="t")
    assert lower.may_be_best == higher.may_be_best
    assert [(-gap.high, -gap.low, -gap.mean) for gap in lower.gaps] == [
        pytest.approx((g.low, g.high, g.mean)) for g in higher.gaps
    ]


@given(seeds, st.sampled_from(["spherical", "independent"]))
def test_pooled_comparisons_with_the_best_are_hsus_and_nelson_and_matejciks(seed, variances):
    x = table(seed, spread=0.1)
    k, n = x.shape
    if variances == "spherical":
        two_way = x - x.mean(1, keepdims=True) - x.mean(0, keepdims=True) + x.mean()
        s2 = 2 * (two_way**2).sum() / ((k - 1) * (n - 1))
        w = largest_t(k - 1, (k - 1) * (n - 1), 0.05) * math.sqrt(s2 / n)
    else:
        w = largest_t(k - 1, k * (n - 1), 0.05) * math.sqrt(x.var(axis=1, ddof=1).mean() * 2 / n)
    found = with_the_best(x, better="higher", variances=variances)
    for i, gap in enumerate(found.gaps):
        apart = x[i].mean() - np.delete(x.mean(1), i).max()
        assert (gap.low, gap.high) == pytest.approx((min(0.0, apart - w), max(0.0, apart + w)))
        assert gap.may_be_best == (apart + w >= 0)


@given(seeds, st.permutations(range(4)), st.sampled_from(["pairwise", "spherical"]))
def test_the_order_of_alternatives_and_the_unit_do_not_matter(seed, order, variances):
    x = table(seed, spread=0.1)
    plain, turned = with_the_best(x, variances=variances), with_the_best(8 * x[order] + 64, variances=variances)
    for place, one in enumerate(order):
        wanted = plain.gaps[one]
        assert (turned.gaps[place].low, turned.gaps[place].high) == pytest.approx(
            (8 * wanted.low, 8 * wanted.high), abs=1e-9
        )
    assert sorted(order[i] for i in turned.may_be_best) == list(plain.may_be_best)
    shares = probability_best(x, draws=2000)
    assert probability_best(8 * x[order] + 64, draws=2000) == pytest.approx([shares[i] for i in order], abs=2e-3)


def test_alternatives_that_do_the_same_are_both_kept():
    x = table(1)
    same = np.vstack([x[:1], x[:1], x[3:]])
    found = with_the_best(same)
    assert found.may_be_best == (0, 1)
    assert found.certainly_best is None
    assert (found.gaps[0].low, found.gaps[0].high) == (0.0, 0.0)
    assert savings(same)[0].ratio == math.inf
    assert probability_best(same) == pytest.approx((0.5, 0.5, 0.0), abs=1e-3)


def test_an_alternative_without_values_is_not_excluded_and_leaves_the_others_open():
    x = table(1, spread=5.0)
    x[2] = math.nan
    found = with_the_best(x)
    assert found.may_be_best == (0, 2)
    assert found.gaps[1].high is None  # the one without values might be ever so much better
    assert found.gaps[1].low == 0.0
    assert found.gaps[2].mean is None
    assert with_the_best(x, variances="spherical").may_be_best == (0, 1, 2, 3)
    assert probability_best(x) is None
    assert compare(x).differences[1].interval.n == 0


def test_who_is_excluded_does_not_widen_what_is_said_of_others():
    x = table(1, k=3, n=20, spread=0.0)
    x[2] -= 9.0  # excluded by the second, and never met by the first
    x[0, :10] = x[2, 10:] = math.nan
    found = with_the_best(x, better="higher")
    assert found.may_be_best == (0, 1)
    assert found.gaps[0].low == pytest.approx(-with_the_best(x[:2], better="higher", confidence=0.975).gaps[1].high)


def test_savings_are_variances_of_independent_and_paired_differences():
    x = table(5)
    for one in savings(x, baseline=2):
        a, b = x[one.alternative], x[2]
        assert one.correlation == pytest.approx(np.corrcoef(a, b)[0, 1])
        assert one.ratio == pytest.approx((a.var() + b.var()) / (a - b).var())
        assert one.helped


def test_savings_admit_harm_and_ignorance():
    up = np.arange(10.0)
    (harm,) = savings([up, -up])
    assert (harm.correlation, harm.ratio, harm.helped) == (pytest.approx(-1.0), pytest.approx(0.5), False)
    assert "harm" in harm.words
    (few,) = savings([[1.0, 2.0], [2.0, 5.0]])
    assert (few.correlation, few.ratio, few.helped) == (None, None, None)
    assert "cannot be said" in few.words
    (still,) = savings([[1.0] * 5, up[:5]])
    assert (still.correlation, still.ratio) == (None, 1.0)
    assert "no difference" in still.words
    (nothing,) = savings([[1.0] * 5, [2.0] * 5])
    assert nothing.ratio is None


def test_a_correlation_of_0_8_saves_four_fifths():
    # 200,000 pairs: 4 standard errors of the ratio 1 / (1 - rho) = 5 are about 0.05.
    z = np.random.default_rng(1).normal(size=(3, 200_000))
    (found,) = savings(math.sqrt(0.8) * z[0] + math.sqrt(0.2) * z[1:])
    assert found.ratio == pytest.approx(5.0, abs=0.05)
    assert found.correlation == pytest.approx(0.8, abs=0.004)


def test_probability_of_two_is_students():
    x = table(2, k=2, spread=0.1)
    d = x[1] - x[0]
    wanted = stats.t.cdf(d.mean() / stats.sem(d), len(d) - 1)  # P(first is lower)
    found = probability_best(x, draws=200_000)
    assert found == pytest.approx((wanted, 1 - wanted), abs=4 * 0.5 / math.sqrt(200_000))


def test_probability_of_four_is_the_multivariate_ts():
    x = table(2, spread=0.05)
    n = x.shape[1]
    drawn = stats.multivariate_t(x.mean(1), np.cov(x) / n, df=n - 1, seed=1).rvs(100_000)
    wanted = np.bincount(drawn.argmax(axis=1), minlength=4) / 100_000
    found = probability_best(x, better="higher", draws=100_000)
    assert found == pytest.approx(wanted, abs=4 * 0.5 * math.sqrt(2 / 100_000))
    assert sum(found) == pytest.approx(1.0)


def test_more_alternatives_than_replications_are_no_problem():
    assert probability_best(table(1, k=8, n=3))[0] > 0.5


def test_all_intervals_hold_together_as_often_as_promised():
    # 4 standard errors of 1,500 tables (two-sided: 6e-5); Bonferroni's is conservative by half a point.
    error = 4 * math.sqrt(0.95 * 0.05 / 1500)
    found = against_baseline("", NOISES["normal, correlation 0.5"], MEANS, 20, "t", 1500, 1)
    assert found.coverage == pytest.approx(BONFERRONI, abs=error)
    uneven = NOISES["normal, one with 10 times the deviation"]
    pairwise = against_best("", uneven, MEANS, 15, "pairwise", "t", 600, 2)
    assert pairwise.coverage >= 0.95 - 4 * math.sqrt(0.95 * 0.05 / 600)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: compare([[1.0, 2.0]]), r"shape \(1, 2\), must be at least 2 alternatives"),
        (lambda: compare([1.0, 2.0]), r"shape \(2,\)"),
        (lambda: compare([[1.0], [2.0]], baseline=2), "baseline: got 2, must be a row from 0 to 1"),
        (lambda: compare([[1.0], [2.0]], responses=0), "responses: got 0"),
        (lambda: compare([[1.0], [2.0]], confidence=95), "Write 95 % as 0.95"),
        (lambda: compare([[1.0], [2.0]], better="larger"), "'larger', must be 'lower' or 'higher'"),
        (lambda: with_the_best([[1.0], [2.0]], variances="equal"), "got 'equal', must be 'pairwise'"),
        (lambda: with_the_best([[1.0], [2.0]], confidence=0.7), "at least 0.75 with 2 alternatives"),
        (lambda: with_the_best([[1.0], [2.0]], method="z"), "'z', must be 't'"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()
