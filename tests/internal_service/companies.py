"""Small companies of always open, well-staffed departments, so that each mechanism can be computed by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.arrays import World, build
from sim.engines import engine
from sim.engines.streams import ITEMS, LOG_EVENTS
from sim.measures.metrics import metrics
from sim.measures.record import Record
from sim.orders.order_file import OrderFile, OrderRow
from sim.policies import portfolio
from sim.scenario.load import scenario_from_data

Data = dict[str, Any]
HOUR = 3_600_000
FIXED = "deterministic"


def hours(mean: float) -> Data:
    """An amount of work that is always the same."""
    return {"mean": f"{mean} h", "distribution": FIXED}


def step(name: str, department: str, mean: float, **more: Any) -> Data:
    return {"step": name, "department": department, "work": hours(mean), **more}


def company(route: list[Data], departments: Data, rate: str = "1 per h", weeks: float = 4, **more: Any) -> Data:
    """A company with one route, one kind of order of value 100 and a stream of orders."""
    return {
        "name": "by_hand",
        "time": {"horizon": f"{weeks} weeks", "drain": "26 weeks"},
        "departments": departments,
        "routes": {"r": route},
        "orders": {"k": {"route": "r", "value": {"mean": 100, "distribution": FIXED}}},
        "demand": {"kind": "stream", "rate": rate},
        "cooperation": {"completeness": 1},
        **more,
    }


class Seen:
    """One run, looked at from outside."""

    def __init__(self, data: Data, placed: Sequence[str] = (), promised: str | None = None, seed: int = 5) -> None:
        """Run a company, with orders placed at given instants instead of its own demand if there are any."""
        rows = [
            OrderRow(
                i, dt.datetime.fromisoformat(at), str(i), 100.0, promised and dt.datetime.fromisoformat(promised), None
            )
            for i, at in enumerate(placed)
        ]
        self.scenario = scenario_from_data(data | ({"demand": {"kind": "file"}} if rows else {}))
        self.world: World = build(self.scenario, portfolio([]), OrderFile(tuple(rows)) if rows else None)
        self.record: Record = engine("reference")(self.world, seed, 0, log=True)
        self.metrics = metrics(self.scenario, portfolio([]), self.world, self.record)

    @property
    def measured(self) -> np.ndarray:
        """The orders placed in the window."""
        return self.record.orders[self.record.orders["measured"] == 1]

    @property
    def delivered(self) -> np.ndarray:
        """The orders placed in the window and delivered."""
        return self.measured[self.measured["delivered"] >= 0]

    def number(self, department: str) -> int:
        return self.world.departments.index(department)

    def pair(self, name: str, asker: str, asked: str) -> int:
        """A sum of a pair, straight from the record."""
        return self.record.pairs[name][self.number(asker) * len(self.world.departments) + self.number(asked)]

    def events(self, event: str, item: str, department: str | None = None) -> list[tuple[int, int]]:
        """Instants [ms] and orders of the events of one kind of item in the log."""
        here = -1 if department is None else self.number(department)
        return [
            (t, order)
            for t, e, holder, order, kind in self.record.log
            if kind >= 0 and LOG_EVENTS[e] == event and ITEMS[kind] == item and here in (-1, holder)
        ]

    def parts(self, cause: str) -> np.ndarray:
        """The parts of delivered orders by kind of cause."""
        n = len(self.world.departments) + len(self.world.transports)
        kinds = ("queue", "work", "clarification", "need", "redo", "transport", "blocked", "dispute")
        kind = np.minimum(self.record.parts["cause"] // n, 7)
        return self.record.parts[kind == kinds.index(cause)]

    def adds_up(self) -> bool:
        """Whether the parts of every delivered order add up to its wait, to the millisecond."""
        held: dict[int, int] = {}
        for order, _, opened, closed in self.record.parts.tolist():
            held[order] = held.get(order, 0) + opened + closed
        done = self.delivered
        waits = dict(zip(done["order"].tolist(), (done["delivered"] - done["placed"]).tolist(), strict=True))
        return all(held.get(order, 0) == wait for order, wait in waits.items())


def bits(data: Data, seed: int = 5) -> tuple[object, ...]:
    """Everything that a run leaves behind, for comparison bit by bit."""
    r = Seen(data, seed=seed).record
    arrays = (r.orders, r.parts, r.customers, r.weeks)
    return (*(a.tobytes() for a in arrays), r.departments, r.pairs, r.reported, r.mended, r.ended)


def near(found: float, expected: float, n: int, errors: float = 3.5) -> bool:
    """Whether a share of n independent cases agrees with its probability: 3.5 standard errors, wrong 1 in 2,000."""
    return abs(found - expected) <= errors * (expected * (1 - expected) / n) ** 0.5 + 1e-12
