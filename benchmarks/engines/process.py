"""What a process of its own needs: CPU time of imports, compilation and the first run, and peak memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.engines.found import Found, Table
from benchmarks.engines.peers import PEERS
from benchmarks.engines.programs import FLAGS, SOURCE, compiler
from benchmarks.engines.setting import COMPANY, REFERENCE, Setting

ROOT = Path(__file__).resolve().parents[2]
SHORT = 0.1
"""Weeks of the run by which the start is measured."""


def memory(setting: Setting) -> Found:
    """Measure the peak memory of one year of the default company, and of many runs one after the other."""
    found, rows = Found(), []
    weeks, runs = setting.sizes.weeks, setting.sizes.memory_runs
    for what, size, count in (("importing and a moment", SHORT, 1), ("one run", weeks, 1), ("many runs", weeks, runs)):
        peak = fresh(setting.engine, size, count)["peak_mb"]
        found.raw[what] = peak
        rows.append((what, f"{size:g}", str(count), f"{peak:.0f}"))
    found.tables.append(
        Table(
            f"Peak memory of a process ({setting.engine} engine, {COMPANY})",
            ("what", "weeks", "runs", "peak [MB]"),
            rows,
            "Runs through `sim.run.run` with `tables=()` in a process of its own; 1 MB is 10^6 bytes.",
        )
    )
    return found


def start(setting: Setting) -> Found:
    """Measure what is left out elsewhere: imports, compilation, and the first run."""
    found, rows = Found(), []
    cases: list[tuple[str, str | None]]
    cases = [("as it is", None)] if setting.engine == REFERENCE else [("compiled code on disk", None)]
    with tempfile.TemporaryDirectory() as empty:
        if setting.compiled:
            fresh(setting.engine, SHORT, 1)  # whatever is not on disk yet
        if setting.compiled and setting.sizes.from_scratch:
            cases.append(("everything compiled", empty))
        for what, cache in cases:
            said = fresh(setting.engine, SHORT, 1, cache)
            found.raw[what] = said
            times = (f"{said[key]:.2f}" for key in ("import_s", "first_s", "again_s"))
            rows.append((f"{setting.engine} engine, {what}", *times))
        gcc = compiler()
        if gcc is not None:
            spent = _children(lambda: subprocess.run([gcc, *FLAGS, str(SOURCE), "-o", f"{empty}/t", "-lm"], check=True))
            rows.append(("C program, gcc", "", f"{spent:.2f}", ""))
    for name, (module, _) in PEERS.items():
        code = "import time; a = time.process_time(); import MODULE; print(time.process_time() - a)"
        answer = subprocess.run(
            [sys.executable, "-c", code.replace("MODULE", module)], capture_output=True, text=True, check=False
        )
        if answer.returncode == 0:
            rows.append((name, f"{float(answer.stdout):.2f}", "", ""))
    found.tables.append(
        Table(
            "Apart: imports and compilation",
            ("program", "imports [s]", "compilation or first run [s]", "the same run again [s]"),
            rows,
            "CPU time in fresh processes, left out of everything above. The run is "
            f"{SHORT:g} weeks of {COMPANY} and its warm-up.",
        )
    )
    return found


def fresh(engine: str, weeks: float, runs: int, cache: str | None = None) -> dict[str, float]:
    """Start a process and return what it says, with another cache of compiled code if one is given."""
    environment = dict(os.environ) if cache is None else {**os.environ, "RELEVO_CACHE_DIR": cache}
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.engines.fresh_process", engine, COMPANY, repr(weeks), str(runs)],
        capture_output=True, text=True, check=True, cwd=ROOT, env=environment,
    )  # fmt: skip
    said: dict[str, float] = json.loads(answer.stdout)
    return said


def _children(work: Callable[[], object]) -> float:
    """Return the CPU time of the processes that a piece of work starts [s]."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
