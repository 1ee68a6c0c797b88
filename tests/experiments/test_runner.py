"""The runner: order, failures, killed workers, Ctrl-C."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from experiments.run.executors import SerialExecutor, available_workers, stop
from experiments.run.interrupt import StopRequest
from experiments.run.processes import ProcessPool
from experiments.run.runner import run_all
from experiments.run.window import KILLED, Failure
from sim.errors import RelevoError
from tests.experiments.fake_model import FakeSpec, perform

ROOT = Path(__file__).parents[2]


def outcomes(specs, workers, **options):
    return list(run_all(specs, workers, perform=perform, **options))


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_specs_whoever_finishes_first(workers):
    specs = [FakeSpec(r, seconds=0.2 if r == 0 else 0.0) for r in range(7)]
    done = outcomes(specs, workers)
    assert [spec for spec, _ in done] == specs
    assert [result.metrics["wait_mean"] for _, result in done] == list(range(7))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failed_run_is_a_record_and_the_others_go_on(workers):
    specs = [FakeSpec(0), FakeSpec(1, "defect"), FakeSpec(2, "user error"), FakeSpec(3)]
    results = [result for _, result in outcomes(specs, workers)]
    assert results[1].reason == "ZeroDivisionError: no staff"
    assert "perform" in results[1].details
    assert results[2] == Failure("orders.csv, line 3: got 'x'; allowed: a date; write '2024-01-31'", 3)
    assert [isinstance(result, Failure) for result in results] == [False, True, True, False]


def test_a_run_that_kills_its_worker_fails_alone():
    specs = [FakeSpec(r, "kills" if r == 2 else "fine", seconds=0.02) for r in range(6)]
    results = [result for _, result in outcomes(specs, 2)]
    assert results[2] == Failure(KILLED)
    assert [result.metrics["wait_mean"] for result in results if not isinstance(result, Failure)] == [
        0,
        1,
        3,
        4,
        5,
    ]


def test_a_worker_killed_from_outside_loses_nothing(tmp_path):
    specs = [FakeSpec(r, "kills once" if r == 1 else "fine", marker=str(tmp_path / "m")) for r in range(5)]
    results = [result for _, result in outcomes(specs, 2)]
    assert [result.metrics["wait_mean"] for result in results] == list(range(5))


def test_workers_that_cannot_live_here_are_given_up_soon():
    with pytest.raises(RelevoError, match="use --workers 1"):
        outcomes([FakeSpec(r, "kills") for r in range(500)], 2)


def test_a_result_that_cannot_travel_is_a_failure():
    ((_, good), (_, bad)) = outcomes([FakeSpec(0), FakeSpec(1, "unpicklable")], 2)
    assert good.metrics == {"wait_mean": 0.0}
    assert isinstance(bad, Failure)


def test_the_specs_are_taken_as_needed_never_all_at_once():
    taken = []

    def endless():
        replication = 0
        while True:
            taken.append(replication)
            yield FakeSpec(replication)
            replication += 1

    runs = run_all(endless(), 1, perform=perform)
    for _ in range(3):
        next(runs)
    runs.close()
    assert len(taken) <= 4


def test_progress_counts_runs_that_ended_and_ends_at_all_of_them():
    seen = []
    outcomes([FakeSpec(r) for r in range(4)], 2, on_progress=seen.append)
    assert seen == sorted(set(seen))
    assert seen[-1] == 4


def test_a_request_to_stop_keeps_what_is_finished():
    request = StopRequest()
    kept = []
    for spec, _ in run_all([FakeSpec(r) for r in range(50)], 2, perform=perform, stop_request=request):
        kept.append(spec.replication)
        request.requested = spec.replication >= 3
    assert kept[:4] == [0, 1, 2, 3]
    assert len(kept) < 12


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_stops_soon_and_keeps_finished_runs(workers):
    an_hour = 3600.0
    specs = [FakeSpec(r, seconds=0.0 if r < 2 else an_hour) for r in range(6)]

    def interrupt_later(ended):
        if ended == 2:  # Only then: starting workers takes its time on a busy machine.
            threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()

    with StopRequest() as request:
        kept = outcomes(specs, workers, stop_request=request, on_progress=interrupt_later)
    assert request.requested
    assert [spec.replication for spec, _ in kept] == [0, 1]


@pytest.mark.parametrize("pause", [0.0, 0.01, 0.03, 0.1])
def test_workers_killed_in_the_middle_of_an_answer_leave_nothing_waiting(pause):
    pool = ProcessPool(2)
    pool.submit(abs, -1).result()
    futures = [pool.submit(perform, FakeSpec(r, "long")) for r in range(6)]
    time.sleep(pause)
    stop(pool)
    assert all(future.done() for future in futures)
    assert not any(process.is_alive() for process in pool._processes)
    assert not any(thread.is_alive() for thread in pool._threads)


def test_a_worker_that_dies_within_a_long_answer_is_noticed():
    pool = ProcessPool(1)
    worker = pool.submit(os.getpid).result()
    future = pool.submit(perform, FakeSpec(0, "long"))
    os.kill(worker, signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    with pytest.raises(BrokenExecutor):
        future.result()
    with pytest.raises(BrokenExecutor):
        pool.submit(abs, -1)
    stop(pool)


def test_nothing_waits_for_workers_when_the_interpreter_exits():
    program = (
        "import time\n"
        "from experiments.run.processes import ProcessPool\n"
        "if __name__ == '__main__':\n"
        "    pool = ProcessPool(2)\n"
        "    pool.submit(abs, -1).result()\n"
        "    pool.submit(time.sleep, 3600)\n"
        "    print('end')\n"
    )
    words = [sys.executable, "-c", program]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "end\n", "")


def test_a_pool_that_is_shut_down_gently_does_what_it_has():
    with ProcessPool(2) as pool:
        futures = [pool.submit(abs, -n) for n in range(5)]
    assert [future.result() for future in futures] == list(range(5))
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(abs, -1)


def test_the_second_ctrl_c_interrupts_at_once():
    with StopRequest() as request:
        signal.raise_signal(signal.SIGINT)
        assert request.requested
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_handler_of_before_is_put_back():
    before = signal.getsignal(signal.SIGINT)
    with StopRequest():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_executors_and_workers():
    assert available_workers() >= 1
    with pytest.raises(ZeroDivisionError):
        SerialExecutor().submit(lambda: 1 / 0).result()
    pool = ProcessPool(1)
    assert pool.submit(abs, -1).result() == 1
    stop(pool)
