"""Several worlds of one company: everything comes back, in order, whatever fails."""

import math

import pytest

from experiments.run.executors import in_processes
from experiments.run.interrupt import StopRequest
from experiments.run.threads import ThreadPool
from experiments.run.worlds import Worlds
from sim.policies import Portfolio, portfolio
from sim.run import RunSpec, run
from sim.scenario.load import load_scenario
from tests.cli.levante_briefly import briefly, failing

WAYS = {"now": Portfolio(), "list": portfolio([("checklist", 1.0)]), "half": portfolio([("checklist", 0.5)])}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return load_scenario(briefly(tmp_path_factory.mktemp("worlds")))


def worlds(company, ways=WAYS, start=ThreadPool, workers=2, **more):
    return Worlds(company, ways, 7, "compiled", workers, start, **more)


def same(one, other):
    return one.keys() == other.keys() and all(
        a == other[name] or (math.isnan(a) and math.isnan(other[name])) for name, a in one.items()
    )


def test_results_are_those_of_single_runs_in_the_order_of_replications_and_worlds(company):
    told = []
    found = list(worlds(company, tables=("customers",), told=told.append).run(3, 5))
    assert [(name, replication) for name, replication, _ in found] == [(n, r) for r in (3, 4) for n in WAYS]
    for name, replication, result in found:
        assert list(result.tables) == ["customers"]
        assert same(result.metrics, run(RunSpec(company, WAYS[name], 7, replication, tables=())).metrics)
    assert told[-1] == 6


def test_failures_are_recorded_and_the_others_come(company, monkeypatch):
    failing(monkeypatch, lambda spec: spec.replication == 1 and spec.portfolio.key == "checklist")
    these = worlds(company, start=in_processes, workers=1)
    assert [(name, r) for name, r, _ in these.run(0, 2)] == [(n, 0) for n in WAYS] + [("now", 1), ("half", 1)]
    ((name, replication, failure),) = these.failures
    assert (name, replication, failure.reason) == ("list", 1, "ZeroDivisionError: no staff")


def test_two_worlds_with_the_same_policies_are_refused(company):
    twice = {"one": portfolio([("checklist", 1.0)]), "two": portfolio([("checklist", 1.0)])}
    with pytest.raises(ValueError, match="same policies"):
        list(worlds(company, twice).run(0, 1))


def test_once_it_is_asked_to_stop_nothing_is_begun(company):
    request = StopRequest()
    request.requested = True
    assert list(worlds(company, request=request).run(0, 3)) == []
