"""The calendar of events, and the hops within an instant: what an event sets off is finished before the next one.

The calendar is a binary heap ordered by (time, kind, whose it is), as in the reference engine. While an event is
being dealt with, its place at the top is a hole that the first new event takes: most events set off another.
Hops are of two sorts, as in SimPy: lives that begin come first, then whoever has been waiting, each in turn.
"""

from __future__ import annotations

from sim.engines.compiled.jit import Words, hot, kernel
from sim.engines.compiled.layout import (
    CALENDAR,
    COMPANY_CALENDAR,
    EVENTS,
    HOLE,
    K_DAYS,
    K_INTERVALS,
    K_LAST,
    K_LENGTH,
    MOST_EVENTS,
    NORMAL,
    URGENT,
    V_BASE,
    V_COUNT,
)
from sim.engines.compiled.memory import extend
from sim.engines.streams import KIND_SHIFT
from sim.rules import calendar as rules

CALENDAR_WIDTH, HOP_WIDTH = 3, 3
"""Words of an entry: time, key, whose it is; what to do, with whom, and something to go with it."""

WORKER_BEGINS, COMPLAINT_BEGINS, REPAIR_BEGINS = range(3)
HIRED, DONE_HOP, ANSWERED_HOP, ARGUED_HOP, FINISHED_HOP = range(5)


# == an event is counted
@hot
def count(m: Words) -> bool:
    """Count an event that happens; return False if it is one more than are allowed."""
    if m[EVENTS] >= m[MOST_EVENTS]:
        return False
    m[EVENTS] += 1
    return True


# == an event is planned
@kernel
def plan(m: Words, at: int, kind: int, entity: int, who: int) -> None:
    """Put an event into the calendar."""
    key = kind << KIND_SHIFT | entity
    if m[HOLE]:
        m[HOLE] = 0
        _sink(m, m[CALENDAR + V_COUNT], at, key, who)
        return
    place = extend(m, CALENDAR, CALENDAR_WIDTH)
    base = m[CALENDAR + V_BASE]
    i = m[CALENDAR + V_COUNT] - 1
    while i > 0:
        up = (i - 1) >> 1
        above = base + 3 * up
        if m[above] < at or (m[above] == at and m[above + 1] <= key):
            break
        m[place], m[place + 1], m[place + 2] = m[above], m[above + 1], m[above + 2]
        place = above
        i = up
    m[place], m[place + 1], m[place + 2] = at, key, who


@hot
def fill_hole(m: Words) -> None:
    """Let the last event take the place at the top that no new one has taken."""
    m[HOLE] = 0
    count = m[CALENDAR + V_COUNT] - 1
    m[CALENDAR + V_COUNT] = count
    last = m[CALENDAR + V_BASE] + 3 * count
    _sink(m, count, m[last], m[last + 1], m[last + 2])


@hot
def _sink(m: Words, count: int, at: int, key: int, who: int) -> None:
    base = m[CALENDAR + V_BASE]
    place, i = base, 1
    while i < count:
        below = base + 3 * i
        if i + 1 < count and (m[below + 3] < m[below] or (m[below + 3] == m[below] and m[below + 4] < m[below + 1])):
            i += 1
            below += 3
        if at < m[below] or (at == m[below] and key <= m[below + 1]):
            break
        m[place], m[place + 1], m[place + 2] = m[below], m[below + 1], m[below + 2]
        place = below
        i = 2 * i + 1
    m[place], m[place + 1], m[place + 2] = at, key, who


@kernel
def begins(m: Words, what: int, who: int) -> None:
    """Let a life begin as soon as what is going on has paused."""
    place = extend(m, URGENT, HOP_WIDTH)
    m[place], m[place + 1] = what, who


@hot
def tell(m: Words, what: int, who: int, value: int) -> None:
    """Let somebody who has been waiting go on, in turn."""
    place = extend(m, NORMAL, HOP_WIDTH)
    m[place], m[place + 1], m[place + 2] = what, who, value


# Opening hours ------------------------------------------------------------------------------------------------


@kernel
def hours_of(m: Words, calendar: int) -> rules.Calendar:
    """Return a calendar as the rules know it."""
    return rules.Calendar(
        m, m[calendar + K_INTERVALS], m[calendar + K_LAST], m[calendar + K_DAYS], m[calendar + K_LENGTH]
    )


@kernel
def advance(m: Words, calendar: int, t: int, work: int) -> int:
    """Return when work begun at t is done."""
    return rules.advance(hours_of(m, calendar), t, work)


@kernel
def opened(m: Words, calendar: int, t: int) -> int:
    """Return the opening time between 0 and t."""
    return rules.opened(hours_of(m, calendar), t)


@kernel
def advance_both(m: Words, one: int, other: int, t: int, work: int) -> int:
    """Return when work is done that advances only while both are open."""
    return rules.advance_both(hours_of(m, one), hours_of(m, other), t, work)


@kernel
def opened_either(m: Words, one: int, other: int, begin: int, end: int) -> int:
    """Return the time during which at least one of two is open."""
    return rules.opened_either(hours_of(m, one), hours_of(m, other), begin, end)


@kernel
def company_advance(m: Words, t: int, work: int) -> int:
    """Return when some opening time of the company after t will have passed."""
    return advance(m, m[COMPANY_CALENDAR], t, work)
