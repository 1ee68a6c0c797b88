"""Which piece of work a department takes next, and what a colleague's request is worth to it."""

from __future__ import annotations

import math

from sim.rules.rule import rule

FIFO, PRIORITY, COOPERATIVE = range(3)
"""Disciplines: order of arrival; class of the order then arrival; the office rule of docs/model.md, section 5."""

(
    STEP,
    CLARIFICATION,
    REQUEST,
    REDO,
    COMPLAINT,
    OWN_TASK,
    BLOCKING,
    DISPUTE,
    ENQUIRY,
    QUESTION,
    REFUND,
    REPAIR,
    HIRING,
) = range(13)
"""Kinds of work item: an order's step; a colleague's clarification, request, or request of a blocked person; a redo;
a complaint; an own task; one side of a dispute; a customer's enquiry, and the question it leads to; a refund; the
repair of an own failure (redelivery, correction); a hiring request."""

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
def blocked_probability(rate: float, hours: float) -> float:
    """Return the chance that a person is blocked during a piece of work: 1 - exp(-rate x hours).

    Tucker & Spear 2006 counted about one work-system failure per nursing hour; most are worked around. The rate
    of blocking ones in offices is an assumption (grade D).
    """
    return 1.0 - math.exp(-rate * hours)


@rule
def satisfaction(in_time: float, complete: float, undisputed: float) -> float:
    """Return the internal customer's satisfaction: the product of three shares, each in [0, 1].

    In time, complete, and without a dispute (grade D: the form; what it is made of is the articles' subject).

    Examples
    --------
    >>> satisfaction(0.5, 0.8, 1.0)
    0.4
    """
    return in_time * complete * undisputed


@rule
def lane(discipline: int, kind: int, order_class: int, granted: bool, returned: bool) -> int:
    """Return the lane in which an item waits; lower lanes are served first."""
    if discipline == FIFO:
        return 0
    if discipline == PRIORITY:
        return order_class
    if returned:
        return LANE_FIRST
    if kind in (CLARIFICATION, REQUEST, BLOCKING, QUESTION, HIRING) and not granted:
        return LANE_LAST
    return LANE_MAIN


@rule
def rank(discipline: int, item_lane: int, arrival: int, due: int) -> int:
    """Return the order of service within a lane: earliest due in the main lane of an office, else arrival [ms]."""
    if discipline == COOPERATIVE and item_lane == LANE_MAIN:
        return due
    return arrival
