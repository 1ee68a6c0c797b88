"""What colleagues provide too late: purchases that customers do not wait for, tools without which nobody works.

Twenty paired replications of the default company, shortened to half a year (the same customers and luck). A comparison
passes when its paired t is above 3.579: without an effect, with probability 0.1 %. Seeds are fixed, and are not those
with which the metrics were chosen.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
import yaml

from sim import portfolio
from sim.arrays import build
from sim.engines import engine
from sim.measures.metrics import metrics
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_root
from sim.scenario.load import scenario_from_data
from tests.mission.worlds import REPLICATIONS, SEED, Results, bits, not_so

Data = dict[str, Any]
Change = Callable[[Data], object]
TODAY = portfolio([])
STAFF = ("sales", "warehouse", "support", "billing")


def company(change: Change, weeks: int = 26) -> Scenario:
    """The default company after a change of its file."""
    text = (shipped_root() / "levante.yaml").read_text(encoding="utf-8")
    # Through JSON, so that what is written once for several departments or steps can differ.
    data: Data = json.loads(json.dumps(yaml.safe_load(text), default=str))
    data["time"] = {"warm_up": "8 weeks", "horizon": f"{weeks} weeks", "drain": "4 weeks"}
    change(data)
    return scenario_from_data(data)


@lru_cache
def results(change: Change) -> Results:
    """The metrics of every replication."""
    scenario = company(change)
    world = build(scenario, TODAY)
    run = engine("compiled")
    return [metrics(scenario, TODAY, world, run(world, SEED, k)) for k in range(REPLICATIONS)]


def needs(data: Data) -> list[Data]:
    """What the steps of an order need of colleagues."""
    return [need for step in data["routes"]["standard"] for need in step.get("needs", [])]


def as_shipped(data: Data) -> None:
    pass


def fewer_buyers(data: Data) -> None:
    data["departments"]["purchasing"]["staff"] = 2


def busier_buyers(data: Data) -> None:
    data["departments"]["purchasing"]["own_work"]["load"] = 2.4


def more_to_buy(data: Data) -> None:
    for need in needs(data):
        if need["from"] == "purchasing":
            need["work"]["mean"] = "3 h"


def late_tools(data: Data) -> None:
    data["departments"]["sales"]["worker_needs"]["work"]["mean"] = "3 h"


def twice_the_needs(data: Data) -> None:
    for need in needs(data):
        need["probability"] = f"{2 * float(need['probability'].split()[0])} %"


def last_steps(data: Data) -> list[Data]:
    """Steps whose needs are of departments that an earlier step asks, too: without them nobody's luck is another's."""
    return [step for step in data["routes"]["standard"] if step["step"] in ("picking", "invoice")]


def needs_of_nobody(data: Data) -> None:
    for need in (need for step in last_steps(data) for need in step["needs"]):
        need["probability"] = 0


def no_needs(data: Data) -> None:
    for step in last_steps(data):
        del step["needs"]


def in_order_of_arrival(data: Data) -> None:
    for department in data["departments"].values():
        department["discipline"] = "fifo"


def by_convenience(data: Data) -> None:
    data["cooperation"]["alignment"] = 0


def in_order_of_arrival_by_convenience(data: Data) -> None:
    in_order_of_arrival(data)
    by_convenience(data)


@pytest.mark.parametrize("slower", [fewer_buyers, busier_buyers, more_to_buy])
def test_what_is_bought_too_late_is_sold_to_nobody(slower: Change) -> None:
    moves = "+sales->purchasing.request_wait_mean +abandoned_after_asking_share -orders_delivered -revenue"
    assert not_so(moves, results(as_shipped), results(slower)) == {}


def test_whoever_waits_for_tools_sells_less() -> None:
    moves = "+sales.blocked_share +sales->it.blocked_people -sales.completed -orders_delivered"
    assert not_so(moves, results(as_shipped), results(late_tools)) == {}


def test_the_more_often_an_order_needs_a_colleague_the_longer_it_waits() -> None:
    by_department = " ".join(f"+wait_hours.need.{d}" for d in ("support", "billing", "purchasing", "it"))
    assert not_so(f"+wait_mean +wait_share.need {by_department}", results(as_shipped), results(twice_the_needs)) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [(needs_of_nobody, no_needs), (in_order_of_arrival, in_order_of_arrival_by_convenience)],
    ids=["needs of probability zero", "alignment where everybody serves in order of arrival"],
)
def test_what_has_nothing_to_move_changes_no_bit(one: Change, other: Change) -> None:
    one_run, other_run, today = (
        bits(engine("compiled")(build(company(change, weeks=6), TODAY), SEED, 0)) for change in (one, other, as_shipped)
    )
    assert one_run == other_run != today
