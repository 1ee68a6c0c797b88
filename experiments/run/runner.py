"""Perform many runs: never all at once, in the order in which they were asked for.

One sliding window of futures is kept open over an executor. Results come out in the order of the specs,
whatever the order in which workers finish, so nothing downstream can depend on timing. A run that fails is a
record with its reason. A worker that is killed takes the whole process pool with it: the runs that were under
way are repeated one at a time in a fresh pool, so that only a run that kills its worker twice fails.

Within one process the runs of a replication share what they can: the warm-up that all ways of working have in
common. The unit of work stays a single run, so that any number of workers is busy with any number of replications.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from experiments.run.executors import SerialExecutor, in_processes, stop
from experiments.run.interrupt import StopRequest
from experiments.run.processes import ProcessPool
from sim.errors import RelevoError

if TYPE_CHECKING:
    from sim.run import RunResult, RunSpec

WINDOW_PER_WORKER = 2
"""Runs submitted, or finished and waiting for an earlier one, per worker: enough that nobody idles."""
PATIENCE = 0.5
"""Longest time without a look at the stop request [s]."""
MOST_DEATHS = 4
"""Pools that may die in a row before the first run has finished; then the reason is not a run."""
KILLED = "its worker process was killed or crashed, twice; too little memory is the usual reason"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run has no result.

    Attributes
    ----------
    reason : str
        For people: the text of a user's error, else the kind of defect and its message.
    exit_code : int
        What the command line returns if no run at all succeeded.
    details : str
        The traceback; empty for a user's error.
    """

    reason: str
    exit_code: int = 1
    details: str = ""


@dataclass(frozen=True, slots=True)
class _Guarded:
    """Perform one run where the executor does; what goes wrong comes back as a record that can be pickled."""

    perform: Callable[[RunSpec], RunResult] | None

    def __call__(self, spec: RunSpec) -> RunResult | Failure:
        try:
            return (self.perform or _model())(spec)
        except RelevoError as error:
            return Failure(str(error), error.exit_code)
        except Exception as error:  # noqa: BLE001 - a failed run is a record, not a crash
            return Failure(f"{type(error).__name__}: {error}", details=traceback.format_exc())


def _model() -> Callable[[RunSpec], RunResult]:
    from sim.run import run

    return run


Call = tuple["RunSpec", _Guarded]


def _calls(specs: Iterable[RunSpec], perform: Callable[[RunSpec], RunResult] | None, in_one: bool) -> Iterator[Call]:
    """Yield each run with what performs it; in one process those of a replication perform theirs together."""
    if perform is not None or not in_one:
        yield from ((spec, _Guarded(perform)) for spec in specs)
        return
    from sim.run import Together

    for _, group in groupby(specs, key=lambda spec: (id(spec.scenario), spec.seed, spec.replication)):
        members = list(group)
        call = _Guarded(Together(members).run if len(members) > 1 else None)
        yield from ((spec, call) for spec in members)


def run_all(
    specs: Iterable[RunSpec],
    workers: int = 1,
    on_progress: Callable[[int], None] | None = None,
    *,
    stop_request: StopRequest | None = None,
    perform: Callable[[RunSpec], RunResult] | None = None,
    start: Callable[[int], Executor] | None = None,
) -> Iterator[tuple[RunSpec, RunResult | Failure]]:
    """Perform runs and yield each with its result or failure, in the order given.

    Parameters
    ----------
    specs : iterable of RunSpec
        What to run; taken one by one as workers become free.
    workers : int
        Runs under way at once.
    on_progress : callable, optional
        Told the number of runs that have ended, each time it grows.
    stop_request : StopRequest, optional
        Once it is set nothing new is started, and what is finished is yielded.
    perform : callable, optional
        What performs one run; if not given, `sim.run.run` and, within one process, `sim.run.Together`.
    start : callable, optional
        Starts an executor for a number of workers (see `executor_for`); if not given, processes, or this process
        for one.

    Yields
    ------
    (RunSpec, RunResult or Failure)

    Raises
    ------
    RelevoError
        If worker processes cannot live here at all.
    """
    executor = (start or in_processes)(workers)
    window = _Window(
        source=enumerate(_calls(specs, perform, not isinstance(executor, ProcessPool))),
        executor=executor,
        workers=workers,
        start=start or in_processes,
        request=stop_request or StopRequest(),
    )
    due = reported = 0
    try:
        while window.advance():
            ended = due + len(window.finished)
            if on_progress is not None and ended > reported:
                on_progress(ended)
                reported = ended
            while due in window.finished:
                yield window.take(due)
                due += 1
        for place in sorted(window.finished):  # After a request to stop there may be gaps before these.
            yield window.take(place)
    finally:
        stop(window.executor)


