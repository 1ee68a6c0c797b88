"""The process that `process.py` starts: `python -m benchmarks.engines.fresh_process ENGINE SCENARIO WEEKS RUNS`.

It imports nothing heavy before its clock starts, and prints one JSON object: CPU time of the imports, of the first run
and of the same run again [s], and its peak memory after all runs [MB].
"""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.engines.setting import SEED


def peak_mb() -> float:
    """Return the peak memory of this process [MB].

    Linux hands the peak of the parent on to `ru_maxrss` of a process that was started by it, so the peak that the
    kernel keeps for the program itself is asked for first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = (line.split() for line in status.read_text().splitlines())
        kib = next((int(words[1]) for words in lines if words[0] == "VmHWM:"), None)
        if kib is not None:
            return kib * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def main() -> None:
    """Be the fresh process."""
    name, company, weeks, runs = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    marks = [time.process_time()]
    from sim import load_scenario, with_weeks
    from sim.engines import engine
    from sim.run import RunSpec, run

    engine(name)
    marks.append(time.process_time())
    scenario = with_weeks(load_scenario(company), weeks)
    for k in (0, *range(runs)):  # the first one twice: the second time everything is compiled and imported
        run(RunSpec(scenario, seed=SEED, replication=k, engine=name, tables=()))
        marks.append(time.process_time())
    spent = [b - a for a, b in pairwise(marks)]
    said = {"import_s": spent[0], "first_s": spent[1], "again_s": spent[2], "peak_mb": peak_mb()}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
