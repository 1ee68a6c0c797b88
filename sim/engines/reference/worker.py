"""A worker: takes the next item, works on it, hands it on."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import ASK_COLLEAGUE, ASK_SENDER, DONE, Item
from sim.rules import attribution, service
from sim.rules import calendar as clock
from sim.rules import internal_service as rules

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.department import Department

KEY_SHIFT = 24
"""A worker's key is the department's number and the post within it."""


class Worker:
    """One person."""

    __slots__ = ("company", "employed", "hired", "home", "item", "key", "post", "since")

    def __init__(self, company: Company, home: Department, post: int) -> None:
        self.company = company
        self.home = home
        self.post = post
        self.key = home.index << KEY_SHIFT | post
        self.hired: simpy.Event = company.env.event()
        """Happens when an idle worker is given an item."""
        self.item: Item | None = None
        self.since = 0
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
        owner = company.departments[item.department]
        now = company.env.now
        regime = company.regime
        hours = item.hours
        if item.order is not None:
            hours = self._look_at(item, hours)
        if item.kind in (rules.CLARIFICATION, rules.REQUEST) and owner.queue.external:
            hours += regime.switching
            if company.measuring(now):
                home.sums["switches"] += 1
        efficiency = regime.pace[home.index]
        if owner is not home:
            efficiency *= regime.help_efficiency
        duration = service.duration(hours, 1.0, 1.0, 1.0, efficiency, regime.overhead[home.index])
        self.item = item
        self.since = now
        if company.log is not None:
            company.write(streams.LOG_STARTED, item.department, item)
        return clock.advance(owner.calendar, now, clock.ticks(duration))

    def finish(self, item: Item) -> None:
        """Put the item down, note the time it took, and tell whoever waits for it."""
        company = self.company
        owner = company.departments[item.department]
        self.count(item, company.env.now)
        if company.measuring(company.env.now):
            if item.kind == rules.STEP and item.asks == DONE:
                owner.sums["completed"] += 1
            elif item.kind == rules.OWN_TASK:
                owner.sums["own_tasks"] += 1
        self.item = None
        if company.log is not None:
            company.write(streams.LOG_FINISHED, item.department, item)
        item.done.succeed(item.asks)

    def count(self, item: Item, until: int) -> None:
        """Add the time spent on an item to the sums of the window."""
        company, home = self.company, self.home
        owner = company.departments[item.department]
        begin, end = company.clip(self.since), company.clip(until)
        if begin < end:
            opened = clock.opened(owner.calendar, end) - clock.opened(owner.calendar, begin)
            owner.sums["in_system"] += end - begin
            home.sums["busy"] += opened
            if owner is not home:
                home.sums["helping"] += opened

    def _look_at(self, item: Item, hours: float) -> float:
        """Notice what is missing before the work begins, and return the work that is done now [h]."""
        company, order = self.company, item.order
        assert order is not None
        if item.kind == rules.STEP:
            item.asks = order.what_is_missing()
            if item.asks == DONE:
                order.hold(attribution.WORK, item.department, item.department)
                return hours
            if company.measuring(company.env.now):
                self.home.sums["setups"] += 1
            kind = attribution.CLARIFICATION if item.asks == ASK_SENDER else attribution.NEED
            assert item.asks in (ASK_SENDER, ASK_COLLEAGUE)
            order.hold(kind, order.whom_to_ask(item.asks), item.department)
            return company.regime.setup
        return hours
