"""The experiments that are measured."""

from __future__ import annotations

from pathlib import Path

from experiments.plan.experiment import Experiment
from experiments.plan.load import load_plan

POLICIES = ("shared_standards", "cross_training", "improvement_team", "parity")


def year(folder: Path, replications: int, steps: int = 5) -> Experiment:
    """Return four policies in all mixtures over the default company's year: 625 points with five steps."""
    lines = [f"  {name}: {{range: [0, 1], steps: {steps}}}" for name in POLICIES]
    return _plan(folder, "year", ["scenario: levante", "factors:", *lines], replications)


def short(folder: Path, replications: int) -> Experiment:
    """Return a hundred points of runs of a few milliseconds, so that there can be very many."""
    factors = [
        "  departments.sales.staff: {range: [5, 14], steps: 10}",
        "  patience.scale: {range: [20 h, 60 h], steps: 10}",
    ]
    head = [
        "scenario: levante",
        "warm_up: 0 h",
        "horizon: 1 week",
        "settings: {time.drain: 1 week}",
        "factors:",
        *factors,
    ]
    return _plan(folder, "short", head, replications)


def _plan(folder: Path, name: str, lines: list[str], replications: int) -> Experiment:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text("\n".join([f"name: {name}", *lines, "today: false", f"replications: {replications}", ""]), "utf-8")
    return load_plan(path)
