"""How a budget of runs is shared out, against the formulas and what must hold for any numbers."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from experiments.analysis.selection.ocba import allotted, approximate_probability, ocba, ocba_shares
from tests.analysis.worlds import Recorder, world

seeds = st.integers(0, 10_000)


@given(seeds)
def test_shares_are_as_published_and_sum_to_one(seed):
    random = np.random.default_rng(seed)
    means, sd = random.normal(size=6), random.uniform(0.1, 3, 6)
    found = ocba_shares(means, sd**2)
    b = int(means.argmax())
    n = {i: (sd[i] / (means[b] - means[i])) ** 2 for i in range(6) if i != b}
    n[b] = sd[b] * math.sqrt(sum(n[i] ** 2 / sd[i] ** 2 for i in range(6) if i != b))
    assert found == pytest.approx([n[i] / sum(n.values()) for i in range(6)], rel=1e-6)
    assert found.sum() == pytest.approx(1.0)


def test_shares_without_variance_or_gap_are_finite():
    assert ocba_shares(np.array([1.0, 0.0]), np.zeros(2)).tolist() == [0.5, 0.5]
    assert ocba_shares(np.array([1.0, 1.0, 0.0]), np.ones(3)) == pytest.approx([0.5, 0.5, 0.0], abs=1e-6)
    assert ocba_shares(np.array([1.0, 0.0]), np.array([0.0, 1.0])).tolist() == [0.0, 1.0]


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=2, max_size=8), st.integers(1, 50))
def test_what_is_handed_out_comes_as_close_to_the_shares_as_it_can(pairs, number):
    have = np.array([n for n, _ in pairs])
    shares = np.array([s + 1e-6 for _, s in pairs])
    shares /= shares.sum()
    extra = allotted(have, shares, number)
    assert extra.sum() == number
    assert (extra >= 0).all()
    total = have.sum() + number
    level = optimize.brentq(lambda t: np.maximum(have, t * shares).sum() - total, 0, total / shares.min() + 1)
    assert np.abs(have + extra - np.maximum(have, level * shares)).max() < 1 + 1e-6


def test_a_budget_is_spent_to_the_last_run_and_a_floor_spreads_it():
    x = world(3, spread=3.0)
    for budget in (32, 33, 200, 201):
        assert ocba(Recorder(x), 4, budget=budget, first=8).runs == budget
    plain, even = (ocba(Recorder(x), 4, budget=400, first=8, floor=f).replications for f in (0.0, 1.0))
    assert even == (100, 100, 100, 100)
    assert min(plain) < 100 <= max(plain)


@given(seeds)
def test_the_estimated_probability_is_the_bonferroni_bound(seed):
    random = np.random.default_rng(seed)
    means, variances, n = random.normal(size=4), random.uniform(0.1, 3, 4), random.integers(5, 50, 4)
    b = int(means.argmax())
    z = [(means[b] - means[i]) / math.sqrt(variances[b] / n[b] + variances[i] / n[i]) for i in range(4) if i != b]
    wanted = max(0.0, 1 - sum(NormalDist().cdf(-one) for one in z))
    assert approximate_probability(means, variances, n) == pytest.approx(wanted)


def test_the_probability_of_what_never_varies_is_certain_or_a_coin():
    still = np.zeros(2)
    assert approximate_probability(np.array([1.0, 0.0]), still, np.array([5, 5])) == 1.0
    assert approximate_probability(np.array([1.0, 1.0]), still, np.array([5, 5])) == 0.5
    found = ocba(Recorder(world(1)), 4, budget=300)
    assert found.probability == found.stages[-1].probability
    assert f"{100 * math.floor(1000 * found.probability) / 1000:.1f} %" in found.guarantee
    assert "No guarantee" in found.guarantee
    assert found.tied == ()
