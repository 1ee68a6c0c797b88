"""The compiled engine against the reference engine: event for event and bit for bit, in thousands of companies.

Run `python -m benchmarks.validate.identity` (about a quarter of an hour; writes docs/identity.md). A random
configuration is known by its number: `--first 1234 --configurations 1 --weeks 0` runs that one alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benchmarks.validate.configurations import SHIPPED, Seeded, random_configuration
from sim.arrays import World, build
from sim.arrays.real_orders import suited
from sim.engines import compiled, engine
from sim.engines.streams import ITEMS, LOG_EVENTS, LOG_FINISHED, LOG_PLACED
from sim.measures.agreement import Difference, first_difference
from sim.measures.record import Record
from sim.orders import OrderFile, read_orders
from sim.policies import portfolio
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_names, shipped_root
from sim.scenario.load import scenario_from_data
from sim.scenario.orders import FileDemand

ENGINES = ("reference", "compiled")
ORDERS = shipped_root() / "examples" / "orders.csv"
"""Real orders for shipped companies that take their demand from a file."""
PAGE = Path(__file__).resolve().parents[2] / "docs" / "identity.md"
CONFIGURATIONS, WEEKS = 12_000, 4.0
TOLD = 500
"""How often a long run says where it is: every so many configurations."""


@dataclass
class Tally:
    """What has been compared."""

    name: str
    runs: int = 0
    entries: int = 0
    """Log entries compared, each in all its fields."""
    tied: int = 0
    """Orders placed and pieces of work finished at the instant of another: the order of ties decides between them."""
    orders: int = 0
    forked: int = 0
    """Runs compared once more, gone on with from a warm-up that today's way of working shares."""
    happened: Counter[tuple[int, int]] = field(default_factory=Counter)
    """Log entries by event and kind of item."""
    differences: list[str] = field(default_factory=list)

    def count(self, record: Record) -> None:
        """Add a run."""
        log = record.log_rows()
        self.runs += 1
        self.entries += len(log)
        self.tied += tied_neighbours(record)
        self.orders += len(record.orders)
        pairs, counts = np.unique(log[:, [1, 4]], axis=0, return_counts=True)
        self.happened.update({(int(e), int(i)): int(n) for (e, i), n in zip(pairs, counts, strict=True)})


def tied_neighbours(record: Record) -> int:
    """Return how many orders are placed, or pieces of work finished, at the instant of the one before."""
    log = record.log_rows()
    at = log[np.isin(log[:, 1], (LOG_PLACED, LOG_FINISHED)), 0]
    return int((at[1:] == at[:-1]).sum())


def by_engine(name: str, world: World, seed: int, replication: int) -> Record:
    """Return the record that an engine leaves, with the log."""
    return engine(name)(world, seed, replication, log=True)


def difference(world: World, one: Record, other: Record) -> Difference | None:
    """Return the first thing that the engines disagree about."""
    return first_difference(world, one, other, ENGINES, LOG_EVENTS, ITEMS)


def compare(world: World, seed: int, replication: int) -> tuple[Record, Difference | None]:
    """Run a world with both engines; return the record of the reference engine, and what the other one says else."""
    one, other = (by_engine(name, world, seed, replication) for name in ENGINES)
    return one, difference(world, one, other)


def compare_configuration(number: int, tally: Tally) -> None:
    """Run a random configuration with both engines, and from a warm-up that it shares with today."""
    configuration = random_configuration(Seeded(number))
    world, seed, replication = configuration.world(), configuration.seed, configuration.replication
    record, found = compare(world, seed, replication)
    tally.count(record)
    if found is not None:
        tally.differences.append(f"configuration {number}: {found}")
    if configuration.policies:
        warm = compiled.warm_up([configuration.world(()), world], seed, replication, log=True)
        found = difference(world, record, compiled.run_from(warm, world))
        tally.forked += 1
        if found is not None:
            tally.differences.append(f"configuration {number}, from a shared warm-up: {found}")


def shipped_world(name: str, policies: tuple[str, ...], weeks: float, warm_up: float) -> World:
    """Return a shipped scenario under policies, of other weeks; with the example's real orders if it needs some."""
    time_of = {"warm_up": f"{warm_up!r} weeks", "horizon": f"{weeks!r} weeks"}
    scenario = scenario_from_data({"extends": name, "name": "shipped", "time": time_of})
    orders = example_orders(scenario) if isinstance(scenario.demand, FileDemand) else None
    return build(scenario, portfolio([(policy, 1.0) for policy in policies]), orders)


def example_orders(scenario: Scenario) -> OrderFile:
    """Return the example's real orders, with the scenario's order types in turn."""
    orders, kinds = read_orders(ORDERS), list(scenario.orders)
    rows = tuple(replace(row, type=kinds[i % len(kinds)]) for i, row in enumerate(orders.rows))
    return suited(scenario, replace(orders, rows=rows))


def portfolios() -> Iterator[tuple[str, ...]]:
    """Yield today's way of working, each shipped policy alone, and all together."""
    yield ()
    yield from ((policy,) for policy in SHIPPED)
    yield SHIPPED


def run_shipped(weeks: float) -> Iterator[Tally]:
    """Run every shipped scenario under every shipped policy; one tally each."""
    for name in shipped_names():
        tally = Tally(name)
        for policies in portfolios():
            record, found = compare(shipped_world(name, policies, weeks, weeks / 2), 1, 0)
            tally.count(record)
            if found is not None:
                tally.differences.append(f"{name}, {'+'.join(policies) or 'today'}: {found}")
        yield tally


def run_random(first: int, configurations: int) -> Tally:
    """Run random configurations, and say now and then where they are."""
    tally = Tally("random companies")
    for number in range(first, first + configurations):
        told = len(tally.differences)
        compare_configuration(number, tally)
        for text in tally.differences[told:]:
            print(text, flush=True)
        if tally.runs % TOLD == 0:
            print(f"{tally.runs:,} configurations, {tally.entries:,} log entries", file=sys.stderr, flush=True)
    return tally


def main() -> int:
    """Compare, say what was found, and write the page after a complete run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validate.identity", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="number of the first random configuration")
    parser.add_argument("--configurations", type=int, default=CONFIGURATIONS, help="how many of them")
    parser.add_argument("--weeks", type=float, default=WEEKS, help="weeks of shipped companies; 0: none of them")
    parser.add_argument("--out", type=Path, help="where to write the page; docs/identity.md after a complete run")
    chosen = parser.parse_args()
    began = time.perf_counter()
    found = [run_random(chosen.first, chosen.configurations)]
    for tally in run_shipped(chosen.weeks) if chosen.weeks else ():
        print(*tally.differences, sep="\n", end="\n" if tally.differences else "", flush=True)
        found.append(tally)
    minutes = (time.perf_counter() - began) / 60
    complete = (chosen.first, chosen.configurations, chosen.weeks) == (0, CONFIGURATIONS, WEEKS)
    out = chosen.out or (PAGE if complete else None)
    if out is not None:
        from benchmarks.validate.identity_page import page

        out.write_text(page(found, chosen.first, chosen.weeks, minutes, dt.date.today()), encoding="utf-8")
    runs, entries, tied = (sum(getattr(t, name) for t in found) for name in ("runs", "entries", "tied"))
    differences = sum(len(t.differences) for t in found)
    print(f"{runs:,} runs, {entries:,} log entries, {tied:,} tied neighbours: {differences} differences.")
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
