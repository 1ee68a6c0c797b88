"""Small companies with people, run by the compiled engine, and what one can see of them in a record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import yaml

from sim.arrays import World, build
from sim.engines import engine
from sim.engines.streams import LOG_HIRED, LOG_RESIGNED
from sim.measures.metrics import metrics
from sim.measures.record import Record
from sim.policies import portfolio
from sim.scenario.company import Scenario
from sim.scenario.load import scenario_from_data

Data = dict[str, Any]
HOUR = 3_600_000
REPLICATIONS = 6
SEED = 7
BASE = """
name: people
time: {horizon: 26 weeks, drain: 26 weeks}
departments:
  desk: {staff: 5}
  mill: {staff: 5}
  hr: {staff: 2, own_work: {load: 1.2, work: {mean: 2 h, cv: 1}}}
routes:
  r:
    - {step: take, department: desk, work: {mean: 1.5 h, cv: 0.5}}
    - step: make
      department: mill
      work: {mean: 2 h, cv: 0.5}
      needs: [{from: desk, probability: 20 %, work: {mean: 0.5 h, cv: 1}}]
      failure: {label: {en: x, es: y}, probability: 10 %, cost: 1, consequence: correction}
    - {step: check, department: desk, work: {mean: 0.3 h, cv: 0.5}, redundant: true}
    - {step: send, department: desk, work: {mean: 0.2 h, cv: 0.5}, delivers: true}
orders: {k: {route: r, value: {mean: 100, cv: 0}}}
demand: {kind: stream, rate: 1.9 per h}
cooperation: {completeness: 85 %, trust: 80 %, reporting: 50 %}
economics: {pay: 30}
"""
"""Always open. Desk and mill are occupied for more than four fifths of the time; hr hires where a test says so."""
HIRING = "hiring: {department: hr, work: {mean: 3 h, cv: 1}}\n"


def merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> Data:
    """A scenario with changes, group by group; null takes something out."""
    result = dict(base)
    for key, value in more.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return {key: value for key, value in result.items() if value is not None}


@lru_cache(maxsize=1024)
def seen(text: str, k: int = 0, log: bool = False) -> Seen:
    """One run of the base company with changes, one on each line; the last about the same thing counts."""
    data: Data = yaml.safe_load(BASE)
    for line in text.splitlines():
        data = merged(data, yaml.safe_load(line))
    return Seen(data, k, log)


class Seen:
    """One run, looked at from outside."""

    def __init__(self, data: Data, k: int = 0, log: bool = False, seed: int = SEED) -> None:
        self.scenario: Scenario = scenario_from_data(data)
        self.world: World = build(self.scenario, portfolio([]))
        self.record: Record = engine("compiled")(self.world, seed, k, log=log)

    def state(self, name: str, department: str = "mill") -> np.ndarray:
        """A department's state, week by week."""
        rows = self.record.states
        return rows[name][rows["department"] == self.world.departments.index(department)]

    def sum(self, name: str, *departments: str) -> int:
        """A sum of some departments, or of all."""
        values = self.record.departments[name]
        return sum(values[self.world.departments.index(d)] for d in departments or self.world.departments)

    @property
    def orders(self) -> np.ndarray:
        """The orders placed in the window."""
        return self.record.orders[self.record.orders["measured"] == 1]

    def value(self, name: str) -> float:
        """What a test compares."""
        return float(MEASURES[name](self))


def share_of_pairs(s: Seen, part: str, whole: str) -> float:
    return sum(s.record.pairs[part]) / max(1, sum(s.record.pairs[whole]))


MEASURES = {
    "wait": lambda s: (s.orders["delivered"] - s.orders["placed"])[s.orders["delivered"] >= 0].mean() / HOUR,
    "effort": lambda s: s.sum("busy", "mill", "desk") / HOUR / len(s.orders),
    "incomplete": lambda s: share_of_pairs(s, "incomplete", "handoffs"),
    "failures": lambda s: s.orders["extra_cost"].mean(),
    "asked late of hr": lambda s: sum(s.record.pairs["late"][s.world.departments.index("hr") :: 3]),
    "helping": lambda s: s.sum("helping"),
    "pace": lambda s: s.state("pace").mean(),
    "changes of pace": lambda s: np.diff(s.state("pace")).std(),
    "standard": lambda s: s.state("standard").mean(),
    "spread of load": lambda s: s.state("load")[8:].std(),
    "load of hr": lambda s: s.state("load", "hr").mean(),
    "morale": lambda s: s.state("morale").mean(),
    "skill": lambda s: s.record.states["skill"].mean(),
    "resigned": lambda s: s.sum("resigned"),
    "hired": lambda s: s.sum("hired"),
    "vacant": lambda s: s.sum("vacant"),
    "absent": lambda s: s.sum("absent"),
    "improvable": lambda s: s.record.weeks["improvable"].mean(),
    "redundant": lambda s: s.record.redundant,
    "cost": lambda s: metrics(s.scenario, portfolio([]), s.world, s.record)["cost"],
}


def values(name: str, text: str) -> np.ndarray:
    """A measure in each replication."""
    return np.array([seen(text, k).value(name) for k in range(REPLICATIONS)])


def bits(text: str, k: int = 0) -> tuple[object, ...]:
    """Everything that customers and colleagues could notice, for comparison bit by bit: all but the climate."""
    r = seen(text, k).record
    people = [r.states[name].tobytes() for name in ("begin", "department", "present", "vacant", "away", "waiting")]
    arrays = (r.orders, r.parts_by_order, r.customers, r.weeks)
    return (*(a.tobytes() for a in arrays), *people, r.departments, r.pairs, r.held, r.reported, r.redundant, r.ended)


def came_and_went(s: Seen) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Instants [ms] and posts of those who resigned, and of those who came."""
    log = s.record.log_rows()
    found = [log[log[:, 1] == event][:, [0, 3]].tolist() for event in (LOG_RESIGNED, LOG_HIRED)]
    return [tuple(row) for row in found[0]], [tuple(row) for row in found[1]]
