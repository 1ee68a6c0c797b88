"""Look for stylised facts, print what is found and write docs/stylised_facts.md.

`python -m benchmarks.validate.facts` takes about a quarter of an hour on two processors; `--reduced` runs what is sure
at small size, in less than a minute, and fails if one of them does not hold.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.validate.facts_built_in import BUILT_IN
from benchmarks.validate.facts_core import REDUCED_SEED, Fact, Size
from benchmarks.validate.facts_handoffs import HANDOFFS
from benchmarks.validate.facts_load import LOAD
from benchmarks.validate.facts_page import Looked, page
from benchmarks.validate.facts_shapes import SHAPES
from sim import __version__

PAGE = Path(__file__).resolve().parents[2] / "docs" / "stylised_facts.md"
FACTS: tuple[Fact, ...] = (*BUILT_IN, *LOAD, *HANDOFFS, *SHAPES)


def size_of(fact: Fact, reduced: bool) -> Size | None:
    """Return how large a fact is run; None if not at all."""
    if not reduced:
        return fact.full
    return None if fact.reduced is None else replace(fact.reduced, seed=REDUCED_SEED)


def look(fact: Fact, size: Size) -> Looked:
    """Run what a fact needs."""
    return Looked(fact, size, tuple(fact.measure(size)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.facts", description=__doc__)
    parser.add_argument("--reduced", action="store_true", help="small, and only what is sure at that size")
    parser.add_argument("--only", default="", help="facts by their keys, with commas")
    parser.add_argument("--out", type=Path, help="where to write the page; docs/stylised_facts.md after a full run")
    parser.add_argument("--version", default=f"relevo {__version__}", help="what the page says was run")
    chosen = parser.parse_args()
    keys = set(chosen.only.split(",")) if chosen.only else {fact.key for fact in FACTS}
    began = time.perf_counter()
    looked = []
    for fact in FACTS:
        size = size_of(fact, chosen.reduced)
        if fact.key not in keys or size is None:
            continue
        item = look(fact, size)
        looked.append(item)
        held = sum(finding.verdict == "holds" for finding in item.findings)
        so_far = time.perf_counter() - began
        print(f"{fact.key}: {held} of {len(item.findings)} rows hold; {so_far:.0f} s so far", flush=True)
    out = chosen.out or (None if chosen.reduced or chosen.only else PAGE)
    if out is not None:
        minutes = (time.perf_counter() - began) / 60.0
        out.write_text(page(looked, minutes, dt.date.today(), chosen.version), encoding="utf-8")
    return int(chosen.reduced and not all(item.everywhere for item in looked))


if __name__ == "__main__":
    raise SystemExit(main())
