"""How often selections are right, at reduced size; at full size: python -m benchmarks.validate.selection.

The seeds are fixed, so nothing here fails by chance; the error probabilities say how likely a right program would
have failed with another seed (4 standard errors: 6e-5 each, normal; promises are tested on one side).
"""

import math

import numpy as np
import pytest
from numpy.random import default_rng

from benchmarks.validate.selection_measures import equal_shares, measure, share_interval
from benchmarks.validate.selection_page import TIMES, Found, wrong
from benchmarks.validate.selection_problems import (
    COSTS,
    PERIODS,
    POLICIES,
    exact_cost,
    inventory,
    inventory_cost,
    normals,
    sixteen,
    slippage,
)
from benchmarks.validate.selection_published import (
    FAILING,
    MONOTONE,
    OCBA_DEMO,
    SHARP,
    SLIPPAGE,
    equal_shares_exactly,
)
from experiments.analysis.selection.kn import kn
from experiments.analysis.selection.ocba import ocba
from experiments.analysis.selection.rinott import nsgs, rinott

GAP = 1 / math.sqrt(10)


def least(promised, experiments):
    """A measured probability below this refutes the promise (3e-5)."""
    return promised - 4 * math.sqrt(promised * (1 - promised) / experiments)


def agrees(found, probability, runs):
    error = 4 * math.sqrt(probability * (1 - probability)) * (found.experiments**-0.5 + 20_000**-0.5)
    return (
        abs(found.probability - probability) <= error
        and abs(found.mean_runs - runs) <= 4.5 * found.se_runs + 0.01 * runs
    )


def test_inventories_are_exact():
    assert [exact_cost(*policy) for policy in POLICIES] == pytest.approx(COSTS, abs=5.1e-4)
    # 40,000 replications, 4.5 standard errors.
    costs = inventory_cost(default_rng(2).poisson(25, (40_000, PERIODS)))
    assert (np.abs(costs.mean(axis=1) - COSTS) <= 4.5 * costs.std(axis=1) / 200).all()


@pytest.mark.parametrize(("k", "rho", "experiments"), [(2, 0.0, 1000), (5, 0.0, 300), (5, 0.5, 300)])
def test_kn_in_the_hardest_case(k, rho, experiments):
    found = measure(slippage(k, GAP, rho), "KN", kn, experiments, 1, indifference=GAP, first=10)
    probability, runs = SLIPPAGE[k, rho]
    assert found.probability >= least(0.95, experiments)
    assert agrees(found, probability or 0.962, runs)


def test_kn_where_its_bound_is_almost_exact():
    found = measure(slippage(2, 0.25), "KN", kn, 800, 2, indifference=0.25, first=10)
    assert agrees(found, *SHARP[0.25])


def test_kn_where_the_variances_of_the_wrong_pairs_fail():
    problem = normals("", [0, 0, 0, 0, 0.5], [3, 0.2, 0.2, 0.2, 0.2])
    found = measure(problem, "KN", kn, 150, 3, indifference=0.5, first=10)
    assert agrees(found, *FAILING[1:])
    assert found.probability > FAILING[0] + 0.4


def test_kn_with_means_in_order():
    found = measure(normals("", [-GAP * i for i in range(10)]), "KN", kn, 100, 4, indifference=GAP, first=10)
    assert agrees(found, *MONOTONE)


def test_rinott_for_two_is_exact():
    # 4,000 worlds, 4 standard errors: rounding of N adds a little.
    found = measure(slippage(2, GAP), "Rinott", rinott, 4000, 5, indifference=GAP, first=10)
    assert found.probability == pytest.approx(0.953, abs=4 * math.sqrt(0.95 * 0.05 / 4000))


def test_rinott_and_nsgs_keep_their_promise():
    for procedure in (rinott, nsgs):
        found = measure(slippage(5, GAP), "", procedure, 1000, 6, indifference=GAP, first=10)
        assert found.probability >= least(0.95, 1000)


def test_inventories_are_selected_from():
    found = measure(inventory(True), "KN", kn, 100, 7, indifference=1.0, first=20)
    assert found.probability >= least(0.95, 100)


def test_a_budget_is_better_spent_by_ocba():
    ten = normals("", range(1, 11), 6.0, better="lower")
    found = measure(ten, "OCBA", ocba, 200, 8, budget=1000, first=20, common=False, step=50)
    equal = measure(ten, "equal", equal_shares, 1000, 9, budget=1000)
    for one, known in zip((found, equal), OCBA_DEMO[1000], strict=True):
        error = 4 * math.sqrt(known * (1 - known)) * (one.experiments**-0.5 + 3000**-0.5)
        assert one.probability == pytest.approx(known, abs=error)
    assert found.probability > equal.probability
    for budget, (_, share) in OCBA_DEMO.items():
        assert equal_shares_exactly(budget) == pytest.approx(share, abs=5.1e-4)


def test_sixteen_like_policies_need_ten_times_fewer_runs_than_rinotts():
    given = {"indifference": 1 / 3, "first": 10}
    yard = measure(sixteen(0.0), "Rinott", rinott, 100, 10, **given)
    found = measure(sixteen(0.9), "KN", kn, 100, 11, **given)
    assert yard.median_runs >= 3000
    assert yard.median_runs >= TIMES * found.median_runs
    assert min(yard.probability, found.probability) >= least(0.95, 100)


def test_the_page_says_what_is_wrong():
    good = measure(slippage(2, 1.0), "KN", kn, 50, 12, indifference=1.0, first=10, promised=0.95)
    empty = Found([], {}, [], [], [], [], [])
    assert good.kept
    assert wrong(empty) == []
    bad = measure(slippage(2, 0.05), "KN", kn, 50, 13, indifference=1.0, first=10, promised=0.95)
    assert not bad.kept
    (said,) = wrong(Found([], {}, [], [bad], [], [], []))
    assert "right in 0." in said
    assert share_interval(0, 59)[1] == pytest.approx(1 - 0.025 ** (1 / 59))
