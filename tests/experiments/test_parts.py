"""Parts: whole or not at all, never changed; claims: courtesies that nobody who died can hold for long."""

import errno
import json
import os
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.run import claims as claiming
from experiments.run import parts as module
from experiments.run.claims import Claims, this_machine
from experiments.run.parts import STRAY_AFTER, Chunk, Parts, chunk_of
from sim.errors import RelevoError

CHUNK = Chunk(3, 0, 9)
TABLE = pa.table({"a": [1, 2]})


def aged(path, seconds):
    then = time.time() - seconds
    os.utime(path, (then, then))


def a_dead_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def parts(tmp_path):
    return Parts(tmp_path)


def test_a_part_appears_whole_and_is_listed(parts, tmp_path):
    assert parts.done() == set()
    parts.publish(CHUNK, TABLE, {"relevo.identity": "x"})
    assert parts.done() == {CHUNK}
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["g000003_r0000000-0000009.parquet"]
    assert pq.read_schema(parts.path(CHUNK)).metadata == {b"relevo.identity": b"x"}
    assert pq.read_table(parts.path(CHUNK)).to_pydict() == {"a": [1, 2]}


def test_a_part_that_is_there_is_never_changed(parts):
    parts.publish(CHUNK, TABLE, {})
    before = parts.path(CHUNK).read_bytes()
    parts.publish(CHUNK, pa.table({"a": [3]}), {})
    assert parts.path(CHUNK).read_bytes() == before
    assert len(list(parts.folder.iterdir())) == 1


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_without_hard_links_it_is_renamed(parts, monkeypatch, number):
    def none(*_):
        raise OSError(number, "no links here")

    monkeypatch.setattr(module.os, "link", none)
    for _ in range(2):
        parts.publish(CHUNK, TABLE, {})
        assert [path.name for path in parts.folder.iterdir()] == [f"{CHUNK.name}.parquet"]
    assert pq.read_table(parts.path(CHUNK)).num_rows == 2


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_full_disk_leaves_nothing(parts, monkeypatch, call):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.os, call, full)
    with pytest.raises(RelevoError, match=r"g000003_r0.*cannot be written \(No space left on device\)"):
        parts.publish(CHUNK, TABLE, {})
    assert list(parts.folder.iterdir()) == []
    monkeypatch.undo()
    parts.publish(CHUNK, TABLE, {})
    assert parts.done() == {CHUNK}


def test_a_folder_that_was_removed_is_not_made_again(tmp_path):
    with pytest.raises(RelevoError, match=r"cannot be written \(No such file"):
        Parts(tmp_path / "gone").publish(CHUNK, TABLE, {})
    assert not (tmp_path / "gone").exists()


def test_a_folder_that_cannot_be_read(tmp_path):
    (tmp_path / "parts").write_text("")
    with pytest.raises(RelevoError, match="cannot be read"):
        Parts(tmp_path).done()


@pytest.mark.parametrize(
    "name",
    ["notes", "g1", "g000001_r1", "g_r1-2", "gx_r1-2", "g1_r1-2", "g000001_r1-2-3", "", "g²_r1-2"],
)
def test_other_names_are_no_chunks(name):
    assert chunk_of(name) is None


def test_names_and_chunks():
    for chunk in (CHUNK, Chunk(0, 0, 0), Chunk(1234567, 12345678, 123456789)):
        assert chunk_of(chunk.name) == chunk


def test_what_was_never_finished_is_swept_when_it_is_old(parts, tmp_path):
    parts.publish(CHUNK, TABLE, {})
    strays = [parts.folder / ".g000001_r0000000-0000009.1-ab.partial", tmp_path / ".runs.parquet.1-ab.partial"]
    for stray in strays:
        stray.write_bytes(b"PAR1 half")
        aged(stray, STRAY_AFTER - 60)
    aged(parts.path(CHUNK), 10 * STRAY_AFTER)
    assert parts.done() == {CHUNK}
    assert parts.sweep() == 0
    for stray in strays:
        aged(stray, STRAY_AFTER + 60)
    assert parts.sweep() == 2
    assert parts.done() == {CHUNK}
    assert not any(stray.exists() for stray in strays)


# Claims ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def claims(tmp_path):
    return Claims(tmp_path)


def sign(claims, name, text, age=0.0):
    claims.folder.mkdir(exist_ok=True)
    (claims.folder / name).write_text(text)
    aged(claims.folder / name, age)


def test_a_claim_is_held_until_it_is_released(claims):
    assert claims.claim("a")
    assert list(claims.names()) == ["a"]
    assert claims.is_held("a")
    assert not claims.is_held("a", by_others=True)
    claims.release("a")
    assert not claims.is_held("a")
    assert list(claims.names()) == []


def test_the_living_are_left_alone_and_the_dead_are_not(claims):
    sign(claims, "parent", f"{this_machine()} {os.getppid()}")
    assert not claims.claim("parent")
    sign(claims, "dead", f"{this_machine()} {a_dead_process()}")
    assert not claims.is_held("dead")
    assert claims.claim("dead")
    assert claims.is_held("dead")
    claims.release("parent")
    assert claims.is_held("parent"), "somebody else's claim is not ours to release"


def test_a_number_that_another_process_has_got_since_holds_nothing_for_ever(claims):
    sign(claims, "a", f"{this_machine()} {os.getppid()}", age=claiming.LASTS + 5)
    assert claims.claim("a")


def test_other_machines_are_believed_for_a_while(claims):
    sign(claims, "a", "elsewhere 1", age=claiming.LASTS - 60)
    assert not claims.claim("a")
    sign(claims, "a", "elsewhere 1", age=claiming.LASTS + 5)
    assert claims.claim("a")


@pytest.mark.parametrize("text", ["", "half", "\x00"])
def test_a_claim_half_written_is_believed_for_a_moment(claims, text):
    sign(claims, "a", text)
    assert not claims.claim("a")
    sign(claims, "a", text, age=claiming.UNSIGNED_LASTS + 1)
    assert claims.claim("a")


def test_claims_give_signs_of_life_and_are_taken_back(claims, monkeypatch):
    monkeypatch.setattr(claiming, "TOUCHED_EVERY", 0.05)
    with claims.kept_alive():
        claims.claim("a")
        aged(claims.folder / "a", 500)
        until = time.monotonic() + 20
        while time.time() - (claims.folder / "a").stat().st_mtime > 400 and time.monotonic() < until:
            threading.Event().wait(0.05)
        assert time.time() - (claims.folder / "a").stat().st_mtime < 400
    assert list(claims.names()) == []


def test_claims_that_cannot_be_written(tmp_path):
    (tmp_path / "claims").write_text("")
    with pytest.raises(RelevoError, match="claims: cannot be written"):
        Claims(tmp_path).claim("a")


def test_a_machine_is_told_from_others_and_not_named():
    assert len(this_machine()) == 16
    assert os.uname().nodename not in json.dumps(this_machine())
