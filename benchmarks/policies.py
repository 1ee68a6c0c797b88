"""What every shipped policy does, and where adding one more stops paying: `python -m benchmarks.policies`.

The default company for two years after its warm-up. Every policy alone against today, with the same customers and
luck; then policies added one by one, always the one that promises the most profit. Writes docs/policies.md by
`benchmarks.policies_page`: nothing about outcomes is written by hand.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.policies_page import Paper, Stage, page
from benchmarks.policies_said import FIGURES, Alone, Measured
from experiments.analysis.intervals import Estimate, Runs, differences, estimate
from sim import __version__, load_scenario, with_weeks
from sim.api import with_frozen_demand
from sim.arrays import build
from sim.policies import Portfolio, load_policy, portfolio, the_sixteen
from sim.run import RunSpec, run_together
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_names

COMPANY = "levante"
WEEKS = 104
SEED, CHOICE_SEED, STAGE_SEED, LAST_SEED = 31_000, 32_000, 33_000, 34_000
"""Of the policies alone; of each stage's choice and of its report (plus the number of the stage); of the verdict."""
CANDIDATES = 16
"""Replications with which the next policy is chosen."""
STAGES = 32
"""Fresh replications with which a stage is reported."""
WORKERS = 2
PAGE = Path(__file__).resolve().parents[1] / "docs" / "policies.md"

Way = tuple[str, ...]
"""A way of working: the policies in force."""


def one_replication(scenario: Scenario, ways: Mapping[Way, Portfolio], seed: int, k: int) -> list[dict[str, float]]:
    """Return the metrics of one replication under each way of working, from one warm-up."""
    specs = [RunSpec(scenario, chosen, seed=seed, replication=k, tables=()) for chosen in ways.values()]
    return [result.metrics for result in run_together(specs)]


def measured(pool: Executor, scenario: Scenario, ways: Sequence[Way], seed: int, replications: int) -> dict[Way, Runs]:
    """Return the metrics of all replications of some ways of working, paired by replication."""
    portfolios = {way: portfolio([(name, 1.0) for name in way]) for way in dict.fromkeys(ways)}
    found: dict[Way, dict[int, Mapping[str, float]]] = {way: {} for way in portfolios}
    rows = pool.map(partial(one_replication, scenario, portfolios, seed), range(replications))
    for k, row in enumerate(rows):
        for way, metrics in zip(portfolios, row, strict=True):
            found[way][k] = metrics
    return dict(found)


def hours_a_week(scenario: Scenario, way: Way) -> float:
    """Return the hours of the company's own people that a way of working takes off the floor, more than today.

    As set by the policies, per week and on average over the window; work that is added to single pieces of work, as
    by a checklist, is not in it.
    """

    def taken(world_of: Way) -> float:
        world = build(scenario, portfolio([(name, 1.0) for name in world_of]))
        paid = [scenario.departments[name].pay_share > 0 for name in world.departments]
        weeks = world.regimes[1 : WEEKS + 1]
        shares = (n * v for r in weeks for n, v, own in zip(r.posts, r.overhead, paid, strict=True) if own)
        return sum(shares) / len(weeks)

    return (taken(way) - taken(())) * (scenario.parameter("economics.paid_hours") or 40.0)


# Every policy alone ---------------------------------------------------------------------------------------


def compared(treated: Runs, today: Runs) -> Measured:
    """Return how a way of working differs from today: the figures of the table, and departments and pairs."""
    apart = differences(treated, today)
    figures = {f.metric: estimate(f.change(treated[k][f.metric], today[k][f.metric]) for k in today) for f in FIGURES}
    theirs = {name: e for name, e in apart.items() if looked_at(name, e, today)}
    return Measured(figures, theirs, apart["policy_cost"].mean or 0.0)


def looked_at(name: str, difference: Estimate, today: Runs) -> bool:
    """Say whether a metric tells how a department or a pair fares, and was seen in at least half the replications."""
    if not name.endswith((".queue_wait_mean", ".items_per_hour", ".request_wait_mean")):
        return False
    return 2 * difference.n >= len(today) and any(runs[name] != 0.0 for runs in today.values())


