"""Real orders for a job: which file, which columns, and an honest word on every row that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.cli.options import read_columns
from experiments.cli.working import remark
from experiments.show.words import say
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.orders import OrderFile
    from sim.scenario.company import Scenario

SHOWN_ROWS = 20
"""Bad rows that are printed one by one."""


def read_demand(
    company: Scenario, given: Path | None, columns: tuple[str, ...], language: str
) -> tuple[OrderFile | None, Path | None]:
    """Read real orders from the file given, else from the one that the scenario names, if any.

    Columns given win over the scenario's, the scenario's over the fields' own names.

    Returns
    -------
    (OrderFile or None, Path or None)
        The orders and where they came from.

    Raises
    ------
    UsageError
        If columns are given without a file.
    InputError
        If the file cannot be used.
    """
    from sim.arrays.real_orders import orders_of
    from sim.scenario.orders import FileDemand

    named = company.demand.file if isinstance(company.demand, FileDemand) else None
    path = given if given is not None or named is None else (company.folder or Path()) / named
    if path is None:
        if columns:
            raise UsageError(f"--column {columns[0]}: there is no order file; give one with --orders CSV.")
        return None, None
    orders = orders_of(company, path, read_columns(columns))
    if orders is not None:
        _speak_of_bad_rows(orders, path, language)
    return orders, path


def _speak_of_bad_rows(orders: OrderFile, path: Path, language: str) -> None:
    bad = len(orders.problems)
    if not bad:
        return
    remark(say("bad rows", language, file=path, bad=bad, good=len(orders.rows)))
    for problem in orders.problems[:SHOWN_ROWS]:
        remark(f"  {problem}")
    if bad > SHOWN_ROWS:
        remark(f"  {say('more rows', language, more=bad - SHOWN_ROWS)}")
