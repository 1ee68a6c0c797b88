"""Policies, hand-offs, internal service, promises, customers, demand: each against its formula written again."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import special

from sim.rules import customers, handoff, internal_service, policy, promise, service
from sim.rules.attribution import CAUSES, cause_index

share = st.floats(0.001, 0.999)
pure = settings(derandomize=True, deadline=None, max_examples=100)


# Policies


@given(st.sampled_from([policy.GAP, policy.LOG, policy.LOG_ODDS, policy.LINEAR]), share,
       st.lists(st.tuples(st.floats(-0.9, 0.9), st.floats(0, 1)), min_size=2, max_size=4))  # fmt: skip
@pure
def test_policies_compose_in_any_order(scale: int, value: float, changes: list[tuple[float, float]]) -> None:
    def composed(order: tuple[tuple[float, float], ...]) -> float:
        result = value
        for change, x in order:
            result = policy.move(scale, 1.0, result, change, x)
        return result

    found = [composed(order) for order in itertools.permutations(changes)]
    assert max(found) == pytest.approx(min(found), rel=1e-9, abs=1e-12)
    total = math.fsum(c * x for c, x in changes)
    expected = {
        policy.GAP: 1.0 - (1.0 - value) * math.prod(1.0 - c * x for c, x in changes),
        policy.LOG: value * math.exp(total),
        policy.LOG_ODDS: float(special.expit(special.logit(value) + total)),
        policy.LINEAR: value + total,
    }[scale]
    assert found[0] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.sampled_from(range(4)), st.floats(-5, 5), st.floats(-2, 2))
@pure
def test_a_policy_at_intensity_zero_changes_no_bit(scale: int, value: float, change: float) -> None:
    assert policy.move(scale, 1.0, value, change, 0.0) == value
    assert policy.intensity_at(0.0, 5.0, 3.0, 2.0) == 0.0


@given(st.floats(0, 1), st.floats(0, 200), st.floats(0.1, 50), st.floats(0.1, 50))
@pure
def test_a_policy_ramps_to_63_percent_and_halves_every_half_life(
    x: float, weeks: float, ramp: float, half: float
) -> None:
    assert policy.intensity_at(x, ramp, ramp, 0.0) == pytest.approx(0.6321205588 * x)
    assert policy.intensity_at(x, weeks, ramp, half) == pytest.approx(
        x * -math.expm1(-weeks / ramp) * 0.5 ** (weeks / half)
    )
    assert policy.intensity_at(x, -0.001, ramp, half) == 0.0
    assert policy.intensity_at(x, weeks, 0.0, 0.0) == x


def test_attention_grows_with_the_square() -> None:
    assert policy.attention(0.0006, 10.0) == pytest.approx(0.06)
    assert policy.attention(0.0006, 0.0) == 0.0


# Hand-offs


@given(share, st.floats(-4, 4), st.floats(0.3, 0.9))
@pure
def test_incompleteness_moves_on_the_log_odds_up_to_its_cap(gap: float, state: float, cap: float) -> None:
    moved = handoff.incomplete_probability(gap, state, cap)
    assert moved == pytest.approx(min(max(cap, gap), float(special.expit(special.logit(gap) + state))), rel=1e-9)
    assert handoff.incomplete_probability(gap, 0.0, cap) == gap


def test_complete_hand_offs_stay_complete_whatever_the_state() -> None:
    assert handoff.incomplete_probability(0.0, 3.0, 0.5) == 0.0
    assert handoff.incomplete_probability(1.0, -3.0, 0.5) == 1.0


# Internal service


@given(st.floats(0, 1), st.floats(0, 2), st.floats(0, 20))
@pure
def test_a_request_is_granted_less_often_the_longer_the_own_queue(r: float, excuse: float, heads: float) -> None:
    expected = r * math.exp(-excuse * min(5.0, max(0.0, heads - 1.0)))
    found = internal_service.grant_probability(r, excuse, heads)
    assert found == pytest.approx(expected)
    assert 0.0 <= found <= r
    assert internal_service.grant_probability(r, 0.0, heads) == r


def test_lanes_are_those_of_the_discipline() -> None:
    kinds = range(6)
    for kind, order_class, granted, returned in itertools.product(kinds, (0, 3), (False, True), (False, True)):
        given_ = (kind, order_class, granted, returned)
        assert internal_service.lane(internal_service.FIFO, *given_) == 0
        assert internal_service.lane(internal_service.PRIORITY, *given_) == order_class
        lane = internal_service.lane(internal_service.COOPERATIVE, *given_)
        request = kind in (internal_service.CLARIFICATION, internal_service.REQUEST)
        assert lane == (0 if returned else 2 if request and not granted else 1)


def test_only_the_main_lane_of_an_office_goes_by_due_time() -> None:
    for discipline, lane in itertools.product(range(3), range(3)):
        office = discipline == internal_service.COOPERATIVE and lane == internal_service.LANE_MAIN
        assert internal_service.rank(discipline, lane, 5, 9) == (9 if office else 5)


# Service and promises


@given(st.floats(0, 50), st.floats(0.1, 3), st.floats(0, 1), share, share, st.floats(0, 0.9))
@pure
def test_duration_is_the_product_of_its_factors(
    work: float, c: float, extra: float, t: float, e: float, o: float
) -> None:
    amount = service.amount(work, c, extra)
    assert amount == pytest.approx(work * c + extra)
    assert service.duration(amount, t, 0.9, 1.05, e, o) == pytest.approx(amount * t * 0.9 * 1.05 / e / (1 - o))
    assert service.duration(amount, 1.0, 1.0, 1.0, 1.0, 0.0) == amount


@given(st.floats(-20, 40), st.floats(0, 20))
@pure
def test_acceptance_falls_with_the_promise_first_slowly_then_fast(days: float, more: float) -> None:
    def accepted(d: float) -> float:
        return promise.acceptance(0.85, 0.007, 0.01, 2.0, d)

    late = max(0.0, days - 2.0)
    assert accepted(days) == pytest.approx(min(1.0, 0.85 * math.exp(-0.007 * days) * math.exp(-0.01 * late**2)))
    assert 0.0 <= accepted(days + more) <= accepted(days) <= 1.0
    # One day faster sells 0.7 % more (Cui et al. 2024).
    assert accepted(-1.0) / accepted(0.0) == pytest.approx(1.007, abs=1e-4)


# Customers


@given(st.floats(-200, 200), st.floats(0, 0.25))
@pure
def test_dissatisfaction_is_a_logistic_of_lateness_above_a_base(days: float, base: float) -> None:
    found = customers.dissatisfied(days, base, 0.748, 2.94, 1.38)
    assert found == pytest.approx(min(1.0, base + 0.748 * float(special.expit((days - 2.94) / 1.38))))
    assert customers.dissatisfied(2.94, base, 0.748, 2.94, 1.38) == pytest.approx(min(1.0, base + 0.374))
    assert customers.dissatisfied(-1e9, base, 0.748, 2.94, 1e-3) == pytest.approx(base)


@given(st.floats(0, 500), share)
@pure
def test_a_kept_promise_makes_the_wait_matter_little(wait: float, stay: float) -> None:
    base = customers.base_dissatisfaction(0.07, 0.07, wait, 115.0)
    assert base == pytest.approx(0.07 + 0.07 * min(1.0, wait / 115.0))
    assert customers.experience(base, 0.07, stay) == pytest.approx((1 - base) / 0.93 * stay)


@given(share, share, share, share)
@pure
def test_satisfaction_moves_towards_the_experience_and_faster_down_than_up(
    s: float, x: float, a: float, b: float
) -> None:
    down, up = max(a, b), min(a, b)
    new = customers.updated_satisfaction(s, x, down, up)
    assert new == pytest.approx(s + (down if x < s else up) * (x - s))
    assert min(s, x) - 1e-12 <= new <= max(s, x) + 1e-12
    assume(0.05 < s < 0.95)
    assert (
        abs(customers.updated_satisfaction(s, s - 0.05, down, up) - s)
        >= abs(customers.updated_satisfaction(s, s + 0.05, down, up) - s) - 1e-12
    )


@given(st.floats(0.4, 0.999), st.floats(0.001, 3), st.floats(0.001, 3))
@pure
def test_leaving_is_a_proportional_hazard_without_memory_of_the_cutting(s: float, first: float, second: float) -> None:
    def stays(years: float) -> float:
        return 1.0 - customers.leave_probability(0.18, 7.2, 0.75, s, years)

    assert stays(first) * stays(second) == pytest.approx(stays(first + second), rel=1e-9)
    assert -math.log(stays(first)) == pytest.approx(0.18 * first * math.exp(7.2 * (0.75 - s)), rel=1e-6)


def test_a_quarter_of_satisfaction_makes_leaving_six_times_as_likely() -> None:
    low, high = (customers.leave_probability(0.18, math.log(6) / 0.25, 0.75, s, 1e-9) for s in (0.5, 0.75))
    assert low / high == pytest.approx(6.0, rel=1e-6)


@pytest.mark.parametrize(("active", "share_open"), [(0, 1.0), (1200, 0.5), (2400, 0.0), (5000, 0.0)])
def test_a_full_market_brings_nobody(active: int, share_open: float) -> None:
    assert customers.crowding(active, 2400.0) == share_open
    assert customers.referral_probability(0.08, share_open, 0.5) == pytest.approx(-math.expm1(-0.04 * share_open))


@pytest.mark.parametrize(
    ("told", "hours", "ended"),
    [(False, 0.0, customers.NOT_TOLD), (True, 8.0, customers.QUICKLY), (True, 8.1, customers.SATISFIED),
     (True, 24.0, customers.SATISFIED), (True, 24.1, customers.UNSATISFIED)],
)  # fmt: skip
def test_a_complaint_ends_by_how_soon_it_is_answered(told: bool, hours: float, ended: int) -> None:
    assert customers.outcome(told, hours, 8.0, 24.0) == ended


def test_every_cause_at_every_holder_has_a_number_of_its_own() -> None:
    numbers = [cause_index(kind, holder, 7) for kind in range(len(CAUSES)) for holder in range(7)]
    assert numbers == list(range(7 * len(CAUSES)))
