"""Measure the parts one after the other, print the page, and write it with its data beside it."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.engines import agreement, company, forking, growth, page, people, process, speed, threads
from benchmarks.engines.found import Found
from benchmarks.engines.network import tandem
from benchmarks.engines.programs import programs
from benchmarks.engines.setting import QUICK, REFERENCE, Setting, Sizes, slow
from sim.engines import ENGINES

PARTS = {
    "agreement": "every program against theory, the engines against each other",
    "tandem": "speed on the tandem: the engine, the C program, the peers",
    "company": "the default company on the engine and on the reference engine",
    "forking": "sixteen ways of working from one warm-up",
    "people": "the default company with people against itself without",
    "log": "full event log against summary",
    "threads": "two threads against one",
    "growth": "cost per event from small to large",
    "memory": "peak memory of one run and of many",
    "start": "imports, compilation and first run",
}


def main() -> int:
    """Run what is asked for. Exit code 1 if a check failed; a missed mark is no failure."""
    chosen = _options()
    setting = Setting(chosen.engine, _sizes(chosen), chosen.quick)
    began = time.perf_counter()
    found: dict[str, Found] = {}
    network = tandem()
    with programs(network, setting.engine) as here:
        works: dict[str, Callable[[], Found]] = {
            "agreement": lambda: agreement.check(setting, network, here),
            "tandem": lambda: speed.compare(setting, here),
            "company": lambda: company.compare(setting),
            "forking": lambda: forking.compare(setting),
            "people": lambda: people.compare(setting),
            "log": lambda: company.log_cost(setting),
            "threads": lambda: threads.compare(setting),
            "growth": lambda: growth.compare(setting),
            "memory": lambda: process.memory(setting),
            "start": lambda: process.start(setting),
        }
        for name in chosen.only or PARTS:
            then = time.perf_counter()
            print(f"{name}: {PARTS[name]}", file=sys.stderr, flush=True)
            found[name] = works[name]()
            print(f"  {time.perf_counter() - then:.0f} s", file=sys.stderr, flush=True)
    command = shlex.join(["python", "-m", "benchmarks.engines", *_without_out(sys.argv[1:])])
    text = page.markdown(setting, found, (time.perf_counter() - began) / 60, command)
    print(text)
    if chosen.out is not None:
        page.write(chosen.out, text, page.data(setting, found))
    return 1 if any(part.failed for part in found.values()) else 0


def _options() -> argparse.Namespace:
    parts = "; ".join(f"{name}: {what}" for name, what in PARTS.items())
    default = next((name for name in ENGINES if name != REFERENCE), REFERENCE)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__, epilog=parts)
    parser.add_argument("--engine", choices=sorted(ENGINES), default=default, help=f"what is measured; {default}")
    parser.add_argument("--quick", action="store_true", help="small sizes, under a minute")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART", help="only these parts")
    parser.add_argument("--rounds", type=int, help="rounds of blocks, instead of the size's own")
    parser.add_argument("--seconds", type=float, help="CPU time that a block aims at [s]")
    parser.add_argument("--weeks", type=float, help="weeks of the default company, besides the warm-up")
    parser.add_argument("--growth-years", type=float, help="work of a run of the growth part, in years of the company")
    parser.add_argument("--out", type=Path, help="where to write the page; the data go beside it as .json")
    return parser.parse_args()


def _sizes(chosen: argparse.Namespace) -> Sizes:
    sizes = QUICK if chosen.quick else Sizes()
    if chosen.engine == REFERENCE:
        sizes = slow(sizes)
    own = {"rounds": chosen.rounds, "company_rounds": chosen.rounds, "seconds": chosen.seconds, "weeks": chosen.weeks,
           "growth_years": chosen.growth_years}  # fmt: skip
    return replace(sizes, **{name: value for name, value in own.items() if value is not None})


def _without_out(words: list[str]) -> list[str]:
    """Return the words of the command without the file, so that no folder stands on the page."""
    kept, skip = [], False
    for word in words:
        if skip or word.startswith("--out="):
            skip = False
        elif word == "--out":
            skip = True
        else:
            kept.append(word)
    return kept


if __name__ == "__main__":
    raise SystemExit(main())
