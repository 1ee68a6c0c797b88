"""The published JSON Schema of scenario files, for editors: `python -m sim.scenario.schema` writes it.

A whole scenario and a variation differ: a variation says `extends`, need not say anything else, and may
remove a key with null. Editors get both, chosen by whether the file says `extends`.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from sim.scenario.company import Scenario
from sim.scenario.files import shipped_root

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PART = "Part."
_REF = "#/$defs/"
EXTENDS = {
    "type": "string",
    "description": "A shipped scenario or a .yaml file beside this one; what is written here lies over it.",
    "examples": ["levante"],
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file or a variation of one."""
    whole = tidied(Scenario.model_json_schema(by_alias=True))
    return with_variations(whole, "Scenario", "A Relevo scenario", EXTENDS)


def with_variations(whole: dict[str, Any], name: str, title: str, extends: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a whole file or a variation of one, from that of whole ones.

    Parameters
    ----------
    whole : dict
        Schema of a whole file, with its definitions.
    name : str
        What the definition of a whole file is called.
    title : str
        Of the schema.
    extends : dict
        Schema of the key 'extends'.
    """
    definitions = {**whole.get("$defs", {}), name: {k: v for k, v in whole.items() if k != "$defs"}}
    parts = {_PART + key: _part(value) for key, value in definitions.items()}
    parts[_PART + name]["properties"] = {"extends": extends, **parts[_PART + name]["properties"]}
    return {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"{_REF}{_PART}{name}"},
        "else": {"$ref": f"{_REF}{name}"},
        "$defs": _reached({**definitions, **parts}, name),
    }


def text(schema: dict[str, Any] | None = None) -> str:
    """Return a schema (that of scenarios unless given) as its file holds it."""
    return json.dumps(schema or json_schema(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def tidied(schema: Any) -> Any:
    """Remove the titles that pydantic makes from names: they repeat the keys."""
    if isinstance(schema, list):
        return [tidied(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {k: tidied(v) for k, v in schema.items() if not (k == "title" and isinstance(v, str))}


def _part(definition: dict[str, Any]) -> dict[str, Any]:
    """Return a definition as a variation may write it: nothing required, null removes a key."""
    part = deepcopy(definition)
    part.pop("required", None)
    part.pop("minProperties", None)
    if "properties" in part:
        part["properties"] = {key: _or_null(_relaxed(value)) for key, value in part["properties"].items()}
    return part


def _relaxed(schema: dict[str, Any]) -> dict[str, Any]:
    """Relax a mapping and what is in it; lists are replaced whole and stay strict."""
    result = {k: v for k, v in schema.items() if k not in ("required", "minProperties", "discriminator")}
    if "$ref" in result:
        result["$ref"] = _REF + _PART + result["$ref"].removeprefix(_REF)
    for word in ("anyOf", "oneOf"):
        if word in result:
            result["anyOf"] = [_relaxed(option) for option in result.pop(word)]
    if "patternProperties" in result:
        inner = result["patternProperties"]
        result["patternProperties"] = {key: _or_null(_relaxed(value)) for key, value in inner.items()}
    if isinstance(result.get("additionalProperties"), dict):
        result["additionalProperties"] = _or_null(_relaxed(result["additionalProperties"]))
    return result


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    options = schema.get("anyOf", [schema])
    if {"type": "null"} in options:
        return schema
    rest = {k: v for k, v in schema.items() if k in ("description", "default")} if "anyOf" in schema else {}
    return {**rest, "anyOf": [*options, {"type": "null"}]}


def _reached(definitions: dict[str, Any], first: str) -> dict[str, Any]:
    """Keep the definitions that something refers to."""
    found: set[str] = set()
    waiting = [first, _PART + first]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _references(definitions[name])
    return {name: definitions[name] for name in sorted(found)}


def _references(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for item in schema for name in _references(item)]
    if not isinstance(schema, dict):
        return []
    here = [schema["$ref"].removeprefix(_REF)] if isinstance(schema.get("$ref"), str) else []
    return here + [name for value in schema.values() for name in _references(value)]


if __name__ == "__main__":
    (shipped_root() / "schema.json").write_text(text(), encoding="utf-8")
