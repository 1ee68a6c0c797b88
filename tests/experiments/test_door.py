"""The door for procedures that decide what to run next: nothing twice, the same numbers, failures said."""

import math

import numpy as np
import pytest

from experiments.run.door import Door, known
from experiments.run.executors import in_processes
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.processes import ProcessPool
from experiments.run.threads import ThreadPool
from sim.errors import RelevoError
from sim.run import RunSpec, run
from tests.cli.levante_briefly import failing
from tests.experiments.small import FIXED, experiment_of


@pytest.fixture(scope="module")
def experiment(tmp_path_factory):
    return experiment_of(tmp_path_factory.mktemp("door"), FIXED)


def counted(monkeypatch):
    """Note which runs are done: portfolio, warehouse's staff, replication."""
    import sim.run

    done, real = [], sim.run.Together.run

    def noting(self, spec):
        done.append((spec.portfolio.key, spec.scenario.departments["warehouse"].staff, spec.replication))
        return real(self, spec)

    monkeypatch.setattr(sim.run.Together, "run", noting)
    return done


def door(experiment, start=in_processes, workers=1, **more):
    return Door(experiment, "compiled", workers, start, **more)


def by_hand(experiment, point, replication):
    at = experiment.points[point]
    company = experiment.scenario(experiment.changes(at))
    return run(RunSpec(company, experiment.portfolio(at), experiment.plan.seed, replication, tables=())).metrics


@pytest.mark.parametrize(("start", "workers"), [(in_processes, 1), (ThreadPool, 3), (ProcessPool, 2)])
def test_numbers_are_those_of_single_runs_however_they_are_done(experiment, start, workers):
    found = door(experiment, start, workers).values("wait_mean", [3, 0], 1, 4)
    wanted = [[by_hand(experiment, p, r)["wait_mean"] for r in range(1, 4)] for p in (3, 0)]
    np.testing.assert_array_equal(found, wanted)


def test_only_what_is_missing_is_run(experiment, monkeypatch):
    done, told = counted(monkeypatch), []
    it = door(experiment, told=told.append)
    first = it.metrics([0, 1], 0, 3)
    assert (len(done), it.runs, told[-1]) == (6, 6, 6)
    assert it.metrics([1, 0], 0, 3) == {1: first[1], 0: first[0]}
    assert it.metrics([0], 1, 2)[0] == first[0][1:2]
    assert len(done) == 6
    more = it.metrics([0, 1, 2], 1, 5)  # 0 and 1 lack two replications, 2 lacks four.
    assert len(done) == it.runs == 6 + 2 + 2 + 4
    assert len(set(done)) == len(done)
    assert more[0][:2] == first[0][1:]
    it.metrics([2, 2], 0, 1)
    assert len(done) == 15


def test_a_gap_between_known_replications_is_filled(experiment, monkeypatch):
    done = counted(monkeypatch)
    it = door(experiment)
    it.metrics([0], 0, 1)
    it.metrics([0], 4, 5)
    whole = it.values("wait_mean", [0], 0, 6)
    assert len(done) == len(set(done)) == 6
    np.testing.assert_array_equal(whole, [[by_hand(experiment, 0, r)["wait_mean"] for r in range(6)]])


def test_failures_are_nan_and_listed_once_in_order(experiment, monkeypatch):
    failing(monkeypatch, lambda spec: spec.replication == 1 and spec.portfolio.key == "training")
    it = door(experiment, ThreadPool, 2)
    values = it.values("wait_mean", range(4), 0, 3)
    lost = [p for p, point in enumerate(experiment.points) if experiment.portfolio(point).key == "training"]
    assert [(p, r) for p, r in np.argwhere(np.isnan(values)).tolist()] == [(p, 1) for p in lost]
    assert [(row.point, row.replication, row.reason) for row in it.failures] == [
        (p, 1, "ZeroDivisionError: no staff") for p in lost
    ]
    assert it.metrics([lost[0]], 1, 2) == {lost[0]: [{}]}
    assert len(it.failures) == len(lost)
    assert known(it.metrics(range(4), 0, 3), "wait_mean")[lost[0]].keys() == {0, 2}


def test_whoever_asks_after_a_request_to_stop_gets_an_error(experiment):
    request = StopRequest()
    it = door(experiment, request=request)
    before = it.metrics([0], 0, 1)
    request.requested = True
    with pytest.raises(StoppedError, match="Interrupted"):
        it.metrics([0], 0, 4)
    assert it.metrics([0], 0, 1) == before  # What is known needs no run.


def test_a_response_that_is_not_there_is_nan(experiment):
    assert math.isnan(door(experiment).values("nonsense", [0], 0, 1)[0, 0])


def test_a_defect_of_the_machinery_is_an_error_not_a_number(experiment, monkeypatch):
    from experiments.run import door as module

    def broken(_):
        raise RelevoError("no room")

    monkeypatch.setattr(module, "run_rows", broken)
    with pytest.raises(RelevoError, match="no room"):
        door(experiment).metrics([0], 0, 1)
