"""`relevo sweep`, `status` and `export`: what is printed, where, and the exit codes."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time

import openpyxl
import pandas as pd
import pytest

from tests.cli.test_commands import ROOT, in_a_process, relevo
from tests.experiments.small import FIXED, PRECISE, bytes_of, written

LONG = FIXED.replace("replications: 5", "replications: 400").replace("horizon: 1 week", "horizon: 52 weeks")


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    result = relevo("sweep", written(folder), "--out", folder / "x", "--workers", 1)
    assert result.exit_code == 0, result.stderr
    return folder, result


def everything(folder):
    return sorted(path for path in folder.rglob("*"))


def test_tables_are_printed_and_kept(swept):
    folder, result = swept
    assert "small: 4 points, 20 runs" in result.stdout
    assert f"Results: {folder / 'x'}" in result.stdout
    assert set(bytes_of(folder / "x")) == {"runs", "estimates", "design"}
    record = json.loads((folder / "x" / "experiment.json").read_text(encoding="utf-8"))
    assert record["command"] == f"relevo sweep {folder / 'plan.yaml'} --out {folder / 'x'}"


def test_the_same_command_does_nothing_twice(swept):
    folder, _ = swept
    before = bytes_of(folder / "x")
    parts = {path: path.stat().st_mtime_ns for path in (folder / "x" / "parts").iterdir()}
    result = relevo("sweep", written(folder), "--out", folder / "x")
    assert result.exit_code == 0
    assert "goes on; 20 runs are there already" in result.stderr
    assert {path: path.stat().st_mtime_ns for path in (folder / "x" / "parts").iterdir()} == parts
    assert bytes_of(folder / "x") == before


def test_json_is_one_object_and_nothing_else(swept):
    folder, _ = swept
    result = relevo("sweep", written(folder), "--out", folder / "x", "--json")
    told = json.loads(result.stdout)
    assert told["schema_version"] == 1
    assert (told["complete"], told["interrupted"], told["runs"], told["failed_runs"]) == (True, False, 20, 0)
    assert len(told["design"]) == 4
    assert len(told["estimates"]) == 16
    for words in (["status", folder / "x"], ["sweep", written(folder), "--out", folder / "x", "--dry-run"]):
        assert json.loads(relevo(*words, "--json").stdout)["schema_version"] == 1


def test_in_spanish(swept):
    folder, _ = swept
    shown = relevo("sweep", written(folder), "--out", folder / "x", "--lang", "es")
    assert "4 puntos, 20 simulaciones" in shown.stdout
    assert "continúa; ya hay 20 simulaciones" in shown.stderr
    assert "simulaciones hechas" in relevo("status", folder / "x", "--lang", "es").stdout
    assert "Escrito: " in relevo("export", folder / "x", "--out", folder / "csv", "--lang", "es").stdout
    assert "20 simulaciones" in relevo("sweep", written(folder), "--dry-run", "--lang", "es").stdout


def test_a_dry_run_writes_nothing(tmp_path, monkeypatch):
    plan = written(tmp_path)
    monkeypatch.chdir(tmp_path)
    for words in ([], ["--out", tmp_path / "x"], ["--json"]):
        result = relevo("sweep", plan, "--dry-run", *words)
        assert result.exit_code == 0
        assert "20" in result.stdout
        assert everything(tmp_path) == [plan]


def test_a_dry_run_counts_what_is_there_and_refuses_what_would_be_refused(swept):
    folder, _ = swept
    assert "Of them 20 are there already" in relevo("sweep", written(folder), "--dry-run", "--out", folder / "x").stdout
    other = written(folder, FIXED + "seed: 2\n", "other.yaml")
    result = relevo("sweep", other, "--dry-run", "--out", folder / "x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "plan.seed: was 1, is 2" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--shard", "3/2"], 2, "such as 2/4"),
        (["--shard", "x"], 2, "such as 2/4"),
        (["--executor", "magic"], 2, "'magic' is not one of"),
        (["--cluster", "tcp://x:1", "--executor", "threads"], 2, "only goes with --executor dask"),
        (["--cluster", "nonsense"], 2, "is no address of a scheduler"),
        (["--workers", "0"], 2, "0 is not in the range"),
        (["--engine", "magic"], 2, "'magic' is not an engine"),
    ],
)
def test_mistakes(tmp_path, words, code, said):
    plan = written(tmp_path)
    result = relevo("sweep", plan, "--out", tmp_path / "x", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert everything(tmp_path) == [plan]


def test_a_cluster_where_nobody_answers(tmp_path):
    began = time.monotonic()
    done = in_a_process("sweep", written(tmp_path), "--out", tmp_path / "x", "--cluster", "tcp://127.0.0.1:9")
    assert time.monotonic() - began < 60
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("--cluster tcp://127.0.0.1:9: no scheduler with workers answers there (Connection refused)")
    assert not (tmp_path / "x").exists()


def test_dask_is_quiet(tmp_path):
    plan = written(tmp_path, FIXED.replace("replications: 5", "replications: 1"))
    done = in_a_process("sweep", plan, "--out", tmp_path / "x", "--executor", "dask", "--workers", "1", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["runs"] == 4
    assert done.stderr == ""


def test_shares_and_the_last_makes_the_tables(tmp_path, swept):
    plan = written(tmp_path)
    first = relevo("sweep", plan, "--out", tmp_path / "x", "--shard", "2/2", "--json")
    assert first.exit_code == 0
    told = json.loads(first.stdout)
    assert (told["schema_version"], told["complete"], told["share"]) == (1, False, "2/2")
    assert "This share is done (2/2)" in first.stderr
    assert not (tmp_path / "x" / "runs.parquet").exists()
    assert relevo("sweep", plan, "--out", tmp_path / "x", "--shard", "1/2").exit_code == 0
    assert bytes_of(tmp_path / "x") == bytes_of(swept[0] / "x")


def test_failed_runs_are_told_and_the_exit_code_is_1(tmp_path):
    result = relevo("sweep", written(tmp_path, FIXED + "most_events: 1\n"), "--out", tmp_path / "x")
    assert result.exit_code == 1
    assert (
        "Runs that failed: 20 of 20; each is a row with its reason. The first, point 0, replication 0: "
        in result.stderr
    )
    assert "Traceback" not in result.stderr
    assert "event" in result.stderr


def test_a_precision_that_is_not_reached_is_told(tmp_path):
    result = relevo("sweep", written(tmp_path, PRECISE), "--out", tmp_path / "x")
    assert result.exit_code == 4
    assert "not reached at 1 of 4 points within 51 replications; the worst: point 1, wait_mean" in result.stderr


def test_parts_that_disappear_are_told(tmp_path, monkeypatch):
    from experiments.cli import sweeping

    real = sweeping.carry_out

    def carry_out(*args):
        outcome = real(*args)
        return type(outcome)(outcome.state, complete=False, interrupted=False)

    monkeypatch.setattr(sweeping, "carry_out", carry_out)
    result = relevo("sweep", written(tmp_path), "--out", tmp_path / "x")
    assert result.exit_code == 1
    assert "are gone; somebody removed them. Give the same command again" in result.stderr


# Ctrl-C ---------------------------------------------------------------------------------------------------------


def started(plan, folder, *words):
    """Start a sweep as a terminal would: a process group of its own."""
    command = [sys.executable, str(ROOT / "run.py"), "sweep", str(plan), "--out", str(folder), *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=plan.parent
    )


def wait_for_parts(process, folder, number):
    end = time.monotonic() + 120
    while len(list((folder / "parts").glob("*.parquet"))) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("executor", ["threads", "processes", "dask"])
def test_ctrl_c_keeps_what_is_done_and_prints_how_to_go_on(tmp_path, executor):
    plan = written(tmp_path, LONG, "my plan.yaml")
    folder = tmp_path / "my results"
    process = started(plan, folder, "--executor", executor, "--workers", "2", "--json")
    wait_for_parts(process, folder, 2)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 130, stderr
    assert "Traceback" not in stderr
    assert "distributed" not in stderr
    told = json.loads(stdout)
    assert (told["complete"], told["interrupted"]) == (False, True)
    assert told["runs"] > 0
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["complete"] is False
    assert len(pd.read_parquet(folder / "runs.parquet")) == told["runs"]
    (line,) = [line for line in stderr.splitlines() if "Go on with: " in line]
    words = shlex.split(line.partition("Go on with: ")[2])
    options = ["--executor", executor, "--workers", "2"]
    assert words == ["relevo", "sweep", str(plan), "--out", str(folder), *options]
    assert list((folder / "claims").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_the_printed_command_goes_on(tmp_path, swept):
    plan = written(tmp_path, FIXED.replace("replications: 5", "replications: 200"), "my plan.yaml")
    folder = tmp_path / "my results"
    process = started(plan, folder, "--workers", "1")
    wait_for_parts(process, folder, 1)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    if process.returncode == 130:
        command = stderr.partition("Go on with: ")[2].splitlines()[0]
        line = command.replace("relevo", f"{shlex.quote(sys.executable)} {shlex.quote(str(ROOT / 'run.py'))}", 1)
        done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        assert "goes on; " in done.stderr
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["complete"] is True
    assert len(pd.read_parquet(folder / "runs.parquet")) == 800


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_the_second_ctrl_c_ends_at_once_and_what_is_done_is_there(tmp_path):
    plan = written(tmp_path, LONG)
    process = started(plan, tmp_path / "x", "--workers", "2")
    wait_for_parts(process, tmp_path / "x", 1)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    began = time.monotonic()
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130, stderr
    assert time.monotonic() - began < 30
    assert "Traceback" not in stderr
    assert len(list((tmp_path / "x" / "parts").glob("*.parquet"))) >= 1


def test_status_from_another_process_while_it_runs(tmp_path):
    plan = written(tmp_path, LONG)
    process = started(plan, tmp_path / "x", "--workers", "1")
    try:
        wait_for_parts(process, tmp_path / "x", 2)
        told = json.loads(in_a_process("status", tmp_path / "x", "--json").stdout)
        assert 0 < told["runs"] < told["planned"] == 1600
        assert told["at_work"] > 0
        assert told["per_second"] > 0
        assert told["left"] > 0
        assert told["complete"] is False
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert json.loads(relevo("status", tmp_path / "x", "--json").stdout)["at_work"] == 0


# Status and export ------------------------------------------------------------------------------------------------


def test_status_of_what_is_complete(swept):
    shown = relevo("status", swept[0] / "x")
    assert shown.exit_code == 0
    for text in ("20 of 20 (100 %)", "0 chunks", "yes"):
        assert text in shown.stdout


def test_status_of_no_experiment(tmp_path):
    result = relevo("status", tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no experiment there" in result.stderr


def test_export_of_an_experiment(swept, tmp_path):
    folder, _ = swept
    result = relevo("export", folder / "x", "--out", tmp_path / "csv", "--table", "runs")
    assert result.exit_code == 0
    assert result.stdout.split()[-1] == str(tmp_path / "csv" / "runs.csv")
    assert len(pd.read_csv(tmp_path / "csv" / "runs.csv")) == 20
    assert relevo("export", folder / "x", "--to", "excel", "--out", tmp_path / "x.xlsx").exit_code == 0
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == ["design", "estimates", "runs", "columns"]


@pytest.mark.parametrize("words", [["simulate", "theory/mm1", "--replications", "2"], ["today", "--replications", "2"]])
def test_export_of_other_results(tmp_path, words):
    done = relevo(*words, "--weeks", "1", "--out", tmp_path / "x")
    assert done.exit_code in (0, 1), done.stderr
    for form in ("csv", "excel"):
        result = relevo("export", tmp_path / "x", "--to", form)
        assert result.exit_code == 0, result.stderr
    assert (tmp_path / "x" / "results.xlsx").exists()
    for path in (tmp_path / "x").glob("*.parquet"):
        assert len(pd.read_csv(tmp_path / "x" / "csv" / f"{path.stem}.csv")) == len(pd.read_parquet(path))


def test_export_of_a_folder_without_tables(tmp_path):
    result = relevo("export", tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no tables there" in result.stderr
