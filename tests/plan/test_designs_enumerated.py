"""Full factorials, one factor at a time, crossings: every point that is due, once, in the order that is promised."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.plan.designs import Axis, crossed, duplicates, full_factorial, one_at_a_time, with_today
from sim.errors import UsageError

counts = st.lists(st.integers(1, 4), min_size=1, max_size=5)
kinds = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=1, max_size=6)


def axes_of(levels, prefix="f"):
    return [Axis(f"{prefix}{i}", n) for i, n in enumerate(levels)]


@given(counts)
def test_full_factorial_has_every_combination_once_with_the_last_fastest(levels):
    points = full_factorial(axes_of(levels))
    assert len(points) == math.prod(levels)
    for place, point in enumerate(points):  # Counting in mixed radix: the last digit is the units.
        number = 0
        for digit, radix in zip(point, levels, strict=True):
            assert 0 <= digit < radix
            number = number * radix + digit
        assert number == place


@given(kinds)
def test_one_at_a_time_changes_one_factor_to_each_of_its_settings(levels):
    points = one_at_a_time(axes_of(levels))
    assert points[0] == (None,) * len(levels)
    assert len(points) == 1 + sum(n or 2 for n in levels)
    changes = [[(i, c) for i, c in enumerate(point) if c is not None] for point in points[1:]]
    wanted = [(i, c) for i, n in enumerate(levels) for c in ((0.0, 1.0) if n is None else range(n))]
    assert changes == [[change] for change in wanted]
    assert not duplicates(points)


@given(st.lists(counts, min_size=1, max_size=3), st.randoms())
def test_crossing_meets_all_with_all_in_the_order_of_the_axes(levels_of_parts, random):
    parts = [axes_of(levels[:3], f"part{i}_") for i, levels in enumerate(levels_of_parts)]
    designs = [(part, full_factorial(part)) for part in parts]
    axes = [axis for part in parts for axis in part]
    # Full factorials crossed in the same order are the full factorial of all.
    assert crossed(designs, axes) == full_factorial(axes)
    mixed = random.sample(axes, len(axes))
    place = {axis.name: i for i, axis in enumerate(mixed)}
    back = [tuple(point[place[axis.name]] for axis in axes) for point in crossed(designs, mixed)]
    assert back == full_factorial(axes)


def test_crossing_keeps_what_the_parts_hold():
    a, b = Axis("a", None), Axis("b", 3)
    assert crossed([([b], [(2,), (None,)]), ([a], [(0.5,), (0.25,), (None,)])], [a, b]) == [
        (0.5, 2), (0.25, 2), (None, 2), (0.5, None), (0.25, None), (None, None),
    ]  # fmt: skip


def test_today_comes_first_once():
    assert with_today([(1, 0)]) == [(None, None), (1, 0)]
    assert with_today([(1, 0), (None, None)]) == [(1, 0), (None, None)]
    assert with_today(one_at_a_time(axes_of([2, 2]))) == one_at_a_time(axes_of([2, 2]))


A, B, R = Axis("a", 2), Axis("b", 2), Axis("r", None)


@pytest.mark.parametrize(
    ("design", "says"),
    [
        (lambda: full_factorial([A, R]), "factor 'r' is a range; a full factorial needs levels; list its levels"),
        (lambda: full_factorial([]), "got no factors"),
        (lambda: full_factorial([A, B, A]), "factor 'a' is given 2 times"),
        (lambda: full_factorial(axes_of([10] * 7)), "would have 10,000,000 points; at most 1,000,000"),
        (lambda: full_factorial(axes_of([10] * 60)), "more than 10^15"),
        (lambda: Axis("a", 0), "factor 'a' has 0 levels"),
        (lambda: with_today([]), "got no points"),
        (lambda: crossed([([A], [(0,)])], [A, B]), "factor 'b' is in none of the crossed designs"),
        (lambda: crossed([([A], [(0,)]), ([A, B], [(0, 0)])], [A, B]), "factor 'a' is in two crossed designs"),
        (lambda: crossed([([A, B], [(0, 0)])], [A]), "a crossed design has factor 'b'; no factor has this name"),
        (lambda: crossed([([A], [(0, 1)])], [A]), "point 1 of a has 2 places"),
        (lambda: crossed([([A], [])], [A]), "got 0 points"),
    ],
)
def test_what_does_not_fit_is_said(design, says):
    with pytest.raises(UsageError) as caught:
        design()
    assert str(caught.value).startswith("design")
    assert says in str(caught.value)
