"""What the README shows works as shown."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli.today import REPLICATIONS, WEEKS
from sim.policies import load_policy, the_sixteen

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/python run.py"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q '.[test]' && .venv/bin/python -m pytest"
SMALL = ["--replications", "2", "--weeks", "1", "--workers", "1"]
SIZES = {
    "simulate": SMALL,
    "today": SMALL,
    "compare": SMALL,
    "why": SMALL,
    "worth": ["--replications", "10", "--weeks", "1", "--most", "1"],
    "select": ["--first", "10", "--fresh", "10"],
    "optimise": ["--runs", "400"],
}
"""What makes a command of the README small enough for a test."""


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def relevo(arguments: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RELEVO_")}
    command = [sys.executable, str(ROOT / "run.py"), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder after following the README up to its scenario."""
    here = tmp_path_factory.mktemp("user")
    scenario, plan = blocks(README, "yaml")
    (here / "repair_shop.yaml").write_text(scenario, encoding="utf-8")
    (here / "repairs.yaml").write_text(plan, encoding="utf-8")
    (here / "scenarios" / "examples").mkdir(parents=True)
    shutil.copy(ROOT / "scenarios" / "examples" / "orders.csv", here / "scenarios" / "examples")
    return here


def commands() -> list[str]:
    return [command for block in blocks(README, "sh") for command in commands_in(block)]


def commands_in(block: str) -> list[str]:
    lines = [line for line in block.splitlines() if line.startswith("relevo ")]
    return [line.partition(" #")[0].partition(" | ")[0].strip() for line in lines]


def of_the_experiment(command: str) -> bool:
    return "repairs" in command and command.split()[1] in ("sweep", "status", "export", "report")


def test_experiment_of_the_readme_works_step_by_step(folder: Path):
    steps = [command for command in commands() if of_the_experiment(command)]
    assert [step.split()[1] for step in steps] == ["sweep", "sweep", "status", "export", "report"]
    for step in steps:
        done = relevo(shlex.split(step)[1:], folder)
        assert done.returncode == 0, f"{step}\n{done.stderr}"
        assert done.stdout
    assert {path.name for path in (folder / "repairs").iterdir()} >= {
        "runs.parquet",
        "design.parquet",
        "estimates.parquet",
        "manifest.json",
        "results.xlsx",
    }


def test_two_commands_stand_literally_and_ci_runs_the_second():
    lines = README.splitlines()
    assert RUN in lines
    assert TEST in lines
    # .ci/run takes the first line with "-m pytest".
    assert next(line for line in lines if "-m pytest" in line) == TEST
    assert TEST in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_main_job_runs_without_arguments_but_its_size(tmp_path: Path):
    done = relevo(["--replications", "2", "--weeks", "2"], tmp_path)
    assert done.returncode == 0, done.stderr
    for name in the_sixteen():
        assert load_policy(name).label.en in done.stdout
    assert len(list((tmp_path / "results").glob("levante-*/manifest.json"))) == 1


def test_first_result_shows_today_and_every_shipped_policy():
    (shown,) = re.findall(r"<!-- result: begin -->\n(.*?)<!-- result: end -->", README, flags=re.DOTALL)
    assert f"{REPLICATIONS} replications of {WEEKS:g} weeks" in shown
    assert f"{REPLICATIONS} replications of {WEEKS:g} weeks" in README.replace(shown, "")
    runs = 2 * REPLICATIONS * (1 + len(the_sixteen()))
    assert f"The {runs} runs take about half a minute" in README
    assert f"{runs} simulaciones en medio minuto" in README
    for label in ["today", *(load_policy(name).label.en for name in the_sixteen())]:
        assert re.search(rf"^ {label} +[-+\d]", shown, flags=re.MULTILINE), f"{label}: no row in the README's result"


@pytest.mark.parametrize("command", [command for command in commands() if not of_the_experiment(command)])
def test_command_of_the_readme_works(command: str, folder: Path):
    words = shlex.split(command)[1:]
    size = SIZES.get(words[0], [])
    if "--order" in words:
        size = SMALL[2:]
    done = relevo([*words, *size], folder)
    # 4: decided less than was asked for, which so few runs may.
    assert done.returncode in ((0, 4) if words[0] in ("select", "optimise") else (0,)), f"{command}\n{done.stderr}"
    assert done.stdout
    if "--json" in words:
        data = json.loads(done.stdout)
        assert {"schema_version", "scenario", "seed", "replications", "metrics"} <= data.keys()
        assert set(data["metrics"]["wait_mean"]) == {"mean", "half_width", "unit", "n"}


def test_readme_shows_every_command_and_the_main_options():
    from experiments.cli.main import COMMANDS

    shown = " ".join(commands())
    for name in COMMANDS:
        assert f"relevo {name}" in shown
    for option in ("--policy", "--replications", "--seed", "--weeks", "--out", "--json", "--log", "--orders"):
        assert option in shown, f"{option}: no example in the README"


def test_spanish_command_gives_spanish_results(folder: Path):
    assert "## En español" in README
    assert "RELEVO_LANG=es" in README
    assert "relevo --lang es explain completeness" in README
    for words in (["explain", "completeness", "--lang", "es"], ["--lang", "es", "explain", "completeness"]):
        done = relevo(words, folder)
        assert done.returncode == 0, done.stderr
        assert "Probabilidad" in done.stdout


def test_metrics_of_the_scenario_from_the_readme_make_sense(folder: Path):
    """The counter's incomplete hand-overs show where the README says they do."""
    done = relevo(["simulate", "repair_shop.yaml", "--weeks", "20", "--replications", "2", "--json"], folder)
    assert done.returncode == 0, done.stderr
    metrics = json.loads(done.stdout)["metrics"]
    assert metrics["workshop->counter.completeness"]["mean"] == pytest.approx(0.70, abs=0.06)
    assert metrics["quote_mean"]["mean"] == pytest.approx(16.0)
    assert metrics["workshop->office.requests"]["mean"] > 0
