"""Selecting among sixteen policies by the customer's wait: how many runs KN and Rinott need on the model itself.

A pool of replications of the default company under each policy is simulated once, with common random numbers. A
macro-replication draws from it at random, with replacement: for KN the same replication of every policy, so that what
they share stays shared; for Rinott one of its own for each policy. So the pool's means are the truth, and the
probability of a correct selection can be counted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from benchmarks.engines.machine import described
from experiments.analysis.selection.kn import kn
from experiments.analysis.selection.rinott import rinott
from experiments.run.executors import available_workers, executor_for
from experiments.run.readiness import make_ready
from experiments.run.worlds import Worlds
from sim import load_scenario, with_weeks
from sim.policies import portfolio, the_sixteen

Array = NDArray[np.float64]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "selection_of_policies.md"
RESPONSE = "wait_mean"
FIRST = 10
CONFIDENCE = 0.95
LEAST_RINOTT = 3000
MACRO = 200


def pool(replications: int) -> Array:
    """Return the wait of every policy in every replication, shape (16, replications) [h]."""
    make_ready("compiled")
    names = the_sixteen()
    worlds = Worlds(
        with_weeks(load_scenario("levante"), 52),
        {name: portfolio([(name, 1.0)]) for name in names},
        1,
        "compiled",
        available_workers(),
        executor_for("compiled"),
    )
    values = np.full((len(names), replications), np.nan)
    for name, replication, result in worlds.run(0, replications):
        values[names.index(name), replication] = result.metrics[RESPONSE]
    return values


def drawn(values: Array, seed: int, common: bool) -> Sampler:
    """Return a sample of the pool for a procedure."""
    return Sampler(values, seed, common)


class Sampler:
    """Draws replications from a pool, the same for all alternatives or one's own for each."""

    def __init__(self, values: Array, seed: int, common: bool) -> None:
        k, n = values.shape
        self.values, self.common = values, common
        self.order = default_rng(seed).integers(0, n, size=(1 if common else k, 20_000))

    def __call__(self, who: Sequence[int], first: int, end: int) -> Array:
        rows = []
        for alternative in who:
            order = self.order[0 if self.common else alternative]
            rows.append(self.values[alternative, order[np.arange(first, end) % len(order)]])
        return np.array(rows)


def measure(values: Array, indifference: float, macro: int) -> dict[str, list[tuple[int, bool]]]:
    """Return runs and whether the right one was selected, for both procedures and each macro-replication."""
    means = values.mean(axis=1)
    # Correct: the best, or one that is worse by less than what was said not to matter.
    right = set(np.flatnonzero(means < means.min() + indifference).tolist())
    given = {"indifference": indifference, "confidence": CONFIDENCE, "first": FIRST}
    found: dict[str, list[tuple[int, bool]]] = {"KN, common luck": [], "Rinott, independent luck": []}
    for m in range(macro):
        for name, common, choose in (("KN, common luck", True, kn), ("Rinott, independent luck", False, rinott)):
            selected = choose(drawn(values, m, common), len(values), better="lower", **given)  # type: ignore[arg-type]
            found[name].append((selected.runs, selected.best in right))
    return found


def indifference_for(values: Array, least: int) -> float:
    """Return an indifference for which Rinott's median is above so many runs [h]."""
    delta = 4.0
    while True:
        runs = [r for r, _ in measure(values, delta, 11)["Rinott, independent luck"]]
        if np.median(runs) >= 1.1 * least:
            return delta
        delta = round(delta * 0.9, 2)


def main() -> int:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.selection_of_policies", description=__doc__)
    parser.add_argument("--replications", type=int, default=400)
    parser.add_argument("--macro", type=int, default=MACRO)
    parser.add_argument("--out", type=Path, default=PAGE)
    chosen = parser.parse_args()
    values = pool(chosen.replications)
    delta = indifference_for(values, LEAST_RINOTT)
    found = measure(values, delta, chosen.macro)
    medians = {name: float(np.median([runs for runs, _ in rows])) for name, rows in found.items()}
    lines = [
        "# Selecting among the sixteen policies: what it takes",
        "",
        f"Written by `python -m benchmarks.validate.selection_of_policies` on {dt.date.today()}. {described()}.",
        "",
        f"Default company, 52 weeks, response `{RESPONSE}`, {CONFIDENCE:.0%} confidence, n0 = {FIRST}, indifference "
        f"{delta:g} h. {chosen.replications} replications of each policy were simulated with common random numbers; "
        f"{chosen.macro} "
        "macro-replications draw from them with replacement, so that their means are the truth. Correct is the best "
        "policy, or one "
        "that is worse by less than the indifference.",
        "",
        "| procedure | runs, median | 5 % to 95 % | correct |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, rows in found.items():
        runs = np.array([r for r, _ in rows])
        low, high = np.percentile(runs, [5, 95])
        right = sum(ok for _, ok in rows)
        lines.append(f"| {name} | {medians[name]:,.0f} | {low:,.0f} to {high:,.0f} | {right} of {len(rows)} |")
    ratio = medians["Rinott, independent luck"] / medians["KN, common luck"]
    lines += ["", f"Rinott needs **{ratio:.1f}** times as many runs (mark: at least 10).", ""]
    chosen.out.write_text("\n".join(lines), "utf-8")
    print("\n".join(lines))
    print(
        json.dumps({"means": values.mean(axis=1).tolist(), "sd": values.std(axis=1, ddof=1).tolist()}), file=sys.stderr
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
