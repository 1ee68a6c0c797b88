"""Instants that coincide and that chance hardly ever brings about: both engines decide alike, and as the model says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from benchmarks.validate.configurations import Configuration
from sim.engines.streams import LOG_STARTED
from sim.orders import OrderRow
from tests.identity.both import assert_engines_agree

Data = dict[str, Any]
HOUR = 3_600_000


def always(hours: float) -> Data:
    return {"mean": f"{hours} h", "distribution": "deterministic"}


def company(departments: Data, **others: Any) -> Data:
    """One order type for each department, done there in an hour; everything takes whole hours."""
    return {
        "name": "instants", "time": {"horizon": "1 week", "drain": "0 h"}, "departments": departments,
        "routes": {name: [{"step": "serve", "department": name, "work": always(1)}] for name in departments},
        "orders": {
            name: {"route": name, "share": 1 / len(departments), "value": {"mean": 1, "cv": 0}} for name in departments
        },
        "demand": {"kind": "file"},
        "cooperation": {"setup": "0 h", "request_due": "1 h", "switching": "0 h"},
    } | others  # fmt: skip


def rows(*orders: tuple[float, str]) -> tuple[OrderRow, ...]:
    """Real orders: hours from the first midnight, and type."""
    begin = dt.datetime(2024, 1, 1)
    return tuple(
        OrderRow(i + 2, begin + dt.timedelta(hours=hours), f"c{i}", 1.0, None, kind)
        for i, (hours, kind) in enumerate(orders)
    )


def test_a_helper_has_the_choice_between_two_that_have_waited_equally_long():
    """The department that is named first is helped first."""
    fifo = {"staff": 1, "discipline": "fifo"}
    data = company(
        {"first": fifo, "second": fifo, "helper": fifo},
        cross_training={"pattern": "list", "helps": {"helper": ["first", "second"]}},
        helping={"trained_share": 1, "efficiency": 1},
    )
    data["routes"] |= {
        name: [{"step": "serve", "department": name, "work": always(10)}] for name in ("first", "second")
    }
    # Both are busy till ten; at one an order for each comes in; at two the helper is free.
    orders = rows((0, "first"), (0, "second"), (0, "helper"), (0, "helper"), (1, "second"), (1, "first"))
    world = Configuration(data, rows=orders).world()
    log = assert_engines_agree(world).log_rows().tolist()
    begun = {key: (at // HOUR, world.departments[place]) for at, event, place, key, _ in log if event == LOG_STARTED}
    assert begun[7] == (2, "first")
    assert begun[6] == (10, "second")


def test_a_request_that_is_due_when_the_run_ends_is_not_late_yet():
    slow = {"from": "slow", "probability": 1, "work": always(1000)}
    data = company({"desk": {"staff": 1, "discipline": "fifo"}, "slow": {"staff": 1, "discipline": "fifo"}})
    data["routes"]["desk"][0]["needs"] = [slow]
    orders = rows(*((float(hour), "desk") for hour in (0, 165, 166, 167)))
    world = Configuration(data, rows=orders).world()
    record = assert_engines_agree(world)
    assert record.ended == 168 * HOUR
    pair = world.departments.index("desk") * 2 + world.departments.index("slow")
    # Due at 1, 166, 167 and 168 hours; none is ever answered.
    assert (record.pairs["requests"][pair], record.pairs["late"][pair]) == (4, 3)


def test_an_order_that_comes_when_a_piece_of_work_ends_finds_its_worker_busy_with_the_next():
    data = company({"desk": {"staff": 1, "discipline": "priority"}})
    data["orders"] = {
        "patient": {"route": "desk", "share": 0.5, "priority": 1, "value": {"mean": 1, "cv": 0}},
        "urgent": {"route": "desk", "share": 0.5, "priority": 0, "value": {"mean": 1, "cv": 0}},
    }
    # At one the first is done; the second, patient, is taken before the third, urgent, is placed.
    world = Configuration(data, rows=rows((0, "patient"), (0, "patient"), (1, "urgent"))).world()
    log = assert_engines_agree(world).log_rows().tolist()
    begun = {key: at // HOUR for at, event, _, key, _ in log if event == LOG_STARTED}
    assert begun == {2: 0, 3: 1, 4: 2}
