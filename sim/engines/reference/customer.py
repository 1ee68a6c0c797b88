"""Customers: they order again and again, leave or stay, and bring others."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.engines import streams
from sim.engines.reference.clock import Planned
from sim.engines.reference.order import Order
from sim.orders import OrderRow
from sim.rules import calendar as clock
from sim.rules import customers as rules
from sim.rules import demand
from sim.rules.calendar import NEVER
from sim.rules.draws import child_key, entity_key, slot_key, uniform
from sim.units import HOURS_PER_YEAR, MS_PER_HOUR

if TYPE_CHECKING:
    from sim.engines.reference.company import Company

STREAM_KEY = (1 << 42) - 1
"""Key of streams that belong to nobody: orders of one-time customers, newcomers."""
MS_PER_YEAR = HOURS_PER_YEAR * MS_PER_HOUR


class Customer:
    """One customer. Its key decides its luck: how often it orders, what, and when it leaves."""

    __slots__ = ("brought_by", "company", "has_had_enough", "joined", "key", "left", "orders", "satisfaction")

    def __init__(self, company: Company, key: int, joined: int, brought_by: int = -1) -> None:
        self.company = company
        self.key = key
        self.joined = joined
        self.left = -1
        self.brought_by = brought_by
        self.orders = 0
        self.satisfaction = company.world.customers.start
        self.has_had_enough = False

    def chooses_kind(self, order: Order) -> bool:
        """Say whether the customer has already said what kind of order it is; here it has not."""
        return False

    def states_value(self, order: Order) -> bool:
        """Say whether the customer has already said what the order is worth; here it has not."""
        return False

    def segment(self) -> int:
        """Return the kind of customer this is."""
        u = self.company.draw(self.key, 0, streams.SEGMENT)
        rows = self.company.world.segments
        return next((i for i, row in enumerate(rows) if u < row.threshold), len(rows) - 1)

    # == a customer orders
    def life(self) -> Generator[Any, Any, None]:
        """Order, and think again before each order whether to stay."""
        company = self.company
        asked = company.world.demand
        own_key = entity_key(company.run_key, self.key)
        rate = asked.rate * company.variate(asked.spread, slot_key(own_key, 0), streams.ORDER_RATE)
        if rate == 0.0:
            return
        operational = demand.operational_at(asked.profile, self.joined)
        last = self.joined
        if self.joined == 0:
            # Those of the start ordered before it, as long ago as chance has it: their first check is not too kind.
            age = company.variate(asked.gap, slot_key(own_key, 0), streams.AGE) / rate
            last = -clock.ticks(age)
        while True:
            luck = slot_key(own_key, self.orders)
            operational += company.variate(asked.gap, luck, streams.ORDER_GAP) / rate
            at = demand.instant_of(asked.profile, operational)
            if at >= NEVER:
                return
            yield Planned(company.env, max(at, company.env.now), streams.PLACED, self.key)
            years = (company.env.now - last) / MS_PER_YEAR
            last = company.env.now
            if not self._stays(years, luck):
                company.customer_leaves(self)
                if not company.frozen:
                    return
                self.start_anew()
            elif not company.frozen:
                self._bring_somebody(years, luck)
            order = Order(company, self, child_key(self.key, self.orders))
            self.orders += 1
            company.env.process(order.life())

    def start_anew(self) -> None:
        """Be replaced by a customer who has had no experience yet (demand is frozen)."""
        self.satisfaction = self.company.world.customers.start
        self.has_had_enough = False

    # == a customer stays or leaves
    def _stays(self, years: float, luck: int) -> bool:
        rule = self.company.world.customers
        if self.has_had_enough:
            return False
        if rule.hazard == 0.0:
            return True
        chance = rules.leave_probability(
            rule.hazard * HOURS_PER_YEAR, rule.slope, rule.reference, self.satisfaction, years
        )
        return uniform(luck, streams.LEAVING) >= chance

    # == a customer brings somebody
    def _bring_somebody(self, years: float, luck: int) -> None:
        company = self.company
        rule = company.world.customers
        if rule.referral == 0.0 or self.satisfaction <= rule.delighted:
            return
        open_share = rules.crowding(company.active, rule.saturation * company.world.demand.customers)
        chance = rules.referral_probability(rule.referral * HOURS_PER_YEAR, open_share, years)
        if uniform(luck, streams.REFERRAL) < chance:
            # Keyed by who brought them, so that nobody else's coming or going changes who they are.
            company.customer_joins(
                Customer(company, child_key(self.key + 1, -1 - self.orders), company.env.now, self.key)
            )


class OneTimeCustomer(Customer):
    """Somebody who orders once."""

    def __init__(self, company: Company, key: int) -> None:
        super().__init__(company, key, company.env.now)


class RealCustomer(Customer):
    """A customer of a file of real orders: orders are placed as they were, with their value and promise."""

    __slots__ = ("row",)

    def __init__(self, company: Company, key: int, row: OrderRow) -> None:
        super().__init__(company, key, company.env.now)
        self.row = row

    def chooses_kind(self, order: Order) -> bool:
        """Take the kind from the file, if it is there."""
        if self.row.type is None:
            return False
        order.kind = self.company.world.kind_names.index(self.row.type)
        return True

    def states_value(self, order: Order) -> bool:
        """Take the value, and the promise if there is one, from the file."""
        order.value = self.row.value
        promised = -1 if self.row.promised is None else self.company.instant(self.row.promised)
        if promised >= 0:  # One before the first day cannot be kept by anybody: it is none.
            order.promised = promised
            # In opening hours of the company, like every quote.
            opened = clock.opened(self.company.calendar, max(order.placed, order.promised))
            order.quote = (opened - clock.opened(self.company.calendar, order.placed)) / MS_PER_HOUR
        return True


# == orders of a stream
def stream(company: Company) -> Generator[Any, Any, None]:
    """Place orders one by one, each of a customer of its own."""
    asked = company.world.demand
    if asked.rate == 0.0:
        return
    own_key = entity_key(company.run_key, STREAM_KEY)
    operational, number = 0.0, 0
    while True:
        operational += company.variate(asked.gap, slot_key(own_key, number), streams.ORDER_GAP) / asked.rate
        at = demand.instant_of(asked.profile, operational)
        if at >= NEVER:
            return
        yield Planned(company.env, max(at, company.env.now), streams.PLACED, 0)
        company.env.process(Order(company, OneTimeCustomer(company, number), number).life())
        number += 1


# == orders of a file
def real_orders(company: Company) -> Generator[Any, Any, None]:
    """Place the orders of a file at the instants at which they were placed."""
    rows = company.world.demand.rows
    known: dict[str, RealCustomer] = {}
    for row in rows.rows if rows is not None else ():
        yield Planned(company.env, max(company.instant(row.placed), company.env.now), streams.PLACED, row.line)
        customer = known.get(row.customer)
        if customer is None:
            customer = known[row.customer] = RealCustomer(company, len(known), row)
            company.customer_joins(customer)
        customer.row = row
        customer.orders += 1
        company.env.process(Order(company, customer, row.line).life())


# == newcomers
def newcomers(company: Company) -> Generator[Any, Any, None]:
    """Bring customers who come by themselves: a keyed stream, thinned as the market fills."""
    rule = company.world.customers
    if rule.marketing == 0.0:
        return
    own_key = entity_key(company.run_key, STREAM_KEY)
    number = 0
    hours = 0.0
    market = rule.saturation * company.world.demand.customers
    while True:
        luck = slot_key(own_key, number)
        hours += company.variate(company.world.demand.gap, luck, streams.NEWCOMER_GAP) / rule.marketing
        yield Planned(company.env, max(clock.cut(hours), company.env.now), streams.NEWCOMER, 0)
        if company.frozen:
            return
        if uniform(luck, streams.NEWCOMER_CHANCE) < rules.crowding(company.active, market):
            company.customer_joins(Customer(company, streams.CUSTOMER_KEYS + number, company.env.now))
        number += 1
