"""What an engine is: a function from a world and a seed to a record, and perhaps one that forks; which there are.

Names are known, and an unknown one refused, without importing an engine or anything that it needs.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from sim.engines.limits import MOST_EVENTS
from sim.errors import UsageError, nearest

if TYPE_CHECKING:
    from sim.arrays import World
    from sim.measures.record import Record

ENGINES = {"compiled": "sim.engines.compiled", "reference": "sim.engines.reference"}
"""Module of each engine, imported when first used."""
REFERENCE = "reference"
"""The engine to read; the others agree with it bit for bit."""
BOTH = "both"
"""In the place of an engine: run on the reference and on another one, which must agree bit for bit."""
DEFAULT = "compiled"
"""The engine where nobody says otherwise."""
WITHOUT_PYTHONS_LOCK = frozenset({"compiled"})
"""Engines that compute without Python's lock, so that the threads of one process run at once."""


class Engine(Protocol):
    """Runs a world. The record depends on the arguments and on nothing else."""

    def __call__(
        self,
        world: World,
        seed: int,
        replication: int,
        *,
        log: bool = False,
        parts: bool = True,
        most_events: int = MOST_EVENTS,
    ) -> Record:
        """Run one replication.

        Parameters
        ----------
        world : World
            The scenario under a portfolio.
        seed, replication : int
            Decide every draw; the same for all policies of a comparison.
        log : bool
            Keep the complete event log.
        parts : bool
            Keep every row. Otherwise only what metrics need: no parts, only their sums; perhaps no orders of the
            warm-up; and rows that may be gone when the same thread runs again.
        most_events : int
            Events of the calendar that may happen. What they set off within the same instant does not count.

        Raises
        ------
        RunTooLongError
            When one more is due, at the same one in every engine.
        """


class Forking(Protocol):
    """An engine that also keeps the state at the end of a warm-up and goes on from it under many policies."""

    def can_share(self, one: World, other: World) -> bool:
        """Say whether two worlds are the same until their policies start."""

    def warm_up(
        self,
        worlds: Sequence[World],
        seed: int,
        replication: int,
        *,
        log: bool = False,
        parts: bool = True,
        most_events: int = MOST_EVENTS,
    ) -> Any:
        """Run the warm-up that some worlds share; the state that is returned is never changed.

        Its events count in the runs that go on from it, as if each had begun at the beginning.
        """

    def run_from(self, warm: Any, world: World) -> Record:
        """Go on under the policies of one of these worlds: the same record, to the bit, as from the start."""


def engine(name: str) -> Engine:
    """Return an engine by name.

    Raises
    ------
    UsageError
        If there is no such engine, or what it needs is not installed.
    """
    return cast(Engine, _module(name, name).run)


def engines(name: str) -> dict[str, Engine]:
    """Return the engines that a name stands for: one, or for 'both' all, the reference first.

    Raises
    ------
    UsageError
        If there is no such engine, or what it needs is not installed.
    """
    names = [name] if name != BOTH else sorted(ENGINES, key=lambda known: known != REFERENCE)
    if name == BOTH and len(names) == 1:
        raise UsageError(
            f"--engine {BOTH}: there is one engine only, '{REFERENCE}'; for another to compare it with, "
            "install a Relevo that has one: pip install --upgrade relevo."
        )
    return {each: cast(Engine, _module(each, name).run) for each in names}


def forking(name: str) -> Forking | None:
    """Return an engine by name if it forks; None if each of its runs has to begin at the beginning."""
    module = _module(name, name) if name != BOTH else None
    return (
        cast(Forking, module) if all(hasattr(module, door) for door in ("can_share", "warm_up", "run_from")) else None
    )


def _module(name: str, wanted: str) -> Any:
    if name not in ENGINES:
        raise UsageError(f"--engine: '{name}' is not an engine. {nearest(name, [*ENGINES, BOTH])}")
    try:
        return importlib.import_module(ENGINES[name])
    except (ImportError, OSError) as error:  # OSError: a library of its own that cannot be loaded.
        package = (getattr(error, "name", None) or "").partition(".")[0]
        if package in ("sim", "experiments"):
            raise  # Not a missing package: Relevo itself is broken.
        remedy = f"pip install {package}" if isinstance(error, ModuleNotFoundError) else "install Relevo again with pip"
        other = "" if name == REFERENCE else f", or use --engine {REFERENCE}, which gives the same numbers without it"
        raise UsageError(f"--engine {wanted}: the {name} engine cannot be loaded: {error}; {remedy}{other}.") from None
