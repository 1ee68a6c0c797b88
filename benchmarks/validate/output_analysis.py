"""Judge the intervals, stopping rules and warm-up cuts and write docs/output_analysis.md.

`python -m benchmarks.validate.output_analysis` takes some minutes on one processor. It fails if a published number is
missed or the default interval is not within 2 points of nominal.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path

from numpy.random import default_rng

from benchmarks.validate.output_analysis_alternatives import alternatives
from benchmarks.validate.output_analysis_measures import (
    autoregressive_cut,
    fixed,
    queue_cuts,
    sectioning,
    sequential,
)
from benchmarks.validate.output_analysis_page import Found, Stopped, page, wrong
from benchmarks.validate.output_analysis_problems import OTHERS, PUBLISHED
from experiments.analysis.skewed import METHODS
from experiments.plan.targets import DEFAULT_REPLICATIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "output_analysis.md"
SEED = 20240601
SIZES = (5, 10, 20, 30, 40, 50, 60, 80, 100, 200)
CONFIDENCES = (0.90, 0.95)
GAMMAS = (0.30, 0.15, 0.10, 0.05)


def measure(scale: float, seed: int) -> Found:
    """Run everything; a scale below 1 is for trying."""

    def count(full: int) -> int:
        return max(round(full * scale), 100)

    def say(what: str) -> None:
        print(f"{what}; {time.perf_counter() - began:.0f} s so far", flush=True)

    began = time.perf_counter()
    coverage = [
        row
        for problem in PUBLISHED
        for n in SIZES
        for row in fixed(problem, n, METHODS, CONFIDENCES, count(100_000), seed + n)
    ]
    say("intervals of the published problems")
    others = [
        row
        for problem in OTHERS
        for n in (30, DEFAULT_REPLICATIONS, 1000)
        for row in fixed(problem, n, METHODS, (0.95,), count(20_000), seed + n)
    ]
    tried = [row for problem in PUBLISHED for row in alternatives(problem, 50, 0.90, count(10_000), seed + 1)]
    say("other problems and other intervals")
    stops = []
    for problem in PUBLISHED:
        for method, first, block in (("t", 10, 1), ("t", 30, 10), ("willink", 30, 10)):
            for gamma in GAMMAS:
                if first == 10 and gamma > 0.15:
                    continue
                found = sequential(
                    problem, gamma, 0.90, count(40_000), default_rng(seed + 2), method=method, first=first, block=block
                )
                coverage_then, n = found.coverage(problem.mean), float(found.n.mean())
                stops.append(Stopped(problem.name, method, first, block, gamma, coverage_then, n))
    say("stopping")
    quantiles = [sectioning(runs, 10_000, count(2_000), 0.95, seed + 3) for runs in (10, 30)]
    say("quantiles by sectioning")
    cuts = [
        *queue_cuts("empty", 0, count(1_000), seed + 4),
        *queue_cuts("112 jobs ahead", 112, count(1_000), seed + 5),
        autoregressive_cut(0.995, 20_000, count(3_000), seed + 6),
        autoregressive_cut(0.9, 1_000, count(3_000), seed + 7),
    ]
    say("warm-up")
    return Found(coverage, others, tried, stops, quantiles, cuts)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.output_analysis", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the experiments, for trying")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help="where to write the page; docs/output_analysis.md after a full run")
    chosen = parser.parse_args()
    began = time.perf_counter()
    found = measure(chosen.scale, chosen.seed)
    minutes = (time.perf_counter() - began) / 60.0
    out = chosen.out or (PAGE if chosen.scale >= 1 else None)
    if out is not None:
        out.write_text(page(found, minutes, dt.date.today(), chosen.seed), encoding="utf-8")
    missed = wrong(found)
    print("\n".join(missed) or "Everything published is found again, and the default is within 2 points.")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
