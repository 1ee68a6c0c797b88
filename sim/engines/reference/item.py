"""What stands in a department's queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

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

if TYPE_CHECKING:
    from sim.engines.reference.order import Order

WAITING, TAKEN, GONE = range(3)
"""States of an item: in the queue; in somebody's hands or done; withdrawn."""

DONE, ASK_SENDER, ASK_COLLEAGUE, GIVEN_UP = range(4)
"""What came of an item: the work is done; parked for a clarification; parked for a need; the customer gave up."""

EXTERNAL = frozenset({STEP, REDO})
INTERNAL = frozenset({CLARIFICATION, REQUEST, BLOCKING, QUESTION, HIRING})
WORKAROUNDS = frozenset({CLARIFICATION, DISPUTE, ENQUIRY, QUESTION})
"""Work that exists only because something was not right the first time, inside the company."""
FAILURE_DEMAND = frozenset({REDO, COMPLAINT, ENQUIRY, QUESTION, REFUND, REPAIR})
"""Work that the customer causes because something was not right the first time."""
NOT_FRESH = frozenset({REDO, DISPUTE})
"""Work that nobody likes to begin."""


class Item:
    """A piece of work: an order's step, a clarification, a request, a redo, a complaint or an own task.

    Attributes
    ----------
    kind, department : int
        What it is and where it waits.
    key : int
        Whose it is; decides ties.
    luck : int
        Key of the slot of its draws: whose it is and which of their pieces of work.
    hours, expected : float
        Work at the designed pace, and what a colleague would expect it to be [h].
    done : Event
        Happens when the work is done, or the item parked or given up; carries which.
    order : Order or None
        The order whose step or redo it is.
    external, internal : bool
        Work for the customer (a step or a redo); for a colleague (a clarification or a request).
    first : bool
        A step of an order that has not been put aside yet.
    returned : bool
        Back in the queue after a clarification or need.
    asks : int
        Why the order will be parked instead of worked on; DONE when it will not.
    label, label_at : int
        Who holds the order from the moment somebody starts on it: kind of cause, and department.
    rank : int
        When it is due [ms], then its order within its lane.
    escalates, expires : int
        When a request that can wait goes first, when an own task is dropped [ms]; -1 for never.
    arrival, counted : int, bool
        When it came in [ms], and whether that was within the window.
    """

    __slots__ = (
        "arrival",
        "asks",
        "counted",
        "department",
        "done",
        "escalates",
        "expected",
        "expires",
        "external",
        "first",
        "granted",
        "hours",
        "internal",
        "key",
        "kind",
        "label",
        "label_at",
        "lane",
        "luck",
        "order",
        "rank",
        "returned",
        "state",
    )

    # == an item is made
    def __init__(
        self, kind: int, department: int, key: int, luck: int, hours: float, done: simpy.Event, order: Order | None
    ) -> None:
        self.kind = kind
        self.department = self.label_at = department
        self.key = key
        self.luck = luck
        self.hours = self.expected = hours
        self.done = done
        self.order = order
        self.external = kind in EXTERNAL
        self.internal = kind in INTERNAL
        self.first = kind == STEP
        self.returned = False
        self.granted = self.counted = False
        self.asks = DONE
        self.label = WORK
        self.state = WAITING
        self.arrival = self.lane = self.rank = 0
        self.escalates = self.expires = -1
