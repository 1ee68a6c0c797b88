"""A request to a colleague: it waits in their queue, is answered, may be passed on; the order is parked meanwhile."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Self

import simpy

from sim.arrays.routes import NeedRow
from sim.arrays.variates import Variate
from sim.engines import streams
from sim.engines.reference.item import DONE, GIVEN_UP, WAITING, Item
from sim.rules import attribution
from sim.rules import internal_service as rules
from sim.rules.draws import slot_key, uniform

if TYPE_CHECKING:
    from sim.engines.reference.order import Order


class Request:
    """One request, on behalf of an order that cannot go on without it."""

    def __init__(self, order: Order, kind: int, asker: int, asked: int, hours: float, due: int, luck: int) -> None:
        self.order = order
        self.kind = kind
        self.asker = asker
        self.asked = asked
        self.hours = hours
        self.due = self.rank = due
        """When it should be answered, and its order of service in a queue [ms]."""
        self.luck = luck
        self.label = attribution.CLARIFICATION if kind == rules.CLARIFICATION else attribution.NEED
        self.answered: simpy.Event = simpy.Event(order.company.env)
        """Happens when the order can go on; carries DONE or GIVEN_UP."""
        self._need: NeedRow | None = None
        self._item: Item | None = None
        self._last_asked = asked

    # == a clarification is asked for
    @classmethod
    def clarification(cls, order: Order, asker: int, sender: int, luck: int) -> Self:
        """Ask the sender what it meant."""
        company = order.company
        spec = company.world.clarification
        shape = Variate(spec.family, spec.a, spec.b, spec.table, company.regime.clarification)
        hours = company.work(shape, luck, streams.CLARIFICATION_WORK)
        due = company.departments[sender].due_in(company.regime.clarification_due)
        request = cls(order, rules.CLARIFICATION, asker, sender, hours, due, luck)
        # Served by the order's own promise where that is earlier, but not judged by it.
        request.rank = min(due, order.due())
        return request

    # == a need is asked for
    @classmethod
    def need(cls, order: Order, asker: int, need: NeedRow, luck: int) -> Self:
        """Ask a colleague for what the step needs."""
        company = order.company
        hours = company.work(need.work, luck, streams.NEED_WORK)
        due = company.departments[need.source].due_in(company.regime.request_due)
        request = cls(order, rules.REQUEST, asker, need.source, hours, due, luck)
        request._need = need
        return request

    # == the request is answered or passed on
    def life(self) -> Generator[Any, Any, None]:
        """Wait in the colleague's queue, be answered or passed on, and let the order go on."""
        company, order = self.order.company, self.order
        books = company.requests
        asked = books.ask(self.asker, self.asked, self.due)
        done = yield from self._stand_in_line(self.asked, self.hours, self.rank, self.luck)
        need = self._need
        if (
            done
            and not self.answered.triggered
            and need is not None
            and uniform(self.luck, streams.PASSED_ON) < need.passed_probability
        ):
            hours = company.work(need.passed_work, self.luck, streams.PASSED_WORK)
            due = company.departments[need.passed_to].due_in(company.regime.request_due)
            passed = books.ask(self.asked, need.passed_to, due)
            done = yield from self._stand_in_line(need.passed_to, hours, due, slot_key(self.luck, 1))
            if done:
                books.answer(passed)
            else:
                books.withdraw(passed)
        if not done:
            books.withdraw(asked)
            return
        books.answer(asked)
        if self.answered.triggered:
            return
        # The order goes back to the asker's queue; the cause stays what it was until work restarts.
        order.custody.pass_to(self.label, self._last_asked, company.departments[self.asker])
        self.answered.succeed(DONE)

    # == the request is dropped
    def drop(self) -> None:
        """Forget the request: its customer has gone. What is begun is finished, its answer is for nobody."""
        item = self._item
        if item is not None and item.state == WAITING:
            self.order.company.departments[item.department].withdraw(item)
            item.done.succeed(GIVEN_UP)
        self.answered.succeed(GIVEN_UP)

    # == the request waits
    def _stand_in_line(self, department: int, hours: float, rank: int, luck: int) -> Generator[Any, Any, bool]:
        """Wait in a department's queue; return whether the work was done."""
        company, order = self.order.company, self.order
        self._last_asked = department
        self._item = item = Item(self.kind, department, order.key, luck, hours, simpy.Event(company.env), order)
        item.rank = rank
        order.custody.pass_to(self.label, department, company.departments[department])
        if company.log is not None:
            company.write(streams.LOG_ASKED, department, item)
        company.departments[department].receive(item)
        came_of_it: int = yield item.done
        return came_of_it != GIVEN_UP
