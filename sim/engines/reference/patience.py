"""Patience: a customer without a first answer gives up, in a queue or while the order is parked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import GIVEN_UP, WAITING
from sim.engines.reference.request import Request
from sim.measures.record import OPEN
from sim.rules import calendar as clock
from sim.rules.draws import slot_key

if TYPE_CHECKING:
    from sim.engines.reference.order import Order


# == the end of patience is planned
def plan_giving_up(order: Order) -> None:
    """Plan the end of the customer's patience, once, for an order that has begun to wait."""
    # Most orders never wait before their answer, so the event is made only for those that do.
    company = order.company
    if order.patience_planned or order.answered >= 0 or company.patient:
        return
    order.patience_planned = True
    rule = company.world.customers
    hours = company.variate(rule.patience, slot_key(order.own_key, 0), streams.PATIENCE)
    if company.world.segments:
        hours *= company.world.segments[order.segment].patience
    at = clock.advance(company.calendar, order.placed, clock.ticks(hours))
    alarm = Planned(company.env, max(company.env.now, at), streams.PATIENCE_END, order.key)

    def ring(_: simpy.Event) -> None:
        if order.answered < 0 and order.outcome == OPEN:
            give_up(order)

    alarm.callbacks.append(ring)


# == the customer gives up
def give_up(order: Order) -> None:
    """Leave the queue or the colleague's desk; an order in somebody's hands or on the way leaves when it next waits."""
    waits_for = order.waits_for
    order.impatient = True
    if isinstance(waits_for, Request):
        waits_for.drop()
    elif waits_for is not None and waits_for.state == WAITING:
        order.company.departments[waits_for.department].withdraw(waits_for)
        waits_for.done.succeed(GIVEN_UP)
