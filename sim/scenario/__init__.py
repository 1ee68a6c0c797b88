"""What is given: a company described in a YAML file, validated, frozen, in base units.

Names are loaded when first used, so that listing the shipped files stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario.capacity import offered_load, warnings
    from sim.scenario.company import Scenario
    from sim.scenario.flow import expected_visits
    from sim.scenario.load import load_scenario, scenario_from_data, scenario_from_text

_HOMES = {
    "Scenario": "company",
    "expected_visits": "flow",
    "load_scenario": "load",
    "offered_load": "capacity",
    "scenario_from_data": "load",
    "scenario_from_text": "load",
    "warnings": "capacity",
}

__all__ = [
    "Scenario",
    "expected_visits",
    "load_scenario",
    "offered_load",
    "scenario_from_data",
    "scenario_from_text",
    "warnings",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"sim.scenario.{_HOMES[name]}"), name)
    raise AttributeError(name)
