"""Everything an engine sees of a scenario, a portfolio and the demand: flat, frozen, in base units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sim.arrays.calendars import always_open, opening_hours
from sim.arrays.demand import Demand, demand
from sim.arrays.people import People, people
from sim.arrays.regimes import Regime, regimes
from sim.arrays.routes import StepRow, department_order, step_table, transport_order
from sim.arrays.variates import Variate, lognormal, variate
from sim.orders import OrderFile
from sim.policies.policy import Portfolio
from sim.rules import distributions, internal_service
from sim.rules.calendar import DAY_MS, WEEK_MS, Calendar, opened, ticks
from sim.scenario.company import Scenario
from sim.scenario.orders import CustomerDemand

DISCIPLINES = {
    "fifo": internal_service.FIFO,
    "priority": internal_service.PRIORITY,
    "cooperative": internal_service.COOPERATIVE,
}

OPEN_SHARE_DAYS = 364
"""Whole weeks over which the company's opening hours are averaged."""


@dataclass(frozen=True, slots=True)
class OwnTasks:
    """A department's own tasks."""

    rate: float
    """Tasks per opening hour [1/h]."""
    work: Variate
    dropped_after: int
    """Opening time after which a waiting task is dropped [ms]; -1 for never."""


@dataclass(frozen=True, slots=True)
class Blocking:
    """What blocks a department's people."""

    source: int
    """The department that helps."""
    rate: float
    """Per hour of work [1/h]."""
    work: Variate


