"""A department's queue: lanes in order, earliest first within a lane, or by convenience.

Each heap holds entries of five words: three to order by, then the item's number in the queues, and its place. An
item that has left has another number, so its entries are passed over when they surface.
"""

from __future__ import annotations

from sim.engines.compiled.item import EXTERNAL, NOT_FRESH, is_one_of
from sim.engines.compiled.jit import Reals, Words, hot, kernel
from sim.engines.compiled.layout import (
    D_AGEING,
    D_BY_ARRIVAL,
    D_COOPERATIVE,
    D_EXTERNAL,
    D_FRESH,
    D_HELPABLE,
    D_LAST,
    D_LENGTH,
    D_ORDERED,
    D_QUEUED_WORK,
    I_ARRIVAL,
    I_ESCALATES,
    I_EXPECTED,
    I_KEY,
    I_KIND,
    I_LANE,
    I_RANK,
    I_SEQUENCE,
    SEQUENCE,
    V_BASE,
    V_COUNT,
)
from sim.engines.compiled.memory import extend
from sim.rules.internal_service import LANE_FIRST, LANE_LAST, LANE_MAIN

ENTRY = 5


# == an item is put in its lane
@hot
def add(m: Words, f: Reals, d: int, item: int, attractiveness: int) -> None:
    """Put an item in its lane; own fresh work also by its attractiveness (the bits of a number in [0, 1))."""
    sequence = m[SEQUENCE] + 1
    m[SEQUENCE] = sequence
    m[item + I_SEQUENCE] = sequence
    kind, lane = m[item + I_KIND], m[item + I_LANE]
    arrival, key = m[item + I_ARRIVAL], m[item + I_KEY]
    m[d + D_LENGTH] += 1
    f[d + D_QUEUED_WORK] += f[item + I_EXPECTED]
    external = is_one_of(kind, EXTERNAL)
    m[d + D_EXTERNAL] += external
    if m[d + D_COOPERATIVE] and lane == LANE_LAST:
        _push(m, d + D_LAST, arrival, key, 0, sequence, item)
        _push(m, d + D_AGEING, m[item + I_ESCALATES], arrival, key, sequence, item)
    else:
        _push(m, d + D_ORDERED, lane, m[item + I_RANK], key, sequence, item)
        if m[d + D_COOPERATIVE] and lane == LANE_MAIN and not is_one_of(kind, NOT_FRESH):
            _push(m, d + D_FRESH, attractiveness, key, 0, sequence, item)
    if m[d + D_HELPABLE] and external:
        # Hardly anybody looks at this heap's head, so entries of items that have left are passed over here.
        head(m, d + D_BY_ARRIVAL)
        _push(m, d + D_BY_ARRIVAL, arrival, key, 0, sequence, item)


# == an item is taken out
@hot
def remove(m: Words, f: Reals, d: int, item: int) -> None:
    """Take an item out, wherever it stands."""
    m[item + I_SEQUENCE] = 0
    m[d + D_LENGTH] -= 1
    # Exactly nothing when nothing waits: rounding must not pile up.
    f[d + D_QUEUED_WORK] = f[d + D_QUEUED_WORK] - f[item + I_EXPECTED] if m[d + D_LENGTH] else 0.0
    m[d + D_EXTERNAL] -= is_one_of(m[item + I_KIND], EXTERNAL)
    if not m[d + D_LENGTH]:
        # Whatever the heaps still hold are entries of items that have left.
        for heap in range(d + D_ORDERED, d + D_BY_ARRIVAL + 1, 3):
            m[heap + V_COUNT] = 0


# == the company's choice
@hot
def company_choice(m: Words, d: int, now: int) -> int:
    """Return the company's choice: returned or escalated first, then earliest due, then what can wait; or 0."""
    first = head(m, d + D_ORDERED)
    urgent = _escalated(m, d, now)
    if urgent and (not first or m[first + I_LANE] != LANE_FIRST or m[urgent + I_ARRIVAL] < m[first + I_ARRIVAL]):
        return urgent
    return first if first else head(m, d + D_LAST)


# == the department's choice
@kernel
def own_choice(m: Words, d: int, now: int) -> int:
    """Return the department's convenience: own fresh work as it pleases, then the rest; escalated ones first."""
    urgent = _escalated(m, d, now)
    if urgent:
        return urgent
    fresh = head(m, d + D_FRESH)
    if fresh:
        return fresh
    first = head(m, d + D_ORDERED)
    return first if first else head(m, d + D_LAST)


# == requests too old to wait
@kernel
def _escalated(m: Words, d: int, now: int) -> int:
    """Return the request that was the first to be too old to wait any longer, if any is."""
    item = head(m, d + D_AGEING)
    return item if item and m[item + I_ESCALATES] <= now else 0


@hot
def head(m: Words, heap: int) -> int:
    """Return the first item of a heap that still waits; 0 when there is none."""
    base = m[heap + V_BASE]
    while m[heap + V_COUNT]:
        item = m[base + 4]
        if m[item + I_SEQUENCE] == m[base + 3]:
            return item
        _pop(m, heap)
    return 0


@hot
def _before(m: Words, x: int, a: int, b: int, c: int, sequence: int) -> bool:
    """Say whether the entry at x comes before another one."""
    if m[x] != a:
        return m[x] < a
    if m[x + 1] != b:
        return m[x + 1] < b
    if m[x + 2] != c:
        return m[x + 2] < c
    return m[x + 3] < sequence


@hot
def _put(m: Words, place: int, a: int, b: int, c: int, sequence: int, item: int) -> None:
    m[place], m[place + 1], m[place + 2], m[place + 3], m[place + 4] = a, b, c, sequence, item


@hot
def _push(m: Words, heap: int, a: int, b: int, c: int, sequence: int, item: int) -> None:
    place = extend(m, heap, ENTRY)
    base, i = m[heap + V_BASE], m[heap + V_COUNT] - 1
    while i > 0:
        i = (i - 1) >> 1
        above = base + ENTRY * i
        if _before(m, above, a, b, c, sequence):
            break
        _put(m, place, m[above], m[above + 1], m[above + 2], m[above + 3], m[above + 4])
        place = above
    _put(m, place, a, b, c, sequence, item)


@hot
def _pop(m: Words, heap: int) -> None:
    count = m[heap + V_COUNT] - 1
    m[heap + V_COUNT] = count
    base = m[heap + V_BASE]
    last = base + ENTRY * count
    a, b, c, sequence, item = m[last], m[last + 1], m[last + 2], m[last + 3], m[last + 4]
    place, i = base, 1
    while i < count:
        below = base + ENTRY * i
        if i + 1 < count:
            other = below + ENTRY
            if _before(m, other, m[below], m[below + 1], m[below + 2], m[below + 3]):
                i += 1
                below = other
        if not _before(m, below, a, b, c, sequence):
            break
        _put(m, place, m[below], m[below + 1], m[below + 2], m[below + 3], m[below + 4])
        place = below
        i = 2 * i + 1
    _put(m, place, a, b, c, sequence, item)
