"""Judge the search, the final interval and the enumeration and write docs/optimisation.md.

`python -m benchmarks.validate.optimisation` takes some minutes. It fails if the search is worse than
what was known, an interval covers too rarely, or a promise is not kept.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.validate.optimisation_measures import best_known, correct, covered, gaps
from benchmarks.validate.optimisation_page import Found, page, wrong
from benchmarks.validate.optimisation_problem import Company

PAGE = Path(__file__).resolve().parents[2] / "docs" / "optimisation.md"
INSTANCES = 4
BUDGETS = (4_000, 20_000)
METHODS = ("race, common", "race, independent", "random, common")
WORKERS = 3


def measure(scale: float) -> Found:
    """Run everything; a scale below 1 is for trying."""

    def count(full: int, least: int = 2) -> int:
        return max(round(full * scale), least)

    with ProcessPoolExecutor(WORKERS) as pool:
        coverage = pool.submit(covered, count(1000, 20))
        best = list(pool.map(best_known, [Company(one) for one in range(INSTANCES)], [count(4)] * INSTANCES))
        rows = [
            pool.submit(gaps, method, budget, INSTANCES, count(5), best)
            for budget in reversed(BUDGETS)
            for method in METHODS
        ]
        selections = [
            pool.submit(correct, "slippage", 50, 0.5, count(1000, 20)),
            pool.submit(correct, "slippage", 500, 0.5, count(200, 5)),
            pool.submit(correct, "spread", 1000, 0.5, count(200, 5)),
        ]
        searched = sorted((row.result() for row in rows), key=lambda row: (METHODS.index(row.method), row.budget))
        return Found(searched, coverage.result(), [one.result() for one in selections])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.optimisation", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the experiments, for trying")
    parser.add_argument("--out", type=Path, help="where to write the page; docs/optimisation.md after a full run")
    chosen = parser.parse_args()
    began = time.perf_counter()
    found = measure(chosen.scale)
    minutes = (time.perf_counter() - began) / 60.0
    missed = wrong(found)
    out = chosen.out or (PAGE if chosen.scale >= 1 else None)
    if out is not None:
        out.write_text(page(found, minutes, dt.date.today(), missed), encoding="utf-8")
    print("\n".join(missed) or "The search is as good as known, and what is promised is kept.")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
