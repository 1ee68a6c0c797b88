"""Customers whose order is late ask where it is: failure demand, answered at once or by asking a colleague."""

from __future__ import annotations

from sim.engines.compiled import clock, requests
from sim.engines.compiled.clock import company_advance
from sim.engines.compiled.company import let_go
from sim.engines.compiled.department import due_in, receive
from sim.engines.compiled.draws import exponential, slot_key, uniform, work
from sim.engines.compiled.item import ENQUIRED, QUESTIONED, for_order, new_item
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    A_MEAN,
    ENQUIRIES,
    ENQUIRY_INTERVAL,
    ENQUIRY_TIME,
    I_EXPECTED,
    I_RANK,
    NOW,
    O_CHASE_BOOK,
    O_CHASE_LUCK,
    O_CHASES,
    O_DELIVERED,
    O_ENQUIRIES,
    O_HOLDER,
    O_HOLDS,
    O_KEY,
    O_OUTCOME,
    O_OWN_KEY,
    O_PROMISED,
    QUESTION_TIME,
    REQUEST_DUE,
    VISIBILITY,
)
from sim.engines.streams import CURIOUS, ENQUIRY_GAP, ENQUIRY_WORK, QUESTION_WORK, VISIBLE
from sim.measures.record import OPEN
from sim.rules import internal_service as rules
from sim.rules.calendar import ticks

ENQUIRY_SLOTS = 1 << 41


# == the first enquiry is planned
@kernel
def plan(m: Words, f: Reals, o: int) -> None:
    """Plan the first enquiry, which happens only if the order is still not there."""
    m[o + O_HOLDS] += 1
    m[o + O_CHASES] = 0
    _plan_next(m, f, o, m[o + O_PROMISED])


@kernel
def _plan_next(m: Words, f: Reals, o: int, after: int) -> None:
    luck = slot_key(m[o + O_OWN_KEY], ENQUIRY_SLOTS | m[o + O_CHASES])
    m[o + O_CHASE_LUCK] = luck
    hours = f[ENQUIRY_INTERVAL] * exponential(f, luck, ENQUIRY_GAP)
    at = company_advance(m, after, ticks(hours))
    clock.plan(m, max(m[NOW], at), CURIOUS, m[o + O_KEY], o)


# == the customer asks where the order is
@kernel
def chase(m: Words, f: Reals, o: int) -> None:
    """Ask where the order is, until it is there."""
    if not _is_waiting(m, o):
        let_go(m, o)
        return
    m[o + O_ENQUIRIES] += 1
    desk, luck, amount = m[ENQUIRIES], m[o + O_CHASE_LUCK], m[ENQUIRY_TIME]
    hours = work(m, f, amount, f[amount + A_MEAN], luck, ENQUIRY_WORK)
    item = new_item(m, f, rules.ENQUIRY, desk, m[o + O_KEY], luck, hours, ENQUIRED, o)
    for_order(m, item, o)
    f[item + I_EXPECTED] = f[amount + A_MEAN]
    m[item + I_RANK] = due_in(m, desk, f[REQUEST_DUE])
    receive(m, f, desk, item)


@kernel
def enquired(m: Words, f: Reals, o: int) -> None:
    """Ask whoever has the order, where that cannot be seen."""
    desk, luck, holder = m[ENQUIRIES], m[o + O_CHASE_LUCK], m[o + O_HOLDER]
    known = uniform(luck, VISIBLE) < f[VISIBILITY]
    if known or not _is_waiting(m, o) or not holder or holder == desk:
        ask_again(m, f, o)
        return
    amount = m[QUESTION_TIME]
    hours = work(m, f, amount, f[amount + A_MEAN], luck, QUESTION_WORK)
    item = new_item(m, f, rules.QUESTION, holder, m[o + O_KEY], luck, hours, QUESTIONED, o)
    for_order(m, item, o)
    f[item + I_EXPECTED] = f[amount + A_MEAN]
    due = due_in(m, holder, f[REQUEST_DUE])
    m[item + I_RANK] = due
    m[o + O_CHASE_BOOK] = requests.ask(m, desk, holder, due)
    receive(m, f, holder, item)


@kernel
def questioned(m: Words, f: Reals, o: int) -> None:
    """Have the colleague's answer."""
    requests.answer(m, m[o + O_CHASE_BOOK])
    ask_again(m, f, o)


@kernel
def ask_again(m: Words, f: Reals, o: int) -> None:
    """Plan the next enquiry."""
    m[o + O_CHASES] += 1
    _plan_next(m, f, o, m[NOW])


@kernel
def _is_waiting(m: Words, o: int) -> bool:
    return m[o + O_DELIVERED] < 0 and m[o + O_OUTCOME] == OPEN
