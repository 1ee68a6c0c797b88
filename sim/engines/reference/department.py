"""A department: its queue, its people, and which item is next."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.engines import streams
from sim.engines.reference.climate import Climate
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import GONE, TAKEN, Item
from sim.engines.reference.queue import Queue
from sim.measures.record import DEPARTMENT_SUMS
from sim.rules import calendar as clock
from sim.rules import internal_service as rules
from sim.rules import service
from sim.rules.draws import entity_key, slot_key, uniform

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.worker import Worker

OWN_CLASS = 1 << 20
"""Class of own tasks where orders have classes: behind every order."""
DEPARTMENT_KEYS = 1 << 42
"""Keys of departments begin here."""


class Department:
    """One department of the company."""

    def __init__(self, company: Company, index: int) -> None:
        world = company.world
        self.company = company
        self.index = index
        self.discipline = world.discipline[index]
        self.calendar_number = world.department_calendar[index]
        self.calendar = world.calendars[self.calendar_number]
        self.always_open = self.calendar_number == world.open_calendar
        self.closes_at = clock.NEVER if self.always_open else 0
        """End of the present opening hours [ms]; in the past while the department is closed."""
        self.opened_less_now = 0
        """Opening time so far, minus the clock, while open [ms]."""
        self.own_key = entity_key(company.run_key, DEPARTMENT_KEYS + index)
        self.skills: list[Department] = []
        """Departments that its trained people can help."""
        self.helpers: list[Department] = []
        """Departments whose trained people can help here."""
        self.helpable = any(index in skills for skills in world.skills)
        self.cooperative = self.discipline == rules.COOPERATIVE
        self.queue = Queue(self.cooperative, self.helpable)
        self.blocking = world.blocking[index]
        """What its people may need in the middle of the work, if anything."""
        self.idle: deque[Worker] = deque()
        """Idle people, longest idle first."""
        self.posts = 0
        """People who should be there [1]."""
        self.people: list[Worker] = []
        """One for each post that there has been, in order, there or not."""
        self.present = self.vacant = self.away = 0
        """Of its posts: people at work, nobody, people absent [1]."""
        self.staffing = 0.0
        """People at work, each weighed by skill [1]."""
        self.attended = self.occupied = self.assisted = self.disputed = 0
        """Opening time for which its people were at work, had something of their own in hand (or were blocked), helped
        others, and argued, until counted [ms]."""
        self.unfilled = 0
        """Time on the calendar for which its posts have been vacant since the week began [ms]."""
        self.answered = self.answered_late = 0
        """Requests of its own that were answered since the week began, and answered late [1]."""
        self.climate = Climate(self)
        self.sums = dict.fromkeys(DEPARTMENT_SUMS, 0)

    # == an item comes in
    def receive(self, item: Item) -> None:
        """Take an item in: straight into the hands of an idle person, else into the queue."""
        company = self.company
        item.arrival = now = company.env.now
        item.counted = company.measuring
        if item.counted and item.first:
            self.sums["arrived"] += 1
        if company.log is not None:
            company.write(streams.LOG_ARRIVED, self.index, item)
        if self.idle and now < self.closes_at:
            item.state = TAKEN
            if item.counted and item.first:
                self.sums["left_queue"] += 1
            self.idle.popleft().hired.succeed(item)
            return
        self._line_up(item, now)
        if item.external and self.helpable:
            self.seek_help()

    # == somebody takes the next item
    def next_item(self, worker: Worker) -> Item | None:
        """Return the next item for somebody of this department: from the own queue, else where they can help."""
        now = self.company.env.now
        if self.queue.length and now < self.closes_at:
            item = self._pick(now)
            if item is not None:
                return item
        if self.skills and now < self.closes_at and worker.is_trained():
            return self._help_elsewhere(now)
        return None

    # == who is there
    def recount(self) -> None:
        """Count who is there: somebody has come or gone, or has learned something."""
        self.present = self.vacant = self.away = 0
        self.staffing = 0.0
        for worker in self.people:
            if worker.employed:
                self.present += 1
                self.staffing += worker.ability
            elif worker.post < self.posts:
                self.vacant += worker.vacant
                self.away += worker.away

    def capacity(self) -> float:
        """Return what its people can do, in people at the designed pace [1]."""
        regime, i = self.company.regime, self.index
        return service.capacity(self.staffing, regime.pace[i], self.climate.speed, regime.overhead[i])

    # == an item is withdrawn
    def withdraw(self, item: Item) -> None:
        """Take an item out of the queue because nobody needs it any more."""
        self.queue.remove(item, GONE)
        self.leaves_queue(item)

    # == the doors open
    def doors(self) -> Generator[Any, Any, None]:
        """Open again and again: whoever is idle takes what has come in meanwhile."""
        env, calendar = self.company.env, self.calendar
        for i in range(calendar.intervals, calendar.last, 3):
            start, end, before = calendar.words[i : i + 3]
            yield Planned(env, start, streams.OPENING, self.index)
            self.closes_at = end
            self.opened_less_now = before - start
            self.dispatch()
            while self.helpable and self.seek_help():
                pass

    def opened(self, now: int) -> int:
        """Return the opening time so far [ms]: it grows with the clock until closing."""
        return self.opened_less_now + (now if now < self.closes_at else self.closes_at)

    # == when work will be done
    def done_at(self, now: int, work: int, helper: Department | None = None) -> int:
        """Return when work begun now will be done [ms]; a helper works only while the own department is open, too."""
        end = now + work
        if end <= self.closes_at and (helper is None or end <= helper.closes_at):
            return end
        if helper is None or helper.calendar_number == self.calendar_number:
            return clock.advance(self.calendar, now, work)
        return clock.advance_both(self.calendar, helper.calendar, now, work)

    def open_between(self, begin: int, end: int, helper: Department | None = None) -> int:
        """Return the time between two instants in which work here advances [ms]."""
        opened = clock.opened(self.calendar, end) - clock.opened(self.calendar, begin)
        if helper is None or helper.calendar_number == self.calendar_number:
            return opened
        opened += clock.opened(helper.calendar, end) - clock.opened(helper.calendar, begin)
        return opened - clock.opened_either(self.calendar, helper.calendar, begin, end)

    def due_in(self, hours: float) -> int:
        """Return the instant at which some opening hours from now will have passed [ms]."""
        now = self.company.env.now
        work = clock.ticks(hours)
        return self.done_at(now, work) if now < self.closes_at else clock.advance(self.calendar, now, work)

    # == an idle helper is sought
    def seek_help(self) -> bool:
        """Hand the step or redo that has waited longest to an idle helper; return whether that was possible."""
        helper = self._idle_helper(self.company.env.now)
        item = self.queue.longest_waiting() if helper is not None else None
        if helper is None or item is None:
            return False
        self.queue.remove(item, TAKEN)
        self.leaves_queue(item)
        helper.home.idle.remove(helper)
        helper.hired.succeed(item)
        return True

    # == waiting items are given out
    def dispatch(self) -> None:
        """Give waiting items to idle people."""
        for _ in range(len(self.idle)):
            worker = self.idle.popleft()
            item = self.next_item(worker)
            if item is None:
                self.idle.append(worker)
            else:
                worker.hired.succeed(item)

    # == a wait is over
    def leaves_queue(self, item: Item) -> None:
        """Note that an item's wait is over."""
        company = self.company
        now = company.env.now
        waited = now - item.arrival
        sums = self.sums
        if item.counted and company.measuring:
            sums["queue"] += waited
            sums["in_system"] += waited
        else:
            area = company.within(item.arrival, now)
            sums["queue"] += area
            sums["in_system"] += area
        if item.counted and item.first:
            sums["left_queue"] += 1
            sums["waited"] += waited

    # == an item lines up
    def _line_up(self, item: Item, now: int) -> None:
        company = self.company
        kind, discipline = item.kind, self.discipline
        if item.internal and self.cooperative:
            regime = company.regime
            chance = rules.grant_probability(
                regime.responsiveness[self.index], regime.excuse[self.index], self.queue.length / max(1, self.present)
            )
            item.granted = uniform(item.luck, streams.GRANTED + kind * streams.PURPOSES) < chance
            if not item.granted:
                share = regime.agreed_share[self.index]
                kept = share > 0.0 and uniform(item.luck, streams.AGREED + kind * streams.PURPOSES) < share
                age = regime.agreed_age[self.index] if kept else regime.escalation[self.index]
                item.escalates = clock.advance(self.calendar, now, clock.ticks(age))
        priority = company.world.kinds[item.order.kind].priority if item.order is not None else OWN_CLASS
        item.lane = lane = rules.lane(discipline, kind, priority, item.granted, item.returned)
        item.rank = rules.rank(discipline, lane, now, item.rank)
        attractive = 0.0
        if self.cooperative and lane == rules.LANE_MAIN:
            attractive = uniform(item.luck, streams.ATTRACTIVE + kind * streams.PURPOSES)
        self.queue.add(item, attractive)

    # == an item is picked
    def _pick(self, now: int) -> Item | None:
        queue, company = self.queue, self.company
        while queue.length:
            item = None
            if self.cooperative and queue.length > 1:
                # Keyed by the instant: what was picked before must not decide what is picked now.
                aligned = uniform(slot_key(self.own_key, now), streams.ALIGNED)
                if aligned >= company.regime.alignment[self.index]:
                    item = queue.own_choice(now)
            if item is None:
                item = queue.company_choice(now)
            if item is None:
                return None
            queue.remove(item, TAKEN)
            self.leaves_queue(item)
            if 0 <= item.expires < now:
                if company.measuring:
                    self.sums["own_dropped"] += 1
                if company.log is not None:
                    company.write(streams.LOG_DROPPED, self.index, item)
                continue
            return item
        return None

    # == help goes elsewhere
    def _help_elsewhere(self, now: int) -> Item | None:
        chosen: Item | None = None
        for other in self.skills:
            if other.queue.external and now < other.closes_at:
                item = other.queue.longest_waiting()
                if item is not None and (chosen is None or item.arrival < chosen.arrival):
                    chosen = item
        if chosen is not None:
            owner = self.company.departments[chosen.department]
            owner.queue.remove(chosen, TAKEN)
            owner.leaves_queue(chosen)
        return chosen

    # == somebody idle can help
    def _idle_helper(self, now: int) -> Worker | None:
        if now >= self.closes_at:
            return None
        for other in self.helpers:
            if now < other.closes_at:
                for worker in other.idle:
                    if worker.is_trained():
                        return worker
        return None
