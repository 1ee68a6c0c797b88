"""Random small companies, as plain data: departments, calendars, loops, cooperation, customers, people, policies."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from benchmarks.validate.random_people import random_people
from sim.arrays import World, build
from sim.engines import engine
from sim.measures.record import Record
from sim.policies import Portfolio, portfolio
from sim.scenario.company import Scenario
from sim.scenario.load import scenario_from_data

Data = dict[str, Any]
Draw = Any

NAMES = ("quay", "mill", "forge", "loft", "yard")
POLICIES = ("shared_standards", "cross_training", "checklist", "more_staff")
CALENDARS = {
    "office": {"weekdays": "9:00-17:00", "holidays": ["2024-01-03"]},
    "split": {"weekdays": "9:00-14:00, 16:00-19:00", "saturday": "10:00-14:00"},
    "late": {"monday": "12:00-24:00", "tuesday": "0:00-6:00, 12:00-24:00", "friday": "8:00-20:00"},
}
FAMILIES: tuple[Data, ...] = (
    {"cv": 0.8}, {"distribution": "exponential"}, {"distribution": "gamma", "cv": 1.4},
    {"distribution": "deterministic"}, {"distribution": "erlang", "phases": 3},
    {"distribution": "uniform", "cv": 0.3}, {"distribution": "weibull", "cv": 0.6},
)  # fmt: skip


VALUE = {"mean": 100, "cv": 0.5}


def share(low: float = 0.0, high: float = 1.0) -> st.SearchStrategy[float]:
    return st.sampled_from([low, low + (high - low) * 0.3, low + (high - low) * 0.7, high])


@st.composite
def work(draw: Draw, most: float = 1.5) -> Data:
    return {"mean": f"{draw(st.sampled_from([0.1, 0.4, 1.0])) * most} h", **draw(st.sampled_from(FAMILIES))}


@st.composite
def needs(draw: Draw, here: str, names: list[str]) -> list[Data]:
    others = [n for n in names if n != here]
    found = []
    for source in draw(st.lists(st.sampled_from(others), max_size=2)) if others else []:
        need = {"from": source, "probability": draw(share(0.05, 0.45)), "work": draw(work(1.0))}
        to = [n for n in names if n != source]
        if draw(st.booleans()):
            need["passed_on"] = {
                "to": draw(st.sampled_from(to)),
                "probability": draw(share(0.2, 1.0)),
                "work": draw(work()),
            }
        found.append(need)
    return found


@st.composite
def route(draw: Draw, names: list[str], quoting: bool) -> list[Data]:
    """A route whose loops stay on one side of the delivery, so that nothing is delivered or invoiced twice."""
    length = draw(st.integers(1, 5))
    delivering = draw(st.integers(0, length - 1))
    steps: list[Data] = []
    for i in range(length):
        step: Data = {"step": f"s{i}"}
        if i and draw(st.integers(0, 5)) == 0:
            step |= {"transport": draw(st.sampled_from(["van", "mail"])), "time": draw(work(20.0))}
        else:
            step |= {"department": draw(st.sampled_from(names)), "work": draw(work())}
            step["needs"] = draw(needs(step["department"], names))
        first = 0 if i < delivering else delivering + 1
        if i != delivering and first <= i < length - 1 and draw(st.booleans()):
            back = f"s{draw(st.integers(first, i))}"
            step["next"] = {back: 0.25, f"s{i + 1}": 0.75}
        steps.append(step)
    steps[delivering]["delivers"] = True
    if delivering < length - 1:
        steps[-1]["invoices"] = True
    if quoting:
        steps[draw(st.integers(0, delivering))]["quotes"] = True
    return steps


@st.composite
def department(draw: Draw) -> Data:
    found: Data = {
        "staff": draw(st.integers(1, 3)), "calendar": draw(st.sampled_from(["always", *CALENDARS])),
        "discipline": draw(st.sampled_from(["cooperative", "cooperative", "fifo", "priority"])),
        "cooperation": {"responsiveness": draw(share()), "alignment": draw(share()), "escalation": "6 h"},
    }  # fmt: skip
    if draw(st.booleans()):
        found["own_work"] = {"load": draw(share(0.1, 0.6)), "work": draw(work()), "dropped_after": "8 h"}
    return found


@st.composite
def companies(draw: Draw) -> Data:
    """A company of a few weeks."""
    names = list(draw(st.permutations(NAMES)))[: draw(st.integers(1, 5))]
    quoting = draw(st.booleans())
    routes = {f"r{i}": draw(route(names, quoting)) for i in range(draw(st.integers(1, 2)))}
    kinds = [draw(st.sampled_from(sorted(routes))) for _ in range(draw(st.integers(1, 3)))]
    data: Data = {
        "name": "random",
        "time": {"warm_up": "1 week", "horizon": "2 weeks", "drain": draw(st.sampled_from(["2 weeks", "20 weeks"]))},
        "calendars": CALENDARS, "calendar": draw(st.sampled_from(["office", "always", "late"])),
        "departments": {name: draw(department()) for name in names}, "routes": routes,
        "orders": {
            f"k{i}": {"route": r, "share": 1 / len(kinds), "priority": i, "value": VALUE, "complexity_cv": 0.3}
            for i, r in enumerate(kinds)
        },
        "cooperation": {
            "completeness": draw(share(0.5, 1.0)), "detection": draw(share()), "find_later": draw(share()),
            "pairs": {f"{a}->{b}": {"completeness": 0.6} for a, b in pairwise(names) if draw(st.booleans())},
        },
        "demand": draw(st.sampled_from([
            {"kind": "stream", "rate": "0.4 per h"}, {"kind": "stream", "rate": "0.15 per h", "interarrival_cv": 2},
            {"kind": "customers", "customers": 40, "orders_per_customer": "50 per year", "spread_cv": 0.5},
            {"kind": "customers", "customers": 40, "orders_per_customer": "50 per year", "frozen": True},
        ])),
    }  # fmt: skip
    if quoting or draw(st.booleans()):
        data["promise"] = {"house": "11 h", "customary": "8 h"}
    if draw(st.booleans()):
        data["patience"] = {"scale": draw(st.sampled_from(["1 h", "6 h", "30 h"])), "shape": 1.2}
    if draw(st.booleans()):
        data["complaints"] = {"department": draw(st.sampled_from(names)), "work": draw(work())}
    if data["demand"]["kind"] == "customers" and draw(st.booleans()):
        data |= {"churn": {"hazard": "2 per year"}, "newcomers": {"marketing": "100 per year"}}
    if len(names) > 1 and draw(st.booleans()):
        pattern = draw(st.sampled_from(["chain", "all", "pairs"]))
        data["cross_training"] = {
            "pattern": pattern,
            "departments": names[: len(names) - (pattern == "pairs") * (len(names) % 2)],
        }
        data["helping"] = {"trained_share": draw(share())}
    if draw(st.booleans()):
        data |= random_people(lambda options: draw(st.sampled_from(options)), names, grid=False)
        # Who hires is asked by every department, even by those that no order ever meets.
        data.pop("hiring", None)
    return data


portfolios = st.dictionaries(st.sampled_from(POLICIES), share(0.3, 1.0), max_size=3).map(lambda d: portfolio(d.items()))


def world_of(data: Data, chosen: Portfolio | None = None) -> tuple[Scenario, World]:
    scenario = scenario_from_data(data)
    return scenario, build(scenario, chosen if chosen is not None else portfolio([]))


def run(world: World, seed: int = 1, replication: int = 0, log: bool = False) -> Record:
    return engine("reference")(world, seed, replication, log=log)


def bits(record: Record) -> tuple[Any, ...]:
    """Everything that a run leaves behind except the log, for comparison bit by bit."""
    return (
        record.orders.tobytes(), record.parts.tobytes(), record.customers.tobytes(), record.weeks.tobytes(),
        record.states.tobytes(), record.departments, record.pairs, record.joined, record.left, record.customer_time,
        record.customers_end, record.ended,
    )  # fmt: skip
