"""Run every case at full size, print the table and write docs/validation.md."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.validate.cases import CASES, SEED, replicate_by_name
from benchmarks.validate.estimate import Estimate, Size, estimates

ROOT = Path(__file__).resolve().parents[2]
HEAD = ("case", "quantity", "theory", "simulated ± SE", "z", "relative SE", "n", "verdict")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate", description=__doc__)
    parser.add_argument("--reduced", action="store_true", help="the sizes of the test suite (other seeds)")
    parser.add_argument("--only", default="", help="cases whose name contains this text")
    parser.add_argument(
        "--workers", type=int, default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    )
    parser.add_argument(
        "--out", type=Path, help="where to write the table; docs/validation.md after a complete full run"
    )
    chosen = parser.parse_args()
    sizes = {
        name: size
        for name, case in CASES.items()
        if chosen.only in name and (size := case.reduced if chosen.reduced else case.full) is not None
    }
    began = time.perf_counter()
    found = run(sizes, chosen.workers)
    minutes = (time.perf_counter() - began) / 60
    out = chosen.out or (None if chosen.reduced or chosen.only else ROOT / "docs" / "validation.md")
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(report(found, minutes), encoding="utf-8")
    failed = [e for e in found if not e.agrees]
    print(f"\n{len(found)} quantities in {len(sizes)} cases, {len(failed)} off; {minutes:.1f} minutes.")
    return 1 if failed else 0


def run(sizes: dict[str, Size], workers: int) -> list[Estimate]:
    """Run all replications of all cases on some processes; print each case when it is complete."""
    seeds = {name: SEED + i for i, name in enumerate(CASES)}
    found: list[Estimate] = []
    with ProcessPoolExecutor(workers) as pool:
        jobs = {
            name: [pool.submit(replicate_by_name, name, s.weeks, seeds[name], k) for k in range(s.replications)]
            for name, s in sizes.items()
        }
        print("  ".join(HEAD))
        for name, futures in jobs.items():
            case = estimates(CASES[name], [job.result() for job in futures])
            for e in case:
                print("  ".join(row(e)), flush=True)
            found += case
    return found


def row(e: Estimate) -> tuple[str, ...]:
    """Return one line of the table."""
    return (
        e.case, e.quantity.name, f"{e.quantity.theory:.4f}", f"{e.mean:.4f} ± {e.error:.4f}", f"{e.z:+.2f}",
        f"{100 * e.relative_error:.2f} %", str(e.replications), "agrees" if e.agrees else "OFF",
    )  # fmt: skip


def report(found: list[Estimate], minutes: float) -> str:
    """Return the dated table as Markdown."""
    agreeing = sum(e.agrees for e in found)
    lines = [
        "# The neutral model against queueing theory", "",
        f"Written by `python -m benchmarks.validate` on {dt.date.today().isoformat()}, reference engine, seed {SEED} "
        f"plus the number of the case; {minutes:.0f} minutes on the processors at hand.", "",
        f"{agreeing} of {len(found)} quantities agree. A quantity agrees when theory lies within 3 standard errors of "
        "the simulated mean and the standard error is at most 2 % of theory. Standard errors come from n independent "
        "replications (each with its own warm-up), so autocorrelation within a run does not enter. With n = 32, a "
        "correct quantity lies outside 3 standard errors with probability 0.5 % (t, 31 degrees of freedom): of "
        f"{len(found)} quantities about {0.0053 * len(found):.1f} would be off by bad luck alone.", "",
        "The scenarios are in `scenarios/theory/`, the cases in `benchmarks/validate/cases.py`, the formulas in "
        "`benchmarks/validate/formulas.py`. The test suite runs most cases at reduced size. "
        "The compiled engine gives the same numbers, bit for bit: [identity.md](identity.md). Whether whole companies "
        "do what organisations are known to do: [stylised_facts.md](stylised_facts.md).", "",
        "| " + " | ".join((*HEAD, "formula")) + " |", "|---|---|---:|---:|---:|---:|---:|---|---|",
        *("| " + " | ".join((*row(e), f"{e.quantity.formula}")) + " |" for e in found),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
