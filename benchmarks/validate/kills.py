"""Kill an experiment at many moments, go on with it each time, and compare its tables with those of one left alone.

The program and everything that it has started are killed with SIGKILL, which nothing can catch. Half of the kills come
at random moments; the other half wait, from a random moment on, until a part is being written and kill then.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("runs", "estimates", "design")
PLAN = """
name: killed
scenario: levante
factors:
  training: {{levels: [0, 1]}}
  departments.warehouse.staff: {{levels: [9, 10]}}
{how}
warm_up: 1 week
horizon: {horizon}
"""
FIXED = "replications: {n}"
PRECISE = "precision: {{targets: {{wait_mean: 5 %}}, first: 30, block: 10, most: {n}}}"


@dataclass(frozen=True)
class Size:
    """Of an experiment of four points: replications, at most with a precision, and measured time of a run."""

    replications: int = 60
    horizon: str = "13 weeks"


@dataclass
class Session:
    """What a kill left behind."""

    aimed: bool
    parts: int = 0
    partials: int = 0
    damaged: int = 0


@dataclass
class Found:
    """What came of an experiment that was killed again and again.

    Attributes
    ----------
    name : str
        Which experiment, performed how.
    sessions : list of Session
        What each kill left.
    starts : int
        How often it was begun anew in an empty folder, since it was complete before all kills were done.
    alike : int
        How many of the completed folders had tables equal to those of one left alone, bit for bit.
    runs : int
        Runs of one experiment.
    """

    name: str
    sessions: list[Session] = field(default_factory=list)
    starts: int = 1
    alike: int = 0
    runs: int = 0

    @property
    def mid_write(self) -> int:
        """Kills that left a part half written."""
        return sum(s.partials > 0 for s in self.sessions)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where to write the page; docs/kills.md after at least 50 kills")
    chosen = parser.parse_args()
    began = time.perf_counter()
    ways = [("fixed, threads", FIXED, []), ("fixed, processes", FIXED, ["--executor", "processes"])]
    ways.append(("precision, threads", PRECISE, []))
    found = []
    for place, (name, how, words) in enumerate(ways):
        kills = chosen.kills // len(ways) + (place < chosen.kills % len(ways))
        found.append(tried(name, how, words, kills, random.Random(chosen.seed + place), Size()))
        print(line(found[-1]), flush=True)
    minutes = (time.perf_counter() - began) / 60
    out = chosen.out or (ROOT / "docs" / "kills.md" if chosen.kills >= 50 else None)
    if out is not None:
        out.write_text(page(found, minutes, chosen.seed), encoding="utf-8")
    return 0 if all(well(each) for each in found) else 1


def well(found: Found) -> bool:
    """Say whether nothing was lost and nothing was damaged."""
    return found.alike == found.starts and not any(s.damaged for s in found.sessions)


def tried(name: str, how: str, words: list[str], kills: int, lot: random.Random, size: Size) -> Found:
    """Kill one experiment so many times, and complete it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        plan = folder / "plan.yaml"
        plan.write_text(PLAN.format(how=how.format(n=size.replications), horizon=size.horizon), encoding="utf-8")
        alone = folder / "alone"
        completed(plan, alone, words)  # The engine is compiled now.
        shutil.rmtree(alone)
        seconds = completed(plan, alone, words)
        wanted = hashes(alone)
        found, target = Found(name), folder / "killed"
        while len(found.sessions) < kills:
            aimed = len(found.sessions) % 2 == 1
            session = killed(plan, target, words, aimed, lot.uniform(0.3, 1.0) * seconds)
            if session is not None:
                found.sessions.append(session)
                continue
            found.alike += hashes(target) == wanted
            found.starts += 1
            shutil.rmtree(target)
        completed(plan, target, words)
        found.alike += hashes(target) == wanted
        found.runs = rows(target)
        return found


def command(plan: Path, folder: Path, words: list[str]) -> list[str]:
    return [sys.executable, str(ROOT / "run.py"), "sweep", str(plan), "--out", str(folder), "--workers", "2", *words]


