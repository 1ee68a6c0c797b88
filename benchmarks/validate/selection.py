"""Judge the selection procedures and the intervals of comparisons and write docs/selection.md.

`python -m benchmarks.validate.selection` takes some minutes on one processor. It fails if a procedure is right
less often than it promises, or a published number is missed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import time
from pathlib import Path

import numpy as np
from numpy.random import Generator

from benchmarks.validate.selection_measures import (
    Array,
    Measured,
    Noise,
    Together,
    against_baseline,
    against_best,
    equal_shares,
    measure,
)
from benchmarks.validate.selection_page import Found, page, wrong
from benchmarks.validate.selection_problems import exponential_tail, inventory, normals, sixteen, slippage
from benchmarks.validate.selection_published import OCBA_DEMO, SHARP, SLIPPAGE
from experiments.analysis.selection.kn import kn
from experiments.analysis.selection.ocba import ocba
from experiments.analysis.selection.rinott import nsgs, rinott

PAGE = Path(__file__).resolve().parents[2] / "docs" / "selection.md"
SEED = 20250101
GAP = 1 / math.sqrt(10)
P = 0.95


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.selection", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the experiments, for trying")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help="where to write the page; docs/selection.md after a full run")
    chosen = parser.parse_args()
    began = time.process_time()
    found = everything(chosen.scale, chosen.seed)
    minutes = (time.process_time() - began) / 60.0
    out = chosen.out or (PAGE if chosen.scale >= 1 else None)
    if out is not None:
        out.write_text(page(found, minutes, dt.date.today(), chosen.seed), encoding="utf-8")
    missed = wrong(found)
    print("\n".join(missed) or "Every promise is kept, and everything published is found again.")
    return int(bool(missed))


def everything(scale: float, seed: int) -> Found:
    """Run everything; a scale below 1 is for trying."""

    def count(full: int) -> int:
        return max(round(full * scale), 20)

    def say(what: str) -> None:
        print(f"{what}; {time.perf_counter() - began:.0f} s so far", flush=True)

    began = time.perf_counter()
    hard = hardest(count, seed)
    say("slippage")
    exact = sharp(count, seed + 50)
    say("two alternatives, where the bound becomes exact")
    others = special(count, seed + 100)
    say("special cases")
    stores = inventories(count, seed + 200)
    say("inventories")
    budgets = fixed_budgets(count, seed + 300)
    say("fixed budgets")
    mark = like_policies(count, seed + 400)
    say("sixteen")
    together = intervals(count, seed + 500)
    say("intervals that hold together")
    return Found(hard, exact, others, stores, budgets, mark, together)


def hardest(count, seed: int) -> list[tuple[int, float, Measured]]:
    """All equal but one, which is better by the indifference."""
    rows = []
    for k, rho in SLIPPAGE:
        world = slippage(k, GAP, rho)
        rows.append(
            (
                k,
                rho,
                measure(
                    world, "KN", kn, count(1000 if k == 25 else 3000), seed + k, promised=P, indifference=GAP, first=10
                ),
            )
        )
    for k in (2, 5, 10):
        for name, procedure in (("Rinott", rinott), ("NSGS", nsgs)):
            rows.append(
                (k, 0.0, measure(
                    slippage(k, GAP), name, procedure, count(40_000 if k == 2 else 5000), seed + 30 + k, promised=P,
                    indifference=GAP, first=10,
                ))
            )  # fmt: skip
    return rows


def sharp(count, seed: int) -> dict[float, Measured]:
    """Two alternatives with ever smaller gaps."""
    blocks = {0.1: 5, 0.05: 10}
    return {
        gap: measure(
            slippage(2, gap), "KN", kn, count(4000), seed, promised=P, indifference=gap, first=10,
            block=blocks.get(gap, 1),
        )
        for gap in SHARP
    }  # fmt: skip


def special(count, seed: int) -> list[tuple[str, Measured]]:
    """What breaks wrong procedures, and what the promise does not cover."""
    given = {"promised": P, "indifference": GAP, "first": 10}
    steps = [-GAP * i for i in range(10)]
    failing = normals("deviations 3, 0.2, ...", [0, 0, 0, 0, 0.5], [3, 0.2, 0.2, 0.2, 0.2])
    ten, two = slippage(10, GAP), slippage(2, GAP)
    tail = slippage(5, 0.2, shape=exponential_tail)
    left = slippage(5, 0.2, shape=lambda z: -exponential_tail(-z))
    skewed = {"promised": P, "indifference": 0.2, "first": 10}
    return [
        ("monotone", measure(normals("k 10, each worse by the gap", steps), "KN", kn, count(1000), seed, **given)),
        ("failing", measure(failing, "KN", kn, count(2000), seed + 1, promised=P, indifference=0.5, first=10)),
        ("independent", measure(ten, "KN for independent ones", kn, count(1000), seed + 2, common=False, **given)),
        ("block", measure(ten, "KN, blocks of 10", kn, count(2000), seed + 3, block=10, **given)),
        ("two", measure(two, "KN, blocks of 10", kn, count(2000), seed + 4, block=10, **given)),
        ("macro", measure(ten, "KN, means of 5", kn, count(1000), seed + 5, macro=5, **given)),
        ("tail", measure(tail, "KN", kn, count(1000), seed + 6, **skewed)),
        ("left", measure(left, "KN", kn, count(1000), seed + 7, **skewed)),
        ("tail", measure(tail, "KN, means of 10", kn, count(1000), seed + 8, macro=10, **skewed)),
        ("left", measure(left, "KN, means of 10", kn, count(1000), seed + 9, macro=10, **skewed)),
    ]


def inventories(count, seed: int) -> list[Measured]:
    same, own = inventory(True), inventory(False)
    given = {"promised": P, "indifference": 1.0, "first": 20}
    return [
        measure(same, "KN", kn, count(2000), seed, **given),
        measure(own, "KN for independent ones", kn, count(1000), seed + 1, common=False, **given),
        measure(own, "Rinott", rinott, count(1000), seed + 2, **given),
        measure(own, "NSGS", nsgs, count(1000), seed + 3, **given),
    ]


def fixed_budgets(count, seed: int) -> list[tuple[int, Measured]]:
    ten = normals("N(i, 6^2), i = 1 .. 10", range(1, 11), 6.0, better="lower")
    together = normals("the same, rho 0.5", range(1, 11), 6.0, 0.5, better="lower", chunk=300)
    rows = []
    for budget in OCBA_DEMO:
        given = {"budget": budget, "first": 20, "step": 50}
        rows += [
            (budget, measure(ten, "OCBA", ocba, count(1500), seed, common=False, **given)),
            (
                budget,
                measure(ten, "OCBA, a tenth spread evenly", ocba, count(1000), seed, common=False, floor=0.1, **given),
            ),
            (budget, measure(ten, "equal shares", equal_shares, count(10_000), seed + 1, budget=budget)),
            (budget, measure(together, "OCBA", ocba, count(1000), seed + 2, **given)),
        ]
    return rows


def like_policies(count, seed: int) -> list[tuple[str, int, float, Measured]]:
    """Sixteen alternatives: world, n0, correlation, procedure."""
    rows = []
    for first, gap in ((10, 1 / 3), (20, 1 / 4)):
        given = {"promised": P, "indifference": gap, "first": first}
        for world in ("spread", "slippage"):
            for rho in (None, 0.5, 0.8, 0.9, 0.95):
                own = rho is None
                problem = slippage(16, gap, rho or 0.0) if world == "slippage" else sixteen(rho or 0.0)
                name, procedure = ("Rinott", rinott) if own else ("KN", kn)
                rows.append((world, first, -1.0 if rho is None else rho,
                             measure(problem, name, procedure, count(1000), seed, **given)))  # fmt: skip
    return rows


def intervals(count, seed: int) -> list[tuple[str, Together]]:
    means = np.array([0.0, 0.2, 0.4, 0.38, -0.3])
    rows: list[tuple[str, Together]] = []
    for name, noise in NOISES.items():
        for n in (10, 30, 100):
            for method in ("t", "willink"):
                rows.append(("baseline", against_baseline(name, noise, means, n, method, count(5000), seed + n)))
        for n in (10, 30):
            for variances, method in (("pairwise", "t"), ("pairwise", "willink"), ("spherical", "t")):
                best = against_best(name, noise, means, n, variances, method, count(2000), seed + n)
                rows.append(("best", best))
    return rows


def correlated(random: Generator, n: int) -> Array:
    noise: Array = math.sqrt(0.5) * (random.standard_normal((5, n)) + random.standard_normal(n))
    return noise


def uneven(random: Generator, n: int) -> Array:
    """Two that nearly move together with small deviations, one of its own with a large one."""
    noise = np.array([0.3, 0.3, 0.3, 3.0, 0.3])[:, None] * random.standard_normal((5, n))
    noise[:3] += random.standard_normal(n)
    return noise


def skewed(random: Generator, n: int) -> Array:
    """Lognormal luck that policies multiply: differences are skewed, too."""
    luck = random.lognormal(-0.5 * math.log(2), math.sqrt(math.log(2)), n) - 1
    noise: Array = np.array([1.0, 0.8, 0.6, 0.6, 1.2])[:, None] * luck + 0.2 * random.standard_normal((5, n))
    return noise


NOISES: dict[str, Noise] = {
    "normal, correlation 0.5": correlated,
    "normal, one with 10 times the deviation": uneven,
    "lognormal luck in common": skewed,
}


if __name__ == "__main__":
    raise SystemExit(main())
