"""A company with single fields changed: the way experiments ask what would be if one number were another.

A field is named by its place in a scenario file, such as `departments.warehouse.staff`, `cooperation.trust` or
`routes.standard.advice.work.mean` (a step by its name). The changed file is validated as any other, so that a value
that is impossible there is told with the same care.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from sim.errors import UsageError, nearest, shown
from sim.scenario.annotations import Spot, field_at, keys_of, unit_of
from sim.scenario.company import Scenario
from sim.scenario.fields import READERS
from sim.scenario.files import displayed
from sim.scenario.load import resolve, scenario_from_tree
from sim.scenario.variations import read_with_extends
from sim.scenario.yaml_text import Node

Value = float | int | str | bool
"""A value of a field in base units; text where it is a word."""

ONE_VALUE = "a single number or word"


@dataclass(frozen=True)
class Field:
    """A field of a scenario that can be changed.

    Attributes
    ----------
    path : str
        Its place in the file.
    unit : str
        How numbers are written there: a unit of the parameter registry; "word" where it is no number.
    today : float, int, str, bool or None
        Its value, in base units; None where the scenario does not say one.
    choices : tuple of str
        The words allowed, if these are given.
    """

    path: str
    unit: str
    today: Value | None
    choices: tuple[str, ...] = ()

    def read(self, text: object) -> Value:
        """Return a value as a file writes it in base units.

        Raises
        ------
        ValueError
            If it cannot stand there; says what can.
        """
        if self.unit == "word":
            if self.choices and text not in self.choices:
                raise ValueError(f"got {shown(text)}; must be one of {', '.join(self.choices)}")
            if not isinstance(text, str | int | float | bool):
                raise ValueError(f"got {shown(text)}; {ONE_VALUE} is needed")
            return text
        try:
            value: float | int = TypeAdapter(READERS[self.unit]).validate_python(text)
        except ValidationError as error:
            raise ValueError(str(error.errors()[0].get("ctx", {}).get("error", error.errors()[0]["msg"]))) from None
        return value

    def written(self, value: Value) -> Value:
        """Return a value in base units as a file writes it, to the last bit."""
        suffix = {"work time": " h", "calendar time": " h", "rate": " per h"}.get(self.unit)
        return f"{float(value)!r}{suffix}" if suffix is not None else value


class Base:
    """A scenario as its files say it, read once, of which changed ones are made.

    Parameters
    ----------
    source : str or Path
        Shipped name or file.

    Raises
    ------
    InputError
        If it cannot be loaded.

    Examples
    --------
    >>> base = Base("levante")
    >>> base.field("departments.warehouse.staff").today, base.changed({"departments.warehouse.staff": 10}).name
    (9, 'levante')
    """

    def __init__(self, source: str | Path) -> None:
        path = resolve(source)
        self._tree = read_with_extends(path, displayed(path))
        self.scenario = scenario_from_tree(self._tree)

    def field(self, path: str) -> Field:
        """Return what is known about a field.

        Raises
        ------
        UsageError
            If there is no such field, or it holds more than one number or word; suggests the nearest one.
        """
        keys = self._keys(path)
        spot = field_at(Scenario, keys, self._tree.value)
        if spot.annotation is None:
            # Of the model that was reached, which has no such key.
            known = keys_of(spot.owner)
            raise UsageError(f"{path}: there is no '{keys[-1]}' in a scenario here. {nearest(str(keys[-1]), known)}")
        if spot.model is not None or get_origin(_form(spot)) in (dict, tuple):
            inside = ", ".join(self._inside(spot, keys)[:8])
            raise UsageError(f"{path}: holds more than one value; {ONE_VALUE} can be varied; go on with: {inside}.")
        return Field(path, unit_of(spot) or "word", self._today(keys), _words(spot))

    def fixed(self, values: Mapping[str, Value], place: str = "") -> Base:
        """Return a base in which some fields are other than in the files; raises like `changed`."""
        if not values:
            return self
        other = copy(self)
        other._tree = self._changed_tree(values, place)
        other.scenario = scenario_from_tree(other._tree)
        return other

    def changed(self, values: Mapping[str, Value], place: str = "") -> Scenario:
        """Return the scenario with some fields changed.

        Parameters
        ----------
        values : mapping of str to value
            Path -> value, as a file writes it.
        place : str
            Where the values come from, for messages.

        Raises
        ------
        InputError
            If the changed scenario is not a possible company.
        """
        return scenario_from_tree(self._changed_tree(values, place)) if values else self.scenario

    def _changed_tree(self, values: Mapping[str, Value], place: str) -> Node:
        tree = self._tree
        for path, value in values.items():
            tree = _with(tree, self._keys(path), Node(value, place or self._tree.file, text=str(value)))
        return tree

    def _keys(self, path: str) -> tuple[str | int, ...]:
        """Return keys and list positions; names may hold dots only between them."""
        keys: list[str | int] = []
        node: Node | None = self._tree
        for word in path.split("."):
            if node is not None and isinstance(node.value, list):
                names = [_step(child) for child in node.value]
                if word not in names:
                    raise UsageError(f"{path}: there is no step '{word}' on this route. {nearest(word, names)}")
                place = names.index(word)
                keys.append(place)
                node = node.value[place]
                continue
            inside = node.value if node is not None and isinstance(node.value, dict) else {}
            if node is not None and not keys and word not in inside and word not in keys_of(Scenario):
                raise UsageError(
                    f"{path}: there is no '{word}' in a scenario. {nearest(word, keys_of(Scenario))} "
                    "Write the place of a field in the file, such as departments.warehouse.staff."
                )
            if keys and keys[-1] in ("departments", "routes", "orders") and word not in inside:
                raise UsageError(f"{path}: there is no '{word}' among the {keys[-1]}. {nearest(word, inside)}")
            keys.append(word)
            node = inside.get(word)
        return tuple(keys)

    def _today(self, keys: tuple[str | int, ...]) -> Value | None:
        """Return the value that the scenario uses, also where its file leaves it to a default."""
        found: Any = self.scenario
        for key in keys:
            if isinstance(found, Mapping):
                found = found.get(key)
            elif isinstance(found, tuple):
                found = found[int(key)]
            else:
                names = {field.alias or name: name for name, field in type(found).model_fields.items()}
                found = getattr(found, names.get(str(key), str(key)), None)
            if found is None:
                break
        if found is None:
            found = self._of_registry(keys)
        return found if isinstance(found, float | int | str | bool) else None

    def _of_registry(self, keys: tuple[str | int, ...]) -> float | None:
        """Return what a parameter is where a group, department or pair says nothing of its own."""
        from sim.parameters import PARAMETERS

        name = ".".join(map(str, keys[-2:]))
        if name not in PARAMETERS or (len(keys) == 2 and getattr(self.scenario, str(keys[0]), None) is None):
            return None
        department = str(keys[1]) if keys[0] == "departments" else None
        try:
            value = self.scenario.parameter(name, department)
        except ValueError:
            return None
        return None if math.isinf(value) else value

    def _inside(self, spot: Spot, keys: tuple[str | int, ...]) -> list[str]:
        node = self._tree
        for key in keys:
            node = node.value[int(key)] if isinstance(node.value, list) else node.value.get(key, Node({}))
        here = list(node.value) if isinstance(node.value, dict) else []
        steps = [_step(child) for child in node.value] if isinstance(node.value, list) else []
        return here or steps or keys_of(spot.model)


def _step(node: Node) -> str:
    """Return the name of an entry of a list, where it is a step."""
    name = node.value.get("step") if isinstance(node.value, dict) else None
    return str(name.value) if name is not None else ""


def _form(spot: Spot) -> Any:
    annotation = spot.annotation
    while get_args(annotation) and get_origin(annotation) not in (dict, tuple, Literal):
        annotation = get_args(annotation)[0]
    return annotation


def _words(spot: Spot) -> tuple[str, ...]:
    """Return the words that may stand at a place, where nothing but one of them may."""
    return spot.choices if get_origin(_form(spot)) is Literal else ()


def _with(node: Node, keys: tuple[str | int, ...], value: Node) -> Node:
    """Return a tree with another value at a place; what the place lacks is made, and nothing else is copied."""
    key, rest = keys[0], keys[1:]
    if isinstance(node.value, list):
        items = list(node.value)
        items[int(key)] = _with(items[int(key)], rest, value) if rest else value
        return replace(node, value=items)
    inside = dict(node.value) if isinstance(node.value, dict) else {}
    before = inside.get(str(key), Node({}, node.file, node.line))
    inside[str(key)] = _with(before, rest, value) if rest else replace(value, folder=before.folder)
    return replace(node, value=inside)
