"""Runs that share a warm-up give what each gives alone, to the bit, and one that fails fails alone."""

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import sim.run
from sim.api import with_weeks
from sim.engines import ENGINES, compiled
from sim.errors import InputError
from sim.orders import read_orders
from sim.policies import portfolio
from sim.policies.policy import Portfolio
from sim.run import RunSpec, Together, run, run_together
from sim.scenario.files import shipped_root
from sim.scenario.load import load_scenario, scenario_from_data

TODAY = Portfolio()
POLICIES = ("checklist", "more_staff", "cross_training", "capacity_visibility", "parity")
WAYS = (TODAY, *(portfolio([(name, 1.0)]) for name in POLICIES), portfolio([("checklist", 0.5), ("parity", 1.0)]))


@pytest.fixture(scope="module")
def levante():
    company = load_scenario("levante")
    time = company.time.model_copy(update={"warm_up": 2 * 168.0, "horizon": 3 * 168.0})
    return company.model_copy(update={"time": time})


@pytest.fixture
def begun(monkeypatch):
    """How the compiled engine was used: 'warm-up', 'from it' or 'whole', in the order of the calls."""
    calls = []

    def noting(name, what):
        function = getattr(compiled, name)
        monkeypatch.setattr(compiled, name, lambda *a, **k: (calls.append(what), function(*a, **k))[1])

    for name, what in (("warm_up", "warm-up"), ("run_from", "from it"), ("run", "whole")):
        noting(name, what)
    return calls


def assert_same(found, wanted):
    assert {k: v.hex() for k, v in found.metrics.items()} == {k: v.hex() for k, v in wanted.metrics.items()}
    assert list(found.tables) == list(wanted.tables)
    for name, table in wanted.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table, check_exact=True)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "tables", [(), ("runs", "departments", "pairs", "weeks"), RunSpec.__dataclass_fields__["tables"].default]
)
def test_results_are_those_of_each_alone(levante, begun, tables, log):
    specs = [RunSpec(levante, way, seed=3, replication=2, tables=tables, log=log) for way in WAYS]
    together = run_together(specs)
    assert begun == ["warm-up", *["from it"] * len(WAYS)]
    for spec, found in zip(specs, together, strict=True):
        assert_same(found, run(spec))
        assert ("log" in found.tables) == log
        if log:
            assert found.tables["log"]["time"].min() < 2 * 168 < found.tables["log"]["time"].max()


def test_results_are_those_of_the_reference(levante):
    specs = [RunSpec(levante, way, seed=5) for way in WAYS[:3]]
    for spec, found in zip(specs, run_together(specs), strict=True):
        assert_same(found, run(dataclasses.replace(spec, engine="reference")))


def test_what_differs_in_more_than_policies_shares_nothing(levante, begun):
    """Another seed, another replication, another company; a log that only one wants."""
    other = with_weeks(levante, 2)
    specs = [
        RunSpec(levante, tables=()),
        RunSpec(levante, seed=2, tables=()),
        RunSpec(levante, replication=1, tables=()),
        RunSpec(other, tables=()),
        RunSpec(levante, WAYS[1], log=True, tables=()),
    ]
    found = run_together(specs)
    assert begun == ["whole"] * 5
    for spec, result in zip(specs, found, strict=True):
        assert_same(result, run(spec))


def test_each_replication_and_company_among_many_has_its_own_warm_up(levante, begun):
    other = with_weeks(levante, 2)
    specs = [
        RunSpec(company, way, replication=k, tables=())
        for way in WAYS[:2]
        for k in (0, 1)
        for company in (levante, other)
    ]
    found = run_together(specs)
    assert begun.count("warm-up") == 4
    assert begun.count("from it") == 8
    for spec, result in zip(specs, found, strict=True):
        assert_same(result, run(spec))


