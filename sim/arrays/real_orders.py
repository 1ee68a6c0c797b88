"""Real orders for a scenario: which file, whether its order types are the scenario's, what the window leaves out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sim.errors import InputError
from sim.orders import OrderFile, read_orders
from sim.scenario.company import Scenario
from sim.scenario.orders import FileDemand

HOURS_PER_WEEK = 168.0
SHORT_BY = 4.0
"""Weeks without orders at the end of the window that are worth a remark."""


def orders_of(
    scenario: Scenario, path: str | Path | None = None, columns: Mapping[str, str] | None = None
) -> OrderFile | None:
    """Read the real orders of a scenario: from the file given, else from the one that it names.

    Parameters
    ----------
    scenario : Scenario
        Its 'demand.columns' say which column holds what, its order types which types are known.
    path : path, optional
        A CSV file that wins over 'demand.file'.
    columns : mapping, optional
        Columns that win over the scenario's.

    Returns
    -------
    OrderFile or None
        None if there is no file: the scenario has demand of its own.

    Raises
    ------
    InputError
        If the file cannot be read or no row is usable.
    """
    demand = scenario.demand
    known: dict[str, str] = {}
    if isinstance(demand, FileDemand):
        known = {field: column for field, column in demand.columns.model_dump().items() if column is not None}
        if path is None and demand.file is not None:
            path = (scenario.folder or Path()) / demand.file
    return None if path is None else suited(scenario, read_orders(path, {**known, **(columns or {})}))


def suited(scenario: Scenario, orders: OrderFile) -> OrderFile:
    """Return the orders that the scenario can take; rows of an unknown order type become problems.

    Where the scenario has one order type only, there is nothing to choose: types are not used, and remarked.

    Raises
    ------
    InputError
        If none is left.
    """
    if len(scenario.orders) == 1:
        (only,) = scenario.orders
        others = sum(row.type is not None and row.type != only for row in orders.rows)
        text = f"{orders.name}: {others} orders have a type; the scenario has one order type, '{only}', which all take."
        if others and text not in orders.remarks:
            orders = replace(orders, remarks=(*orders.remarks, text))
    else:
        orders = orders.of_types(tuple(scenario.orders))
    if not orders.rows:
        why = f" The first problem: {orders.problems[0]}" if orders.problems else ""
        raise InputError(f"{orders.name}: there is no usable order; at least one is needed.{why}")
    return orders


def require_suited(scenario: Scenario, orders: OrderFile) -> OrderFile:
    """Return the orders if the scenario can take every one.

    Raises
    ------
    InputError
        If one has an unknown order type, or there is none.
    """
    taken = suited(scenario, orders)
    strange = taken.problems[len(orders.problems) :]
    if strange:
        more = f" ({len(strange) - 1} more rows like it)" if len(strange) > 1 else ""
        raise InputError(f"{strange[0]}{more} Read the file for this scenario, or name another type column.")
    return orders


def window_remarks(scenario: Scenario, orders: OrderFile) -> list[str]:
    """Say which orders fall outside the window; the run begins at midnight of the first order's day.

    They are simulated as long as the run lasts, but not measured.
    """
    begin = dt.datetime.combine(orders.rows[0].placed.date(), dt.time())
    opens = begin + dt.timedelta(hours=scenario.time.warm_up)
    closes = opens + dt.timedelta(hours=scenario.time.horizon)
    early = sum(row.placed < opens for row in orders.rows)
    late = sum(row.placed >= closes for row in orders.rows)
    last = orders.rows[-1].placed
    needed = math.floor((last - opens) / dt.timedelta(weeks=1) * 10.0 + 1.0) / 10.0
    of_all = f"of {len(orders.rows)} usable orders are placed"
    found = []
    if early:
        found.append(
            f"{orders.name}: {early} {of_all} in the warm-up, {begin:%Y-%m-%d} to {opens:%Y-%m-%d}, and not "
            "measured; shorten 'time.warm_up' to measure them."
        )
    if late:
        found.append(
            f"{orders.name}: {late} {of_all} after the window, which closes on {closes:%Y-%m-%d}, and not "
            f"measured; measure {needed:g} weeks to have them all (--weeks {needed:g})."
        )
    elif needed > 0 and scenario.time.horizon / HOURS_PER_WEEK - needed >= SHORT_BY:
        found.append(
            f"{orders.name}: the last order is placed on {last:%Y-%m-%d}, the window closes on {closes:%Y-%m-%d}; "
            f"figures per year and per week are of the whole window; measure {needed:g} weeks to have them "
            f"of the orders' time (--weeks {needed:g})."
        )
    return found
