"""Constraints: nothing beyond a limit is kept, nothing within is touched, and what was done is told."""

import itertools
import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from experiments.plan.constraints import Constraint, Violation, leave_out, resample, violations
from experiments.plan.designs import Axis, latin_hypercube, sobol
from experiments.plan.shrinking import shrink
from sim.errors import UsageError


class Factors:
    """Values of coordinates: each axis has its low and high end (a range) or its list of levels, and today's value."""

    def __init__(self, *described):
        self.described = described
        self.axes = [Axis(f"f{i}", None if isinstance(d, tuple) else len(d)) for i, (d, _) in enumerate(described)]

    def value(self, axis, place):
        settings, today = self.described[axis]
        if place is None:
            return today
        if isinstance(settings, tuple):
            assert 0 <= place <= 1
            return settings[0] + place * (settings[1] - settings[0])
        assert isinstance(place, int)
        return settings[place]

    def values(self, point):
        return [self.value(i, place) for i, place in enumerate(point)]


def limit(at_most, *weights, name="budget", otherwise="shrink"):
    return Constraint(name, {f"f{i}": w for i, w in enumerate(weights) if w}, at_most, otherwise)


def total(constraint, values):
    return sum(w * values[int(name[1:])] for name, w in constraint.weights.items())


def within(constraint, values):
    size = sum(abs(w * values[int(name[1:])]) for name, w in constraint.weights.items()) + abs(constraint.at_most)
    return total(constraint, values) <= constraint.at_most + 2e-9 * size


TWO = Factors(((0.0, 10.0), 0.0), ([0.0, 1.0, 2.0], 0.0))

# Telling, and leaving out ---------------------------------------------------------------------------------


def test_each_point_is_told_with_each_limit_that_it_breaks():
    rows = [limit(6.0, 1.0, 1.0), limit(1.0, 0.0, 1.0, name="posts")]
    points = [(0.5, 1), (0.6, 0), (0.5, 2), (0.61, 0), (None, None)]
    assert violations(rows, points, TWO.axes, TWO.value) == [
        Violation(2, "budget", 7.0, 6.0),
        Violation(2, "posts", 2.0, 1.0),
        Violation(3, "budget", 6.1, 6.0),
    ]


def test_a_budget_spent_to_the_last_cent_is_kept():
    many = Factors(*[((0.0, 1.0), 0.0)] * 3)
    assert 0.1 + 0.1 + 0.1 > 0.3
    assert not violations([limit(0.3, 1, 1, 1)], [(0.1, 0.1, 0.1)], many.axes, many.value)
    assert violations([limit(0.3, 1, 1, 1)], [(0.1, 0.1, 0.100001)], many.axes, many.value)


def test_what_is_no_number_keeps_no_limit():
    assert violations([limit(1.0, 1.0)], [(0.5,)], [Axis("f0", None)], lambda axis, place: math.nan)


def test_values_of_factors_that_nobody_weighs_are_not_asked():
    def value(axis, place):
        assert axis == 0
        return 4.0 * (place or 0)

    axes = [Axis("f0", None), Axis("words", 2)]
    assert violations([limit(3.0, 1.0)], [(1.0, 1)], axes, value)
    assert shrink([limit(3.0, 1.0)], [(1.0, 1)], axes, value).points == [(0.75, 1)]


def test_what_is_left_out_is_told_and_the_rest_keeps_its_order():
    points = [(1.0, 0), (0.3, 1), (0.9, 0), (0.1, 0)]
    kept = leave_out([limit(5.0, 1.0)], points, TWO.axes, TWO.value)
    assert kept.points == [(0.3, 1), (0.1, 0)]
    assert [(v.point, v.total) for v in kept.left_out] == [(0, 10.0), (2, 9.0)]
    with pytest.raises(UsageError, match="all 2 points are beyond 'budget'"):
        leave_out([limit(5.0, 1.0)], points[::2], TWO.axes, TWO.value)
    assert leave_out([limit(5.0, 1.0)], [], TWO.axes, TWO.value).points == []


