"""Lessons as teachers write them: text in a file, loaded as any other; and one that is run in no time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.plan.lessons.load import BoundLesson, load_lesson
from sim.errors import RelevoError


def both(text: str) -> dict[str, str]:
    return {"en": f"{text} in English", "es": f"{text} en español"}


def lesson(**changed: Any) -> dict[str, Any]:
    """A small lesson as plain data; keys given are laid over it, None removes one."""
    whole: dict[str, Any] = {
        "name": "mine",
        "title": both("A lesson"),
        "minutes": 20,
        "question": both("Today {wait_today}. What happens"),
        "scenario": "levante",
        "settings": {"time.warm_up": "3 weeks"},
        "changes": {
            "parity": {"label": both("Equal"), "policies": {"parity": 1}},
            "more": {"label": both("More people"), "people": {"sales": 1}},
        },
        "horizon": "3 weeks",
        "replications": 5,
        "figures": [
            {"metric": "D.utilisation", "owner": "department", "green": {"at_least": "10 %"}},
            {"metric": "promise_kept_share", "owner": "customer", "green": {"at_least": "100 %"}},
        ],
        "numbers": {
            "wait_today": {"kind": "level", "metric": "wait_mean"},
            "wait_parity": {"kind": "difference", "metric": "wait_mean", "change": "parity"},
            "greens": {"kind": "greens", "owner": "department"},
            "people": {"kind": "hires", "metric": "wait_mean", "change": "parity", "yardstick": ["more"]},
        },
        "predictions": [
            {"kind": "number", "question": both("How much"), "answer": "wait_parity", "range": [-50, 50], "near": 1},
            {"kind": "direction", "question": both("Where to"), "answer": "wait_parity"},
            {"kind": "which", "question": both("Who"), "metric": "wait_mean", "changes": ["today", "parity", "more"]},
        ],
        "insight": [{"text": both("It is {wait_parity}, {greens}, {people}")}],
        "discuss": [both("What now")],
        "facilitator": {
            "timing": [{"minutes": 5, "text": both("Begin")}],
            "expected": [both("Groups say {wait_parity}")],
            "traps": [both("A trap")],
            "not_said": [both("Nothing of it")],
        },
        "sources": [{"text": both("Made up"), "grade": "D"}],
    }
    whole |= changed
    return {key: value for key, value in whole.items() if value is not None}


def written(folder: Path, **changed: Any) -> Path:
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(lesson(**changed), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def loaded(folder: Path, **changed: Any) -> BoundLesson:
    return load_lesson(written(folder, **changed))


def refused(folder: Path, **changed: Any) -> str:
    """What is said about a lesson that cannot be loaded, without its folder."""
    with pytest.raises(RelevoError) as caught:
        loaded(folder, **changed)
    said = str(caught.value)
    assert said.startswith(str(folder)), said
    return said.replace(f"{folder}/", "")
