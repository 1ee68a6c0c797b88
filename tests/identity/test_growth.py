"""However little room a run has at first, and however often it has to grow or begin anew: the record is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.validate.configurations import Seeded, random_configuration
from benchmarks.validate.identity import shipped_world
from sim.arrays import build
from sim.engines import compiled as engine
from sim.engines.compiled import workspace
from sim.policies import portfolio
from sim.scenario.load import scenario_from_data
from tests.identity.both import assert_same, compiled, compiled_run, reference

NUMBERS = range(3000, 3012)
SMALLEST_SPARE = 1
"""Words for one event: every record asks for more, and memory is never overrun."""


@pytest.fixture
def cramped(monkeypatch) -> Callable[[int], Counter[str]]:
    """Have hardly any room from now on; count how often there is more."""
    usual = {name: getattr(workspace, name) for name in ("ROOM", "ROOMS", "SPARE", "Habits")}

    def cramp(room: int) -> Counter[str]:
        counted = Counter[str]()

        class Cramped(workspace.Workspace):
            def __init__(self):
                self.m = np.zeros(8, dtype=np.int64)
                self.f = self.m.view(np.float64)

            def begin(self, *arguments):
                counted["begun"] += 1
                super().begin(*arguments)

            def make_room(self, *arguments):
                counted["grown"] += 1
                super().make_room(*arguments)

        monkeypatch.setattr(workspace, "ROOM", room)
        monkeypatch.setattr(workspace, "ROOMS", dict.fromkeys(usual["ROOMS"], room))
        monkeypatch.setattr(workspace, "SPARE", SMALLEST_SPARE)
        monkeypatch.setattr(compiled_run, "Habits", lambda: usual["Habits"](spare=SMALLEST_SPARE))
        monkeypatch.setattr(compiled_run, "Workspace", Cramped)
        monkeypatch.setattr(compiled_run._thread, "space", Cramped(), raising=False)
        return counted

    return cramp


@pytest.mark.parametrize("room", [1, 8])
def test_a_run_that_has_to_grow_or_begin_anew_is_the_same(cramped, room: int):
    counted = cramped(room)
    for number in NUMBERS:
        configuration = random_configuration(Seeded(number))
        world = configuration.world()
        expected = reference(world, configuration.seed, configuration.replication)
        for _ in range(2):
            # The second time it has learned how much room it needs.
            assert_same(expected, compiled(world, configuration.seed, configuration.replication))
    assert counted["grown"] > 2 * len(NUMBERS)
    assert counted["begun"] > 2 * len(NUMBERS), "some have begun anew"


def test_a_run_that_goes_on_from_a_warm_up_grows_or_begins_anew_likewise(cramped):
    worlds = [[random_configuration(Seeded(n)).world(p) for p in ((), (("more_staff", 1.0),))] for n in NUMBERS]
    expected = [[compiled(world) for world in pair] for pair in worlds]
    counted = cramped(1)
    for pair, records in zip(worlds, expected, strict=True):
        # New worlds: what others have learned does not count.
        warm = compiled_run.warm_up(pair, 1, 0, log=True)
        for world, record in zip(pair, records, strict=True):
            assert_same(record, engine.run_from(warm, world))
    assert counted["grown"] > len(NUMBERS)


def test_a_memory_that_was_full_of_something_else_changes_nothing(cramped):
    """Nothing is read that has not been written before, whatever stands there."""
    world = shipped_world("levante", (), 0.5, 0.5)
    expected = compiled(world)
    cramped(8)
    space = compiled_run._thread.space
    for pattern in (-1, 0x7FF8_0000_0000_0000, 1 << 62, 7):
        space.m = np.full(1 << 20, pattern, dtype=np.int64)
        space.f = space.m.view(np.float64)
        assert_same(expected, compiled(world))


def test_thousands_of_customers_need_no_more_memory_than_they_take_up(monkeypatch):
    """They come all at once, in the first event."""
    monkeypatch.setattr(compiled_run._thread, "space", workspace.Workspace(), raising=False)
    data = {
        "name": "many", "time": {"horizon": "1 day"}, "departments": {"desk": {"staff": 1}},
        "routes": {"r": [{"step": "s", "department": "desk", "work": {"mean": "1 min", "cv": 1}}]},
        "orders": {"k": {"route": "r", "value": {"mean": 1, "cv": 0}}},
        "demand": {"kind": "customers", "customers": 5_000, "orders_per_customer": "1 per year"},
    }  # fmt: skip
    world = build(scenario_from_data(data), portfolio([]))
    assert_same(reference(world), compiled(world))
    assert compiled_run._thread.space.m.nbytes < 100e6
