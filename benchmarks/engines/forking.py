"""Sixteen ways of working after one warm-up, against the work of their measured part alone.

The measured part is what a run from the start takes beyond its warm-up; a warm-up is timed alone, without what it
takes to keep its state, for runs from the start do not keep it.
"""

from __future__ import annotations

from benchmarks.engines.found import Found, Mark, Table, number
from benchmarks.engines.setting import COMPANY, SEED, Setting
from benchmarks.engines.timing import cpu, in_turn, ratios
from sim import load_scenario, with_weeks
from sim.arrays import World, build
from sim.policies import Portfolio, portfolio
from sim.scenario.files import shipped_names

WAYS = 16
WARM_UP = 2 * 8766.0
"""Two years [h]."""
WEEKS = 52.0
SHARE = Mark(1.15, at_least=False)


def ways() -> list[Portfolio]:
    """Return today's way of working and the shipped policies, at full and at half intensity: sixteen in all."""
    names = shipped_names("policies")
    chosen = [portfolio([(name, x)]) for x in (1.0, 0.5) for name in names]
    return [Portfolio(), *chosen][:WAYS]


def compare(setting: Setting) -> Found:
    """Measure the warm-up once and each way of working from there, against each from the start less its warm-up."""
    found = Found()
    what = f"{WAYS} ways of working after one warm-up of two years: CPU time relative to their measured years alone"
    if not setting.compiled:
        found.cannot(what, "the reference engine begins every run from the start", SHARE)
        return found
    from sim.engines.compiled import run, run_from, warm_up
    from sim.engines.compiled.run import run_warm_up

    scenario = with_weeks(load_scenario(COMPANY), WEEKS)
    scenario = scenario.model_copy(update={"time": scenario.time.model_copy(update={"warm_up": WARM_UP})})
    worlds: list[World] = [build(scenario, way) for way in ways()]

    def forked(k: int) -> None:
        warm = warm_up(worlds, SEED, k, parts=False)
        for world in worlds:
            run_from(warm, world)

    def from_the_start(k: int) -> None:
        for world in worlds:
            run(world, SEED, k, parts=False)

    works = {
        "forked": lambda k: cpu(lambda: forked(k)),
        "from the start": lambda k: cpu(lambda: from_the_start(k)),
        "one warm-up": lambda k: cpu(lambda: run_warm_up(worlds, SEED, k, False, False)),
    }
    for work in works.values():
        work(0)
    spent = in_turn(max(3, setting.sizes.rounds // 2), works)
    measured = [a - WAYS * w for a, w in zip(spent["from the start"], spent["one warm-up"], strict=True)]
    found.raw["cpu_seconds"] = spent
    found.judge(what, ratios(spent["forked"], measured), SHARE)
    middle = {name: sorted(values)[len(values) // 2] for name, values in spent.items()}
    found.tables.append(
        Table(
            f"{WAYS} ways of working of the default company, two years of warm-up and one measured",
            ("what", "CPU time [ms]"),
            [(name, number(1e3 * s)) for name, s in middle.items()],
            "A year of measuring after two of warm-up: sixteen warm-ups are two thirds of the work, one is a tenth.",
        )
    )
    return found
