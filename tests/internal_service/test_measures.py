"""The figures of internal service, each computed again from the record, the log or the other figures."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache

import pytest

from sim import load_scenario, with_weeks
from sim.arrays import build
from sim.engines import engine
from sim.engines.streams import ITEMS, LOG_EVENTS
from sim.measures.metrics import metrics
from sim.policies import portfolio
from tests.internal_service.companies import HOUR, Data, Seen, company, hours, step

WORKAROUNDS = ("clarification", "dispute", "enquiry", "question")


@lru_cache
def shipped(name: str) -> tuple[dict[str, float], object, object]:
    scenario = with_weeks(load_scenario(name), 8)
    chosen = portfolio([])
    world = build(scenario, chosen)
    record = engine("reference")(world, 23, 0, log=True)
    return metrics(scenario, chosen, world, record), world, record


@pytest.mark.parametrize("name", ["levante", "cadena"])
def test_internal_satisfaction_is_in_time_times_complete_times_undisputed(name: str) -> None:
    m, *_ = shipped(name)
    pairs = [n.rpartition(".")[0] for n in m if n.endswith(".internal_satisfaction")]
    assert len(pairs) > 8
    for pair in pairs:
        shares = [m[f"{pair}.{what}"] for what in ("in_time_share", "completeness")]
        disputed = m[f"{pair}.dispute_share"]
        known = [1.0 if math.isnan(s) else s for s in (*shares, 1 - disputed)]
        if all(math.isnan(s) for s in shares):
            assert math.isnan(m[f"{pair}.internal_satisfaction"])
        else:
            assert m[f"{pair}.internal_satisfaction"] == pytest.approx(math.prod(known))


@pytest.mark.parametrize("name", ["levante", "cadena"])
def test_who_waits_for_whom_is_rate_times_wait(name: str) -> None:
    m, world, record = shipped(name)
    window = (world.window_end - world.window_begin) / HOUR
    for key in [n for n in m if n.endswith(".waiting_mean")]:
        pair = key.rpartition(".")[0]
        asker, asked = (world.departments.index(d) for d in pair.split("->"))
        pair_number = asker * len(world.departments) + asked
        requests, answered = (record.pairs[what][pair_number] for what in ("requests", "answered"))
        assert answered <= requests == m[f"{pair}.requests"]
        assert m[f"{pair}.waiting_hours"] == pytest.approx(m[key] * 168), pair
        if requests >= 100:
            # Little's law; those who asked before the window or have no answer at its end make the difference.
            assert m[key] == pytest.approx(requests / window * m[f"{pair}.request_wait_mean"], rel=0.25), pair


def test_the_number_that_waits_for_it_is_that_of_the_requests_in_the_log() -> None:
    m, world, record = shipped("levante")
    # Every request to IT comes from a blocked person or an order's need; both stand in IT's queue until answered.
    asked: dict[tuple[int, int], list[int]] = defaultdict(list)
    area, begin, end = 0, world.window_begin, world.window_end
    it = world.departments.index("it")
    for time, event, holder, order, kind in record.log:
        if holder != it or kind < 0 or ITEMS[kind] not in ("request", "blocking", "question"):
            continue
        if LOG_EVENTS[event] == "arrived":
            asked[order, kind].append(time)
        elif LOG_EVENTS[event] == "finished":
            since = asked[order, kind].pop(0)
            area += max(0, min(time, end) - max(since, begin))
    area += sum(max(0, end - max(since, begin)) for still in asked.values() for since in still)
    waiting = sum(value for name, value in m.items() if name.endswith("->it.waiting_mean"))
    assert waiting == pytest.approx(area / (end - begin))


def flawed() -> Data:
    """Three departments always open, never short of people: every kind of workaround but blocked people."""
    plenty = {"staff": 60, "discipline": "fifo"}
    route = [
        step("quote", "desk", 1, quotes=True),
        step("make", "plant", 2, needs=[{"from": "desk", "probability": 0.3, "work": hours(0.5)}]),
        step("send", "yard", 1, delivers=True),
    ]
    return company(
        route, {"desk": plenty, "plant": plenty, "yard": plenty}, rate="2 per h",
        cooperation={
            "completeness": 0.6, "trust": 0.3, "setup": "0.25 h", "visibility": 0.5, "enquiry_interval": "1 h",
        },
        promise={"house": "3 h", "acceptance": 1},
        enquiries={"department": "desk", "work": hours(0.1), "question": hours(0.2)},
        complaints={"department": "desk", "work": hours(0.5)},
    )  # fmt: skip


def test_the_workaround_and_failure_demand_shares_add_up_from_the_log() -> None:
    seen = Seen(flawed())
    begin, end = seen.world.window_begin, seen.world.window_end
    started: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    spent: dict[str, int] = defaultdict(int)
    setups = 0
    for time, event, holder, order, kind in seen.record.log:
        what, item = LOG_EVENTS[event], (holder, order, kind)
        if what == "started":
            started[item].append(time)
        elif what == "finished":
            since = started[item].pop(0)
            length = max(0, min(time, end) - max(since, begin))
            # Steps take an hour or two; what lasts a quarter of an hour is the look before parking the order.
            is_setup = ITEMS[kind] == "step" and time - since == HOUR // 4
            setups += length if is_setup else 0
            spent[ITEMS[kind]] += length
    # People still at work when the run ends are in the books but not in the log.
    total = sum(spent.values())
    assert sum(seen.record.departments["busy"]) == pytest.approx(total, rel=1e-3)
    around = sum(spent[kind] for kind in WORKAROUNDS) + setups
    assert min(spent[kind] for kind in WORKAROUNDS) > 0
    assert setups > 0
    assert seen.metrics["workaround_share"] == pytest.approx(around / total, rel=2e-3)
    failure = sum(spent[kind] for kind in ("redo", "complaint", "enquiry", "question", "refund", "repair"))
    assert seen.metrics["failure_demand_share"] == pytest.approx(failure / total, rel=2e-3)


def test_blocked_time_counts_as_a_workaround() -> None:
    data = company([step("serve", "desk", 1, delivers=True)], {"desk": {"staff": 40}, "tools": {"staff": 40}})
    data["departments"]["desk"]["worker_needs"] = {"from": "tools", "rate": 1.0, "work": hours(0.5)}
    seen = Seen(data)
    d = seen.record.departments
    assert sum(d["workaround"]) == 0
    occupied = sum(d["busy"]) + sum(d["blocked"])
    assert seen.metrics["workaround_share"] == pytest.approx(sum(d["blocked"]) / occupied)


@pytest.mark.parametrize("name", ["levante", "cadena"])
def test_every_cause_of_the_wait_is_there_and_the_shares_add_up(name: str) -> None:
    m, *_ = shipped(name)
    shares = {key: value for key, value in m.items() if key.startswith("wait_share.")}
    assert math.fsum(shares.values()) == pytest.approx(1)
    by_holder = math.fsum(value for key, value in m.items() if key.startswith("wait_hours."))
    assert m["wait_open_mean"] == pytest.approx(by_holder)
    for cause in ("queue", "work", "clarification", "need", "redo", "blocked", "dispute"):
        assert shares[f"wait_share.{cause}"] > 0, cause
