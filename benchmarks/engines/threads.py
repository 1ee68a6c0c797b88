"""Two threads against one, on runs of the default company; only where a control shows that a second core is free."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from benchmarks.engines.found import Found, Mark, Table, with_interval
from benchmarks.engines.setting import COMPANY, SEED, Setting
from benchmarks.engines.timing import fitted, in_turn, median, ratios, wall
from sim import load_scenario, with_weeks
from sim.arrays import build
from sim.engines import engine
from sim.policies import Portfolio
from sim.run import RunSpec, run

TWO_THREADS = Mark(1.85)
CONTROL = 1.9
"""A round counts when the control gained at least this: then a second core was free."""
MOST_JOBS = 5_000
WHAT = f"two threads: throughput relative to one, engine's door ({COMPANY})"


def compare(setting: Setting) -> Found:
    """Measure how much faster the same jobs are done by two threads than by one [1]."""
    found = Found()
    if not setting.compiled:
        found.cannot(WHAT, "the reference engine is Python and holds its lock", TWO_THREADS)
        return found
    scenario = with_weeks(load_scenario(COMPANY), setting.sizes.weeks)
    world, simulate = build(scenario, Portfolio()), engine(setting.engine)
    jobs: dict[str, Callable[[int], object]] = {
        # The control's key derivation works on a few hundred bytes and gives Python's lock away all along.
        "control": lambda k: hashlib.pbkdf2_hmac("sha256", b"relevo", b"%d" % k, 20_000),
        "engine's door": lambda k: simulate(world, SEED, k),
        "public door": lambda k: run(RunSpec(scenario, seed=SEED, replication=k, engine=setting.engine, tables=())),
    }
    sizes = {name: _jobs(job, setting.sizes.seconds) for name, job in jobs.items()}
    works = {
        f"{name}, {threads}": partial(_block, job, sizes[name], threads)
        for name, job in jobs.items()
        for threads in (1, 2)
    }
    spent = in_turn(setting.sizes.rounds, works)
    gains = {name: ratios(spent[f"{name}, 1"], spent[f"{name}, 2"]) for name in jobs}
    free = [k for k, gain in enumerate(gains["control"]) if gain >= CONTROL]
    found.raw |= {"jobs": sizes, "wall_seconds": spent, "rounds_that_count": free}
    if len(free) < max(2, setting.sizes.rounds // 3):
        why = f"the control gained {CONTROL} in only {len(free)} of {setting.sizes.rounds} rounds"
        found.cannot(WHAT, why, TWO_THREADS)
    else:
        found.judge(WHAT, [gains["engine's door"][k] for k in free], TWO_THREADS)
    found.tables.append(
        Table(
            "Two threads",
            ("what", "jobs in one block", "gain of two threads, all rounds"),
            [(name, f"{sizes[name]:,}", with_interval(median(gains[name]))) for name in jobs],
            f"The same jobs by a pool of one and of two threads, on the clock on the wall. {len(free)} of "
            f"{setting.sizes.rounds} rounds count: in them the control (key derivation, which surely scales) gained at "
            f"least {CONTROL:g}, so the second core was free. At the public door laying out the arrays and computing "
            "the metrics hold Python's lock.",
        )
    )
    return found


def _jobs(job: Callable[[int], object], seconds: float) -> int:
    """Return an even number of jobs that keep two threads busy for a block."""
    n = fitted(lambda size: wall(lambda: [job(k) for k in range(size)]), 2, 2.0 * seconds, MOST_JOBS)
    return n + n % 2


def _block(job: Callable[[int], object], jobs: int, threads: int, first: int) -> float:
    """Return how long a pool takes for some jobs [s]."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(job, range(2)))  # the threads are there before the clock starts
        return wall(lambda: list(pool.map(job, range(first, first + jobs))))
