"""What a run shows: plain sums over its record, written without the model's own metrics where that is possible."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.validate.estimate import Run
from sim.rules.attribution import CAUSES

HOUR = 3_600_000.0


def metric(name: str) -> Callable[[Run], float]:
    """Return a metric of the run by its name."""
    return lambda run: run.metrics[name]


def sojourn(run: Run) -> float:
    """Return the mean time from placing to the end of the route, of orders placed in the window [h]."""
    orders = run.record.orders[run.record.orders["measured"] == 1]
    done = orders[orders["delivered"] >= 0]
    return float((done["delivered"] - done["placed"]).mean() / HOUR)


def held(run: Run, cause: str, holder: str, kind: str | None = None) -> float:
    """Return the mean time that a cause at a holder held a delivered order, of one type if given [h]."""
    names = [*run.world.departments, *run.world.transports]
    orders = run.record.orders
    orders = orders[(orders["measured"] == 1) & (orders["delivered"] >= 0)]
    if kind is not None:
        orders = orders[orders["type"] == run.world.kind_names.index(kind)]
    parts = run.record.parts[run.record.parts["cause"] == CAUSES.index(cause) * len(names) + names.index(holder)]
    parts = parts[np.isin(parts["order"], orders["order"])]
    return float((parts["open"] + parts["closed"]).sum() / HOUR / len(orders))


def queue_of(holder: str, kind: str | None = None) -> Callable[[Run], float]:
    """Return the mean time in a department's queue over all visits of an order [h]."""
    return lambda run: held(run, "queue", holder, kind)


def in_system_total(run: Run) -> float:
    """Return the mean number in all departments."""
    window = run.world.window_end - run.world.window_begin
    return sum(run.record.departments["in_system"]) / window


def number_by_littles_law(run: Run) -> float:
    """Return the rate of placing times the mean sojourn of the orders placed in the window."""
    window = (run.world.window_end - run.world.window_begin) / HOUR
    return float((run.record.orders["measured"] == 1).sum()) / window * sojourn(run)


def open_at(hour: int) -> Callable[[Run], float]:
    """Return the mean number of orders placed and not delivered at an hour of the day."""

    def count(run: Run) -> float:
        day = 86_400_000
        at = np.arange(run.world.window_begin, run.world.window_end, day) + hour * 3_600_000
        placed = np.sort(run.record.orders["placed"])
        delivered = run.record.orders["delivered"]
        delivered = np.sort(delivered[delivered >= 0])
        return float((np.searchsorted(placed, at, "right") - np.searchsorted(delivered, at, "right")).mean())

    return count
