"""Runs that fail, workers that die, disks that are full: what is lost is said, and nothing else is lost."""

import errno
import os
import subprocess
import sys
import time

import pandas as pd
import pytest

import sim.run
from experiments.run import parts as parts_module
from experiments.run import sweep as sweep_module
from experiments.run.cluster import DaskExecutor
from experiments.run.folder import Layout, open_folder
from experiments.run.interrupt import StopRequest
from experiments.run.parts import Chunk
from experiments.run.window import KILLED
from sim.errors import InputError, RelevoError
from tests.experiments.small import (
    FIXED,
    ROOT,
    DeadlyDask,
    DeadlyProcesses,
    begun,
    done,
    experiment_of,
    gathered,
    whole,
)


def runs_in(path):
    return pd.read_parquet(path / "runs.parquet")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    experiment = experiment_of(folder)
    return experiment, whole(folder / "one", experiment)


# Runs that fail -------------------------------------------------------------------------------------------------


def failing(monkeypatch, wrong):
    """Have the model raise what `wrong` returns for a run."""
    original = sim.run.Together.run

    def run(self, spec):
        error = wrong(spec)
        if error is not None:
            raise error
        return original(self, spec)

    monkeypatch.setattr(sim.run.Together, "run", run)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ZeroDivisionError("no staff"), "ZeroDivisionError: no staff"),
        (InputError("levante: not so."), "levante: not so."),
    ],
)
def test_a_run_that_fails_is_a_row_and_the_others_are_as_ever(small, tmp_path, monkeypatch, error, reason):
    experiment, tables = small
    failing(monkeypatch, lambda spec: error if spec.replication == 3 and spec.portfolio.key else None)
    state = done(tmp_path / "x", experiment).state
    assert (state.runs, state.failed) == (20, 2)
    found = gathered(tmp_path / "x", experiment)
    assert (found.runs, found.failed) == (20, 2)
    assert found.failures[0] == {"point": 2, "replication": 3, "reason": reason}
    runs = runs_in(tmp_path / "x").set_index(["point", "replication"])
    (tmp_path / "one.parquet").write_bytes(tables["runs"])
    fine = pd.read_parquet(tmp_path / "one.parquet").set_index(["point", "replication"])
    gone = runs.index.isin([(2, 3), (3, 3)])
    assert set(runs[gone]["status"]) == {"failed"}
    assert set(runs[gone]["reason"]) == {reason}
    assert runs[gone].drop(columns=["status", "reason", "events"]).isna().all(axis=None)
    pd.testing.assert_frame_equal(runs[~gone], fine[~gone], check_exact=True)
    estimates = pd.read_parquet(tmp_path / "x" / "estimates.parquet")
    assert set(estimates[estimates["point"].isin([2, 3])]["failed"]) == {1}
    assert set(estimates[estimates["point"].isin([0, 1])]["failed"]) == {0}


def test_all_runs_may_fail(tmp_path):
    experiment = experiment_of(tmp_path, FIXED + "most_events: 1\n")
    assert done(tmp_path / "x", experiment).state.failed == 20
    found = gathered(tmp_path / "x", experiment)
    assert (found.failed, found.events) == (20, 0)
    assert "event" in found.failures[0]["reason"]
    assert runs_in(tmp_path / "x")["reason"].str.contains("event").all()
    assert pd.read_parquet(tmp_path / "x" / "estimates.parquet")["mean"].isna().all()


def test_a_run_that_would_never_end_is_stopped_and_others_are_not(tmp_path):
    text = FIXED.replace("{levels: [9, 10]}", "{levels: [0, 1]}").replace("departments.warehouse.staff", "training")
    text = text.replace("  training: {levels: [0, 1]}\n", "", 1)
    experiment = experiment_of(tmp_path, text)
    whole(tmp_path / "all", experiment)
    events = runs_in(tmp_path / "all")["events"]
    capped = experiment_of(tmp_path, text + f"most_events: {int(events.median())}\n")
    whole(tmp_path / "capped", capped)
    runs = runs_in(tmp_path / "capped")
    # The cap counts what happens before measuring as well.
    assert 0 < (runs["status"] == "failed").sum() <= len(runs)
    assert runs[runs["status"] == "ok"]["events"].le(events.median()).all()


