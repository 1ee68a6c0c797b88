"""Load a scenario: from its shipped name, a file, text or plain data, always with messages for people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.scenario.checks import problems
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_file, shipped_names
from sim.scenario.messages import explained, listed
from sim.scenario.variations import read_with_extends, resolved
from sim.scenario.yaml_text import Node, parse_yaml


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
    if isinstance(source, str) and not _is_path(source):
        path, file = shipped_file(source), f"{source}.yaml"
    else:
        path, file = Path(source), str(source)
    return _validated(read_with_extends(path, file), path.parent)


def scenario_from_text(text: str, place: str = "scenario") -> Scenario:
    """Read a scenario from YAML text, which may extend shipped scenarios but name no file; raises like `load_scenario`."""
    return _validated(resolved(parse_yaml(text, place), None), None)


def scenario_from_data(data: Mapping[str, Any], place: str = "scenario") -> Scenario:
    """Make a scenario from plain mappings and lists, as a notebook has them; raises like `load_scenario`."""
    return _validated(_node(data, place), None)


def _is_path(source: str) -> bool:
    if source in shipped_names():
        return False
    return source.endswith((".yaml", ".yml")) or "\0" in source or Path(source).exists()


def _node(value: Any, place: str) -> Node:
    if isinstance(value, Mapping):
        return Node({str(key): _node(child, place) for key, child in value.items()}, place)
    if isinstance(value, list | tuple):
        return Node([_node(child, place) for child in value], place)
    return Node(value, place)


def _validated(tree: Node, folder: Path | None) -> Scenario:
    try:
        scenario = Scenario.model_validate(tree.plain())
    except ValidationError as error:
        raise explained(error, tree, Scenario) from None
    found = problems(scenario)
    if found:
        raise listed(found, tree)
    scenario._place = tree.file  # noqa: SLF001
    scenario._folder = folder  # noqa: SLF001
    return scenario
