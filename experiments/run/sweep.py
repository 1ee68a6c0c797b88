"""Carry out an experiment: as many chunks at once as there are workers, until nothing is left to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from experiments.plan.experiment import Experiment
from experiments.run.chunks import Row, Summary, Task, perform_chunk, publish, run_rows
from experiments.run.claims import Claims
from experiments.run.executors import in_processes, stop
from experiments.run.folder import ExperimentFolder
from experiments.run.interrupt import StopRequest
from experiments.run.parts import Chunk
from experiments.run.processes import ProcessPool
from experiments.run.reading import summary_of
from experiments.run.schedule import Schedule, Shard, StoppingRule
from experiments.run.window import KILLED, PATIENCE, Call, Failure, Window
from sim.errors import RelevoError

ALL = Shard()
Told = Callable[["State"], None]
"""Told how far an experiment is, now and then."""


@dataclass
class State:
    """How far an experiment is.

    Attributes
    ----------
    runs, planned, failed : int
        Runs in parts; those known to be needed; those that failed.
    before : int
        Runs that were there when this session began, or that others have done.
    """

    runs: int
    planned: int
    failed: int
    before: int


@dataclass(frozen=True)
class Outcome:
    """How a session of an experiment ended.

    Attributes
    ----------
    state : State
        How far it is.
    complete : bool
        Whether every part of the experiment is there, of all shares.
    interrupted : bool
        Whether it was stopped.
    """

    state: State
    complete: bool
    interrupted: bool


@dataclass(frozen=True)
class Setup:
    """How a session works.

    Attributes
    ----------
    engine : str
        Name of the engine.
    workers : int
        Chunks under way at once.
    start : callable
        Starts an executor for a number of workers.
    share : Shard
        Of the experiment.
    orders : Path or None
        File of real orders.
    """

    engine: str
    workers: int = 1
    start: Callable[[int], Executor] = in_processes
    share: Shard = ALL
    orders: Path | None = None


def carry_out(
    experiment: Experiment,
    folder: ExperimentFolder,
    setup: Setup,
    rule: StoppingRule | None = None,
    told: Told | None = None,
    request: StopRequest | None = None,
) -> Outcome:
    """Perform what is left of an experiment, or of a share of it.

    Raises
    ------
    RelevoError
        If results cannot be written, or workers cannot live here at all. What is done is kept.
    """
    parts, claims, request = folder.parts, Claims(folder.path), request or StopRequest()
    parts.sweep()
    # Workers may stand in other folders.
    place, orders = folder.path.resolve(), None if setup.orders is None else setup.orders.resolve()

    def task_of(chunk: Chunk, points: tuple[int, ...]) -> Task:
        return Task(place, folder.identity, experiment, chunk, points, setup.engine, orders)

    def claim(chunk: Chunk) -> bool:
        if not claims.claim(chunk.name):
            return False
        if parts.path(chunk).exists():  # Somebody else has just done it.
            claims.release(chunk.name)
            return False
        return True

    schedule = Schedule(experiment, folder.layout, parts.done(), _reader(experiment, folder), rule, setup.share, claim)
    session = _Session(schedule, setup, request, task_of, parts.done)
    mine = 0
    with claims.kept_alive():
        for chunk, summary in session.results():
            claims.release(chunk.name)
            schedule.ended(chunk, summary)
            mine += summary.runs
            if told is not None:
                told(State(schedule.runs_done, schedule.planned, schedule.failed, schedule.runs_done - mine))
    state = State(schedule.runs_done, schedule.planned, schedule.failed, schedule.runs_done - mine)
    stopped = not session.finished
    if stopped and state.runs < state.planned:
        return Outcome(state, complete=False, interrupted=True)
    complete = is_complete(experiment, folder, rule)
    return Outcome(state, complete, interrupted=stopped and not complete)


def _reader(experiment: Experiment, folder: ExperimentFolder) -> Callable[[Chunk], Summary]:
    """Return what reads the summary of a part that is there."""
    return lambda chunk: summary_of(folder.parts.path(chunk), folder.identity, experiment.targets)


def is_complete(experiment: Experiment, folder: ExperimentFolder, rule: StoppingRule | None) -> bool:
    """Say whether every part of an experiment is there."""
    there = folder.parts.done()
    return next(Schedule(experiment, folder.layout, there, _reader(experiment, folder), rule), None) is None


class _Session:
    """The window over the chunks of one session."""

    def __init__(
        self,
        schedule: Schedule,
        setup: Setup,
        request: StopRequest,
        task_of: Callable[[Chunk, tuple[int, ...]], Task],
        listing: Callable[[], set[Chunk]],
    ) -> None:
        self.schedule, self.setup, self.request, self.task_of, self.listing = schedule, setup, request, task_of, listing
        self.finished = False

    def results(self) -> Iterator[tuple[Chunk, Summary]]:
        """Yield each chunk that is done, in the order in which they end."""
        workers, start = self.setup.workers, self.setup.start
        window = Window(_Calls(self), start(workers), workers, start, self.request, patient=True)
        try:
            while True:
                while window.advance():
                    yield from self._taken(window)
                yield from self._taken(window)  # What there is after a request to stop.
                if self.request.requested:
                    return
                if not self.schedule.waits_for_others:
                    self.finished = True
                    return
                time.sleep(PATIENCE)
                self.schedule.notice(self.listing())
        finally:
            stop(window.executor)

    def _taken(self, window: Window[Task, Summary]) -> Iterator[tuple[Chunk, Summary]]:
        for place in list(window.finished):
            task, found = window.take(place)
            if isinstance(found, Failure) and found.reason != KILLED:
                error = RelevoError(found.reason)
                error.exit_code = found.exit_code
                raise error
            done = self._one_by_one(task) if isinstance(found, Failure) else found
            if done is not None:
                yield task.chunk, done

    def _one_by_one(self, task: Task) -> Summary | None:
        """Find the runs of a chunk that kill their worker: each by itself, in another process; those fail.

        Returns
        -------
        Summary or None
            None if it was interrupted.
        """
        began = time.perf_counter()
        chunk = task.chunk
        runs = [
            replace(task, chunk=Chunk(chunk.group, replication, replication), points=(point,))
            for replication in range(chunk.first, chunk.last + 1)
            for point in task.points
        ]
        source: Iterator[tuple[int, Call[Task, list[Row]]]] = enumerate((run, run_rows) for run in runs)
        window = Window(source, ProcessPool(1), 1, ProcessPool, self.request, patient=True)
        found: dict[int, list[Row]] = {}
        try:
            while window.advance():
                found.update(_rows_of(window))
            found.update(_rows_of(window))
        finally:
            stop(window.executor)
        if len(found) < len(runs):
            return None
        return publish(task, [row for place in range(len(runs)) for row in found[place]], time.perf_counter() - began)


def _rows_of(window: Window[Task, list[Row]]) -> Iterator[tuple[int, list[Row]]]:
    """Take what has ended; a run that killed its worker is a row that says so."""
    for place in list(window.finished):
        task, found = window.take(place)
        if isinstance(found, Failure):
            found = [Row(task.points[0], task.chunk.first, reason=found.reason)]
        yield place, found


class _Calls(Iterator[tuple[int, "Call[Task, Summary]"]]):
    """What the window asks for more; asked again after it has said that there is nothing."""

    def __init__(self, session: _Session) -> None:
        self.session, self.places = session, count()

    def __next__(self) -> tuple[int, Call[Task, Summary]]:
        chunk, points = next(self.session.schedule)
        return next(self.places), (self.session.task_of(chunk, points), perform_chunk)
