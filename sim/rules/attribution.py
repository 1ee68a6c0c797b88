"""Who holds an order: every hour between placing and delivery has exactly one cause."""

from __future__ import annotations

from sim.rules.rule import rule

QUEUE, WORK, CLARIFICATION, NEED, REDO, TRANSPORT, BLOCKED, DISPUTE = range(8)
CAUSES = ("queue", "work", "clarification", "need", "redo", "transport", "blocked", "dispute")
"""Names of the kinds of cause, in the order of their numbers (docs/model.md, section 10)."""


@rule
def cause_index(kind: int, holder: int, holders: int) -> int:
    """Return the number of the cause 'kind at holder' among `holders` departments and transports."""
    return kind * holders + holder


@rule
def dispute_index(culprit: int, finder: int, holders: int) -> int:
    """Return the number of the cause 'dispute between culprit and finder': disputes are numbered last, by pair."""
    return DISPUTE * holders + culprit * holders + finder


@rule
def kind_of(cause: int, holders: int) -> int:
    """Return the kind of a cause by its number.

    Examples
    --------
    >>> kind_of(cause_index(NEED, 4, 5), 5) == NEED, kind_of(dispute_index(4, 4, 5), 5) == DISPUTE
    (True, True)
    """
    return min(cause // holders, DISPUTE)
