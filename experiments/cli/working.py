"""What every command that runs the model does around it: progress, Ctrl-C, keeping results, remarks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from experiments.run.inputs import keep_inputs
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.job import Collected, Job, manifest, perform, with_weeks
from experiments.run.provenance import SCHEMA_VERSION
from experiments.run.store import ResultStore, new_folder
from experiments.show.text import Reader
from experiments.show.words import say
from sim.errors import RelevoError
from sim.scenario.load import scenario_data


@dataclass
class Done:
    """A job that has been done as far as it got."""

    collected: Collected
    folder: Path | None
    remarks: list[str] = field(default_factory=list)


def remark(text: str) -> None:
    """Say something beside the results."""
    click.echo(text, err=True)


def warn(texts: Iterable[str], language: str) -> None:
    """Say warnings."""
    for text in texts:
        remark(say("warning", language, text=text))


def notices(job: Job) -> list[str]:
    """Return what is odd about a job before it runs: overload, policies that cannot work, orders left out."""
    from sim.arrays.real_orders import window_remarks
    from sim.policies.fit import remarks
    from sim.scenario.capacity import warnings

    found = [*warnings(job.scenario), *(text for p in job.portfolios for text in remarks(job.scenario, p))]
    if job.orders is not None:
        found += [*job.orders.remarks, *window_remarks(with_weeks(job.scenario, job.weeks), job.orders)]
    return found


def print_json(content: dict[str, Any]) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))


def carry_out(job: Job, workers: int | None, folder: Path | None, language: str) -> Done:
    """Perform a job with progress; keep its results, also those of a job cut short.

    Parameters
    ----------
    folder : Path, optional
        Where results go; nothing is kept if not given.

    Raises
    ------
    RelevoError
        If no run succeeded, with the reason of the first failure, or results cannot be written.
    StoppedError
        If Ctrl-C came before the first run was finished.
    """
    from experiments.run.executors import available_workers
    from experiments.run.readiness import make_ready
    from experiments.show.progress import Progress

    began = datetime.now(UTC).isoformat(timespec="seconds")
    store = None if folder is None else ResultStore(folder)
    words = partial(column_words, currency=job.scenario.currency)
    try:
        make_ready(job.engine)
        with StopRequest() as request:
            with Progress(job.total, language) as progress:
                collected = perform(job, workers or available_workers(), store, progress, request)
            if not collected.finished:
                _give_up(collected)
            if store is not None:
                members = {m.policy.name: m.policy for p in job.portfolios for m in p.members}
                keep_inputs(store.folder, scenario_data(job.source), members.values())
                store.write(manifest(job, collected, began), words)
    except BaseException:
        leave_no_empty_folder(folder)
        raise
    done = Done(collected, folder)
    _speak_of_gaps(job, done, language)
    return done


def _give_up(collected: Collected) -> NoReturn:
    if not collected.failures:
        raise StoppedError("Interrupted before the first run was finished; nothing to keep.")
    failure = collected.failures[0][2]
    error = RelevoError(failure.reason if not failure.details else f"Every run failed. The first: {failure.reason}")
    error.exit_code = failure.exit_code
    raise error


def leave_no_empty_folder(folder: Path | None) -> None:
    """Remove the folder of results that did not come."""
    if folder is not None:
        with suppress(OSError):
            folder.rmdir()  # Only succeeds while it is empty.


def _speak_of_gaps(job: Job, done: Done, language: str) -> None:
    collected = done.collected
    if collected.failures:
        key, replication, failure = collected.failures[0]
        run = f"{key or say('today', language)}, {replication}"
        counts = {"failed": len(collected.failures), "total": job.total}
        done.remarks.append(say("failed runs", language, run=run, reason=failure.reason, **counts))
    if collected.interrupted:
        done.remarks.append(say("interrupted", language, finished=collected.finished, total=job.total))
    for text in done.remarks:
        remark(text)


def ending(done: Done) -> int:
    """Return the exit code of a job: 130 interrupted, 1 with failed runs, else 0."""
    if done.collected.interrupted:
        return StoppedError.exit_code
    return 1 if done.collected.failures else 0


def results_folder(name: str, out: Path | None) -> Path:
    """Make the folder for the results of a scenario, named after it unless the user says otherwise."""
    return new_folder(Path(name).stem, out)


def reader_of(job: Job, language: str) -> Reader:
    """Return for whom a job's results are written: language, currency, names for people."""
    scenario = job.scenario
    steps = [step for route in scenario.routes.values() for step in route]
    labels = {step.transport: step.label for step in steps if step.transport is not None}
    labels |= {name: department.label for name, department in scenario.departments.items()}
    labels |= {m.policy.name: m.policy.label for p in job.portfolios for m in p.members}
    known = {name: label[language] for name, label in labels.items() if label is not None}
    return Reader(language, scenario.currency, known)


def column_words(table: str, column: str, currency: str) -> dict[str, str]:
    """Return unit and meaning of a column; the seed is a column of the store's own."""
    from sim.measures.columns import TABLES

    if column == "seed":
        return {"unit": "1", "en": "root of all draws", "es": "raíz de todos los sorteos"}
    (known,) = (entry for entry in TABLES[table] if entry.name == column)
    return {"unit": known.unit.replace("{currency}", currency), "en": known.en, "es": known.es}


def headline(job: Job, done: Done) -> dict[str, Any]:
    """Return the leading keys of every JSON object about a job; replications are those that finished."""
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": job.source,
        "seed": job.seed,
        "replications": max(len(runs) for runs in done.collected.runs.values()),
        "weeks": job.horizon_weeks,
        "engine": job.engine,
        "interrupted": done.collected.interrupted,
        "failed_runs": len(done.collected.failures),
    }
