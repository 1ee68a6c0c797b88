"""The books of requests: who asked whom, when, and whether the answer came in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engines.reference.company import Company


class Requests:
    """Every request between departments, open until it is answered or withdrawn."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self._open: dict[int, tuple[int, int, int]] = {}
        """By number: pair asker * n + asked, asked at, due [ms]."""
        self._number = 0

    # == a request is asked
    def ask(self, asker: int, asked: int, due: int) -> int:
        """Note that one department asks another, and return the number of the request."""
        company = self.company
        pair = asker * len(company.departments) + asked
        self._number += 1
        self._open[self._number] = (pair, company.env.now, due)
        if company.measuring:
            company.pairs["requests"][pair] += 1
        return self._number

    # == a request is answered
    def answer(self, number: int) -> None:
        """Note that a request has been answered."""
        company = self.company
        pair, asked_at, due = self._open.pop(number)
        now = company.env.now
        asker = company.departments[pair // len(company.departments)]
        asker.answered += 1
        asker.answered_late += now > due
        company.pairs["waiting"][pair] += company.within(asked_at, now)
        if company.world.window_begin <= asked_at < company.world.window_end:
            company.pairs["answered"][pair] += 1
            company.pairs["waited"][pair] += now - asked_at
            company.pairs["in_time" if now <= due else "late"][pair] += 1

    # == a request is withdrawn
    def withdraw(self, number: int) -> None:
        """Note that nobody needs the answer any more."""
        company = self.company
        pair, asked_at, _ = self._open.pop(number)
        company.pairs["waiting"][pair] += company.within(asked_at, company.env.now)

    # == open requests are counted
    def close(self) -> None:
        """Count what is still open when the run ends: it has waited so far, and is late if it is overdue."""
        company = self.company
        now = company.env.now
        for pair, asked_at, due in self._open.values():
            company.pairs["waiting"][pair] += company.within(asked_at, now)
            if company.world.window_begin <= asked_at < company.world.window_end and now > due:
                company.pairs["late"][pair] += 1
