"""Run one replication of a scenario under a portfolio: the public door of all engines."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sim.arrays import World, build
from sim.arrays.real_orders import orders_of, require_suited
from sim.engines import streams
from sim.engines.limits import MOST_EVENTS, require_allowed
from sim.engines.protocol import BOTH, DEFAULT, REFERENCE, Forking, engines, forking
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
    most_events : int
        Events that may happen before the run is stopped as one that would never end.

    Raises
    ------
    UsageError
        If no event is allowed.
    """

    scenario: Scenario
    portfolio: Portfolio = TODAY
    seed: int = 1
    replication: int = 0
    engine: str = DEFAULT
    log: bool = False
    orders: OrderFile | None = None
    tables: tuple[str, ...] = (
        *("runs", "departments", "pairs", "orders", "parts", "customers", "weeks", "states"),
        "waits",
    )
    most_events: int = MOST_EVENTS

    def __post_init__(self) -> None:
        require_allowed(self.most_events)

    @property
    def with_rows(self) -> bool:
        """Whether a table needs single orders, customers or weeks; the others are made of metrics."""
        return not {"runs", "departments", "pairs"}.issuperset(self.tables)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run yields.

    Attributes
    ----------
    metrics : dict
        Every metric by name; nan where it does not apply.
    tables : dict of DataFrame
        Tidy tables by name; their columns are documented in `sim.measures.columns.TABLES`.
    events : int
        Events of the calendar that happened.
    """

    metrics: dict[str, float]
    tables: dict[str, pd.DataFrame]
    events: int = 0


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
    RunTooLongError
        If more events were about to happen than the run may have.
    RunTooLargeError
        If it was about to take more memory than there may be for it.
    """
    setting = SETTINGS.of(spec.scenario, spec.portfolio, spec.orders)
    return _result(spec, setting, _record(spec, setting.world))


def _record(spec: RunSpec, world: World) -> Record:
    """Run the engine, or both, which must leave the same; it is the reference's that is returned."""
    chosen, luck, most = engines(spec.engine), (spec.seed, spec.replication), spec.most_events
    if spec.engine != BOTH:
        return chosen[spec.engine](world, *luck, log=spec.log, parts=spec.with_rows, most_events=most)
    # With everything also where nobody wants to see it: only the log says where two runs part.
    records = {name: run_it(world, *luck, log=True, most_events=most) for name, run_it in chosen.items()}
    reference = records.pop(REFERENCE)
    for name, record in records.items():
        names = (REFERENCE, name)
        difference = first_difference(world, reference, record, names, streams.LOG_EVENTS, streams.ITEMS)
        if difference is not None:
            raise EnginesDiffer(difference)
    return reference


def _result(spec: RunSpec, setting: Setting, record: Record) -> RunResult:
    """Measure a run and make the tables that are wanted."""
    world = setting.world
    numbers = measure(setting.basis, record)
    frames: dict[str, pd.DataFrame] = {}
    if spec.tables:
        from sim.measures.tables import tables

        labels = (spec.replication, spec.portfolio.key, spec.scenario.currency)
        frames = tables(world, record, numbers, *labels, wanted=spec.tables)
    if spec.log:
        from sim.measures.tables import event_log

        frames["log"] = event_log(world, record, streams.LOG_EVENTS, streams.ITEMS)
    return RunResult(numbers, frames, record.events)


# Many policies from one warm-up ---------------------------------------------------------------------------


def run_together(specs: Sequence[RunSpec]) -> list[RunResult]:
    """Run some ways of working; those that differ in nothing but policies share the warm-up of a replication.

    The results are those of `run` for each, which is what is done where nothing can be shared.

    Raises
    ------
    RelevoError
        As `run` does; with `Together` whoever runs them can keep the others.
    """
    together = Together(specs)
    return [together.run(spec) for spec in specs]


class Together:
    """Runs that share what they can, in any order, also from many threads: the first that needs a warm-up does it."""

    def __init__(self, specs: Sequence[RunSpec]) -> None:
        alike: dict[Hashable, list[RunSpec]] = {}
        for spec in specs:
            alike.setdefault(_but_for_policies(spec), []).append(spec)
        self._warm_ups = {key: _WarmUp(members) for key, members in alike.items() if len(members) > 1}

    def run(self, spec: RunSpec) -> RunResult:
        """Run one of them; raises what `run` does."""
        shared = self._warm_ups.get(_but_for_policies(spec))
        found = None if shared is None else shared.gone_on_from(spec)
        return run(spec) if found is None else _result(spec, *found)


def _but_for_policies(spec: RunSpec) -> Hashable:
    """Return what runs that share a warm-up have in common."""
    company, luck = (id(spec.scenario), id(spec.orders)), (spec.seed, spec.replication)
    return company, luck, spec.engine, spec.log, spec.with_rows, spec.most_events


class _WarmUp:
    """The warm-up of one replication, done when the first run needs it, and the state at its end."""

    def __init__(self, specs: Sequence[RunSpec]) -> None:
        self._specs = specs  # Also so that no other object gets the identity of their portfolios.
        self._lock = threading.Lock()
        self._engine: Forking | None = None
        self._state: Any = None
        self._settings: dict[int, Setting] | None = None  # Of the runs that go on from it.

    def gone_on_from(self, spec: RunSpec) -> tuple[Setting, Record] | None:
        """Run what follows the warm-up; None if this run has to begin at the beginning."""
        with self._lock:
            if self._settings is None:
                self._settings = {}
                # Whatever goes wrong belongs to one of the runs, which will say so when its turn comes.
                with suppress(Exception):
                    self._settings = self._warm_up()
        setting = self._settings.get(id(spec.portfolio))
        if setting is None or self._engine is None:
            return None
        return setting, self._engine.run_from(self._state, setting.world)

    def _warm_up(self) -> dict[int, Setting]:
        first, found = self._specs[0], dict[int, Setting]()
        engine = self._engine = forking(first.engine)
        if engine is None:
            return {}
        for spec in self._specs:
            with suppress(Exception):
                setting = SETTINGS.of(spec.scenario, spec.portfolio, spec.orders)
                leader = next(iter(found.values()), setting)
                if setting.world.window_begin > 0 and engine.can_share(leader.world, setting.world):
                    found[id(spec.portfolio)] = setting
        if len(found) > 1:
            worlds, luck = [setting.world for setting in found.values()], (first.seed, first.replication)
            most = first.most_events
            self._state = engine.warm_up(worlds, *luck, log=first.log, parts=first.with_rows, most_events=most)
        return found if len(found) > 1 else {}
