"""Random companies with everything that one can have: both engines do the same, event for event, bit for bit."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.validate.configurations import Configuration, Seeded, random_configuration
from benchmarks.validate.identity import Tally, compare_configuration
from sim.engines.streams import ITEMS, LOG_EVENTS, LOG_FINISHED
from tests.identity.both import assert_engines_agree, configurations

EXAMPLES, NUMBERED = 80, 150
NEVER_WRITTEN = {"answered"}
"""Events that no engine writes: an answer is work that is finished."""


@given(configurations())
@settings(derandomize=True, deadline=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_random_companies_are_the_same_in_both_engines(configuration: Configuration):
    assert_engines_agree(configuration.world(), configuration.seed, configuration.replication)


def test_numbered_configurations_are_the_same_in_both_engines_and_everything_happens_in_them():
    tally = Tally("numbered")
    for number in range(NUMBERED):
        compare_configuration(number, tally)
    assert tally.differences == []
    assert tally.runs == NUMBERED
    assert tally.forked > NUMBERED // 3
    assert tally.tied > tally.entries // 100, "many things happen at the same instant"
    happened = Counter[str]()
    for (event, kind), times in tally.happened.items():
        happened[LOG_EVENTS[event]] += times
        happened[ITEMS[kind] if event == LOG_FINISHED else ""] += times
    assert {name for name in (*LOG_EVENTS, *ITEMS) if not happened[name]} == NEVER_WRITTEN


@given(st.integers(0, 2**32))
@settings(derandomize=True, deadline=None, max_examples=25)
def test_a_number_shows_its_configuration_again(number: int):
    assert random_configuration(Seeded(number)) == random_configuration(Seeded(number))
