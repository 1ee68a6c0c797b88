"""Made-up results: what each way of working does is known, luck is added to today and to each difference."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from experiments.run.study import Study
from sim.policies import load_policy, the_sixteen
from sim.scenario.load import load_scenario

LEVELS = {
    "wait_mean": (40.0, 4.0),
    "promise_kept_share": (0.8, 0.02),
    "churn_per_year": (0.2, 0.01),
    "customers_left": (200.0, 10.0),
    "profit": (300_000.0, 30_000.0),
}
"""Mean of today and its luck from run to run."""
OWN = 0.05
"""Luck of a difference, as a share of today's luck."""
NOTHING = dict.fromkeys(LEVELS, 0.0)


def made(effects, *, n=20, today=True, own=OWN, metrics=tuple(LEVELS), seed=1, scenario="levante", **kept):
    """Return a study of some ways of working by what they change: key -> metric -> change."""
    draws = np.random.default_rng(seed)
    luck = {name: LEVELS[name][1] * draws.normal(size=n) for name in metrics}
    ways = {"": NOTHING, **effects} if today else dict(effects)
    rows = {}
    for way, change in ways.items():
        for r in range(n):
            rows[way, r] = {
                name: LEVELS[name][0] + luck[name][r] + change.get(name, 0.0)
                + (own * LEVELS[name][1] * draws.normal() if way else 0.0)
                for name in metrics
            }  # fmt: skip
    wide = pd.DataFrame.from_dict(rows, orient="index")
    wide.index = pd.MultiIndex.from_tuples(list(rows), names=["way", "replication"])
    known = set(the_sixteen())
    members = {way: {way: 1.0} if way in known else {} for way in ways}
    policies = {way: load_policy(way).model_dump(mode="json") for way in ways if way in known}
    company = load_scenario(scenario)
    return replace(Study("job", company, tuple(ways), wide, members, policies), **kept)


def better(**changes):
    """Return a change that helps the customer in everything, but for what is given."""
    return {
        "wait_mean": -4.0,
        "promise_kept_share": 0.05,
        "churn_per_year": -0.03,
        "customers_left": -30.0,
        "profit": 40_000.0,
        **changes,
    }


def yardstick(study, per_hire=1.0, most=4, seed=5):
    """Return a study with a yardstick: each hire shortens the wait by as much."""
    draws = np.random.default_rng(seed)
    rows = [
        {"hires": h, "replication": r, "wait_mean": value - per_hire * h + 0.02 * draws.normal()}
        for h in range(1, most + 1)
        for r, value in study.values("wait_mean").items()
    ]
    return replace(study, given={**study.given, "yardstick": pd.DataFrame(rows)})
