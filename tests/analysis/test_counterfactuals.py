"""Without a cause, and what makes up a difference: against counting by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.counterfactuals import World, account, pairs_account, together, without_each
from experiments.analysis.mean_interval import interval

keys = st.frozensets(st.integers(0, 2**47 - 1) | st.integers(0, 20), max_size=12)


@given(st.lists(st.tuples(keys, keys), min_size=1, max_size=6))
def test_shares_are_counted_customer_by_customer(pairs):
    world, other = (World({r: pair[k] for r, pair in enumerate(pairs)}) for k in (0, 1))
    (found,) = without_each(world, {"x": other}, ())
    saved, instead = [], []
    for lost, left in pairs:
        if lost:
            saved.append(sum(c not in left for c in lost) / len(lost))
            instead.append(sum(c not in lost for c in left) / len(lost))
    assert found.saved == interval(saved)
    assert found.lost_instead == interval(instead)
    if saved:
        assert found.net.mean == pytest.approx(found.saved.mean - found.lost_instead.mean, abs=1e-12)


def test_causes_stand_in_the_order_of_the_customers_they_cost_and_changes_are_paired():
    rows = {r: {"wait_mean": 10.0 * r} for r in range(4)}
    world = World({r: frozenset({1, 2}) for r in range(4)}, rows)
    little = World(dict.fromkeys(range(4), frozenset({1})), {r: {"wait_mean": 10.0 * r - 1} for r in range(4)})
    much = World(dict.fromkeys(range(3), frozenset()), {r: {"wait_mean": 10.0 * r - r} for r in range(3)})
    found = without_each(world, {"little": little, "much": much}, ("wait_mean",))
    assert [each.cause for each in found] == ["much", "little"]
    assert [(each.saved.mean, each.saved.n) for each in found] == [(1.0, 3), (0.5, 4)]
    assert [each.changes["wait_mean"].mean for each in found] == pytest.approx([-1.0, -1.0])


def test_a_cause_changes_nothing_only_if_everything_is_the_same():
    def world(lost=frozenset({1}), wait=2.0, other=math.nan):
        return World({0: lost}, {0: {"wait_mean": wait, "profit": other}})

    def said(other):
        return without_each(world(), {"x": other}, ())[0].changes_nothing

    assert said(world())
    assert not said(world(lost=frozenset({2})))
    assert not said(world(wait=2.5))
    assert not said(world(other=1.0))
    assert not said(World())


rows = st.lists(st.tuples(*[st.floats(-100, 100)] * 6), min_size=2, max_size=5)


@given(rows)
def test_parts_of_the_account_add_up_replication_by_replication(values):
    def metrics(parts, absent):
        names = ["wait_hours.queue.a", "wait_hours.work.a", "wait_hours.queue.b"]
        row = {name: part for name, part in zip(names, parts, strict=True) if name != absent}
        return {**row, "wait_open_mean": sum(row.values()), "a->b.waiting_hours": parts[0], "a->b.requests": 1.0}

    before = {r: metrics(row[:3], "wait_hours.queue.b") for r, row in enumerate(values)}
    after = {r: metrics(row[3:], "") for r, row in enumerate(values)}
    after[99] = metrics((1e9, 1e9, 1e9), "")  # A replication that only one world has says nothing.
    entries = account(before, after)
    assert [abs(e.change.mean) for e in entries] == sorted([abs(e.change.mean) for e in entries], reverse=True)
    whole = together(entries, "all")
    wanted = [after[r]["wait_open_mean"] - before[r]["wait_open_mean"] for r in before]
    assert whole.change.mean == pytest.approx(interval(wanted).mean, abs=1e-9)
    assert whole.before.mean + whole.change.mean == pytest.approx(
        sum(after[r]["wait_open_mean"] for r in before) / len(before), abs=1e-9
    )
    assert sum(e.change.mean for e in entries) == pytest.approx(whole.change.mean, abs=1e-9)
    assert [e.name for e in pairs_account(before, after)] == ["a->b.waiting_hours"]


def test_replications_in_which_a_world_delivers_nothing_are_left_out_of_the_account():
    known = {"wait_hours.queue.a": 2.0, "wait_open_mean": 2.0}
    nothing = {"wait_hours.queue.a": math.nan, "wait_open_mean": math.nan}
    more = {"wait_hours.queue.a": 5.0, "wait_hours.need.b": 1.0, "wait_open_mean": 6.0}
    entries = account({0: known, 1: nothing, 2: known}, {0: more, 1: more, 2: more})
    assert [(e.name, e.change.mean, e.change.n) for e in entries] == [
        ("wait_hours.queue.a", 3.0, 2),
        ("wait_hours.need.b", 1.0, 2),
    ]
    assert together(entries, "all").change.mean == 4.0
    assert account({0: nothing}, {0: more}) == []
