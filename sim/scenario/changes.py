"""A company with single fields changed: the way experiments ask what would be if one number were another.

A field is named by its place in a scenario file, such as `departments.warehouse.staff`, `cooperation.trust` or
`routes.standard.advice.work.mean` (a step by its name, an entry of another list by its number: `needs.#1`). The changed
file is validated as any other, so that a value that is impossible there is told with the same care.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from sim.errors import UsageError, nearest
from sim.scenario.annotations import Spot, field_at, keys_of, unit_of
from sim.scenario.changeable import Field, Value
from sim.scenario.company import Scenario
from sim.scenario.files import displayed
from sim.scenario.load import resolve, scenario_from_tree
from sim.scenario.variations import read_with_extends
from sim.scenario.yaml_text import Node

__all__ = ["Base", "Field", "Value"]

ONE_VALUE = "a single number or word"


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

    def data(self) -> dict[str, Any]:
        """Return what its files say, merged, as data of which `scenario_from_data` makes it again."""
        return dict(self._tree.plain())

    def field(self, path: str) -> Field:
        """Return what is known about a field.

        Raises
        ------
        UsageError
            If there is no such field, or it holds more than one number or word; suggests the nearest one.
        """
        keys = self._keys(path)
        if keys == ("name",) or (keys[-1] in ("en", "es") and keys[-2] in ("label", "description")):
            raise UsageError(f"{path}: words for people stand there, which change no result; vary something else.")
        spot, node = self._spot(path, keys), self._node(keys)
        many = get_origin(_form(spot)) in (dict, tuple) and not spot.is_text
        if spot.model is not None or many or (node is not None and isinstance(node.value, dict | list)):
            inside = ", ".join(self._inside(spot, node)[:8])
            go_on = f"go on with: {inside}" if inside else "a list cannot be varied as a whole"
            raise UsageError(f"{path}: holds more than one value; {ONE_VALUE} can be varied; {go_on}.")
        unit = "flag" if _form(spot) is bool and not spot.choices else unit_of(spot) or "word"
        # Opening hours are one text in a file, though they mean several times.
        today = node.value if spot.is_text and node is not None else self._today(keys)
        return Field(path, unit, today, _words(spot))

    def fixed(self, values: Mapping[str, Value], place: str | Mapping[str, str] = "") -> Base:
        """Return a base in which some fields are other than in the files; raises like `changed`."""
        if not values:
            return self
        other = copy(self)
        other._tree = self._changed_tree(values, place)
        other.scenario = scenario_from_tree(other._tree)
        return other

    def changed(self, values: Mapping[str, Value], place: str | Mapping[str, str] = "") -> Scenario:
        """Return the scenario with some fields changed.

        Parameters
        ----------
        values : mapping of str to value
            Path -> value, as a file writes it.
        place : str or mapping of str to str
            Where the values come from, or where each does, for messages.

        Raises
        ------
        InputError
            If the changed scenario is not a possible company.
        """
        return scenario_from_tree(self._changed_tree(values, place)) if values else self.scenario

    def _changed_tree(self, values: Mapping[str, Value], place: str | Mapping[str, str]) -> Node:
        tree = self._tree
        for path, value in values.items():
            where = place if isinstance(place, str) else place[path]
            tree = _with(tree, self._keys(path), Node(value, where or self._tree.file, text=_text(value)))
        return tree

    def _keys(self, path: str) -> tuple[str | int, ...]:
        """Return keys and list positions; names may hold dots only between them."""
        keys: list[str | int] = []
        node: Node | None = self._tree
        for word in path.split("."):
            if node is not None and isinstance(node.value, list):
                names = _entries(node)
                if word not in names:
                    raise UsageError(f"{path}: there is no '{word}' in this list. {nearest(word, names)}")
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
            if word not in inside and keys and keys[-1] != "pairs" and self._has_names(keys):
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
        if isinstance(found, dt.date):
            return found.isoformat()
        return found if isinstance(found, float | int | str | bool) else None

    def _of_registry(self, keys: tuple[str | int, ...]) -> float | None:
        """Return what a parameter is where a group, department or pair says nothing of its own."""
        from sim.parameters import PARAMETERS

        pair = str(keys[2]).split("->") if keys[:2] == ("cooperation", "pairs") else []
        name = f"cooperation.{keys[-1]}" if pair else ".".join(map(str, keys[-2:]))
        group = name.partition(".")[0]
        # Without its group a mechanism is off, and what it would be is not what it is.
        if name not in PARAMETERS or getattr(self.scenario, group, None) is None or not set(pair) <= self._departments:
            return None
        department = str(keys[1]) if keys[0] == "departments" else None
        try:
            return self.scenario.parameter(name, department, (pair[0], pair[1]) if len(pair) == 2 else None)
        except ValueError:
            return None

    @property
    def _departments(self) -> set[str]:
        return set(self.scenario.departments)

    def _spot(self, path: str, keys: tuple[str | int, ...]) -> Spot:
        spot = field_at(Scenario, keys[:1], self._tree.value)
        for end in range(1, len(keys)):
            spot = field_at(Scenario, keys[: end + 1], self._tree.value)
            if spot.annotation is None:
                known, name = keys_of(spot.owner), str(keys[end])
                said = nearest(name, known) if known else f"What stands before '.{name}' is a single value; end there."
                raise UsageError(f"{path}: there is no '{name}' here. {said}")
        return spot

    def _node(self, keys: tuple[str | int, ...]) -> Node | None:
        node: Node | None = self._tree
        for key in keys:
            if node is None or not isinstance(node.value, dict | list):
                return None
            node = node.value[int(key)] if isinstance(node.value, list) else node.value.get(str(key))
        return node

    def _has_names(self, keys: list[str | int]) -> bool:
        """Say whether names of the user's own stand below some keys, so that a new one would be nothing's."""
        return get_origin(_form(field_at(Scenario, tuple(keys), self._tree.value))) is dict

    @staticmethod
    def _inside(spot: Spot, node: Node | None) -> list[str]:
        if node is not None and isinstance(node.value, list):
            # Entries that hold nothing further are varied only together.
            return [
                name for name, child in zip(_entries(node), node.value, strict=True) if isinstance(child.value, dict)
            ]
        return list(node.value) if node is not None and isinstance(node.value, dict) else keys_of(spot.model)


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _entries(node: Node) -> list[str]:
    """Return what the entries of a list are called: a step by its name, others by their number."""
    return [_step(child) or f"#{number}" for number, child in enumerate(node.value, 1)]


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
