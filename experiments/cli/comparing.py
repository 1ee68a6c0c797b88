"""What `relevo compare` does: run today and every way of working on the same luck, and compare them jointly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from experiments.analysis.common_numbers import savings
from experiments.analysis.comparison import Comparison
from experiments.analysis.comparison import compare as compare_values
from experiments.analysis.mean_interval import PAIRED_METHOD
from experiments.analysis.selection.selected import Better
from experiments.analysis.with_the_best import with_the_best
from experiments.analysis.worse_off import Runs, worse_off
from experiments.cli.responses import better_of
from experiments.cli.working import column_words as run_column_words
from experiments.cli.working import leave_no_empty_folder, print_json, remark, results_folder
from experiments.plan.plan import RESPONSES
from experiments.run.executors import available_workers, executor_for
from experiments.run.inputs import keep_inputs
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.job import with_weeks
from experiments.run.provenance import (
    SCHEMA_VERSION,
    command_line,
    content_hash,
    platform_kind,
    source_commit,
    versions,
)
from experiments.run.readiness import make_ready
from experiments.run.store import ResultStore
from experiments.run.window import Failure
from experiments.run.worlds import Worlds
from experiments.show.compared import ComparedAll, column_words, compared_data, compared_tables, tables_of
from experiments.show.progress import Progress
from experiments.show.text import Reader, show
from experiments.show.words import say
from sim.errors import RelevoError, UsageError
from sim.measures.columns import describe
from sim.policies import Portfolio
from sim.scenario.company import Scenario
from sim.scenario.load import load_scenario, scenario_data
from sim.units import HOURS_PER_WEEK

Failed = tuple[str, int, Failure]
TODAY = ""
"""Key of today's way of working."""
LEAST_REPLICATIONS = 2
KEPT = ("weeks", "states", "waits")
"""Tables of the runs that are kept with an answer, for its report."""


@dataclass(frozen=True)
class Compare:
    """What the user asked; as the options of the command."""

    source: str
    portfolios: Mapping[str, Portfolio]
    responses: tuple[str, ...]
    replications: int
    weeks: float | None
    seed: int
    engine: str
    workers: int | None
    out: Path | None
    as_json: bool
    language: str


def compare(asked: Compare) -> int:
    """Run what is needed, print the comparison, keep it if wanted; return the exit code."""
    company = with_weeks(load_scenario(asked.source), asked.weeks)
    responses = asked.responses or RESPONSES
    _check(asked, company, responses)
    folder = None if asked.out is None else results_folder(asked.source, asked.out)
    began = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        make_ready(asked.engine)
        store = None if folder is None else ResultStore(folder)
        runs, failures = _run(asked, company, store)
        found = compared(runs, tuple(dict.fromkeys(responses)))
        if store is not None:
            _keep(asked, company, found, runs, failures, store, began)
    except BaseException:
        leave_no_empty_folder(folder)
        raise
    failed = len(failures)
    labels = {name: d.label[asked.language] for name, d in company.departments.items() if d.label is not None}
    labels |= {m.policy.name: m.policy.label[asked.language] for p in asked.portfolios.values() for m in p.members}
    reader = Reader(asked.language, company.currency, labels)
    if asked.as_json:
        head = {"schema_version": SCHEMA_VERSION, "scenario": asked.source, "seed": asked.seed}
        extra = {"failed_runs": failed, **({} if folder is None else {"results": str(folder)})}
        print_json({**head, "replications": len(runs[TODAY]), **compared_data(found), **extra})
    else:
        show(*compared_tables(found, company, len(runs[TODAY]), reader))
        if folder is not None:
            show(say("results in", asked.language, folder=folder))
    return 1 if failed else 0


def _check(asked: Compare, company: Scenario, responses: tuple[str, ...]) -> None:
    if asked.replications < LEAST_REPLICATIONS:
        raise UsageError(f"--replications {asked.replications}: a comparison needs at least 2; 30 is usual.")
    for name in responses:
        better_of(company, name)


