"""From the record of a run to tidy tables, with the columns of `sim.measures.columns`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd

from sim.arrays import World
from sim.measures.columns import TABLES, describe
from sim.measures.metrics import quantile
from sim.measures.record import OUTCOMES, Record
from sim.measures.turned import turned
from sim.rules.attribution import CAUSES, DISPUTE
from sim.rules.calendar import WEEK_MS
from sim.units import MS_PER_HOUR

INSTANTS = (
    "placed",
    "answered",
    "promised",
    "delivered",
    "invoiced",
    "ended",
    "complaint_answered",
    "complained",
    "compensated",
)
ALL = ("runs", "departments", "pairs", "orders", "parts", "customers", "weeks", "states", "waits")
WAIT_SHARES = tuple(k / 100 for k in range(1, 100))
"""[1] -- shares of the delivered orders whose longest wait the table of waits gives."""


def tables(
    world: World,
    record: Record,
    metrics: dict[str, float],
    replication: int,
    policies: str,
    currency: str,
    wanted: Collection[str] = ALL,
) -> dict[str, pd.DataFrame]:
    """Return the tables of one run that are wanted, by name; every column is documented in `TABLES`."""
    made: dict[str, Callable[[], pd.DataFrame]] = {
        "runs": lambda: _runs(metrics, currency),
        "departments": lambda: _owned(metrics, world.departments),
        "pairs": lambda: _pairs(metrics),
        "orders": lambda: _orders(world, record),
        "parts": lambda: _parts(world, record),
        "customers": lambda: _customers(record),
        "weeks": lambda: _weeks(world, record),
        "states": lambda: _states(world, record),
        "waits": lambda: _waits(record),
    }
    frames: dict[str, pd.DataFrame] = {}
    for name in (name for name in made if name in wanted):
        frame = made[name]()
        frame.insert(0, "policies", policies)
        frame.insert(0, "replication", replication)
        frames[name] = frame[[column.name for column in TABLES[name]]]
    return frames


def event_log(world: World, record: Record, events: tuple[str, ...], items: tuple[str, ...]) -> pd.DataFrame:
    """Return the complete event log as a table."""
    log = record.log_rows()
    names = np.array([*world.departments, *world.transports, ""], dtype=object)
    return pd.DataFrame(
        {
            "time": log[:, 0] / MS_PER_HOUR,
            "event": np.array(events, dtype=object)[log[:, 1]],
            "holder": names[log[:, 2]],
            "order": log[:, 3],
            "item": np.array([*items, ""], dtype=object)[log[:, 4]],
        }
    )


def _hours(values: Any) -> Any:
    return np.where(values < 0, np.nan, values / MS_PER_HOUR)


def _runs(metrics: dict[str, float], currency: str) -> pd.DataFrame:
    names = list(metrics)
    return pd.DataFrame(
        {"metric": names, "value": [metrics[n] for n in names], "unit": [describe(n, currency).unit for n in names]}
    )


def _owned(metrics: dict[str, float], owners: list[str]) -> pd.DataFrame:
    columns = [c.name for c in TABLES["departments"][3:]]
    rows = [[name, *(metrics.get(f"{name}.{c}", np.nan) for c in columns)] for name in owners]
    return pd.DataFrame(rows, columns=["department", *columns])


def _pairs(metrics: dict[str, float]) -> pd.DataFrame:
    columns = [c.name for c in TABLES["pairs"][4:]]
    found = dict.fromkeys(name.rpartition(".")[0] for name in metrics if "->" in name)
    rows = [[*pair.split("->"), *(metrics.get(f"{pair}.{c}", np.nan) for c in columns)] for pair in found]
    return pd.DataFrame(rows, columns=["asker", "asked", *columns])


def _orders(world: World, record: Record) -> pd.DataFrame:
    o = record.orders
    data: dict[str, Any] = {name: o[name] for name in o.dtype.names or ()}
    for name in INSTANTS:
        data[name] = _hours(o[name])
    data["type"] = np.array(world.kind_names, dtype=object)[o["type"]]
    data["outcome"] = np.array(OUTCOMES, dtype=object)[o["outcome"]]
    data["wait"] = data["delivered"] - data["placed"]
    return pd.DataFrame(data)


def _parts(world: World, record: Record) -> pd.DataFrame:
    names = np.array([*world.departments, *world.transports], dtype=object)
    parts = record.parts_by_order
    cause = parts["cause"]
    kind = np.minimum(cause // len(names), DISPUTE)
    return pd.DataFrame(
        {
            "order": parts["order"],
            "cause": np.array(CAUSES, dtype=object)[kind],
            "holder": names[np.where(kind < DISPUTE, cause % len(names), cause // len(names) - DISPUTE)],
            "open_hours": parts["open"] / MS_PER_HOUR,
            "closed_hours": parts["closed"] / MS_PER_HOUR,
        }
    )


def _customers(record: Record) -> pd.DataFrame:
    c = record.customers
    return pd.DataFrame(
        {
            "customer": c["customer"],
            "joined": _hours(c["joined"]),
            "left": _hours(c["left"]),
            "brought_by": pd.array(c["brought_by"], dtype="Int64"),
            "orders": c["orders"],
            "satisfaction": c["satisfaction"],
        }
    ).assign(brought_by=lambda frame: frame["brought_by"].mask(frame["brought_by"] < 0))


def _weeks(world: World, record: Record) -> pd.DataFrame:
    weeks, orders = record.weeks, record.orders
    number = (weeks["begin"] - world.window_begin) // WEEK_MS
    of_order = (orders["placed"] - world.window_begin) // WEEK_MS
    delivered = orders["delivered"] >= 0
    promised = delivered & (orders["promised"] >= 0)
    kept = promised & (orders["delivered"] <= orders["promised"])
    low = int(number.min()) if len(number) else 0
    size = int(number.max()) - low + 1 if len(number) else 0

    def count(chosen: Any, weights: Any = None) -> Any:
        where = np.clip(of_order[chosen] - low, 0, max(0, size - 1))
        return np.bincount(where, weights=weights, minlength=size)[:size][number - low]

    with np.errstate(invalid="ignore", divide="ignore"):
        wait = (orders["delivered"] - orders["placed"])[delivered] / MS_PER_HOUR
        return pd.DataFrame(
            {
                "week": number,
                "customers": weeks["customers"],
                "satisfaction": weeks["satisfaction"],
                "improvable": weeks["improvable"],
                "orders_placed": count(orders["placed"] >= 0),
                "orders_delivered": count(delivered),
                "wait_mean": count(delivered, wait) / count(delivered),
                "promise_kept_share": count(kept) / count(promised),
            }
        )


def _waits(record: Record) -> pd.DataFrame:
    """Return the distribution of the wait behind the metrics wait_mean, wait_p50, …: a hundredth of it a row."""
    placed = turned(record.orders).measured()
    delivered = placed["delivered"] >= 0
    waits = np.sort(placed["delivered"][delivered] - placed["placed"][delivered]) / MS_PER_HOUR
    shares = WAIT_SHARES if len(waits) else ()
    return pd.DataFrame({"share": shares, "wait": [quantile(waits, share) for share in shares]}, dtype=float)


def _states(world: World, record: Record) -> pd.DataFrame:
    states = record.states
    data: dict[str, Any] = {name: states[name] for name in states.dtype.names or () if name != "begin"}
    data["week"] = (states["begin"] - world.window_begin) // WEEK_MS
    data["department"] = np.array(world.departments, dtype=object)[states["department"]]
    return pd.DataFrame(data)
