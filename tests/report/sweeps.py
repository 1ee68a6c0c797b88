"""Made-up sweeps whose numbers are known."""

import itertools

import numpy as np
import pandas as pd

from experiments.run.study import Study, StudyFactor
from sim.policies import load_policy
from sim.scenario.load import load_scenario

LEVELS = (0.0, 0.5, 1.0)
REPLICATIONS = 6


def a_sweep(left_out=(), staff=(8, 9)):
    """Return a made-up sweep of two policies and a department's staff, its points in no order."""
    rng = np.random.default_rng(7)
    points = list(itertools.product(LEVELS, LEVELS, staff))
    points = [points[i] for i in rng.permutation(len(points)) if points[i] not in left_out]
    ways = ["" if p == (0.0, 0.0, staff[0]) else str(i) for i, p in enumerate(points)]
    design = pd.DataFrame(
        points, index=pd.Index(ways, name="way"), columns=["checklist", "parity", "departments.sales.staff"]
    )
    luck = rng.normal(size=REPLICATIONS)
    rows = {}
    for way, (a, b, c) in zip(ways, points, strict=True):
        for r in range(REPLICATIONS):
            wait = 40 - 3 * a - 5 * b * a - (c - staff[0]) + luck[r] + 0.1 * rng.normal()
            rows[way, r] = {
                "wait_mean": wait,
                "wait_open_mean": wait / 4,
                "wait_share.queue": 0.75,
                "wait_share.work": 0.25,
                "promise_kept_share": 0.8 + 0.05 * a,
                "churn_per_year": 0.2 - 0.01 * b + 0.001 * luck[r],
                "profit": 3e5 + 1e4 * a,
                "policy_cost": 1e4 * (a + b),
            }
    wide = pd.DataFrame.from_dict(rows, orient="index")
    wide.index = pd.MultiIndex.from_tuples(rows, names=["way", "replication"])
    policies = {name: load_policy(name).model_dump(mode="json") for name in ("checklist", "parity")}
    members = {
        w: {n: x for n, x in zip(("checklist", "parity"), p[:2], strict=True) if x}
        for w, p in zip(ways, points, strict=True)
    }
    factors = (
        StudyFactor("checklist", "checklist", LEVELS, True),
        StudyFactor("parity", "parity", LEVELS, True),
        StudyFactor("departments.sales.staff", None, staff, True),
    )
    manifest = {"plan": {"responses": ["wait_mean"]}}
    ordered = tuple(sorted(ways, key=bool))
    return Study(
        "sweep", load_scenario("levante"), ordered, wide, members, policies, manifest, design=design, factors=factors
    )
