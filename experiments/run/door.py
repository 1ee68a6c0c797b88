"""The door for procedures that decide what to run next: ask for replications of points, get their metrics.

Everything that is asked for is run once: what is known is kept, and asking again for more only runs what is missing.
The runs of points of one company share their warm-up, as in a sweep.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.plan.experiment import Experiment
from experiments.run.chunks import Row, Task, run_rows
from experiments.run.executors import stop
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.parts import Chunk
from experiments.run.pilot import GROUP
from experiments.run.window import Call, Failure, Window
from sim.errors import RelevoError

Array = NDArray[np.float64]
REPLICATIONS_AT_ONCE = 2
"""Replications of a task: few, since a procedure waits for all that it has asked for."""


@dataclass
class Door:
    """Runs points of an experiment on demand.

    Attributes
    ----------
    experiment : Experiment
        Its company, factors and points; more points can be added.
    engine : str
        Name of the engine.
    workers : int
        Tasks at once.
    start : callable
        Starts an executor for a number of workers.
    request : StopRequest
        Once set, whoever asks gets a StoppedError.
    told : callable, optional
        Told the number of runs done in all, now and then.
    orders : Path or None
        File of real orders.
    runs : int
        Runs done so far [1].
    failures : list of Row
        The runs that failed, with their reasons.
    """

    experiment: Experiment
    engine: str
    workers: int
    start: Callable[[int], Executor]
    request: StopRequest = field(default_factory=StopRequest)
    told: Callable[[int], None] | None = None
    orders: Path | None = None
    runs: int = 0
    failures: list[Row] = field(default_factory=list)
    _identity: str = field(default_factory=lambda: f"door {uuid.uuid4().hex}")
    _known: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)

    def metrics(self, points: Sequence[int], first: int, end: int) -> dict[int, list[dict[str, float]]]:
        """Return the metrics of some points in replications from `first` to before `end`; empty where a run failed.

        Raises
        ------
        StoppedError
            If it was interrupted.
        RelevoError
            If workers cannot live here.
        """
        wanted = range(first, end)
        if any((p, r) not in self._known for p in points for r in wanted):
            self._run(points, first, end)
        return {p: [self._known[p, r] for r in wanted] for p in points}

    def values(self, response: str, points: Sequence[int], first: int, end: int) -> Array:
        """Return one response as an array: a row for each point, a column for each replication; nan where it is not.

        Raises
        ------
        StoppedError, RelevoError
            As `metrics`.
        """
        found = self.metrics(points, first, end)
        return np.array([[row.get(response, math.nan) for row in found[p]] for p in points], dtype=np.float64)

    def _run(self, points: Sequence[int], first: int, end: int) -> None:
        window = Window(
            self._tasks(points, first, end), self.start(self.workers), self.workers, self.start, self.request
        )
        try:
            while window.advance():
                self._take(window)
            self._take(window)
        finally:
            stop(window.executor)
        self.failures.sort(key=lambda row: (row.point, row.replication))  # Not in the order in which workers finish.
        if self.request.requested:
            raise StoppedError("Interrupted; what was run for the decision is not enough for one.")

    def _take(self, window: Window[Task, list[Row]]) -> None:
        for place in list(window.finished):
            task, rows = window.take(place)
            if isinstance(rows, Failure):
                error = RelevoError(rows.reason)
                error.exit_code = rows.exit_code
                raise error
            for row in rows:
                self._known[row.point, row.replication] = row.metrics
                if row.reason:
                    self.failures.append(row)
            self.runs += task.total
            if self.told is not None:
                self.told(self.runs)

    def _tasks(self, points: Sequence[int], first: int, end: int) -> Iterator[tuple[int, Call[Task, list[Row]]]]:
        asked = set(points)
        chosen = {r: {p for p in asked if (p, r) not in self._known} for r in range(first, end)}
        place = 0
        for number, group in enumerate(self.experiment.groups(GROUP)):
            missing = [(r, tuple(p for p in group if p in chosen[r])) for r in range(first, end)]
            for mine, members in groupby(missing, key=itemgetter(1)):
                replications = [r for r, _ in members] if mine else []
                for start in range(0, len(replications), REPLICATIONS_AT_ONCE):
                    some = replications[start : start + REPLICATIONS_AT_ONCE]
                    chunk = Chunk(number, some[0], some[-1])
                    task = Task(Path(), self._identity, self.experiment, chunk, mine, self.engine, self.orders)
                    yield place, (task, run_rows)
                    place += 1


def known(found: Mapping[int, list[dict[str, float]]], response: str) -> dict[int, dict[int, float]]:
    """Return the values of a response by point and replication, without those that are not there."""
    return {
        point: {r: row[response] for r, row in enumerate(rows) if not math.isnan(row.get(response, math.nan))}
        for point, rows in found.items()
    }