def _run(
    asked: Compare, company: Scenario, store: ResultStore | None
) -> tuple[dict[str, dict[int, dict[str, float]]], list[Failed]]:
    portfolios = {TODAY: Portfolio(), **asked.portfolios}
    runs: dict[str, dict[int, dict[str, float]]] = {name: {} for name in portfolios}
    with StopRequest() as request, Progress(len(portfolios) * asked.replications, asked.language) as progress:
        worlds = Worlds(
            company,
            portfolios,
            asked.seed,
            asked.engine,
            asked.workers or available_workers(),
            executor_for(asked.engine),
            tables=() if store is None else KEPT,
            request=request,
            told=progress,
        )
        for name, replication, result in worlds.run(0, asked.replications):
            runs[name][replication] = dict(result.metrics)
            if store is not None:
                store.add({"seed": asked.seed}, {t: frame.assign(policies=name) for t, frame in result.tables.items()})
    if request.requested:
        raise StoppedError("Interrupted; what is finished is not enough for a comparison.")
    if worlds.failures:
        name, replication, failure = worlds.failures[0]
        if min(len(each) for each in runs.values()) < LEAST_REPLICATIONS:
            error = RelevoError(failure.reason)
            error.exit_code = failure.exit_code
            raise error
        counts = {"failed": len(worlds.failures), "total": len(portfolios) * asked.replications}
        run = f"{name or say('today', asked.language)}, {replication}"
        remark(say("failed runs", asked.language, run=run, reason=failure.reason, **counts))
    return runs, worlds.failures


def compared(runs: Mapping[str, Runs], responses: tuple[str, ...]) -> ComparedAll:
    """Compare every way of working with today in every response, with the best in the first, and in all else.

    Parameters
    ----------
    runs : mapping
        By way of working, today's ("") first.
    responses : tuple of str
        Metrics.
    """
    names, first = list(runs), responses[0]
    replications = sorted(set().union(*(each.keys() for each in runs.values())))
    values = {
        response: np.array([[runs[n].get(r, {}).get(response, math.nan) for r in replications] for n in names])
        for response in responses
    }
    for response, table in values.items():
        if np.isnan(table).all():
            raise UsageError(f"--response {response}: has no value in any run of this company; name another metric.")
    against: dict[str, Comparison] = {
        response: compare_values(table, better=_better(response), responses=len(responses))
        for response, table in values.items()
    }
    return ComparedAll(
        ways=tuple(names[1:]),
        responses=responses,
        against=against,
        best=with_the_best(values[first], better=_better(first), method=PAIRED_METHOD),
        savings={response: savings(table) for response, table in values.items()},
        worse=worse_off(runs[TODAY], {name: runs[name] for name in names[1:]}),
        today={response: table[0] for response, table in values.items()},
    )


def _better(response: str) -> Better:
    return describe(response).better or "lower"


def _keep(
    asked: Compare,
    company: Scenario,
    found: ComparedAll,
    runs: Mapping[str, Runs],
    failures: list[Failed],
    store: ResultStore,
    began: str,
) -> None:
    store.add({}, tables_of(found, runs))
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "created_at": began,
        "command": command_line(
            f"compare {asked.source}",
            {
                "--policy": list(asked.portfolios),
                "--response": list(asked.responses),
                "--replications": asked.replications,
                "--weeks": None if asked.weeks is None else f"{asked.weeks:g}",
                "--seed": asked.seed,
                "--engine": asked.engine,
            },
        ),
        "scenario": {"name": asked.source, "sha256": content_hash(company)},
        "ways_of_working": [
            {"key": name, "policies": {m.policy.name: m.intensity for m in portfolio.members}}
            for name, portfolio in {TODAY: Portfolio(), **asked.portfolios}.items()
        ],
        "seed": asked.seed,
        "replications": asked.replications,
        "weeks": company.time.horizon / HOURS_PER_WEEK,
        "engine": asked.engine,
        "failures": [
            {"policies": name, "replication": replication, "reason": failure.reason}
            for name, replication, failure in failures
        ],
        "versions": versions(),
        "platform": platform_kind(),
        "source_commit": source_commit(),
    }
    members = {m.policy.name: m.policy for p in asked.portfolios.values() for m in p.members}
    keep_inputs(store.folder, scenario_data(asked.source), members.values())
    store.write(manifest, lambda table, column: _column_words(table, column, company.currency))


def _column_words(table: str, column: str, currency: str) -> dict[str, str]:
    return (run_column_words if table in KEPT else column_words)(table, column, currency)
