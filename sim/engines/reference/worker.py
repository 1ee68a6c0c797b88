"""A worker: takes the next item, works on it, hands it on."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.engines import streams
from sim.engines.reference import people
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import DONE, FAILURE_DEMAND, WORKAROUNDS, Item
from sim.rules import attribution, service
from sim.rules import calendar as clock
from sim.rules import internal_service as rules
from sim.rules.draws import entity_key, uniform
from sim.units import MS_PER_HOUR

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.department import Department

KEY_SHIFT = 24
"""A worker's key is the department's number and the post within it."""


class Worker:
    """One person."""

    __slots__ = (
        "ability",
        "away",
        "blocked_by",
        "company",
        "counted",
        "employed",
        "generation",
        "helped",
        "hired",
        "home",
        "item",
        "key",
        "known",
        "own_key",
        "post",
        "practised",
        "resigning",
        "rest_ticks",
        "second",
        "since",
        "skill",
        "vacant",
        "work_ticks",
    )

    def __init__(self, company: Company, home: Department, post: int) -> None:
        self.company = company
        self.home = home
        self.post = post
        self.key = home.index << KEY_SHIFT | post
        self.hired: simpy.Event = simpy.Event(company.env)
        """Happens when an idle worker is given an item."""
        self.item: Item | None = None
        self.since = self.work_ticks = self.rest_ticks = 0
        self.blocked_by = -1
        """The department whose help is awaited; -1 while not blocked."""
        self.counted = False
        self.employed = self.away = self.resigning = self.vacant = False
        """At work (or finishing what is in hand); absent this week; leaving after the item in hand; nobody there."""
        self.own_key = entity_key(company.run_key, streams.WORKER_KEYS + self.key)
        self.generation = 0
        """How many have had the post before [1]."""
        self.practised = self.helped = 0
        """Time at work at home, and for others since the week began [ms]."""
        self.skill = self.ability = 1.0
        """Speed relative to an experienced person; and what is left of it beside newcomers [1]."""
        self.known = self.second = 1.0
        """How much of the second skill is known, and the speed that this leaves [1]."""

    def is_trained(self) -> bool:
        """Say whether this person is trained for the second department."""
        share = self.company.regime.trained_share[self.home.index]
        return share > 0.0 and (self.post + 0.5) <= share * self.home.posts

    # == somebody works
    def work(self) -> Generator[Any, Any, None]:
        """Live a working life: next item, work, hand on; wait when there is nothing to do."""
        env, home = self.company.env, self.home
        while self.post < home.posts and not self.away and not self.resigning:
            item = home.next_item(self)
            if item is None:
                self.hired = simpy.Event(env)
                home.idle.append(self)
                item = yield self.hired
                if item is None:
                    return  # Sent home; whoever did so has written it down.
            end = self.begin(item)
            until = self.is_blocked_after(item)
            if until >= 0:
                yield Planned(env, until, streams.SERVICE, self.key)
                end = yield from self.wait_for_help(item)
            yield Planned(env, end, streams.SERVICE, self.key)
            self.finish(item)
        people.stop(self)

    # == something is missing
    def is_blocked_after(self, item: Item) -> int:
        """Return when something will be missing in the middle of the work [ms]; -1 when nothing will."""
        blocking = self.home.blocking
        if blocking is None or item.asks != DONE:
            return -1
        u = uniform(item.luck, streams.BLOCKED + item.kind * streams.PURPOSES)
        hours = self.work_ticks / MS_PER_HOUR
        # 1 - exp(-x) is never above x: nearly always that is enough to know.
        if u >= blocking.rate * hours:
            return -1
        chance = rules.blocked_probability(blocking.rate, hours)
        if u >= chance:
            return -1
        # Given that it happens, u / chance is uniform: how far into the work.
        owner = self.company.departments[item.department]
        self.rest_ticks = self.work_ticks - int(self.work_ticks * (u / chance))
        self.work_ticks -= self.rest_ticks
        return owner.done_at(self.since, self.work_ticks, None if owner is self.home else self.home)

    # == help is waited for
    def wait_for_help(self, item: Item) -> Generator[Any, Any, int]:
        """Ask for help and wait, with the work in hand; return when the work will be done after that [ms]."""
        company, home = self.company, self.home
        owner = company.departments[item.department]
        blocking = home.blocking
        assert blocking is not None
        self.count(owner, company.env.now)
        self.since, self.blocked_by = company.env.now, blocking.source
        order = item.order
        if order is not None and item.kind == rules.STEP:
            order.custody.pass_to(attribution.BLOCKED, blocking.source, owner)
        hours = company.work(blocking.work, item.luck, streams.BLOCKING_WORK + item.kind * streams.PURPOSES)
        helper = company.departments[blocking.source]
        help_item = Item(rules.BLOCKING, helper.index, item.key, item.luck, hours, simpy.Event(company.env), order)
        help_item.expected = blocking.work.mean
        help_item.rank = due = helper.due_in(company.regime.request_due)
        asked = company.requests.ask(home.index, helper.index, due)
        helper.receive(help_item)
        yield help_item.done
        company.requests.answer(asked)
        self.count_blocked(owner, company.env.now)
        if order is not None and item.kind == rules.STEP:
            order.custody.pass_to(item.label, item.label_at, owner)
        self.since, self.work_ticks, self.blocked_by = company.env.now, self.rest_ticks, -1
        self.counted = company.measuring
        if owner is not home and owner.calendar_number != home.calendar_number:
            return clock.advance_both(owner.calendar, home.calendar, self.since, self.work_ticks)
        return clock.advance(owner.calendar, self.since, self.work_ticks)

    # == blocked time is counted
    def count_blocked(self, owner: Department, until: int) -> None:
        """Add the time spent blocked to the sums of the window."""
        company, home = self.company, self.home
        begin, end = company.clip(self.since), company.clip(until)
        opened = clock.opened(home.calendar, end) - clock.opened(home.calendar, begin)
        home.occupied += clock.opened(home.calendar, until) - clock.opened(home.calendar, self.since)
        owner.sums["in_system"] += end - begin
        home.sums["blocked"] += opened
        company.pairs["blocked"][home.index * len(company.departments) + self.blocked_by] += opened

    # == work begins
    def begin(self, item: Item) -> int:
        """Start on an item and return when it will be done [ms]."""
        company, home = self.company, self.home
        owner = home if item.department == home.index else company.departments[item.department]
        now = company.env.now
        regime = company.regime
        kind, hours = item.kind, item.hours
        if kind == rules.STEP:
            assert item.order is not None
            item.order.custody.pass_to(item.label, item.label_at, owner)
            if item.asks != DONE:
                # Something is missing: the order is put aside after a look at it.
                hours = regime.setup
                if company.measuring:
                    home.sums["setups"] += 1
        elif owner.queue.external and item.internal:
            hours += regime.switching
            if company.measuring:
                home.sums["switches"] += 1
        climate = home.climate
        efficiency = regime.pace[home.index] * self.ability * climate.speed
        if owner is not home:
            efficiency *= regime.help_efficiency * self.second
        overhead = regime.overhead[home.index]
        duration = service.duration(hours, climate.standard, climate.pace, climate.fatigue, efficiency, overhead)
        work = clock.ticks(duration)
        self.item = item
        self.since = now
        self.work_ticks = work
        self.counted = company.measuring
        if company.log is not None:
            company.write(streams.LOG_STARTED, item.department, item)
        return owner.done_at(now, work, None if owner is home else home)

    # == work is finished
    def finish(self, item: Item) -> None:
        """Put the item down, note the time it took, and tell whoever waits for it."""
        company = self.company
        home = self.home
        owner = home if item.department == home.index else company.departments[item.department]
        self.count(owner, company.env.now)
        if company.measuring:
            if item.kind == rules.STEP:
                if item.asks == DONE:
                    owner.sums["completed"] += 1
            elif item.kind == rules.OWN_TASK:
                owner.sums["own_tasks"] += 1
        self.item = None
        if company.log is not None:
            company.write(streams.LOG_FINISHED, item.department, item)
        item.done.succeed(item.asks)

    # == work is counted
    def count(self, owner: Department, until: int) -> None:
        """Add the time spent on an item to the sums of the window."""
        company, home = self.company, self.home
        if self.counted and company.measuring:
            elapsed, opened = until - self.since, self.work_ticks
        else:
            begin, end = company.clip(self.since), company.clip(until)
            elapsed = end - begin
            opened = owner.open_between(begin, end, None if owner is home else home)
        owner.sums["in_system"] += elapsed
        home.sums["busy"] += opened
        item = self.item
        if item is not None and item.kind != rules.STEP:
            if item.kind in WORKAROUNDS:
                home.sums["workaround"] += opened
            if item.kind in FAILURE_DEMAND:
                home.sums["failure_demand"] += opened
        elif item is not None and item.asks != DONE:
            home.sums["workaround"] += opened
        if owner is not home:
            home.sums["helping"] += opened
            self.helped += self.work_ticks
            home.assisted += self.work_ticks
        else:
            self.practised += self.work_ticks
            home.occupied += self.work_ticks
        if item is not None and item.kind == rules.DISPUTE:
            home.disputed += self.work_ticks
