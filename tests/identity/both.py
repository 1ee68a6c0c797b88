"""Running both engines, random configurations for hypothesis, and a comparison that knows no field by its name."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from hypothesis import strategies as st

from benchmarks.validate.configurations import Configuration, random_configuration
from benchmarks.validate.identity import by_engine, compare
from sim.arrays import World
from sim.engines import engine
from sim.measures.record import Record

compiled_run: ModuleType = importlib.import_module("sim.engines.compiled.run")
"""The module: the package has a function of this name."""


@st.composite
def configurations(draw: Any) -> Configuration:
    """A random configuration whose choices hypothesis makes, and makes simpler."""

    def choose(options: Sequence[Any]) -> Any:
        return draw(st.sampled_from(options))

    return random_configuration(choose)


def reference(world: World, seed: int = 1, replication: int = 0) -> Record:
    return by_engine("reference", world, seed, replication)


def compiled(world: World, seed: int = 1, replication: int = 0) -> Record:
    return by_engine("compiled", world, seed, replication)


def assert_engines_agree(world: World, seed: int = 1, replication: int = 0) -> Record:
    """Compare twice: by the comparison that the program uses, and by one that asks the record for its fields."""
    record, found = compare(world, seed, replication)
    assert found is None, str(found)
    assert_same(record, engine("compiled")(world, seed, replication), but="log")
    return record


def assert_same(one: Record, other: Record, but: str = "") -> None:
    """Whatever a record holds is equal, down to the bits of floats; parts in the order of their orders and causes."""
    for field in dataclasses.fields(Record):
        if field.name.startswith("_") or field.name == but:
            continue
        name = "parts_by_order" if field.name == "parts" else field.name
        a, b = (getattr(record, name) for record in (one, other))
        if field.name == "log":
            a, b = one.log_rows(), other.log_rows()
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
            assert a.dtype == b.dtype, name
            assert words(a) == words(b), name
        else:
            assert a == b, name


def words(rows: np.ndarray) -> bytes:
    """The bits of some rows, with one nan for all."""
    rows = rows.copy()
    for name in rows.dtype.names or ():
        if rows.dtype[name].kind == "f":
            rows[name][np.isnan(rows[name])] = np.nan
    return rows.tobytes()
