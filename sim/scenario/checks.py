"""Checks across a whole scenario that no single field can see."""

from __future__ import annotations

from sim.scenario.company import Scenario
from sim.scenario.messages import Problem


def problems(scenario: Scenario) -> list[Problem]:
    """Return everything that does not fit together, by place."""
    return []
