"""Relevo: how the departments of an organisation serve one another, and what that does to the customer.

>>> from sim import simulate
>>> simulate("theory/mm1", weeks=1).metrics.shape[0]
1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.api import Results, simulate, with_weeks
    from sim.errors import InputError, RelevoError, UsageError
    from sim.orders import OrderFile, read_orders
    from sim.policies import Policy, Portfolio, load_policy, portfolio
    from sim.scenario import Scenario
    from sim.scenario.load import load_scenario, scenario_from_data, scenario_from_text

__version__ = "0.1.0"

_HOMES = {
    "Results": "sim.api",
    "simulate": "sim.api",
    "with_weeks": "sim.api",
    "InputError": "sim.errors",
    "RelevoError": "sim.errors",
    "UsageError": "sim.errors",
    "OrderFile": "sim.orders",
    "read_orders": "sim.orders",
    "Policy": "sim.policies",
    "Portfolio": "sim.policies",
    "load_policy": "sim.policies",
    "portfolio": "sim.policies",
    "Scenario": "sim.scenario",
    "load_scenario": "sim.scenario.load",
    "scenario_from_data": "sim.scenario.load",
    "scenario_from_text": "sim.scenario.load",
}

__all__ = [
    "InputError",
    "OrderFile",
    "Policy",
    "Portfolio",
    "RelevoError",
    "Results",
    "Scenario",
    "UsageError",
    "load_policy",
    "load_scenario",
    "portfolio",
    "read_orders",
    "scenario_from_data",
    "scenario_from_text",
    "simulate",
    "with_weeks",
]


def __getattr__(name: str) -> Any:
    # Importing the package must stay cheap: `relevo --help` needs none of this.
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
