"""What `relevo sensitivity` does around a method: run its points on common luck, print what is found, keep it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.cli.options import quoted
from experiments.cli.sensitivity_methods import OWN_DESIGN, study
from experiments.cli.working import print_json, remark
from experiments.plan.experiment import Experiment
from experiments.plan.load import load_plan, responses_of
from experiments.run.door import Door
from experiments.run.executors import available_workers, executor_for
from experiments.run.interrupt import StopRequest
from experiments.run.provenance import (
    SCHEMA_VERSION,
    command_line,
    content_hash,
    platform_kind,
    source_commit,
    versions,
)
from experiments.run.readiness import make_ready
from experiments.run.store import ResultStore, new_folder
from experiments.show.progress import Progress
from experiments.show.sensitivity import Varied, varied_data, varied_frames, varied_tables
from experiments.show.sensitivity_columns import column_words
from experiments.show.text import Reader, show
from experiments.show.words import say
from sim.errors import RelevoError, UsageError, nearest
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_names

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Vary:
    """What the user asked; as the options of the command."""

    source: str
    method: str
    response: str | None
    replications: int | None
    samples: int | None
    seed: int | None
    workers: int | None
    engine: str
    out: Path | None
    as_json: bool
    language: str


def vary(asked: Vary) -> int:
    """Run what the method needs, print what it finds, keep it if wanted; return the exit code."""
    if asked.source in shipped_names("scenarios") and asked.source not in shipped_names("plans"):
        raise UsageError(
            f"{asked.source}: a scenario, and a plan is needed, whose factors vary; add --assumptions to vary what the "
            "scenario assumes, or name a plan."
        )
    experiment = load_plan(asked.source)
    if asked.seed is not None:
        experiment = replace(experiment, plan=experiment.plan.model_copy(update={"seed": asked.seed}))
    plan = experiment.plan
    if plan.warm_up == "mser-5":
        raise UsageError(
            f"{experiment.place}, warm_up: 'mser-5' is found by 'relevo sweep'; sensitivity needs a time; "
            "write the one that a sweep found, such as 'warm_up: 104 weeks'."
        )
    response = checked_response(asked.response or plan.responses[0], experiment.base.scenario)
    wanted = study(experiment, asked.method, asked.replications, asked.samples, plan.seed)
    if plan.constraints and asked.method not in OWN_DESIGN:
        remark(say("warning", asked.language, text=say("sensitivity constraints", asked.language, method=asked.method)))
    folder = None if asked.out is None else new_folder(plan.name, asked.out)
    began = datetime.now(UTC).isoformat(timespec="seconds")
    runs = Runs(asked, wanted.experiment)
    blocks = [(tuple(range(len(wanted.experiment.points))), wanted.replications)]
    (values,) = runs.of(response, blocks)
    result = runs.analysed(lambda: wanted.analyse(values[list(wanted.rows)]))
    found = Varied(asked.method, response, result, len(values), wanted.replications, wanted.samples, plan.seed)
    reader = reader_of(asked, experiment)
    data = {
        "plan": asked.source,
        **varied_data(found, reader),
        "failed_runs": len(runs.failures),
    }
    if folder is not None:
        sizes = {"--replications": wanted.replications, "--samples": wanted.samples, "--seed": plan.seed}
        options = {"--method": asked.method, "--response": response, **sizes, "--engine": asked.engine}
        tables = varied_frames(found) | runs.tables(response, values)
        keep(folder, began, f"sensitivity {quoted(asked.source)}", options, experiment, tables)
    return told(asked, data, folder, runs, lambda: show(*varied_tables(found, experiment, reader)))


def checked_response(name: str, company: Scenario) -> str:
    """Return the name of a metric that a company can have.

    Raises
    ------
    UsageError
        If it is none; suggests the nearest one.
    """
    known = set(responses_of(company))
    if name not in known:
        raise UsageError(
            f"--response {name}: no metric of this company. {nearest(name, known)} See 'relevo explain --metrics'."
        )
    return name


def reader_of(asked: Vary, experiment: Experiment) -> Reader:
    """Return for whom results are written; policies have their names for people."""
    company = experiment.base.scenario
    labels = {name: d.label[asked.language] for name, d in company.departments.items() if d.label is not None}
    labels |= {f.name: f.policy.label[asked.language] for f in experiment.factors if f.policy is not None}
    return Reader(asked.language, company.currency, labels)


class Runs:
    """Runs points of an experiment through the runner's door, with progress, and is honest about failures."""

    def __init__(self, asked: Vary, experiment: Experiment) -> None:
        self.asked, self.experiment = asked, experiment
        self.failures: list[Any] = []

    def of(self, response: str, blocks: list[tuple[tuple[int, ...], int]]) -> list[Array]:
        """Return the values of a response for blocks of points and their replications: a row per point.

        Raises
        ------
        StoppedError
            If it was interrupted.
        RelevoError
            If no run has a value.
        """
        asked = self.asked
        make_ready(asked.engine)
        total = sum(len(points) * n for points, n in blocks)
        sizes = {"points": sum(len(points) for points, _ in blocks), "runs": total}
        remark(say("sensitivity runs", asked.language, **sizes))
        with StopRequest() as request, Progress(total, asked.language) as progress:
            door = Door(
                self.experiment,
                asked.engine,
                asked.workers or available_workers(),
                executor_for(asked.engine),
                request,
                told=progress,
            )
            found = [door.values(response, points, 0, n) for points, n in blocks]
        self.failures = door.failures
        if all(np.isnan(values).all() for values in found):
            raise RelevoError(
                self.failures[0].reason
                if self.failures
                else f"--response {response}: has no value in any of {total} runs; name another metric."
            )
        if self.failures:
            first = self.failures[0]
            run = f"{first.point}, {first.replication}"
            counts = {"failed": len(self.failures), "total": total}
            remark(say("failed runs", asked.language, run=run, reason=first.reason, **counts))
        return found

    def analysed(self, work: Any) -> Any:
        """Return what an analysis makes of the values; what it refuses after the runs is no mistake of the user.

        Raises
        ------
        RelevoError
            With the reason of the first failure, if runs failed.
        """
        try:
            return work()
        except UsageError as error:
            why = f" The first run that failed: {self.failures[0].reason}" if self.failures else ""
            raise RelevoError(f"{error}{why}") from None

    def tables(self, response: str, *blocks: Array) -> dict[str, pd.DataFrame]:
        """Return the points and the values of the response in every run; `blocks` hold points in their order."""
        import pandas as pd

        first, parts = 0, []
        for values in blocks:
            rows, columns = values.shape
            part = {
                "point": np.repeat(np.arange(first, first + rows), columns),
                "replication": np.tile(np.arange(columns), rows),
                "response": response,
                "value": values.ravel(),
            }
            parts.append(pd.DataFrame(part))
            first += rows
        return {"points": self.experiment.design_table(), "runs": pd.concat(parts, ignore_index=True)}