@dataclass(frozen=True, slots=True)
class Aftercare:
    """Complaints, refunds and enquiries: who deals with them, and the work; departments are -1 when nobody does."""

    complaints: int
    complaint_work: Variate
    refunds: int
    refund_probability: float
    refund_work: Variate
    refund_amount: float
    enquiries: int
    enquiry_work: Variate
    question_work: Variate
    enquiry_interval: float
    """Mean opening time between a customer's enquiries [h]."""


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A kind of customer."""

    threshold: float
    """Cumulative share of customers up to and including this kind."""
    value: float
    patience: float


@dataclass(frozen=True, slots=True)
class OrderKind:
    """An order type."""

    first_step: int
    priority: int
    threshold: float
    """Cumulative share of all orders up to and including this type."""
    value: Variate
    complexity: Variate


@dataclass(frozen=True, slots=True)
class CustomerRules:
    """How customers wait, judge, leave and come; times in [h], rates in [1/h]."""

    waits_for_ever: bool
    """Whether customers never give up."""
    patience: Variate
    """Weibull, in opening hours of the company [h]."""
    start: float
    weight_down: float
    weight_up: float
    floor: float
    wait_rise: float
    long_wait: float
    late_rise: float
    late_midpoint: float
    late_scale: float
    abandoned: float
    hazard: float
    """Rate of leaving at the reference satisfaction [1/h]; 0 when nobody leaves."""
    slope: float
    reference: float
    walkout: float
    marketing: float
    referral: float
    delighted: float
    saturation: float
    serious: float
    told: tuple[float, float, float]
    """Chance of a complaint: no problem, minor, serious."""
    quick: float
    in_time: float
    stay: tuple[tuple[float, float, float, float], ...]
    """Chance to stay by severity and outcome."""


@dataclass(frozen=True, slots=True)
class PromiseRules:
    """What is promised and accepted."""

    house: int
    """Promised opening time [ms]; -1 when nothing is promised."""
    quoted_at_step: tuple[bool, ...]
    """By order type: whether a step of its route quotes; otherwise the promise is made when the order is placed."""
    acceptance: float
    loss_per_day: float
    loss_curvature: float
    free_days: float
    customary: float
    """The customary promise [h]."""
    gain: float
    memory: float


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class World:
    """Flat arrays of one world: a scenario under a portfolio. Departments are numbered by first use."""

    departments: list[str]
    transports: list[str]
    calendars: list[Calendar]
    department_calendar: list[int]
    company_calendar: int
    """Number of the calendar of promises."""
    open_calendar: int
    """Number of the calendar that never closes; transports run on it."""
    discipline: list[int]
    skills: list[list[int]]
    """By department: the departments that its trained people can help."""
    own_tasks: list[OwnTasks | None]
    steps: list[StepRow]
    kinds: list[OrderKind]
    kind_names: list[str]
    demand: Demand
    promise: PromiseRules
    customers: CustomerRules
    blocking: list[Blocking | None]
    """By department: what blocks its people."""
    aftercare: Aftercare
    segments: list[SegmentRow]
    """Kinds of customers; empty when all are alike."""
    open_share: float
    """Share of calendar time in which the company is open: what a day on the way is in opening hours."""
    forecasts: bool
    """Whether any promise is a forecast in this world."""
    clarification: Variate
    """Shape of the work of a clarification; its mean is in the regime."""
    regimes: list[Regime]
    """The first before the window; then one a week."""
    window_begin: int
    """Start of measuring [ms]."""
    window_end: int
    stop: int
    """The latest end of the run [ms]."""
    payment_term: int
    people: People


def build(scenario: Scenario, portfolio: Portfolio, orders: OrderFile | None = None) -> World:
    """Lay a scenario under a portfolio out as arrays.

    Raises
    ------
    InputError
        If the scenario takes its demand from a file and none is given.
    """
    departments, transports = department_order(scenario), transport_order(scenario)
    begin, end = ticks(scenario.time.warm_up), ticks(scenario.time.warm_up + scenario.time.horizon)
    stop = end + ticks(scenario.time.drain)
    days = stop // DAY_MS + 400
    names = list(scenario.calendars)
    start = first_day(scenario, orders)
    calendars = [opening_hours(scenario.calendars[name], start, days) for name in names]
    calendars.append(always_open(days))
    number = {**{name: i for i, name in enumerate(names)}, "always": len(names)}
    of_departments = [scenario.departments[d].calendar or scenario.calendar for d in departments]
    portfolio = in_force(scenario, portfolio)
    steps, first = step_table(scenario, departments, transports)
    skills = scenario.cross_training.skills() if scenario.cross_training is not None else {}
    weekly = regimes(scenario, portfolio, departments, (stop - begin) // WEEK_MS + 2)
    return World(
        departments=departments,
        transports=transports,
        calendars=calendars,
        department_calendar=[number[name] for name in of_departments],
        company_calendar=number[scenario.calendar],
        open_calendar=number["always"],
        discipline=[DISCIPLINES[scenario.departments[d].discipline] for d in departments],
        skills=[[departments.index(h) for h in skills.get(d, ())] for d in departments],
        own_tasks=[_own_tasks(scenario, d) for d in departments],
        steps=steps,
        kinds=_kinds(scenario, first),
        kind_names=list(scenario.orders),
        demand=demand(scenario, stop, orders),
        promise=_promise(scenario),
        customers=_customer_rules(scenario),
        blocking=[_blocking(scenario, d, departments) for d in departments],
        aftercare=_aftercare(scenario, departments),
        segments=_segments(scenario),
        open_share=opened(calendars[number[scenario.calendar]], OPEN_SHARE_DAYS * DAY_MS) / (OPEN_SHARE_DAYS * DAY_MS),
        forecasts=any(regime.capacity_awareness > 0.0 for regime in weekly),
        clarification=lognormal(scenario.parameter("cooperation.clarification_cv")),
        regimes=weekly,
        window_begin=begin,
        window_end=end,
        stop=stop,
        payment_term=ticks(scenario.parameter("economics.payment_term")),
        people=people(scenario, departments, [calendars[number[n]] for n in of_departments]),
    )


def first_day(scenario: Scenario, orders: OrderFile | None) -> dt.date:
    """Return the first day of the run: of the real orders where there are some, else the scenario's."""
    return orders.rows[0].placed.date() if orders is not None else scenario.start


def in_force(scenario: Scenario, chosen: Portfolio) -> Portfolio:
    """Return the scenario's own policies together with the chosen ones, which win where both name one."""
    from sim.policies.catalogue import portfolio as make

    names = {m.policy.name for m in chosen.members}
    own = make([(p.policy, p.intensity) for p in scenario.policies if p.policy not in names])
    # By name, so that the last bit of what they move together does not depend on the order in which they were named.
    return Portfolio(members=tuple(sorted((*own.members, *chosen.members), key=lambda member: member.policy.name)))


def _own_tasks(scenario: Scenario, department: str) -> OwnTasks | None:
    own = scenario.departments[department].own_work
    if own is None or own.load == 0.0 or own.work.mean == 0.0:
        return None
    dropped = ticks(own.dropped_after) if own.dropped_after is not None else -1
    return OwnTasks(own.load / own.work.mean, variate(own.work), dropped)


