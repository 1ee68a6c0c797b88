"""Designs of experiments: which points to run. Pure functions of factors, numbers and a seed."""

from experiments.plan.designs.aliasing import Alias, aliases, duplicates, largest_correlation
from experiments.plan.designs.axis import Axis, Coordinate, Point
from experiments.plan.designs.crossing import crossed, with_today
from experiments.plan.designs.factorial import full_factorial, one_at_a_time
from experiments.plan.designs.screening import fractional_factorial, plackett_burman
from experiments.plan.designs.spacefilling import halton, latin_hypercube, sobol

__all__ = [
    "Alias",
    "Axis",
    "Coordinate",
    "Point",
    "aliases",
    "crossed",
    "duplicates",
    "fractional_factorial",
    "full_factorial",
    "halton",
    "largest_correlation",
    "latin_hypercube",
    "one_at_a_time",
    "plackett_burman",
    "sobol",
    "with_today",
]
