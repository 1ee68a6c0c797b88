"""Results on disk: complete, documented, and never a half file."""

import errno
import json
import os
import re
import uuid

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.run import store as store_module
from experiments.run.provenance import command_line, content_hash, platform_kind, source_commit, versions
from experiments.run.store import ResultStore, atomic_file, new_folder, write_csv, write_json
from sim.errors import RelevoError, UsageError


def words(table, column):
    return {"unit": "1", "en": f"{column} of {table}", "es": f"{column} de {table}"}


def test_tables_of_many_runs_stand_below_each_other_and_are_documented(tmp_path):
    store = ResultStore(tmp_path)
    store.add(
        {"policies": "", "seed": 1, "replication": 0},
        {"orders": pd.DataFrame({"order": [1, 2], "wait": [1, 2]})},
    )
    store.add(
        {"policies": "checklist", "seed": 1, "replication": 0},
        {"orders": pd.DataFrame({"order": [3], "wait": [None]})},
    )
    store.write({"schema_version": 1}, words)
    table = pd.read_parquet(tmp_path / "orders.parquet")
    assert list(table.columns) == ["policies", "seed", "replication", "order", "wait"]
    assert list(table["policies"]) == ["", "", "checklist"]
    assert table["wait"].isna().tolist() == [False, False, True]
    assert pq.read_schema(tmp_path / "orders.parquet").field("wait").metadata[b"es"] == b"wait de orders"
    columns = json.loads((tmp_path / "columns.json").read_text())
    assert set(columns["orders"]) == set(table.columns)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest == {"schema_version": 1, "tables": {"orders": 3}}
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "columns.json",
        "manifest.json",
        "orders.parquet",
    ]


def test_columns_of_a_table_that_identify_the_run_are_not_doubled(tmp_path):
    store = ResultStore(tmp_path)
    store.add({"replication": 0, "seed": 1}, {"runs": pd.DataFrame({"replication": [0], "wait_mean": [1.0]})})
    store.write({}, words)
    assert list(pd.read_parquet(tmp_path / "runs.parquet").columns) == ["seed", "replication", "wait_mean"]


def test_a_full_disk_leaves_no_half_file_and_is_said_plainly(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_module.os, "fsync", full)
    store = ResultStore(tmp_path)
    store.add({}, {"runs": pd.DataFrame({"a": [1]})})
    with pytest.raises(
        RelevoError, match=r"runs\.parquet: cannot be written \(No space left on device\); .*; free some"
    ):
        store.write({}, words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_device_in_the_middle_of_a_write(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module.uuid, "uuid4", lambda: uuid.UUID(int=0))
    target = tmp_path / "log.csv"
    partial = tmp_path / f".log.csv.{os.getpid()}-00000000.partial"
    partial.symlink_to("/dev/full")
    with pytest.raises(RelevoError, match="No space left"):
        write_csv(target, pd.DataFrame({"a": range(100_000)}))
    assert not target.exists()
    assert not partial.is_symlink()


def test_an_earlier_file_stays_whole_when_a_new_one_fails(tmp_path):
    target = tmp_path / "answer.json"
    write_json(target, {"a": 1})
    with pytest.raises(TypeError), atomic_file(target) as file:
        file.write("half")
    assert json.loads(target.read_text()) == {"a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_a_new_folder_is_named_after_the_scenario_and_the_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first, second = new_folder("levante", None), new_folder("levante", None)
    assert re.fullmatch(r"levante-\d{8}-\d{6}", first.name)
    assert first != second
    assert first.parent.name == "results"


def test_a_folder_that_holds_something_is_refused(tmp_path):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(UsageError, match="holds something already"):
        new_folder("levante", tmp_path)
    assert new_folder("levante", tmp_path / "deep" / "new").is_dir()


def test_a_folder_that_cannot_be_made_is_said_before_anything_runs(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(RelevoError, match="cannot be written"):
        new_folder("levante", tmp_path / "file" / "folder")


def test_provenance_names_versions_but_no_machine():
    assert set(versions()) >= {"relevo", "python", "numpy", "simpy", "pandas", "scipy"}
    assert platform_kind() == platform_kind().lower()
    assert os.uname().nodename not in json.dumps([versions(), platform_kind()])
    commit = source_commit()
    assert commit is None or re.fullmatch(r"[0-9a-f]{40}(-dirty)?", commit)


def test_the_command_is_written_so_that_a_shell_reads_it():
    assert command_line("simulate 'my file.yaml'", {"--weeks": None, "--column": ("a=b c",)}) == (
        "relevo simulate 'my file.yaml' --column 'a=b c'"
    )


def test_the_hash_tells_contents_apart_not_layout():
    from sim.policies import load_policy

    policy = load_policy("checklist")
    assert content_hash(policy) == content_hash(policy.model_copy())
    assert content_hash(policy) != content_hash(policy.model_copy(update={"source": "other"}))
