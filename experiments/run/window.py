"""A sliding window of tasks over anything with `submit -> Future`: never all at once, and none is lost.

A worker that is killed takes the whole process pool with it: the tasks that were under way are repeated one at a time
in a fresh pool, so that only a task that kills its worker twice fails.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

from experiments.run.executors import SerialExecutor, stop
from experiments.run.interrupt import StopRequest
from sim.errors import RelevoError

T = TypeVar("T")
R = TypeVar("R")
Call = tuple[T, Callable[[T], R]]
"""A task and what performs it."""

WINDOW_PER_WORKER = 2
"""Tasks submitted, or finished and waiting to be taken, per worker: enough that nobody idles."""
PATIENCE = 0.5
"""Longest time without a look at the stop request [s]."""
MOST_DEATHS = 4
"""Pools that may die in a row before the first task has finished; then the reason is no task."""
LONGEST_START = 120.0
"""Longest wait for a worker to start [s]."""
GONE = (
    "the cluster gave up a task, or its scheduler is gone; what is done is kept: start it again and give the same "
    "command"
)
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


class Window(Generic[T, R]):
    """The tasks that are under way, or finished and not yet taken, by their place in the order of submission.

    Parameters
    ----------
    source : iterator
        (place, (task, what performs it)); asked again after it has said that there is nothing, as more tasks may
        follow from those that have ended.
    executor : Executor
        Where tasks are performed.
    workers : int
        Tasks under way at once.
    start : callable
        Starts another executor in the place of one that broke.
    request : StopRequest
        Once set, nothing new is submitted.
    patient : bool
        Whether it goes on where every task kills its worker, as long as workers can live at all.
    """

    def __init__(
        self,
        source: Iterator[tuple[int, Call[T, R]]],
        executor: Executor,
        workers: int,
        start: Callable[[int], Executor],
        request: StopRequest,
        patient: bool = False,
    ) -> None:
        self.patient = patient
        self.source, self.executor, self.workers, self.start, self.request = source, executor, workers, start, request
        self.calls: dict[int, Call[T, R]] = {}
        self.running: dict[Future[R | Failure], int] = {}
        self.finished: dict[int, R | Failure] = {}
        self.suspects: deque[int] = deque()  # Tasks whose pool broke: one of them may have killed it.
        self.on_trial = -1  # The suspect that is running alone.
        self.worked = False
        self.early_deaths = 0  # Pools that died before any task finished.
        self.deaths: dict[int, int] = {}  # How often a worker died while no other task was under way.

    def take(self, place: int) -> tuple[T, R | Failure]:
        """Remove a finished task from the window."""
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
        workers = getattr(self.executor, "width", self.workers)  # A cluster knows best, and may grow.
        room = 1 if isinstance(self.executor, SerialExecutor) else workers * WINDOW_PER_WORKER
        while len(self.running) + len(self.finished) < room and not self.request.requested:
            following = next(self.source, None)
            if following is None:
                return
            place, self.calls[place] = following
            self._submit(place)

    def _submit(self, place: int) -> None:
        task, perform = self.calls[place]
        try:
            if isinstance(self.executor, SerialExecutor):
                with self.request.may_interrupt():
                    future = self.executor.submit(perform, task)
            else:
                future = self.executor.submit(perform, task)
        except KeyboardInterrupt:
            return  # This one is lost; those before it are kept.
        except BrokenExecutor as error:  # The pool died between two submissions.
            future = Future()
            future.set_exception(error)
        self.running[future] = place

    def _collect(self) -> None:
        broken: list[int] = []
        for future in [future for future in self.running if future.done()]:
            place = self.running.pop(future)
            error = CancelledError() if future.cancelled() else future.exception()
            if error is None:
                self.finished[place] = future.result()
                self.worked = True
            elif isinstance(error, BrokenExecutor):
                broken.append(place)
            elif isinstance(error, RelevoError):
                self.finished[place] = Failure(str(error), error.exit_code)
            elif type(error).__name__ == "KilledWorker":  # A cluster's own word for it, after it has tried again.
                self.finished[place] = Failure(KILLED)
            elif isinstance(error, CancelledError) or type(error).__name__ == "FutureCancelledError":
                self.finished[place] = Failure(GONE)
            else:  # What came back, or the task itself, could not be pickled.
                self.finished[place] = Failure(f"{type(error).__name__}: {error}", details=repr(error))
        if broken:
            # Every other task of this pool is lost as well, also where its future does not say so yet.
            self._start_again(sorted([*broken, *self.running.values()]))

    def _start_again(self, lost: list[int]) -> None:
        self.running.clear()
        stop(self.executor)
        self.early_deaths += not self.worked
        given_up = self.early_deaths >= MOST_DEATHS and not self.worked
        if not given_up or self.patient:
            self.executor = self.start(self.workers)
        if given_up and not (self.patient and self._lives()):
            raise RelevoError(
                "worker processes: each dies before it finishes a run; they need memory and the right to be "
                "started; use --workers 1 to run in one process."
            )
        if len(lost) == 1:
            self.deaths[lost[0]] = self.deaths.get(lost[0], 0) + 1
            if self.deaths[lost[0]] == 2:
                self.finished[lost[0]] = Failure(KILLED)
                return
        self.suspects.extend(lost)

    def _lives(self) -> bool:
        """Say whether a worker can do the least thing of all; then it is the tasks that kill."""
        try:
            self.executor.submit(os.getpid).result(timeout=LONGEST_START)
        except (BrokenExecutor, TimeoutError):
            return False
        self.worked = True
        return True
