"""Threads of one process: each has its memory, and none waits for Python's lock while another one computes."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.validate.configurations import Seeded, random_configuration
from benchmarks.validate.identity import shipped_world
from tests.identity.both import assert_same, compiled, compiled_run

NUMBERS = range(2000, 2024)
MOST_RUNS = 200


def test_different_worlds_at_the_same_time_are_what_they_are_alone():
    configurations = [random_configuration(Seeded(number)) for number in NUMBERS]
    runs = [(c.world(), c.seed, c.replication) for c in configurations] * 4
    alone = [compiled(*run) for run in runs]
    with ThreadPoolExecutor(4) as pool:
        for one, other in zip(alone, pool.map(lambda run: compiled(*run), runs), strict=True):
            assert_same(one, other)


def test_one_world_at_the_same_time_in_several_threads_is_what_it_is_alone():
    world = random_configuration(Seeded(NUMBERS[1])).world()
    alone = [compiled(world, seed) for seed in range(8)]
    with ThreadPoolExecutor(4) as pool:
        for one, other in zip(alone, pool.map(lambda seed: compiled(world, seed), range(8)), strict=True):
            assert_same(one, other)


def test_another_thread_goes_on_while_the_kernel_computes(monkeypatch):
    """No thread is made to give up Python's lock here, so one that goes on meanwhile has been given it."""
    go, steps, seen, over = compiled_run.go, [0], [], threading.Event()

    def watched(*words):
        before = steps[0]
        answer = go(*words)
        seen.append(steps[0] - before)
        return answer

    def compute():
        world = shipped_world("levante", (), 4.0, 4.0)
        try:
            for _ in range(MOST_RUNS):
                compiled(world)
                if any(seen):
                    break
        finally:
            over.set()

    compiled(shipped_world("theory/mm1", (), 0.2, 0.0))  # Compiled by now.
    monkeypatch.setattr(compiled_run, "go", watched)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1000.0)
    try:
        thread = threading.Thread(target=compute)
        thread.start()
        while not over.is_set():
            steps[0] += 1
            time.sleep(0)  # Whoever waits for the lock may have it.
        thread.join()
    finally:
        sys.setswitchinterval(usual)
    assert any(seen), f"nothing went on during {len(seen)} calls"
