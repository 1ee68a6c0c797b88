"""The main job's end: hires on its own luck, kept beside the results, and the report."""

import json

import numpy as np
import pandas as pd
import pytest

from experiments.analysis.worth import equivalent
from experiments.cli import yardstick
from experiments.cli.placing import Race, hired, placed
from experiments.run.study import read_study
from experiments.run.worlds import Worlds
from sim.errors import RelevoError
from sim.policies import Portfolio, portfolio
from sim.run import RunSpec, run
from sim.scenario.load import load_scenario
from tests.cli.levante_briefly import answer, briefly, failing
from tests.cli.test_commands import relevo
from tests.cli.test_worth import SHOP

N = 10
POLICIES = ("checklist", "more_staff")


@pytest.fixture(autouse=True)
def few_policies(monkeypatch):
    monkeypatch.setattr("sim.policies.the_sixteen", lambda: POLICIES)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return briefly(tmp_path_factory.mktemp("shop"), SHOP)


def job(shop, out, *more, code=0):
    return answer("--scenario", shop, "--weeks", 3, "--replications", N, "--out", out, *more, code=code)


def waits(shop, way):
    return np.array([run(RunSpec(load_scenario(shop), way, 1, r, tables=())).metrics["wait_mean"] for r in range(N)])


@pytest.fixture
def asked(monkeypatch):
    """Which replications of which worlds were run beside the job's own."""
    real, found = Worlds.run, []

    def noting(self, first, end):
        found.append((tuple(p.key for p in self.portfolios.values()), first, end))
        return real(self, first, end)

    monkeypatch.setattr(Worlds, "run", noting)
    return found


def test_hires_are_placed_on_luck_beyond_the_jobs_and_measured_on_its_own(shop, tmp_path, asked):
    told = job(shop, tmp_path / "a", "--no-report")
    *placing, measuring = asked
    assert {first >= N for _, first, _ in placing} == {True}
    assert max(end for _, _, end in placing) == N + 8
    assert measuring[1:] == (0, N)
    order = told["hires"]["placed"]
    assert len(order) == yardstick.MOST == len(measuring[0])
    assert not any("supplier" in key for keys, _, _ in asked for key in keys)
    today = waits(shop, Portfolio())
    curve = np.array([today - waits(shop, hired(order[:h])) for h in range(1, yardstick.MOST + 1)]).T
    for name in POLICIES:
        wanted = equivalent(today - waits(shop, portfolio([(name, 1.0)])), curve)
        assert told["hires"]["policies"][name] == {**vars(wanted), "beyond": wanted.beyond}


def test_what_was_measured_is_kept_documented_and_read_by_the_report(shop, tmp_path):
    told = job(shop, tmp_path / "a")
    folder = tmp_path / "a"
    assert told["report"] == str(folder / "report.html")
    worth, table = (pd.read_parquet(folder / f"{name}.parquet") for name in ("worth", "yardstick"))
    columns = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    assert set(columns["worth"]) == set(worth.columns)
    assert set(columns["yardstick"]) == set(table.columns)
    assert all(set(each) == {"unit", "en", "es"} for each in columns["worth"].values())
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["hires"]["placed"] == told["hires"]["placed"]
    assert manifest["tables"]["yardstick"] == len(table) == yardstick.MOST * N
    assert manifest["complete"]
    assert set(worth["policies"]) == set(POLICIES)
    assert read_study(folder).table("yardstick") is not None
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "hires that do the same" in page
    assert "relevo worth" not in page


def test_the_table_has_a_column_of_hires_from_ten_replications_on(shop, tmp_path):
    def printed(n, out, *more):
        result = relevo("--scenario", shop, "--weeks", 3, "--replications", n, "--workers", 1, "--out", out, *more)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    many, few = printed(N, tmp_path / "a"), printed(N - 1, tmp_path / "b", "--no-report")
    spanish = printed(N, tmp_path / "c", "--lang", "es", "--no-report")
    assert "hires that do" in many
    assert "hires" not in few
    assert "contrataciones que" in spanish
    assert many.splitlines()[-1] == f"Report: {tmp_path / 'a' / 'report.html'}"
    assert "Report" not in few
    assert not (tmp_path / "b" / "report.html").exists()


def test_a_report_that_cannot_be_written_loses_nothing(shop, tmp_path, monkeypatch):
    def broken(*_):
        raise RelevoError("report.html: cannot be written (No space left on device)")

    monkeypatch.setattr("experiments.cli.reporting.write_report", broken)
    words = ("--scenario", shop, "--weeks", 3, "--replications", 2, "--workers", 1, "--out", tmp_path / "a", "--json")
    result = relevo(*words)
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    told = json.loads(result.stdout)
    assert told["report"] is None
    assert set(told["policies"]) == set(POLICIES)
    assert (tmp_path / "a" / "manifest.json").is_file()


def test_a_defect_of_the_report_loses_nothing(shop, tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.show.report.report.decide", lambda _: 1 / 0)
    words = ("--scenario", shop, "--weeks", 3, "--replications", 2, "--workers", 1, "--out", tmp_path / "a", "--json")
    result = relevo(*words)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["report"] is None
    assert "defect of Relevo" in result.stderr
    assert "Traceback" not in result.stderr


def test_interrupted_while_hires_are_placed_everything_else_is_there(shop, tmp_path, monkeypatch):
    from experiments.run.interrupt import StoppedError

    def stopped(*_):
        raise StoppedError("Interrupted before hires were measured.")

    monkeypatch.setattr("experiments.cli.yardstick._run", stopped)
    told = job(shop, tmp_path / "a", code=130)
    assert "hires" not in told
    assert set(told["policies"]) == set(POLICIES)
    assert (tmp_path / "a" / "report.html").is_file()


def test_hires_that_fail_leave_their_replications_out(shop, tmp_path, monkeypatch):
    failing(monkeypatch, lambda spec: spec.portfolio.key.startswith("hire_") and spec.replication == 3)
    told = job(shop, tmp_path / "a")
    assert {each["n"] for each in told["hires"]["policies"].values()} == {N - 1}


def test_where_nobody_is_paid_there_is_no_yardstick(tmp_path):
    nobody = briefly(tmp_path, "extends: theory/mm1\ndepartments: {desk: {staff: 1, pay_share: 0}}\n")
    told = answer("--scenario", nobody, "--weeks", 1, "--replications", N, "--out", tmp_path / "a")
    assert "hires" not in told


def test_a_shortlist_is_those_that_helped_most_at_first():
    helps = {"a": 5.0, "b": 1.0, "c": 3.0, "d": 0.5}
    seen = []

    def run_worlds(portfolios, first, end):
        seen.append(set(portfolios))
        value = {name: {r: {"gain": helps.get(name, 0.0)} for r in range(first, end)} for name in portfolios}
        return value

    def gains(treated, today):
        return [treated[r]["gain"] for r in treated]

    race = Race((0, 2, 4), (10, 2), shortlist=2)
    assert placed(run_worlds, gains, list(helps), 2, race) == ["a", "a"]
    assert seen == [{"today"}, set(helps), {"a", "c"}, {"a", "c"}, {"a", "c"}]
    assert race.runs(4, 2) == 4 + (4 * 2 + 2 * 2) + (2 * 2 + 2 * 2)
