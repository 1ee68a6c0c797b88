"""How far an experiment is, read from its folder alone, whoever is at work there."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import Any

from experiments.plan.targets import DEFAULT_REPLICATIONS
from experiments.run.claims import Claims
from experiments.run.folder import ExperimentFolder
from experiments.run.store import MANIFEST

LATELY = 300.0
"""What counts for the rate: the last parts within so long of the very last one [s]."""


@dataclass(frozen=True)
class Status:
    """How far an experiment is.

    Attributes
    ----------
    name, folder, begun : str
        Which.
    points : int
        Of its design.
    runs, failed, planned : int
        Runs done; of them failed; in all, or with a precision at least.
    precise : bool
        Whether it goes on until a precision is reached, so that more runs may be needed.
    at_work : int
        Chunks that somebody says to be doing.
    per_second : float or None
        Runs that were done per second lately; None if that cannot be said.
    left : float or None
        Time left at that rate [s].
    since_last : float or None
        Time since the last part [s].
    complete : bool
        Whether the tables of the whole have been made.
    """

    name: str
    folder: str
    begun: str
    points: int
    runs: int
    failed: int
    planned: int
    precise: bool
    at_work: int
    per_second: float | None
    left: float | None
    since_last: float | None
    complete: bool

    def data(self) -> dict[str, Any]:
        """Return it as plain data; times in seconds."""
        return asdict(self)


def status(folder: ExperimentFolder) -> Status:
    """Look how far an experiment is.

    Raises
    ------
    InputError
        If a part cannot be read.
    """
    from experiments.run.reading import summary_of

    parts = folder.parts
    plan = folder.record["decides"]["plan"]
    precision = plan["precision"]
    points = folder.record["decides"]["points"]["number"]
    runs = failed = 0
    ended: list[tuple[float, int]] = []
    for chunk in parts.done():
        path = parts.path(chunk)
        summary = summary_of(path, folder.identity)
        runs, failed = runs + summary.runs, failed + summary.failed
        ended.append((path.stat().st_mtime, summary.runs))
    each = plan["replications"] or DEFAULT_REPLICATIONS if precision is None else precision["first"]
    planned = max(points * each, runs) if precision is not None else points * each
    complete = _is_complete(folder)
    claims = Claims(folder.path)
    at_work = 0 if complete else sum(claims.is_held(name) for name in claims.names())
    rate = _rate(ended)
    last = max((when for when, _ in ended), default=None)
    return Status(
        name=folder.record["name"],
        folder=str(folder.path),
        begun=folder.record["begun"],
        points=points,
        runs=runs,
        failed=failed,
        planned=planned,
        precise=precision is not None,
        at_work=at_work,
        per_second=rate,
        left=(planned - runs) / rate if rate and at_work and planned > runs else None,
        since_last=None if last is None else max(0.0, time.time() - last),
        complete=complete,
    )


def _rate(ended: list[tuple[float, int]]) -> float | None:
    """Return runs per second over the last minutes in which parts came."""
    if len(ended) < 2:
        return None
    ended = sorted(ended)
    last = ended[-1][0]
    lately = [(when, runs) for when, runs in ended if when >= last - LATELY]
    span = last - lately[0][0]
    return sum(runs for _, runs in lately[1:]) / span if span > 0 else None


def _is_complete(folder: ExperimentFolder) -> bool:
    try:
        return bool(json.loads((folder.path / MANIFEST).read_text(encoding="utf-8"))["complete"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
