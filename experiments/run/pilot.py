"""A few runs before an experiment begins: how long one takes, and so how much a worker does at a time."""

from __future__ import annotations

import math
import time
from pathlib import Path

from experiments.plan.experiment import Experiment
from experiments.run.chunks import Task, run_rows
from experiments.run.folder import Layout
from experiments.run.parts import Chunk

SECONDS_PER_CHUNK = 4.0
"""What a chunk should take [s]: long beside sending it, short beside losing it."""
LONGEST_CHUNK = 30.0
"""What a chunk of one replication may take before its points are divided [s]."""
LONGEST_PILOT = 3.0
"""[s]; begins no further run after it."""
SURE_AFTER = 0.5
"""What must have been run until a time is believed [s]."""
GROUP = 16
"""Points of a chunk: they share the warm-up of a replication where they differ in policies only."""
FEWEST_CHUNKS = 16
"""So that several workers have something to do in a small experiment too."""


def seconds_per_run(experiment: Experiment, engine: str, orders: Path | None) -> float:
    """Run one replication of some points, as a chunk would, and return what one run took [s]."""
    group = experiment.groups(GROUP)[0]
    alone = _seconds(_task(experiment, group[:1], engine, orders))
    if alone > SURE_AFTER:
        # Where a run is long, what is done once beside it (preparing, loading compiled code) is little.
        many = group[: max(1, min(len(group), int(LONGEST_PILOT / alone)))]
        return alone if len(many) < 2 else _seconds(_task(experiment, many, engine, orders)) / len(many)
    spent, runs, last = 0.0, 0, 0
    while spent < SURE_AFTER and last + 1 < experiment.most:
        # What the first run had to prepare is there now; more and more replications, until it shows on the clock.
        task = _task(experiment, group, engine, orders, last + 1, min(2 * last + 2, experiment.most) - 1)
        spent, runs, last = spent + _seconds(task), runs + task.total, task.chunk.last
    return spent / runs if runs else alone


def layout(experiment: Experiment, seconds: float) -> Layout:
    """Cut an experiment into chunks of a few seconds.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    seconds : float
        What a run takes [s].

    Returns
    -------
    Layout
    """
    size = max(1, min(GROUP, int(LONGEST_CHUNK / max(seconds, 1e-9))))
    groups = len(experiment.groups(size))
    replications = max(1, round(SECONDS_PER_CHUNK / max(seconds * min(size, len(experiment.points)), 1e-9)))
    pieces = math.ceil(FEWEST_CHUNKS / groups)
    return Layout(size, min(replications, math.ceil(experiment.replications / pieces)), seconds)


def _seconds(task: Task) -> float:
    began = time.perf_counter()
    run_rows(task)
    return time.perf_counter() - began


def _task(
    experiment: Experiment, points: tuple[int, ...], engine: str, orders: Path | None, first: int = 0, last: int = 0
) -> Task:
    return Task(Path(), "pilot", experiment, Chunk(0, first, last), points, engine, orders)
