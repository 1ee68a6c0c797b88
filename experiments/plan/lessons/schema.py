"""The published JSON Schema of lesson files, for editors: `python -m experiments.plan.lessons.schema` writes it."""

from __future__ import annotations

from typing import Any

from experiments.plan.lessons.lesson import Lesson
from sim.scenario.files import shipped_root
from sim.scenario.schema import text, tidied, with_variations

EXTENDS = {
    "type": "string",
    "description": "A shipped lesson or a .yaml file beside this one; what is written here lies over it.",
    "examples": ["green_and_red"],
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a lesson file or a variation of one."""
    return with_variations(tidied(Lesson.model_json_schema(by_alias=True)), "Lesson", "A Relevo lesson", EXTENDS)


if __name__ == "__main__":
    (shipped_root() / "lesson.schema.json").write_text(text(json_schema()), encoding="utf-8")
