"""Customers whose order is late ask where it is: failure demand, answered at once or by asking a colleague."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.arrays.variates import EXPONENTIAL
from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import Item
from sim.measures.record import OPEN
from sim.rules import calendar as clock
from sim.rules import internal_service as rules
from sim.rules.draws import slot_key, uniform

if TYPE_CHECKING:
    from sim.engines.reference.order import Order

ENQUIRY_SLOTS = 1 << 41


# == the first enquiry is planned
def plan(order: Order) -> None:
    """Plan the first enquiry, which happens only if the order is still not there."""
    alarm = Planned(order.company.env, _instant(order, order.promised, 0), streams.CURIOUS, order.key)

    def grow_curious(_: simpy.Event) -> None:
        if _is_waiting(order):
            order.company.env.process(chase(order))

    alarm.callbacks.append(grow_curious)


# == the customer asks where the order is
def chase(order: Order) -> Generator[Any, Any, None]:
    """Ask again and again until the order is there."""
    company = order.company
    care = company.world.aftercare
    desk = company.departments[care.enquiries]
    number = 0
    while _is_waiting(order):
        order.enquiries += 1
        luck = _luck(order, number)
        hours = company.work(care.enquiry_work, luck, streams.ENQUIRY_WORK)
        item = Item(rules.ENQUIRY, desk.index, order.key, luck, hours, simpy.Event(company.env), order)
        item.expected = care.enquiry_work.mean
        item.rank = desk.due_in(company.regime.request_due)
        desk.receive(item)
        yield item.done
        holder = order.custody.department
        known = uniform(luck, streams.VISIBLE) < company.regime.visibility
        if not known and _is_waiting(order) and holder is not None and holder is not desk:
            hours = company.work(care.question_work, luck, streams.QUESTION_WORK)
            question = Item(rules.QUESTION, holder.index, order.key, luck, hours, simpy.Event(company.env), order)
            question.expected = care.question_work.mean
            question.rank = due = holder.due_in(company.regime.request_due)
            asked = company.requests.ask(desk.index, holder.index, due)
            holder.receive(question)
            yield question.done
            company.requests.answer(asked)
        number += 1
        yield Planned(company.env, _instant(order, company.env.now, number), streams.CURIOUS, order.key)


def _instant(order: Order, after: int, number: int) -> int:
    company = order.company
    mean = company.world.aftercare.enquiry_interval
    hours = mean * company.variate(EXPONENTIAL, _luck(order, number), streams.ENQUIRY_GAP)
    at = clock.advance(company.calendar, after, clock.ticks(hours))
    return max(company.env.now, at)


def _luck(order: Order, number: int) -> int:
    return slot_key(order.own_key, ENQUIRY_SLOTS | number)


def _is_waiting(order: Order) -> bool:
    return order.delivered < 0 and order.outcome == OPEN
