"""Handing out records and room in vectors; between events the caller makes more of both where it gets tight."""

from __future__ import annotations

from sim.engines.compiled.jit import kernel
from sim.engines.compiled.layout import FRONTIER, LIMIT, MORE_ROOM, SIZE, V_BASE, V_COUNT, V_ROOM


@kernel
def new_record(m, free, words):
    """Return the place of a record: a used one of its kind, else from the frontier."""
    place = m[free]
    if place:
        m[free] = m[place]
        return place
    return fresh(m, words)


@kernel
def fresh(m, words):
    """Return the place of so many words that nobody has used yet."""
    place = m[FRONTIER]
    m[FRONTIER] = place + words
    if place > m[LIMIT]:
        m[MORE_ROOM] = 1
        if place + words > m[SIZE]:
            # More within one event than is kept for it: the run begins anew with more (memory is never overrun).
            raise OverflowError
    return place


@kernel
def give_back(m, free, place):
    """Take a record back."""
    m[place] = m[free]
    m[free] = place


@kernel
def extend(m, vector, width):
    """Add an entry to a vector and return its place."""
    count, room = m[vector + V_COUNT], m[vector + V_ROOM]
    if 4 * count >= 3 * room:
        m[MORE_ROOM] = 1
        if count >= room:
            raise OverflowError
    m[vector + V_COUNT] = count + 1
    return m[vector + V_BASE] + width * count


@kernel
def copy(m, source, place, words):
    """Copy some words."""
    for i in range(words):
        m[place + i] = m[source + i]
