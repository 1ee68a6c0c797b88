"""What there is at the end of `relevo sweep`: tables, what is printed, and the exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.point_estimates import UntilPrecise, point_estimates
from experiments.cli.options import quoted
from experiments.cli.working import print_json, remark
from experiments.plan.experiment import Experiment
from experiments.run.collect import Collected, collect
from experiments.run.columns import ESTIMATES, WARM_UP
from experiments.run.folder import ExperimentFolder
from experiments.run.inputs import keep_inputs
from experiments.run.interrupt import StoppedError
from experiments.run.provenance import SCHEMA_VERSION
from experiments.run.sweep import Outcome, is_complete
from experiments.show.experiments import experiment_table, worst
from experiments.show.text import Reader, show
from experiments.show.words import say
from sim.errors import RelevoError

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.cli.sweeping import Sweep

NOT_REACHED = 4
"""Exit code where a precision that was asked for was not reached."""


@dataclass(frozen=True)
class Swept:
    """An experiment after a session of it."""

    experiment: Experiment
    asked: Sweep
    folder: ExperimentFolder

    def say(self, text: str, /, **values: Any) -> str:
        """Return a text in the user's language."""
        return say(text, self.asked.language, **values)

    def end(self, outcome: Outcome, again: str) -> int:
        """Make the tables and show them, as far as there is something; return the exit code.

        Parameters
        ----------
        outcome : Outcome
            How the session ended.
        again : str
            The command that goes on.

        Raises
        ------
        RelevoError
            If parts have disappeared, or something cannot be read or written.
        """
        state = outcome.state
        if not outcome.complete and not outcome.interrupted:
            return self._end_of_share(outcome)
        experiment, folder = self.experiment, self.folder

        def derive(path: Path) -> dict[str, pa.Table]:
            tables = {ESTIMATES: point_estimates(experiment, path)}
            if folder.record.get("warm_up"):
                tables[WARM_UP] = _curves(folder.record["warm_up"]["curves"])
            return tables

        keep_inputs(folder.path, experiment.base.data(), experiment.policies)
        before = len(folder.parts.done())
        found = collect(experiment, folder, outcome.complete, derive)
        if len(folder.parts.done()) > before:  # Others went on, and may have made the tables of the whole meanwhile.
            rule = UntilPrecise(experiment) if experiment.plan.precision is not None else None
            found = collect(experiment, folder, is_complete(experiment, folder, rule), derive)
        if outcome.interrupted:
            remark(self.say("sweep interrupted", done=found.runs, total=max(state.planned, found.runs), command=again))
        return self._show(found, outcome)

    def _end_of_share(self, outcome: Outcome) -> int:
        """Say that others have to do the rest; there are no tables yet."""
        folder = self.folder
        if self.asked.share is None:
            raise RelevoError(
                f"{folder.path}: parts that were done are gone; somebody removed them. Give the same command again: "
                "it does them once more."
            )
        share, state = self.asked.share, outcome.state
        if self.asked.as_json:
            print_json(
                {
                    "schema_version": SCHEMA_VERSION,
                    "name": folder.record["name"],
                    "identity": folder.identity,
                    "complete": False,
                    "interrupted": False,
                    "share": f"{share.number}/{share.of}",
                    "runs": state.runs,
                    "failed_runs": state.failed,
                    "results": str(folder.path),
                }
            )
        remark(self.say("sweep share", share=f"{share.number}/{share.of}", folder=quoted(str(folder.path))))
        return 1 if state.failed else 0

    def _show(self, found: Collected, outcome: Outcome) -> int:
        import pandas as pd

        experiment, folder = self.experiment, self.folder
        estimates = pd.read_parquet(folder.path / f"{ESTIMATES}.parquet")
        missed = estimates[estimates["precise"].eq(False).fillna(False)]
        if self.asked.as_json:
            data = json.loads(estimates.to_json(orient="records"))
            print_json(
                {
                    "schema_version": SCHEMA_VERSION,
                    "name": experiment.plan.name,
                    "identity": folder.identity,
                    "complete": outcome.complete,
                    "interrupted": outcome.interrupted,
                    "points": len(experiment.points),
                    "runs": found.runs,
                    "failed_runs": found.failed,
                    "failures": found.failures,
                    "not_precise": len(missed),
                    "remarks": list(experiment.remarks),
                    "design": json.loads(experiment.design_table().to_json(orient="records")),
                    "estimates": data,
                    "results": str(folder.path),
                }
            )
        else:
            reader = Reader(self.asked.language, experiment.base.scenario.currency)
            show(*experiment_table(experiment, estimates, found.runs, reader))
            show(self.say("results in", folder=folder.path))
        if found.failed:
            first = found.failures[0]
            remark(self.say("sweep failed", failed=found.failed, total=found.runs, **first))
        if len(missed) and not outcome.interrupted:
            remark(self.say("sweep not precise", **worst(experiment, folder.path, missed)))
        if outcome.interrupted:
            return StoppedError.exit_code
        return 1 if found.failed else NOT_REACHED if len(missed) else 0


def _curves(columns: dict[str, Any]) -> pa.Table:
    import pyarrow as pa

    kinds = {"series": pa.string(), "week": pa.int32()}
    return pa.table({name: pa.array(values, kinds.get(name, pa.float64())) for name, values in columns.items()})
