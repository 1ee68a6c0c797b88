"""A scenario and a portfolio as flat arrays: all that an engine sees."""

from sim.arrays.world import World, build

__all__ = ["World", "build"]
