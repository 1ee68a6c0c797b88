"""The published JSON Schema of policy files, for editors: `python -m sim.policies.schema` writes it."""

from __future__ import annotations

from typing import Any

from sim.policies.policy import Policy
from sim.scenario.files import shipped_root
from sim.scenario.schema import DIALECT, text, tidied


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a policy file."""
    return {"$schema": DIALECT, **tidied(Policy.model_json_schema(by_alias=True)), "title": "A Relevo policy"}


if __name__ == "__main__":
    (shipped_root() / "policy.schema.json").write_text(text(json_schema()), encoding="utf-8")
