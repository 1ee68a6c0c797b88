"""What goes wrong on the way: defects that came along unnoticed, disputes over them, and a step's own failures."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.arrays.routes import REJECTION, StepRow
from sim.engines import streams
from sim.engines.reference.item import Item
from sim.rules import attribution
from sim.rules import internal_service as rules
from sim.rules.draws import slot_key, uniform

if TYPE_CHECKING:
    from sim.engines.reference.order import Order

DEFECT_SLOTS = 1 << 40
"""Slots of an order's defects begin here."""


def mend(order: Order, step: StepRow, slot: int) -> Generator[Any, Any, None]:
    """Look for defects; the work of those that are found is redone, with a dispute first where trust is missing."""
    company, regime = order.company, order.company.regime
    defects, order.defects = order.defects, []
    here = step.holder
    for number, (culprit, hours) in enumerate(defects):
        luck = slot_key(order.own_key, DEFECT_SLOTS | slot << 6 | number)
        if uniform(luck, streams.FOUND) >= regime.find_later:
            order.defects.append((culprit, hours))
            continue
        trusted = uniform(luck, streams.TRUSTED) < regime.trust[culprit * len(company.departments) + here]
        if not trusted:
            yield from dispute(order, culprit, here, luck)
        order.redos += 1
        if company.measuring:
            company.mended += 1
            if trusted and uniform(luck, streams.REPORTED) < regime.reporting:
                company.reported += 1
        for place, work in ((culprit, hours), (here, order.sender_hours)):
            item = Item(rules.REDO, place, order.key, luck, work * regime.redo_share, simpy.Event(company.env), order)
            item.rank = order.due()
            department = company.departments[place]
            order.custody.pass_to(attribution.REDO, culprit, department)
            department.receive(item)
            yield item.done


def dispute(order: Order, culprit: int, finder: int, luck: int) -> Generator[Any, Any, None]:
    """Wait until both sides have argued about whose fault it is."""
    company, custody = order.company, order.custody
    order.disputes += 1
    if company.measuring:
        company.pairs["disputes"][finder * len(company.departments) + culprit] += 1
    sides = []
    for place in (culprit, finder):
        item = Item(rules.DISPUTE, place, order.key, luck, company.regime.dispute, simpy.Event(company.env), order)
        item.rank = order.due()
        company.departments[place].receive(item)
        sides.append(item.done)
    blamed, finding = company.departments[culprit], company.departments[finder]
    custody.pass_to_dispute(culprit, finder, blamed, finding)
    yield sides[0] | sides[1]
    for done, department in zip(sides, (blamed, finding), strict=True):
        if not done.processed:
            custody.pass_to_dispute(culprit, finder, department, None)
            yield done


def fail_by_oneself(order: Order, step: StepRow, slot: int) -> None:
    """Let a step go wrong by its own fault, whatever was handed over."""
    failure, company = step.failure, order.company
    if failure is None:
        return
    chance = failure.probability * company.regime.failures
    if uniform(slot_key(order.own_key, slot), streams.OWN_FAILURE) >= chance:
        return
    order.extra_cost += failure.cost
    if failure.consequence == REJECTION:
        order.acceptance_factor *= failure.acceptance_factor
    else:
        order.damage = (step.holder, order.sender_hours)
