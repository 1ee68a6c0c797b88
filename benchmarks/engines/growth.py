"""CPU time per event while the company, its customers or the simulated time grow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

from benchmarks.engines.found import Found, Mark, Table, with_interval
from benchmarks.engines.setting import COMPANY, SEED, Setting
from benchmarks.engines.timing import cpu, fitted, in_turn, median, ratios
from sim import load_scenario
from sim.arrays import World, build
from sim.engines import engine
from sim.policies import Portfolio
from sim.scenario.company import Scenario
from sim.scenario.orders import CustomerDemand
from sim.units import HOURS_PER_YEAR

GROWTH = Mark(2.0, at_least=False)
MOST_RUNS = 1_000


@dataclass(frozen=True)
class Point:
    """A company of some size."""

    axis: str
    size: str
    scenario: Scenario
    logged: Scenario
    """The same for a shorter time where the log would be long: it shows how many events an order makes."""


def points(setting: Setting) -> list[Point]:
    """Return the companies to run, axis by axis, the smallest first.

    Along the first two axes all runs are about equally much work, so that a run's fixed costs weigh the same.
    """
    sizes, base = setting.sizes, load_scenario(COMPANY)
    work = sizes.growth_years
    found = []
    for factor in sizes.staff:
        company = _larger(base, factor)
        workers = sum(department.staff for department in company.departments.values())
        found.append(_point("workers", f"{workers:,}", company, work / factor, work))
    for customers in sizes.customer_base:
        found.append(_point("customers", f"{customers:,}", _with_customers(base, customers), work, work))
    for years in sizes.years:
        found.append(_point("simulated years", f"{years:g}", base, years, years))
    return found


def _point(axis: str, size: str, scenario: Scenario, years: float, work: float) -> Point:
    return Point(axis, size, _lasting(scenario, years), _lasting(scenario, years * min(1.0, 1.0 / work)))


def _lasting(scenario: Scenario, years: float) -> Scenario:
    # Without a warm-up: what is measured makes no difference to the time, and small runs stay small.
    time = scenario.time.model_copy(update={"warm_up": 0.0, "horizon": years * HOURS_PER_YEAR})
    return scenario.model_copy(update={"time": time})


def _larger(base: Scenario, factor: float) -> Scenario:
    """Return the company with so many times the people, customers and work of its own; people are rounded up."""
    departments = {}
    for name, department in base.departments.items():
        own = department.own_work
        departments[name] = department.model_copy(
            update={
                "staff": math.ceil(department.staff * factor),
                "own_work": own.model_copy(update={"load": own.load * factor}) if own is not None else None,
            }
        )
    customers = round(_demand(base).customers * factor)
    return _base_of(base, customers, 1.0).model_copy(update={"departments": departments})


def _with_customers(base: Scenario, customers: int) -> Scenario:
    """Return the company with other customers who order as much altogether: the same work for more people to follow."""
    return _base_of(base, customers, _demand(base).customers / customers)


def _base_of(base: Scenario, customers: int, eagerness: float) -> Scenario:
    """Return the company with another base of customers, and as many newcomers for each of them."""
    given = _demand(base)
    rate = given.orders_per_customer * eagerness
    demand = given.model_copy(update={"customers": customers, "orders_per_customer": rate})
    marketing = base.parameter("newcomers.marketing") * customers / given.customers
    newcomers = base.newcomers.model_copy(update={"marketing": marketing}) if base.newcomers is not None else None
    return base.model_copy(update={"demand": demand, "newcomers": newcomers})


def _demand(scenario: Scenario) -> CustomerDemand:
    assert isinstance(scenario.demand, CustomerDemand)
    return scenario.demand


def compare(setting: Setting) -> Found:
    """Measure all sizes in turn, and relate each to the smallest of its axis."""
    found, simulate = Found(), engine(setting.engine)
    sizes = points(setting)
    worlds = [build(point.scenario, Portfolio()) for point in sizes]

    def block(world: World, n: int) -> float:
        return cpu(lambda: [simulate(world, SEED, 0) for _ in range(n)])

    def per_event(world: World, n: int, count: float, _: int) -> float:
        return block(world, n) / (n * count)

    seconds = setting.sizes.seconds / 2
    runs = [fitted(partial(block, world), 1, seconds, MOST_RUNS) for world in worlds]
    events = [_events(setting, point, world) for point, world in zip(sizes, worlds, strict=True)]
    names = [f"{point.axis}, {point.size}" for point in sizes]
    works = {
        name: partial(per_event, world, n, count)
        for name, world, n, count in zip(names, worlds, runs, events, strict=True)
    }
    rounds = in_turn(max(3, setting.sizes.rounds // 2), works)
    found.raw |= {"events": dict(zip(names, events, strict=True)), "cpu_seconds_per_event": rounds}
    rows = []
    for axis in dict.fromkeys(point.axis for point in sizes):
        mine = [name for name, point in zip(names, sizes, strict=True) if point.axis == axis]
        relative = {name: ratios(rounds[name], rounds[mine[0]]) for name in mine}
        worst = max(mine[1:], key=lambda name: median(relative[name]).value)
        first, last = mine[0].removeprefix(f"{axis}, "), mine[-1].removeprefix(f"{axis}, ")
        found.judge(f"growth: CPU time per event, {first} to {last} {axis}, the worst relative to the first",
                    relative[worst], GROWTH)  # fmt: skip
        rows += [
            (axis, name.removeprefix(f"{axis}, "), f"{events[names.index(name)]:,.0f}",
             with_interval(median([1e6 * s for s in rounds[name]])), with_interval(median(relative[name])))
            for name in mine
        ]  # fmt: skip
    found.tables.append(
        Table(
            f"Growth ({setting.engine} engine)",
            ("axis", "size", "events of a run", "CPU time per event [µs]", "relative to the smallest"),
            rows,
            f"Variations of {COMPANY} at the engine's door. Workers: people, customers and own work grow together, and "
            "the simulated time shrinks, so that runs are equally much work. Customers: more of them order less often, "
            "so that orders stay as many. An event is an entry of the full log, customers who come or leave included; "
            "where a run is long, entries per order are those of a shorter one.",
        )
    )
    return found


def _events(setting: Setting, point: Point, world: World) -> float:
    """Return how many entries the full log of a run would have, estimated where it would be long."""
    simulate = engine(setting.engine)
    logged = simulate(build(point.logged, Portfolio()), SEED, 0, log=True)
    return len(logged.log) / len(logged.orders) * len(simulate(world, SEED, 0).orders)