def told(asked: Vary, data: Mapping[str, Any], folder: Path | None, runs: Runs, in_words: Any) -> int:
    """Print what was found, as JSON or for people, and where it is kept; return the exit code."""
    if asked.as_json:
        extra = {} if folder is None else {"results": str(folder)}
        print_json({"schema_version": SCHEMA_VERSION, **plain(dict(data)), **extra})
    else:
        in_words()
        if folder is not None:
            show(say("results in", asked.language, folder=folder))
    return 1 if runs.failures else 0


def plain(value: Any) -> Any:
    """Return a value as JSON has it: no number of NumPy's, and nothing where a number is none."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def keep(
    folder: Path,
    began: str,
    command: str,
    options: Mapping[str, Any],
    experiment: Experiment,
    tables: Mapping[str, pd.DataFrame],
) -> None:
    """Write tables with a manifest that says how to get them again."""
    store = ResultStore(folder)
    store.add({}, tables)
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "created_at": began,
        "command": command_line(command, dict(options)),
        "plan": {"name": experiment.plan.name, "sha256": content_hash(experiment.plan)},
        "scenario": {"name": experiment.plan.scenario, "sha256": content_hash(experiment.base.scenario)},
        "seed": experiment.plan.seed,
        "versions": versions(),
        "platform": platform_kind(),
        "source_commit": source_commit(),
    }
    store.write(manifest, lambda table, column: column_words(table, column, experiment, options["--response"]))
