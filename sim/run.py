"""Run one replication of a scenario under a portfolio: the public door of all engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.arrays import build
from sim.arrays.real_orders import orders_of, require_suited
from sim.engines import engine, streams
from sim.measures.metrics import metrics
from sim.orders import OrderFile
from sim.policies.policy import Portfolio
from sim.scenario.company import Scenario

if TYPE_CHECKING:
    import pandas as pd

TODAY = Portfolio()
"""Today's way of working: no policy."""


@dataclass(frozen=True, slots=True)
class RunSpec:
    """What decides a run completely.

    Attributes
    ----------
    scenario : Scenario
        What is given.
    portfolio : Portfolio
        What is chosen; empty for today's way of working.
    seed, replication : int
        Decide all luck; the same in every policy world.
    engine : str
        Name of the engine; all give the same result.
    log : bool
        Keep the complete event log.
    orders : OrderFile, optional
        Real orders instead of the scenario's demand; if not given, those of the file that the scenario names.
    tables : tuple of str
        Which tables to make; none saves time in large experiments.
    """

    scenario: Scenario
    portfolio: Portfolio = TODAY
    seed: int = 1
    replication: int = 0
    engine: str = "reference"
    log: bool = False
    orders: OrderFile | None = None
    tables: tuple[str, ...] = ("runs", "departments", "pairs", "orders", "parts", "customers", "weeks")


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run yields.

    Attributes
    ----------
    metrics : dict
        Every metric by name; nan where it does not apply.
    tables : dict of DataFrame
        Tidy tables by name; their columns are documented in `sim.measures.columns.TABLES`.
    """

    metrics: dict[str, float]
    tables: dict[str, pd.DataFrame]


def run(spec: RunSpec) -> RunResult:
    """Run one replication.

    Raises
    ------
    UsageError
        If there is no such engine.
    InputError
        If the scenario needs a file of orders and has none, or an order has a type it does not know.
    """
    orders = orders_of(spec.scenario) if spec.orders is None else require_suited(spec.scenario, spec.orders)
    world = build(spec.scenario, spec.portfolio, orders)
    record = engine(spec.engine)(world, spec.seed, spec.replication, log=spec.log)
    numbers = metrics(spec.scenario, spec.portfolio, world, record)
    frames: dict[str, pd.DataFrame] = {}
    if spec.tables:
        from sim.measures.tables import tables

        made = tables(world, record, numbers, spec.replication, spec.portfolio.key, spec.scenario.currency)
        frames = {name: frame for name, frame in made.items() if name in spec.tables}
    if spec.log:
        from sim.measures.tables import event_log

        frames["log"] = event_log(world, record, streams.LOG_EVENTS, streams.ITEMS)
    return RunResult(numbers, frames)
