"""What decides the numbers of an experiment, as data; its hash; and how two of them differ.

A resumed experiment must be the one that was begun: the same plan, company, policies, orders and the same program.
The engine by name is none of it, since all engines give the same numbers, nor is where and how it is run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from experiments.plan.experiment import Experiment
from experiments.run.provenance import ROOT, content_hash, file_hash, relevo_version
from sim.policies import Policy, load_policy

WORDS_ONLY = ("label", "description")
"""Keys of a plan that are only read by people."""
MOST_DIFFERENCES = 8


def content(experiment: Experiment, orders: Path | None = None) -> dict[str, Any]:
    """Return everything that decides the numbers of an experiment.

    Parameters
    ----------
    experiment : Experiment
        What is to be run.
    orders : Path, optional
        File of real orders.
    """
    plan = experiment.plan.model_dump(mode="json", exclude=set(WORDS_ONLY))
    points = [experiment.values(point) for point in experiment.points]
    return {
        "plan": plan,
        "scenario": experiment.base.scenario.model_dump(mode="json", exclude=set(WORDS_ONLY)),
        "policies": {policy.name: content_hash(policy) for policy in (*_standing(experiment), *experiment.policies)},
        "orders": None if orders is None else file_hash(orders),
        "points": {"number": len(points), "sha256": _hash(points)},
        "program": {"relevo": relevo_version(), "sources": sources()},
    }


def _standing(experiment: Experiment) -> list[Policy]:
    """Return the policies that the company itself has in force."""
    return [load_policy(held.policy) for held in experiment.base.scenario.policies]


def identity(decides: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what decides the numbers."""
    return _hash(decides)


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Say, key by key, what is other than before; the first few.

    Examples
    --------
    >>> differences({"plan": {"seed": 1, "today": True}}, {"plan": {"seed": 2, "today": True}})
    ['plan.seed: was 1, is 2']
    """
    one, other = dict(_leaves(before)), dict(_leaves(now))
    keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
    shown = [f"{key}: was {_brief(one.get(key))}, is {_brief(other.get(key))}" for key in keys[:MOST_DIFFERENCES]]
    return shown + ([f"… and {len(keys) - MOST_DIFFERENCES} more"] if len(keys) > MOST_DIFFERENCES else [])


@lru_cache(maxsize=1)
def sources() -> str:
    """Return a hash of the sources of the model, by which two versions of it are told apart."""
    found = hashlib.sha256()
    package = ROOT / "sim"
    for file in sorted(package.rglob("*.py")):
        found.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for key, child in value.items():
            yield from _leaves(child, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def _brief(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"
