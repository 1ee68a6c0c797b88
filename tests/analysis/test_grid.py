"""A complete grid of settings and what each of its nodes changes, against plain loops."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.grid import changes, nodes


@given(st.lists(st.integers(2, 4), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_a_complete_grid_is_found_in_any_order_of_its_points(sizes, random):
    points = list(product(*(range(size) for size in sizes)))
    shuffled = random.sample(points, len(points))
    found = nodes([list(column) for column in zip(*shuffled, strict=True)])
    assert found is not None
    axes, order = found
    assert axes == [tuple(range(size)) for size in sizes]
    assert [shuffled[place] for place in order] == points  # The last factor runs fastest.


@given(st.lists(st.integers(2, 4), min_size=2, max_size=3), st.data())
def test_a_grid_with_a_gap_or_a_point_twice_is_none(sizes, data):
    points = list(product(*(range(size) for size in sizes)))
    place = data.draw(st.integers(0, len(points) - 1))
    without = points[:place] + points[place + 1 :]
    twice = [*points, points[place]]
    for chosen in (without, twice):
        assert nodes([list(column) for column in zip(*chosen, strict=True)]) is None


def test_words_are_levels_too():
    assert nodes([["b", "a", "b", "a"], [1, 1, 2, 2]]) == ([("a", "b"), (1, 2)], [1, 3, 0, 2])


def test_changes_are_the_paired_t_intervals_of_scipy():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(5, 8))
    values[2, 3] = values[4, :6] = math.nan
    baseline = values[0].copy()
    baseline[7] = math.nan
    found = changes(values, baseline, 0.9)
    for node in range(5):
        apart = values[node] - baseline
        apart = apart[np.isfinite(apart)]
        assert found.pairs[node] == len(apart)
        assert found.mean[node] == pytest.approx(apart.mean())
        if len(apart) > 1 and node:
            low, high = stats.t.interval(0.9, len(apart) - 1, loc=apart.mean(), scale=stats.sem(apart))
            assert found.half_width[node] == pytest.approx((high - low) / 2)
    assert math.isnan(found.half_width[4])  # A single pair has no interval.
    assert math.isnan(changes(np.array([[math.nan]]), np.array([1.0])).mean[0])
