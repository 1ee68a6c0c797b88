"""Do they compute the same? Every program against theory, and the shipped engines against each other, bit for bit."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from benchmarks.engines.found import Found, Table
from benchmarks.engines.network import SCENARIO, Network
from benchmarks.engines.programs import YARDSTICK, Programs, shipped_name
from benchmarks.engines.setting import COMPANY, REFERENCE, SEED, Setting
from sim import load_scenario, with_weeks
from sim.engines import ENGINES
from sim.run import RunSpec, run

ERROR = 0.001
"""Probability that a correct program is found to be off, each."""
SAME_WEEKS = {SCENARIO: 4.0, COMPANY: 8.0, "cadena": 2.0}
"""Scenarios on which the engines must give equal metrics, and measured weeks."""


def check(setting: Setting, network: Network, here: Programs) -> Found:
    """Check all programs against theory, and the engines against each other."""
    found = Found()
    rows = []
    for name, program in here.found.items():
        customers = _customers(setting, name)
        seeds = range(SEED, SEED + setting.sizes.replications)
        means = np.array([program(customers, seed).sojourn for seed in seeds])
        found.raw[name] = means.tolist()
        half = float(stats.t.ppf(1.0 - ERROR / 2.0, len(means) - 1) * means.std(ddof=1) / math.sqrt(len(means)))
        agrees = abs(float(means.mean()) - network.sojourn) <= half
        if not agrees:
            found.failed.append(f"{name}: mean sojourn {means.mean():.3f} h ± {half:.3f}, theory {network.sojourn:.3f}")
        rows.append(
            (name, f"{len(means)} × {customers:,}", f"{means.mean():.3f} ± {half:.3f}", f"{half / network.sojourn:.1%}",
             "agrees" if agrees else "**off**")
        )  # fmt: skip
    rows += [(name, "", why, "", "") for name, why in here.missing.items()]
    found.tables.append(
        Table(
            "The same network",
            ("program", "replications × customers", "mean sojourn [h]", "± relative", "verdict"),
            rows,
            f"Theory: {network.sojourn:.4f} h, the sum of {len(network.servers)} M/M/c stations. The first "
            f"{network.left_out:,} customers of a replication are left out. Half-widths are t-intervals over "
            f"independent replications with fixed seeds; a correct program lies outside its own with probability "
            f"{ERROR:.1%}, so one of {len(here.found)} with at most {ERROR * len(here.found):.1%}.",
        )
    )
    found.tables.append(_same(found))
    return found


def _customers(setting: Setting, name: str) -> int:
    compiled, fast, slow = setting.sizes.customers
    if name == YARDSTICK or (setting.compiled and name == shipped_name(setting.engine)):
        return compiled
    return slow if name in ("salabim", shipped_name(REFERENCE)) else fast


def _same(found: Found) -> Table:
    """Compare every metric of every engine with the reference engine's; equal means equal, not close."""
    others = [name for name in ENGINES if name != REFERENCE]
    rows = []
    for scenario, weeks in SAME_WEEKS.items():
        spec = RunSpec(with_weeks(load_scenario(scenario), weeks), seed=SEED, engine=REFERENCE, tables=())
        expected = run(spec).metrics if others else {}
        for name in others:
            given = run(RunSpec(spec.scenario, seed=SEED, engine=name, tables=())).metrics
            unequal = [key for key in {**expected, **given} if not _equal(expected.get(key), given.get(key))]
            rows.append((f"{scenario}, {weeks:g} weeks", name, f"{len(expected) - len(unequal)} of {len(expected)}",
                         "equal" if not unequal else "**not equal**: " + ", ".join(unequal[:5])))  # fmt: skip
            if unequal:
                found.failed.append(f"{scenario}: {name} and {REFERENCE} differ in {', '.join(unequal[:5])}")
    words = "" if others else "There is only one engine, so nothing to compare."
    return Table("The same metrics", ("scenario", "engine", "metrics equal to the reference's", "verdict"), rows, words)


def _equal(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and (a == b or (math.isnan(a) and math.isnan(b)))
