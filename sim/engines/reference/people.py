"""People come, go, are away and change their mind; posts are filled again; a team follows up what is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from sim.arrays.variates import Variate
from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import Item
from sim.rules import calendar as clock
from sim.rules import internal_service
from sim.rules import people as rules
from sim.rules.draws import slot_key, uniform
from sim.units import HOURS_PER_WEEK, MS_PER_HOUR

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.worker import Worker

GENERATION_SHIFT = 20
"""Draws of somebody's weeks are keyed by generation << 20 | week of the run."""


# == a week of the people
def week(company: Company) -> None:
    """Let people have second thoughts about staying, be away for a week, and forget what they did not use."""
    numbers = company.world.people.numbers
    now = company.env.now
    # A week that the window's beginning cuts short is one, too, with a luck of its own.
    number = -(-now // clock.WEEK_MS)
    for department in company.departments:
        if not company.world.people.own[department.index]:
            continue
        if now > 0:
            department.climate.follow()
            department.climate.act()
        for worker in department.people:
            if worker.vacant or worker.post >= department.posts:
                continue
            luck = slot_key(worker.own_key, worker.generation << GENERATION_SHIFT | number)
            if now > 0:
                remember(worker)
                if wants_to_leave(worker, luck):
                    resign(worker)
                    continue
            be_away(worker, numbers.absent > 0.0 and uniform(luck, streams.ABSENT) < numbers.absent)


# == a second skill is kept or lost
def remember(worker: Worker) -> None:
    """Keep the second skill that was used, lose some of one that was not."""
    numbers = worker.company.world.people.numbers
    if worker.is_trained():
        hours = worker.helped / MS_PER_HOUR
        worker.known = rules.practice(worker.known, hours, numbers.skill_time, numbers.retention)
        worker.second = rules.second_skill(worker.known, numbers.skill_start)
    worker.helped = 0


# == second thoughts about staying
def wants_to_leave(worker: Worker, luck: int) -> bool:
    """Say whether somebody resigns this week."""
    numbers = worker.company.world.people.numbers
    if worker.resigning or numbers.resignation_rate == 0.0:
        return False
    climate = worker.home.climate
    development = worker.company.regime.development[worker.home.index]
    experience = rules.experience_factor(worker.skill, climate.skill, numbers.premium, development)
    # The first week may be a short one: the others begin whole weeks before the window.
    hours = min(HOURS_PER_WEEK, worker.company.env.now / MS_PER_HOUR)
    chance = rules.resignation_probability(
        numbers.resignation_rate,
        hours,
        climate.morale,
        numbers.morale_neutral,
        numbers.morale_resignations,
        experience,
    )
    return uniform(luck, streams.RESIGNING) < chance


# == somebody resigns
def resign(worker: Worker) -> None:
    """Leave: at once when idle or away, else after the item in hand."""
    worker.resigning = True
    if not worker.employed or send_home(worker):
        leave(worker)


# == somebody is away
def be_away(worker: Worker, away: bool) -> None:
    """Be away this week, after the item in hand; or be back."""
    before, worker.away = worker.away, away
    if away and not before:
        send_home(worker)
    elif before and not away and not worker.employed:
        start_work(worker)


# == somebody goes home
def send_home(worker: Worker) -> bool:
    """Send somebody home who is idle; return whether that was so. Whoever is busy goes after the item in hand."""
    home = worker.home
    if worker not in home.idle:
        return False
    home.idle.remove(worker)
    worker.employed = False
    worker.hired.succeed(None)
    home.recount()
    return True


# == somebody stops working
def stop(worker: Worker) -> None:
    """Go home after the item in hand: for a week, or for good."""
    worker.company.count_presence()
    worker.employed = False
    if worker.resigning:
        leave(worker)
    worker.home.recount()


# == somebody starts working
def start_work(worker: Worker) -> None:
    """Come to work."""
    worker.employed = True
    worker.home.recount()
    worker.company.env.process(worker.work())


def take_on(worker: Worker) -> None:
    """Come to a post: with experience when the run begins, as a newcomer later."""
    company = worker.company
    numbers = company.world.people.numbers
    worker.practised, worker.known = 0, 0.0
    if company.env.now == 0 and worker.generation == 0:
        worker.known = 1.0
        luck = slot_key(worker.own_key, 0)
        worker.practised = clock.ticks(company.variate(company.world.people.tenure, luck, streams.TENURE))
    worker.generation += 1
    worker.skill = rules.skill(worker.practised / MS_PER_HOUR, numbers.skill_start, numbers.skill_time)
    worker.ability = worker.skill
    worker.second = rules.second_skill(worker.known, numbers.skill_start)
    start_work(worker)


# == a post is vacant
def leave(worker: Worker) -> None:
    """Leave a post behind, and let somebody be looked for."""
    company, home = worker.company, worker.home
    worker.resigning = worker.away = False
    worker.vacant = True
    home.sums["resigned"] += company.measuring
    home.recount()
    if company.log is not None:
        company.log.append((company.env.now, streams.LOG_RESIGNED, home.index, streams.WORKER_KEYS + worker.key, -1))
    hires = company.world.people.hires
    if hires < 0 or hires == home.index:
        search(worker, company.world.people.numbers.without_request)
    else:
        ask_for_somebody(worker, hires)


# == somebody is asked for
def ask_for_somebody(worker: Worker, hires: int) -> None:
    """Put a hiring request into the queue of those who hire; the search begins when it has been served."""
    company = worker.company
    department = company.departments[hires]
    luck = slot_key(worker.own_key, streams.HIRING_SLOTS | worker.generation)
    work = company.world.people.hiring_work
    hours = company.work(work, luck, streams.HIRING_WORK)
    key = streams.WORKER_KEYS + worker.key
    item = Item(internal_service.HIRING, hires, key, luck, hours, simpy.Event(company.env), None)
    item.expected = work.mean
    item.rank = due = department.due_in(company.world.people.numbers.hiring_due)
    item.returned = uniform(luck, streams.HIRING_FIRST) < company.regime.hiring_first
    asked = company.requests.ask(worker.home.index, hires, due)

    def served(_: simpy.Event) -> None:
        company.requests.answer(asked)
        search(worker, 0.0)

    item.done.callbacks.append(served)
    department.receive(item)


# == somebody is looked for
def search(worker: Worker, before: float) -> None:
    """Plan a newcomer's first day, after the search and some opening hours before it."""
    company = worker.company
    luck = slot_key(worker.own_key, streams.HIRING_SLOTS | worker.generation)
    shape = company.world.people.search
    mean = company.regime.search
    hours = before + company.variate(Variate(shape.family, shape.a, shape.b, shape.table, mean), luck, streams.SEARCH)
    at = clock.advance(company.calendar, company.env.now, clock.ticks(hours))
    first_day = Planned(company.env, at, streams.FIRST_DAY, worker.key)

    def come(_: simpy.Event) -> None:
        fill(worker)

    first_day.callbacks.append(come)


# == a post is filled
def fill(worker: Worker) -> None:
    """Fill a vacant post with a newcomer, unless the post is gone."""
    company = worker.company
    company.count_presence()
    worker.vacant = False
    if worker.post < worker.home.posts:
        worker.home.sums["hired"] += company.measuring
        if company.log is not None:
            key = streams.WORKER_KEYS + worker.key
            company.log.append((company.env.now, streams.LOG_HIRED, worker.home.index, key, -1))
        take_on(worker)
    worker.home.recount()


# == a team improves
def improve(company: Company) -> None:
    """Follow up the faults that were reported in the week that has passed."""
    numbers = company.world.people.numbers
    worked = min(company.regime.improvement_capacity, float(company.reported_this_week))
    company.reported_this_week = 0
    if worked > 0.0:
        company.improvable = rules.remaining_after(company.improvable, worked, numbers.half_life)
        company.improved = rules.improved(company.improvable, numbers.improvement_floor)