@pytest.mark.parametrize(
    ("weights", "at_most", "otherwise", "says"),
    [
        ({}, 1.0, "shrink", "weighs no factor"),
        ({"f0": math.inf}, 1.0, "shrink", "constraint 'budget', f0: got inf"),
        ({"f0": 1.0}, math.nan, "shrink", "at_most: got nan"),
        ({"f0": 1.0}, 1.0, "shrnk", "Did you mean 'shrink'?"),
    ],
)
def test_a_constraint_that_makes_no_sense_is_refused(weights, at_most, otherwise, says):
    with pytest.raises(UsageError) as caught:
        Constraint("budget", weights, at_most, otherwise)
    assert says in str(caught.value)


def test_unknown_factors_are_refused():
    with pytest.raises(UsageError, match="weighs 'stff'; only factors of the plan have a weight; Did you mean 'staff'"):
        violations([Constraint("budget", {"stff": 1.0}, 1.0, "shrink")], [(0.1,)], [Axis("staff", None)], TWO.value)


# Drawing again --------------------------------------------------------------------------------------------


def test_enough_feasible_points_are_drawn_and_the_first_are_kept():
    square = Factors(((0.0, 1.0), 0.0), ((0.0, 1.0), 0.0))
    row = limit(0.5, 1.0, 1.0, otherwise="resample")
    asked = []

    def make(n):
        asked.append(n)
        return sobol(square.axes, n, seed=3)

    found = resample([row], make, 16, square.axes, square.value)
    feasible = [p for p in sobol(square.axes, 1024, seed=3) if sum(p) <= 0.5]
    assert found.points == feasible[:16]
    assert asked == [16 * 2**i for i in range(len(asked))]
    assert found.drawn == asked[-1]
    assert found.feasible == len([p for p in sobol(square.axes, found.drawn, seed=3) if sum(p) <= 0.5])
    assert len([p for p in sobol(square.axes, asked[-2], seed=3) if sum(p) <= 0.5]) < 16


def test_nothing_is_drawn_again_when_all_are_feasible():
    found = resample([limit(99.0, 1.0)], lambda n: latin_hypercube(TWO.axes, n, 1), 7, TWO.axes, TWO.value)
    assert (found.points, found.drawn, found.feasible) == (latin_hypercube(TWO.axes, 7, 1), 7, 7)


@pytest.mark.parametrize(("share", "gives_up"), [(0.0, True), (0.008, True), (0.03, False)])
def test_it_gives_up_when_hardly_any_are_feasible(share, gives_up):
    row = limit(10 * share, 1.0, otherwise="resample")

    def make(n):
        return [((i + 0.5) / n, 0) for i in range(n)]

    if gives_up:
        with pytest.raises(UsageError, match=r"of 1,024 points .* are within 'budget'; wanted are 16"):
            resample([row], make, 16, TWO.axes, TWO.value)
    else:
        assert len(resample([row], make, 16, TWO.axes, TWO.value).points) == 16


# Shrinking ------------------------------------------------------------------------------------------------


@st.composite
def problems(draw):
    """Factors, constraints that today keeps, and a point: ranges and levels, falling ranges, today anywhere."""
    number = st.integers(-8, 8).map(float)
    described = []
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            low, high = draw(st.tuples(number, number).filter(lambda ends: ends[0] != ends[1]))
            described.append(((low, high), draw(number)))
        else:
            described.append((draw(st.lists(number, min_size=1, max_size=4)), draw(number)))
    factors = Factors(*described)
    today = [t for _, t in described]
    rows = []
    for i in range(draw(st.integers(1, 3))):
        weights = [draw(st.integers(-3, 3)) for _ in described]
        assume(any(weights))
        row = limit(0.0, *weights, name=f"limit{i}")
        rows.append(limit(total(row, today) + draw(st.sampled_from([0.0, 0.5, 3.0, 7.0])), *weights, name=f"limit{i}"))
    point = tuple(
        draw(st.one_of(st.none(), st.floats(0, 1) if axis.levels is None else st.integers(0, axis.levels - 1)))
        for axis in factors.axes
    )
    return factors, rows, point


