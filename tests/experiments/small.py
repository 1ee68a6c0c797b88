"""Experiments small enough to be done many times in a test, and executors whose workers die where they are told to."""

import functools
import os
import signal
from dataclasses import replace
from pathlib import Path

from experiments.analysis.point_estimates import UntilPrecise, point_estimates
from experiments.plan.load import load_plan
from experiments.run.cluster import DaskExecutor
from experiments.run.collect import collect
from experiments.run.folder import Layout, begin
from experiments.run.processes import ProcessPool
from experiments.run.sweep import Setup, carry_out
from experiments.run.threads import ThreadPool

ROOT = Path(__file__).parents[2]
FIXED = """
name: small
scenario: levante
factors:
  training: {levels: [0, 1]}
  departments.warehouse.staff: {levels: [9, 10]}
replications: 5
warm_up: 1 week
horizon: 1 week
"""
PRECISE = """
name: precise
scenario: theory/mm1
factors:
  departments.desk.staff: {levels: [1, 2]}
  work: {field: routes.only.serve.work.mean, levels: [40 min, 60 min]}
precision: {targets: {wait_mean: 14 %}, first: 30, block: 7, most: 51}
responses: [wait_mean]
warm_up: 1 day
horizon: 1 week
"""
CUT = Layout(2, 2, 0.01)


def written(folder, text=FIXED, name="plan.yaml"):
    """Write a plan and return its path."""
    path = Path(folder) / name
    path.write_text(text, encoding="utf-8")
    return path


def experiment_of(folder, text=FIXED):
    """Load a plan of some text."""
    return load_plan(written(folder, text))


def rule_of(experiment):
    """Return when to stop, if the plan asks for a precision."""
    return UntilPrecise(experiment) if experiment.plan.precision is not None else None


def begun(path, experiment, layout=CUT):
    """Begin an experiment without a pilot."""
    return begin(Path(path), experiment, None, lambda: layout, {})


def done(path, experiment, layout=CUT, request=None, told=None, **setup):
    """Carry out what is left of an experiment."""
    given = Setup(**{"engine": "compiled", "workers": 2, "start": ThreadPool, **setup})
    return carry_out(experiment, begun(path, experiment, layout), given, rule_of(experiment), told, request)


def gathered(path, experiment, complete=True):
    """Make the tables of an experiment."""
    derive = lambda folder: {"estimates": point_estimates(experiment, folder)}  # noqa: E731
    return collect(experiment, begun(path, experiment), complete, derive)


def bytes_of(path):
    """Return the tables of an experiment, byte for byte."""
    return {table: (Path(path) / f"{table}.parquet").read_bytes() for table in ("runs", "estimates", "design")}


def whole(path, experiment, layout=CUT, **setup):
    """Do an experiment from beginning to end and return its tables, byte for byte."""
    outcome = done(path, experiment, layout, **setup)
    assert outcome.complete
    gathered(path, experiment)
    return bytes_of(path)


# Workers that die -----------------------------------------------------------------------------------------------


def killing(deadly, marker, fn, task):
    """Perform a task where a run of some replications and policies kills its process; once if there is a marker."""
    import sim.run

    original = sim.run.Together.run

    def run(self, spec):
        if (spec.portfolio.key, spec.replication) in deadly and not (marker and Path(marker).exists()):
            if marker:
                Path(marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return original(self, spec)

    sim.run.Together.run = run
    try:
        return fn(task)
    finally:
        sim.run.Together.run = original


def deadly(pool, runs, marker=""):
    """Return what starts a pool in which some runs kill their worker."""

    class Deadly(pool):
        def submit(self, fn, *args):
            if not args:
                return super().submit(fn)
            return super().submit(functools.partial(killing, frozenset(runs), marker, fn), *args)

    return Deadly


DeadlyProcesses = functools.partial(deadly, ProcessPool)


def DeadlyDask(runs, marker=""):  # noqa: N802
    """Return what starts a local Dask cluster in which some runs kill their worker."""
    return functools.partial(deadly(DaskExecutor, runs, marker), None)


def with_replications(experiment, number):
    """Return an experiment with another number of replications."""
    return replace(experiment, plan=experiment.plan.model_copy(update={"replications": number}))
