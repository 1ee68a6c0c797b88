"""What `relevo sweep` does around an experiment: pilot, folder, progress, Ctrl-C, tables, and what is printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.point_estimates import UntilPrecise
from experiments.analysis.steady_state import SteadyState, find_warm_up
from experiments.cli.options import quoted
from experiments.cli.swept import Swept
from experiments.cli.working import print_json, remark
from experiments.plan.experiment import Experiment
from experiments.run import pilot
from experiments.run.executors import available_workers, executor_for, executor_named
from experiments.run.folder import FILE, ExperimentFolder, Layout, begin, default_folder, look
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.provenance import SCHEMA_VERSION, command_line, platform_kind, versions
from experiments.run.readiness import make_ready
from experiments.run.schedule import Shard, all_chunks
from experiments.run.sweep import Setup, State, carry_out
from experiments.show.experiments import dry_run_lines
from experiments.show.progress import Progress
from experiments.show.text import Reader, show
from experiments.show.words import say
from sim.errors import RelevoError
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    from sim.orders import OrderFile

EVERY_POINT = Shard()
NOTHING_YET = "Interrupted before the first part was finished; nothing to keep."


@dataclass(frozen=True)
class Sweep:
    """What the user asked for; as the options of the command."""

    plan: str
    out: Path | None
    share: Shard | None
    executor: str | None
    cluster: str | None
    workers: int | None
    engine: str
    as_json: bool
    language: str
    orders: OrderFile | None
    orders_file: Path | None


@dataclass
class Prepared:
    """An experiment with the folder that it has, or would have."""

    experiment: Experiment
    asked: Sweep
    folder: Path

    @property
    def workers(self) -> int:
        """Chunks at once."""
        return self.asked.workers or available_workers()

    def say(self, text: str, /, **values: Any) -> str:
        """Return a text in the user's language."""
        return say(text, self.asked.language, **values)

    # Before -----------------------------------------------------------------------------------------------

    def dry_run(self) -> int:
        """Say how many runs there are and how long they take, and run next to nothing."""
        from experiments.run.status import status

        found = look(self.folder, self.experiment, self.asked.orders_file)
        make_ready(self.asked.engine)
        seconds = pilot.seconds_per_run(self.experiment, self.asked.engine, self.asked.orders_file)
        layout = pilot.layout(self.experiment, seconds) if found is None else found.layout
        there = 0 if found is None else status(found).runs
        groups = len(self.experiment.groups(layout.group_size))
        chunks = len(list(all_chunks(groups, self.experiment.replications, layout)))
        lines, data = dry_run_lines(
            self.experiment, chunks, seconds, self.workers, there, str(self.folder), Reader(self.asked.language)
        )
        if self.asked.as_json:
            print_json({"schema_version": SCHEMA_VERSION, **data, "remarks": list(self.experiment.remarks)})
        else:
            self._speak_of_points()
            show(*lines)
        return 0

    def _speak_of_points(self) -> None:
        for text in self.experiment.remarks:
            remark(self.say("warning", text=text))

    def _layout(self) -> Layout:
        seconds = pilot.seconds_per_run(self.experiment, self.asked.engine, self.asked.orders_file)
        return pilot.layout(self.experiment, seconds)

    # The whole --------------------------------------------------------------------------------------------

    def run(self) -> int:
        """Carry the experiment out, as far as it comes, and show what there is; return the exit code."""
        self._speak_of_points()
        make_ready(self.asked.engine)
        start = executor_named(self.asked.executor, self.asked.engine, self.asked.cluster)
        with StopRequest() as request:
            folder = self._begin(request)
            experiment = self._settled(folder)
            rule = UntilPrecise(experiment) if experiment.plan.precision is not None else None
            setup = Setup(
                self.asked.engine, self.workers, start, self.asked.share or EVERY_POINT, self.asked.orders_file
            )
            with Progress(experiment.replications * len(experiment.points), self.asked.language) as progress:

                def told(state: State) -> None:
                    progress.of_sweep(state.runs, state.planned, state.failed, state.before)

                outcome = carry_out(experiment, folder, setup, rule, told, request)
        if not outcome.state.runs and outcome.interrupted:
            raise StoppedError(NOTHING_YET)
        return Swept(experiment, self.asked, folder).end(outcome, self._again())

    def _begin(self, request: StopRequest) -> ExperimentFolder:
        """Open the folder, or begin there: with the pilots that the plan needs."""
        extra: dict[str, Any] = {
            "command": self._command(),
            "versions": versions(),
            "platform": platform_kind(),
        }
        went_on = (self.folder / FILE).exists()

        def layout() -> Layout:
            if self.experiment.plan.warm_up == "mser-5":
                extra["warm_up"] = self._find_warm_up(request)
            with request.may_interrupt():
                return self._layout()

        try:
            folder = begin(self.folder, self.experiment, self.asked.orders_file, layout, extra)
        except KeyboardInterrupt:
            raise StoppedError(NOTHING_YET) from None
        if went_on:
            from experiments.run.status import status

            remark(self.say("sweep goes on", folder=folder.path, done=status(folder).runs))
        return folder

    def _find_warm_up(self, request: StopRequest) -> dict[str, Any]:
        found = find_warm_up(
            self.experiment,
            self.asked.orders,
            self.asked.engine,
            self.workers,
            executor_for(self.asked.engine),
            request,
        )
        if found.failed:
            raise RelevoError(
                f"{self.experiment.place}, warm_up: MSER-5 finds no end of the warm-up within half of "
                f"{found.pilot_weeks:g} weeks ({_by_series(found)}); give a time, such as 'warm_up: 104 weeks'."
            )
        remark(self.say("warm-up found", weeks=found.weeks, pilot=f"{found.pilot_weeks:g}", series=_by_series(found)))
        return {
            "rule": "mser-5",
            "weeks": found.weeks,
            "pilot_weeks": found.pilot_weeks,
            "by_series_weeks": found.by_series,
            "curves": {name: list(map(_plain, found.table[name])) for name in found.table},
        }

    def _settled(self, folder: ExperimentFolder) -> Experiment:
        warm_up = folder.record.get("warm_up")
        return self.experiment.with_warm_up(warm_up["weeks"] * HOURS_PER_WEEK) if warm_up else self.experiment

    def _command(self, **more: Any) -> str:
        """Return the command that gives the same numbers."""
        engine = None if self.asked.engine == "compiled" else self.asked.engine
        return command_line(f"sweep {quoted(self.asked.plan)}", {"--out": self.folder, "--engine": engine, **more})

    def _again(self) -> str:
        """Return the command that goes on as this one did."""
        share, asked = self.asked.share, self.asked
        return self._command(
            **{
                "--shard": None if share is None else f"{share.number}/{share.of}",
                "--executor": None if asked.cluster is not None else asked.executor,
                "--cluster": asked.cluster,
                "--workers": asked.workers,
            }
        )


def prepare(experiment: Experiment, asked: Sweep) -> Prepared:
    """Return an experiment with its folder."""
    return Prepared(experiment, asked, asked.out or default_folder(experiment, asked.orders_file))


def _by_series(found: SteadyState) -> str:
    return ", ".join(f"{name} {weeks}" for name, weeks in found.by_series.items())


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: a number that is none is nothing."""
    return None if isinstance(value, float) and math.isnan(value) else value