def _blocking(scenario: Scenario, department: str, departments: list[str]) -> Blocking | None:
    needs = scenario.departments[department].worker_needs
    if needs is None or needs.rate == 0.0:
        return None
    return Blocking(departments.index(needs.source), needs.rate, variate(needs.work))


def _aftercare(scenario: Scenario, departments: list[str]) -> Aftercare:
    nothing = lognormal(0.0, 0.0)
    complaints, enquiries = scenario.complaints, scenario.enquiries
    refund = complaints.refund if complaints is not None else None
    return Aftercare(
        complaints=departments.index(complaints.department) if complaints else -1,
        complaint_work=variate(complaints.work) if complaints else nothing,
        refunds=departments.index(refund.department) if refund else -1,
        refund_probability=refund.probability if refund else 0.0,
        refund_work=variate(refund.work) if refund else nothing,
        refund_amount=refund.amount if refund else 0.0,
        enquiries=departments.index(enquiries.department) if enquiries else -1,
        enquiry_work=variate(enquiries.work) if enquiries else nothing,
        question_work=variate(enquiries.question) if enquiries else nothing,
        enquiry_interval=scenario.parameter("cooperation.enquiry_interval"),
    )


def _segments(scenario: Scenario) -> list[SegmentRow]:
    if not isinstance(scenario.demand, CustomerDemand):
        return []
    rows, total = [], 0.0
    for segment in scenario.demand.segments.values():
        total += segment.share
        rows.append(SegmentRow(total, segment.value, segment.patience))
    return rows


def _kinds(scenario: Scenario, first: list[int]) -> list[OrderKind]:
    kinds, total = [], 0.0
    for begin, kind in zip(first, scenario.orders.values(), strict=True):
        total += kind.share
        kinds.append(OrderKind(begin, kind.priority, total, variate(kind.value), lognormal(kind.complexity_cv)))
    return kinds


def _promise(scenario: Scenario) -> PromiseRules:
    house = scenario.promise.house
    customary = scenario.promise.customary
    return PromiseRules(
        house=ticks(house) if house is not None else -1,
        quoted_at_step=tuple(any(s.quotes for s in scenario.routes[k.route]) for k in scenario.orders.values()),
        acceptance=scenario.parameter("promise.acceptance"),
        loss_per_day=scenario.parameter("promise.loss_per_day"),
        loss_curvature=scenario.parameter("promise.loss_curvature"),
        free_days=scenario.parameter("promise.free_days"),
        customary=customary if customary is not None else house or 0.0,
        gain=scenario.parameter("promise.gain"),
        memory=scenario.parameter("promise.memory"),
    )


def _customer_rules(scenario: Scenario) -> CustomerRules:
    def p(name: str) -> float:
        return scenario.parameter(name)

    def stays(size: str) -> tuple[float, float, float, float]:
        return (
            p(f"problems.stay_silent_{size}"),
            p(f"problems.stay_unsatisfied_{size}"),
            p(f"problems.stay_satisfied_{size}"),
            p(f"problems.stay_quickly_{size}"),
        )

    come = scenario.newcomers is not None
    return CustomerRules(
        waits_for_ever=scenario.patience is None,
        patience=Variate(distributions.WEIBULL, 1.0 / p("patience.shape"), 1.0, [], p("patience.scale")),
        start=p("satisfaction.start"),
        weight_down=p("satisfaction.weight_down"),
        weight_up=p("satisfaction.weight_up"),
        floor=p("satisfaction.floor"),
        wait_rise=p("satisfaction.wait_rise"),
        long_wait=p("satisfaction.long_wait"),
        late_rise=p("satisfaction.late_rise"),
        late_midpoint=p("satisfaction.late_midpoint"),
        late_scale=p("satisfaction.late_scale"),
        abandoned=p("satisfaction.abandoned"),
        hazard=p("churn.hazard") if scenario.churn is not None else 0.0,
        slope=p("churn.slope"),
        reference=p("churn.reference"),
        walkout=p("churn.walkout") if scenario.churn is not None else 0.0,
        marketing=p("newcomers.marketing") if come else 0.0,
        referral=p("newcomers.referral") if come else 0.0,
        delighted=p("newcomers.delighted"),
        saturation=p("newcomers.saturation"),
        serious=p("problems.serious"),
        told=(0.0, p("problems.told_minor"), p("problems.told_serious")),
        quick=p("problems.quick"),
        in_time=p("problems.in_time"),
        stay=((1.0, 1.0, 1.0, 1.0), stays("minor"), stays("serious")),
    )
