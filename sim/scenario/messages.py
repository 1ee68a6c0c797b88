"""Turn what pydantic found wrong into: place: what was given; what is allowed; what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.errors import InputError, nearest, shown
from sim.scenario.annotations import Spot, keys_of, locate
from sim.scenario.yaml_text import Node

MOST = 10
"""How many problems are said at once."""

_NAME = (
    "must be a name: a letter, then letters, digits, '_' or '-', at most 60; write for example 'warehouse'"
)


class Problem(NamedTuple):
    """Something wrong at a place of a scenario."""

    path: tuple[str | int, ...]
    """Keys and list positions from the top."""
    text: str
    """What was given; what is allowed; what to do. With {given} where the value as written belongs."""


def explained(error: ValidationError, tree: Node, model: type[BaseModel]) -> InputError:
    """Return one error that says every problem pydantic found, with its line and in plain words.

    Parameters
    ----------
    error : ValidationError
        What pydantic found.
    tree : Node
        The values that were validated.
    model : type
        The model that they were validated against.
    """
    found: dict[tuple[str | int, ...], Problem] = {}
    for detail in error.errors(include_url=False):
        spot = locate(model, detail["loc"], tree.value)
        if not spot.other_branch:
            found.setdefault(spot.path, _problem(detail, spot, tree))
    return listed(found.values(), tree)


def listed(problems: Iterable[Problem], tree: Node) -> InputError:
    """Return one error that says all the problems, the first ten in full."""
    lines = [f"{place(tree, p.path)}: {p.text.replace('{given}', given(tree, p.path))}" for p in problems]
    if len(lines) == 1:
        return InputError(lines[0])
    more = [f"… and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return InputError("\n".join([f"{tree.file}: {len(lines)} problems", *lines[:MOST], *more]))


def place(tree: Node, path: tuple[str | int, ...]) -> str:
    """Say file, line and key path; a step of a route is called by its name.

    Examples
    --------
    >>> from sim.scenario.yaml_text import parse_yaml
    >>> place(parse_yaml("name: a\\ntime:\\n  horizon: 1", "a.yaml"), ("time", "horizon"))
    'a.yaml, line 3, time.horizon'
    """
    words: list[str] = []
    node = tree
    for key in path:
        child = _child(node, key)
        words.append(_word(key, child))
        node = node if child is None else child
    line = f", line {node.line}" if node.line else ""
    return f"{node.file}{line}, {'.'.join(words)}" if words else f"{node.file}{line}"


def given(tree: Node, path: tuple[str | int, ...]) -> str:
    """Return the value at a place as the file writes it."""
    node: Node | None = tree
    for key in path:
        node = None if node is None else _child(node, key)
    if node is None:
        return "nothing"
    return node.text or shown(node.value)


def _word(key: str | int, child: Node | None) -> str:
    if isinstance(key, int):
        name = child.value.get("step") if child is not None and isinstance(child.value, dict) else None
        return name.value if name is not None and isinstance(name.value, str) else f"#{key + 1}"
    return key if len(key) <= 60 else f"{key[:60]}…"


def _child(node: Node, key: str | int) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(key)
    if isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
        child: Node = node.value[key]
        return child
    return None


def _problem(detail: ErrorDetails, spot: Spot, tree: Node) -> Problem:
    kind, path = detail["type"], spot.path
    if spot.is_key:
        return Problem(path, f"got the key {shown(path[-1])}; {_NAME}.")
    if kind == "missing":
        return Problem(
            path,
            f"nothing given; this is needed; write for example '{path[-1]}: {spot.example}'.{_meaning(spot)}",
        )
    if kind == "extra_forbidden":
        known = keys_of(spot.owner)
        return Problem(path, f"the key {shown(path[-1])} is not known here. {nearest(str(path[-1]), known)}")
    if kind == "value_error":
        return Problem(path, _own_words(detail, tree, path))
    return Problem(path, f"got {{given}}; {_allowed(detail, spot)}.{_meaning(spot)}")


def _own_words(detail: ErrorDetails, tree: Node, path: tuple[str | int, ...]) -> str:
    text = str(detail.get("ctx", {}).get("error", "")).replace("{", "(").replace("}", ")")
    start = f"got {shown(detail['input'])}"
    if text.startswith(start):
        text = "got {given}" + text.removeprefix(start)
    elif not text.startswith("got ") and not isinstance(detail["input"], dict):
        text = f"got {{given}}; {text}"
    return text if text.endswith((".", "?")) else f"{text}."


def _allowed(detail: ErrorDetails, spot: Spot) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    kind = detail["type"]
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return f"must be at {'least' if 'ge' in context else 'most'} {spot.written(float(limit))}"
    if kind in ("too_short", "string_too_short"):
        return f"must have at least {context['min_length']} {_parts(kind, context['min_length'])}"
    if kind in ("too_long", "string_too_long"):
        return f"must have at most {context['max_length']} {_parts(kind, context['max_length'])}"
    if kind == "string_pattern_mismatch":
        return _NAME
    if kind == "literal_error" or kind.startswith("union_tag"):
        known = [str(choice) for choice in spot.choices]
        return f"must be one of {', '.join(known)}. {nearest(str(detail['input']), known) if kind == 'literal_error' else ''}".rstrip(
            " ."
        )
    if kind.startswith("bool"):
        return "must be true or false"
    if kind.startswith("string"):
        return "must be text; put it in quotes if it is"
    if kind in ("tuple_type", "list_type"):
        return "must be a list; write [a, b] or lines that begin with '- '"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        keys = keys_of(spot.model)
        holding = f"with keys such as {', '.join(keys[:8])}" if keys else "of names to values"
        return f"must be a mapping {holding}; indent it below its key"
    return f"this is not possible here; write for example {spot.example}"


def _parts(kind: str, number: int) -> str:
    noun = "character" if kind.startswith("string") else "entry"
    if number == 1:
        return noun
    return f"{noun}s" if noun == "character" else "entries"


def _meaning(spot: Spot) -> str:
    return f" Meaning: {spot.description}" if spot.description else ""
