"""A department's own tasks: the work behind which colleagues' requests can be put."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.arrays.variates import EXPONENTIAL
from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import Item
from sim.rules import calendar as clock
from sim.rules import internal_service as rules
from sim.rules.draws import entity_key, slot_key

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.department import Department

TASK_KEYS = 1 << 41
"""Keys of own tasks begin here; the department's number stands above the task's."""


# == own tasks come in
def own_tasks(company: Company, department: Department) -> Generator[Any, Any, None]:
    """Bring in task after task, in opening hours."""
    own = company.world.own_tasks[department.index]
    assert own is not None
    number = 0
    key = TASK_KEYS | department.index << 32
    own_key = entity_key(company.run_key, key)
    while True:
        luck = slot_key(own_key, number)
        hours = company.variate(EXPONENTIAL, luck, streams.OWN_GAP) / own.rate
        at = clock.advance(department.calendar, company.env.now, clock.ticks(hours))
        if at >= clock.NEVER:
            return
        yield Planned(company.env, at, streams.OWN_TASK_DUE, department.index)
        work = company.work(own.work, luck, streams.OWN_WORK)
        item = Item(rules.OWN_TASK, department.index, key | number, luck, work, simpy.Event(company.env), None)
        item.rank = at
        if own.dropped_after >= 0:
            item.rank = item.expires = clock.advance(department.calendar, at, own.dropped_after)
        department.receive(item)
        number += 1
