"""The command line and the model together: numbers, files, exit codes."""

import json
import os
import signal
import subprocess
import sys

import pandas as pd
import pytest

import sim.api  # noqa: F401 - bound before a test replaces what it runs
from sim.measures.columns import TABLES
from sim.policies import the_sixteen
from tests.cli.test_commands import ROOT, in_a_process, relevo

QUICK = ("theory/mm1", "--replications", "2", "--weeks", "1", "--workers", "1")


def answer(*words):
    result = relevo(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_json_has_the_agreed_shape():
    found = answer("simulate", *QUICK, "--seed", "7")
    assert (found["schema_version"], found["scenario"], found["seed"], found["replications"]) == (
        1,
        "theory/mm1",
        7,
        2,
    )
    for metric in found["metrics"].values():
        assert set(metric) == {"mean", "half_width", "unit", "n"}
        assert (metric["n"] == 0) == (metric["mean"] is None)
    wait = found["metrics"]["wait_mean"]
    assert wait["unit"] == "h"
    assert wait["n"] == 2
    assert wait["half_width"] > 0


def test_metrics_that_the_issue_promises_are_there():
    found = answer("simulate", "levante", "--replications", "1", "--weeks", "1", "--workers", "1")["metrics"]
    promised = """
        wait_mean wait_p50 wait_p90 wait_p95 orders_placed orders_delivered orders_unfinished abandoned_share
        lost_sale_share promise_kept_share churn_per_year customers_end satisfaction_mean days_to_cash revenue
        cost profit sales.utilisation sales.queue_wait_mean sales.queue_length_mean sales.in_system_mean
        sales.completed
    """
    assert [name for name in promised.split() if name not in found] == []
    assert sum(m["mean"] for name, m in found.items() if name.startswith("wait_share.")) == pytest.approx(1)
    assert found["wait_mean"]["half_width"] is None


def test_the_same_seed_gives_the_same_numbers_with_one_worker_and_with_two():
    one = answer("simulate", *QUICK)
    two = answer("simulate", *QUICK[:-1], "2")
    assert one == two
    assert answer("simulate", *QUICK, "--seed", "2")["metrics"]["wait_mean"] != one["metrics"]["wait_mean"]


def test_a_policy_at_intensity_zero_changes_nothing():
    today = answer("simulate", *QUICK)["metrics"]
    zero = answer("simulate", *QUICK, "--policy", "checklist=0")["metrics"]
    assert zero == today


def test_the_main_job_compares_every_shipped_policy_with_today(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = answer("--scenario", "theory/mm1", "--replications", "2", "--weeks", "1", "--workers", "1")
    assert set(found["policies"]) == set(the_sixteen())
    for policy in found["policies"].values():
        both = zip(policy["difference"].items(), policy["metrics"].values(), found["today"].values(), strict=True)
        for (name, difference), own, today in both:
            if difference["n"] == own["n"] == today["n"] > 0:
                assert difference["mean"] == pytest.approx(own["mean"] - today["mean"], abs=1e-6), name
    (folder,) = (tmp_path / "results").iterdir()
    assert found["results"] == str(folder.relative_to(tmp_path))
    runs = pd.read_parquet(folder / "runs.parquet")
    assert set(runs["policies"]) == {"", *the_sixteen()}


def test_the_main_job_prints_a_table_in_both_languages(tmp_path):
    words = ("--scenario", "theory/mm1", "--replications", "2", "--weeks", "1", "--workers", "1")
    english = relevo(*words, "--out", tmp_path / "a")
    spanish = relevo(*words, "--out", tmp_path / "b", "--lang", "es")
    assert (english.exit_code, spanish.exit_code) == (0, 0)
    for text in ("customer's wait", "promises kept", "customers lost", "profit", "Look next", "±"):
        assert text in english.stdout
    for text in ("espera del cliente", "promesas cumplidas", "beneficio", "Mire ahora"):
        assert text in spanish.stdout
    assert str(tmp_path / "a") in english.stdout
    assert "\x1b" not in english.stdout


def test_results_are_complete_documented_and_repeatable_from_the_manifest(tmp_path):
    out = tmp_path / "out"
    result = relevo("simulate", *QUICK, "--policy", "checklist=0.5", "--out", out, "--log", tmp_path / "log.csv")
    assert result.exit_code == 0, result.stderr
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["command"] == (
        "relevo simulate theory/mm1 --policy checklist=0.5 --replications 2 --seed 1 --weeks 1 --engine compiled"
    )
    assert manifest["complete"] is True
    assert manifest["weeks"] == 1
    assert len(manifest["scenario"]["sha256"]) == len(manifest["policies"]["checklist"]["sha256"]) == 64
    columns = json.loads((out / "columns.json").read_text())
    for name in set(TABLES) - {"log"}:
        table = pd.read_parquet(out / f"{name}.parquet")
        assert manifest["tables"][name] == len(table)
        assert list(columns[name]) == list(table.columns)
        assert all(words[key] for words in columns[name].values() for key in ("unit", "en", "es"))
        assert set(table["replication"]) <= {0, 1}
    log = pd.read_csv(tmp_path / "log.csv")
    assert list(log.columns) == [column.name for column in TABLES["log"]]
    assert len(log) > 100
    again = answer(*manifest["command"].split()[1:])
    runs = pd.read_parquet(out / "runs.parquet")
    waits = runs[runs["metric"] == "wait_mean"]["value"]
    assert again["metrics"]["wait_mean"]["mean"] == pytest.approx(waits.mean(), rel=1e-12)


def test_the_manifest_names_no_machine(tmp_path):
    assert relevo("simulate", *QUICK, "--out", tmp_path / "out").exit_code == 0
    text = (tmp_path / "out" / "manifest.json").read_text()
    assert os.uname().nodename not in text
    assert str(ROOT) not in text


def test_a_log_that_cannot_be_written_is_said_plainly(tmp_path):
    result = relevo("simulate", *QUICK, "--log", tmp_path / "no" / "log.csv", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []
    assert "log.csv: cannot be written" in result.stderr


def test_explain_metrics_lists_every_metric_with_its_unit():
    shown = relevo("explain", "--metrics").stdout
    for text in (
        "wait_mean",
        "D.utilisation",
        "A->B.request_wait_mean",
        "wait_share.CAUSE",
        "EUR/year",
        "share",
    ):
        assert text in shown
    assert "lower is better" in relevo("explain", "sales.queue_wait_mean").stdout


def test_numbers_go_to_stdout_and_everything_else_to_stderr():
    done = in_a_process("simulate", *QUICK, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["replications"] == 2


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_keeps_what_is_finished_and_ends_with_130(tmp_path, workers):
    out = tmp_path / "out"
    words = [
        "simulate",
        "theory/mm1",
        "--replications",
        "100000",
        "--weeks",
        "1",
        "--workers",
        workers,
        "--json",
    ]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *words, "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    # The first line of progress says that runs have finished, however slow the machine is.
    said = process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=600)
    assert "of 100000 runs" in said, said + stderr
    assert process.returncode == 130, stderr
    assert "Interrupted" in stderr
    assert "Traceback" not in stderr
    found = json.loads(stdout)
    assert found["interrupted"] is True
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["complete"] is False
    assert manifest["runs_finished"] == found["replications"] == found["metrics"]["wait_mean"]["n"] > 0
    assert manifest["tables"]["departments"] == found["replications"]


ORDERS = """when,who,worth
2024-01-02 09:00:00,ana,10.5
2024-01-02 09:10:00,luis,
not a date,eva,3
2024-01-03 12:00:00,ana,20
"""


def test_real_orders_are_used_and_bad_rows_are_reported_by_line(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    columns = [word for pair in ("placed=when", "customer=who", "value=worth") for word in ("--column", pair)]
    result = relevo("simulate", *QUICK, "--orders", file, *columns, "--json", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["orders"] == {"used": 2, "unusable": 2}
    assert "left out: 2; orders used: 2" in result.stderr
    assert "line 3: value" in result.stderr
    assert "line 4: placed" in result.stderr
    orders = json.loads((tmp_path / "out" / "manifest.json").read_text())["orders"]
    assert (orders["file"], orders["used"], orders["unusable"], len(orders["sha256"])) == ("orders.csv", 2, 2, 64)


def test_a_scenario_may_name_its_own_file_of_orders(tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(
        "extends: theory/mm1\n"
        "time: {warm_up: 0, horizon: 1 week}\n"
        "demand: {kind: file, file: orders.csv, columns: {placed: when, customer: who, value: worth}}\n",
        encoding="utf-8",
    )
    result = relevo("simulate", tmp_path / "own.yaml", "--replications", "1", "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["orders"] == {"used": 2, "unusable": 2}
    assert found["metrics"]["orders_placed"]["mean"] == 2


def test_runs_that_fail_are_left_out_and_said(monkeypatch, tmp_path):
    import sim.run

    real = sim.run.run

    def sometimes(spec):
        if spec.replication == 1:
            raise ZeroDivisionError("no staff")
        return real(spec)

    monkeypatch.setattr(sim.run, "run", sometimes)
    words = ("theory/mm1", "--replications", "3", "--weeks", "1", "--workers", "1", "--out", tmp_path / "out")
    result = relevo("simulate", *words, "--json")
    assert result.exit_code == 1
    said = "Runs that failed and are left out: 1 of 3; the first, today, 1: ZeroDivisionError: no staff"
    assert said in result.stderr
    found = json.loads(result.stdout)
    assert (found["replications"], found["failed_runs"], found["metrics"]["wait_mean"]["n"]) == (2, 1, 2)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["failures"] == [{"policies": "", "replication": 1, "reason": "ZeroDivisionError: no staff"}]
    assert manifest["complete"] is False


def test_when_every_run_fails_the_reason_is_the_error(monkeypatch, tmp_path):
    import sim.run
    from sim.errors import InputError

    def never(_):
        raise InputError("orders.csv: bad; give a better one.")

    monkeypatch.setattr(sim.run, "run", never)
    result = relevo("simulate", *QUICK, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "orders.csv: bad; give a better one." in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_main_job_shows_what_it_has_when_its_second_half_ends_early(tmp_path, monkeypatch):
    from experiments.cli import today
    from experiments.run.interrupt import StoppedError

    def stopped(*_: object) -> None:
        raise StoppedError("Interrupted before the first run was finished; nothing to keep.")

    monkeypatch.setattr(today, "_carry_out_frozen", stopped)
    result = relevo("--replications", "2", "--weeks", "0.1", "--workers", "1", "--out", tmp_path / "half")
    assert result.exit_code == 130
    assert "customer's wait" in result.stdout
    assert (tmp_path / "half" / "manifest.json").exists()
    assert "Interrupted" in result.stderr


def test_the_main_job_says_both_halves_in_json(tmp_path):
    found = answer("--replications", "2", "--weeks", "0.1", "--workers", "1", "--out", tmp_path / "both")
    assert found["frozen"]["policies"].keys() == found["policies"].keys()
    assert found["frozen"]["replications"] == found["replications"] == 2
