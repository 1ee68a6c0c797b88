"""Which piece of work a department takes next, and what a colleague's request is worth to it."""

from __future__ import annotations

import math

from sim.rules.rule import rule

FIFO, PRIORITY, COOPERATIVE = range(3)
"""Disciplines: order of arrival; class of the order then arrival; the office rule of docs/model.md, section 5."""

STEP, CLARIFICATION, REQUEST, REDO, COMPLAINT, OWN_TASK = range(6)
"""Kinds of work item."""

LANE_FIRST, LANE_MAIN, LANE_LAST = range(3)
"""Lanes of the office rule: returned and escalated work; external and granted work; requests that can wait."""


@rule
def grant_probability(responsiveness: float, excuse: float, queue_per_head: float) -> float:
    """Return the chance that a colleague's request is treated like an external order.

    r exp(-kappa L), L = min(5, max(0, queue per present worker - 1)): "too much work" is an excuse that
    grows with the department's own queue (mission C3; sizes are assumptions, grade D).

    Examples
    --------
    >>> grant_probability(0.4, 0.1, 0.5), grant_probability(1.0, 0.0, 9.0)
    (0.4, 1.0)
    """
    load = min(5.0, max(0.0, queue_per_head - 1.0))
    return responsiveness * math.exp(-excuse * load)


@rule
def lane(discipline: int, kind: int, order_class: int, granted: bool, returned: bool) -> int:
    """Return the lane in which an item waits; lower lanes are served first."""
    if discipline == FIFO:
        return 0
    if discipline == PRIORITY:
        return order_class
    if returned:
        return LANE_FIRST
    if kind in (CLARIFICATION, REQUEST) and not granted:
        return LANE_LAST
    return LANE_MAIN


@rule
def rank(discipline: int, item_lane: int, arrival: int, due: int) -> int:
    """Return the order of service within a lane: earliest due in the main lane of an office, else arrival [ms]."""
    if discipline == COOPERATIVE and item_lane == LANE_MAIN:
        return due
    return arrival
