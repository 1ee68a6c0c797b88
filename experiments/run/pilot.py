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
GROUP = 16
"""Points of a chunk: they share the warm-up of a replication where they differ in policies only."""
FEWEST_CHUNKS = 16
"""So that several workers have something to do in a small experiment too."""


def seconds_per_run(experiment: Experiment, engine: str, orders: Path | None) -> float:
    """Run one replication of some points, as a chunk would, and return what one run took [s]."""
    group = experiment.groups(GROUP)[0]
    first = _task(experiment, group[:1], engine, orders)
    began = time.perf_counter()
    run_rows(first)
    alone = time.perf_counter() - began
    many = group[: max(1, min(len(group), int(LONGEST_PILOT / max(alone, 1e-6))))]
    if len(many) < 2:
        return alone
    began = time.perf_counter()
    run_rows(_task(experiment, many, engine, orders))
    return (time.perf_counter() - began) / len(many)


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


def _task(experiment: Experiment, points: tuple[int, ...], engine: str, orders: Path | None) -> Task:
    return Task(Path(), "pilot", experiment, Chunk(0, 0, 0), points, engine, orders)
