"""The option --engine: one engine or another, or both, which must agree."""

import json
import re
import shlex
import subprocess
import sys

import pytest

from experiments.cli import options
from sim.api import simulate, with_weeks
from sim.engines import ENGINES
from sim.engines.protocol import engines
from sim.errors import UsageError
from sim.measures.agreement import EnginesDiffer
from sim.run import RunSpec, run
from sim.scenario.load import load_scenario
from tests.cli import other_engine
from tests.cli.test_commands import ROOT, relevo

QUICK = ("theory/mm1", "--replications", "3", "--weeks", "1", "--workers", "1")


@pytest.fixture
def two_engines(monkeypatch):
    """The reference engine and another one, for which a test says where it is wrong."""
    for name in set(ENGINES) - {"reference"}:
        monkeypatch.delitem(ENGINES, name)
    monkeypatch.setitem(ENGINES, "other", other_engine.__name__)
    monkeypatch.setattr(options, "ENGINES", ("reference", "other"))
    monkeypatch.setattr(other_engine, "DIFFERS", set())
    return other_engine


def test_the_help_lists_every_engine_and_both(two_engines):
    for command in ("simulate", "today"):
        assert "[reference|other|both]" in relevo(command, "--help").stdout


@pytest.mark.parametrize("command", [("simulate", "theory/mm1"), ("today",)])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("refernce", "'refernce' is not an engine. Did you mean 'reference'?"),
        ("bothh", "Did you mean 'both'?"),
        ("magic", "Known: both, other, reference."),
    ],
)
def test_an_unknown_engine_is_refused_with_the_nearest_one(two_engines, command, name, said):
    result = relevo(*command, "--engine", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_engines_that_agree_are_said_to_and_the_numbers_are_the_references(two_engines):
    reference, other, both = (
        relevo("simulate", *QUICK, "--engine", name, "--json") for name in ("reference", "other", "both")
    )
    assert [result.exit_code for result in (reference, other, both)] == [0, 0, 0]
    assert "Both engines agree on 3 runs, bit for bit." in both.stderr
    assert "agree" not in reference.stderr + other.stderr
    found = json.loads(both.stdout)
    assert found["engine"] == "both"
    assert found.pop("engines") == {"agree": 3, "differ": 0, "first": None, "again": None}
    assert found | {"engine": "reference"} == json.loads(reference.stdout)
    assert "engines" not in json.loads(other.stdout)
    spanish = relevo("simulate", *QUICK, "--engine", "both", "--lang", "es")
    assert "Los dos motores coinciden en 3 réplicas, bit a bit." in spanish.stderr


def test_the_first_difference_is_told_with_the_command_that_shows_it_again(two_engines, tmp_path):
    two_engines.DIFFERS = {1, 2}
    words = ("simulate", *QUICK, "--engine", "both", "--policy", "checklist=0.5", "--seed", "7")
    result = relevo(*words, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["replications"], found["failed_runs"]) == (1, 2)
    assert (found["engines"]["agree"], found["engines"]["differ"]) == (1, 2)
    assert re.fullmatch(
        r"The engines differ at \d+\.\d{6} h: (order|customer) \d+( at \w+)?, time of log entry 20 is "
        r"(\d+) \(reference\) and \d+ \(other\)\.",
        found["engines"]["first"],
    )
    command = found["engines"]["again"]
    assert f"The first difference again: {command}" in result.stderr
    assert found["engines"]["first"] in result.stderr
    again = relevo(*shlex.split(command)[1:], "--workers", "1", "--json")
    assert again.exit_code == 1
    repeated = json.loads(again.stdout)["engines"]
    assert (repeated["agree"], repeated["first"]) == (1, found["engines"]["first"])


@pytest.mark.parametrize(("language", "said"), [("en", "difference again"), ("es", "diferencia, otra vez")])
def test_where_every_run_differs_the_first_is_told_likewise(two_engines, language, said):
    two_engines.DIFFERS = {0, 1, 2}
    result = relevo("simulate", *QUICK, "--engine", "both", "--lang", language)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "The engines differ at" in result.stderr
    assert said in result.stderr
    assert "relevo simulate theory/mm1 --replications 1 --seed 1 --weeks 1 --engine both" in result.stderr


def test_the_main_job_compares_engines_too(two_engines, tmp_path):
    words = ("today", "--scenario", "theory/mm1", "--replications", "1", "--weeks", "0.2", "--workers", "1")
    agree = relevo(*words, "--engine", "both", "--json", "--out", tmp_path / "a")
    assert agree.exit_code == 0, agree.stderr
    data = json.loads(agree.stdout)
    assert data["engines"]["agree"] == 1 + len(data["policies"])
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text())
    assert manifest["command"].endswith("--engine both")
    two_engines.DIFFERS = {0}
    differ = relevo(*words, "--engine", "both", "--json", "--out", tmp_path / "b")
    assert (differ.exit_code, differ.stdout) == (1, "")
    again = "relevo simulate theory/mm1 --replications 1 --weeks 0.2 --seed 1 --engine both"
    assert again in differ.stderr
    assert not (tmp_path / "b").exists()


