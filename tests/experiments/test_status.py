"""How far an experiment is, from its folder alone."""

import os
import time

import pytest

from experiments.run import status as module
from experiments.run.claims import Claims, this_machine
from experiments.run.folder import Layout
from experiments.run.interrupt import StopRequest
from experiments.run.parts import Chunk
from experiments.run.status import status
from sim.errors import InputError
from tests.experiments.small import FIXED, PRECISE, begun, done, experiment_of, gathered, whole
from tests.experiments.test_parts import a_dead_process


def test_before_anything_is_done(tmp_path):
    found = status(begun(tmp_path / "x", experiment_of(tmp_path)))
    assert (found.runs, found.failed, found.planned, found.points) == (0, 0, 20, 4)
    assert (found.at_work, found.per_second, found.left, found.since_last) == (0, None, None, None)
    assert not found.complete
    assert not found.precise


def test_under_way(tmp_path):
    experiment = experiment_of(tmp_path, FIXED)
    request = StopRequest()
    seen = []

    def told(state):
        seen.append((state, status(begun(tmp_path / "x", experiment))))
        request.requested = len(seen) == 2

    done(tmp_path / "x", experiment, Layout(2, 2, 1), request=request, told=told, workers=1)
    for state, found in seen:
        assert found.runs >= state.runs
        assert found.planned == state.planned == 20
    folder = begun(tmp_path / "x", experiment)
    gathered(tmp_path / "x", experiment, complete=False)
    found = status(folder)
    assert not found.complete
    assert found.runs == sum(2 * (c.last - c.first + 1) for c in folder.parts.done())
    assert found.data()["folder"] == str(tmp_path / "x")


def test_when_complete(tmp_path):
    experiment = experiment_of(tmp_path, FIXED + "most_events: 1\n")
    whole(tmp_path / "x", experiment)
    found = status(begun(tmp_path / "x", experiment))
    assert (found.runs, found.failed, found.planned, found.complete) == (20, 20, 20, True)
    assert found.left is None
    assert found.since_last < 60


def test_of_a_precision_the_runs_known_to_be_needed(tmp_path):
    experiment = experiment_of(tmp_path, PRECISE)
    folder = begun(tmp_path / "x", experiment)
    assert (status(folder).planned, status(folder).precise) == (120, True)
    whole(tmp_path / "x", experiment)
    assert status(folder).planned == status(folder).runs == 141


def test_those_at_work_are_counted_and_the_dead_are_not(tmp_path):
    folder = begun(tmp_path / "x", experiment_of(tmp_path))
    Claims(folder.path).claim(Chunk(0, 0, 1).name)
    (folder.path / "claims" / Chunk(0, 2, 3).name).write_text(f"{this_machine()} {a_dead_process()}")
    assert status(folder).at_work == 1


def test_the_rate_is_that_of_the_last_minutes(tmp_path):
    experiment = experiment_of(tmp_path)
    done(tmp_path / "x", experiment)
    folder = begun(tmp_path / "x", experiment)
    now = time.time()
    ages = (5000, 4990, 40, 30, 20, 10)
    chunks = sorted(folder.parts.done())
    for age, chunk in zip(ages, chunks, strict=True):
        os.utime(folder.parts.path(chunk), (now - age, now - age))
    found = status(folder)
    lately = [2 * (c.last - c.first + 1) for c in chunks[3:]]
    assert found.per_second == pytest.approx(sum(lately) / 30, rel=1e-3)
    assert found.since_last == pytest.approx(10, abs=5)
    assert found.left is None, "nobody is at work"
    Claims(folder.path).claim(Chunk(0, 0, 1).name)
    folder.parts.path(Chunk(0, 0, 1)).unlink()
    found = status(folder)
    assert found.left == pytest.approx((found.planned - found.runs) / found.per_second)


def test_one_part_says_nothing_about_the_rate():
    assert module._rate([(1.0, 5)]) is None
    assert module._rate([(1.0, 5), (1.0, 5)]) is None
    assert module._rate([(1.0, 5), (3.0, 4)]) == 2.0


def test_a_damaged_part_is_named(tmp_path):
    experiment = experiment_of(tmp_path)
    whole(tmp_path / "x", experiment)
    folder = begun(tmp_path / "x", experiment)
    part = folder.parts.path(Chunk(0, 0, 1))
    part.write_bytes(b"")
    with pytest.raises(InputError, match=part.name):
        status(folder)


@pytest.mark.parametrize("text", ["{", "{}", "[]"])
def test_a_manifest_that_is_none_means_not_complete(tmp_path, text):
    folder = begun(tmp_path / "x", experiment_of(tmp_path))
    (folder.path / "manifest.json").write_text(text)
    assert not status(folder).complete
