"""Judge the measures of sensitivity against exact values and write docs/sensitivity.md.

`python -m benchmarks.validate.sensitivity` takes about ten minutes on one processor. It fails if a measure is not where
the exact value is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path

import numpy as np
from numpy.random import default_rng

from benchmarks.validate.sensitivity_measures import SHAPES, conclusion_rows, morris_rows, sobol_rows, together_rows
from benchmarks.validate.sensitivity_page import Found, page, wrong
from benchmarks.validate.sensitivity_problems import G_FUNCTION, ISHIGAMI, morris_by_hand, morris_function
from experiments.analysis.sensitivity.morris import elementary_effects
from experiments.analysis.sensitivity.trajectories import trajectories
from experiments.plan.designs import Axis

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sensitivity.md"
SEED = 20240701
SAMPLES = 1024
SCREENINGS = ((20, 10, "common"), (50, 10, "common"), (20, 10, "independent"), (20, 1, "independent"))
CONCLUSIONS = (
    *((shape, 5, 1.0, 0.0) for shape in SHAPES),
    ("two groups", 30, 1.0, 0.0),
    ("normal", 10, 1.0, 0.5),
    ("normal", 2, 0.5, 0.2),
    ("normal", 5, 3.0, 0.0),
)


def own_function(number: int, seed: int) -> list[tuple[str, float, float, float]]:
    """Compare mu* of Morris' function by trajectories and by single steps: factor, both, and their standard error."""
    axes = [Axis(f"x{i + 1}", None) for i in range(20)]
    design = trajectories(axes, number, seed)
    effects = elementary_effects(axes, design, morris_function(np.array(design, dtype=np.float64))[:, None])[:, :, 0]
    ours = np.abs(effects)
    _, theirs, _ = morris_by_hand(number, default_rng(seed))
    error = np.sqrt(2 * ours.var(axis=0) / number)
    return [
        (axis.name, float(a), float(b), float(e))
        for axis, a, b, e in zip(axes, ours.mean(axis=0), theirs, error, strict=True)
    ]


def measure(repetitions: int, seed: int) -> Found:
    """Run everything."""

    def say(what: str) -> None:
        print(f"{what}; {time.perf_counter() - began:.0f} s so far", flush=True)

    began = time.perf_counter()
    plain = sobol_rows(ISHIGAMI, SAMPLES, 1, "independent", repetitions, seed, corrected=False)
    corrected = sobol_rows(ISHIGAMI, SAMPLES, 2, "independent", repetitions, seed)
    common = {n: sobol_rows(ISHIGAMI, SAMPLES, n, "common", repetitions, seed) for n in (5, 20)}
    g = sobol_rows(G_FUNCTION, SAMPLES, 2, "independent", repetitions, seed)
    say("Sobol' indices")
    morris = {key: morris_rows(*key, repetitions, seed) for key in SCREENINGS}
    by_hand = own_function(20 * repetitions, seed)
    say("Morris")
    together = together_rows(30, 2 * repetitions, seed)
    conclusions = {key: conclusion_rows(key[0], 200, *key[1:], repetitions, seed) for key in CONCLUSIONS}
    say("conclusions")
    return Found(plain, corrected, common, g, morris, by_hand, together, conclusions)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.sensitivity", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=400, help="fewer are for trying")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help="where to write the page; docs/sensitivity.md after a full run")
    chosen = parser.parse_args()
    began = time.perf_counter()
    found = measure(chosen.repetitions, chosen.seed)
    minutes = (time.perf_counter() - began) / 60.0
    out = chosen.out or (PAGE if chosen.repetitions >= 400 else None)
    if out is not None:
        out.write_text(page(found, minutes, dt.date.today(), chosen.seed), encoding="utf-8")
    missed = wrong(found)
    print("\n".join(missed) or "All measures agree with exact values.")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
