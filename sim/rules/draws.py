"""Keyed random numbers: a draw is a pure function of what it is for and whom it belongs to.

Nothing is drawn from a sequence, so nobody's luck depends on what happened to somebody else: the same
customer places the same orders with the same work in every policy world (common random numbers).
"""

from __future__ import annotations

from sim.rules.rule import rule

MASK = 0xFFFFFFFFFFFFFFFF
LARGEST_SEED = 1 << 62
"""The largest seed that users may give."""
_GAMMA = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB
_KEY_MASK = 0x7FFFFFFFFFFF


@rule
def mix(word: int) -> int:
    """Scramble a 64-bit word (the finaliser of splitmix64, a bijection).

    Source: Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA (grade A).
    """
    word = ((word ^ (word >> 30)) * _FIRST) & MASK
    word = ((word ^ (word >> 27)) * _SECOND) & MASK
    return word ^ (word >> 31)


@rule
def combine(left: int, right: int) -> int:
    """Hash two words into one, sensitive to their order; both are taken modulo 2**64."""
    return mix((mix((left * _GAMMA + _SECOND) & MASK) + (right & MASK) * _GAMMA) & MASK)


@rule
def entity_key(run: int, entity: int) -> int:
    """Return the 64-bit key of an entity in a run.

    Parameters
    ----------
    run : int
        Key of seed and replication: `combine(seed, replication)`.
    entity : int
        Whose draws they are, in [0, 2**47).
    """
    # mix() written out, here and below: these are the most called rules of all.
    word = (run + entity * _GAMMA) & MASK
    word = ((word ^ (word >> 30)) * _FIRST) & MASK
    word = ((word ^ (word >> 27)) * _SECOND) & MASK
    return word ^ (word >> 31)


@rule
def slot_key(entity: int, index: int) -> int:
    """Return the 64-bit key of one of an entity's pieces of work, from the entity's key; index in [0, 2**62)."""
    word = (entity + index * _GAMMA) & MASK
    word = ((word ^ (word >> 30)) * _FIRST) & MASK
    word = ((word ^ (word >> 27)) * _SECOND) & MASK
    return word ^ (word >> 31)


@rule
def uniform(slot: int, purpose: int) -> float:
    """Draw a number in the open interval (0, 1) for a purpose, from the key of a slot.

    Notes
    -----
    A chain of splitmix64 rounds, one word each (run, entity, index, purpose): a single round over packed words
    fails SmallCrush. The 52 high bits, centred in their cell, so that neither 0 nor 1 can occur.
    """
    word = (slot + purpose * _GAMMA) & MASK
    word = ((word ^ (word >> 30)) * _FIRST) & MASK
    word = ((word ^ (word >> 27)) * _SECOND) & MASK
    return (((word ^ (word >> 31)) >> 12) + 0.5) * 2.220446049250313e-16


@rule
def child_key(parent: int, index: int) -> int:
    """Return the 47-bit identity of the index-th thing that belongs to a parent.

    Examples
    --------
    >>> child_key(7, 1) == child_key(7, 1), child_key(7, 1) == child_key(7, 2)
    (True, False)
    """
    return combine(parent, index) & _KEY_MASK
