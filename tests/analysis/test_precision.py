"""Stopping: what is asked, when it is looked at, and that it says no honestly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.precision import Precision
from experiments.analysis.targets import STOPPING_METHOD, reached_by
from experiments.plan.targets import Target
from sim.errors import InputError

WAIT = Target("wait_mean", relative=0.1)


def test_relative_target_is_laws():
    # Law 9.4.1: gamma' = gamma / (1 + gamma).
    assert Target("x", relative=0.25).asked(-10.0) == pytest.approx(2.0)
    assert Target("x", absolute=0.25).asked(-10.0) == 0.25


@pytest.mark.parametrize("gamma", [0.05, 0.1, 0.5])
def test_a_relative_target_bounds_the_error_by_gamma_of_the_truth(gamma):
    # An estimate that is too low is the worst: with its half-width it reaches the truth just so.
    estimate = 80.0
    truth = estimate + Target("x", relative=gamma).asked(estimate)
    assert (truth - estimate) / estimate == pytest.approx(gamma / (1 + gamma))
    assert abs(estimate - truth) <= gamma * truth


@pytest.mark.parametrize("method", ["t", "willink"])
def test_reached_exactly_when_the_half_width_is_short_enough(method):
    values = [1.0, 2.0, 4.0, 9.0, 3.0] * 8
    half = reached_by(values, WAIT, 0.9, 2, method).half_width
    assert reached_by(values, Target("x", absolute=half), 0.9, 2, method).enough
    assert not reached_by(values, Target("x", absolute=half * (1 - 1e-9)), 0.9, 2, method).enough


def test_half_width_is_that_of_t_at_the_confidence_of_each():
    values = [1.0, 2.0, 3.0] * 10
    precision = Precision((WAIT, Target("b", absolute=1.0), Target("c", absolute=1.0)), confidence=0.9)
    assert precision.confidence_of_each == pytest.approx(1 - 0.1 / 3)  # Bonferroni
    found = precision.verdict({"wait_mean": values, "b": values, "c": values}).reached[1]
    # Symmetric values: Willink's interval is Student's.
    assert found.half_width == pytest.approx(stats.t.ppf(1 - 0.1 / 6, 29) * stats.sem(values))


def test_enough_only_if_every_target_is():
    good, bad = [1.0, 1.1] * 15, [1.0, 99.0] * 15
    precision = Precision((WAIT, Target("cost", relative=0.1)))
    verdict = precision.verdict({"wait_mean": good, "cost": bad})
    assert (verdict.enough, verdict.capped, verdict.n, verdict.next_look) == (False, False, 30, 40)
    assert [one.target.response for one in verdict.missed] == ["cost"]
    verdict = precision.verdict({"wait_mean": good, "cost": good})
    assert (verdict.enough, verdict.capped, verdict.next_look, verdict.missed) == (True, False, None, ())


def test_never_before_the_first_look():
    calm = [5.0, 5.1] * 15
    precision = Precision((WAIT,))
    early, on_time = precision.verdict({"wait_mean": calm[:29]}), precision.verdict({"wait_mean": calm})
    assert (early.enough, early.next_look) == (False, 30)
    assert on_time.enough
    assert precision.verdict({"wait_mean": []}).next_look == 30


def test_replications_in_which_the_metric_does_not_apply_do_not_count():
    calm = [5.0, 5.1] * 14 + [5.0]
    verdict = Precision((WAIT,)).verdict({"wait_mean": [*calm, math.nan, math.nan]})
    assert (verdict.n, verdict.reached[0].interval.n, verdict.enough) == (31, 29, False)
    nothing = Precision((WAIT,)).verdict({"wait_mean": [math.nan] * 40})
    assert (nothing.enough, nothing.reached[0].asked, nothing.reached[0].expected) == (False, None, None)


def test_cap_is_not_reached_and_says_what_it_would_take():
    wild = [1.0, 9.0] * 50
    verdict = Precision((WAIT,), most=100).verdict({"wait_mean": wild})
    assert (verdict.enough, verdict.capped, verdict.next_look) == (False, True, None)
    (missed,) = verdict.missed
    assert missed.asked == pytest.approx(5.0 * 0.1 / 1.1)
    assert missed.expected == math.ceil(100 * (missed.half_width / missed.asked) ** 2) > 100
    reached = Precision((WAIT,), most=100).verdict({"wait_mean": [5.0, 5.1] * 50})
    assert (reached.enough, reached.capped) == (True, False)


def test_a_mean_of_zero_cannot_be_relatively_precise_unless_all_are_zero():
    precision = Precision((WAIT,), most=30)
    assert precision.verdict({"wait_mean": [-1.0, 1.0] * 15}).capped
    assert precision.verdict({"wait_mean": [0.0] * 30}).enough


@given(st.integers(0, 400), st.integers(30, 60), st.integers(1, 50), st.integers(60, 300))
def test_looks_are_on_a_fixed_grid_and_end_at_the_most(n, first, block, most):
    precision = Precision((WAIT,), first=first, block=block, most=most)
    grid = sorted({*range(first, most, block), most})
    assert precision.look_after(n) == next((look for look in grid if look > n), most)


def test_the_interval_that_stops_is_the_one_that_is_shown():
    assert STOPPING_METHOD == "willink"


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Precision((WAIT,), first=10), r"precision, first: got 10, must be at least 30\. Fewer"),
        (lambda: Precision((WAIT,), block=0), r"precision, block: got 0, must be at least 1\."),
        (lambda: Precision((WAIT,), most=20), r"precision, most: got 20, must be at least the first 30\."),
        (lambda: Precision((WAIT,), confidence=95), r"confidence: got 95, must be at least 0\.5 and below 1\."),
        (lambda: Precision(()), r"precision: got no target, must be at least one\."),
        (lambda: Precision((WAIT, WAIT)), r"precision: got 'wait_mean' twice, must be once\."),
        (lambda: Target("x"), r"precision of 'x': got neither, must be either"),
        (lambda: Target("x", relative=0.1, absolute=1.0), r"precision of 'x': got both, must be either"),
        (lambda: Target("x", relative=5), r"precision of 'x': got 5 as relative half-width.*Write 5 % as 0\.05"),
        (lambda: Target("x", relative=0.0), r"got 0 as relative half-width"),
        (lambda: Target("x", absolute=-1.0), r"got -1 as absolute half-width, must be above 0\."),
        (lambda: Target("x", absolute=math.nan), r"got nan as absolute half-width"),
        (lambda: Precision((WAIT,)).verdict({"wait": []}), r"got 'wait_mean', must be a metric.*Did you mean 'wait'\?"),
    ],
)
def test_mistakes_are_refused_in_the_words_of_the_house(make, text):
    with pytest.raises(InputError, match=text):
        make()
