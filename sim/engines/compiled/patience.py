"""Patience: a customer without a first answer gives up, in a queue or while the order is parked."""

from __future__ import annotations

from sim.engines.compiled import request
from sim.engines.compiled.clock import DONE_HOP, company_advance, plan, tell
from sim.engines.compiled.company import let_go
from sim.engines.compiled.department import withdraw
from sim.engines.compiled.draws import slot_key, variate
from sim.engines.compiled.item import GIVEN_UP
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    I_ASKS,
    I_DEPARTMENT,
    I_SEQUENCE,
    NOW,
    O_ANSWERED,
    O_HOLDS,
    O_IMPATIENT,
    O_KEY,
    O_OUTCOME,
    O_OWN_KEY,
    O_PATIENCE_PLANNED,
    O_PLACED,
    O_SEGMENT,
    O_WAITS_FOR,
    O_WAITS_KIND,
    PATIENCE_TIME,
    SEGMENT_COUNT,
    SEGMENTS,
    WAITS_FOR_EVER,
)
from sim.engines.streams import PATIENCE, PATIENCE_END
from sim.measures.record import OPEN
from sim.rules.calendar import ticks

FOR_ITEM, FOR_REQUEST = range(2)
"""What an order waits for."""


# == the end of patience is planned
@kernel
def plan_giving_up(m: Words, f: Reals, o: int) -> None:
    """Plan the end of the customer's patience, once, for an order that has begun to wait."""
    # Most orders never wait before their answer, so the event is made only for those that do.
    if m[o + O_PATIENCE_PLANNED] or m[o + O_ANSWERED] >= 0 or m[WAITS_FOR_EVER]:
        return
    m[o + O_PATIENCE_PLANNED] = 1
    hours = variate(m, f, m[PATIENCE_TIME], slot_key(m[o + O_OWN_KEY], 0), PATIENCE)
    if m[SEGMENT_COUNT]:
        hours *= f[m[SEGMENTS] + 3 * m[o + O_SEGMENT] + 2]
    at = company_advance(m, m[o + O_PLACED], ticks(hours))
    m[o + O_HOLDS] += 1
    plan(m, max(m[NOW], at), PATIENCE_END, m[o + O_KEY], o)


@kernel
def lose_patience(m: Words, f: Reals, o: int) -> None:
    """Give up, unless there has been an answer or it is all over."""
    if m[o + O_ANSWERED] < 0 and m[o + O_OUTCOME] == OPEN:
        give_up(m, f, o)
    let_go(m, o)


# == the customer gives up
@kernel
def give_up(m: Words, f: Reals, o: int) -> None:
    """Leave the queue or the colleague's desk; an order in somebody's hands or on the way leaves when it next waits."""
    waits_for = m[o + O_WAITS_FOR]
    m[o + O_IMPATIENT] = 1
    if not waits_for:
        return
    if m[o + O_WAITS_KIND] == FOR_REQUEST:
        request.drop(m, f, waits_for)
    elif m[waits_for + I_SEQUENCE]:
        withdraw(m, f, m[waits_for + I_DEPARTMENT], waits_for)
        m[waits_for + I_ASKS] = GIVEN_UP
        tell(m, DONE_HOP, waits_for, 0)
