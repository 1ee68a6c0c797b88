"""Run one replication of a scenario under a portfolio: the public door of all engines."""

from __future__ import annotations

import pickle
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sim.arrays import World, build
from sim.arrays.real_orders import orders_of, require_suited
from sim.engines import ENGINES, engine, streams
from sim.engines.protocol import Engine
from sim.errors import UsageError, nearest
from sim.measures.agreement import EnginesDiffer, first_difference
from sim.measures.basis import Basis, basis
from sim.measures.metrics import measure
from sim.measures.record import Record
from sim.orders import OrderFile
from sim.policies.policy import Portfolio
from sim.scenario.company import Scenario
from sim.scenario.orders import FileDemand

if TYPE_CHECKING:
    import pandas as pd

K = TypeVar("K")

REFERENCE = "reference"
BOTH = "both"
"""In the place of an engine: run on the reference and on another one, which must agree bit for bit."""

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
        Name of the engine; all give the same result. 'both' runs the reference and the other and compares.
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


@dataclass(frozen=True, slots=True)
class Setting:
    """What all replications of a scenario under a portfolio share, prepared once."""

    made_from: tuple[Scenario, Portfolio, OrderFile | None]
    """Kept so that no other object can get the identity of one of them."""
    world: World
    basis: Basis


class Settings:
    """The settings that were run last, so that replications do not prepare theirs anew. May be used by threads.

    A setting is found again by the identity of what it is made from, which never changes: scenarios and
    portfolios are frozen, and a changed one is another object. A worker process gets a new copy with each run;
    there the same pickled bytes are the same setting.
    """

    def __init__(self, most: int = 64) -> None:
        """Keep at most so many: more than the ways of working that are run in turn, so that each is found again."""
        self.most = most
        self._lock = threading.Lock()
        self._by_identity: dict[tuple[int, int, int], Setting] = {}
        self._by_content: dict[bytes, Setting] = {}

    def __len__(self) -> int:
        return len(self._by_identity)

    def forget(self) -> None:
        """Let go of all settings."""
        with self._lock:
            self._by_identity.clear()
            self._by_content.clear()

    def of(self, scenario: Scenario, portfolio: Portfolio, orders: OrderFile | None = None) -> Setting:
        """Return the setting of a scenario under a portfolio, on real orders if any.

        Raises
        ------
        InputError
            If the scenario needs a file of orders and has none, or an order has a type it does not know.
        """
        key = (id(scenario), id(portfolio), id(orders))
        found = self._by_identity.get(key)
        if found is not None:
            return found
        if orders is None and isinstance(scenario.demand, FileDemand):
            # The scenario's own file is read for every run: it may have changed.
            return _prepare(scenario, portfolio, orders, orders_of(scenario))
        with self._lock:
            return self._by_identity.get(key) or self._first_time(key, scenario, portfolio, orders)

    def _first_time(
        self, key: tuple[int, int, int], scenario: Scenario, portfolio: Portfolio, orders: OrderFile | None
    ) -> Setting:
        made_from = (scenario, portfolio, orders)
        # Going through many real orders would take about as long as preparing a world with them.
        content = pickle.dumps(made_from) if orders is None else b""
        twin = self._by_content.get(content)
        if twin is not None:
            found = Setting(made_from, twin.world, twin.basis)
        else:
            suited = None if orders is None else require_suited(scenario, orders)
            found = _prepare(scenario, portfolio, orders, suited)
        _keep(self._by_identity, key, found, self.most)
        if content:
            _keep(self._by_content, content, found, self.most)
        return found


def _prepare(scenario: Scenario, portfolio: Portfolio, given: OrderFile | None, used: OrderFile | None) -> Setting:
    world = build(scenario, portfolio, used)
    return Setting((scenario, portfolio, given), world, basis(scenario, portfolio, world))


def _keep(kept: dict[K, Setting], key: K, setting: Setting, most: int) -> None:
    """Put a setting among those kept, in the place of the oldest if there is no room."""
    if key not in kept and len(kept) >= most:
        del kept[next(iter(kept))]
    kept[key] = setting


SETTINGS = Settings()


def engines(name: str) -> dict[str, Engine]:
    """Return the engines that a name stands for: one, or for 'both' all, the reference first.

    Raises
    ------
    UsageError
        If there is no such engine, or what it needs is not installed.
    """
    names = [name] if name != BOTH else sorted(ENGINES, key=lambda known: known != REFERENCE)
    if name == BOTH and len(names) == 1:
        raise UsageError(
            f"--engine {BOTH}: there is one engine only, '{REFERENCE}'; for another to compare it with, "
            "install a Relevo that has one: pip install --upgrade relevo."
        )
    return {each: _loaded(each, name) for each in names}


def _loaded(name: str, wanted: str) -> Engine:
    if name not in ENGINES:
        raise UsageError(f"--engine: '{name}' is not an engine. {nearest(name, [*ENGINES, BOTH])}")
    try:
        return engine(name)
    except ImportError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("sim", "experiments"):
            raise  # Not a missing package: Relevo itself is broken.
        remedy = f"pip install {package}" if isinstance(error, ModuleNotFoundError) else "install Relevo again with pip"
        raise UsageError(f"--engine {wanted}: the {name} engine cannot be loaded: {error}; {remedy}.") from None


def _record(spec: RunSpec, world: World) -> Record:
    """Run the engine, or both; what both leave is the reference's.

    Raises
    ------
    EnginesDiffer
        If two engines leave different records.
    """
    chosen = engines(spec.engine)
    if spec.engine != BOTH:
        return chosen[spec.engine](world, spec.seed, spec.replication, log=spec.log)
    # With the log also where nobody wants to see it: only it says where two runs part.
    records = {name: run_it(world, spec.seed, spec.replication, log=True) for name, run_it in chosen.items()}
    reference = records.pop(REFERENCE)
    for name, record in records.items():
        names = (REFERENCE, name)
        difference = first_difference(world, reference, record, names, streams.LOG_EVENTS, streams.ITEMS)
        if difference is not None:
            raise EnginesDiffer(difference)
    return reference


def run(spec: RunSpec) -> RunResult:
    """Run one replication.

    Raises
    ------
    UsageError
        If there is no such engine, or what it needs is not installed.
    EnginesDiffer
        If both engines were asked for and do not agree.
    InputError
        If the scenario needs a file of orders and has none, or an order has a type it does not know.
    """
    setting = SETTINGS.of(spec.scenario, spec.portfolio, spec.orders)
    world = setting.world
    record = _record(spec, world)
    numbers = measure(setting.basis, record)
    frames: dict[str, pd.DataFrame] = {}
    if spec.tables:
        from sim.measures.tables import tables

        made = tables(world, record, numbers, spec.replication, spec.portfolio.key, spec.scenario.currency)
        frames = {name: frame for name, frame in made.items() if name in spec.tables}
    if spec.log:
        from sim.measures.tables import event_log

        frames["log"] = event_log(world, record, streams.LOG_EVENTS, streams.ITEMS)
    return RunResult(numbers, frames)
