"""Who is worse off: everything is looked at, and what is named is worse, however much is looked at."""

import math

import numpy as np
import pytest
from scipy import stats

from experiments.analysis.worse_off import LEAST, worse_off

QUEUES = [f"d{i}.queue_wait_mean" for i in range(40)]


def runs(**metrics):
    """Metrics by replication, from the values of each metric."""
    n = len(next(iter(metrics.values())))
    return {r: {name: float(values[r]) for name, values in metrics.items()} for r in range(n)}


def rising(start, n=12):
    return start + np.arange(n) % 5


def test_what_is_worse_depends_on_which_direction_is_better():
    today = runs(wait_mean=rising(30), promise_kept_share=rising(50), profit=rising(500), orders_placed=rising(9))
    other = runs(wait_mean=rising(33), promise_kept_share=rising(55), profit=rising(400), orders_placed=rising(1))
    found = worse_off(today, {"x": other})["x"]
    assert [row.metric for row in found] == ["profit", "wait_mean"]
    assert [row.change.mean for row in found] == pytest.approx([-100, 3])
    back = worse_off(other, {"x": today})["x"]
    assert [row.metric for row in back] == ["promise_kept_share"]


def test_the_error_is_shared_by_all_figures_and_all_ways_of_working():
    random = np.random.default_rng(3)
    today = {name: 10 + random.normal(size=30) for name in QUEUES}
    step = random.normal(size=30)
    step = (step - step.mean()) / step.std(ddof=1)
    # The mean over its standard error is t: once a little beyond the joint limit, once what one way alone would need.
    limit, alone = (stats.t.ppf(1 - 0.05 / (40 * ways) / 2, 29) for ways in (2, 1))
    for t, named in ((limit * 1.01, ["d0.queue_wait_mean"]), ((limit + alone) / 2, [])):
        change = (t / math.sqrt(30) + step) * 0.8
        other = {**today, QUEUES[0]: today[QUEUES[0]] + change}
        found = worse_off(runs(**today), {"x": runs(**other), "y": runs(**today)})
        assert [row.metric for row in found["x"]] == named
        assert found["y"] == []


def test_nobody_is_named_wrongly_more_often_than_allowed():
    # 5 % of 300 at most; 15 + 3.3 standard errors. Differences are skewed: exponential with mean zero.
    wrong = 0
    for seed in range(300):
        random = np.random.default_rng(seed)
        today = {name: np.full(20, 10.0) for name in QUEUES[:10]}
        other = {name: values + 3 * (random.exponential(size=20) - 1) for name, values in today.items()}
        wrong += bool(worse_off(runs(**today), {"x": runs(**other)})["x"])
    assert wrong <= 27


def test_small_changes_and_parts_of_other_figures_are_not_told():
    base = rising(100)
    today = runs(
        **{"wait_mean": base, "wait_hours.queue.d0": base, "policy_cost": base, "wait_p90": base, "cost": base}
    )
    other = dict.fromkeys(("wait_hours.queue.d0", "policy_cost", "cost"), base * 1.5)
    other |= {"wait_mean": base + base.mean() * (LEAST - 0.001), "wait_p90": base + base.mean() * (LEAST + 0.001)}
    assert [row.metric for row in worse_off(today, {"x": runs(**other)})["x"]] == ["wait_p90"]


def test_holes_leave_pairs_out_and_what_is_zero_today_is_infinitely_worse():
    zero, more = np.zeros(12), np.full(12, 3.0)
    today, other = runs(wait_p90=zero, wait_mean=rising(5)), runs(wait_p90=more, wait_mean=rising(9))
    other[3]["wait_mean"] = math.nan
    del other[4]
    first, second = worse_off(today, {"x": other})["x"]
    assert (first.metric, first.relative, first.change.n) == ("wait_p90", math.inf, 11)
    assert (second.metric, second.change.n) == ("wait_mean", 10)


def test_a_few_equal_differences_show_nothing():
    for n, named in ((3, []), (12, ["wait_mean"])):
        found = worse_off(runs(wait_mean=rising(5, n)), {"x": runs(wait_mean=rising(9, n))})
        assert [row.metric for row in found["x"]] == named
    assert worse_off(runs(wait_mean=[5.0]), {"x": runs(wait_mean=[9.0])}) == {"x": []}
