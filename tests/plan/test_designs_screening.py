"""Two-level designs against published ones, and against the meaning of resolution."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.plan.designs import Axis, aliases, duplicates, fractional_factorial, full_factorial, plackett_burman
from sim.errors import UsageError

# Plackett & Burman (1946): the generating rows, by number of runs.
GENERATORS = {12: "++-+++---+-", 20: "++--++++-+-+----++-", 24: "+++++-+-++--++--+-+----"}


def two(k):
    return [Axis(f"f{i}", 2) for i in range(k)]


def signs(points):
    return np.array(points) * 2 - 1


def interactions(x):
    return np.array([x[:, i] * x[:, j] for i, j in combinations(range(x.shape[1]), 2)]).T


def published(runs):
    row = [1 if sign == "+" else -1 for sign in GENERATORS[runs]]
    return np.array([row[-i:] + row[:-i] for i in range(runs - 1)] + [[-1] * (runs - 1)])


def triples(x):
    """How often three columns have each |sum of products|: the same for equivalent designs."""
    products = [abs(int((x[:, i] * x[:, j] * x[:, k]).sum())) for i, j, k in combinations(range(x.shape[1]), 3)]
    return {size: products.count(size) for size in set(products)}


@pytest.mark.parametrize("runs", [12, 20, 24])
def test_plackett_burman_is_orthogonal_as_the_published_ones_are(runs):
    x = signs(plackett_burman(two(runs - 1)))
    assert x.shape == (runs, runs - 1)
    assert (x.T @ x == runs * np.eye(runs - 1)).all()
    assert (x.sum(axis=0) == 0).all()
    other = published(runs)
    assert (other.T @ other == runs * np.eye(runs - 1)).all()


def test_plackett_burman_of_twelve_is_equivalent_to_the_published_one():
    assert triples(signs(plackett_burman(two(11)))) == triples(published(12)) == {4: 165}


# 28, 36, 44, 52 and so on are not among those that are built.
RUNS = {1: 4, 3: 4, 4: 8, 8: 12, 12: 16, 15: 16, 16: 20, 20: 24, 23: 24, 24: 32, 27: 32, 32: 40, 40: 48, 48: 64, 79: 80}


@pytest.mark.parametrize(("factors", "runs"), RUNS.items())
def test_plackett_burman_has_few_runs_and_independent_columns(factors, runs):
    x = signs(plackett_burman(two(factors)))
    assert x.shape == (runs, factors)
    assert (x.T @ x == runs * np.eye(factors)).all()


@given(st.integers(2, 24))
def test_fold_over_frees_main_effects_from_interactions(factors):
    plain, folded = plackett_burman(two(factors)), plackett_burman(two(factors), fold_over=True)
    assert folded[: len(plain)] == plain
    assert len(folded) == 2 * len(plain)
    x = signs(folded)
    assert (x.T @ x == len(folded) * np.eye(factors)).all()
    assert not (x.T @ interactions(x)).any()


def test_without_fold_over_they_are_mixed_by_a_third():
    found = [a for a in aliases(two(11), plackett_burman(two(11))) if len(a.effect) == 1]
    assert len(found) == 11 * 45  # Every main effect with every interaction of two others.
    assert {round(abs(a.share), 9) for a in found} == {round(1 / 3, 9)}


def test_seven_factors_in_eight_runs():
    x = signs(fractional_factorial(two(7), 3))
    assert x.shape == (8, 7)
    assert (x.T @ x == 8 * np.eye(7)).all()


# Box & Hunter (1961); the tables of the NIST handbook, 5.3.3.4.7.
SIZES = {
    (3, 3): 4, (4, 4): 8, (5, 3): 8, (5, 5): 16, (6, 4): 16, (8, 4): 16, (7, 5): 64, (9, 3): 16, (9, 4): 32,
    (10, 5): 128, (12, 4): 32, (12, 5): 256,
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "runs"), SIZES.items())
def test_fractions_have_the_published_number_of_runs(wanted, runs):
    assert len(fractional_factorial(two(wanted[0]), wanted[1])) == runs


@pytest.mark.parametrize("factors", [2, 3, 5, 6, 7, 8, 11, 12])
@pytest.mark.parametrize("resolution", [3, 4, 5])
def test_resolution_means_what_it_says(factors, resolution):
    points = fractional_factorial(two(factors), resolution)
    assert not duplicates(points)
    x = signs(points)
    two_way = interactions(x)
    assert (x.T @ x == len(x) * np.eye(factors)).all()
    if resolution >= 4:
        assert not (x.T @ two_way).any()
    if resolution >= 5:
        assert (two_way.T @ two_way == len(x) * np.eye(two_way.shape[1])).all()


def test_fractions_are_no_better_than_they_cost():
    """So the tests above could fail: resolution 3 does mix main effects, resolution 4 interactions."""
    x = signs(fractional_factorial(two(7), 3))
    assert (x.T @ interactions(x)).any()
    between = interactions(signs(fractional_factorial(two(8), 4)))
    assert np.triu(between.T @ between, k=1).any()


@pytest.mark.parametrize(("factors", "resolution"), [(7, 3), (8, 4), (6, 4), (5, 5)])
def test_aliases_are_the_words_of_the_defining_relation(factors, resolution):
    """A set of factors whose product never changes is a word; effects that together make one are confounded."""
    points = fractional_factorial(two(factors), resolution)
    x = signs(points)
    words = {
        frozenset(word): x[:, word].prod(axis=1)[0]
        for size in range(1, 5)
        for word in combinations(range(factors), size)
        if abs(x[:, word].prod(axis=1).sum()) == len(x)
    }
    assert all(len(word) >= resolution for word in words)
    effects = [(i,) for i in range(factors)] + list(combinations(range(factors), 2))
    wanted = [
        (tuple(f"f{i}" for i in one), tuple(f"f{i}" for i in other), float(words[word]))
        for one, other in combinations(effects, 2)
        if (word := frozenset(one) ^ frozenset(other)) in words
    ]
    assert [(a.effect, a.confounded_with, a.share) for a in aliases(two(factors), points)] == wanted
    assert bool(wanted) == (resolution < 5)


def test_an_alias_has_a_sign():
    points = [(0, 0, 0), (0, 2, 0.5), (1, 0, 0.5), (1, 2, 0)]  # The other half of 2^(3-1): c = -ab.
    found = aliases([Axis("a", 2), Axis("b", 3), Axis("c", None)], points)
    assert [(a.effect, a.confounded_with, a.share) for a in found] == [
        (("a",), ("b", "c"), -1.0), (("b",), ("a", "c"), -1.0), (("c",), ("a", "b"), -1.0),
    ]  # fmt: skip


@given(st.lists(st.one_of(st.none(), st.integers(2, 5)), min_size=1, max_size=9))
def test_settings_are_the_ends_of_each_factor(levels):
    axes = [Axis(f"f{i}", n) for i, n in enumerate(levels)]
    for points in (plackett_burman(axes), plackett_burman(axes, fold_over=True), fractional_factorial(axes, 3)):
        for n, column in zip(levels, zip(*points, strict=True), strict=True):
            low, high = (0.0, 1.0) if n is None else (0, n - 1)
            assert column.count(low) == column.count(high) == len(points) / 2
            assert {type(c) for c in column} == {float if n is None else int}


def test_few_factors_get_every_combination():
    assert fractional_factorial([Axis("a", 3)], 5) == [(0,), (2,)]
    assert fractional_factorial(two(3), 4) == full_factorial(two(3))


@pytest.mark.parametrize(
    ("design", "says"),
    [
        (lambda: fractional_factorial(two(5), 2), "got resolution 2; the least is 3"),
        (lambda: fractional_factorial([Axis("a", 2), Axis("b", 1)], 3), "factor 'b' has one level"),
        (lambda: plackett_burman([Axis("b", 1)]), "factor 'b' has one level"),
        (lambda: plackett_burman([]), "got no factors"),
        (lambda: plackett_burman(two(8192)), "up to 8,191"),
        (lambda: fractional_factorial(two(30), 30), "30 factors at resolution 30: no design"),
        (lambda: aliases(two(2), [(0, 0), (1, 0)]), "factor 'f1' has 1 settings"),
        (lambda: aliases(two(2), [(0, 0), (1, 1), (None, 0)]), "factor 'f0' has 2 settings and today"),
    ],
)
def test_what_does_not_fit_is_said(design, says):
    with pytest.raises(UsageError) as caught:
        design()
    assert says in str(caught.value)
