"""A little flexibility, in the right places: chain against closed pairs at equal skills, six departments of two.

Literature (Jordan & Graves 1995 for the idea; the table of the review, computed there with the longest-queue rule):
at load 0.8 and equal speed a chain gives 84 % of the benefit of full cross-training, closed pairs 63 %. Bands of
5 points. The standard error of each share is below 2 points here (paired replications), so a right model fails with
probability about 1 %; helping the longest-waiting instead of the longest queue differs only with all skills.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from sim.arrays import build
from sim.engines import engine
from sim.policies import portfolio
from sim.scenario.load import scenario_from_data

NAMES = [f"d{i}" for i in range(6)]
REPLICATIONS = 4


@lru_cache
def queue_waits(pattern: str, efficiency: float = 1.0) -> np.ndarray:
    """Return the mean wait in a queue in each replication, in units of mean work."""
    data = {
        "name": pattern, "time": {"warm_up": "2 weeks", "horizon": "7 weeks"},
        "departments": {name: {"staff": 2, "discipline": "fifo"} for name in NAMES},
        "routes": {
            name: [{"step": "serve", "department": name, "work": {"mean": "1 h", "distribution": "exponential"}}]
            for name in NAMES
        },
        "orders": {name: {"route": name, "share": 1 / 6, "value": {"mean": 1, "cv": 0}} for name in NAMES},
        "demand": {"kind": "stream", "rate": f"{0.8 * 12} per h"},
    }  # fmt: skip
    if pattern != "dedicated":
        data["cross_training"] = {"pattern": pattern, "departments": NAMES}
        data["helping"] = {"trained_share": 1, "efficiency": efficiency}
    world = build(scenario_from_data(data), portfolio([]))
    found = []
    for k in range(REPLICATIONS):
        sums = engine("reference")(world, 5, k).departments
        found.append(sum(sums["waited"]) / sum(sums["left_queue"]) / 3_600_000)
    return np.array(found)


def benefit(pattern: str) -> float:
    dedicated, full = queue_waits("dedicated").mean(), queue_waits("all").mean()
    return float((dedicated - queue_waits(pattern).mean()) / (dedicated - full))


@pytest.mark.parametrize(("pattern", "share"), [("chain", 0.84), ("pairs", 0.63)])
def test_the_share_of_full_flexibility_is_that_of_the_literature(pattern: str, share: float) -> None:
    assert benefit(pattern) == pytest.approx(share, abs=0.05)


def test_a_chain_beats_pairs_in_every_replication_and_all_skills_beat_the_chain() -> None:
    waits = [queue_waits(p) for p in ("all", "chain", "pairs", "dedicated")]
    for better, worse in pairwise(waits):
        assert (better < worse).all()


def test_slow_help_helps_less() -> None:
    assert (queue_waits("chain") < queue_waits("chain", 0.7)).all()
    assert (queue_waits("chain", 0.7) < queue_waits("dedicated")).all()
