"""Whether an engine is ready to run: loaded, and where it is compiled, compiled."""

from __future__ import annotations

import importlib.metadata
import time
from pathlib import Path
from typing import NamedTuple

from sim.engines.protocol import engines

COMPILED = "compiled"


class CompiledCode(NamedTuple):
    """What is known of the compiled engine without running it."""

    numba: str
    """Version of the compiler."""
    folder: Path | None
    """Where compiled code is kept; None if no folder can be written to."""
    there: bool
    """Whether code that fits this version of Relevo is there already."""


def make_ready(engine: str) -> float:
    """Load an engine, or both, and have it compiled if it never was, before many runs begin.

    So a package that is missing is told once and at once, what is said about compiling does not stand in the
    middle of a progress bar, and worker processes find the code instead of compiling it each for itself.

    Returns
    -------
    float
        Time that it took [s].

    Raises
    ------
    UsageError
        If there is no such engine, or what it needs is not installed.
    """
    began = time.perf_counter()
    for name in engines(engine):
        # Beside the reference it runs in worker processes, which load the code themselves.
        if name == COMPILED and (engine == COMPILED or not compiled_code().there):
            run_a_moment()
    return time.perf_counter() - began


def run_a_moment() -> None:
    """Run the smallest company for some minutes of its time on the compiled engine."""
    from sim.api import simulate

    simulate("theory/mm1", weeks=0.01, engine=COMPILED, tables=())


def compiled_code() -> CompiledCode:
    """Look for compiled code, without compiling.

    Raises
    ------
    ImportError
        If the compiler is not installed.
    """
    from sim.engines.compiled.jit import cache_folder

    folder = cache_folder()
    return CompiledCode(importlib.metadata.version("numba"), folder, folder is not None and any(folder.rglob("*.nbc")))
