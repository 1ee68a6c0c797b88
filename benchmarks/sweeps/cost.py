"""Ten thousand runs of the default company's year by the sweep, against the engine alone on the same runs.

The sweep is done share by share, and after each share the engine alone does the same runs: the same warm-ups, gone on
from by the same ways of working, on as many threads, with nothing measured and nothing kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.engines.found import Found, Mark, Table, number
from benchmarks.sweeps.plans import year
from experiments.analysis.point_estimates import point_estimates
from experiments.plan.experiment import Experiment
from experiments.run import pilot
from experiments.run.collect import collect
from experiments.run.executors import executor_for
from experiments.run.folder import begin
from experiments.run.parts import Chunk
from experiments.run.readiness import make_ready
from experiments.run.schedule import Shard, all_chunks
from experiments.run.sweep import Setup, carry_out
from sim.arrays import World, build

THREADS = 2
COST = Mark(1.08, at_least=False)


def compare(folder: Path, replications: int, shares: int, steps: int = 5) -> Found:
    """Measure CPU time of both, share by share."""
    from sim.engines.compiled import run_from, warm_up

    found = Found()
    make_ready("compiled")
    experiment = year(folder, replications, steps)
    seconds = pilot.seconds_per_run(experiment, "compiled", None)
    layout = pilot.layout(experiment, seconds)
    here = begin(folder / "year", experiment, None, lambda: layout, {})
    groups = experiment.groups(layout.group_size)
    chunks = list(all_chunks(len(groups), replications, layout))
    worlds: dict[int, list[World]] = {}

    def alone(chunk: Chunk) -> None:
        for replication in range(chunk.first, chunk.last + 1):
            warm = warm_up(worlds[chunk.group], experiment.plan.seed, replication, parts=False)
            for world in worlds[chunk.group]:
                run_from(warm, world)

    def engine(mine: list[Chunk]) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(alone, mine))

    spent: dict[str, list[tuple[float, float]]] = {"sweep": [], "engine": []}
    for share in range(1, shares + 1):
        mine = [chunk for place, chunk in enumerate(chunks) if place % shares == share - 1]
        worlds = {chunk.group: worlds.get(chunk.group) or _worlds(experiment, groups[chunk.group]) for chunk in mine}
        setup = Setup("compiled", THREADS, executor_for("compiled"), Shard(share, shares))
        works: list[tuple[str, Callable[[], object]]] = [
            ("sweep", lambda setup=setup: carry_out(experiment, here, setup)),  # type: ignore[misc]
            ("engine", lambda mine=mine: engine(mine)),  # type: ignore[misc]
        ]
        for name, work in works[:: 1 if share % 2 else -1]:
            spent[name].append(_spent(work))
    collecting = _spent(
        lambda: collect(experiment, here, True, lambda path: {"estimates": point_estimates(experiment, path)})
    )
    runs = replications * len(experiment.points)
    cpu = {name: [c for c, _ in each] for name, each in spent.items()}
    extra = collecting[0] / len(cpu["sweep"])
    what = f"{runs:,} runs of levante's year, {len(experiment.points)} points: CPU time relative to the engine alone"
    found.judge(what, [(a + extra) / b for a, b in zip(cpu["sweep"], cpu["engine"], strict=True)], COST)
    whole = (sum(cpu["sweep"]) + collecting[0]) / sum(cpu["engine"])
    found.tables.append(
        Table(
            "What a sweep costs",
            ("what", "CPU s", "wall s", "ms of CPU per run"),
            [
                _row("the engine alone", spent["engine"], runs),
                _row("the sweep: preparing, measuring, keeping", spent["sweep"], runs),
                _row("putting the tables together, and estimates", [collecting], runs),
            ],
            f"All together {number(whole)} times the engine alone; {len(chunks)} parts, {shares} shares in turn, "
            f"{THREADS} threads.",
        )
    )
    found.raw |= {"seconds": spent, "collect": collecting, "layout": vars(layout)}
    return found


def _worlds(experiment: Experiment, points: tuple[int, ...]) -> list[World]:
    chosen = [experiment.points[p] for p in points]
    return [build(experiment.scenario(experiment.changes(p)), experiment.portfolio(p)) for p in chosen]


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _row(what: str, spent: list[tuple[float, float]], runs: int) -> tuple[str, ...]:
    cpu, wall = (sum(each) for each in zip(*spent, strict=True))
    return what, number(cpu), number(wall), number(1000 * cpu / runs)