# Workers that die -----------------------------------------------------------------------------------------------


def test_a_worker_killed_once_loses_nothing(small, tmp_path):
    experiment, tables = small
    start = DeadlyProcesses([("", 2)], str(tmp_path / "marker"))
    assert whole(tmp_path / "x", experiment, start=start) == tables
    assert (tmp_path / "marker").exists()


def test_a_run_that_kills_its_worker_every_time_is_a_row(small, tmp_path, monkeypatch):
    experiment, tables = small
    deadly = DeadlyProcesses([("training", 2)])
    monkeypatch.setattr(sweep_module, "ProcessPool", deadly)
    whole(tmp_path / "x", experiment, Layout(2, 5, 1), start=deadly, workers=1)
    runs = runs_in(tmp_path / "x").set_index(["point", "replication"])
    gone = runs[runs["status"] == "failed"]
    assert list(gone.index) == [(2, 2), (3, 2)]
    assert set(gone["reason"]) == {KILLED}
    (tmp_path / "one.parquet").write_bytes(tables["runs"])
    fine = pd.read_parquet(tmp_path / "one.parquet").set_index(["point", "replication"])
    pd.testing.assert_frame_equal(runs.drop(gone.index), fine.drop(gone.index), check_exact=True)


def test_every_chunk_may_hold_a_killer(tmp_path, monkeypatch):
    """A point that kills wherever it runs: its rows say so; it is not taken for a machine where nothing works."""
    text = FIXED.replace("replications: 5", "replications: 2").replace("{levels: [9, 10]}", "{levels: [9]}")
    experiment = experiment_of(tmp_path, text)
    deadly = DeadlyProcesses([("training", r) for r in range(2)])
    monkeypatch.setattr(sweep_module, "ProcessPool", deadly)
    whole(tmp_path / "x", experiment, Layout(2, 1, 1), start=deadly)
    runs = runs_in(tmp_path / "x")
    assert list(runs["status"]) == ["ok"] * 2 + ["failed"] * 2


def test_a_dask_worker_killed_once_loses_nothing(small, tmp_path):
    experiment, tables = small
    start = DeadlyDask([("", 2)], str(tmp_path / "marker"))
    assert whole(tmp_path / "x", experiment, start=start) == tables
    assert (tmp_path / "marker").exists()


def test_a_run_that_kills_dask_workers_every_time_is_a_row(tmp_path, monkeypatch):
    from experiments.run import cluster

    monkeypatch.setitem(cluster.SETTINGS, "distributed.scheduler.allowed-failures", 0)
    experiment = experiment_of(tmp_path, FIXED.replace("replications: 5", "replications: 2"))
    killers = [("training", 1)]
    monkeypatch.setattr(sweep_module, "ProcessPool", DeadlyProcesses(killers))
    whole(tmp_path / "x", experiment, Layout(2, 1, 1), start=DeadlyDask(killers))
    runs = runs_in(tmp_path / "x")
    assert list(runs[runs["status"] == "failed"]["reason"]) == [KILLED] * 2
    assert len(runs) == 8


def test_a_cluster_that_goes_away_is_told(tmp_path):
    """Its scheduler is killed under way; what is done is kept, and the rest can be done otherwise."""
    experiment = experiment_of(tmp_path)
    pools = []

    class Leaving(DaskExecutor):
        def submit(self, fn, *args):
            future = super().submit(fn, *args)
            if not pools:
                pools.append(self)
                self._client.cancel(list(self._executor._futures))
            return future

    with pytest.raises(RelevoError, match="give the same command"):
        done(tmp_path / "x", experiment, start=lambda n: Leaving(None, 1))
    assert list((tmp_path / "x" / "claims").iterdir()) == []
    assert done(tmp_path / "x", experiment).complete


# Disks and folders ----------------------------------------------------------------------------------------------


