"""The books of random companies: every hour has one holder, no order is lost, nobody works more than they are there."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from sim.measures.metrics import metrics
from sim.measures.record import ABANDONED, DECLINED, DELIVERED, OPEN, Record
from sim.policies import Portfolio, portfolio
from tests.properties.companies import Data, companies, portfolios, run, world_of

books = settings(derandomize=True, deadline=None, max_examples=35)


def measured(record: Record) -> np.ndarray:
    return record.orders[record.orders["measured"] == 1]


def held_and_waited(record: Record, *outcomes: int) -> tuple[dict[int, int], dict[int, int]]:
    """By order: the sum of its parts, and delivered minus placed [ms]."""
    held: dict[int, int] = {}
    for order, _, opened, closed in record.parts.tolist():
        held[order] = held.get(order, 0) + opened + closed
    orders = measured(record)
    done = orders[(orders["delivered"] >= 0) & np.isin(orders["outcome"], outcomes)]
    waits = (done["delivered"] - done["placed"]).tolist()
    return held, dict(zip(done["order"].tolist(), waits, strict=True))


@given(companies(), portfolios)
@books
def test_the_parts_of_every_delivered_order_add_up_to_its_wait_exactly(data: Data, chosen: Portfolio) -> None:
    record = run(world_of(data, chosen)[1])
    parts = record.parts
    assert (parts["open"] >= 0).all()
    assert (parts["closed"] >= 0).all()
    assert len(np.unique(parts[["order", "cause"]])) == len(parts)
    held, waits = held_and_waited(record, DELIVERED)
    assert waits == {order: held.get(order, 0) for order in waits}
    assert set(held) <= set(measured(record)["order"].tolist())


def test_parts_add_up_for_orders_that_are_delivered_but_not_over_when_time_runs_out() -> None:
    data = {
        "name": "slow_billing", "time": {"horizon": "2 weeks", "drain": "1 week"},
        "departments": {"desk": {"staff": 1}, "billing": {"staff": 1}},
        "routes": {"r": [
            {"step": "serve", "department": "desk", "work": {"mean": "1 h", "cv": 1}, "delivers": True},
            {"step": "invoice", "department": "billing", "work": {"mean": "4 h", "cv": 1}},
        ]},
        "orders": {"k": {"route": "r", "value": {"mean": 1, "cv": 0}}},
        "demand": {"kind": "stream", "rate": "0.5 per h"},
    }  # fmt: skip
    held, waits = held_and_waited(run(world_of(data)[1]), DELIVERED, OPEN)
    assert waits == {order: held.get(order, 0) for order in waits}


@given(companies(), portfolios)
@books
def test_every_order_placed_is_delivered_abandoned_declined_or_counted_as_unfinished(
    data: Data, chosen: Portfolio
) -> None:
    scenario, world = world_of(data, chosen)
    record = run(world)
    orders = record.orders
    assert len(np.unique(orders["order"])) == len(orders)
    found = metrics(scenario, chosen, world, record)
    placed = measured(record)
    outcomes = placed["outcome"]
    gone = (outcomes == ABANDONED).sum() + (outcomes == DECLINED).sum()
    assert found["orders_placed"] == found["orders_delivered"] + gone + found["orders_unfinished"]
    assert ((placed["placed"] >= world.window_begin) & (placed["placed"] < world.window_end)).all()
    # Only a world that ran out of time leaves measured orders open.
    assert record.ended == world.stop or not (outcomes == OPEN).any()
    if "patience" not in data:
        assert not (orders["outcome"] == ABANDONED).any()
    if not any(step.get("quotes") for steps in data["routes"].values() for step in steps):
        assert not (orders["outcome"] == DECLINED).any()


@given(companies(), portfolios)
@books
def test_an_order_is_placed_answered_delivered_and_ended_in_this_order(data: Data, chosen: Portfolio) -> None:
    orders = run(world_of(data, chosen)[1]).orders
    done = orders[orders["outcome"] == DELIVERED]
    assert (done["delivered"] >= done["answered"]).all()
    assert (done["answered"] >= done["placed"]).all()
    assert (done["ended"] >= done["delivered"]).all()
    invoiced = done[done["invoiced"] >= 0]
    assert (invoiced["invoiced"] >= invoiced["delivered"]).all()
    gone = orders[orders["outcome"] == ABANDONED]
    assert (gone["answered"] == -1).all()
    assert (gone["delivered"] == -1).all()
    assert (gone["ended"] >= gone["placed"]).all()
    for name in ("dissatisfied", "experience"):
        known = orders[name][~np.isnan(orders[name])]
        assert ((known >= 0) & (known <= 1)).all()


@given(companies(), portfolios)
@books
def test_sums_are_never_negative_and_parts_never_exceed_wholes(data: Data, chosen: Portfolio) -> None:
    record = run(world_of(data, chosen)[1])
    d, p = ({name: np.array(values) for name, values in sums.items()} for sums in (record.departments, record.pairs))
    for values in [*d.values(), *p.values()]:
        assert (values >= 0).all()
    for part, whole in (("queue", "in_system"), ("helping", "busy"), ("own_dropped", "own_dropped")):
        assert (d[part] <= d[whole]).all()
    for part, whole in (
        ("answered", "requests"),
        ("in_time", "answered"),
        ("incomplete", "handoffs"),
        ("noticed", "incomplete"),
    ):
        assert (p[part] <= p[whole]).all(), part


@given(companies())
@books
def test_nobody_works_more_than_they_are_there(data: Data) -> None:
    record = run(world_of(data)[1])
    assert all(b <= p for b, p in zip(record.departments["busy"], record.departments["present"], strict=True))


@given(companies())
@books
def test_a_company_of_always_open_departments_has_no_closed_hours(data: Data) -> None:
    departments = {name: spec | {"calendar": "always"} for name, spec in data["departments"].items()}
    record = run(world_of(data | {"departments": departments})[1])
    assert not record.parts["closed"].any()


@given(companies())
@books
def test_complete_hand_offs_and_no_needs_leave_only_queue_work_and_transport(data: Data) -> None:
    routes = {r: [{k: v for k, v in s.items() if k != "needs"} for s in steps] for r, steps in data["routes"].items()}
    world = world_of(data | {"routes": routes, "cooperation": {"completeness": 1}})[1]
    record = run(world)
    orders = record.orders
    assert not (orders["clarifications"] + orders["needs"] + orders["redos"] + orders["problem"]).any()
    holders = len(world.departments) + len(world.transports)
    assert set((record.parts["cause"] // holders).tolist()) <= {0, 1, 5}
    assert not any(record.pairs["requests"])


def test_the_empty_portfolio_is_today() -> None:
    assert portfolio([]).key == ""
