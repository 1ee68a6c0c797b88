"""From one warm-up under many policies: the same records, to the bit, as from the start, in any order, in threads."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from benchmarks.validate.configurations import (
    SHIPPED,
    Chosen,
    Configuration,
    Seeded,
    random_configuration,
    random_policies,
)
from benchmarks.validate.identity import shipped_world
from sim.arrays import World
from sim.engines import compiled as engine
from sim.measures.metrics import metrics
from sim.policies import portfolio
from sim.scenario.load import scenario_from_data
from tests.identity.both import assert_engines_agree, assert_same, compiled, compiled_run, reference

NUMBERS = range(1000, 1016)
HOUR = 3_600_000
SHIPPED_ONES: tuple[tuple[Chosen, ...], ...] = (
    (), (("more_staff", 1.0),), (("capacity_visibility", 1.0),), (("more_staff", 0.5), ("parity", 1.0)),
)  # fmt: skip


def with_portfolios(number: int) -> tuple[Configuration, list[World]]:
    """A random company under today's way of working, shipped policies, and random ones."""
    configuration = random_configuration(Seeded(number))
    choose = Seeded(-number)
    names = tuple(configuration.company["departments"])
    others = [random_policies(choose, names) for _ in range(3)]
    return configuration, [configuration.world(chosen) for chosen in (*SHIPPED_ONES, *others)]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_forked_run_is_the_run_from_the_start(number: int):
    configuration, worlds = with_portfolios(number)
    seed, replication = configuration.seed, configuration.replication
    assert all(engine.can_share(worlds[0], world) for world in worlds)
    expected = [compiled(world, seed, replication) for world in worlds]
    warm = engine.warm_up(worlds, seed, replication, log=True)
    for k in (*reversed(range(len(worlds))), 0, len(worlds) - 1):
        assert_same(expected[k], engine.run_from(warm, worlds[k]))
        # Something else in between, in the same memory.
        assert_same(expected[0], compiled(worlds[0], seed, replication))
    assert_same(reference(worlds[-1], seed, replication), expected[-1])


def test_policies_make_a_difference_in_forked_runs():
    """What is compared above is not the same thing again and again."""
    different = []
    for number in NUMBERS:
        _, worlds = with_portfolios(number)
        warm = engine.warm_up(worlds, 1, 0, log=True)
        different.append(len({engine.run_from(warm, world).log_rows().tobytes() for world in worlds}) / len(worlds))
    assert sum(different) > len(NUMBERS) / 2


def test_one_state_goes_on_in_many_threads_at_once():
    configuration, worlds = with_portfolios(NUMBERS[5])
    worlds = worlds * 6
    expected = [compiled(world, configuration.seed) for world in worlds]
    warm = engine.warm_up(worlds[:7], configuration.seed, 0, log=True)
    with ThreadPoolExecutor(4) as pool:
        for one, other in zip(expected, pool.map(lambda world: engine.run_from(warm, world), worlds), strict=True):
            assert_same(one, other)


def test_a_state_keeps_its_worlds_so_that_no_other_can_be_taken_for_one_of_them():
    worlds = [shipped_world("theory/mm1", policies, 1.0, 0.5) for policies in ((), ("more_staff",))]
    warm = engine.warm_up(worlds, 1, 0, log=True)
    kept = weakref.ref(worlds.pop())
    gc.collect()
    world = kept()
    assert world is not None
    assert_same(compiled(world), engine.run_from(warm, world))


def test_states_of_several_seeds_do_not_mix():
    _, worlds = with_portfolios(NUMBERS[7])
    states = [engine.warm_up(worlds, seed, seed % 2, log=True) for seed in range(4)]
    for seed in (2, 0, 3, 1):
        assert_same(compiled(worlds[2], seed, seed % 2), engine.run_from(states[seed], worlds[2]))


def test_a_policy_that_nobody_mentioned_at_the_warm_up_is_refused():
    """It might need more people than there is room for."""
    worlds = [shipped_world("levante", policies, 1.0, 1.0) for policies in ((), ("more_staff",))]
    warm = engine.warm_up(worlds[:1], 5, 0)
    with pytest.raises(ValueError, match="not among those of the warm-up"):
        engine.run_from(warm, worlds[1])


def test_a_long_warm_up_leaves_no_order_out():
    """Orders that were over, open, delivered and not yet over when the policies started."""
    worlds = [shipped_world("cadena", policies, 2.0, 6.0) for policies in ((), SHIPPED)]
    warm = engine.warm_up(worlds, 1, 0, log=True)
    for world in reversed(worlds):
        assert_same(compiled(world), engine.run_from(warm, world))


@pytest.mark.parametrize("number", NUMBERS[:6])
def test_metrics_are_the_same_where_nobody_wants_tables(number: int):
    configuration, worlds = with_portfolios(number)
    scenario, world = scenario_from_data(configuration.company), worlds[1]
    warm = engine.warm_up(worlds, 1, 0, parts=False)
    # By their texts: nan is nan, and no digit differs.
    expected = repr(metrics(scenario, portfolio([]), world, reference(world)))
    assert repr(metrics(scenario, portfolio([]), world, engine.run_from(warm, world))) == expected
    assert repr(metrics(scenario, portfolio([]), world, engine.run(world, 1, 0, parts=False))) == expected


@pytest.mark.parametrize("pause", [HOUR, 7 * HOUR + 1, 52 * 168 * HOUR])
def test_how_often_a_long_run_may_be_interrupted_changes_nothing(monkeypatch, pause: int):
    """It stops and goes on at these intervals; at round hours many things are about to happen."""
    worlds = [with_portfolios(number)[1][1:3] for number in NUMBERS[:8]]
    expected = [[reference(world) for world in pair] for pair in worlds]
    monkeypatch.setattr(compiled_run, "SLICE", pause)
    for pair, records in zip(worlds, expected, strict=True):
        warm = engine.warm_up(pair, 1, 0, log=True)
        for world, record in zip(pair, records, strict=True):
            assert_same(record, compiled(world))
            assert_same(record, engine.run_from(warm, world))


def test_a_run_of_years_is_the_same():
    """Longer than what it does at a time."""
    world = shipped_world("theory/internal_last", ("parity",), 120.0, 30.0)
    assert assert_engines_agree(world).ended > 5 * 26 * 168 * HOUR


def test_worlds_that_differ_before_the_policies_start_cannot_share_a_warm_up():
    configuration = random_configuration(Seeded(NUMBERS[0]))
    world = configuration.world(())
    more = {name: spec | {"staff": spec["staff"] + 1} for name, spec in configuration.company["departments"].items()}
    changes = (
        {"departments": more},
        {"time": configuration.company["time"] | {"warm_up": "9 days"}},
        {"cooperation": configuration.company["cooperation"] | {"setup": "0.3 h"}},
        {"problems": configuration.company["problems"] | {"quick": "3 h"}},
    )
    for change in changes:
        other = replace(configuration, company=configuration.company | change).world(())
        assert not engine.can_share(world, other), change
    assert engine.can_share(world, configuration.world((("parity", 1.0),)))
