"""Draws, and amounts of time, from the rules: keys are kept as signed words, the rules want them unsigned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.engines.compiled.jit import COMPILED, Reals, Words, kernel
from sim.engines.compiled.layout import A_A, A_B, A_FAMILY, A_MEAN, A_SIZE, A_TABLE, RUN_KEY, VARIABILITY
from sim.rules import distributions, draws


def _unsigned(word: int) -> int:
    return int(word) & draws.MASK


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word


unsigned: Callable[[int], Any] = np.uint64 if COMPILED else _unsigned
"""A signed 64-bit word as unsigned."""
signed: Callable[[int], Any] = np.int64 if COMPILED else _signed
"""An unsigned 64-bit word as signed."""


@kernel
def entity_key(m: Words, entity: int) -> int:
    """Return the key of an entity in this run."""
    return signed(draws.entity_key(unsigned(m[RUN_KEY]), unsigned(entity)))  # type: ignore[no-any-return]


@kernel
def slot_key(key: int, index: int) -> int:
    """Return the key of one of an entity's pieces of work."""
    return signed(draws.slot_key(unsigned(key), unsigned(index)))  # type: ignore[no-any-return]


@kernel
def child_key(parent: int, index: int) -> int:
    """Return the identity of the index-th thing that belongs to a parent."""
    return signed(draws.child_key(unsigned(parent), unsigned(index)))  # type: ignore[no-any-return]


@kernel
def uniform(luck: int, purpose: int) -> float:
    """Draw a uniform number for a purpose, from the key of a slot."""
    return draws.uniform(unsigned(luck), unsigned(purpose))


@kernel
def exponential(f: Reals, luck: int, purpose: int) -> float:
    """Draw an exponential number of mean 1."""
    return distributions.unit_variate(distributions.EXPONENTIAL, 0.0, 0.0, f, 0, 0, uniform(luck, purpose))


@kernel
def variate(m: Words, f: Reals, amount: int, luck: int, purpose: int) -> float:
    """Draw an amount, from the key of a slot."""
    if m[amount + A_FAMILY] == distributions.DETERMINISTIC:
        return f[amount + A_MEAN]
    u = uniform(luck, purpose)
    return f[amount + A_MEAN] * _unit(m, f, amount, u)


@kernel
def work(m: Words, f: Reals, amount: int, mean: float, luck: int, purpose: int) -> float:
    """Draw an amount of work of a given mean [h], as variable as the regime makes it."""
    if m[amount + A_FAMILY] == distributions.DETERMINISTIC:
        return mean
    unit = _unit(m, f, amount, uniform(luck, purpose))
    variability = f[VARIABILITY]
    return mean * (unit if variability == 1.0 else distributions.narrow(unit, variability))


@kernel
def _unit(m: Words, f: Reals, amount: int, u: float) -> float:
    a, b = f[amount + A_A], f[amount + A_B]
    return distributions.unit_variate(m[amount + A_FAMILY], a, b, f, m[amount + A_TABLE], m[amount + A_SIZE], u)
