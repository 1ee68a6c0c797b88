"""ONE registry of every parameter: meaning, unit, range, scale, default, evidence grade and source."""

from sim.parameters.parameter import Parameter
from sim.parameters.registry import PARAMETERS, find, group

__all__ = ["PARAMETERS", "Parameter", "find", "group"]
