"""Customers per CPU second on the tandem: the shipped engine through its public door, the C program, the peers."""

from __future__ import annotations

import statistics
import sys

from benchmarks.engines.found import Found, Mark, Table, number, with_interval
from benchmarks.engines.programs import YARDSTICK, Program, Programs, shipped_name
from benchmarks.engines.setting import SEED, Setting
from benchmarks.engines.timing import fitted, in_turn, median, ratios

MARKS = {YARDSTICK: Mark(0.4), "plain SimPy": Mark(40.0), "Ciw": Mark(100.0), "salabim": Mark(400.0)}
"""What the shipped engine's speed should be, relative to theirs."""
FIRST, MOST = 4_000, 1_700_000
"""Customers of the first try and of the longest block; the most that the scenario's longest horizon allows."""


def compare(setting: Setting, here: Programs) -> Found:
    """Measure all programs in turn."""
    found = Found()
    sizes = {name: _size(program, setting.sizes.seconds) for name, program in here.found.items()}
    print("  customers in one block: " + ", ".join(f"{n} {k:,}" for n, k in sizes.items()), file=sys.stderr)
    works = {
        name: lambda k, program=program, size=sizes[name]: program(size, SEED + k).speed
        for name, program in here.found.items()
    }
    speeds = in_turn(setting.sizes.rounds, works)
    found.raw |= {"customers": sizes, "customers_per_cpu_second": speeds}
    ours = shipped_name(setting.engine)
    for name, mark in MARKS.items():
        what = f"tandem: speed of {ours}, relative to {name}"
        if name in speeds:
            found.judge(what, ratios(speeds[ours], speeds[name]), mark)
        else:
            found.cannot(what, here.missing[name], mark)
    rows = [
        (name, f"{sizes[name]:,}", with_interval(median(values)), number(1e6 / statistics.median(values)))
        for name, values in speeds.items()
    ]
    rows += [(name, "", why, "") for name, why in here.missing.items()]
    found.tables.append(
        Table(
            "Speed on the tandem",
            ("program", "customers in one block", "customers per CPU second", "µs per customer"),
            rows,
            "Every program keeps every sojourn. The shipped engine runs through `sim.run.run` with `tables=()`: laying "
            "out the arrays, the record of every order and all metrics are in its time, and nothing in it knows this "
            "network. The C program measures itself, so starting its process does not count.",
        )
    )
    return found


def _size(program: Program, seconds: float) -> int:
    return fitted(lambda customers: program(customers, SEED).cpu, FIRST, seconds, MOST)
