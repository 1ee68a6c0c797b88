"""A department's own tasks: the work behind which colleagues' requests can be put."""

from __future__ import annotations

from sim.engines.compiled.clock import advance, plan
from sim.engines.compiled.department import receive
from sim.engines.compiled.draws import exponential, slot_key, work
from sim.engines.compiled.item import NOBODY, new_item
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    A_MEAN,
    D_CALENDAR,
    D_INDEX,
    D_TASK_DROPPED,
    D_TASK_KEY,
    D_TASK_NUMBER,
    D_TASK_RATE,
    D_TASK_TIME,
    I_EXPIRES,
    I_RANK,
    NOW,
)
from sim.engines.streams import OWN_GAP, OWN_TASK_DUE, OWN_WORK
from sim.rules import internal_service as rules
from sim.rules.calendar import NEVER, ticks

TASK_KEYS = 1 << 41
"""Keys of own tasks begin here; the department's number stands above the task's."""


# == own tasks come in
@kernel
def plan_task(m: Words, f: Reals, d: int) -> None:
    """Plan the next task, in opening hours."""
    luck = slot_key(m[d + D_TASK_KEY], m[d + D_TASK_NUMBER])
    hours = exponential(f, luck, OWN_GAP) / f[d + D_TASK_RATE]
    at = advance(m, m[d + D_CALENDAR], m[NOW], ticks(hours))
    if at < NEVER:
        plan(m, at, OWN_TASK_DUE, m[d + D_INDEX], d)


@kernel
def bring_task(m: Words, f: Reals, d: int) -> None:
    """Bring a task in."""
    number, amount, now = m[d + D_TASK_NUMBER], m[d + D_TASK_TIME], m[NOW]
    luck = slot_key(m[d + D_TASK_KEY], number)
    hours = work(m, f, amount, f[amount + A_MEAN], luck, OWN_WORK)
    item = new_item(m, f, rules.OWN_TASK, d, TASK_KEYS | m[d + D_INDEX] << 32 | number, luck, hours, NOBODY, 0)
    m[item + I_RANK] = now
    if m[d + D_TASK_DROPPED] >= 0:
        m[item + I_RANK] = m[item + I_EXPIRES] = advance(m, m[d + D_CALENDAR], now, m[d + D_TASK_DROPPED])
    receive(m, f, d, item)
    m[d + D_TASK_NUMBER] = number + 1
    plan_task(m, f, d)
