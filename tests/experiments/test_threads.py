"""Threads for the engine that computes without Python's lock: the same results, failures and Ctrl-C as processes."""

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pandas as pd
import pytest

from experiments.run.executors import SerialExecutor, executor_for, in_processes, stop
from experiments.run.interrupt import StopRequest
from experiments.run.job import Job, perform
from experiments.run.processes import ProcessPool
from experiments.run.runner import run_all
from experiments.run.store import ResultStore
from experiments.run.threads import GRACE, ThreadPool
from experiments.run.window import Failure
from sim.engines import compiled
from sim.errors import InputError
from sim.policies import portfolio
from sim.policies.policy import Portfolio
from sim.run import RunSpec
from sim.scenario.load import load_scenario
from tests.experiments.fake_model import FakeSpec
from tests.experiments.fake_model import perform as fake

ROOT = Path(__file__).parents[2]
WAYS = (Portfolio(), portfolio([("checklist", 1.0)]), portfolio([("more_staff", 1.0)]))
STARTS = {"threads": ThreadPool, "processes": ProcessPool, "here": lambda _: SerialExecutor()}


@pytest.fixture(scope="module")
def levante():
    company = load_scenario("levante")
    time = company.time.model_copy(update={"warm_up": 168.0, "horizon": 168.0})
    return company.model_copy(update={"time": time})


def outcomes(specs, workers, **options):
    return list(run_all(specs, workers, perform=fake, start=ThreadPool, **options))


def test_the_executor_suits_the_engine():
    assert executor_for("compiled") is ThreadPool
    for engine in ("reference", "both"):
        pool = executor_for(engine)(2)
        assert isinstance(pool, ProcessPool)
        stop(pool)
        assert isinstance(executor_for(engine)(1), SerialExecutor)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_specs(workers):
    specs = [FakeSpec(r, seconds=0.1 if r == 0 else 0.0) for r in range(9)]
    done = outcomes(specs, workers)
    assert [spec for spec, _ in done] == specs
    assert [result.metrics["wait_mean"] for _, result in done] == list(range(9))


def test_a_failed_run_is_a_record_and_the_others_go_on():
    specs = [FakeSpec(0), FakeSpec(1, "defect"), FakeSpec(2, "user error"), FakeSpec(3), FakeSpec(4, "unpicklable")]
    results = [result for _, result in outcomes(specs, 2)]
    assert (results[1].reason, results[2].exit_code) == ("ZeroDivisionError: no staff", 3)
    assert [isinstance(result, Failure) for result in results] == [False, True, True, False, False]


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_is_heard_while_a_run_takes_long(workers):
    specs = [FakeSpec(r, seconds=0.0 if r < 2 else 3600.0) for r in range(6)]

    def interrupt_later(ended):
        if ended == 2:
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    with StopRequest() as request:
        kept = outcomes(specs, workers, stop_request=request, on_progress=interrupt_later)
    assert request.requested
    assert [spec.replication for spec, _ in kept] == [0, 1]


def test_a_pool_that_is_left_begins_nothing_more_and_waits_only_a_moment():
    pool, begun, go_on = ThreadPool(1), [], threading.Event()

    def call(number):
        begun.append(number)
        go_on.wait(60)

    futures = [pool.submit(call, number) for number in range(3)]
    while not begun:
        time.sleep(0.01)
    before = time.monotonic()
    stop(pool)
    assert GRACE <= time.monotonic() - before < 30
    go_on.set()
    futures[0].result(60)
    for future in futures[1:]:
        with pytest.raises(CancelledError):
            future.result(60)
    assert begun == [0]
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(abs, -1)


def test_a_pool_that_is_shut_down_gently_does_what_it_has():
    with ThreadPool(2) as pool:
        futures = [pool.submit(abs, -n) for n in range(5)]
    assert [future.result() for future in futures] == list(range(5))
    with ThreadPool(1) as pool, pytest.raises(ZeroDivisionError):
        pool.submit(lambda: 1 / 0).result()


def tables_of(folder):
    return {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}


