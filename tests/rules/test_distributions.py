"""Variates against scipy: quantiles, means and coefficients of variation of every family."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.arrays.variates import Variate, variate
from sim.rules.distributions import narrow, normal_deviate, unit_variate
from sim.scenario.work import Work

GRID = [1e-12, 1e-6, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6]


def quantile(spec: Variate, u: float) -> float:
    return spec.mean * unit_variate(spec.family, spec.a, spec.b, spec.table, 0, len(spec.table), u)


def work(**given: object) -> Variate:
    return variate(Work(mean="1 h", **given))  # type: ignore[arg-type]


def _lognormal(cv: float) -> object:
    s2 = math.log1p(cv * cv)
    return stats.lognorm(s=math.sqrt(s2), scale=math.exp(-s2 / 2))


def _weibull(shape: float) -> tuple[float, object]:
    frozen = stats.weibull_min(shape)
    return float(frozen.std() / frozen.mean()), stats.weibull_min(shape, scale=1 / frozen.mean())


FAMILIES = [
    ("exponential", {"distribution": "exponential"}, stats.expon()),
    *[(f"lognormal {cv}", {"cv": cv}, _lognormal(cv)) for cv in (0.1, 0.8, 2.5)],
    *[
        (f"gamma {cv}", {"distribution": "gamma", "cv": cv}, stats.gamma(1 / cv**2, scale=cv**2))
        for cv in (0.2, 1.0, 1.5)
    ],
    *[(f"erlang {k}", {"distribution": "erlang", "phases": k}, stats.gamma(k, scale=1 / k)) for k in (1, 4, 30)],
    *[
        (f"uniform {cv}", {"distribution": "uniform", "cv": cv}, stats.uniform(1 - cv * 3**0.5, 2 * cv * 3**0.5))
        for cv in (0.1, 0.57)
    ],
    *[
        (
            f"triangular {cv}",
            {"distribution": "triangular", "cv": cv},
            stats.triang(0.5, 1 - cv * 6**0.5, 2 * cv * 6**0.5),
        )
        for cv in (0.1, 0.4)
    ],
    *[(f"weibull {k}", {"distribution": "weibull", "cv": cv}, d) for k in (0.7, 1.2, 3.0) for cv, d in [_weibull(k)]],
]


@pytest.mark.parametrize(("given", "oracle"), [f[1:] for f in FAMILIES], ids=[f[0] for f in FAMILIES])
def test_quantiles_agree_with_scipy(given: dict[str, object], oracle: stats.rv_continuous) -> None:
    spec = work(**given)
    for u in GRID:
        # Tables interpolate between normal deviates 1/64 apart: an error of the order of 1e-4 of the curvature.
        expected = float(oracle.ppf(u))
        assert quantile(spec, u) == pytest.approx(expected, rel=2e-3 if spec.table else 1e-9, abs=1e-9), u


@pytest.mark.parametrize(("given", "oracle"), [f[1:] for f in FAMILIES], ids=[f[0] for f in FAMILIES])
def test_mean_and_coefficient_of_variation_are_what_was_asked_for(
    given: dict[str, object], oracle: stats.rv_continuous
) -> None:
    spec = work(**given)
    # Integrate the quantile function in the normal deviate, where it is smooth: exact moments, no sampling.
    z = np.linspace(-8.2, 8.2, 4001)
    weights = stats.norm.pdf(z) * (z[1] - z[0])
    values = np.array([quantile(spec, min(max(u, 1e-300), 1 - 2**-53)) for u in stats.norm.cdf(z)])
    mean = float(values @ weights)
    assert mean == pytest.approx(1.0, rel=1e-4)
    cv = math.sqrt(float((values - mean) ** 2 @ weights)) / mean
    assert cv == pytest.approx(float(oracle.std()), rel=1e-3)


def test_constant_work_is_constant_and_empirical_work_takes_each_value_equally_often() -> None:
    assert {quantile(work(distribution="deterministic"), u) for u in GRID} == {1.0}
    assert {quantile(work(cv=0), u) for u in GRID} == {1.0}
    spec = work(distribution="empirical", values=[3, 1, 4, 0])
    assert [quantile(spec, (i + 0.5) / 4) for i in range(4)] == [0.0, 0.5, 1.5, 2.0]


@given(st.floats(2**-53, 1 - 2**-53))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_the_normal_deviate_agrees_with_scipy_everywhere(u: float) -> None:
    assert normal_deviate(u) == pytest.approx(float(stats.norm.ppf(u)), rel=5e-15, abs=5e-15)


def test_the_normal_deviate_is_right_at_the_joints_and_in_the_far_tail() -> None:
    for u in (0.075, 0.925, math.nextafter(0.075, 0), math.exp(-25), math.exp(-25.01), 1e-300, 0.5):
        assert normal_deviate(u) == pytest.approx(float(stats.norm.ppf(u)), rel=5e-14, abs=1e-15)


@pytest.mark.parametrize("given", [f[1] for f in FAMILIES], ids=[f[0] for f in FAMILIES])
def test_a_larger_uniform_is_never_a_smaller_variate(given: dict[str, object]) -> None:
    spec = work(**given)
    values = [quantile(spec, u) for u in np.linspace(1e-9, 1 - 1e-9, 2001)]
    assert all(a <= b for a, b in pairwise(values))


@pytest.mark.parametrize("factor", [0.0, 0.25, 0.7, 1.0])
def test_narrowing_keeps_the_mean_and_scales_the_squared_cv(factor: float) -> None:
    values = stats.expon().ppf((np.arange(200_000) + 0.5) / 200_000)
    narrowed = np.array([narrow(float(v), factor) for v in values])
    assert narrowed.mean() == pytest.approx(1.0, rel=1e-5)
    assert narrowed.var() == pytest.approx(factor * values.var(), rel=1e-9, abs=1e-20)
    assert (np.diff(narrowed) >= 0).all()
