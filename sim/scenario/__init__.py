"""What is given: a company described in a YAML file, validated, frozen, in base units."""

from sim.scenario.company import Scenario

__all__ = ["Scenario"]
