"""Run a world with SimPy and leave its record."""

from __future__ import annotations

from sim.arrays import World
from sim.engines.limits import MOST_EVENTS
from sim.engines.reference.company import Company
from sim.measures.record import CUSTOMER_DTYPE, DEPARTMENT_SUMS, Record, Rows


def run(
    world: World,
    seed: int,
    replication: int,
    *,
    log: bool = False,
    parts: bool = True,
    most_events: int = MOST_EVENTS,
) -> Record:
    """Run one replication; see `sim.engines.protocol.Engine`."""
    company = Company(world, seed, replication, log, parts, most_events)
    company.begin()
    company.env.run(until=company.finished)
    return _close_the_books(company)


def _close_the_books(company: Company) -> Record:
    now = company.env.now
    company.count_presence()
    company.count_customers()
    company.requests.close()
    for department in company.departments:
        for item in department.queue.waiting():
            area = company.within(item.arrival, now)
            department.sums["queue"] += area
            department.sums["in_system"] += area
    for department in company.departments:
        for worker in department.people:
            if worker.item is not None:
                owner = company.departments[worker.item.department]
                if worker.blocked_by >= 0:
                    worker.count_blocked(owner, now)
                else:
                    worker.count(owner, now)
    for order in company.open_orders.values():
        company.enter(order)
    customers = Rows(CUSTOMER_DTYPE)
    for c in company.customers:
        customers.add((c.key, c.joined, c.left, c.brought_by, c.orders), (c.satisfaction,))
    return Record(
        orders=company.order_rows.sorted_by("placed", "order"),
        parts=company.part_rows.table(),
        customers=customers.sorted_by("joined", "customer"),
        weeks=company.week_rows.table(),
        states=company.state_rows.table(),
        departments={name: [d.sums[name] for d in company.departments] for name in DEPARTMENT_SUMS},
        pairs=company.pairs,
        held=company.held,
        joined=company.joined,
        left=company.left,
        reported=company.reported,
        mended=company.mended,
        redundant=company.redundant,
        customer_time=company.customer_time,
        customers_end=company.customers_end,
        ended=now,
        events=company.env.events,
        log=company.log or [],
    )
