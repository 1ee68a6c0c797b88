"""Little's law, L = lambda W, in every department of the default company and of the theory networks.

Whatever the discipline, the calendar or the loops: the mean number at a department is the rate of arrivals times
the mean stay. L comes from the engine's own sums; lambda and W from the event log, item by item. Edge effects: items
that are there when the window begins or ends count in L only with their time inside, in lambda W with their
whole stay, if they arrived inside; the difference is at most (items there at either end) x (their stays) / window.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from sim.api import with_weeks
from sim.arrays import World, build
from sim.engines import engine, streams
from sim.measures.record import Record
from sim.policies import portfolio
from sim.rules import internal_service
from sim.scenario.load import load_scenario

Stay = tuple[int, int, int]
"""Department, arrival [ms], end [ms]."""

WITHDRAWN = {internal_service.STEP, internal_service.CLARIFICATION, internal_service.REQUEST}
"""What is withdrawn when the customer gives up; help that a blocked person waits for is not."""


def run(name: str, weeks: float, *policies: str) -> tuple[World, Record]:
    scenario = with_weeks(load_scenario(name), weeks)
    world = build(scenario, portfolio([(p, 1.0) for p in policies]))
    return world, engine("reference")(world, 3, 0, log=True)


def stays(world: World, record: Record) -> Iterator[Stay]:
    """Yield every stay of an item at a department, from the event log alone."""
    open_items: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    of_order: dict[int, set[tuple[int, int, int]]] = defaultdict(set)
    in_hands: dict[tuple[int, int, int], int] = defaultdict(int)
    for time, event, holder, key, kind in record.log:
        item = (holder, key, kind)
        in_hands[item] += (event == streams.LOG_STARTED) - (event == streams.LOG_FINISHED)
        if event == streams.LOG_ARRIVED:
            open_items[item].append(time)
            of_order[key].add(item)
        elif event in (streams.LOG_FINISHED, streams.LOG_DROPPED):
            yield holder, open_items[item].pop(0), time
        elif event == streams.LOG_ABANDONED:
            # Whatever waited for the order is withdrawn with it; what is in somebody's hands will finish.
            for gone in of_order[key]:
                if gone[2] not in WITHDRAWN:
                    continue
                waiting = open_items[gone][in_hands[gone] :]
                del open_items[gone][in_hands[gone] :]
                for arrival in waiting:
                    yield gone[0], arrival, time
    for (holder, _, _), arrivals in open_items.items():
        for arrival in arrivals:
            yield holder, arrival, record.ended


@pytest.mark.parametrize(
    ("name", "weeks", "policies", "tolerance"),
    [
        ("levante", 26, (), 0.08),
        ("levante", 13, ("cross_training", "checklist", "shared_standards", "more_staff"), 0.12),
        ("theory/jackson", 8, (), 0.02),
        ("theory/tandem", 4, (), 0.03),
        ("theory/cobham", 12, (), 0.03),
        ("theory/erlang_a", 4, (), 0.01),
    ],
)
def test_the_mean_number_is_the_rate_of_arrivals_times_the_mean_stay(
    name: str, weeks: float, policies: tuple[str, ...], tolerance: float
) -> None:
    world, record = run(name, weeks, *policies)
    begin, end = world.window_begin, world.window_end
    by_department: list[list[tuple[int, int]]] = [[] for _ in world.departments]
    for holder, arrival, left in stays(world, record):
        by_department[holder].append((arrival, left))
    for i, found in enumerate(by_department):
        number = record.departments["in_system"][i] / (end - begin)
        # The engine's area is, exactly, the stays' time within the window.
        area = sum(max(0, min(left, end) - max(arrival, begin)) for arrival, left in found)
        assert record.departments["in_system"][i] == area, world.departments[i]
        inside = [left - arrival for arrival, left in found if begin <= arrival < end]
        rate, stay = len(inside) / (end - begin), sum(inside) / max(1, len(inside))
        edge = sum(left - arrival for arrival, left in found if arrival < begin < left or arrival < end < left)
        assert abs(number - rate * stay) <= edge / (end - begin) + 1e-12, world.departments[i]
        assert number == pytest.approx(rate * stay, rel=tolerance, abs=0.02), world.departments[i]


def test_the_whole_company_holds_as_many_orders_as_are_placed_times_their_wait() -> None:
    world, record = run("levante", 26)
    begin, end = world.window_begin, world.window_end
    orders = record.orders
    left = orders["ended"].copy()
    left[orders["delivered"] >= 0] = orders["delivered"][orders["delivered"] >= 0]
    left[left < 0] = record.ended
    area = sum(
        max(0, min(gone, end) - max(p, begin)) for p, gone in zip(orders["placed"].tolist(), left.tolist(), strict=True)
    )
    inside = (orders["placed"] >= begin) & (orders["placed"] < end)
    assert inside.sum() == (orders["measured"] == 1).sum()
    assert area == pytest.approx(float((left - orders["placed"])[inside].sum()), rel=0.02)