def test_results_are_identical_whatever_the_executor(levante, tmp_path):
    """Also whatever the number of workers, whether warm-ups are shared, and whichever the engine."""
    job = Job("levante", levante, WAYS, replications=3, seed=3)
    words = {"unit": "1", "en": "", "es": ""}

    def result(name, start, workers, changes):
        folder = tmp_path / name
        folder.mkdir()
        store = ResultStore(folder)
        collected = perform(dataclasses.replace(job, **changes), workers, store, start=start)
        assert collected.failures == []
        store.write({}, lambda *_: words)
        return collected.runs, tables_of(folder)

    wanted = result("one by one", STARTS["processes"], 2, {})
    for name, start, workers, changes in (
        ("one thread", STARTS["threads"], 1, {}),
        ("two threads", STARTS["threads"], 2, {}),
        ("more threads than runs", STARTS["threads"], 16, {}),
        ("here", STARTS["here"], 1, {}),
        ("as chosen", None, 2, {}),
        ("reference", in_processes, 2, {"engine": "reference"}),
    ):
        runs, tables = result(name, start, workers, changes)
        assert hexed(runs) == hexed(wanted[0]), name
        assert list(tables) == list(wanted[1])
        for table, frame in wanted[1].items():
            pd.testing.assert_frame_equal(tables[table], frame, check_exact=True, obj=f"{name}, {table}")


def hexed(runs):
    return {
        key: {k: [(name, value.hex()) for name, value in metrics.items()] for k, metrics in found.items()}
        for key, found in runs.items()
    }


@pytest.mark.parametrize(("replications", "workers"), [(1, 2), (3, 1), (3, 2), (2, 8)])
def test_the_runner_shares_warm_ups_and_progress_counts_runs(levante, monkeypatch, replications, workers):
    warm, whole, seen = [], [], []
    warm_up, run = compiled.warm_up, compiled.run
    monkeypatch.setattr(compiled, "warm_up", lambda *a, **k: (warm.append(a[2]), warm_up(*a, **k))[1])
    monkeypatch.setattr(compiled, "run", lambda *a, **k: (whole.append(a[2]), run(*a, **k))[1])
    job = Job("levante", levante, WAYS, replications, seed=1)
    assert perform(job, workers, on_progress=seen.append).finished == job.total
    assert sorted(warm) == list(range(replications))
    assert whole == []
    assert seen == sorted(set(seen))
    assert seen[-1] == job.total


def test_a_portfolio_that_fails_loses_no_other(levante, monkeypatch):
    import sim.run

    build = sim.run.build

    def broken(company, ways, orders=None):
        if ways.key == "checklist":
            raise InputError("checklist: not here.")
        return build(company, ways, orders)

    monkeypatch.setattr(sim.run, "build", broken)
    sim.run.SETTINGS.forget()
    collected = perform(Job("levante", levante, WAYS, replications=2, seed=1), 2)
    assert [(key, k, failure.reason) for key, k, failure in collected.failures] == [
        ("checklist", 0, "checklist: not here."),
        ("checklist", 1, "checklist: not here."),
    ]
    assert {key: sorted(found) for key, found in collected.runs.items()} == {
        "": [0, 1],
        "checklist": [],
        "more_staff": [0, 1],
    }


def test_runs_are_taken_a_replication_at_a_time_never_all_at_once(levante):
    taken = []

    def endless():
        for replication in range(10**9):
            for way in WAYS:
                taken.append(replication)
                yield RunSpec(levante, way, replication=replication, tables=())

    runs = run_all(endless(), 2, start=ThreadPool)
    first = [next(runs)[0] for _ in range(2 * len(WAYS))]
    runs.close()
    assert [spec.replication for spec in first] == [0, 0, 0, 1, 1, 1]
    assert max(taken) <= 4


BLOCKED = """
import sys, threading
import sim.engines.compiled as engine
from experiments.cli.main import main
run, first = engine.run, threading.Event()
def long(*args, **options):
    if not first.is_set():  # The moment that makes the engine ready.
        first.set()
        return run(*args, **options)
    print("begun", flush=True)
    threading.Event().wait()
engine.run = long
main(["simulate", "theory/mm1", "--replications", "4", "--workers", "1", "--json"])
"""


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_the_program_ends_soon_after_ctrl_c_though_a_run_never_would(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", BLOCKED],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline() == "begun\n"
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.splitlines()[-1] == "Interrupted before the first run was finished; nothing to keep."
