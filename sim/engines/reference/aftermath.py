"""What an order leaves behind: the customer's judgement, a complaint, second thoughts about staying."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.engines import streams
from sim.engines.reference.item import Item
from sim.rules import calendar as clock
from sim.rules import customers as rules
from sim.rules import internal_service
from sim.rules.draws import slot_key, uniform

if TYPE_CHECKING:
    from sim.engines.reference.order import Order

AFTERMATH_SLOTS = 1 << 42
"""Slots of an order's complaints and repairs begin here."""
MS_PER_HOUR = 3_600_000.0
NO_PROMISE = -1e9
"""Lateness [h] of an order to which nothing was promised: it cannot be late."""


# == the customer judges
def judge_delivery(order: Order) -> None:
    """Judge a delivered order by its wait, its promise and its defects."""
    company = order.company
    rule = company.world.customers
    waited = (order.delivered - order.placed) / MS_PER_HOUR
    late = (order.delivered - order.promised) / MS_PER_HOUR if order.promised >= 0 else NO_PROMISE
    base = rules.base_dissatisfaction(rule.floor, rule.wait_rise, waited, rule.long_wait)
    order.dissatisfied = rules.dissatisfied(late, base, rule.late_rise, rule.late_midpoint, rule.late_scale)
    score = rules.experience(order.dissatisfied, rule.floor, 1.0)
    if order.defects or order.damages:
        notice_problem(order, score, 0)
    else:
        take_in(order, score)


def judge_late_defects(order: Order) -> None:
    """Judge what came to light only after delivery, such as a wrong invoice."""
    if order.defects or order.damages:
        notice_problem(order, 1.0, 1)


def judge_abandonment(order: Order) -> None:
    """Judge a company that did not answer."""
    take_in(order, order.company.world.customers.abandoned)


# == a problem is noticed
def notice_problem(order: Order, score: float, when: int) -> None:
    """Let the customer find the defects, and complain or not."""
    company = order.company
    rule = company.world.customers
    severity = rules.MINOR
    for number in range(len(order.defects)):
        if company.draw(order.key, AFTERMATH_SLOTS | when << 6 | number, streams.SERIOUS) < rule.serious:
            severity = rules.SERIOUS
    order.defects = []
    for number, (culprit, hours) in enumerate(order.damages):
        order.open_ends += 1
        company.env.process(repair(order, culprit, hours, when << 8 | number))
    order.damages = []
    order.problem = max(order.problem, severity)
    if company.draw(order.key, AFTERMATH_SLOTS | when, streams.TOLD) >= rule.told[severity]:
        settle(order, score, severity, rules.NOT_TOLD, when)
        return
    order.told = 1
    if company.world.aftercare.complaints < 0:
        settle(order, score, severity, rules.UNSATISFIED, when)
        return
    if order.complained < 0:
        order.complained = company.env.now
    order.open_ends += 1
    company.env.process(complaint(order, score, severity, when))


# == a complaint is answered
def complaint(order: Order, score: float, severity: int, when: int) -> Generator[Any, Any, None]:
    """Wait for an answer, and for the money where there is a refund; satisfaction depends on how long it takes."""
    company = order.company
    care, rule = company.world.aftercare, company.world.customers
    department = company.departments[care.complaints]
    luck = slot_key(order.own_key, AFTERMATH_SLOTS | when)
    began = company.env.now
    hours = company.work(care.complaint_work, luck, streams.COMPLAINT_WORK)
    item = Item(internal_service.COMPLAINT, department.index, order.key, luck, hours, simpy.Event(company.env), order)
    item.rank = department.due_in(rule.quick)
    asked = clock.opened(department.calendar, company.env.now)
    department.receive(item)
    yield item.done
    order.complaint_answered = company.env.now
    if care.refunds >= 0 and uniform(luck, streams.REFUND) < care.refund_probability:
        payer = company.departments[care.refunds]
        hours = company.work(care.refund_work, luck, streams.REFUND_WORK)
        item = Item(internal_service.REFUND, payer.index, order.key, luck, hours, simpy.Event(company.env), order)
        item.rank = payer.due_in(rule.quick)
        payer.receive(item)
        yield item.done
        if order.compensated < 0:
            order.complained, order.compensated = began, company.env.now
        order.extra_cost += care.refund_amount
    answer = (clock.opened(department.calendar, company.env.now) - asked) / MS_PER_HOUR
    settle(order, score, severity, rules.outcome(True, answer, rule.quick, rule.in_time), when)
    order.close_one_end()


# == damage is repaired
def repair(order: Order, culprit: int, hours: float, number: int) -> Generator[Any, Any, None]:
    """Do the work again that went wrong; an invoice counts from its correction."""
    company = order.company
    department = company.departments[culprit]
    luck = slot_key(order.own_key, AFTERMATH_SLOTS | 1 << 20 | number)
    item = Item(internal_service.REPAIR, culprit, order.key, luck, hours, simpy.Event(company.env), order)
    item.rank = department.due_in(company.regime.request_due)
    department.receive(item)
    yield item.done
    if order.invoice_wrong and order.invoiced < 0:
        order.invoiced = company.env.now
    order.close_one_end()


# == the matter is closed
def settle(order: Order, score: float, severity: int, outcome: int, when: int) -> None:
    """Close the matter: the experience counts, and some customers have had enough."""
    company = order.company
    rule = company.world.customers
    stay = rule.stay[severity][outcome]
    take_in(order, score * stay)
    if company.draw(order.key, AFTERMATH_SLOTS | when, streams.WALKOUT) < rule.walkout * (1.0 - stay):
        order.customer.has_had_enough = True


# == satisfaction moves
def take_in(order: Order, score: float) -> None:
    """Let an experience move the customer's satisfaction."""
    rule = order.company.world.customers
    order.experience = score
    customer = order.customer
    customer.satisfaction = rules.updated_satisfaction(customer.satisfaction, score, rule.weight_down, rule.weight_up)
