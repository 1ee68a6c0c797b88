"""The tables of an experiment are the same, byte for byte, however it was done."""

import itertools
import random
import subprocess
import sys
from concurrent.futures import Executor, Future

import pytest

from experiments.run import collect as collecting
from experiments.run.cluster import DaskExecutor
from experiments.run.executors import SerialExecutor
from experiments.run.folder import Layout
from experiments.run.interrupt import StopRequest
from experiments.run.processes import ProcessPool
from experiments.run.schedule import Shard
from tests.experiments.small import FIXED, PRECISE, ROOT, begun, bytes_of, done, experiment_of, gathered, whole

KINDS = {"fixed": FIXED, "precise": PRECISE}


class Shuffled(Executor):
    """Performs calls when it likes, in an order of its own."""

    def __init__(self, workers, seed):
        self.waiting, self.random = [], random.Random(seed)

    def submit(self, fn, *args):
        future = Future()
        self.waiting.append((future, fn, args))
        if len(self.waiting) == 4 or self.random.random() < 0.4:
            self.work()
        return future

    def work(self):
        self.random.shuffle(self.waiting)
        while self.waiting:
            future, fn, args = self.waiting.pop()
            future.set_result(fn(*args))

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass


@pytest.fixture(scope="module", params=KINDS)
def wanted(request, tmp_path_factory):
    """An experiment with its tables as one thread makes them."""
    folder = tmp_path_factory.mktemp(request.param)
    experiment = experiment_of(folder, KINDS[request.param])
    return experiment, whole(folder / "one", experiment, workers=1)


@pytest.mark.parametrize("workers", [2, 4])
def test_by_any_number_of_threads(wanted, tmp_path, workers):
    experiment, tables = wanted
    assert whole(tmp_path / "x", experiment, workers=workers) == tables


@pytest.mark.parametrize("wanted", ["precise"], indirect=True)
def test_by_processes(wanted, tmp_path):
    experiment, tables = wanted
    assert whole(tmp_path / "x", experiment, start=ProcessPool) == tables


@pytest.mark.parametrize("wanted", ["fixed"], indirect=True)
def test_by_dask(wanted, tmp_path):
    experiment, tables = wanted
    assert whole(tmp_path / "x", experiment, start=lambda n: DaskExecutor(None, n)) == tables


def test_by_the_reference_engine(tmp_path):
    experiment = experiment_of(tmp_path, FIXED.replace("replications: 5", "replications: 1"))
    one = whole(tmp_path / "compiled", experiment)
    assert whole(tmp_path / "reference", experiment, engine="reference", start=lambda _: SerialExecutor()) == one


@pytest.mark.parametrize("layout", [Layout(1, 1, 1), Layout(16, 1000, 1), Layout(3, 4, 1)], ids=str)
def test_however_it_is_cut(wanted, tmp_path, layout):
    experiment, tables = wanted
    assert whole(tmp_path / "x", experiment, layout) == tables


def test_however_rows_are_gathered(tmp_path, monkeypatch):
    """Many row groups, and groups of points too large to be held at once."""
    monkeypatch.setattr(collecting, "ROW_GROUP", 7)
    experiment = experiment_of(tmp_path)
    one = whole(tmp_path / "one", experiment)
    monkeypatch.setattr(collecting, "ROWS_AT_ONCE", 3)
    for place, layout in enumerate((Layout(4, 1, 1), Layout(1, 3, 1), Layout(2, 2, 1))):
        assert whole(tmp_path / f"x{place}", experiment, layout) == one
    import pyarrow.parquet as pq

    file = pq.ParquetFile(tmp_path / "one" / "runs.parquet")
    sizes = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    assert sizes == [7, 7, 6]
    rows = file.read(columns=["point", "replication"]).to_pydict()
    pairs = list(zip(rows["point"], rows["replication"], strict=True))
    assert pairs == [(point, r) for point in experiment.in_order for r in range(5)]


@pytest.mark.parametrize("of", [3, 4])
def test_by_shares_in_any_order(wanted, tmp_path, of):
    experiment, tables = wanted
    order = list(range(1, of + 1))
    random.Random(of).shuffle(order)
    complete = [done(tmp_path / "x", experiment, share=Shard(number, of)).complete for number in order]
    assert complete[-1]
    gathered(tmp_path / "x", experiment)
    assert bytes_of(tmp_path / "x") == tables


@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_order_chunks_end(wanted, tmp_path, seed):
    experiment, tables = wanted
    pool = Shuffled(2, seed)
    window_wait = pool.work  # What waits is done when the window waits.

    def start(_):
        return pool

    from experiments.run import window

    original = window.wait
    try:
        window.wait = lambda *args, **options: (window_wait(), original(*args, **options))[1]
        assert whole(tmp_path / "x", experiment, start=start) == tables
    finally:
        window.wait = original


def test_stopped_after_every_chunk_and_gone_on_with(wanted, tmp_path):
    """Each session does one chunk or a few, is stopped, and makes tables of what there is."""
    experiment, tables = wanted
    for session in itertools.count():
        request = StopRequest()

        def told(_, request=request):
            request.requested = True

        outcome = done(
            tmp_path / "x", experiment, Layout(2, 1, 0.01), request=request, told=told, workers=1 + session % 2
        )
        if session < 2:
            gathered(tmp_path / "x", experiment, complete=False)
        if outcome.complete:
            break
        assert outcome.interrupted
        assert session < 200
    assert session > 2
    gathered(tmp_path / "x", experiment)
    assert bytes_of(tmp_path / "x") == tables
    assert list((tmp_path / "x" / "claims").iterdir()) == []


ONE_OF_TWO = """
import sys
from tests.experiments.small import done, experiment_of, FIXED, PRECISE
from pathlib import Path
folder = Path(sys.argv[1])
experiment = experiment_of(folder, {"fixed": FIXED, "precise": PRECISE}[sys.argv[2]])
outcome = done(folder / "x", experiment)
print(outcome.state.runs - outcome.state.before, outcome.state.runs, outcome.complete)
"""


@pytest.mark.parametrize("wanted", ["precise"], indirect=True)
def test_by_two_processes_at_once_in_one_folder(wanted, tmp_path):
    experiment, tables = wanted
    begun(tmp_path / "x", experiment)
    words = [sys.executable, "-c", ONE_OF_TWO, str(tmp_path), "precise"]
    two = [subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[0].split() for process in two]
    assert [words[2] for words in said] == ["True", "True"]
    gathered(tmp_path / "x", experiment)
    assert bytes_of(tmp_path / "x") == tables
    import pyarrow.parquet as pq

    total = pq.ParquetFile(tmp_path / "x" / "runs.parquet").metadata.num_rows
    assert {int(words[1]) for words in said} == {total}


def test_what_others_have_done_since_it_began_is_not_done_again(tmp_path):
    experiment, calls = experiment_of(tmp_path), []

    class Counted(SerialExecutor):
        def submit(self, fn, *args):
            calls.append(args)
            return super().submit(fn, *args)

    def told(_):
        if len(calls) == 1:
            assert done(tmp_path / "x", experiment).complete

    outcome = done(tmp_path / "x", experiment, told=told, workers=1, start=lambda _: Counted())
    assert (outcome.complete, outcome.state.runs, outcome.state.before) == (True, 20, 16)
    assert len(calls) == 1
