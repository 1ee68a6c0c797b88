"""The programs that simulate the tandem, all called alike: the shipped engine, the C yardstick, the peers."""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.engines.network import Network
from benchmarks.engines.peers import PEERS
from benchmarks.engines.timing import cpu
from sim.run import RunSpec, run

SOURCE = Path(__file__).with_name("tandem.c")
FLAGS = ("-std=c11", "-O3", "-ffp-contract=off")
YARDSTICK = "C program"


@dataclass(frozen=True)
class Outcome:
    """What one run of the tandem gave."""

    customers: float
    """Customers simulated, those of the warm-up included."""
    sojourn: float
    """Mean sojourn of all but the first [h]."""
    cpu: float
    """CPU time of the simulation [s]."""

    @property
    def speed(self) -> float:
        """Customers per CPU second [1/s]."""
        return self.customers / self.cpu


Program = Callable[[int, int], Outcome]
"""Simulates so many customers with a seed."""


@dataclass
class Programs:
    """What can be run here, and what cannot."""

    found: dict[str, Program] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """By name, why."""


@contextmanager
def programs(network: Network, engine: str) -> Iterator[Programs]:
    """Give the programs that are there; the compiled yardstick is gone afterwards."""
    here = Programs({shipped_name(engine): partial(shipped, network, engine)})
    with tempfile.TemporaryDirectory() as folder:
        made = compiled_yardstick(Path(folder))
        if isinstance(made, Path):
            here.found[YARDSTICK] = partial(yardstick, network, made)
        else:
            here.missing[YARDSTICK] = made
        for name, (module, simulate) in PEERS.items():
            if importlib.util.find_spec(module) is None:
                here.missing[name] = f"{module} is not installed"
            else:
                here.found[name] = partial(peer, network, simulate)
        yield here


def shipped_name(engine: str) -> str:
    """Return what the shipped engine is called in the tables."""
    return f"Relevo, {engine} engine"


def shipped(network: Network, engine: str, customers: int, seed: int) -> Outcome:
    """Run the scenario through the public door: arrays, engine and all metrics are inside the time."""
    time = network.scenario.time
    hours = max(customers - network.left_out, 1) / network.rate
    scenario = network.scenario.model_copy(update={"time": time.model_copy(update={"horizon": hours})})
    found: dict[str, float] = {}

    def simulate() -> None:
        found.update(run(RunSpec(scenario, seed=seed, engine=engine, tables=())).metrics)

    spent = cpu(simulate)
    # Metrics count the orders of the window; those of the warm-up are as many per hour.
    return Outcome(found["orders_placed"] * (1.0 + time.warm_up / hours), found["wait_mean"], spent)


def compiler() -> str | None:
    """Return the C compiler, if there is one."""
    return shutil.which("gcc") or shutil.which("cc")


def compiled_yardstick(folder: Path) -> Path | str:
    """Compile the C program and return its path, or why there is none."""
    gcc, made = compiler(), folder / "tandem"
    if gcc is None:
        return "no C compiler (gcc or cc) on this machine"
    answer = subprocess.run(
        [gcc, *FLAGS, str(SOURCE), "-o", str(made), "-lm"], capture_output=True, text=True, check=False
    )
    return made if answer.returncode == 0 else f"the C compiler failed: {answer.stderr.strip()[:300]}"


def yardstick(network: Network, made: Path, customers: int, seed: int) -> Outcome:
    """Run the C program; it measures its own CPU time, so starting a process does not count."""
    stations = zip(network.servers, network.work, strict=True)
    words = [customers, network.left_out, seed, network.rate, *(word for station in stations for word in station)]
    answer = subprocess.run([str(made), *map(repr, words)], capture_output=True, text=True, check=True)
    said = dict(line.split() for line in answer.stdout.splitlines())
    return Outcome(float(said["customers"]), float(said["mean_sojourn"]), float(said["cpu_seconds"]))


def peer(network: Network, simulate: Callable[[Network, int, int], list[float]], customers: int, seed: int) -> Outcome:
    """Run a peer's script in this process."""
    found: list[float] = []
    spent = cpu(lambda: found.extend(simulate(network, customers, seed)))
    kept = found[network.left_out :] or found  # a block shorter than the warm-up is only timed
    return Outcome(len(found), statistics.fmean(kept), spent)
