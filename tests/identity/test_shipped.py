"""Every shipped scenario under every shipped policy: the compiled engine does what the reference engine does."""

from __future__ import annotations

import pytest

from benchmarks.validate.configurations import SHIPPED
from benchmarks.validate.identity import shipped_world
from sim.engines.streams import LOG_DELIVERED, LOG_EVENTS, LOG_FINISHED, LOG_HIRED, LOG_PLACED, LOG_RESIGNED
from sim.policies import the_sixteen
from sim.scenario.files import shipped_names
from tests.identity.both import assert_engines_agree

COMPANIES = ("levante", "cadena")
"""Shipped companies that policies have something to move in; theory's have no colleagues."""
EVERYTHING_BUT = {"answered"}
"""Events that no engine writes."""


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_is_the_same_in_both_engines(name: str):
    record = assert_engines_agree(shipped_world(name, (), 0.7, 0.5), seed=3)
    events = set(record.log_rows()[:, 1].tolist())
    assert {LOG_PLACED, LOG_DELIVERED} <= events
    if name in COMPANIES:
        unseen = {LOG_EVENTS[number] for number in set(range(len(LOG_EVENTS))) - events}
        assert LOG_FINISHED in events
        rare = {"left", "dropped", "declined", "abandoned", "joined", "resigned", "hired"}
        assert unseen <= EVERYTHING_BUT | rare, unseen


@pytest.mark.parametrize("name", COMPANIES)
def test_people_come_and_go_alike_in_both_engines(name: str):
    record = assert_engines_agree(shipped_world(name, the_sixteen(), 20.0, 12.0), seed=5)
    assert {LOG_RESIGNED, LOG_HIRED} <= set(record.log_rows()[:, 1].tolist())
    assert record.weeks["improvable"][-1] < 1.0


@pytest.mark.parametrize("policies", [*((policy,) for policy in SHIPPED), SHIPPED[:4], SHIPPED], ids="+".join)
@pytest.mark.parametrize("name", COMPANIES)
def test_every_policy_is_the_same_in_both_engines(name: str, policies: tuple[str, ...]):
    # From the middle of the second week, so that regimes change while things are under way.
    assert_engines_agree(shipped_world(name, policies, 2.0, 0.3), seed=11, replication=2)


@pytest.mark.parametrize("replication", range(3))
def test_replications_are_the_same_in_both_engines(replication: int):
    records = [assert_engines_agree(shipped_world("theory/internal_last", (), 1.0, 0.0), 5, replication)]
    assert records[0].log_rows().shape[0] > 100
