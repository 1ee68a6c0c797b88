"""The published JSON Schema of plan files, for editors: `python -m experiments.plan.schema` writes it."""

from __future__ import annotations

from typing import Any

from experiments.plan.plan import Plan
from sim.scenario.files import shipped_root
from sim.scenario.schema import text, tidied, with_variations

EXTENDS = {
    "type": "string",
    "description": "A shipped plan or a .yaml file beside this one; what is written here lies over it.",
    "examples": ["shared_standards_x_cross_training"],
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a plan file or a variation of one."""
    whole = tidied(Plan.model_json_schema(by_alias=True))
    definitions = whole["$defs"]
    design = whole["properties"]["design"]
    forms = {word: definitions[ref.rpartition("/")[2]] for word, ref in design["discriminator"]["mapping"].items()}
    words = {"enum": [word for word, form in forms.items() if not form.get("required")], "description": "Its kind."}
    known = {key: design.pop(key) for key in ("oneOf", "discriminator")}
    whole["properties"]["design"] = {**design, "anyOf": [words, known]}
    return with_variations(whole, "Plan", "A Relevo plan", EXTENDS)


if __name__ == "__main__":
    (shipped_root() / "plan.schema.json").write_text(text(json_schema()), encoding="utf-8")