def test_without_a_warm_up_or_with_worlds_that_differ_each_runs_by_itself(levante, begun, monkeypatch):
    time = levante.time.model_copy(update={"warm_up": 0.0})
    cold = [RunSpec(levante.model_copy(update={"time": time}), way, tables=()) for way in WAYS[:2]]
    for spec, result in zip(
        cold, run_together([dataclasses.replace(s, scenario=cold[0].scenario) for s in cold]), strict=True
    ):
        assert_same(result, run(spec))
    assert set(begun) == {"whole"}
    monkeypatch.setattr(compiled, "can_share", lambda one, other: one is other)
    begun.clear()
    warm = [RunSpec(levante, way, tables=()) for way in WAYS[:2]]
    for spec, result in zip(warm, run_together(warm), strict=True):
        assert_same(result, run(spec))
    assert set(begun) == {"whole"}


def test_only_the_worlds_that_can_share_do(levante, begun, monkeypatch):
    real, worlds = compiled.can_share, []

    def but_for_the_second(one, other):
        worlds.append(other)
        return len(worlds) != 2 and real(one, other)

    monkeypatch.setattr(compiled, "can_share", but_for_the_second)
    specs = [RunSpec(levante, way, tables=()) for way in WAYS[:4]]
    found = run_together(specs)
    assert begun == ["warm-up", "from it", "whole", "from it", "from it"]
    for spec, result in zip(specs, found, strict=True):
        assert_same(result, run(spec))


@pytest.mark.parametrize("engine", ["reference", "both"])
def test_engines_that_do_not_fork_run_each_by_itself(engine, begun):
    company = scenario_from_data({"extends": "theory/mm1", "time": {"warm_up": "1 week", "horizon": "1 week"}})
    specs = [RunSpec(company, way, engine=engine, tables=("orders",)) for way in WAYS[:2]]
    for spec, found in zip(specs, run_together(specs), strict=True):
        assert_same(found, run(dataclasses.replace(spec, engine="compiled")))
    assert "warm-up" not in begun


def test_real_orders_are_shared_too(begun):
    company = load_scenario("marketplace")
    orders = read_orders(shipped_root() / "examples" / "orders.csv")
    specs = [RunSpec(company, way, orders=orders) for way in (TODAY, portfolio([("shared_standards", 1.0)]))]
    for spec, found in zip(specs, run_together(specs), strict=True):
        assert_same(found, run(spec))


def test_a_world_that_cannot_be_made_fails_alone(levante, begun, monkeypatch):
    real = sim.run.build

    def build(scenario, ways, orders=None):
        if ways.key == "parity":
            raise InputError("parity: not here; choose another policy.")
        return real(scenario, ways, orders)

    monkeypatch.setattr(sim.run, "build", build)
    sim.run.SETTINGS.forget()
    specs = [RunSpec(levante, way, tables=()) for way in WAYS[:-1]]
    together = Together(specs)
    failed = []
    for spec in specs:
        try:
            together.run(spec)
        except InputError as error:
            failed.append((spec.portfolio.key, str(error)))
    assert failed == [("parity", "parity: not here; choose another policy.")]
    assert begun == ["warm-up", *["from it"] * (len(specs) - 1)]
    with pytest.raises(InputError, match="parity"):
        run_together(specs)


def test_where_the_warm_up_itself_fails_each_run_begins_at_the_beginning(levante, monkeypatch):
    def broken(*_, **__):
        raise MemoryError

    monkeypatch.setattr(compiled, "warm_up", broken)
    specs = [RunSpec(levante, way, tables=()) for way in WAYS[:2]]
    for spec, found in zip(specs, run_together(specs), strict=True):
        assert_same(found, run(spec))


def test_many_threads_do_one_warm_up(levante, begun):
    specs = [RunSpec(levante, way, replication=4, tables=("orders", "weeks")) for way in WAYS]
    alone = [run(spec) for spec in specs]
    begun.clear()
    together, start = Together(specs), threading.Barrier(len(specs))
    with ThreadPoolExecutor(len(specs)) as pool:
        found = list(pool.map(lambda spec: (start.wait(), together.run(spec))[1], specs))
    assert begun.count("warm-up") == 1
    for one, other in zip(found, alone, strict=True):
        assert_same(one, other)


def test_an_engine_without_a_door_for_it_is_no_forking_engine(monkeypatch):
    from sim.engines.protocol import forking
    from tests.cli import other_engine

    monkeypatch.setitem(ENGINES, "other", other_engine.__name__)
    assert forking("compiled") is compiled
    assert [forking(name) for name in ("reference", "both", "other")] == [None] * 3
