"""The same sweep by two threads and by two local workers of Dask."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.engines.found import Found, Mark, Table, number
from benchmarks.sweeps.plans import year
from experiments.run import pilot
from experiments.run.cluster import DaskExecutor
from experiments.run.executors import executor_for
from experiments.run.folder import begin
from experiments.run.sweep import Setup, carry_out

SHARE = Mark(0.85)
WORKERS = 2


def compare(folder: Path, replications: int, rounds: int) -> Found:
    """Measure the throughput of Dask relative to threads; starting a cluster is told apart."""
    found = Found()
    experiment = year(folder / "cluster", replications, steps=3)
    seconds = pilot.seconds_per_run(experiment, "compiled", None)
    layout = pilot.layout(experiment, seconds)
    spent: dict[str, list[float]] = {"threads": [], "dask": [], "starting": []}
    for k in range(rounds):
        began = time.perf_counter()
        executor = DaskExecutor(None, WORKERS)
        for future in [executor.submit(_warm) for _ in range(WORKERS)]:
            future.result()
        spent["starting"].append(time.perf_counter() - began)
        starts = {"threads": executor_for("compiled"), "dask": lambda _, ready=executor: ready}
        for name in list(starts)[:: 1 if k % 2 else -1]:
            here = begin(folder / "cluster" / f"{name}-{k}", experiment, None, lambda: layout, {})
            began = time.perf_counter()
            carry_out(experiment, here, Setup("compiled", WORKERS, starts[name]))
            spent[name].append(time.perf_counter() - began)
    runs = replications * len(experiment.points)
    what = f"{runs:,} runs of levante's year on {WORKERS} local Dask workers: throughput relative to threads"
    found.judge(what, [a / b for a, b in zip(spent["threads"], spent["dask"], strict=True)], SHARE)
    rows = [(name, ", ".join(number(value) for value in values)) for name, values in spent.items()]
    words = (
        "Wall time of each round; 'starting' is a local cluster and its workers' compiled code, which is not in 'dask'."
    )
    found.tables.append(Table("Threads and Dask", ("what", "wall s"), rows, words))
    return found


def _warm() -> None:
    from experiments.run.readiness import make_ready

    make_ready("compiled")
    time.sleep(1.0)  # So that the other worker gets the other call.
