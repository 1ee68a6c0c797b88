"""Perform many runs: never all at once, in the order in which they were asked for.

One sliding window of futures is kept open over an executor (see `window`). Results come out in the order of the
specs, whatever the order in which workers finish, so nothing downstream can depend on timing. A run that fails is a
record with its reason.

Within one process the runs of a replication share what they can: the warm-up that all ways of working have in
common. The unit of work stays a single run, so that any number of workers is busy with any number of replications.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from experiments.run.executors import in_processes, stop
from experiments.run.interrupt import StopRequest
from experiments.run.processes import ProcessPool
from experiments.run.window import Failure, Window
from sim.errors import RelevoError

if TYPE_CHECKING:
    from sim.run import RunResult, RunSpec


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


def _calls(
    specs: Iterable[RunSpec], perform: Callable[[RunSpec], RunResult] | None, in_one: bool
) -> Iterator[tuple[RunSpec, _Guarded]]:
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
    window = Window(
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