def alone(pool: Executor, free: Scenario, held: Scenario, replications: int) -> list[Alone]:
    """Compare every shipped policy with today: customers who come and go, and their number held fixed."""
    variants = [name for name in shipped_names("policies") if name not in the_sixteen()]
    names = sorted((*the_sixteen(), *variants), key=lambda n: (int(load_policy(n).mission[1:]), n in variants))
    ways = [(), *((name,) for name in names)]
    worlds = [measured(pool, scenario, ways, SEED, replications) for scenario in (free, held)]
    return [
        Alone(
            load_policy(name),
            compared(worlds[0][(name,)], worlds[0][()]),
            compared(worlds[1][(name,)], worlds[1][()]),
            hours_a_week(free, (name,)),
        )
        for name in names
    ]


# One after the other --------------------------------------------------------------------------------------


def best_next(pool: Executor, scenario: Scenario, chosen: Way, names: Sequence[str], seed: int, n: int) -> str:
    """Return the policy that, added to those chosen, has the highest mean profit."""
    ways = {name: (*chosen, name) for name in names if name not in chosen}
    runs = measured(pool, scenario, list(ways.values()), seed, n)
    profit = {name: estimate(m["profit"] for m in runs[way].values()).mean or 0.0 for name, way in ways.items()}
    return max(profit, key=lambda name: profit[name])


def stage(pool: Executor, scenario: Scenario, chosen: Way, seed: int, n: int, before: Way | None = None) -> Stage:
    """Compare some policies with today and with those before, or all but the last of them, in fresh replications."""
    before = chosen[:-1] if before is None else before
    runs = measured(pool, scenario, [(), before, chosen], seed, n)
    against_today = compared(runs[chosen], runs[()])
    gain = compared(runs[chosen], runs[before]).figures["profit"]
    return Stage(load_policy(chosen[-1]), against_today, gain, hours_a_week(scenario, chosen))


def one_by_one(pool: Executor, scenario: Scenario, candidates: int, stages: int) -> tuple[list[Stage], Way]:
    """Add policies one by one until all are in force; return every stage and the order."""
    names, chosen, found = the_sixteen()[:15], tuple[str, ...](), list[Stage]()
    while len(chosen) < len(names):
        number = len(chosen) + 1
        chosen = (*chosen, best_next(pool, scenario, chosen, names, CHOICE_SEED + number, candidates))
        found.append(stage(pool, scenario, chosen, STAGE_SEED + number, stages))
        print(f"{number}: {chosen[-1]}", flush=True)
    return found, chosen


def pays_up_to(stages: Sequence[Stage]) -> int:
    """Return how many policies pay: those before the first whose own gain is not clearly above zero."""
    for number, each in enumerate(stages):
        if not (each.gain.is_clear and (each.gain.mean or 0.0) > 0):
            return number
    return len(stages)


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.policies", description=__doc__)
    parser.add_argument("--replications", type=int, default=40, help="of every policy alone and of the last verdict")
    parser.add_argument("--candidates", type=int, default=CANDIDATES, help="of every choice of the next policy")
    parser.add_argument("--stages", type=int, default=STAGES, help="of every stage that is reported")
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    began = time.perf_counter()
    free = with_weeks(load_scenario(COMPANY), WEEKS)
    held = with_frozen_demand(free)
    assert held is not None
    with ThreadPoolExecutor(WORKERS) as pool:
        singles = alone(pool, free, held, given.replications)
        stages, order = one_by_one(pool, free, given.candidates, given.stages)
        number = pays_up_to(stages)
        kept = order[: max(1, number)]
        verdict = stage(pool, free, kept, LAST_SEED, given.replications)
        everything = stage(pool, free, order, LAST_SEED, given.replications, before=kept)
    minutes = (time.perf_counter() - began) / 60
    replications = (given.replications, given.candidates, given.stages)
    labels = {name: d.label["en"] if d.label else name for name, d in free.departments.items()}
    made = f"Written by `python -m benchmarks.policies` on {dt.date.today().isoformat()}: relevo {__version__}, " \
           f"{COMPANY}, {WEEKS} weeks after the warm-up, {minutes:.0f} minutes on {WORKERS} threads."  # fmt: skip
    text = page(Paper(made, replications, singles, stages, number, verdict, everything, labels, WEEKS))
    given.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
