"""Handing out records and room in vectors; between events the caller makes more of both where it gets tight."""

from __future__ import annotations

from sim.engines.compiled.jit import Words, hot
from sim.engines.compiled.layout import FRONTIER, LIMIT, MORE_ROOM, SIZE, V_BASE, V_COUNT, V_ROOM


class MoreNeededError(Exception):
    """One event needs more room than is kept for it."""


@hot
def new_record(m: Words, free: int, words: int) -> int:
    """Return the place of a record: a used one of its kind, else from the frontier."""
    place = m[free]
    if place:
        m[free] = m[place]
        return place
    return fresh(m, words)


@hot
def fresh(m: Words, words: int) -> int:
    """Return the place of so many words that nobody has used yet."""
    place = m[FRONTIER]
    m[FRONTIER] = place + words
    if place + words > m[LIMIT]:
        m[MORE_ROOM] = 1
        if place + words > m[SIZE]:
            # More within one event than is kept for it: the run begins anew with more (memory is never overrun).
            raise MoreNeededError
    return place


@hot
def give_back(m: Words, free: int, place: int) -> None:
    """Take a record back."""
    m[place] = m[free]
    m[free] = place


@hot
def extend(m: Words, vector: int, width: int) -> int:
    """Add an entry to a vector and return its place."""
    count, room = m[vector + V_COUNT], m[vector + V_ROOM]
    if 4 * count >= 3 * room:
        m[MORE_ROOM] = 1
        if count >= room:
            raise MoreNeededError
    m[vector + V_COUNT] = count + 1
    return m[vector + V_BASE] + width * count


@hot
def copy(m: Words, source: int, place: int, words: int) -> None:
    """Copy some words."""
    for i in range(words):
        m[place + i] = m[source + i]
