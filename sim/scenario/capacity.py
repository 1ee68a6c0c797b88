"""A first estimate, without simulating: how much of each department's capacity the orders ask for."""

from __future__ import annotations

import datetime as dt

from sim.rules.promise import acceptance
from sim.scenario.company import Scenario
from sim.scenario.flow import expected_visits, fundamental, transitions, without
from sim.scenario.orders import CustomerDemand, Step, StreamDemand
from sim.scenario.organisation import WeekCalendar

ALWAYS = "always"
"""Name of the built-in calendar that never closes."""
MANY_ORDERS = 20_000_000
_DAYS = (371, 28 * 366)
"""Fewest and most days over which opening hours are counted: holidays show, long runs stay quick."""


def order_rate(scenario: Scenario) -> float | None:
    """Return the orders per hour at the start [1/h]; None if they come from a file."""
    demand = scenario.demand
    if isinstance(demand, CustomerDemand):
        return float(demand.customers * demand.orders_per_customer)
    return demand.rate if isinstance(demand, StreamDemand) else None


def expected_acceptance(scenario: Scenario) -> float:
    """Return the share of customers who accept the house figure [1]."""
    promise = scenario.promise
    beyond = 0.0
    if promise.house is not None and promise.customary is not None:
        beyond = (promise.house - promise.customary) / 8.0
    return acceptance(
        scenario.parameter("promise.acceptance"),
        scenario.parameter("promise.loss_per_day"),
        scenario.parameter("promise.loss_curvature"),
        scenario.parameter("promise.free_days"),
        beyond,
    )


def open_share(scenario: Scenario, calendar: str) -> float:
    """Return the share of calendar time in which a calendar is open [1], holidays counted."""
    if calendar == ALWAYS:
        return 1.0
    days = int((scenario.time.warm_up + scenario.time.horizon) / 24)
    days = min(max(days, _DAYS[0]), _DAYS[1])
    return open_hours(scenario.calendars[calendar], scenario.start, days) / (24.0 * days)


def open_hours(week: WeekCalendar, start: dt.date, days: int) -> float:
    """Return the opening hours of a calendar within some days [h]."""
    by_weekday = [sum(end - begin for begin, end in week.hours(day)) / 60.0 for day in range(7)]
    off = set(week.holidays)
    total = 0.0
    for i in range(days):
        day = start + dt.timedelta(days=i)
        if not off or (day.isoformat() not in off and day.strftime("%m-%d") not in off):
            total += by_weekday[day.weekday()]
    return total


def offered_load(scenario: Scenario) -> dict[str, float]:
    """Return the work that arrives at each department, relative to what its people can do [1].

    Empty if orders come from a file. At 1 or more a department's queue grows without end.

    Notes
    -----
    Expected visits x mean work of the steps, plus needs, clarifications, redo and own tasks, at the demand of
    the start and today's way of working. Not counted: switching, complaints, customers who give up.
    """
    rate = order_rate(scenario)
    if rate is None:
        return {}
    hours = dict.fromkeys(scenario.departments, 0.0)
    accepted = expected_acceptance(scenario)
    for kind in scenario.orders.values():
        for name, work in route_work(scenario, scenario.routes[kind.route], accepted).items():
            hours[name] += rate * kind.share * work
    _add_blocking(scenario, hours)
    return {name: _relative(scenario, name, hours[name]) for name in scenario.departments}


def _add_blocking(scenario: Scenario, hours: dict[str, float]) -> None:
    """Add the help that people ask for in the middle of their work; helpers may need help themselves."""
    base = {}
    for name, department in scenario.departments.items():
        opened = open_share(scenario, department.calendar or scenario.calendar)
        base[name] = hours[name] + (department.own_work.load * opened if department.own_work is not None else 0.0)
    worked = dict(base)
    for _ in scenario.departments:  # who helps whom has no circle, so no chain is longer than this
        help_hours = dict.fromkeys(hours, 0.0)
        for name, department in scenario.departments.items():
            needs = department.worker_needs
            if needs is not None:
                help_hours[needs.source] += worked[name] * needs.rate * needs.work.mean
        worked = {name: base[name] + help_hours[name] for name in hours}
    for name in hours:
        hours[name] += worked[name] - base[name]


