"""Who holds an order: every instant between placing and delivery has exactly one cause, open or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.rules import attribution
from sim.rules import calendar as clock

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.department import Department


class Custody:
    """The ledger of an order's wait. A change of hands happens at an event; what lies between adds up exactly."""

    __slots__ = ("_cause", "_other", "_since", "_since_opened", "company", "department", "ended", "parts")

    def __init__(self, company: Company) -> None:
        self.company = company
        self.parts: dict[int, list[int]] = {}
        """Open and closed time by cause [ms]."""
        self.department: Department | None = None
        """Who holds the order; None on the way."""
        self.ended = False
        self._other: Department | None = None
        self._cause = -1
        self._since = self._since_opened = 0

    # == the order changes hands
    def pass_to(self, kind: int, cause: int, department: Department | None) -> None:
        """From now on a department (or, None, a transport) holds the order, for a cause."""
        if self.ended:
            return
        company = self.company
        now = company.env.now
        if self._cause >= 0:
            self._close_part(now)
        self._cause = attribution.cause_index(kind, cause, company.holders)
        self.department = department
        self._other = None
        self._since = now
        self._since_opened = department.opened(now) if department is not None else now

    # == a dispute holds the order
    def pass_to_dispute(self, culprit: int, finder: int, one: Department, other: Department | None) -> None:
        """From now on those sides of a dispute hold the order that have not argued yet."""
        if self.ended:
            return
        self.pass_to(attribution.DISPUTE, 0, one)
        self._cause = attribution.dispute_index(culprit, finder, self.company.holders)
        self._other = other

    # == the order is let go
    def end(self) -> None:
        """Let go of the order: it is delivered."""
        if self._cause >= 0:
            self._close_part(self.company.env.now)
            self._cause = -1
        self.ended = True

    # == a part is closed
    def _close_part(self, now: int) -> None:
        elapsed = now - self._since
        if not elapsed:
            return
        one, other = self.department, self._other
        opened = (one.opened(now) if one is not None else now) - self._since_opened
        if one is not None and other is not None and other.calendar_number != one.calendar_number:
            # In a dispute the order is with both: closed only while both are.
            opened = clock.opened_either(one.calendar, other.calendar, self._since, now)
        part = self.parts.get(self._cause)
        if part is None:
            self.parts[self._cause] = [opened, elapsed - opened]
        else:
            part[0] += opened
            part[1] += elapsed - opened
