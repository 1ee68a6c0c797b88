"""Companies and demand that the facts are looked for in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from benchmarks.validate.facts_core import Data, merged
from sim.orders import OrderFile
from sim.orders.order_file import OrderRow

FROM = dt.datetime(2024, 1, 1)
STAFF = 20
BEFORE, AFTER = 13, 117
"""Weeks before the demand pulse begins, and from its beginning to the end."""

LEVANTE: Data = {"extends": "levante", "time": {"warm_up": "52 weeks", "horizon": "104 weeks"}}
FROZEN: Data = merged(LEVANTE, {"demand": {"frozen": True}})


def two_offices() -> Data:
    """Return a company of two large departments in a row, whose load is the only thing that happens to them."""
    work: Data = {"mean": "2 h", "distribution": "exponential"}
    return {
        "start": FROM.date().isoformat(),
        "time": {"warm_up": f"{BEFORE} weeks", "horizon": f"{AFTER} weeks", "drain": "4 weeks"},
        "calendars": {"office": {"weekdays": "9:00-17:00"}},
        "calendar": "office",
        "departments": {name: {"staff": STAFF} for name in ("front", "back")},
        "routes": {
            "only": [
                {"step": "take", "department": "front", "work": work},
                {"step": "make", "department": "back", "work": work, "delivers": True},
            ]
        },
        "orders": {"only": {"route": "only", "value": {"mean": 100, "cv": 0}}},
        "demand": {"kind": "file"},
        "cooperation": {"completeness": 0.85, "alignment": 1},
        "pressure": {},
    }


def pulse(load: float, more: float, weeks: float) -> Callable[[int], OrderFile]:
    """Return the demand of a replication: even at first, then more for some weeks, then even again.

    The orders that come anyway are the same, with the same luck, whatever comes on top. Orders come in opening hours.

    Parameters
    ----------
    load : float
        Of either department by its first-time work, before and after the pulse.
    more : float
        Share of orders that come on top in the pulse.
    weeks : float
        How long it lasts.
    """
    return lambda luck: _pulse(load, more, weeks, luck)


@lru_cache(maxsize=32)
def _pulse(load: float, more: float, weeks: float, luck: int) -> OrderFile:
    draws = np.random.default_rng(luck)
    rate = load * STAFF / 2.0
    base = _placed(draws, rate, 0.0, (BEFORE + AFTER) * 40.0)
    extra = _placed(draws, rate, BEFORE * 40.0, AFTER * 40.0)
    taken = draws.random(len(extra)) < more
    rows = [_row(i, at) for i, at in enumerate(base)]
    end = (BEFORE + weeks) * 40.0
    rows += [_row(10_000_000 + i, at) for i, at in enumerate(extra) if taken[i] and at < end]
    return OrderFile(tuple(sorted(rows, key=lambda row: (row.placed, row.line))))


def _placed(draws: np.random.Generator, rate: float, begin: float, length: float) -> list[float]:
    """Return instants of a Poisson process, in opening hours from the start."""
    return [float(at) for at in begin + np.sort(draws.random(draws.poisson(rate * length))) * length]


def _row(line: int, hour: float) -> OrderRow:
    week, rest = divmod(hour, 40.0)
    day, clock = divmod(rest, 8.0)
    placed = FROM + dt.timedelta(days=int(week) * 7 + int(day), milliseconds=round((9.0 + clock) * 3_600_000))
    return OrderRow(line, placed, f"c{line}", 100.0, None, None)


def six_departments(pattern: str, load: float, efficiency: float, cv: float = 1.0) -> Data:
    """Return six departments of two people, each with customers of its own, and who helps whom."""
    names = [f"d{i}" for i in range(6)]
    work: Data = {"mean": "1 h", "distribution": "exponential"} if cv == 1.0 else {"mean": "1 h", "cv": cv}
    data: Data = {
        "time": {"warm_up": "8 weeks", "horizon": "50 weeks"},
        "departments": {name: {"staff": 2, "discipline": "fifo"} for name in names},
        "routes": {name: [{"step": "serve", "department": name, "work": work}] for name in names},
        "orders": {name: {"route": name, "share": 1 / 6, "value": {"mean": 1, "cv": 0}} for name in names},
        "demand": {"kind": "stream", "rate": f"{load * 12!r} per h"},
    }
    if pattern != "dedicated":
        data["cross_training"] = {"pattern": pattern, "departments": names}
        data["helping"] = {"trained_share": 1, "efficiency": efficiency}
    return data


def colleagues_last(
    last: bool, load: float, waited_for: float, size: float, staff: int = 1, inside: float = 0.3
) -> Data:
    """Return a desk with customers of its own and the requests of a hall in which nobody queues.

    Parameters
    ----------
    last : bool
        Requests after all customers, or in turn with them.
    load : float
        Of the desk.
    waited_for : float
        Share of the requests that an order of a customer waits for; the others come after delivery.
    size : float
        Work of a request over the work of an order [1].
    staff : int
        People at the desk.
    inside : float
        Share of the desk's load that is requests.
    """
    hour: Data = {"mean": "1 h", "distribution": "exponential"}
    short: Data = {"mean": f"{size!r} h", "distribution": "exponential"}
    requests, external = staff * load * inside / size, staff * load * (1.0 - inside)

    def asks(probability: float) -> list[dict[str, Any]]:
        return [{"from": "desk", "probability": probability, "work": short}]

    return {
        "time": {"warm_up": "4 weeks", "horizon": "100 weeks"},
        "departments": {
            "desk": {
                "staff": staff,
                "cooperation": {
                    "responsiveness": 0 if last else 1, "excuse": 0, "agreed_share": 0, "escalation": "10000 h",
                    "alignment": 1,
                },
            },
            "hall": {"staff": 200, "discipline": "fifo"},
        },
        "routes": {
            "outside": [{"step": "serve", "department": "desk", "work": hour, "delivers": True}],
            "asking": [{"step": "see", "department": "hall", "work": hour, "delivers": True, "needs": asks(1)}],
            "filed": [
                {"step": "look", "department": "hall", "work": hour, "delivers": True},
                {"step": "file", "department": "hall", "work": hour, "needs": asks(1)},
            ],
        },
        "orders": {
            "external": {"route": "outside", "share": external / (external + requests), "value": {"mean": 1, "cv": 0}},
            "asking": {"route": "asking", "share": requests * waited_for / (external + requests),
                       "value": {"mean": 1, "cv": 0}},
            "filed": {"route": "filed", "share": requests * (1 - waited_for) / (external + requests),
                      "value": {"mean": 1, "cv": 0}},
        },
        "demand": {"kind": "stream", "rate": f"{external + requests!r} per h"},
        "cooperation": {"setup": "0 h", "switching": "0 h", "completeness": 1},
    }  # fmt: skip