@settings(max_examples=500, deadline=None)
@given(problems())
def test_what_is_shrunk_is_feasible_and_lies_between_the_point_and_today(problem):
    factors, rows, point = problem
    (found,) = (shrunk := shrink(rows, [point], factors.axes, factors.value)).points
    values, own, today = factors.values(found), factors.values(point), factors.values((None,) * len(point))
    assert all(within(row, values) for row in rows)
    for at, start, end, axis, place in zip(values, own, today, factors.axes, found, strict=True):
        assert min(start, end) - 1e-9 <= at <= max(start, end) + 1e-9
        assert place is None or (0 <= place <= 1 if axis.levels is None else place in range(axis.levels))
    if all(total(row, own) <= row.at_most for row in rows):
        assert found == point
    assert shrunk.changed == ([0] if found != point else [])
    assert shrink(rows, [found], factors.axes, factors.value).points == [found]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 1), st.floats(0.1, 5)), min_size=1, max_size=5), st.floats(0.1, 0.95))
def test_ranges_share_one_factor_and_spend_the_whole_budget(described, share):
    factors = Factors(*[((0.0, 1.0), 0.0)] * len(described))
    point = tuple(place for place, _ in described)
    cost = sum(place * weight for place, weight in described)
    row = limit(share * cost, *[weight for _, weight in described])
    found = shrink([row], [point], factors.axes, factors.value).points[0]
    assert found == pytest.approx(tuple(share * place for place in point), rel=1e-6)


def test_shrinking_moves_only_what_a_broken_limit_weighs():
    three = Factors(((0.0, 1.0), 0.0), ((0.0, 1.0), 0.0), ((0.0, 1.0), 0.0))
    rows = [limit(0.5, 1.0), limit(3.0, 0.0, 1.0, 1.0, name="other")]
    assert shrink(rows, [(1.0, 0.9, 0.8)], three.axes, three.value).points == [(0.5, 0.9, 0.8)]


def test_a_falling_range_and_a_today_inside_it():
    falling = Factors(((10.0, 0.0), 4.0))
    # 9 is pulled to 6.5, which stands at 0.35 of the way from 10 to 0.
    assert shrink([limit(6.5, 1.0)], [(0.1,)], falling.axes, falling.value).points[0] == pytest.approx((0.35,))


def test_a_range_that_does_not_reach_today_goes_there_in_one_step():
    gap = Factors(((2.0, 4.0), 0.0))
    assert shrink([limit(2.5, 1.0)], [(1.0,)], gap.axes, gap.value).points[0] == pytest.approx((0.25,))
    assert shrink([limit(1.9, 1.0)], [(1.0,)], gap.axes, gap.value).points == [(None,)]
    beside = Factors(((2.0, 4.0), 0.0), ((0.0, 10.0), 0.0))
    (found,) = shrink([limit(3.0, 1.0, 1.0)], [(1.0, 0.8)], beside.axes, beside.value).points
    assert found[0] is None
    assert found[1] == pytest.approx(0.2)


def test_levels_step_down_one_at_a_time_to_the_nearest_that_will_do():
    posts = Factors(([0.0, 1.0, 2.0, 5.0], 0.0))
    for at_most, level in [(5.0, 3), (4.9, 2), (1.5, 1), (0.5, 0)]:
        assert shrink([limit(at_most, 1.0)], [(3,)], posts.axes, posts.value).points == [(level,)]
    upwards = Factors(([0.0, 1.0, 2.0, 5.0], 2.0))  # A limit from below: at least 0.5.
    assert shrink([limit(-0.5, -1.0)], [(0,)], upwards.axes, upwards.value).points == [(1,)]
    between = Factors(([0.0, 5.0], 2.0))
    assert shrink([limit(4.0, 1.0)], [(1,)], between.axes, between.value).points == [(None,)]


