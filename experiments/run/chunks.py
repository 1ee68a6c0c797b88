"""Perform a chunk of an experiment where a worker is, and publish its part.

The runs of a replication share the warm-up that their points have in common. A run that fails is a row with its
reason. What a chunk returns is small: its results are in its part.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.plan.experiment import Experiment
from experiments.run.parts import Chunk, Parts
from sim.errors import RelevoError

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.orders import OrderFile
    from sim.policies import Portfolio
    from sim.run import RunSpec
    from sim.scenario.company import Scenario

OK, FAILED = "ok", "failed"
POINT, REPLICATION, STATUS, REASON, EVENTS = "point", "replication", "status", "reason", "events"
LEADING = (POINT, REPLICATION, STATUS, REASON, EVENTS)
"""Columns of a part before the metrics."""
GROUPS_KEPT = 4
"""Groups of points that a process keeps prepared."""


@dataclass(frozen=True)
class Row:
    """What came of one run.

    Attributes
    ----------
    point, replication : int
        Which run.
    metrics : dict
        By name; empty if it failed.
    events : int
        Events that happened; 0 if it failed.
    reason : str
        Why it failed; empty otherwise.
    """

    point: int
    replication: int
    metrics: dict[str, float] = field(default_factory=dict)
    events: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Summary:
    """What whoever asked for a chunk needs to know of it.

    Attributes
    ----------
    runs, failed : int
        Runs in the part, and how many of them failed.
    seconds : float
        What they took where they ran [s]; 0 if the part was there already.
    values : dict
        Response -> point -> values in the order of the replications; nan where a run failed.
    """

    runs: int
    failed: int
    seconds: float
    values: dict[str, dict[int, list[float]]]


@dataclass(frozen=True)
class Task:
    """A chunk with everything that a worker needs to perform it.

    Attributes
    ----------
    folder : Path
        The experiment's folder, which the worker must see.
    identity : str
        Of the experiment.
    experiment : Experiment
        What is run.
    chunk : Chunk
        Which part of it.
    points : tuple of int
        Its points; of its group those that need these replications.
    engine : str
        Name of the engine.
    orders : Path or None
        File of real orders.
    """

    folder: Path
    identity: str
    experiment: Experiment
    chunk: Chunk
    points: tuple[int, ...]
    engine: str
    orders: Path | None = None

    @property
    def total(self) -> int:
        """Number of its runs."""
        return len(self.points) * (self.chunk.last - self.chunk.first + 1)


def perform_chunk(task: Task) -> Summary:
    """Perform a chunk and publish its part.

    Raises
    ------
    RelevoError
        If the part cannot be written. Whatever goes wrong in a run is a row.
    """
    began = time.perf_counter()
    rows = list(run_rows(task))
    return publish(task, rows, time.perf_counter() - began)


def run_rows(task: Task) -> list[Row]:
    """Perform the runs of a chunk, a replication at a time, in the order of its points."""
    from sim.run import Together

    prepared = _LABORATORY.prepared(task)
    rows: list[Row] = []
    for replication in range(task.chunk.first, task.chunk.last + 1):
        specs = {p: _spec(task, found, replication) for p, found in prepared.items() if not isinstance(found, str)}
        together = Together(list(specs.values()))
        for point in task.points:
            found = prepared[point]
            rows.append(
                Row(point, replication, reason=found)
                if isinstance(found, str)
                else _row(point, replication, together, specs[point])
            )
    return rows


def _row(point: int, replication: int, together: Any, spec: RunSpec) -> Row:
    try:
        result = together.run(spec)
    except RelevoError as error:
        return Row(point, replication, reason=str(error))
    except Exception as error:  # noqa: BLE001 - a failed run is a row, not a crash
        return Row(point, replication, reason=f"{type(error).__name__}: {error}")
    return Row(point, replication, dict(result.metrics), result.events)


def _spec(task: Task, setting: Prepared, replication: int) -> RunSpec:
    from sim.engines.limits import MOST_EVENTS
    from sim.run import RunSpec

    plan = task.experiment.plan
    return RunSpec(
        setting.scenario,
        setting.portfolio,
        plan.seed,
        replication,
        engine=task.engine,
        orders=setting.orders,
        tables=(),
        most_events=plan.most_events or MOST_EVENTS,
    )


def publish(task: Task, rows: Sequence[Row], seconds: float) -> Summary:
    """Write the rows of a chunk as its part."""
    failed = sum(bool(row.reason) for row in rows)
    metadata = {
        "relevo.identity": task.identity,
        "relevo.chunk": task.chunk.name,
        "relevo.failed": str(failed),
        "relevo.seconds": f"{seconds:.3f}",
    }
    Parts(task.folder).publish(task.chunk, table_of(rows, wanted_of(task.experiment)), metadata)
    values: dict[str, dict[int, list[float]]] = {}
    for target in task.experiment.targets:
        by_point = values.setdefault(target.response, {})
        for row in rows:
            by_point.setdefault(row.point, []).append(row.metrics.get(target.response, math.nan))
    return Summary(len(rows), failed, seconds, values)


def wanted_of(experiment: Experiment) -> tuple[frozenset[str], frozenset[str]]:
    """Return the kinds of metrics that are kept, and those kept by name."""
    plan = experiment.plan
    named = (*plan.responses, *(target.response for target in experiment.targets))
    return frozenset(plan.keep), frozenset(named)


def kind_of(metric: str) -> str:
    """Say what a metric describes: the company, a department, a pair of departments.

    Examples
    --------
    >>> kind_of("wait_hours.queue.sales"), kind_of("sales.utilisation"), kind_of("sales->it.requests")
    ('company', 'departments', 'pairs')
    """
    owner, dot, _ = metric.rpartition(".")
    if not dot or metric.startswith(("wait_share.", "wait_hours.")):
        return "company"
    return "pairs" if "->" in owner else "departments"


def table_of(rows: Sequence[Row], wanted: tuple[frozenset[str], frozenset[str]]) -> pa.Table:
    """Return rows as a table: a column for every metric that is kept, empty where a run failed or has it not."""
    import numpy as np
    import pyarrow as pa

    kinds, named = wanted
    names = dict.fromkeys(name for row in rows for name in row.metrics)
    kept = [name for name in names if name in named or kind_of(name) in kinds]
    columns: dict[str, Any] = {
        POINT: pa.array([row.point for row in rows], pa.int32()),
        REPLICATION: pa.array([row.replication for row in rows], pa.int32()),
        STATUS: pa.array([FAILED if row.reason else OK for row in rows], pa.string()),
        REASON: pa.array([row.reason or None for row in rows], pa.string()),
        EVENTS: pa.array([row.events for row in rows], pa.int64()),
    }
    for name in kept:
        numbers = np.array([row.metrics.get(name, math.nan) for row in rows], np.float64)
        columns[name] = pa.array(numbers, pa.float64(), mask=np.isnan(numbers))
    return pa.table(columns)


# What is prepared once in a process --------------------------------------------------------------------------


@dataclass(frozen=True)
class Prepared:
    """A point made ready to run."""

    scenario: Scenario
    portfolio: Portfolio
    orders: OrderFile | None


class _Laboratory:
    """Companies and portfolios of the groups that were performed last; the same objects, so that runs share work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._groups: dict[tuple[str, tuple[int, ...]], dict[int, Prepared | str]] = {}
        self._orders: dict[tuple[str, Path], OrderFile | None] = {}

    def prepared(self, task: Task) -> dict[int, Prepared | str]:
        """Return each point of a chunk made ready, or why it cannot be."""
        key = (task.identity, task.points)
        with self._lock:
            if key not in self._groups:
                while len(self._groups) >= GROUPS_KEPT:
                    del self._groups[next(iter(self._groups))]
                self._groups[key] = self._prepare(task)
            return self._groups[key]

    def _prepare(self, task: Task) -> dict[int, Prepared | str]:
        experiment = task.experiment
        companies: dict[tuple[Any, ...], Scenario] = {}
        found: dict[int, Prepared | str] = {}
        for number in task.points:
            point = experiment.points[number]
            changes = experiment.changes(point)
            try:
                key = tuple(changes.items())
                if key not in companies:
                    companies[key] = experiment.scenario(changes)
                company = companies[key]
                found[number] = Prepared(company, experiment.portfolio(point), self._real_orders(task, company))
            except RelevoError as error:
                found[number] = str(error)
        return found

    def _real_orders(self, task: Task, company: Scenario) -> OrderFile | None:
        if task.orders is None:
            return None
        from sim.arrays.real_orders import orders_of

        key = (task.identity, task.orders)
        if key not in self._orders:
            self._orders[key] = orders_of(company, task.orders)
        return self._orders[key]


_LABORATORY = _Laboratory()
