"""What people cost: the default company against itself without people, per piece of work begun or finished."""

from __future__ import annotations

import numpy as np

from benchmarks.engines.found import Found, Mark
from benchmarks.engines.setting import COMPANY, SEED, Setting
from benchmarks.engines.timing import cpu, fitted, in_turn
from sim import load_scenario, with_weeks
from sim.arrays import World, build
from sim.engines import engine
from sim.engines.streams import LOG_FINISHED, LOG_STARTED
from sim.policies import Portfolio

PEOPLE_COST = Mark(1.15, at_least=False)
GROUPS = ("pressure", "learning", "morale", "turnover", "hiring", "absence")
MOST_RUNS = 1_000
WARM_UP = 8 * 168.0


def compare(setting: Setting) -> Found:
    """Measure a run with people against one without; the two do different amounts of work, so by its pieces."""
    found = Found()
    simulate = engine(setting.engine)
    scenario = with_weeks(load_scenario(COMPANY), setting.sizes.weeks if setting.compiled else setting.sizes.weeks / 10)
    scenario = scenario.model_copy(update={"time": scenario.time.model_copy(update={"warm_up": WARM_UP})})
    without = scenario.model_copy(update=dict.fromkeys(GROUPS))
    worlds = {"with people": build(scenario, Portfolio()), "without": build(without, Portfolio())}

    def pieces(world: World, k: int) -> int:
        events = simulate(world, SEED, k, log=True).log_rows()[:, 1]
        return int(np.isin(events, (LOG_STARTED, LOG_FINISHED)).sum())

    def block(name: str, n: int, k: int) -> float:
        world = worlds[name]
        return cpu(lambda: [simulate(world, SEED, k, parts=False) for _ in range(n)])

    n = fitted(lambda size: block("with people", size, 0), 1, setting.sizes.seconds, MOST_RUNS)
    spent = in_turn(
        setting.sizes.rounds,
        {name: lambda k, name=name: block(name, n, k) / (n * pieces(worlds[name], k)) for name in worlds},  # type: ignore[misc]
    )
    found.raw |= {"runs": n, "cpu_seconds_of_a_piece": spent}
    found.judge(
        f"people: CPU time per piece of work begun or finished, relative to the same company without ({COMPANY})",
        [a / b for a, b in zip(spent["with people"], spent["without"], strict=True)],
        PEOPLE_COST,
    )
    return found
