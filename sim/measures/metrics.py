"""From the record of a run to its metrics."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World
from sim.measures.basis import Basis, basis
from sim.measures.economics import money
from sim.measures.record import ABANDONED, DECLINED, DELIVERED, OPEN, Record
from sim.measures.shares import NAN, ratio
from sim.measures.staff import staff
from sim.measures.turned import Turned, turned
from sim.policies.policy import Portfolio
from sim.rules.attribution import CAUSES, DISPUTE
from sim.rules.internal_service import satisfaction
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK, HOURS_PER_YEAR, MS_PER_HOUR

WAIT_SHARES = tuple(f"wait_share.{cause}" for cause in CAUSES)


Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]


def metrics(scenario: Scenario, portfolio: Portfolio, world: World, record: Record) -> dict[str, float]:
    """Return every metric of a run by its name; nan where it does not apply.

    Raises nothing: a run in which nothing happened has zero orders and nan means.
    """
    return measure(basis(scenario, portfolio, world), record)


def measure(given: Basis, record: Record) -> dict[str, float]:
    """Return every metric of a run by its name, from what all runs of its setting have in common."""
    placed = turned(record.orders).measured()
    delivered = placed["delivered"] >= 0
    n = int(np.count_nonzero(delivered))
    value = _sum(_of(placed.real("value"), delivered, n))
    held = np.array(record.held, dtype=np.float64)
    result = _waits(_of(placed["delivered"] - placed["placed"], delivered, n), sum(record.held))
    result |= _orders(placed, delivered, n, given.payment_term)
    result |= _customers(given, record, placed.real("experience"))
    result |= money(given.budget, record, value, _sum(placed.real("extra_cost")))
    result |= _causes(given, held, n)
    result |= _staff_time(given, record)
    result |= staff(given, record)
    result |= _faults(given, record, n)
    _departments(result, given, record)
    _pairs(result, given, record)
    return result


def _of(values: NDArray[Any], chosen: Chosen, n: int) -> NDArray[Any]:
    """Return the n values that are chosen; without a copy if all are."""
    return values if n == len(values) else values[chosen]


def _sum(values: Floats) -> float:
    # What np.sum and np.mean come down to, without what they cost on the way: it is pairwise, as theirs is.
    return float(np.add.reduce(values))


def _mean(values: Floats) -> float:
    return _sum(values) / len(values) if len(values) else NAN


def _count(chosen: Chosen) -> int:
    return int(np.count_nonzero(chosen))


def _known(values: Floats) -> Floats:
    """Return the values that are not nan."""
    known: Floats = values[values == values]  # noqa: PLR0124
    return known


def quantile(ascending: NDArray[Any], q: float) -> float:
    """Return the q-quantile of values in ascending order, bit for bit that of numpy's linear method.

    Examples
    --------
    >>> quantile(np.array([1.0, 2.0, 4.0]), 0.9) == float(np.quantile([4.0, 1.0, 2.0], 0.9))
    True
    """
    place = (len(ascending) - 1) * q
    low = int(place)
    below, above = float(ascending[low]), float(ascending[min(low + 1, len(ascending) - 1)])
    part, step = place - low, above - below
    return above - step * (1.0 - part) if part >= 0.5 else below + step * part


def _waits(waits: NDArray[Any], held: int) -> dict[str, float]:
    n = len(waits)
    # Whole numbers are sorted much faster than numpy finds quantiles, and sorted milliseconds are sorted hours.
    near = np.sort(waits) / MS_PER_HOUR
    p50, p90, p95 = (quantile(near, q) for q in (0.5, 0.9, 0.95)) if n else (NAN, NAN, NAN)
    return {
        "wait_mean": _mean(waits / MS_PER_HOUR),
        "wait_p50": p50,
        "wait_p90": p90,
        "wait_p95": p95,
        "wait_open_mean": ratio(float(held) / MS_PER_HOUR, n),
    }


def _orders(placed: Turned, delivered: Chosen, n: int, payment_term: int) -> dict[str, float]:
    all_placed = len(delivered)
    at, outcome, promised = placed["delivered"], placed["outcome"], placed["promised"]
    invoiced, refunded = placed["invoiced"], placed["compensated"]
    # Of delivered orders alone: an order without a promise is not in time, its promise being before every instant.
    in_time = delivered & (at <= promised)
    with_promise = delivered & (promised >= 0)
    forecast = placed.real("forecast")
    foreseen = delivered & (forecast == forecast)  # noqa: PLR0124 - not nan
    trouble = placed["clarifications"] | placed["needs"] | placed["redos"] | placed["problem"]
    paid, given_back = delivered & (invoiced >= 0), delivered & (refunded >= 0)
    still_open, gave_up = outcome == OPEN, outcome == ABANDONED
    asked = placed["clarifications"] | placed["needs"]
    in_aftermath = _count(still_open & delivered)  # Their later steps were not over when the run ended.
    return {
        "orders_placed": float(all_placed),
        "orders_delivered": float(_count(outcome == DELIVERED) + in_aftermath),
        "orders_unfinished": float(_count(still_open) - in_aftermath),
        "abandoned_share": ratio(_count(gave_up), all_placed),
        "abandoned_after_asking_share": ratio(_count(gave_up & (asked > 0)), all_placed),
        "lost_sale_share": ratio(_count(outcome == DECLINED), all_placed),
        "promise_kept_share": ratio(_count(in_time), _count(with_promise)),
        "quote_mean": _mean(_known(placed.real("quote"))),
        "unsatisfied_share": _mean(_of(placed.real("dissatisfied"), delivered, n)),
        "problem_share": ratio(_count(delivered & (placed["problem"] > 0)), n),
        "complaint_share": ratio(_count(delivered & (placed["told"] > 0)), n),
        "right_first_time_share": ratio(_count(delivered & (trouble == 0)), n),
        "compensation_wait_mean": _mean((refunded[given_back] - placed["complained"][given_back]) / MS_PER_HOUR),
        "enquiries_per_order": ratio(int(_of(placed["enquiries"], delivered, n).sum()), n),
        "dispute_share": ratio(_count(delivered & (placed["disputes"] > 0)), n),
        "forecast_kept_share": ratio(_count(foreseen & in_time), _count(foreseen)),
        "days_to_cash": _mean((invoiced[paid] - at[paid] + payment_term) / MS_PER_HOUR / 24.0),
    }


def _customers(given: Basis, record: Record, experience: Floats) -> dict[str, float]:
    years = record.customer_time / MS_PER_HOUR / HOURS_PER_YEAR
    lives = given.lives
    known = record.customer_time > 0
    if known:
        begin, weekly = record.weeks["begin"], record.weeks["satisfaction"]
        judged = weekly[(begin >= given.begin) & (begin < given.end)]
    else:
        judged = experience
    return {
        "churn_per_year": ratio(record.left, years) if lives else NAN,
        "customers_end": float(record.customers_end) if known else NAN,
        "customers_joined": float(record.joined) if known else NAN,
        "customers_left": float(record.left) if lives else NAN,
        "satisfaction_mean": _mean(_known(judged)),
    }


def _faults(given: Basis, record: Record, delivered: int) -> dict[str, float]:
    handoffs, incomplete = sum(record.pairs["handoffs"]), sum(record.pairs["incomplete"])
    begin = record.weeks["begin"]
    left = record.weeks["improvable"][begin < given.end]
    return {
        "incomplete_share": ratio(incomplete, handoffs),
        "improvable_end": float(left[-1]) if len(left) else NAN,
        "redundant_steps_per_order": ratio(record.redundant, delivered) if given.applies.redundancy else NAN,
    }


def _causes(given: Basis, held: Floats, delivered: int) -> dict[str, float]:
    n = given.holders
    hours = held / MS_PER_HOUR
    plain, disputes = hours[: DISPUTE * n], hours[DISPUTE * n :]
    total = _sum(hours)
    by_kind = [*np.add.reduce(plain.reshape(DISPUTE, n), axis=1).tolist(), _sum(disputes)]
    # A dispute counts for the department whose work it was about.
    by_holder = [*plain.tolist(), *np.add.reduce(disputes.reshape(n, n), axis=1).tolist()]
    result = {name: ratio(part, total) for name, part in zip(WAIT_SHARES, by_kind, strict=True)}
    for k, i, name in given.places:
        result[name] = ratio(by_holder[k * n + i], delivered)
    return result


def _staff_time(given: Basis, record: Record) -> dict[str, float]:
    def total(name: str) -> int:
        values = record.departments[name]
        return sum(values[i] for i in given.staff)

    blocked = total("blocked")
    occupied = total("busy") + blocked
    return {
        "reported_share": ratio(record.reported, record.mended),
        "workaround_share": ratio(total("workaround") + blocked, occupied),
        "failure_demand_share": ratio(total("failure_demand"), occupied),
    }


def _departments(result: dict[str, float], given: Basis, record: Record) -> None:
    window = given.end - given.begin
    sums = record.departments
    for i, names in given.departments:
        present, completed, dropped = sums["present"][i], sums["completed"][i], sums["own_dropped"][i]
        values = (
            ratio(sums["busy"][i], present),
            ratio(sums["waited"][i] / MS_PER_HOUR, sums["left_queue"][i]),
            sums["queue"][i] / window,
            sums["in_system"][i] / window,
            float(completed),
            ratio(completed, present / MS_PER_HOUR),
            ratio(sums["helping"][i], present),
            ratio(sums["blocked"][i], present),
            float(sums["setups"][i]),
            ratio(dropped, sums["own_tasks"][i] + dropped),
        )
        result.update(zip(names, values, strict=True))


def _pairs(result: dict[str, float], given: Basis, record: Record) -> None:
    window = given.end - given.begin
    sums = record.pairs
    for pair, opening, names in given.pairs:
        kept, handoffs, waiting = sums["in_time"][pair], sums["handoffs"][pair], sums["waiting"][pair]
        in_time = ratio(kept, kept + sums["late"][pair])
        complete = 1.0 - ratio(sums["incomplete"][pair], handoffs)
        disputed = ratio(sums["disputes"][pair], handoffs)
        known = [1.0 if math.isnan(v) else v for v in (in_time, complete, 1.0 - disputed)]
        nothing = math.isnan(in_time) and math.isnan(complete)
        values = (
            float(sums["requests"][pair]),
            ratio(sums["waited"][pair] / MS_PER_HOUR, sums["answered"][pair]),
            in_time,
            complete,
            disputed,
            NAN if nothing else satisfaction(*known),
            waiting / window,
            waiting / window * HOURS_PER_WEEK,
            ratio(sums["blocked"][pair], opening),
        )
        result.update(zip(names, values, strict=True))
