"""Who holds an order: every instant between placing and delivery has exactly one cause, open or closed."""

from __future__ import annotations

from sim.engines.compiled.clock import opened_either
from sim.engines.compiled.jit import Words, hot, kernel
from sim.engines.compiled.layout import (
    D_CALENDAR,
    D_CLOSES_AT,
    D_OPENED_LESS_NOW,
    FREE_PARTS,
    HOLDERS,
    NOW,
    O_CAUSE,
    O_CUSTODY_ENDED,
    O_HOLDER,
    O_OTHER_HOLDER,
    O_PART_MARKS,
    O_PARTS,
    O_SINCE,
    O_SINCE_OPENED,
    PART_WORDS,
    X_CAUSE,
    X_CLOSED,
    X_NEXT,
    X_OPEN,
)
from sim.engines.compiled.memory import new_record
from sim.rules import attribution


# == the order changes hands
@hot
def pass_to(m: Words, o: int, kind: int, cause: int, d: int) -> None:
    """From now on a department (or, 0, a transport) holds the order, for a cause."""
    if m[o + O_CUSTODY_ENDED]:
        return
    now = m[NOW]
    if m[o + O_CAUSE] >= 0:
        _close_part(m, o, now)
    m[o + O_CAUSE] = attribution.cause_index(kind, cause, m[HOLDERS])
    m[o + O_HOLDER] = d
    m[o + O_OTHER_HOLDER] = 0
    m[o + O_SINCE] = now
    m[o + O_SINCE_OPENED] = _opened(m, d, now) if d else now


# == a dispute holds the order
@kernel
def pass_to_dispute(m: Words, o: int, culprit: int, finder: int, one: int, other: int) -> None:
    """From now on those sides of a dispute hold the order that have not argued yet."""
    if m[o + O_CUSTODY_ENDED]:
        return
    pass_to(m, o, attribution.DISPUTE, 0, one)
    m[o + O_CAUSE] = attribution.dispute_index(culprit, finder, m[HOLDERS])
    m[o + O_OTHER_HOLDER] = other


# == the order is let go
@hot
def end_custody(m: Words, o: int) -> None:
    """Let go of the order: it is delivered."""
    if m[o + O_CAUSE] >= 0:
        _close_part(m, o, m[NOW])
        m[o + O_CAUSE] = -1
    m[o + O_CUSTODY_ENDED] = 1


@hot
def _opened(m: Words, d: int, now: int) -> int:
    """Return the opening time of a department so far."""
    return m[d + D_OPENED_LESS_NOW] + min(now, m[d + D_CLOSES_AT])


# == a part is closed
@hot
def _close_part(m: Words, o: int, now: int) -> None:
    since = m[o + O_SINCE]
    elapsed = now - since
    if not elapsed:
        return
    one, other = m[o + O_HOLDER], m[o + O_OTHER_HOLDER]
    open_time = (_opened(m, one, now) if one else now) - m[o + O_SINCE_OPENED]
    if other and m[other + D_CALENDAR] != m[one + D_CALENDAR]:
        # In a dispute the order is with both: closed only while both are.
        open_time = opened_either(m, m[one + D_CALENDAR], m[other + D_CALENDAR], since, now)
    part = _part(m, o, m[o + O_CAUSE])
    m[part + X_OPEN] += open_time
    m[part + X_CLOSED] += elapsed - open_time


@hot
def _part(m: Words, o: int, cause: int) -> int:
    """Return the ledger's line of a cause. A mark for each cause says that there may be one already."""
    mark = 1 << (cause & 63)
    if m[o + O_PART_MARKS] & mark:
        part = m[o + O_PARTS]
        while part:
            if m[part + X_CAUSE] == cause:
                return part
            part = m[part + X_NEXT]
    m[o + O_PART_MARKS] |= mark
    part = new_record(m, FREE_PARTS, PART_WORDS)
    m[part + X_NEXT] = m[o + O_PARTS]
    m[o + O_PARTS] = part
    m[part + X_CAUSE] = cause
    m[part + X_OPEN] = 0
    m[part + X_CLOSED] = 0
    return part
