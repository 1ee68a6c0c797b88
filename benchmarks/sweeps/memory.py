"""Peak memory of sweeps from a thousand to a hundred thousand runs, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.engines.found import Found, Mark, Table, number

MOST = Mark(500, at_least=False)
GROWTH = Mark(1.25, at_least=False)
CHILD = """
import json, sys, time
from pathlib import Path
from benchmarks.sweeps.plans import short
from experiments.analysis.point_estimates import point_estimates
from experiments.run import pilot
from experiments.run.collect import collect
from experiments.run.executors import executor_for
from experiments.run.folder import begin
from experiments.run.sweep import Setup, carry_out

folder, replications = Path(sys.argv[1]), int(sys.argv[2])
from experiments.run.readiness import make_ready

make_ready("compiled")
experiment = short(folder, replications)
seconds = pilot.seconds_per_run(experiment, "compiled", None)
here = begin(folder / "out", experiment, None, lambda: pilot.layout(experiment, seconds), {})
began = time.perf_counter()
carry_out(experiment, here, Setup("compiled", 2, executor_for("compiled")))
swept = time.perf_counter() - began
collect(experiment, here, True, lambda path: {"estimates": point_estimates(experiment, path)})
# Of this program alone: what getrusage says begins with what its parent held when it was started.
(line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
peak = int(line.split()[1]) / 1024
size = sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file()) / 1e6
print(json.dumps({"peak": peak, "swept": swept, "whole": time.perf_counter() - began, "size": size}))
"""


def compare(folder: Path, sizes: list[int]) -> Found:
    """Measure the peak of the resident memory [MB]."""
    found = Found()
    rows, peaks = [], []
    for runs in sizes:
        place = folder / f"memory-{runs}"
        said = subprocess.run(
            [sys.executable, "-c", CHILD, str(place), str(runs // 100)], capture_output=True, text=True, check=True
        ).stdout
        data = json.loads(said)
        peaks.append(data["peak"])
        rows.append(
            (f"{runs:,}", number(data["peak"]), number(data["swept"]), number(data["whole"]), number(data["size"]))
        )
    found.judge(f"peak memory of {sizes[-1]:,} runs [MB]", [peaks[-1]], MOST)
    found.judge(f"peak memory of {sizes[-1]:,} runs relative to {sizes[0]:,}", [peaks[-1] / peaks[0]], GROWTH)
    found.tables.append(
        Table(
            "Memory",
            ("runs", "peak [MB]", "sweep [s]", "with tables [s]", "folder [MB]"),
            rows,
            "A hundred points; each size in a process of its own, two threads, a week of levante.",
        )
    )
    return found
