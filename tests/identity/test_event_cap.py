"""A run that would never end is stopped: in both engines by the same event, with the same words, also when forked."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.validate.configurations import Configuration, Seeded, random_configuration
from benchmarks.validate.identity import shipped_world
from experiments.run.runner import Failure, run_all
from sim.arrays import World, build
from sim.engines import compiled as compiled_engine
from sim.engines import engine, limits
from sim.engines.compiled import workspace
from sim.engines.limits import MOST_EVENTS, RunTooLargeError, RunTooLongError
from sim.errors import RelevoError, UsageError
from sim.policies import portfolio
from sim.policies.policy import Portfolio
from sim.run import RunSpec, Together, run, run_together
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_names
from sim.scenario.load import scenario_from_data
from tests.identity.both import assert_engines_agree, assert_same, compiled_run, configurations
from tests.identity.test_instants import company, rows

ENGINES = ("reference", "compiled")
NUMBERS = range(5000, 5012)
HOUR = 3_600_000
WEEK = 168 * HOUR
OVERLOADED: dict[str, Any] = {
    "name": "overloaded", "time": {"horizon": "1 week"}, "departments": {"desk": {"staff": 1}},
    "routes": {"r": [{"step": "s", "department": "desk", "work": {"mean": "1 h", "cv": 0}}]},
    "orders": {"k": {"route": "r", "value": {"mean": 1, "cv": 0}}},
    "demand": {"kind": "stream", "rate": "1000000000 per h"},
}  # fmt: skip
"""A stream of orders thousands of times what the only person can do, many in each millisecond."""


def outcome(work: Callable[[], Any]) -> int | str:
    """The events of a run that ends, or why it was stopped."""
    try:
        return int(work().events)
    except RunTooLongError as error:
        return str(error)


def outcomes(world: World, caps: Iterable[int], seed: int = 1, replication: int = 0) -> list[dict[int, int | str]]:
    """What each engine says under each cap."""
    return [
        {cap: outcome(lambda: engine(name)(world, seed, replication, most_events=cap)) for cap in caps}  # noqa: B023
        for name in ENGINES
    ]


def around(events: int) -> list[int]:
    """Caps far below the events of a run, just below, at and above."""
    return sorted({1, max(1, events // 3), max(1, events - 1), events, events + 1})


# The same event in both engines -----------------------------------------------------------------------------


@given(configurations())
@settings(derandomize=True, deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
def test_both_engines_are_stopped_by_the_same_event_or_not_at_all(configuration: Configuration):
    world, luck = configuration.world(), (configuration.seed, configuration.replication)
    events = assert_engines_agree(world, *luck).events
    assert events > 0
    caps = around(events)
    one, other = outcomes(world, caps, *luck)
    assert one == other
    for cap in caps:
        assert (one[cap] == events) if cap >= events else (f"got event {cap + 1:,} in week" in str(one[cap]))


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_scenarios_have_as_many_events_in_both_engines_and_far_fewer_than_are_allowed(name: str):
    world = shipped_world(name, (), 1.0, 0.5)
    record = assert_engines_agree(world)
    a_week = record.events * WEEK / record.ended
    assert 4 * a_week * 5_200 < MOST_EVENTS


def test_what_counts_is_what_the_calendar_brings_and_nothing_else():
    """One event for each order and each piece of work, one a week, and one for the end; every hop within is free."""
    world = Configuration(
        company({"desk": {"staff": 1, "discipline": "fifo"}}), rows=rows(*((hour, "desk") for hour in (0, 2, 2, 9)))
    ).world()
    record = assert_engines_agree(world)
    weeks = len(record.weeks)
    assert (weeks, len(record.orders)) == (1, 4)
    assert record.events == 4 + 4 + weeks + 1


def test_the_text_says_how_many_when_of_how_long_and_what_to_do():
    world = Configuration(
        company({"desk": {"staff": 1, "discipline": "fifo"}}), rows=rows(*((hour, "desk") for hour in (0, 42, 84)))
    ).world()
    # The week begins; the first order is placed and served; the second; the third is one too many, in mid-week.
    expected = (
        "run: got event 6 in week 0.500 of 1, at most 5 may happen; look for overload with 'relevo check', "
        "shorten --weeks, or raise most_events (sim.run.RunSpec)."
    )
    assert [found[5] for found in outcomes(world, [5])] == [expected, expected]


def test_events_of_one_instant_are_counted_so_that_it_cannot_last_for_ever():
    """The clock hardly moves, and the run is stopped all the same."""
    world = build(scenario_from_data(OVERLOADED), portfolio([]))
    one, other = outcomes(world, [100, 20_000])
    assert one == other
    assert re.fullmatch(r"run: got event 20,001 in week 0\.000 of .*", str(one[20_000]))


# Memory, pauses and shared warm-ups do not matter ---------------------------------------------------------------


def test_a_run_that_begins_anew_or_is_interrupted_counts_from_its_start(monkeypatch):
    worlds = [random_configuration(Seeded(number)).world() for number in NUMBERS]
    caps = [around(engine("compiled")(world, 1, 0).events) for world in worlds]
    expected = [outcomes(world, some) for world, some in zip(worlds, caps, strict=True)]
    monkeypatch.setattr(workspace, "ROOM", 1)
    monkeypatch.setattr(workspace, "ROOMS", dict.fromkeys(workspace.ROOMS, 1))
    monkeypatch.setattr(compiled_run, "Habits", lambda: workspace.Habits(spare=1))
    monkeypatch.setattr(compiled_run, "SLICE", HOUR)
    monkeypatch.setattr(compiled_run, "PLANS", compiled_run.Plans())
    begun = []
    usual = workspace.Workspace.begin
    monkeypatch.setattr(workspace.Workspace, "begin", lambda *words: (begun.append(1), usual(*words))[1])
    for world, some, found in zip(worlds, caps, expected, strict=True):
        assert outcomes(world, some) == found
    assert len(begun) > sum(map(len, caps)), "some have begun anew"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_shared_warm_up_counts_as_if_each_run_had_begun_at_the_beginning(number: int):
    configuration = random_configuration(Seeded(number))
    luck = configuration.seed, configuration.replication
    worlds = [configuration.world(chosen) for chosen in ((), (("more_staff", 1.0),), (("parity", 1.0),))]
    before = int(compiled_run.run_warm_up(worlds, *luck, False, True)[0].m[compiled_run.at.EVENTS])
    ends = [engine("compiled")(world, *luck).events for world in worlds]
    for cap in sorted({before, before + 1, *(end + more for end in ends for more in (-1, 0))} - {0}):
        warm = compiled_engine.warm_up(worlds, *luck, most_events=cap)
        for world in worlds:
            expected = outcome(lambda: engine("reference")(world, *luck, most_events=cap))  # noqa: B023
            assert outcome(lambda: compiled_engine.run_from(warm, world)) == expected  # noqa: B023
    if before > 1:
        with pytest.raises(RunTooLongError, match=f"got event {before:,} in week"):
            compiled_engine.warm_up(worlds, *luck, most_events=before - 1)


# The public door ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Scenario:
    time_of = {"warm_up": "1 week", "horizon": "1 week"}
    return scenario_from_data({"extends": "levante", "name": "small", "time": time_of})


def chosen(*names: str) -> Portfolio:
    return portfolio([(name, 1.0) for name in names])


def test_runs_that_share_a_warm_up_or_not_are_stopped_alike(small: Scenario):
    portfolios = [chosen(), chosen("more_staff"), chosen("parity")]
    ends = [run(RunSpec(small, each, tables=())).events for each in portfolios]
    assert len(set(ends)) == 3
    for cap in (100, *sorted(ends)):
        # The first of them shares its warm-up with nobody: another cap is another run.
        specs = [RunSpec(small, each, tables=(), most_events=cap) for each in portfolios]
        alone = [outcome(lambda: run(spec)) for spec in specs]  # noqa: B023
        together = Together([RunSpec(small, portfolios[0], tables=()), *specs])
        assert [outcome(lambda: together.run(spec)) for spec in specs] == alone  # noqa: B023
        assert [isinstance(each, str) for each in alone] == [end > cap for end in ends]
    assert [result.events for result in run_together([RunSpec(small, p, tables=()) for p in portfolios])] == ends


@pytest.mark.parametrize("name", [*ENGINES, "both"])
def test_every_engine_says_how_many_events_there_were_and_keeps_to_the_cap(small: Scenario, name: str):
    events = run(RunSpec(small, tables=())).events
    assert run(RunSpec(small, engine=name, tables=(), most_events=events)).events == events > 1_000
    with pytest.raises(RunTooLongError, match=f"got event {events:,} in week"):
        run(RunSpec(small, engine=name, tables=(), most_events=events - 1))


def test_a_cap_is_usual_where_nobody_says_otherwise_and_changes_nothing_else(small: Scenario):
    assert RunSpec(small).most_events == MOST_EVENTS == 100_000_000
    world = build(small, portfolio([]))
    for name in ENGINES:
        record = engine(name)(world, 1, 0)
        assert_same(record, engine(name)(world, 1, 0, most_events=record.events))


def test_an_error_survives_the_way_between_processes():
    for error in (limits.too_long(1, WEEK, 10), limits.too_large(1, 9 << 30, 8 << 30)):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.exit_code) == (type(error), str(error), 1)
        assert isinstance(again, RelevoError)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_is_stopped_is_a_record_and_the_others_go_on(small: Scenario, workers: int):
    specs = [RunSpec(small, tables=()), RunSpec(small, tables=(), most_events=500), RunSpec(small, seed=2, tables=())]
    found = [result for _, result in run_all(specs, workers)]
    stopped = found.pop(1)
    assert isinstance(stopped, Failure)
    assert stopped.reason.startswith("run: got event 501 in week")
    assert (stopped.exit_code, stopped.details) == (1, "")
    assert all(not isinstance(result, Failure) and result.events > 500 for result in found)


@pytest.mark.parametrize("most", [0, -1, 1 << 70, 1.5])
def test_a_cap_that_is_none_is_refused(small: Scenario, most: Any):
    with pytest.raises(UsageError, match=r"^most_events: got .*, must be at .* 100,000,000 is usual"):
        RunSpec(small, most_events=most)


# Memory ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def little_memory(monkeypatch) -> workspace.Workspace:
    """Allow 20 MB, in a memory of its own."""
    monkeypatch.setattr(workspace, "most_bytes", lambda: 20_000_000)
    monkeypatch.setattr(compiled_run._thread, "space", workspace.Workspace(), raising=False)
    return compiled_run._thread.space


def test_a_run_that_takes_too_much_memory_is_stopped_before_there_is_none_left(little_memory, small: Scenario):
    scenario = scenario_from_data(OVERLOADED)
    for _ in range(2):
        with pytest.raises(RunTooLargeError, match=r"^run: got 0\.0 GiB of memory in week 0\.0\d\d, at most 0\.0 GiB"):
            run(RunSpec(scenario, tables=()))
        assert little_memory.m.nbytes < 1e6, "what it had taken is there for others"
    world = build(small, portfolio([]))
    assert_same(engine("reference")(world, 1, 0), engine("compiled")(world, 1, 0))
    assert little_memory.m.nbytes <= 20_000_000


def test_a_run_may_grow_right_up_to_what_is_allowed(little_memory):
    little_memory._reach(2_400_000, 0)
    assert little_memory.m.nbytes == 20_000_000, "not half as much again as it needs"


def test_a_run_that_cannot_have_four_times_the_room_gets_twice(monkeypatch):
    """The room that it would like is not the room that it needs."""
    world = shipped_world("levante", (), 8.0, 1.0)
    expected, taken = engine("reference")(world, 1, 0), dict[int, int]()
    for allowed in (10**9, 9_000_000, 2_000_000):
        space = workspace.Workspace()
        monkeypatch.setattr(workspace, "most_bytes", lambda: allowed)  # noqa: B023
        monkeypatch.setattr(compiled_run, "PLANS", compiled_run.Plans())
        monkeypatch.setattr(compiled_run._thread, "space", space, raising=False)
        with suppress(RunTooLargeError):
            assert_same(expected, engine("compiled")(world, 1, 0))
            taken[allowed] = space.m.nbytes
    assert list(taken) == [10**9, 9_000_000]
    assert taken[10**9] > 9_000_000 >= taken[9_000_000]


def test_memory_that_the_computer_does_not_give_is_said_in_the_same_way(little_memory, monkeypatch):
    def nothing(*_: Any, **__: Any) -> None:
        raise MemoryError

    world = build(scenario_from_data(OVERLOADED), portfolio([]))
    monkeypatch.setattr(workspace.np, "empty", nothing)
    with pytest.raises(RunTooLargeError, match="of memory in week"):
        engine("compiled")(world, 1, 0)


def test_half_of_the_computers_memory_may_be_taken(monkeypatch):
    assert limits.most_bytes() >= limits.FEWEST_BYTES
    monkeypatch.setattr(limits.os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 1 << 22}.__getitem__)
    assert limits.most_bytes() == 8 << 30
    monkeypatch.delattr(limits.os, "sysconf")
    assert limits.most_bytes() == limits.USUAL_BYTES // 2
