"""What an engine is: one function from a world and a seed to a record."""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from sim.arrays import World
from sim.errors import UsageError, nearest
from sim.measures.record import Record

ENGINES = {"compiled": "sim.engines.compiled", "reference": "sim.engines.reference"}
"""Module of each engine, imported when first used."""


class Engine(Protocol):
    """Runs a world. The record depends on the arguments and on nothing else."""

    def __call__(self, world: World, seed: int, replication: int, *, log: bool = False) -> Record:
        """Run one replication.

        Parameters
        ----------
        world : World
            The scenario under a portfolio.
        seed, replication : int
            Decide every draw; the same for all policies of a comparison.
        log : bool
            Keep the complete event log.
        """


def engine(name: str) -> Engine:
    """Return an engine by name.

    Raises
    ------
    UsageError
        If there is no such engine.
    """
    if name not in ENGINES:
        raise UsageError(f"--engine: got '{name}'. {nearest(name, ENGINES)}")
    return cast(Engine, importlib.import_module(ENGINES[name]).run)
