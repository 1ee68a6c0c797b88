"""Space-filling designs: what each promises about how its points lie."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from experiments.plan.designs import Axis, duplicates, halton, largest_correlation, latin_hypercube, sobol
from sim.errors import UsageError

DESIGNS = [latin_hypercube, sobol, halton]


def ranges(k):
    return [Axis(f"f{i}", None) for i in range(k)]


def test_scipy_begins_as_the_literature_does():
    assert qmc.Sobol(2, scramble=False).random(4).tolist() == [[0, 0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75]]
    assert qmc.Halton(2, scramble=False).random(4) == pytest.approx(
        np.array([[0, 0], [1 / 2, 1 / 3], [1 / 4, 2 / 3], [3 / 4, 1 / 9]])
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(1, 40), st.integers(0, 2**40))
def test_latin_hypercube_has_one_point_per_stratum(factors, points, seed):
    made = latin_hypercube(ranges(factors), points, seed)
    for column in zip(*made, strict=True):
        assert sorted(math.floor(points * place) for place in column) == list(range(points))


@pytest.mark.parametrize(("factors", "prime"), [(3, 2), (4, 3), (6, 5), (12, 11)])
def test_strength_two_fills_every_square(factors, prime):
    points = latin_hypercube(ranges(factors), prime**2, seed=4, strength=2)
    for column in zip(*points, strict=True):
        assert sorted(math.floor(prime**2 * place) for place in column) == list(range(prime**2))
    for i, j in combinations(range(factors), 2):
        assert len({(math.floor(prime * p[i]), math.floor(prime * p[j])) for p in points}) == prime**2


def test_strength_one_does_not():
    points = latin_hypercube(ranges(2), 49, seed=4)
    assert len({(math.floor(7 * a), math.floor(7 * b)) for a, b in points}) < 49


def test_latin_hypercube_is_improved():
    """Against the median of plain ones: exchanges must have lowered the discrepancy, and with it correlation."""
    made = latin_hypercube(ranges(6), 64, seed=1)
    plain = [qmc.LatinHypercube(6, rng=np.random.default_rng(i)).random(64) for i in range(20)]
    assert qmc.discrepancy(np.array(made)) < min(qmc.discrepancy(x) for x in plain)
    assert largest_correlation(made) < min(largest_correlation([tuple(p) for p in x]) for x in plain)


@pytest.mark.parametrize("m", [0, 1, 3, 6])
def test_sobol_points_are_balanced_in_every_factor(m):
    for column in zip(*sobol(ranges(7), 2**m, seed=3), strict=True):
        assert sorted(math.floor(2**m * place) for place in column) == list(range(2**m))


@pytest.mark.parametrize("base", [(0, 2), (1, 3)])
def test_halton_points_are_balanced_in_their_base(base):
    factor, b = base
    column = [point[factor] for point in halton(ranges(2), b**3, seed=3)]
    assert sorted(math.floor(b**3 * place) for place in column) == list(range(b**3))


@pytest.mark.parametrize("design", [sobol, halton])
def test_more_points_begin_with_the_same(design):
    assert design(ranges(3), 32, seed=9)[:16] == design(ranges(3), 16, seed=9)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_seed_is_a_design(design):
    axes = [Axis("a", None), Axis("b", 3), Axis("c", None)]
    assert design(axes, 16, 5) == design(axes, 16, 5)
    assert design(axes, 16, 5) != design(axes, 16, 6)
    if design is latin_hypercube:
        assert design(axes, 9, 5, strength=2) == design(axes, 9, 5, strength=2)


@pytest.mark.parametrize("design", DESIGNS)
@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=1, max_size=4), st.integers(0, 5))
def test_levels_are_parts_of_a_range(design, levels, m):
    """A level is the part of the range in which the same design of ranges has its point."""
    axes = [Axis(f"f{i}", n) for i, n in enumerate(levels)]
    for point, places in zip(design(axes, 2**m, 1), design(ranges(len(levels)), 2**m, 1), strict=True):
        for n, coordinate, place in zip(levels, point, places, strict=True):
            assert 0 <= place < 1
            if n is None:
                assert coordinate == place
            else:
                assert coordinate in range(n)
                assert coordinate / n <= place < (coordinate + 1) / n


def test_levels_come_equally_often_when_they_divide_the_points():
    staff = [point[0] for point in latin_hypercube([Axis("staff", 5), Axis("price", None)], 20, seed=2)]
    assert [staff.count(level) for level in range(5)] == [4] * 5


@pytest.mark.parametrize(
    ("points", "pairs"),
    [
        ([], []),
        ([(0, 0.5)], []),
        ([(0, 0.5), (0, None), (None, 0.5)], []),
        ([(1,), (0,), (1,), (0,), (1,)], [(0, 2), (1, 3), (0, 4)]),
    ],
)
def test_repetitions_are_found(points, pairs):
    assert duplicates(points) == pairs


def test_largest_correlation_is_that_of_the_worst_pair():
    a, b, c = [0.0, 0.2, 0.9, 0.4], [1, 0, 2, 2], [0.3, 0.1, 0.0, 0.9]

    def correlation(x, y):
        dx, dy = [v - sum(x) / 4 for v in x], [v - sum(y) / 4 for v in y]
        return sum(p * q for p, q in zip(dx, dy, strict=True)) / math.dist(dx, [0] * 4) / math.dist(dy, [0] * 4)

    pairs = [abs(correlation(x, y)) for x, y in combinations((a, b, c), 2)]
    assert largest_correlation(list(zip(a, b, c, strict=True))) == pytest.approx(max(pairs))
    assert largest_correlation(list(zip(a, [-v for v in a], strict=True))) == pytest.approx(1)
    assert largest_correlation(list(zip(a, [3] * 4, c, strict=True))) == pytest.approx(abs(correlation(a, c)))


@pytest.mark.parametrize("points", [[], [(0, 1)], [(0,), (1,)], [(0, 0.1), (1, 0.1), (2, 0.1)]])
def test_fewer_than_two_factors_that_vary_have_no_correlation(points):
    assert largest_correlation(points) == 0.0


@pytest.mark.parametrize(
    ("design", "says"),
    [
        (lambda: sobol(ranges(2), 100, 1), "got 100 Sobol' points; their number is a power of two; take 64 or 128."),
        (lambda: sobol(ranges(2), 3, 1), "take 2 or 4."),
        (lambda: sobol(ranges(22_000), 4, 1), "at most 21201"),
        (lambda: sobol(ranges(2), 0, 1), "got 0 points"),
        (lambda: halton(ranges(2), 2_000_000, 1), "would have 2,000,000 points"),
        (lambda: halton(ranges(2), 5, -1), "got seed -1"),
        (lambda: latin_hypercube([], 5, 1), "got no factors"),
        (lambda: latin_hypercube(ranges(2), 5, 1, strength=3), "got strength 3"),
        (lambda: latin_hypercube(ranges(3), 10, 1, strength=2), "at least 2; take 4, or strength 1"),
        (lambda: latin_hypercube(ranges(12), 49, 1, strength=2), "at least 11; take 121, or strength 1"),
        (lambda: latin_hypercube(ranges(3), 16, 1, strength=2), "got 16 points"),
        (lambda: largest_correlation([(0, None)]), "some factors are as today"),
    ],
)
def test_what_does_not_fit_is_said(design, says):
    with pytest.raises(UsageError) as caught:
        design()
    assert says in str(caught.value)
