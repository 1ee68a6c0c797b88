"""From the record of a run to its metrics."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World
from sim.measures import possible
from sim.measures.economics import money
from sim.measures.record import ABANDONED, DECLINED, DELIVERED, OPEN, Record
from sim.policies.policy import Portfolio
from sim.rules.attribution import CAUSES, DISPUTE
from sim.rules.calendar import opened
from sim.rules.internal_service import satisfaction
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK, HOURS_PER_YEAR, MS_PER_HOUR

NAN = float("nan")


def metrics(scenario: Scenario, portfolio: Portfolio, world: World, record: Record) -> dict[str, float]:
    """Return every metric of a run by its name; nan where it does not apply.

    Raises nothing: a run in which nothing happened has zero orders and nan means.
    """
    placed = record.orders[record.orders["measured"] == 1]
    delivered = placed[placed["delivered"] >= 0]
    result = _waits(delivered, record)
    result |= _orders(placed, delivered, world.payment_term)
    result |= _customers(scenario, record, world)
    result |= money(scenario, portfolio, world, placed)
    result |= _causes(world, record, len(delivered))
    result |= _staff_time(scenario, world, record)
    result |= _departments(scenario, world, record)
    result |= _pairs(world, record)
    return result


def ratio(part: float, whole: float) -> float:
    """Return part / whole, nan when there is no whole."""
    return part / whole if whole else NAN


def _mean(values: NDArray[Any]) -> float:
    return float(np.mean(values)) if len(values) else NAN


def _waits(delivered: NDArray[Any], record: Record) -> dict[str, float]:
    waits = (delivered["delivered"] - delivered["placed"]) / MS_PER_HOUR
    p50, p90, p95 = np.quantile(waits, [0.5, 0.9, 0.95]) if len(waits) else (NAN, NAN, NAN)
    return {
        "wait_mean": _mean(waits),
        "wait_p50": float(p50),
        "wait_p90": float(p90),
        "wait_p95": float(p95),
        "wait_open_mean": ratio(float(record.parts["open"].sum()) / MS_PER_HOUR, len(delivered)),
    }


def _orders(placed: NDArray[Any], delivered: NDArray[Any], payment_term: int) -> dict[str, float]:
    n = len(placed)
    promised = delivered[delivered["promised"] >= 0]
    first_time = (
        (delivered["clarifications"] == 0)
        & (delivered["needs"] == 0)
        & (delivered["redos"] == 0)
        & (delivered["problem"] == 0)
    )
    paid = delivered[delivered["invoiced"] >= 0]
    refunded = delivered[delivered["compensated"] >= 0]
    foreseen = delivered[~np.isnan(delivered["forecast"])]
    quotes = placed["quote"][~np.isnan(placed["quote"])]
    return {
        "orders_placed": float(n),
        "orders_delivered": float(np.sum(placed["outcome"] == DELIVERED) + _in_aftermath(placed)),
        "orders_unfinished": float(np.sum((placed["outcome"] == OPEN) & (placed["delivered"] < 0))),
        "abandoned_share": ratio(float(np.sum(placed["outcome"] == ABANDONED)), n),
        "lost_sale_share": ratio(float(np.sum(placed["outcome"] == DECLINED)), n),
        "promise_kept_share": _mean(promised["delivered"] <= promised["promised"]),
        "quote_mean": _mean(quotes),
        "unsatisfied_share": _mean(delivered["dissatisfied"]),
        "problem_share": _mean(delivered["problem"] > 0),
        "complaint_share": _mean(delivered["told"] > 0),
        "right_first_time_share": _mean(first_time),
        "compensation_wait_mean": _mean((refunded["compensated"] - refunded["complained"]) / MS_PER_HOUR),
        "enquiries_per_order": _mean(delivered["enquiries"]),
        "dispute_share": _mean(delivered["disputes"] > 0),
        "forecast_kept_share": _mean(foreseen["delivered"] <= foreseen["promised"]),
        "days_to_cash": _mean((paid["invoiced"] - paid["delivered"] + payment_term) / MS_PER_HOUR / 24.0),
    }


def _in_aftermath(placed: NDArray[Any]) -> float:
    """Return the orders that have been delivered but whose later steps were not over when the run ended."""
    return float(np.sum((placed["outcome"] == OPEN) & (placed["delivered"] >= 0)))


def _customers(scenario: Scenario, record: Record, world: World) -> dict[str, float]:
    years = record.customer_time / MS_PER_HOUR / HOURS_PER_YEAR
    lives = scenario.churn is not None and world.demand.customers > 0
    weeks = record.weeks
    inside = weeks[(weeks["begin"] >= world.window_begin) & (weeks["begin"] < world.window_end)]
    counted = inside["satisfaction"][~np.isnan(inside["satisfaction"])]
    known = record.customer_time > 0
    judged = record.orders["experience"][record.orders["measured"] == 1]
    return {
        "churn_per_year": ratio(record.left, years) if lives else NAN,
        "customers_end": float(record.customers_end) if known else NAN,
        "customers_joined": float(record.joined) if known else NAN,
        "customers_left": float(record.left) if lives else NAN,
        "satisfaction_mean": _mean(counted) if known else _mean(judged[~np.isnan(judged)]),
    }


def _causes(world: World, record: Record, delivered: int) -> dict[str, float]:
    names = [*world.departments, *world.transports]
    n = len(names)
    held = np.bincount(record.parts["cause"], weights=record.parts["open"], minlength=DISPUTE * n + n * n)
    hours = held / MS_PER_HOUR
    total = float(hours.sum())
    by_kind = [float(hours[k * n : (k + 1) * n].sum()) for k in range(DISPUTE)] + [float(hours[DISPUTE * n :].sum())]
    result = {f"wait_share.{cause}": ratio(by_kind[k], total) for k, cause in enumerate(CAUSES)}
    for k, i in sorted(possible.causes(world)):
        # A dispute counts for the department whose work it was about.
        part = hours[k * n + i] if k < DISPUTE else hours[(k + i) * n : (k + i + 1) * n].sum()
        result[f"wait_hours.{CAUSES[k]}.{names[i]}"] = ratio(float(part), delivered)
    return result


def _staff_time(scenario: Scenario, world: World, record: Record) -> dict[str, float]:
    # The company's own people: an outside supplier's time is not its staff's.
    own = [i for i, name in enumerate(world.departments) if scenario.departments[name].pay_share > 0.0]
    sums = {name: sum(values[i] for i in own) for name, values in record.departments.items()}
    occupied = sums["busy"] + sums["blocked"]
    return {
        "reported_share": ratio(record.reported, record.mended),
        "workaround_share": ratio(sums["workaround"] + sums["blocked"], occupied),
        "failure_demand_share": ratio(sums["failure_demand"], occupied),
    }


def _departments(scenario: Scenario, world: World, record: Record) -> dict[str, float]:
    window = world.window_end - world.window_begin
    result: dict[str, float] = {}
    for name in scenario.departments:
        i = world.departments.index(name)
        s = {key: values[i] for key, values in record.departments.items()}
        own = s["own_tasks"] + s["own_dropped"]
        result |= {
            f"{name}.utilisation": ratio(s["busy"], s["present"]),
            f"{name}.queue_wait_mean": ratio(s["waited"] / MS_PER_HOUR, s["left_queue"]),
            f"{name}.queue_length_mean": s["queue"] / window,
            f"{name}.in_system_mean": s["in_system"] / window,
            f"{name}.completed": float(s["completed"]),
            f"{name}.items_per_hour": ratio(s["completed"], s["present"] / MS_PER_HOUR),
            f"{name}.helping_share": ratio(s["helping"], s["present"]),
            f"{name}.blocked_share": ratio(s["blocked"], s["present"]),
            f"{name}.setups": float(s["setups"]),
            f"{name}.own_tasks_dropped_share": ratio(s["own_dropped"], own),
        }
    return result


def _pairs(world: World, record: Record) -> dict[str, float]:
    n = len(world.departments)
    window = world.window_end - world.window_begin
    calendars = [world.calendars[number] for number in world.department_calendar]
    opening = [opened(c, world.window_end) - opened(c, world.window_begin) for c in calendars]
    result: dict[str, float] = {}
    for i, j in sorted(possible.requests(world)):
        pair = f"{world.departments[i]}->{world.departments[j]}"
        s = {key: values[i * n + j] for key, values in record.pairs.items()}
        in_time = ratio(s["in_time"], s["in_time"] + s["late"])
        complete = 1.0 - ratio(s["incomplete"], s["handoffs"])
        disputed = ratio(s["disputes"], s["handoffs"])
        known = [1.0 if math.isnan(v) else v for v in (in_time, complete, 1.0 - disputed)]
        nothing = math.isnan(in_time) and math.isnan(complete)
        result |= {
            f"{pair}.requests": float(s["requests"]),
            f"{pair}.request_wait_mean": ratio(s["waited"] / MS_PER_HOUR, s["answered"]),
            f"{pair}.in_time_share": in_time,
            f"{pair}.completeness": complete,
            f"{pair}.dispute_share": disputed,
            f"{pair}.internal_satisfaction": NAN if nothing else satisfaction(*known),
            f"{pair}.waiting_mean": s["waiting"] / window,
            f"{pair}.waiting_hours": s["waiting"] / window * HOURS_PER_WEEK,
            f"{pair}.blocked_people": ratio(s["blocked"], opening[i]),
        }
    return result
