"""What happens by the calendar: weeks begin, posts are filled and left, the window closes."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.engines import streams
from sim.engines.reference import people
from sim.engines.reference.clock import Planned
from sim.engines.reference.worker import Worker
from sim.rules.calendar import WEEK_MS

if TYPE_CHECKING:
    from sim.engines.reference.company import Company


# == a week begins
def weeks(company: Company) -> Generator[Any, Any, None]:
    """Begin each week: new parameters come into force, people come and go, the state is noted."""
    begin = company.world.window_begin
    number = -(-begin // WEEK_MS) * -1
    while True:
        yield Planned(company.env, max(0, begin + number * WEEK_MS), streams.WEEK, 0)
        company.count_presence()
        company.measuring = begin <= company.env.now < company.world.window_end
        company.enforce(max(0, number + 1))
        if company.world.people.weeks:
            people.week(company)
        people.improve(company)
        staff_posts(company)
        note_state(company)
        number += 1


def note_state(company: Company) -> None:
    """Write down how customers and departments are."""
    total = 0.0
    active = 0
    for customer in company.customers:
        if customer.left < 0:
            total += customer.satisfaction
            active += 1
    satisfaction = total / active if active else float("nan")
    company.week_rows.add((company.env.now, active), (satisfaction, company.improvable))
    for department in company.departments:
        company.state_rows.add(*department.climate.row())


# == posts are filled and left
def staff_posts(company: Company) -> None:
    """Fill new posts; let people of posts that are gone leave, after the item in hand."""
    for department in company.departments:
        wanted = department.posts
        for worker in department.people:
            if worker.post >= wanted:
                people.send_home(worker)
            elif not (worker.employed or worker.vacant or worker.away):
                people.take_on(worker)
        for post in range(len(department.people), wanted):
            worker = Worker(company, department, post)
            department.people.append(worker)
            people.take_on(worker)
        department.recount()


# == the window closes
def last_day(company: Company) -> Generator[Any, Any, None]:
    """Close the window, and the run when the measured orders are over, or after the drain."""
    yield Planned(company.env, company.world.window_end, streams.STOP, 0)
    company.measuring = False
    company.count_customers()
    company.customers_end = company.active
    if company.open_measured == 0:
        company.finished.succeed()
        return
    yield Planned(company.env, company.world.stop, streams.STOP, 0)
    if not company.finished.triggered:
        company.finished.succeed()
