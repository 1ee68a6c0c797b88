"""At the ends of what a file may say both engines still run, and agree: nothing overflows, nothing is divided by 0."""

from __future__ import annotations

from typing import Any

import pytest

from sim.arrays import build
from sim.policies import portfolio
from sim.scenario.load import scenario_from_data
from tests.identity.both import assert_engines_agree

Data = dict[str, Any]
COMPANY: Data = {
    "name": "extreme", "time": {"horizon": "2 weeks", "drain": "1 week"},
    "departments": {"desk": {"staff": 1, "discipline": "fifo"}},
    "routes": {"r": [{"step": "serve", "department": "desk", "work": {"mean": "1 h", "cv": 1}}]},
    "orders": {"k": {"route": "r", "value": {"mean": 1, "cv": 0}}},
    "demand": {"kind": "stream", "rate": "1.2 per h"},
}  # fmt: skip
CUSTOMERS: Data = {"kind": "customers", "customers": 50, "orders_per_customer": "50 per year"}
QUOTED = {"r": [{"step": "quote", "department": "desk", "work": {"mean": "1 h", "cv": 1}, "quotes": True}]}


def own_work(load: float) -> Data:
    work = {"mean": "1 h", "cv": 1}
    return {"departments": {"desk": {"staff": 1, "own_work": {"load": load, "work": work, "dropped_after": "1 h"}}}}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"demand": {"kind": "stream", "rate": "0.0000000001 per year"}}, id="an order in an aeon"),
        pytest.param({"demand": CUSTOMERS | {"orders_per_customer": "0.0000000001 per year"}}, id="the same, each"),
        pytest.param({"demand": {"kind": "stream", "rate": "1.2 per h", "interarrival_cv": 20}}, id="bursts"),
        pytest.param(
            {"routes": {"r": [{"step": "go", "transport": "snail", "time": {"mean": "1000000 h", "cv": 20}}]}},
            id="a journey of a century",
        ),
        pytest.param({"demand": CUSTOMERS, "churn": {"hazard": "1 per h", "slope": 50}}, id="nobody stays"),
        pytest.param({"service": {"pace": 0.1, "overhead": 0.9, "variability": 4}}, id="a hundredth of the pace"),
        pytest.param(own_work(1e-11), id="a task in an aeon"),
        pytest.param({"satisfaction": {"late_scale": "0.001 h", "long_wait": "0.01 h"}}, id="impatient judges"),
        pytest.param(
            {"patience": {"scale": "10000000 h", "shape": 0.1}}, id="patience without end"),
        pytest.param(own_work(1e-13), id="a task in many aeons"),
        pytest.param({"satisfaction": {"floor": 1}}, id="nobody is content"),
        pytest.param(
            {"demand": CUSTOMERS | {"orders_per_customer": "0 per year"}}, id="nobody orders"),
        pytest.param(
            {"routes": QUOTED, "promise": {"house": "8 h", "customary": "1000000 h"}}, id="used to a century"),
        pytest.param(
            {"demand": CUSTOMERS, "newcomers": {"marketing": "0.000000001 per year"}}, id="a newcomer in an aeon"),
    ],
)  # fmt: skip
def test_both_engines_agree_at_the_ends_of_what_may_be_said(changes: Data):
    record = assert_engines_agree(build(scenario_from_data(COMPANY | changes), portfolio([])))
    assert record.ended >= 14 * 86_400_000