def completed(plan: Path, folder: Path, words: list[str]) -> float:
    """Carry an experiment out without disturbing it; return what that took [s]."""
    began = time.perf_counter()
    done = subprocess.run(command(plan, folder, words), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 4):  # 4: the precision was not reached within the most replications allowed.
        raise RuntimeError(done.stderr)
    return time.perf_counter() - began


def killed(plan: Path, folder: Path, words: list[str], aimed: bool, after: float) -> Session | None:
    """Kill an experiment under way; None if it was complete before.

    Parameters
    ----------
    aimed : bool
        Whether to wait for a part that is being written.
    after : float
        Time from the start to the kill, or to the waiting [s].
    """
    process = subprocess.Popen(
        command(plan, folder, words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    end = time.monotonic() + after
    while process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
    while aimed and process.poll() is None and not writing(folder):
        pass
    if process.poll() is not None:
        return None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.2)  # Worker processes in the group are gone as well; their last system calls have ended.
    return Session(aimed, *left_in(folder))


def writing(folder: Path) -> bool:
    """Say whether some part is being written at this moment."""
    return next(partials(folder), None) is not None


def partials(folder: Path) -> Iterator[str]:
    """Yield files that are not finished, and not those of earlier kills."""
    try:
        with os.scandir(folder / "parts") as entries:
            for entry in entries:
                if entry.name.endswith(".partial") and entry.name not in _OLD:
                    yield entry.name
    except FileNotFoundError:
        return


_OLD: set[str] = set()
"""Unfinished files that earlier kills left."""


def left_in(folder: Path) -> tuple[int, int, int]:
    """Return the parts, the files just left unfinished, and the files under final names that cannot be read."""
    import pyarrow.parquet as pq

    fresh = list(partials(folder))
    _OLD.update(fresh)
    parts = sorted((folder / "parts").glob("*.parquet")) if folder.exists() else []
    damaged = 0
    for path in [*parts, *(folder / f"{table}.parquet" for table in TABLES if (folder / f"{table}.parquet").exists())]:
        try:
            pq.ParquetFile(path).read()
        except (OSError, ValueError):
            damaged += 1
    return len(parts), len(fresh), damaged


def hashes(folder: Path) -> list[str]:
    return [hashlib.sha256((folder / f"{table}.parquet").read_bytes()).hexdigest() for table in TABLES]


def rows(folder: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.ParquetFile(folder / "runs.parquet").metadata.num_rows)


def line(found: Found) -> str:
    """Return a row of the table."""
    kills = len(found.sessions)
    cells = [
        found.name,
        found.runs,
        kills,
        sum(s.parts == 0 for s in found.sessions),
        f"{found.mid_write} ({sum(s.partials > 0 and not s.aimed for s in found.sessions)} of them at random)",
        sum(s.damaged for s in found.sessions),
        f"{found.alike} of {found.starts}",
    ]
    return f"| {' | '.join(map(str, cells))} |"


def page(found: list[Found], minutes: float, seed: int) -> str:
    """Return the dated page as Markdown."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"', text, re.MULTILINE)
    kills = sum(len(each.sessions) for each in found)
    verdict = "Nothing was lost and nothing was damaged." if all(map(well, found)) else "**Something was lost.**"
    lines = [
        "# Experiments that are killed",
        "",
        f"Written by `python -m benchmarks.validate.kills --kills {kills} --seed {seed}` on "
        f"{dt.date.today():%Y-%m-%d}, relevo {version[1] if version else '?'}, compiled engine, two at once; "
        f"{minutes:.0f} minutes.",
        "",
        f"`relevo sweep` was killed {kills} times with SIGKILL, with everything that it had started, and the same "
        "command went on with it. Every second kill came at a random moment; the others waited, from a random moment "
        "on, until a part was being written and killed then, since writing takes a few thousandths of a second and "
        "random moments seldom meet it. A kill counts as *mid-write* if it left a part half written: a `.partial` "
        "file, which nobody reads, and which is removed when it is an hour old. When an experiment was complete "
        "before it could be killed, it was compared and begun again in an empty folder.",
        "",
        f"{verdict} SIGKILL ends the program, not the machine: that parts survive a power cut rests on `fsync`, "
        "which was not tried.",
        "",
        "| experiment | runs | kills | before the first part | mid-write | damaged files | tables equal, bit for bit |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *map(line, found),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
