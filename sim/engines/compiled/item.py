"""What stands in a department's queue."""

from __future__ import annotations

from sim.engines.compiled.clock import company_advance
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    D_INDEX,
    FREE_ITEMS,
    G_PRIORITY,
    HOUSE,
    I_ASKS,
    I_CLASS,
    I_COUNTED,
    I_DEPARTMENT,
    I_ESCALATES,
    I_EXPECTED,
    I_EXPIRES,
    I_FIRST,
    I_GRANTED,
    I_HOURS,
    I_KEY,
    I_KIND,
    I_LABEL,
    I_LABEL_AT,
    I_LUCK,
    I_ORDER,
    I_RANK,
    I_RETURNED,
    I_SEQUENCE,
    I_WAITER,
    I_WAITER_KIND,
    ITEM_WORDS,
    KIND_WORDS,
    KINDS,
    O_KIND,
    O_PLACED,
    O_PROMISED,
)
from sim.engines.compiled.memory import new_record
from sim.rules.attribution import WORK
from sim.rules.internal_service import (
    BLOCKING,
    CLARIFICATION,
    COMPLAINT,
    DISPUTE,
    ENQUIRY,
    HIRING,
    QUESTION,
    REDO,
    REFUND,
    REPAIR,
    REQUEST,
    STEP,
)

DONE, ASK_SENDER, ASK_COLLEAGUE, GIVEN_UP = range(4)
"""What came of an item: the work is done; parked for a clarification; parked for a need; the customer gave up."""

(
    NOBODY,
    ORDER,
    REQUESTED,
    BLOCKED,
    REDONE,
    ARGUED_BY_ONE,
    ARGUED_BY_OTHER,
    COMPLAINED,
    REFUNDED,
    REPAIRED,
    ENQUIRED,
    QUESTIONED,
    FOUND_SOMEBODY,
) = range(13)
"""Who waits for an item, and for what."""

OWN_CLASS = 1 << 20
"""Class of own tasks where orders have classes: behind every order."""


# Sets of kinds of work, a bit for each kind.
EXTERNAL = 1 << STEP | 1 << REDO
INTERNAL = 1 << CLARIFICATION | 1 << REQUEST | 1 << BLOCKING | 1 << QUESTION | 1 << HIRING
WORKAROUNDS = 1 << CLARIFICATION | 1 << DISPUTE | 1 << ENQUIRY | 1 << QUESTION
"""Work that exists only because something was not right the first time, inside the company."""
FAILURE_DEMAND = 1 << REDO | 1 << COMPLAINT | 1 << ENQUIRY | 1 << QUESTION | 1 << REFUND | 1 << REPAIR
"""Work that the customer causes because something was not right the first time."""
NOT_FRESH = 1 << REDO | 1 << DISPUTE
"""Work that nobody likes to begin."""


@kernel
def is_one_of(kind: int, kinds: int) -> int:
    """Say whether a kind of work is one of a set."""
    return (kinds >> kind) & 1


# == an item is made
@kernel
def new_item(
    m: Words, f: Reals, kind: int, department: int, key: int, luck: int, hours: float, waiter_kind: int, waiter: int
) -> int:
    """Return a new item of work [h] at a department."""
    item = new_record(m, FREE_ITEMS, ITEM_WORDS)
    m[item + I_KIND] = kind
    m[item + I_DEPARTMENT] = department
    m[item + I_KEY] = key
    m[item + I_LUCK] = luck
    f[item + I_HOURS] = hours
    f[item + I_EXPECTED] = hours
    m[item + I_WAITER] = waiter
    m[item + I_WAITER_KIND] = waiter_kind
    m[item + I_ORDER] = 0
    m[item + I_CLASS] = OWN_CLASS
    m[item + I_FIRST] = kind == STEP
    m[item + I_RETURNED] = 0
    m[item + I_GRANTED] = 0
    m[item + I_COUNTED] = 0
    m[item + I_ASKS] = DONE
    m[item + I_LABEL] = WORK
    m[item + I_LABEL_AT] = m[department + D_INDEX]
    m[item + I_RANK] = 0
    m[item + I_ESCALATES] = -1
    m[item + I_EXPIRES] = -1
    m[item + I_SEQUENCE] = 0
    return item


@kernel
def for_order(m: Words, item: int, order: int) -> None:
    """Let an item be work on an order: it has the order's class."""
    m[item + I_ORDER] = order
    m[item + I_CLASS] = m[m[KINDS] + m[order + O_KIND] * KIND_WORDS + G_PRIORITY]


@kernel
def due(m: Words, order: int) -> int:
    """Return when an order should be done: as promised, else in the order of placing."""
    if m[order + O_PROMISED] >= 0:
        return m[order + O_PROMISED]
    return company_advance(m, m[order + O_PLACED], max(0, m[HOUSE]))
