"""The demand clock: there and back again, and as many orders in each hour as its weight says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.rules.calendar import NEVER
from sim.rules.demand import Profile, instant_of, operational_at

HOUR = 3_600_000
WEIGHTS = st.lists(st.sampled_from([0.0, 0.2, 1.0, 3.5]), min_size=168, max_size=168).filter(any)
SEASONS = st.lists(st.floats(0.1, 1.9), min_size=2, max_size=30)


def profile(weights: list[float], season: list[float]) -> Profile:
    scaled = 168.0 * np.array(weights) / np.sum(weights)
    hours = [0.0, *np.cumsum(scaled).tolist()]
    hours[168] = 168.0
    n = len(season)
    return Profile([*hours, *season, 0.0, *np.cumsum(168.0 * np.array(season)).tolist()], 0, 169, 169 + n, n)


def intensity(p: Profile, t: float) -> float:
    hour = int(t / HOUR)
    return p.words[p.season + hour // 168] * (p.words[hour % 168 + 1] - p.words[hour % 168])


@given(WEIGHTS, SEASONS, st.floats(0, 0.999999))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_the_clock_is_inverted_to_the_millisecond(weights: list[float], season: list[float], u: float) -> None:
    p = profile(weights, season)
    operational = u * p.words[-1]
    t = instant_of(p, operational)
    assert 0 <= t < len(season) * 168 * HOUR
    # Cut to whole milliseconds: the clock there shows at most what it should, and one millisecond later enough.
    steepest = max(intensity(p, h * HOUR) for h in range(168 * len(season))) / HOUR
    assert operational_at(p, t) == pytest.approx(operational, abs=2 * steepest + 1e-7)


@given(WEIGHTS, SEASONS)
@settings(derandomize=True, deadline=None, max_examples=20)
def test_the_clock_is_the_integral_of_the_intensity(weights: list[float], season: list[float]) -> None:
    p = profile(weights, season)
    total = 0.0
    for hour in range(168 * min(3, len(season))):
        assert operational_at(p, hour * HOUR) == pytest.approx(total, abs=1e-6)
        total += intensity(p, hour * HOUR)


def test_nothing_happens_after_the_last_week_nor_in_hours_without_weight() -> None:
    weights = [0.0] * 9 + [1.0] * 8 + [0.0] * 151
    p = profile(weights, [1.0, 0.5])
    assert instant_of(p, 252.0) == NEVER
    assert instant_of(p, 1e9) == NEVER
    hours = {instant_of(p, x) // HOUR % 168 for x in np.linspace(0.01, 251.99, 5000)}
    assert hours == set(range(9, 17))


def test_a_poisson_stream_fills_the_hours_in_proportion_to_their_weight() -> None:
    """Chi-squared over the hours of the day; a right clock fails with probability 1e-4."""
    day = [1.0, 0.0, 2.0, 5.0] * 6
    p = profile(day * 7, [1.0, 0.5, 1.5, 1.0])
    gaps = np.random.default_rng(5).exponential(1 / 40.0, 40_000)
    instants = np.array([instant_of(p, x) for x in np.cumsum(gaps) if x < p.words[-1]])
    counts = np.bincount(instants // HOUR % 24, minlength=24)
    weights = np.array(day)
    assert (counts[weights == 0] == 0).all()
    expected = counts.sum() * weights / weights.sum()
    assert stats.chisquare(counts[weights > 0], expected[weights > 0]).pvalue > 1e-4
    by_week = np.bincount(instants // (168 * HOUR), minlength=4)
    assert stats.chisquare(by_week, by_week.sum() * np.array([1.0, 0.5, 1.5, 1.0]) / 4.0).pvalue > 1e-4