def test_the_one_with_most_of_its_way_left_steps_first():
    posts = Factors(*[([0.0, 1.0, 2.0], 0.0)] * 2)
    assert shrink([limit(2.0, 1.0, 1.0)], [(2, 2)], posts.axes, posts.value).points == [(1, 1)]


def test_only_steps_that_help_are_made():
    # The second factor relieves the limit: stepping down with it would cost the first one more.
    pair = Factors(([0.0, 1.0, 2.0], 0.0), ([0.0, 1.0], 0.0))
    assert shrink([limit(0.5, 1.0, -1.0)], [(2, 1)] * 2, pair.axes, pair.value).points == [(1, 1)] * 2


def test_what_only_moves_together_moves_all_the_way():
    pair = Factors(*[([0.0, 1.0], 0.0)] * 2)
    rows = [limit(0.0, 1.0, -1.0, name="not more"), limit(0.0, -1.0, 1.0, name="not less"), limit(1.0, 1.0, 1.0)]
    assert shrink(rows, [(1, 1)], pair.axes, pair.value).points == [(0, 0)]


def test_only_as_many_policies_are_switched_off_as_need_be_and_none_is_favoured():
    policies = Factors(*[([0.0, 1.0], 0.0)] * 6)
    found = shrink([limit(4.0, *[1.0] * 6)], [(1,) * 6] * 6, policies.axes, policies.value)
    assert [sum(point) for point in found.points] == [4] * 6
    assert [sum(column) for column in zip(*found.points, strict=True)] == [4] * 6
    assert found.changed == list(range(6))


def test_no_level_could_be_put_back():
    costs = [5.0, 3.0, 2.0, 7.0]
    policies = Factors(*[([0.0, 1.0], 0.0)] * 4)
    for point in itertools.product((0, 1), repeat=4):
        for turn in range(4):
            row = limit(8.0, *costs)
            found = shrink([row], [(0,) * 4] * turn + [point], policies.axes, policies.value).points[turn]
            spent = sum(c * f for c, f in zip(costs, found, strict=True))
            assert spent <= 8.0
            if found != point:
                # Only the last that was switched off is certain to have been needed: one of them does not fit.
                assert any(spent + c > 8.0 for c, f, p in zip(costs, found, point, strict=True) if p > f)


def test_ranges_take_what_coarse_levels_leave_over():
    # Pulled by 0.6 the range comes to 6 and the level would to 6; it goes to 0, and the range back to 10.
    mixed = Factors(((0.0, 10.0), 0.0), ([0.0, 10.0], 0.0))
    assert shrink([limit(12.0, 1.0, 1.0)], [(1.0, 1)], mixed.axes, mixed.value).points == [(1.0, 0)]
    assert shrink([limit(8.0, 1.0, 1.0)], [(1.0, 1)], mixed.axes, mixed.value).points[0] == pytest.approx((0.8, 0))


def test_a_limit_that_only_the_pull_would_break_is_kept_too():
    # Spending less on f0 must not break 'f1 at most f0'.
    two = Factors(((0.0, 1.0), 0.0), ((0.0, 1.0), 0.0))
    rows = [limit(0.4, 1.0), limit(0.0, -1.0, 1.0, name="order")]
    found = shrink(rows, [(0.8, 0.6)], two.axes, two.value).points[0]
    assert found == pytest.approx((0.4, 0.3))


def test_when_today_is_beyond_a_limit_that_is_said():
    row = limit(3.0, 1.0)
    busy = Factors(((0.0, 10.0), 4.0))
    with pytest.raises(UsageError, match=r"point 2 cannot be shrunk within 'budget': today comes to 4, at most 3"):
        shrink([row], [(0.1,), (0.9,)], busy.axes, busy.value)
    assert shrink([row], [(0.1,)], busy.axes, busy.value).points == [(0.1,)]