def test_a_full_disk_under_way_is_told_and_it_goes_on_later(small, tmp_path, monkeypatch):
    experiment, tables = small
    parts = begun(tmp_path / "x", experiment).parts
    flush = os.fsync

    def full(number):
        if len(list(parts.folder.glob("*.parquet"))) >= 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(number)

    monkeypatch.setattr(parts_module.os, "fsync", full)
    with pytest.raises(RelevoError, match=r"\.parquet: cannot be written \(No space left on device\)"):
        done(tmp_path / "x", experiment, workers=1)
    monkeypatch.undo()
    kept = parts.done()
    assert 2 <= len(kept) < 6
    for chunk in kept:
        pd.read_parquet(parts.path(chunk))
    assert whole(tmp_path / "x", experiment) == tables


FILE_LIMIT = """
import resource, sys
from pathlib import Path
from sim.errors import RelevoError
from tests.experiments.small import done, experiment_of, gathered, begun
folder = Path(sys.argv[1])
experiment = experiment_of(folder)
begun(folder / "x", experiment)
if sys.argv[2] == "tables":
    done(folder / "x", experiment)
    import numba
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    done(folder / "x", experiment)
    gathered(folder / "x", experiment)
except RelevoError as error:
    print(error)
    sys.exit(error.exit_code)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX limits")
@pytest.mark.parametrize("when", ["parts", "tables"])
def test_a_disk_without_room_leaves_no_damaged_file(small, tmp_path, when):
    experiment, tables = small
    words = [sys.executable, "-c", FILE_LIMIT, str(tmp_path), when]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1, ended.stderr
    assert "cannot be written (File too large)" in ended.stdout
    assert "free some space" in ended.stdout
    names = [path.name for path in (tmp_path / "x").rglob("*") if path.is_file()]
    assert not any(name.endswith(".partial") for name in names)
    assert "runs.parquet" not in names
    assert whole(tmp_path / "x", experiment) == tables


def test_a_folder_removed_under_way_is_told(small, tmp_path):
    import shutil

    experiment, _ = small

    def told(_):
        shutil.rmtree(tmp_path / "x", ignore_errors=True)

    with pytest.raises(RelevoError, match=r"cannot be written \(No such file"):
        done(tmp_path / "x", experiment, told=told, workers=1)
    assert not (tmp_path / "x" / "experiment.json").exists()


def damaged(path, how):
    content = path.read_bytes()
    if how == "cut short":
        path.write_bytes(content[: len(content) // 2])
    elif how == "empty":
        path.write_bytes(b"")
    else:
        path.write_bytes(content[:4] + bytes(len(content) // 2) + content[4 + len(content) // 2 :])


@pytest.mark.parametrize("how", ["cut short", "empty", "overwritten"])
def test_a_damaged_part_is_named_and_removing_it_is_enough(small, tmp_path, how):
    experiment, tables = small
    whole(tmp_path / "x", experiment)
    part = begun(tmp_path / "x", experiment).parts.path(Chunk(1, 2, 3))
    damaged(part, how)
    with pytest.raises(InputError) as caught:
        whole(tmp_path / "x", experiment)
    assert str(part) in str(caught.value)
    assert "remove this file and give the same command again" in str(caught.value)
    part.unlink()
    assert done(tmp_path / "x", experiment).state.before == 16
    assert whole(tmp_path / "x", experiment) == tables


def test_a_part_of_another_experiment_is_refused(small, tmp_path):
    experiment, _ = small
    other = experiment_of(tmp_path, FIXED + "seed: 2\n")
    whole(tmp_path / "other", other)
    begun(tmp_path / "x", experiment)
    name = f"{Chunk(0, 0, 1).name}.parquet"
    (tmp_path / "x" / "parts").mkdir()
    (tmp_path / "x" / "parts" / name).write_bytes((tmp_path / "other" / "parts" / name).read_bytes())
    with pytest.raises(InputError, match=f"{name}: a part of another experiment; remove it"):
        done(tmp_path / "x", experiment)
    with pytest.raises(InputError, match="a part of another experiment"):
        gathered(tmp_path / "x", experiment, complete=False)


@pytest.mark.parametrize("layout", [Layout(2, 5, 1), Layout(1, 2, 1)], ids=str)
def test_parts_of_the_same_experiment_cut_otherwise_are_refused(small, tmp_path, layout):
    experiment, _ = small
    whole(tmp_path / "x", experiment)
    whole(tmp_path / "other", experiment, layout)
    for part in (tmp_path / "other" / "parts").iterdir():
        target = tmp_path / "x" / "parts" / part.name
        if not target.exists():
            target.write_bytes(part.read_bytes())
    with pytest.raises(InputError, match="was cut in another folder"):
        gathered(tmp_path / "x", experiment)


def test_a_part_with_points_of_another_group_is_refused(small, tmp_path):
    experiment, _ = small
    whole(tmp_path / "x", experiment)
    whole(tmp_path / "other", experiment, Layout(1, 2, 1))
    for first in (0, 2):  # Group 1 is another one there.
        name = f"{Chunk(1, first, first + 1).name}.parquet"
        (tmp_path / "x" / "parts" / name).write_bytes((tmp_path / "other" / "parts" / name).read_bytes())
    with pytest.raises(InputError, match="was cut in another folder"):
        gathered(tmp_path / "x", experiment)


def test_parts_that_disappear_under_way_are_not_taken_for_done(small, tmp_path):
    experiment, _ = small
    gone = []

    def told(_):
        if not gone:
            gone.append(next((tmp_path / "x" / "parts").glob("*.parquet")))
            gone[0].unlink()

    outcome = done(tmp_path / "x", experiment, told=told)
    assert (outcome.complete, outcome.interrupted) == (False, False)
    assert done(tmp_path / "x", experiment).complete


def test_workers_that_stand_elsewhere_write_into_the_folder(small, tmp_path, monkeypatch):
    """A relative folder means the folder of whoever gave the command."""
    experiment, tables = small
    from experiments.run.threads import ThreadPool

    class Elsewhere(ThreadPool):
        def submit(self, fn, *args):
            (task,) = args
            assert task.folder.is_absolute()
            return super().submit(fn, *args)

    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    assert whole(Path("x"), experiment, start=Elsewhere) == tables


def test_a_request_to_stop_after_the_last_chunk_is_no_interruption(small, tmp_path):
    experiment, _ = small
    request = StopRequest()

    def told(state):
        request.requested = state.runs == state.planned

    outcome = done(tmp_path / "x", experiment, request=request, told=told)
    assert (outcome.complete, outcome.interrupted) == (True, False)


def test_stale_claims_of_the_dead_do_not_block(small, tmp_path):
    from experiments.run.claims import this_machine
    from tests.experiments.test_parts import a_dead_process

    experiment, tables = small
    folder = begun(tmp_path / "x", experiment)
    (folder.path / "claims").mkdir()
    for first in (0, 2, 4):
        chunk = Chunk(0, first, min(first + 1, 4))
        (folder.path / "claims" / chunk.name).write_text(f"{this_machine()} {a_dead_process()}")
    began = time.monotonic()
    assert whole(tmp_path / "x", experiment) == tables
    assert time.monotonic() - began < 60
    assert open_folder(tmp_path / "x").identity == folder.identity


def test_interrupted_while_looking_for_the_killer_publishes_nothing(tmp_path, monkeypatch):
    experiment = experiment_of(tmp_path)
    request = StopRequest()
    deadly = DeadlyProcesses([("", 0)])

    class Stopping(deadly):
        def __init__(self, workers):
            request.requested = True
            super().__init__(workers)

    monkeypatch.setattr(sweep_module, "ProcessPool", Stopping)
    outcome = done(tmp_path / "x", experiment, Layout(2, 5, 1), start=deadly, workers=1, request=request)
    assert outcome.interrupted
    assert Chunk(0, 0, 4) not in begun(tmp_path / "x", experiment).parts.done()
