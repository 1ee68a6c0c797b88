"""Measure what sweeps cost, and write the part of docs/performance.md about them."""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.engines.found import Found
from benchmarks.engines.machine import described
from benchmarks.sweeps import cluster, cost, memory

PARTS = ("cost", "memory", "cluster")
BEGIN, END = "<!-- sweeps: begin -->", "<!-- sweeps: end -->"


def main() -> int:
    """Run what is asked for; a missed mark is no failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweeps", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, about a minute")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART")
    parser.add_argument("--steps", type=int, default=5, help="of each of the four factors of the cost part")
    parser.add_argument("--replications", type=int, default=16, help="of the cost part: 16 are 10,000 runs")
    parser.add_argument("--out", type=Path, help="page whose part between the marks is replaced")
    chosen = parser.parse_args()
    began = time.perf_counter()
    found: dict[str, Found] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in chosen.only or PARTS:
            print(part, file=sys.stderr, flush=True)
            if part == "cost":
                found[part] = cost.compare(
                    folder, 1 if chosen.quick else chosen.replications, 3 if chosen.quick else 20
                )
            elif part == "memory":
                found[part] = memory.compare(folder, [200, 1_000] if chosen.quick else [1_000, 10_000, 100_000])
            else:
                found[part] = cluster.compare(folder, 1 if chosen.quick else 12, 1 if chosen.quick else 3)
    command = shlex.join(
        ["python", "-m", "benchmarks.sweeps", *(a for a in sys.argv[1:] if a != str(chosen.out) and a != "--out")]
    )
    text = page(found, command, (time.perf_counter() - began) / 60)
    print(text)
    if chosen.out is not None:
        before, _, rest = chosen.out.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        chosen.out.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after or chr(10)}", "utf-8")
    return 0


def page(found: dict[str, Found], command: str, minutes: float) -> str:
    """Return the part of the page."""
    lines = [
        f"Written by `{command}` on {dt.date.today()}, {minutes:.0f} minutes. Machine: {described()}.",
        "",
        "| what | measured | mark | verdict |",
        "| --- | ---: | --- | --- |",
        *(f"| {' | '.join(row)} |" for part in found.values() for row in part.judged),
        "",
    ]
    for part in found.values():
        for table in part.tables:
            lines += [
                f"### {table.title}",
                "",
                f"| {' | '.join(table.head)} |",
                f"| --- {'| ---: ' * (len(table.head) - 1)}|",
            ]
            lines += [f"| {' | '.join(row)} |" for row in table.rows]
            lines += ["", table.words, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
