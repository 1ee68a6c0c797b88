"""The constants of selection procedures to the last printed digit, and against other ways to compute them."""

import math

import numpy as np
import pytest
from scipy import special, stats

from benchmarks.validate.selection_published import (
    BECHHOFER,
    BECHHOFER_ROOT_2,
    DUDEWICZ_DALAL,
    KN,
    LARGEST_T,
    LAW_10_9,
    OCBA_SHARES,
    RINOTT,
    dudewicz_dalal,
)
from experiments.analysis.selection.critical_values import kn_eta, kn_h2, largest_t, rinott_h
from experiments.analysis.selection.ocba import ocba_shares
from experiments.analysis.selection.rinott import second_stage


@pytest.mark.parametrize(("case", "known"), KN.items())
def test_constants_of_kn(case, known):
    k, first = case
    assert kn_eta(k, first, 0.95) == pytest.approx(known[0], abs=5.1e-6)
    assert kn_h2(k, first, 0.95) == pytest.approx(known[1], abs=5.1e-5)


@pytest.mark.parametrize(("k", "first", "confidence"), [(2, 10, 0.95), (7, 20, 0.9), (100, 5, 0.99)])
def test_eta_solves_fabians_equation(k, first, confidence):
    # c = 1: (1 + 2 eta)^(-(n0 - 1) / 2) / 2 is the error of one comparison.
    for common, beta in ((True, (1 - confidence) / (k - 1)), (False, 1 - confidence ** (1 / (k - 1)))):
        eta = kn_eta(k, first, confidence, common=common)
        assert 0.5 * (1 + 2 * eta) ** (-(first - 1) / 2) == pytest.approx(beta, rel=1e-10)
    assert kn_h2(k, first, confidence, common=False) <= kn_h2(k, first, confidence)


@pytest.mark.parametrize(("case", "known"), RINOTT.items())
def test_rinotts_table(case, known):
    k, confidence, first = case
    assert rinott_h(k, confidence, first) == pytest.approx(known, abs=5.1e-4)


def test_airline_example():
    h = rinott_h(4, 0.90, 20)
    assert second_stage(np.array([29157.3e6]), round(h, 2), 3000.0, 20).tolist() == [23969]


@pytest.mark.parametrize(("k", "first", "confidence"), [(3, 5, 0.9), (8, 12, 0.95)])
def test_rinotts_h_against_the_mean_over_equally_probable_variances(k, first, confidence):
    # The midpoints of 2,000 equally probable parts of chi-square stand for the integrals.
    nu, h = first - 1, rinott_h(k, confidence, first)
    x = special.chdtri(nu, (np.arange(2000) + 0.5) / 2000)
    inner = special.ndtr(h / np.sqrt(nu * (1 / x[:, None] + 1 / x[None, :]))).mean(axis=1)
    assert (inner ** (k - 1)).mean() == pytest.approx(confidence, abs=1e-4)


def test_rinotts_h_for_two_with_two_observations_is_twice_cauchys():
    # The difference of two Cauchy variables is a Cauchy variable twice as wide.
    assert rinott_h(2, 0.95, 2) == pytest.approx(2 * stats.cauchy.ppf(0.95), rel=1e-9)


def test_rinotts_h_for_two_is_that_of_dudewicz_and_dalal():
    assert rinott_h(2, 0.95, 20) == pytest.approx(dudewicz_dalal(2, 0.95, 20), abs=1e-6)
    for k in (3, 10):
        assert rinott_h(k, 0.95, 20) > dudewicz_dalal(k, 0.95, 20)


@pytest.mark.parametrize(("case", "known"), DUDEWICZ_DALAL.items())
def test_laws_table_10_11(case, known):
    assert [dudewicz_dalal(k, *case) for k in range(2, 11)] == pytest.approx(known, abs=5.1e-4)


def test_laws_table_10_9():
    variances, sizes = LAW_10_9
    assert tuple(second_stage(np.array(variances), dudewicz_dalal(5, 0.90, 20), 1.0, 20).tolist()) == sizes


def test_second_stage_never_has_less_than_the_first():
    assert second_stage(np.array([0.0, 1e-9, 4.0]), 2.0, 1.0, 7).tolist() == [7, 7, 16]


@pytest.mark.parametrize(("case", "known"), LARGEST_T.items())
def test_critical_values_of_comparisons_with_the_best(case, known):
    assert largest_t(*case, 0.05) == pytest.approx(known, abs=5.1e-5)


def test_bechhofers_constants():
    found = [largest_t(m, math.inf, 0.05) for m in range(1, 5)]
    assert found == pytest.approx(BECHHOFER, abs=5.1e-4)
    assert [math.sqrt(2) * x for x in found] == pytest.approx(BECHHOFER_ROOT_2, abs=5.1e-5)


@pytest.mark.parametrize("degrees", [1, 2, 7, 500, 1e5])
def test_one_comparison_is_students(degrees):
    for alpha in (0.2, 0.05, 0.001):
        assert largest_t(1, degrees, alpha) == pytest.approx(stats.t.ppf(1 - alpha, degrees), rel=1e-6)


@pytest.mark.parametrize(("m", "degrees"), [(2, 3), (5, 20)])
def test_several_comparisons_against_the_multivariate_t(m, degrees):
    shape = np.full((m, m), 0.5) + 0.5 * np.eye(m)
    t = stats.multivariate_t(shape=shape, df=degrees, seed=1)
    found = t.cdf(np.full(m, largest_t(m, degrees, 0.05)), maxpts=50_000)
    assert found == pytest.approx(0.95, abs=3e-4)


def test_published_shares_of_a_budget():
    means = -np.arange(1.0, 11.0)
    assert ocba_shares(means, np.full(10, 36.0)) == pytest.approx(OCBA_SHARES, abs=5.1e-5)
