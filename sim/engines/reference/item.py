"""What stands in a department's queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from sim.rules.internal_service import REDO, STEP

if TYPE_CHECKING:
    from sim.engines.reference.order import Order

WAITING, TAKEN, GONE = range(3)
"""States of an item: in the queue; in somebody's hands or done; withdrawn."""

DONE, ASK_SENDER, ASK_COLLEAGUE, GIVEN_UP = range(4)
"""What came of an item: the work is done; parked for a clarification; parked for a need; the customer gave up."""


class Item:
    """A piece of work: an order's step, a clarification, a request, a redo, a complaint or an own task."""

    __slots__ = ("arrival", "asks", "department", "done", "escalates", "expires", "external", "granted", "hours",
                 "index", "key", "kind", "lane", "order", "rank", "returned", "sequence", "state")

    def __init__(
        self, kind: int, department: int, key: int, index: int, hours: float, done: simpy.Event, order: Order | None
    ) -> None:
        self.kind = kind
        self.department = department
        self.key = key
        """Whose it is; decides ties in a queue."""
        self.index = index
        """Which of its owner's pieces of work it is; with the key, decides its draws."""
        self.hours = hours
        """Work at the designed pace [h]."""
        self.done = done
        """Happens when the work is done, or the item parked or given up; carries which."""
        self.order = order
        self.external = kind in (STEP, REDO)
        self.asks = DONE
        """Why the order will be parked instead of worked on; DONE when it will not."""
        self.returned = False
        """Back in the queue after a clarification or need."""
        self.granted = False
        """A colleague's request that is treated like an external order."""
        self.state = WAITING
        self.arrival = 0
        self.lane = 0
        self.rank = 0
        self.sequence = 0
        self.escalates = -1
        """When a request that can wait goes first [ms]; -1 when it never waits."""
        self.expires = -1
        """When an own task is dropped [ms]; -1 for never."""
