"""What each policy of internal service promises, on the default company, and what it costs.

Each line compares two worlds in twenty paired replications (the same customers and luck) of eight weeks and asks
for a paired t above 2.093: a policy without effect would pass one direction with probability 2.5 %. Seeds are fixed.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pytest

from sim import with_weeks
from sim.arrays import build
from sim.engines import engine
from sim.engines.streams import ITEMS, LOG_EVENTS
from sim.measures.metrics import metrics
from sim.measures.record import Record
from sim.policies import Portfolio, portfolio
from sim.scenario.load import scenario_from_text

BASE = "extends: levante\ntime: {warm_up: 4 weeks, horizon: 8 weeks}\n"
REPLICATIONS, SEED = 20, 71
HOUR, AGREED = 3_600_000, 8.0
T_CRITICAL = 2.093
"""Student's t, 19 degrees of freedom, one-sided 2.5 %."""
POLICIES = ("internal_service_level", "parity", "capacity_visibility", "shared_goals", "learn_not_blame")
REQUESTS = ("clarification", "request", "blocking", "question")


@lru_cache(maxsize=256)
def world(policy: str, k: int, intensity: float = 1.0) -> dict[str, float]:
    """The metrics of one replication, with the requests' waits from the log; today's without a policy."""
    scenario = scenario_from_text(BASE)
    chosen = portfolio([(policy, intensity)] if policy else [])
    made = build(scenario, chosen)
    record = engine("compiled")(made, SEED, k, log=True)
    waits = request_waits(record, made.window_begin, made.window_end)
    answered = sum(record.pairs["answered"])
    hours = np.array([(begun - asked) / HOUR for asked, begun in waits])
    opening = np.array([open_hours(begun) - open_hours(asked) for asked, begun in waits])
    return metrics(scenario, chosen, made, record) | {
        "request p90": float(np.quantile(hours, 0.9)),
        "request overdue": float((opening > 2 * AGREED).mean()),
        "request mean": sum(record.pairs["waited"]) / answered / HOUR,
        "faults reported": float(record.reported),
    }


def open_hours(at: int) -> float:
    """Opening hours from the first day, a Monday, to an instant: Monday to Friday from 9 to 17."""
    days, rest = divmod(at, 24 * HOUR)
    weeks, day = divmod(days, 7)
    today = min(max(rest / HOUR - 9, 0), 8) if day < 5 else 0
    return weeks * 40 + min(day, 5) * 8 + today


def request_waits(record: Record, begin: int, end: int) -> list[tuple[int, int]]:
    """When a colleague was asked, and when the answer was begun, of the requests of the window."""
    asked: dict[tuple[int, int, int], list[int]] = {}
    found = []
    for time, event, holder, order, kind in record.log_rows().tolist():
        if kind < 0 or ITEMS[kind] not in REQUESTS:
            continue
        if LOG_EVENTS[event] == "arrived":
            asked.setdefault((holder, order, kind), []).append(time)
        elif LOG_EVENTS[event] == "started":
            since = asked[holder, order, kind].pop(0)
            if begin <= since < end:
                found.append((since, time))
    return found


def t(metric: str, policy: str) -> float:
    """Paired t of a policy's world against today's, of log ratios where everything is positive."""
    one, other = (np.array([world(p, k)[metric] for k in range(REPLICATIONS)]) for p in ("", policy))
    changes = np.log(other / one) if (one > 0).all() and (other > 0).all() else other - one
    error = float(changes.std(ddof=1)) / math.sqrt(REPLICATIONS)
    mean = float(changes.mean())
    if error <= 1e-12 * abs(mean):
        return math.copysign(math.inf, mean) if mean else 0.0
    return mean / error


DIRECTIONS = [
    # policy, what rises from today, what falls; with what it costs in money and in everybody's time
    # (of purchasing: what human resources have to do depends on who resigns)
    ("internal_service_level", ["policy_cost", "purchasing.utilisation"], []),
    ("parity", ["policy_cost", "purchasing.utilisation"], ["request mean", "request p90", "wait_share.clarification"]),
    ("capacity_visibility", ["quote_mean", "wait_hours.work.sales", "policy_cost"], []),
    ("shared_goals", ["wait_hours.work.sales", "policy_cost"], []),
    ("learn_not_blame", ["reported_share", "faults reported", "policy_cost"], ["dispute_share"]),
]


@pytest.mark.parametrize(("policy", "rises", "falls"), DIRECTIONS, ids=POLICIES)
def test_a_policy_moves_what_it_promises_and_what_it_costs(policy: str, rises: list[str], falls: list[str]) -> None:
    found = {metric: t(metric, policy) for metric in [*rises, *falls]}
    assert all(found[metric] > T_CRITICAL for metric in rises), found
    assert all(found[metric] < -T_CRITICAL for metric in falls), found


def test_capacity_visibility_keeps_more_promises_once_its_safety_time_has_been_learnt() -> None:
    # The policy takes weeks to be in force and starts without a safety time: the first six weeks are left out.
    scenario = with_weeks(scenario_from_text(BASE), 14)

    def kept(policies: tuple[str, ...], k: int) -> float:
        made = build(scenario, portfolio([(p, 1.0) for p in policies]))
        orders = engine("compiled")(made, SEED, k).orders
        since = made.window_begin + 6 * 168 * HOUR
        late_enough = (orders["placed"] >= since) & (orders["measured"] == 1) & (orders["delivered"] >= 0)
        return float((orders["delivered"] <= orders["promised"])[late_enough].mean())

    more = [kept(("capacity_visibility",), k) - kept((), k) for k in range(REPLICATIONS)]
    found = float(np.mean(more)) / (float(np.std(more, ddof=1)) / math.sqrt(REPLICATIONS))
    assert found > T_CRITICAL, (found, more)


def test_an_internal_service_level_makes_it_rarer_that_a_request_waits_twice_as_long_as_agreed() -> None:
    assert t("request overdue", "internal_service_level") < -T_CRITICAL


def test_equal_treatment_of_colleagues_does_not_shorten_the_queues_of_customers_orders() -> None:
    for department in ("sales", "warehouse", "support", "billing"):
        assert t(f"{department}.queue_wait_mean", "parity") > -T_CRITICAL, department


def test_the_new_policies_at_intensity_zero_change_no_bit() -> None:
    scenario = with_weeks(scenario_from_text(BASE), 2)

    def ran(chosen: Portfolio) -> tuple[object, ...]:
        r = engine("compiled")(build(scenario, chosen), SEED, 0)
        arrays = (r.orders, r.parts, r.customers, r.weeks)
        return (*(a.tobytes() for a in arrays), r.departments, r.pairs, r.reported, r.mended)

    today = ran(portfolio([]))
    assert today == ran(portfolio([(policy, 0.0) for policy in POLICIES]))
    assert today != ran(portfolio([("parity", 0.5)]))
