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
_LOOKED_AT = 200
"""How many of pydantic's errors are put into words; more come only from files that are not scenarios."""

_NAME = "must be a name: a letter, then letters, digits, '_' or '-', at most 60; write for example 'warehouse'"


Path = tuple[str | int, ...]
"""Keys and list positions from the top."""


_BY_TYPE = {
    "string_pattern": _NAME,
    "string": "must be text; put it in quotes if it is",
    "bool": "must be true or false",
    "tuple": "must be a list; write [a, b] or lines that begin with '- '",
    "list": "must be a list; write [a, b] or lines that begin with '- '",
}


class Problem(NamedTuple):
    """Something wrong at a place of a scenario."""

    path: Path
    """Where."""
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
    found: dict[Path, Problem] = {}
    others: dict[Path, Problem] = {}
    details = error.errors(include_url=False)
    for detail in details[:_LOOKED_AT]:
        spot = locate(model, detail["loc"], tree.value, detail["type"] == "extra_forbidden")
        problem = _problem(detail, spot, _at(tree, spot.path))
        (others if spot.other_branch else found).setdefault(problem.path, problem)
    for path, problem in others.items():
        if not any(known[: len(path)] == path for known in found):
            found[path] = problem
    return listed(found.values(), tree, unseen=max(0, len(details) - _LOOKED_AT))


def listed(problems: Iterable[Problem], tree: Node, unseen: int = 0) -> InputError:
    """Return one error that says all the problems, the first ten in full."""
    all_of_them = list(problems)
    count = len(all_of_them) + unseen
    lines = [f"{place(tree, p.path)}: {p.text.replace('{given}', given(tree, p.path))}" for p in all_of_them[:MOST]]
    if count == 1:
        return InputError(lines[0])
    more = [f"… and {count - MOST} more"] if count > MOST else []
    return InputError("\n".join([f"{tree.file}: {count} problems", *lines, *more]))


def place(tree: Node, path: Path) -> str:
    r"""Say file, line and key path; a step of a route is called by its name.

    Examples
    --------
    >>> from sim.scenario.yaml_text import parse_yaml
    >>> place(parse_yaml("name: a\ntime:\n  horizon: 1", "a.yaml"), ("time", "horizon"))
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


def given(tree: Node, path: Path) -> str:
    """Return the value at a place as the file writes it."""
    node = _at(tree, path)
    if node is None:
        return "nothing"
    return node.text or shown(node.value)


def _word(key: str | int, child: Node | None) -> str:
    if isinstance(key, int):
        name = child.value.get("step") if child is not None and isinstance(child.value, dict) else None
        return name.value if name is not None and isinstance(name.value, str) else f"#{key + 1}"
    key = key if key.isprintable() else ascii(key)[1:-1]
    return key if len(key) <= 60 else f"{key[:60]}…"


def _at(tree: Node, path: Path) -> Node | None:
    node: Node | None = tree
    for key in path:
        node = None if node is None else _child(node, key)
    return node


def _child(node: Node, key: str | int) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(key)
    if isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
        child: Node = node.value[key]
        return child
    return None


def _problem(detail: ErrorDetails, spot: Spot, node: Node | None) -> Problem:
    kind, path = detail["type"], spot.path
    if spot.is_key:
        return Problem(path, f"got the key {shown(path[-1])}; {_NAME}.")
    if kind == "missing":
        example = f"'{path[-1]}: {spot.example}'"
        return Problem(path, f"nothing given; it is needed; write for example {example}.{_meaning(spot)}")
    if kind == "extra_forbidden":
        hint = nearest(str(path[-1]), keys_of(spot.owner))
        return Problem(path, f"got the key {shown(path[-1])}; it is not known here. {hint}")
    if kind == "value_error":
        return Problem(path, _own_words(detail, node))
    if kind.startswith("union_tag"):
        known = ", ".join(spot.choices)
        return Problem((*path, "kind"), f"got {{given}}; must be one of {known}; write for example 'kind: customers'.")
    allowed = _allowed(detail, spot)
    return Problem(path, f"got {{given}}; {allowed}{'' if allowed.endswith('?') else '.'}{_meaning(spot)}")


def _own_words(detail: ErrorDetails, node: Node | None) -> str:
    """Return the text of one of our own validators, with the value as the file writes it."""
    text = str(detail.get("ctx", {}).get("error", "")) or "this is not possible here; see the file format"
    start = f"got {shown(detail['input'])}"
    # A validator of a mapping may speak of a value inside it; then its own words must stand.
    same = node is not None and type(node.value) is type(detail["input"])
    if text.startswith(start) and same:
        text = "got {given}" + text.removeprefix(start)
    elif not text.startswith("got ") and not isinstance(detail["input"], dict):
        text = f"got {{given}}; {text}"
    return text if text.endswith((".", "?")) else f"{text}."


def _allowed(detail: ErrorDetails, spot: Spot) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    kind = detail["type"]
    if kind in ("greater_than_equal", "less_than_equal"):
        word, limit = ("least", context["ge"]) if "ge" in context else ("most", context["le"])
        return f"must be at {word} {spot.written(float(limit))}"
    if kind.endswith(("too_short", "too_long")):
        word, limit = (
            ("least", context.get("min_length")) if kind.endswith("short") else ("most", context.get("max_length"))
        )
        return f"must have at {word} {limit} {'characters' if kind.startswith('string') else 'entries'}"
    if kind == "literal_error":
        close = nearest(str(detail["input"]), spot.choices)
        hint = f"; {close[0].lower()}{close[1:]}" if close.endswith("?") else ""
        return f"must be one of {', '.join(spot.choices)}{hint}"
    if kind == "model_attributes_type":
        return f"must be a mapping with 'kind' one of {', '.join(spot.choices)}; indent it below its key"
    if kind.endswith(("model_type", "dict_type")):
        keys = keys_of(spot.model)
        holding = f"with keys such as {', '.join(keys[:8])}" if keys else "of names to values"
        return f"must be a mapping {holding}; indent it below its key"
    known = next((text for start, text in _BY_TYPE.items() if kind.startswith(start)), None)
    return known or f"this is not possible here; write for example {spot.example}"


def _meaning(spot: Spot) -> str:
    # Descriptions are docstrings, which break their lines.
    return f" Meaning: {' '.join(spot.description.split())}" if spot.description else ""
