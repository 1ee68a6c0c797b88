"""A worker: takes the next item, works on it, hands it on."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import DONE, Item
from sim.rules import calendar as clock
from sim.rules import internal_service as rules
from sim.rules import service

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.department import Department

KEY_SHIFT = 24
"""A worker's key is the department's number and the post within it."""


class Worker:
    """One person."""

    __slots__ = ("company", "counted", "employed", "hired", "home", "item", "key", "post", "since", "work_ticks")

    def __init__(self, company: Company, home: Department, post: int) -> None:
        self.company = company
        self.home = home
        self.post = post
        self.key = home.index << KEY_SHIFT | post
        self.hired: simpy.Event = company.env.event()
        """Happens when an idle worker is given an item."""
        self.item: Item | None = None
        self.since = self.work_ticks = 0
        self.counted = False
        self.employed = True

    def is_trained(self) -> bool:
        """Say whether this person is trained for the second department."""
        share = self.company.regime.trained_share[self.home.index]
        return share > 0.0 and (self.post + 0.5) <= share * self.home.posts

    def work(self) -> Generator[Any, Any, None]:
        """Live a working life: next item, work, hand on; wait when there is nothing to do."""
        env, home = self.company.env, self.home
        while self.post < home.posts:
            item = home.next_item(self)
            if item is None:
                self.hired = env.event()
                home.idle.append(self)
                item = yield self.hired
                if item is None:
                    break
            yield Planned(env, self.begin(item), streams.SERVICE, self.key)
            self.finish(item)
        self.employed = False

    def begin(self, item: Item) -> int:
        """Start on an item and return when it will be done [ms]."""
        company, home = self.company, self.home
        owner = home if item.department == home.index else company.departments[item.department]
        now = company.env.now
        regime = company.regime
        kind, hours = item.kind, item.hours
        if kind == rules.STEP:
            assert item.order is not None
            item.order.hold(item.label, item.label_at, owner)
            if item.asks != DONE:
                # Something is missing: the order is put aside after a look at it.
                hours = regime.setup
                if company.measuring:
                    home.sums["setups"] += 1
        elif owner.queue.external and item.internal:
            hours += regime.switching
            if company.measuring:
                home.sums["switches"] += 1
        efficiency = regime.pace[home.index]
        if owner is not home:
            efficiency *= regime.help_efficiency
        work = clock.ticks(service.duration(hours, 1.0, 1.0, 1.0, efficiency, regime.overhead[home.index]))
        self.item = item
        self.since = now
        self.work_ticks = work
        self.counted = company.measuring
        if company.log is not None:
            company.write(streams.LOG_STARTED, item.department, item)
        return owner.done_at(now, work)

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

    def count(self, owner: Department, until: int) -> None:
        """Add the time spent on an item to the sums of the window."""
        company, home = self.company, self.home
        if self.counted and company.measuring:
            elapsed, opened = until - self.since, self.work_ticks
        else:
            begin, end = company.clip(self.since), company.clip(until)
            elapsed = end - begin
            opened = clock.opened(owner.calendar, end) - clock.opened(owner.calendar, begin)
        owner.sums["in_system"] += elapsed
        home.sums["busy"] += opened
        if owner is not home:
            home.sums["helping"] += opened
