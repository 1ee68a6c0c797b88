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
from sim.rules.draws import uniform

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
        self.due = due
        self.luck = luck
        self.label = attribution.CLARIFICATION if kind == rules.CLARIFICATION else attribution.NEED
        self.answered: simpy.Event = simpy.Event(order.company.env)
        """Happens when the order can go on; carries DONE or GIVEN_UP."""
        self._need: NeedRow | None = None
        self._item: Item | None = None
        self._last_asked = asked

    @classmethod
    def clarification(cls, order: Order, asker: int, sender: int, luck: int) -> Self:
        """Ask the sender what it meant."""
        company = order.company
        spec = company.world.clarification
        shape = Variate(spec.family, spec.a, spec.b, spec.table, company.regime.clarification)
        hours = company.work(shape, luck, streams.CLARIFICATION_WORK)
        due = company.departments[sender].due_in(company.regime.clarification_due)
        return cls(order, rules.CLARIFICATION, asker, sender, hours, min(due, order.due()), luck)

    @classmethod
    def need(cls, order: Order, asker: int, need: NeedRow, luck: int) -> Self:
        """Ask a colleague for what the step needs."""
        company = order.company
        hours = company.work(need.work, luck, streams.NEED_WORK)
        due = company.departments[need.source].due_in(company.regime.request_due)
        request = cls(order, rules.REQUEST, asker, need.source, hours, due, luck)
        request._need = need
        return request

    def life(self) -> Generator[Any, Any, None]:
        """Wait in the colleague's queue, be answered or passed on, and let the order go on."""
        company, order = self.order.company, self.order
        asked_at = company.env.now
        yield from self._stand_in_line(self.asked, self.hours, self.due)
        if self.answered.triggered:
            return
        need = self._need
        if need is not None and uniform(self.luck, streams.PASSED_ON) < need.passed_probability:
            hours = company.work(need.passed_work, self.luck, streams.PASSED_WORK)
            due = company.departments[need.passed_to].due_in(company.regime.request_due)
            passed_at = company.env.now
            yield from self._stand_in_line(need.passed_to, hours, due)
            company.count_answer(self.asked, need.passed_to, passed_at, due)
            if self.answered.triggered:
                return
        company.count_answer(self.asker, self.asked, asked_at, self.due)
        # The order goes back to the asker's queue; the cause stays what it was until work restarts.
        order.custody.pass_to(self.label, self._last_asked, company.departments[self.asker])
        self.answered.succeed(DONE)

    def drop(self) -> None:
        """Forget the request: its customer has gone. What is begun is finished, its answer is for nobody."""
        item = self._item
        if item is not None and item.state == WAITING:
            self.order.company.departments[item.department].withdraw(item)
            item.done.succeed(GIVEN_UP)
        self.answered.succeed(GIVEN_UP)

    def _stand_in_line(self, department: int, hours: float, due: int) -> Generator[Any, Any, None]:
        company, order = self.order.company, self.order
        self._last_asked = department
        self._item = item = Item(self.kind, department, order.key, self.luck, hours, simpy.Event(company.env), order)
        item.rank = due
        order.custody.pass_to(self.label, department, company.departments[department])
        if company.log is not None:
            company.write(streams.LOG_ASKED, department, item)
        asker = self.asker if department == self.asked else self.asked
        company.count_request(asker, department)
        company.departments[department].receive(item)
        yield item.done
