"""Draws, and amounts of time, from the rules: keys are kept as signed words, the rules want them unsigned."""

from __future__ import annotations

import numpy as np

from sim.engines.compiled.jit import COMPILED, kernel
from sim.engines.compiled.layout import A_A, A_B, A_FAMILY, A_MEAN, A_SIZE, A_TABLE, RUN_KEY, VARIABILITY
from sim.rules import distributions, draws

if COMPILED:

    @kernel
    def unsigned(word):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, D103
        return np.uint64(word)

    @kernel
    def signed(word):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, D103
        return np.int64(word)

else:

    def unsigned(word: int) -> int:
        """Return a signed 64-bit word as unsigned."""
        return int(word) & draws.MASK

    def signed(word: int) -> int:
        """Return an unsigned 64-bit word as signed."""
        return word - (1 << 64) if word >> 63 else word


@kernel
def entity_key(m, entity):
    """Return the key of an entity in this run."""
    return signed(draws.entity_key(unsigned(m[RUN_KEY]), unsigned(entity)))


@kernel
def slot_key(key, index):
    """Return the key of one of an entity's pieces of work."""
    return signed(draws.slot_key(unsigned(key), unsigned(index)))


@kernel
def child_key(parent, index):
    """Return the identity of the index-th thing that belongs to a parent."""
    return signed(draws.child_key(unsigned(parent), unsigned(index)))


@kernel
def uniform(luck, purpose):
    """Draw a uniform number for a purpose, from the key of a slot."""
    return draws.uniform(unsigned(luck), unsigned(purpose))


@kernel
def exponential(f, luck, purpose):
    """Draw an exponential number of mean 1."""
    return distributions.unit_variate(distributions.EXPONENTIAL, 0.0, 0.0, f, 0, 0, uniform(luck, purpose))


@kernel
def variate(m, f, amount, luck, purpose):
    """Draw an amount, from the key of a slot."""
    if m[amount + A_FAMILY] == distributions.DETERMINISTIC:
        return f[amount + A_MEAN]
    u = uniform(luck, purpose)
    return f[amount + A_MEAN] * _unit(m, f, amount, u)


@kernel
def work(m, f, amount, mean, luck, purpose):
    """Draw an amount of work of a given mean [h], as variable as the regime makes it."""
    if m[amount + A_FAMILY] == distributions.DETERMINISTIC:
        return mean
    unit = _unit(m, f, amount, uniform(luck, purpose))
    variability = f[VARIABILITY]
    return mean * (unit if variability == 1.0 else distributions.narrow(unit, variability))


@kernel
def _unit(m, f, amount, u):
    a, b = f[amount + A_A], f[amount + A_B]
    return distributions.unit_variate(m[amount + A_FAMILY], a, b, f, m[amount + A_TABLE], m[amount + A_SIZE], u)
