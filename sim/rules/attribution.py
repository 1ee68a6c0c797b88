"""Who holds an order: every hour between placing and delivery has exactly one cause."""

from __future__ import annotations

from sim.rules.rule import rule

QUEUE, WORK, CLARIFICATION, NEED, REDO, TRANSPORT = range(6)
CAUSES = ("queue", "work", "clarification", "need", "redo", "transport")
"""Names of the kinds of cause, in the order of their numbers (docs/model.md, section 10)."""


@rule
def cause_index(kind: int, holder: int, holders: int) -> int:
    """Return the number of the cause 'kind at holder' among `holders` departments and transports."""
    return kind * holders + holder
