"""The working climate of a department: pressure, standard, fatigue, morale, and what they do to its work."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.rules import calendar as clock
from sim.rules import people as people_rules
from sim.rules import pressure as rules
from sim.units import MS_PER_HOUR

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.department import Department


# == a day has passed
def days(company: Company) -> Generator[Any, Any, None]:
    """Look at every department each midnight."""
    day = 0
    while True:
        day += 1
        yield Planned(company.env, day * clock.DAY_MS, streams.DAY, 0)
        company.count_presence()
        for department in company.departments:
            department.climate.after_a_day()


class Climate:
    """What it is like to work in a department now. All are shares or factors [1]."""

    def __init__(self, department: Department) -> None:
        world = department.company.world
        numbers = world.people.numbers
        self.department = department
        self.own = world.people.own[department.index]
        self.standard = numbers.standard
        self.pace = self.fatigue = self.speed = self.failures = self.skill = 1.0
        self.load = self.backlog = self.slips = self.late = self.disputes = self.newcomers = 0.0
        self.occupied = self.attended = 0.0
        """What `load` is the ratio of: hours of a mean day with something in hand, and at work [h]."""
        self.morale = numbers.morale_start if self.own else numbers.morale_neutral
        self._opened = self._followed = 0

    # == the first day
    def begin(self) -> None:
        """Know how skilled the people of the start are."""
        people = [worker for worker in self.department.people if worker.employed]
        if self.own and people:
            total = 0.0
            for worker in people:
                total += worker.skill
            self.skill = total / len(people)

    # == pressure, standard and fatigue
    def after_a_day(self) -> None:
        """Bring everything up to date with the day that has passed, if the department was open."""
        department = self.department
        company = department.company
        numbers = company.world.people.numbers
        opened = clock.opened(department.calendar, company.env.now)
        hours, self._opened = (opened - self._opened) / MS_PER_HOUR, opened
        if hours <= 0.0:
            return
        weeks = hours / max(1.0, company.world.people.week_hours[department.index])
        new = rules.weight(weeks, numbers.load_memory)
        busy = (department.occupied + numbers.help_load * department.assisted) / MS_PER_HOUR
        self.occupied += new * (busy - self.occupied)
        self.attended += new * (department.attended / MS_PER_HOUR - self.attended)
        self.load = rules.load(self.occupied, self.attended)
        department.attended = department.occupied = department.assisted = 0
        self.backlog += rules.weight(hours, numbers.smoothing) * (department.queue.work - self.backlog)
        self.pace = rules.pace(
            self.backlog, department.capacity(), numbers.residence, numbers.sensitivity, numbers.fastest
        )
        erosion, recovery = rules.weight(weeks, numbers.erosion), rules.weight(weeks, numbers.recovery)
        self.standard = rules.standard(self.standard, self.pace, erosion, recovery, numbers.lowest)
        self.fatigue = rules.fatigue(self.load, numbers.overload, numbers.fatigue)
        if self.own:
            self.learn()
        self.act()

    # == people learn
    def learn(self) -> None:
        """Let people have learned from what they did, and newcomers take time from the others."""
        department = self.department
        numbers = department.company.world.people.numbers
        newcomers = experienced = 0
        total = 0.0
        for worker in department.people:
            if worker.employed:
                hours = worker.practised / MS_PER_HOUR
                worker.skill = people_rules.skill(hours, numbers.skill_start, numbers.skill_time)
                total += worker.skill
                if hours < numbers.mentored:
                    newcomers += 1
                else:
                    experienced += 1
        left = people_rules.mentoring(newcomers, experienced, numbers.mentoring)
        for worker in department.people:
            worker.ability = worker.skill
            if worker.practised / MS_PER_HOUR >= numbers.mentored:
                worker.ability *= left
        if newcomers + experienced > 0:
            self.skill = total / (newcomers + experienced)
            self.newcomers = newcomers / (newcomers + experienced)
        department.recount()

    # == the climate acts
    def act(self) -> None:
        """Work out what the climate does to speed, hand-offs and failures until tomorrow."""
        company = self.department.company
        numbers = company.world.people.numbers
        cut = rules.corners(self.standard, self.pace)
        conformance = company.regime.conformance[self.department.index]
        damage = numbers.damage * self.newcomers * (1.0 - conformance)
        mood = self.morale - numbers.morale_neutral
        errors = numbers.morale_errors
        self.slips = rules.slips(cut, numbers.corners, mood, errors, self.fatigue, numbers.fatigue_errors, damage)
        self.failures = rules.failure_factor(cut, numbers.corners, mood, errors, numbers.failures_cap)
        self.speed = people_rules.morale_speed(self.morale, numbers.morale_neutral, numbers.morale_speed)

    # == morale moves
    def follow(self) -> None:
        """Let morale follow what happened in the week that has passed."""
        department = self.department
        company = department.company
        numbers = company.world.people.numbers
        weeks = (company.env.now - self._followed) / clock.WEEK_MS
        self._followed = company.env.now
        new = rules.weight(weeks, numbers.morale_memory)
        posts = max(1, department.posts)
        if department.answered > 0:
            self.late += new * (department.answered_late / department.answered - self.late)
        self.disputes += new * (department.disputed / MS_PER_HOUR / (posts * weeks) - self.disputes)
        vacant = department.unfilled / clock.WEEK_MS / (posts * weeks)
        department.answered = department.answered_late = department.disputed = department.unfilled = 0
        aim = people_rules.calm_morale(
            company.regime.morale_backing[department.index],
            numbers.weight_load * people_rules.over(self.load, numbers.overload_from),
            numbers.weight_late * self.late,
            numbers.weight_disputes * min(2.0, self.disputes),
            numbers.weight_vacancies * vacant,
        )
        self.morale += new * (aim - self.morale)

    def row(self) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """Return the state as the books have it: the whole numbers and the floats of `STATE_DTYPE`."""
        department = self.department
        people = (department.present, department.vacant, department.away)
        return (
            (department.index, department.company.env.now, *people, department.queue.length),
            (self.morale, self.standard, self.pace, self.load, self.skill),
        )
