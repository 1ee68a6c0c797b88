"""What goes wrong on the way: defects that came along unnoticed, disputes over them, and a step's own failures."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, NamedTuple

import simpy

from sim.arrays.routes import CORRECTION, REJECTION, StepRow
from sim.engines import streams
from sim.engines.reference.item import Item
from sim.rules import attribution
from sim.rules import internal_service as rules
from sim.rules.draws import slot_key, uniform

if TYPE_CHECKING:
    from sim.engines.reference.order import Order


class Defect(NamedTuple):
    """Something that was missing in a hand-off and that nobody noticed."""

    culprit: int
    """The department that handed over."""
    receiver: int
    hours: float
    """Work of the culprit's step [h]."""
    luck: int
    """Key of the slot of the step that received it."""
    counted: bool
    """The hand-off lay within the window."""


# == defects are looked for
def mend(order: Order, step: StepRow, slot: int) -> Generator[Any, Any, None]:
    """Look for defects; the work of those that are found is redone, with a dispute first where trust is missing."""
    company = order.company
    defects, order.defects = order.defects, []
    here = step.holder
    for defect in defects:
        # Keyed by where it came from and where it is looked for: other defects must not change its luck.
        luck = slot_key(defect.luck, slot)
        if uniform(luck, streams.FOUND) >= company.regime.find_later:
            order.defects.append(defect)
            continue
        culprit = defect.culprit
        trust = 1.0 if culprit == here else company.regime.trust[culprit * len(company.departments) + here]
        trusted = uniform(luck, streams.TRUSTED) < trust
        if not trusted:
            yield from dispute(order, defect, here, luck)
        order.redos += 1
        company.mended += company.measuring
        if trusted and uniform(luck, streams.REPORTED) < company.regime.reporting:
            company.reported += company.measuring
            company.reported_this_week += 1
        works = [(culprit, defect.hours)] if culprit == here else [(culprit, defect.hours), (here, order.sender_hours)]
        for side, (place, work) in enumerate(works):
            hours = work * company.regime.redo_share
            own = slot_key(luck, side)
            item = Item(rules.REDO, place, order.key, own, hours, simpy.Event(company.env), order)
            item.rank = order.due()
            department = company.departments[place]
            order.custody.pass_to(attribution.REDO, culprit, department)
            department.receive(item)
            yield item.done


# == both sides argue
def dispute(order: Order, defect: Defect, finder: int, luck: int) -> Generator[Any, Any, None]:
    """Wait until both sides have argued about whose fault it is."""
    company, custody = order.company, order.custody
    culprit = defect.culprit
    order.disputes += 1
    if defect.counted:
        company.pairs["disputes"][defect.receiver * len(company.departments) + culprit] += 1
    sides = []
    for side, place in enumerate((culprit, finder)):
        own = slot_key(luck, side)
        hours = company.regime.dispute
        item = Item(rules.DISPUTE, place, order.key, own, hours, simpy.Event(company.env), order)
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


# == a step fails by itself
def fail_by_oneself(order: Order, step: StepRow, slot: int) -> None:
    """Let a step go wrong by its own fault, whatever was handed over."""
    failure, company = step.failure, order.company
    if failure is None:
        return
    chance = failure.probability * company.regime.failures * company.departments[step.holder].climate.failures
    if uniform(slot_key(order.own_key, slot), streams.OWN_FAILURE) >= chance:
        return
    order.extra_cost += failure.cost
    if failure.consequence == REJECTION:
        order.acceptance_factor *= failure.acceptance_factor
    else:
        order.damages.append((step.holder, order.sender_hours))
        order.invoice_wrong = order.invoice_wrong or (step.invoices and failure.consequence == CORRECTION)