class _Window:
    """The runs that are under way, or finished but not yet due, by their place in the order."""

    def __init__(
        self,
        source: Iterator[tuple[int, Call]],
        executor: Executor,
        workers: int,
        start: Callable[[int], Executor],
        request: StopRequest,
    ) -> None:
        self.source, self.executor, self.workers, self.start, self.request = source, executor, workers, start, request
        self.calls: dict[int, Call] = {}
        self.running: dict[Future[RunResult | Failure], int] = {}
        self.finished: dict[int, RunResult | Failure] = {}
        self.suspects: deque[int] = deque()  # Runs whose pool broke: one of them may have killed it.
        self.on_trial = -1  # The suspect that is running alone.
        self.worked = False
        self.early_deaths = 0  # Pools that died before any run finished.
        self.deaths: dict[int, int] = {}  # How often a worker died while no other run was under way.

    def take(self, place: int) -> tuple[RunSpec, RunResult | Failure]:
        """Remove a finished run from the window."""
        return self.calls.pop(place)[0], self.finished.pop(place)

    def advance(self) -> bool:
        """Submit what there is room for and wait for something to end; False when there is no more to do."""
        if not self.request.requested:
            self._fill()
        if not self.running:
            return False
        while not self.request.requested:
            if wait(self.running, timeout=PATIENCE, return_when=FIRST_COMPLETED).done:
                break
        self._collect()
        return not self.request.requested

    def _fill(self) -> None:
        if self.suspects or self.on_trial in self.running.values():
            if not self.running:
                self.on_trial = self.suspects.popleft()
                self._submit(self.on_trial)
            return
        room = 1 if isinstance(self.executor, SerialExecutor) else self.workers * WINDOW_PER_WORKER
        while len(self.running) + len(self.finished) < room and not self.request.requested:
            following = next(self.source, None)
            if following is None:
                return
            place, self.calls[place] = following
            self._submit(place)

    def _submit(self, place: int) -> None:
        spec, call = self.calls[place]
        try:
            if isinstance(self.executor, SerialExecutor):
                with self.request.may_interrupt():
                    future = self.executor.submit(call, spec)
            else:
                future = self.executor.submit(call, spec)
        except KeyboardInterrupt:
            return  # This run is lost; those before it are kept.
        except BrokenExecutor as error:  # The pool died between two submissions.
            future = Future()
            future.set_exception(error)
        self.running[future] = place

    def _collect(self) -> None:
        broken: list[int] = []
        for future in [future for future in self.running if future.done()]:
            place = self.running.pop(future)
            error = future.exception()
            if error is None:
                self.finished[place] = future.result()
                self.worked = True
            elif isinstance(error, BrokenExecutor):
                broken.append(place)
            else:  # What came back, or the spec itself, could not be pickled.
                self.finished[place] = Failure(f"{type(error).__name__}: {error}", details=repr(error))
        if broken:
            # Every other run of this pool is lost as well, also where its future does not say so yet.
            self._start_again(sorted([*broken, *self.running.values()]))

    def _start_again(self, lost: list[int]) -> None:
        self.running.clear()
        stop(self.executor)
        self.early_deaths += not self.worked
        if self.early_deaths == MOST_DEATHS:
            raise RelevoError(
                "worker processes: each dies before it finishes a run; they need memory and the right to be "
                "started; use --workers 1 to run in one process."
            )
        self.executor = self.start(self.workers)
        if len(lost) == 1:
            self.deaths[lost[0]] = self.deaths.get(lost[0], 0) + 1
            if self.deaths[lost[0]] == 2:
                self.finished[lost[0]] = Failure(KILLED)
                return
        self.suspects.extend(lost)
