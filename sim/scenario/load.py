"""Load a scenario: from its shipped name, a file, text or plain data, always with messages for people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sim.errors import InputError
from sim.scenario.checks import problems
from sim.scenario.company import Scenario
from sim.scenario.files import Kind, displayed, shipped_file, shipped_names
from sim.scenario.messages import explained, listed
from sim.scenario.variations import read_with_extends, resolved
from sim.scenario.yaml_loader import MAX_DEPTH
from sim.scenario.yaml_text import Node, parse_yaml

M = TypeVar("M", bound=BaseModel)


def load_scenario(source: str | Path) -> Scenario:
    """Load and check a scenario.

    Parameters
    ----------
    source : str or Path
        A shipped name such as "levante" or "theory/mm1", or the path of a .yaml file.

    Raises
    ------
    InputError
        If it is not there, cannot be read or is not a possible company; says every problem found.
    """
    path = resolve(source)
    return scenario_from_tree(read_with_extends(path, displayed(path)))


def load_model(path: Path, model: type[M], kind: Kind = "policies") -> M:
    """Load another kind of YAML file, such as a policy, with the same care and the same messages."""
    return model_from_tree(read_with_extends(path, displayed(path), kind), model)


def model_from_tree(tree: Node, model: type[M]) -> M:
    """Make a model from what files say, merged; raises InputError with every problem found and its line."""
    try:
        return model.model_validate(tree.plain())
    except ValidationError as error:
        raise explained(error, tree, model) from None


def scenario_from_text(text: str, place: str = "scenario") -> Scenario:
    """Read a scenario from YAML text, which may extend shipped ones only; raises like `load_scenario`."""
    return scenario_from_tree(resolved(parse_yaml(text, place)))


def scenario_from_data(data: Mapping[str, Any], place: str = "scenario") -> Scenario:
    """Make a scenario from plain mappings and lists, as notebooks have them; it may extend shipped scenarios.

    Raises
    ------
    InputError
        As `load_scenario`.

    Examples
    --------
    >>> busy = scenario_from_data({"extends": "levante", "departments": {"sales": {"staff": 7}}})
    >>> busy.departments["sales"].staff
    7
    """
    return scenario_from_tree(resolved(_node(data, place)))


def scenario_data(source: str | Path) -> dict[str, Any]:
    """Return what the files of a scenario say, merged, as data of which `scenario_from_data` makes it again.

    Raises
    ------
    InputError
        If it is not there or cannot be read.

    Examples
    --------
    >>> scenario_from_data(scenario_data("levante")).model_dump() == load_scenario("levante").model_dump()
    True
    """
    path = resolve(source)
    data = read_with_extends(path, displayed(path)).plain()
    return dict(data)


def resolve(source: str | Path, kind: Kind = "scenarios") -> Path:
    """Return the file that a shipped name or a path stands for.

    Raises
    ------
    InputError
        If it is neither; suggests the nearest shipped name.
    """
    if isinstance(source, Path):
        return source
    if source not in shipped_names(kind) and _looks_like_path(source):
        return Path(source)
    return shipped_file(source, kind)


def _looks_like_path(source: str) -> bool:
    if source.endswith((".yaml", ".yml")):
        return True
    try:
        return bool(source) and Path(source).exists()
    except (OSError, ValueError):
        return False


def _node(value: Any, place: str, depth: int = 0) -> Node:
    if depth > MAX_DEPTH:
        raise InputError(f"{place}: got more than {MAX_DEPTH} levels of nesting; fewer are allowed; flatten it.")
    if isinstance(value, Mapping):
        return Node({str(key): _node(child, place, depth + 1) for key, child in value.items()}, place)
    if isinstance(value, list | tuple):
        return Node([_node(child, place, depth + 1) for child in value], place)
    return Node(value, place)


def scenario_from_tree(tree: Node) -> Scenario:
    """Make a scenario from what files say, merged; raises like `load_scenario`."""
    scenario = model_from_tree(tree, Scenario)
    found = problems(scenario)
    if found:
        raise listed(found, tree)
    scenario._place = tree.file
    scenario._folder = _orders_folder(tree)
    return scenario


def _orders_folder(tree: Node) -> Path | None:
    """Return the folder of the file that names the order file, which may be one that is extended."""
    demand = tree.value["demand"]
    file = demand.value.get("file")
    folder: Path | None = (file or tree).folder
    return folder
