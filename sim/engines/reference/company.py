"""The company: the world that departments, people, orders and customers share, and its books."""

from __future__ import annotations

import datetime as dt

from sim.arrays import World
from sim.arrays.demand import CUSTOMERS, FILE
from sim.arrays.routes import StepRow
from sim.arrays.variates import Variate
from sim.engines import streams
from sim.engines.limits import MOST_EVENTS
from sim.engines.reference import climate, weeks
from sim.engines.reference.clock import Clock
from sim.engines.reference.customer import Customer, newcomers, real_orders, stream
from sim.engines.reference.department import Department
from sim.engines.reference.item import Item
from sim.engines.reference.order import Order
from sim.engines.reference.own_tasks import own_tasks
from sim.engines.reference.requests import Requests
from sim.measures.record import ORDER_DTYPE, PAIR_SUMS, PART_DTYPE, STATE_DTYPE, WEEK_DTYPE, Rows, causes
from sim.rules import attribution, distributions, promise
from sim.rules import calendar as clock
from sim.rules.draws import combine, entity_key, slot_key, uniform
from sim.units import MS_PER_HOUR

PLAIN_CAUSES = frozenset({attribution.QUEUE, attribution.WORK, attribution.TRANSPORT})


class Company:
    """Everything that lives in one run."""

    def __init__(
        self, world: World, seed: int, replication: int, log: bool, parts: bool = True, most_events: int = MOST_EVENTS
    ) -> None:
        self.env = Clock(world.stop, most_events)
        self.world = world
        self.run_key = combine(seed, replication)
        self.regime = world.regimes[0]
        self.measuring = False
        """Whether this instant lies within the window."""
        self.calendar = world.calendars[world.company_calendar]
        self.holders = len(world.departments) + len(world.transports)
        self.patient = world.customers.waits_for_ever
        self.log: list[tuple[int, int, int, int, int]] | None = [] if log else None
        self.open_measured = 0
        """Measured orders that are not over yet [1]."""
        self.active = 0
        """Active customers [1]."""
        self.joined = self.left = self.customer_time = 0
        self.customers_end = 0
        self.reported = self.mended = self.redundant = 0
        self.reported_this_week = 0
        """Causes of defects reported since the week began [1]."""
        self.improvable = self.improved = 1.0
        """What is left of what can be improved, and the factor of improvement on incomplete hand-offs [1]."""
        self.safety = 0.0
        """Safety time on top of forecasts [h]."""
        self.lost_to_colleagues = 0.0
        """Smoothed opening time that an order loses to anything but queues and work [h]."""
        self._counted_until = 0
        self.customers: list[Customer] = []
        self.finished = self.env.event()
        self.open_orders: dict[int, Order] = {}
        self.order_rows = Rows(ORDER_DTYPE)
        self.part_rows = Rows(PART_DTYPE)
        self.parts_wanted = parts
        self.held = [0] * causes(self.holders)
        """Opening time for which each cause held the measured orders that were delivered [ms]."""
        self.week_rows = Rows(WEEK_DTYPE)
        self.state_rows = Rows(STATE_DTYPE)
        self._present_until = 0
        self.departments = [Department(self, i) for i in range(len(world.departments))]
        n = len(self.departments)
        self.pairs = {name: [0] * (n * n) for name in PAIR_SUMS}
        for department in self.departments:
            department.skills = [self.departments[k] for k in world.skills[department.index]]
            department.helpers = [d for d in self.departments if department.index in world.skills[d.index]]
        self.requests = Requests(self)

    def begin(self) -> None:
        """Set everybody to work."""
        env, world = self.env, self.world
        self.enforce(0)
        weeks.staff_posts(self)
        for department in self.departments:
            department.climate.begin()
        for department in self.departments:
            if not department.always_open:
                env.process(department.doors())
            if world.own_tasks[department.index] is not None:
                env.process(own_tasks(self, department))
        env.process(weeks.weeks(self))
        if world.people.days:
            env.process(climate.days(self))
        env.process(weeks.last_day(self))
        if world.demand.kind == CUSTOMERS:
            for key in range(world.demand.customers):
                self.customer_joins(Customer(self, key, 0))
            if not self.frozen:
                env.process(newcomers(self))
        else:
            env.process(real_orders(self) if world.demand.kind == FILE else stream(self))

    def enforce(self, number: int) -> None:
        """Let the parameters of a regime come into force."""
        self.regime = self.world.regimes[number]
        for department in self.departments:
            department.posts = self.regime.posts[department.index]

    # Draws ------------------------------------------------------------------------------------------------

    def draw(self, entity: int, index: int, purpose: int) -> float:
        """Draw a uniform number of an entity for a purpose."""
        return uniform(slot_key(entity_key(self.run_key, entity), index), purpose)

    def variate(self, spec: Variate, luck: int, purpose: int) -> float:
        """Draw an amount, from the key of a slot."""
        if spec.family == distributions.DETERMINISTIC:
            return spec.mean
        u = uniform(luck, purpose)
        return spec.mean * distributions.unit_variate(spec.family, spec.a, spec.b, spec.table, 0, len(spec.table), u)

    def work(self, spec: Variate, luck: int, purpose: int) -> float:
        """Draw an amount of work [h], as variable as the regime makes it."""
        if spec.family == distributions.DETERMINISTIC:
            return spec.mean
        u = uniform(luck, purpose)
        unit = distributions.unit_variate(spec.family, spec.a, spec.b, spec.table, 0, len(spec.table), u)
        variability = self.regime.variability
        return spec.mean * (unit if variability == 1.0 else distributions.narrow(unit, variability))

    # Time -------------------------------------------------------------------------------------------------

    # == the window
    def clip(self, t: int) -> int:
        """Return the instant of the window closest to t [ms]."""
        return min(max(t, self.world.window_begin), self.world.window_end)

    def within(self, begin: int, end: int) -> int:
        """Return the part of an interval that lies within the window [ms]."""
        return self.clip(end) - self.clip(begin)

    def instant(self, stamp: dt.datetime) -> int:
        """Return the instant of a time stamp of the file of real orders [ms]."""
        rows = self.world.demand.rows
        assert rows is not None
        midnight = dt.datetime.combine(rows.rows[0].placed.date(), dt.time())
        return int((stamp - midnight) / dt.timedelta(milliseconds=1))

    # Forecasts --------------------------------------------------------------------------------------------

    # == a forecast is made
    def foresee(self, step: StepRow, complexity: float) -> float:
        """Return the opening hours until delivery that the load of those who deliver suggests [h]."""
        total = self.lost_to_colleagues
        for holder, visits, hours in step.ahead:
            if holder >= len(self.departments):
                total += hours * self.world.open_share
            else:
                total += hours * complexity
                department = self.departments[holder]
                total += visits * department.queue.work / department.capacity()
        return total

    # == a forecast learns
    def learn_from_delivery(self, order: Order, quoted_opened: int) -> None:
        """Compare a forecast with what happened."""
        rule = self.world.promise
        if order.forecast == order.forecast:  # not nan: this order's promise was a forecast
            taken = (clock.opened(self.calendar, self.env.now) - quoted_opened) / MS_PER_HOUR
            self.safety = promise.safety_step(self.safety, taken - order.forecast, self.regime.level, rule.gain)
        lost = 0
        for cause, (opened, _) in order.custody.parts.items():
            if attribution.kind_of(cause, self.holders) not in PLAIN_CAUSES:
                lost += opened
        self.lost_to_colleagues = promise.smoothed(self.lost_to_colleagues, lost / MS_PER_HOUR, rule.memory)

    # Customers come and go --------------------------------------------------------------------------------

    @property
    def frozen(self) -> bool:
        """Whether the number of customers is held fixed now."""
        return self.env.now >= self.world.demand.frozen_from

    def customer_joins(self, customer: Customer) -> None:
        """Welcome a customer."""
        self.count_customers()
        self.active += 1
        self.customers.append(customer)
        if self.measuring:
            self.joined += 1
        if self.log is not None:
            self.log.append((self.env.now, streams.LOG_JOINED, -1, customer.key, -1))
        if self.world.demand.kind == CUSTOMERS:
            self.env.process(customer.life())

    def customer_leaves(self, customer: Customer) -> None:
        """Lose a customer; where demand is frozen another one takes the place at once."""
        self.count_customers()
        if self.measuring:
            self.left += 1
        if self.log is not None:
            self.log.append((self.env.now, streams.LOG_LEFT, -1, customer.key, -1))
        if not self.frozen:
            self.active -= 1
            customer.left = self.env.now

    # The books --------------------------------------------------------------------------------------------

    def count_customers(self) -> None:
        """Bring the time that customers were active up to date."""
        self.customer_time += self.active * self.within(self._counted_until, self.env.now)
        self._counted_until = self.env.now

    # == presence is counted
    def count_presence(self) -> None:
        """Bring the time that people were present up to date."""
        since, now = self._present_until, self.env.now
        begin, end = self.clip(since), self.clip(now)
        for d in self.departments if since < now else ():
            d.unfilled += d.vacant * (now - since)
            d.attended += d.present * (clock.opened(d.calendar, now) - clock.opened(d.calendar, since))
            if begin < end:
                opened = clock.opened(d.calendar, end) - clock.opened(d.calendar, begin)
                d.sums["present"] += d.present * opened
                d.sums["absent"] += d.away * opened
                d.sums["vacant"] += d.vacant * (end - begin)
        self._present_until = now

    # == a hand-off is counted
    def count_handoff(self, pair: int, incomplete: bool, noticed: bool) -> None:
        """Note a hand-off of a pair receiver * n + sender."""
        self.pairs["handoffs"][pair] += 1
        self.pairs["incomplete"][pair] += incomplete
        self.pairs["noticed"][pair] += noticed

    # == an order is entered
    def book(self, order: Order) -> None:
        """Enter an order that is over."""
        del self.open_orders[order.key]
        self.enter(order)
        if order.measured:
            self.open_measured -= 1
            if self.open_measured == 0 and self.env.now >= self.world.window_end and not self.finished.triggered:
                self.finished.succeed()

    def enter(self, order: Order) -> None:
        """Write down what is known of an order, over or not; where its wait came from, if it has been delivered."""
        self.order_rows.add(*order.row())
        if order.delivered >= 0 and order.measured:
            for cause, (opened, closed) in order.custody.parts.items():
                self.held[cause] += opened
                if self.parts_wanted:
                    self.part_rows.add((order.key, cause, opened, closed))

    # == the log
    def write(self, event: int, holder: int, item: Item) -> None:
        """Write an item's event to the log."""
        if self.log is not None:
            self.log.append((self.env.now, event, holder, item.key, item.kind))

    def write_order(self, event: int, key: int) -> None:
        """Write an order's event to the log."""
        if self.log is not None:
            self.log.append((self.env.now, event, -1, key, -1))
