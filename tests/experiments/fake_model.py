"""A stand-in for the model: cheap runs that can also fail, kill their worker or take their time."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import InputError

LONG = 50_000_000
"""Size of a result that no pipe takes at once [bytes]."""


@dataclass(frozen=True)
class FakeSpec:
    replication: int
    behaviour: str = "fine"
    seconds: float = 0.0
    marker: str = ""


@dataclass(frozen=True)
class FakeResult:
    metrics: dict
    tables: dict = field(default_factory=dict)


def perform(spec):
    time.sleep(spec.seconds)
    if spec.behaviour == "defect":
        raise ZeroDivisionError("no staff")
    if spec.behaviour == "user error":
        raise InputError("orders.csv, line 3: got 'x'; allowed: a date; write '2024-01-31'")
    if spec.behaviour == "kills" or (spec.behaviour == "kills once" and not Path(spec.marker).exists()):
        if spec.marker:
            Path(spec.marker).touch()
        os._exit(9)
    if spec.behaviour == "unpicklable":
        return FakeResult({"wait_mean": 1.0}, {"runs": lambda: None})
    if spec.behaviour == "long":
        return FakeResult({"wait_mean": float(spec.replication)}, {"orders": bytes(LONG)})
    return FakeResult({"wait_mean": float(spec.replication)}, {"runs": "table", "orders": "table", "log": "table"})
