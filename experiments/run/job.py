"""A job: some ways of working of one company, each replicated with the same customers and the same luck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.run.executors import executor_for
from experiments.run.interrupt import StopRequest
from experiments.run.provenance import (
    SCHEMA_VERSION,
    content_hash,
    file_hash,
    platform_kind,
    source_commit,
    versions,
)
from experiments.run.runner import run_all
from experiments.run.store import ResultStore, write_csv
from experiments.run.window import Failure
from sim.engines.protocol import DEFAULT
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    from sim.orders import OrderFile
    from sim.policies import Portfolio
    from sim.run import RunSpec
    from sim.scenario.company import Scenario

Metrics = dict[str, float]


def with_weeks(scenario: Scenario, weeks: float | None) -> Scenario:
    """Return the scenario with another horizon [weeks]; itself if none is given."""
    if weeks is None:
        return scenario
    from sim.api import with_weeks as with_other_weeks

    return with_other_weeks(scenario, weeks)


@dataclass(frozen=True)
class Job:
    """What is to be run.

    Attributes
    ----------
    source : str
        Name or path of the scenario, as the user gave it.
    scenario : Scenario
        As loaded, before `weeks`.
    portfolios : tuple of Portfolio
        Ways of working, with different keys; the empty one is today's.
    replications : int
        Runs of each; replication r has the same customers and luck in every way of working.
    seed : int
        Root of all draws.
    weeks : float or None
        Horizon [weeks] instead of the scenario's.
    engine : str
        Name of the engine.
    orders : OrderFile, optional
        Real orders instead of the scenario's demand.
    orders_file : Path, optional
        Where they were read from.
    tables : tuple of str, optional
        Tables to keep where results are kept; all unless given.
    log : Path, optional
        Where the event log of replication 0 of the first way of working goes.
    command : str
        Command line that gives the same numbers again.
    """

    source: str
    scenario: Scenario
    portfolios: tuple[Portfolio, ...]
    replications: int
    seed: int
    weeks: float | None = None
    engine: str = DEFAULT
    orders: OrderFile | None = None
    orders_file: Path | None = None
    log: Path | None = None
    command: str = ""
    tables: tuple[str, ...] | None = None

    @property
    def total(self) -> int:
        """Number of runs."""
        return len(self.portfolios) * self.replications

    @property
    def horizon_weeks(self) -> float:
        """Measured time of each run [weeks]."""
        return float(with_weeks(self.scenario, self.weeks).time.horizon) / HOURS_PER_WEEK

    def specs(self, with_tables: bool = True) -> Iterator[RunSpec]:
        """Yield the runs, a replication of every way of working at a time: if cut short, pairs are whole."""
        from sim.run import RunSpec

        chosen = self.tables if with_tables else ()
        tables: dict[str, Any] = {} if chosen is None else {"tables": chosen}
        scenario = with_weeks(self.scenario, self.weeks)
        for replication in range(self.replications):
            for place, portfolio in enumerate(self.portfolios):
                log = self.log is not None and replication == 0 and place == 0
                yield RunSpec(
                    scenario,
                    portfolio,
                    self.seed,
                    replication,
                    engine=self.engine,
                    log=log,
                    orders=self.orders,
                    **tables,
                )


@dataclass
class Collected:
    """What came out of a job, whatever the order in which its runs finished.

    Attributes
    ----------
    runs : dict
        Key of the way of working -> replication -> metrics.
    failures : list of (str, int, Failure)
        Key, replication and reason of each failed run.
    interrupted : bool
        Whether the job was stopped before its end.
    """

    runs: dict[str, dict[int, Metrics]]
    failures: list[tuple[str, int, Failure]] = field(default_factory=list)
    interrupted: bool = False

    @property
    def finished(self) -> int:
        """Number of runs with a result."""
        return sum(len(runs) for runs in self.runs.values())


def perform(
    job: Job,
    workers: int,
    store: ResultStore | None = None,
    on_progress: Callable[[int], None] | None = None,
    request: StopRequest | None = None,
    start: Callable[[int], Executor] | None = None,
) -> Collected:
    """Run a job; keep metrics, hand tables to the store and write the log.

    Parameters
    ----------
    start : callable, optional
        Starts an executor for a number of workers; that which suits the engine if not given.

    Raises
    ------
    RelevoError
        If the log cannot be written.
    """
    request = request or StopRequest()
    collected = Collected({portfolio.key: {} for portfolio in job.portfolios})
    workers = max(1, min(workers, job.total))
    specs, start = job.specs(store is not None), start or executor_for(job.engine)
    for spec, result in run_all(specs, workers, on_progress, stop_request=request, start=start):
        key = spec.portfolio.key
        if isinstance(result, Failure):
            collected.failures.append((key, spec.replication, result))
            continue
        collected.runs[key][spec.replication] = dict(result.metrics)
        if spec.log and job.log is not None:
            write_csv(job.log, result.tables["log"])
        if store is not None:
            kept = {name: table for name, table in result.tables.items() if name != "log"}
            store.add({"policies": key, "seed": job.seed, "replication": spec.replication}, kept)
    collected.interrupted = request.requested and collected.finished + len(collected.failures) < job.total
    return collected


def manifest(job: Job, collected: Collected, created_at: str) -> dict[str, Any]:
    """Return what somebody needs to know, and to do, to get the same numbers again."""
    members = {member.policy.name: member.policy for p in job.portfolios for member in p.members}
    orders: dict[str, Any] | None = None
    if job.orders is not None:
        orders = {"file": job.orders.name, "used": len(job.orders.rows), "unusable": len(job.orders.problems)}
        if job.orders_file is not None:
            orders["sha256"] = file_hash(job.orders_file)
    return {
        "schema_version": SCHEMA_VERSION,
        "created_at": created_at,
        "command": job.command,
        "scenario": {"name": job.source, "sha256": content_hash(job.scenario)},
        "ways_of_working": [
            {"key": p.key, "policies": {m.policy.name: m.intensity for m in p.members}} for p in job.portfolios
        ],
        "policies": {name: {"sha256": content_hash(policy)} for name, policy in sorted(members.items())},
        "seed": job.seed,
        "replications": job.replications,
        "weeks": job.horizon_weeks,
        "engine": job.engine,
        "orders": orders,
        "complete": not collected.interrupted and not collected.failures,
        "interrupted": collected.interrupted,
        "runs_finished": collected.finished,
        "failures": [
            {"policies": key, "replication": replication, "reason": failure.reason}
            for key, replication, failure in collected.failures
        ],
        "versions": versions(),
        "platform": platform_kind(),
        "source_commit": source_commit(),
    }