def test_a_way_of_working_that_differs_is_named_in_the_command(two_engines, tmp_path, monkeypatch):
    run_it = two_engines.run

    def wrong_under_policies(world, seed, replication, **wanted):
        two_engines.DIFFERS = {1} if world.regimes[-1] != world.regimes[0] else set()
        return run_it(world, seed, replication, **wanted)

    monkeypatch.setattr(two_engines, "run", wrong_under_policies)
    words = ("--scenario", "theory/mm1", "--replications", "2", "--weeks", "0.2", "--workers", "1")
    result = relevo("today", *words, "--engine", "both", "--json", "--out", tmp_path / "out")
    again = json.loads(result.stdout)["engines"]["again"]
    assert re.fullmatch(r"relevo simulate theory/mm1 --policy \w+ --replications 2 .*", again)
    repeated = relevo(*shlex.split(again)[1:], "--workers", "1", "--json")
    assert json.loads(repeated.stdout)["engines"]["differ"] == 1


def test_both_needs_a_second_engine_that_can_be_loaded(two_engines, monkeypatch, tmp_path):
    monkeypatch.delitem(ENGINES, "other")
    result = relevo("simulate", *QUICK, "--engine", "both")
    assert result.exit_code == 2
    assert "there is one engine only, 'reference'" in result.stderr
    assert "pip install" in result.stderr
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "lacking_engine.py").write_text("import a_package_that_nobody_has\n")
    monkeypatch.setitem(ENGINES, "lacking", "lacking_engine")
    monkeypatch.setattr(options, "ENGINES", ("reference", "lacking"))
    for name in ("both", "lacking"):
        result = relevo("simulate", *QUICK, "--engine", name, "--out", tmp_path / "out")
        assert result.exit_code == 2
        assert f"--engine {name}: the lacking engine cannot be loaded" in result.stderr
        assert "pip install a_package_that_nobody_has, or use --engine reference" in result.stderr
        assert not (tmp_path / "out").exists()
    (tmp_path / "broken_engine.py").write_text("import sim.no_such_module\n")
    monkeypatch.setitem(ENGINES, "broken", "broken_engine")
    with pytest.raises(ModuleNotFoundError):
        engines("broken")


def test_in_python_a_difference_is_an_error_that_carries_it(two_engines):
    spec = RunSpec(with_weeks(load_scenario("theory/mm1"), 0.2), replication=4, engine="both", tables=("orders",))
    assert set(run(spec).tables) == {"orders"}
    two_engines.DIFFERS = {4}
    with pytest.raises(EnginesDiffer, match="log entry 20") as caught:
        run(spec)
    assert caught.value.difference.engines == ("reference", "other")
    with pytest.raises(UsageError, match="Did you mean 'other'"):
        run(RunSpec(spec.scenario, engine="othr"))


def test_the_compiled_engine_computes_unless_somebody_says_otherwise(tmp_path):
    assert RunSpec(load_scenario("theory/mm1")).engine == "compiled"
    assert json.loads(relevo("simulate", *QUICK, "--json").stdout)["engine"] == "compiled"
    for words, name in (((), "compiled"), (("--engine", "reference"), "reference")):
        out = tmp_path / name
        assert relevo("simulate", *QUICK, *words, "--out", out).exit_code == 0
        manifest = json.loads((out / "manifest.json").read_text())
        assert manifest["engine"] == name
        assert manifest["command"].endswith(f"--engine {name}")
        assert manifest["versions"]["numba"][0].isdigit()


def test_every_engine_and_both_give_the_same_numbers():
    compiled, reference, both = (
        json.loads(relevo("simulate", *QUICK, "--engine", name, "--json").stdout)
        for name in ("compiled", "reference", "both")
    )
    assert compiled["metrics"] == reference["metrics"] == both["metrics"]
    assert both["engines"]["agree"] == 3


NO_NUMBA = """
import sys
sys.modules["numba"] = None
from experiments.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("name", ["compiled", "both"])
def test_without_numba_the_error_says_what_to_do_and_the_reference_works(name, tmp_path):
    def relevo_without(*words):
        command = [sys.executable, "-c", NO_NUMBA, "simulate", *QUICK, *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    lacking = relevo_without("--engine", name)
    assert (lacking.returncode, lacking.stdout) == (2, "")
    assert lacking.stderr.count("\n") == 1
    assert "pip install numba, or use --engine reference" in lacking.stderr
    assert relevo_without("--engine", "reference").returncode == 0


def test_in_python_the_engine_may_be_chosen_too():
    one, other = (simulate("theory/mm1", weeks=1, engine=name).metrics for name in ("compiled", "reference"))
    assert one.equals(other)
    assert simulate("theory/mm1", weeks=1).metrics.equals(one)
