"""The default company: an engine against the reference engine, where its time goes, and what the full log costs."""

from __future__ import annotations

import statistics
from functools import partial

from benchmarks.engines.found import Found, Mark, Table, number, with_interval
from benchmarks.engines.setting import COMPANY, REFERENCE, SEED, Setting
from benchmarks.engines.timing import cpu, fitted, in_turn, median, ratios
from sim import load_scenario, with_weeks
from sim.arrays import build
from sim.engines import engine
from sim.measures.metrics import metrics
from sim.policies import Portfolio
from sim.run import RunSpec, run
from sim.scenario.company import Scenario

OVER_REFERENCE = Mark(90.0)
LOG_COST = Mark(1.10, at_least=False)
MOST_RUNS = 1_000


def compare(setting: Setting) -> Found:
    """Measure the same replications of the default company on both engines, through the public door."""
    found = Found()
    scenario = with_weeks(load_scenario(COMPANY), setting.sizes.weeks)
    names = [setting.engine, REFERENCE] if setting.compiled else [REFERENCE]
    runs = {name: _runs(scenario, name, setting.sizes.seconds) for name in names}

    def block(name: str, k: int) -> float:
        spec = RunSpec(scenario, seed=SEED, replication=k, engine=name, tables=())
        return cpu(lambda: [run(spec) for _ in range(runs[name])]) / runs[name]

    spent = in_turn(setting.sizes.company_rounds, {name: partial(block, name) for name in names})
    found.raw["cpu_seconds_of_a_run"] = spent
    what = f"{COMPANY}, {setting.sizes.weeks:g} weeks: speed of the {setting.engine} engine, relative to the reference"
    if setting.compiled:
        found.judge(what, ratios(spent[REFERENCE], spent[setting.engine]), OVER_REFERENCE)
    else:
        found.cannot(what, "the engine measured is the reference engine", OVER_REFERENCE)
    parts = {name: _parts(scenario, name, setting.sizes.company_rounds if name != REFERENCE else 1) for name in names}
    found.raw["parts"] = parts
    found.tables.append(
        Table(
            f"A run of the default company ({COMPANY}, {setting.sizes.weeks:g} weeks and the warm-up)",
            ("engine", "CPU time of a run [ms]", "arrays [ms]", "engine [ms]", "metrics [ms]"),
            [(name, with_interval(median([1e3 * s for s in spent[name]])), *(number(1e3 * s) for s in parts[name]))
             for name in names],
            "Whole runs through `sim.run.run` with `tables=()`, the same replications on both engines; the parts are "
            "medians of runs taken apart.",
        )
    )  # fmt: skip
    return found


def _runs(scenario: Scenario, name: str, seconds: float) -> int:
    """Return how many runs of an engine fill a block; one of the slow engine is more than enough."""
    if name == REFERENCE:
        return 1
    spec = RunSpec(scenario, seed=SEED, engine=name, tables=())
    return fitted(lambda n: cpu(lambda: [run(spec) for _ in range(n)]), 1, seconds, MOST_RUNS)


def _parts(scenario: Scenario, name: str, times: int) -> tuple[float, float, float]:
    """Return the CPU time of arrays, engine and metrics of one run [s]."""
    simulate, today = engine(name), Portfolio()
    world = build(scenario, today)
    record = simulate(world, SEED, 0)
    works = (
        lambda: build(scenario, today),
        lambda: simulate(world, SEED, 0),
        lambda: metrics(scenario, today, world, record),
    )
    arrays, running, measuring = (statistics.median(cpu(work) for _ in range(times)) for work in works)
    return arrays, running, measuring


def log_cost(setting: Setting) -> Found:
    """Measure a run with the full event log against one without, at the engine's door: no table is made."""
    found = Found()
    simulate = engine(setting.engine)
    weeks = setting.sizes.weeks if setting.compiled else setting.sizes.weeks / 10
    world = build(with_weeks(load_scenario(COMPANY), weeks), Portfolio())

    def block(n: int, k: int, log: bool) -> float:
        return cpu(lambda: [simulate(world, SEED, k, log=log) for _ in range(n)])

    n = fitted(lambda size: block(size, 0, True), 1, setting.sizes.seconds, MOST_RUNS)
    works = {"summary": lambda k: block(n, k, False), "full log": lambda k: block(n, k, True)}
    spent = in_turn(setting.sizes.rounds, works)
    entries = len(simulate(world, SEED, 0, log=True).log)
    found.raw |= {"runs": n, "cpu_seconds": spent, "log_entries_of_a_run": entries}
    found.judge(
        f"full event log: CPU time relative to the summary ({COMPANY}, {weeks:g} weeks, {entries:,} entries)",
        ratios(spent["full log"], spent["summary"]),
        LOG_COST,
    )
    return found