def route_work(scenario: Scenario, steps: tuple[Step, ...], accepted: float) -> dict[str, float]:
    """Return the work of each department per order of a route, at nominal pace [h]."""
    visits = list(expected_visits(steps, accepted).values())
    work = dict.fromkeys(scenario.departments, 0.0)
    for step, count in zip(steps, visits, strict=True):
        if step.department is None or step.work is None:
            continue
        work[step.department] += count * step.work.mean
        for need in step.needs:
            work[need.source] += count * need.probability * need.work.mean
            if need.passed_on is not None:
                passed = count * need.probability * need.passed_on.probability
                work[need.passed_on.to] += passed * need.passed_on.work.mean
    _add_handoffs(scenario, steps, visits, accepted, work)
    return work


def _add_handoffs(
    scenario: Scenario, steps: tuple[Step, ...], visits: list[float], accepted: float, work: dict[str, float]
) -> None:
    """Add the work of hand-offs: checklists, clarifications, set-ups, and redo of defects found later."""
    transports = [i for i, step in enumerate(steps) if step.department is None]
    onward = without(transitions(steps, accepted), transports)
    find, redo = scenario.parameter("cooperation.find_later"), scenario.parameter("cooperation.redo_share")
    dispute = scenario.parameter("cooperation.dispute")
    found_at = find * fundamental((1.0 - find) * onward)
    size = [step.work.mean if step.work is not None else 0.0 for step in steps]
    for i, sender in enumerate(steps):
        for j, receiver in enumerate(steps):
            a, b, count = sender.department, receiver.department, visits[i] * float(onward[i, j])
            if a is None or b is None or a == b or count == 0.0:
                continue
            incomplete = count * (1.0 - scenario.parameter("cooperation.completeness", pair=(a, b)))
            noticed = incomplete * scenario.parameter("cooperation.detection", pair=(a, b))
            work[a] += count * scenario.parameter("cooperation.handoff_work", department=a)
            work[a] += noticed * scenario.parameter("cooperation.clarification")
            work[b] += noticed * scenario.parameter("cooperation.setup")
            for k, finder in enumerate(steps):
                found = (incomplete - noticed) * float(found_at[j, k])
                if finder.department is not None and found > 0.0:
                    argued = dispute * (1.0 - scenario.parameter("cooperation.trust", pair=(a, finder.department)))
                    work[a] += found * (redo * size[i] + argued)
                    work[finder.department] += found * (redo * size[k] + argued)


def _relative(scenario: Scenario, name: str, hours: float) -> float:
    department = scenario.departments[name]
    opened = open_share(scenario, department.calendar or scenario.calendar)
    if department.own_work is not None:
        hours += department.own_work.load * opened
    pace = scenario.parameter("service.pace", department=name)
    speed = pace * (1.0 - scenario.parameter("service.overhead", department=name))
    return hours / (department.staff * opened * speed) if opened > 0 else float("inf")


def warnings(scenario: Scenario) -> list[str]:
    """Return what is possible but hardly meant, each as a text for people."""
    found = [
        f"{scenario.place}, departments.{name}: offered load {load:.2f}; below 1 is needed or its queue "
        "grows without end; add staff or opening hours, shorten the work, or lower the demand."
        for name, load in offered_load(scenario).items()
        if load >= 1.0
    ]
    orders = (order_rate(scenario) or 0.0) * (scenario.time.warm_up + scenario.time.horizon)
    if orders > MANY_ORDERS:
        found.append(
            f"{scenario.place}, demand: about {orders:.1g} orders in one run; up to {MANY_ORDERS:.0e} is "
            "practical; shorten 'time.horizon' or lower the demand."
        )
    return found
