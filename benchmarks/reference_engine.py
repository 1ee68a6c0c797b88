"""The reference engine against a bare SimPy script: `python -m benchmarks.reference_engine [--weeks W] [--blocks N]`.

The bare script is what a textbook would write: a tandem of four multi-server desks, one generator per order,
`simpy.Resource`, `random.Random`; nothing is recorded but the mean sojourn. Both are measured in turn, in
CPU time, over the same number of timed events (a year of the default company).

Two figures are printed, because an "event" can be counted in two ways: timed events (timeouts) and all entries
of SimPy's calendar, which include its zero-delay hops.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Generator
from typing import Any

import simpy

from sim import with_weeks
from sim.arrays import World, build
from sim.engines import engine
from sim.policies import Portfolio
from sim.scenario.load import load_scenario

DESKS = (3, 4, 2, 2)
LOAD = 0.8


def bare(timeouts: int) -> float:
    """Run the bare script until about `timeouts` timed events have happened; return the mean sojourn."""
    env = simpy.Environment()
    desks = [simpy.Resource(env, capacity=c) for c in DESKS]
    luck = random.Random(1)
    sojourns: list[float] = []

    def order() -> Generator[Any, Any, None]:
        came = env.now
        for desk, servers in zip(desks, DESKS, strict=True):
            with desk.request() as turn:
                yield turn
                yield env.timeout(luck.expovariate(1.0 / (LOAD * servers)))
        sojourns.append(env.now - came)

    def source(orders: int) -> Generator[Any, Any, None]:
        for _ in range(orders):
            yield env.timeout(luck.expovariate(1.0))
            env.process(order())

    env.process(source(timeouts // (len(DESKS) + 1)))
    env.run()
    return statistics.fmean(sojourns)


def entries(work: Callable[[], object]) -> tuple[int, int]:
    """Return how many timed events and how many calendar entries a piece of work makes (a run of its own)."""
    counted = {"timed": 0, "all": 0}
    plain = simpy.Environment.schedule

    def counting(self: simpy.Environment, event: Any, priority: Any = 1, delay: Any = 0) -> None:
        counted["all"] += 1
        # Our events carry a priority above SimPy's own two; its Timeouts are the bare script's.
        counted["timed"] += priority > 1 or isinstance(event, simpy.Timeout)
        plain(self, event, priority, delay)

    simpy.Environment.schedule = counting
    try:
        work()
    finally:
        simpy.Environment.schedule = plain
    return counted["timed"], counted["all"]


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU time of a piece of work [s]."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def interval(values: list[float]) -> tuple[float, float]:
    """Return a 95 % bootstrap interval of the median."""
    luck = random.Random(7)
    medians = sorted(statistics.median(luck.choices(values, k=len(values))) for _ in range(2000))
    return medians[50], medians[1949]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=float, default=26.0)
    parser.add_argument("--blocks", type=int, default=7)
    options = parser.parse_args()
    world: World = build(with_weeks(load_scenario("levante"), options.weeks), Portfolio())
    run = engine("reference")

    def ours() -> object:
        return run(world, 1, 0)

    timed, everything = entries(ours)
    bare_timed, bare_everything = entries(lambda: bare(timed))
    print(
        f"default company, {options.weeks:g} weeks and warm-up: {timed:,} timed events, {everything:,} calendar entries"
    )
    print(f"bare SimPy tandem: {bare_timed:,} timed events, {bare_everything:,} calendar entries")
    pairs = [(cpu(ours), cpu(lambda: bare(timed))) for _ in range(options.blocks)]
    by_timed = [(timed / a) / (bare_timed / b) for a, b in pairs]
    by_entry = [(everything / a) / (bare_everything / b) for a, b in pairs]
    a, b = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"reference engine: {a:.2f} s CPU, {timed / a:,.0f} timed events/s, {everything / a:,.0f} entries/s")
    print(
        f"bare script:      {b:.2f} s CPU, {bare_timed / b:,.0f} timed events/s, {bare_everything / b:,.0f} entries/s"
    )
    for name, ratios in (("timed events per second", by_timed), ("calendar entries per second", by_entry)):
        low, high = interval(ratios)
        print(f"ratio, {name}: {statistics.median(ratios):.2f} (95 %: {low:.2f} to {high:.2f}); mark: at least 0.60")
    print(
        f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB; mark: 300 MB"
    )


if __name__ == "__main__":
    main()
