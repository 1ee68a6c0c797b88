"""The command line: documented, light, and friendly to mistakes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from experiments.cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]


def relevo(*words, **environment):
    """Run a command in this process; returns click's result with stdout and stderr apart."""
    return CliRunner(env={"RELEVO_LANG": None, **environment}).invoke(main, [str(word) for word in words])


def in_a_process(*words, **options):
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **options,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_is_documented(command):
    made = main.get_command(click.Context(main), command)
    assert made.help
    assert made.short_help
    assert [p.name for p in made.params if isinstance(p, click.Option) and not p.help] == []
    result = relevo(command, "--help")
    assert result.exit_code == 0
    assert made.help[:40] in result.stdout


@pytest.mark.parametrize("words", [["--help"], *([command, "--help"] for command in COMMANDS)])
def test_help_imports_nothing_heavy(words):
    heavy = ["numpy", "numba", "pandas", "scipy", "pyarrow", "pydantic", "rich", "yaml", "simpy", "sim.engines"]
    program = (
        f"import sys; sys.argv = ['relevo', *{words}]\n"
        "from experiments.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print('HEAVY', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"
    assert all(command in done.stdout for command in (COMMANDS if words == ["--help"] else words[:1]))


def test_run_py_works_from_any_folder(tmp_path):
    done = in_a_process("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("relevo ")
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["simulte"], 2, "Did you mean 'simulate'?"),
        (["simulate", "levante", "--replicatons", "3"], 2, "--replications"),
        (["simulate", "levante", "--replications", "0"], 2, "0 is not in the range"),
        (["--replications", "0"], 2, "0 is not in the range"),
        (["simulate", "levante", "--weeks", "-1"], 2, "-1.0 is not in the range"),
        (["simulate", "levante", "--lang", "fr"], 2, "'fr' is not one of 'en', 'es'"),
        (["simulate", "levante", "--engine", "magic"], 2, "'magic' is not"),
        (["simulate"], 2, "Missing argument 'SCENARIO'"),
        (["simulate", "levnte"], 3, "Did you mean 'levante'?"),
        (["check", "missing.yaml"], 3, "missing.yaml"),
        (["simulate", "levante", "--policy", "cheklist"], 3, "Did you mean 'checklist'?"),
        (["simulate", "levante", "--policy", "checklist=2"], 2, "allowed: 0 to 1"),
        (["simulate", "levante", "--policy", "checklist=much"], 2, "got the intensity 'much'"),
        (["simulate", "levante", "--policy", "checklist", "--policy", "checklist=0.5"], 2, "stands twice"),
        (["simulate", "levante", "--column", "placed=date"], 2, "there is no order file"),
        (["simulate", "levante", "--orders", "missing.csv"], 3, "missing.csv: there is no such file"),
        (["explain", "cooperation.complteness"], 2, "Did you mean 'cooperation.completeness'?"),
        (["explain", "checklst"], 2, "Did you mean 'checklist'?"),
        (["explain", "checklist", "--metrics"], 2, "give one of them"),
    ],
)
def test_mistakes_are_said_on_standard_error_with_a_remedy(words, code, said):
    result = relevo(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_in_use_is_refused_before_anything_runs(tmp_path):
    (tmp_path / "mine").touch()
    result = relevo("simulate", "theory/mm1", "--out", tmp_path)
    assert result.exit_code == 2
    assert "holds something already" in result.stderr


def test_check_shows_departments_load_and_order_types():
    result = relevo("check", "levante")
    assert result.exit_code == 0
    for text in ("offered load", "%", "next item", "steps"):
        assert text in result.stdout


def test_check_in_spanish_by_the_environment():
    assert "carga ofrecida" in relevo("check", "levante", RELEVO_LANG="es").stdout
    assert "offered load" in relevo("check", "levante", "--lang", "en", RELEVO_LANG="es").stdout


def test_a_broken_scenario_ends_with_exit_code_3(tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text("name: x\ndepartments: [", encoding="utf-8")
    result = relevo("check", file)
    assert result.exit_code == 3
    assert "broken.yaml" in result.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("completeness", ["80 %", "0 % – 100 %", "share", "known at second hand", "Martin & Osterling"]),
        ("cooperation.clarification", ["24 min", "time in opening hours", "an assumption"]),
        ("economics.pay", ["32 EUR", "≥ 0 EUR"]),
        ("departments.staff", ["none: the scenario must say it"]),
        (
            "checklist",
            [
                "Hand-off checklist",
                "closes 40 % of the gap to the ideal (all own departments)",
                "EUR each week",
                "how it fails",
            ],
        ),
    ],
)
def test_explain_tells_unit_range_default_evidence_and_source(name, said):
    result = relevo("explain", name)
    assert result.exit_code == 0
    for text in said:
        assert text in result.stdout


def test_explain_without_a_name_lists_every_parameter_and_policy():
    from sim.parameters import PARAMETERS
    from sim.scenario.files import shipped_names

    shown = relevo("explain").stdout
    for name in [*PARAMETERS, *shipped_names("policies")]:
        assert name in shown


def test_doctor_finds_this_installation_well(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = relevo("doctor")
    assert result.exit_code == 0, result.stdout
    assert "PROBLEM" not in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_doctor_says_whether_the_engine_is_compiled_without_compiling_it(tmp_path, monkeypatch):
    import numba

    monkeypatch.setenv("RELEVO_CACHE_DIR", str(tmp_path))
    told = relevo("doctor")
    assert told.exit_code == 0
    (line,) = [line for line in told.stdout.splitlines() if "compiled engine" in line]
    assert f"numba {numba.__version__}; not compiled yet" in line
    (folder,) = tmp_path.iterdir()
    assert line.endswith(str(folder))
    (folder / "kernel.nbc").touch()
    assert f"; compiled; kept in {folder}" in relevo("doctor").stdout
    assert told.stderr == ""


def test_doctor_compiles_when_asked_to():
    assert re.search(r"compiled and tried in \d+\.\d s", relevo("doctor", "--compile").stdout)


def test_doctor_without_the_compiler_says_what_still_works():
    program = "import sys; sys.modules['numba'] = None; from experiments.cli.main import main; main(['doctor'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert "PROBLEM numba" in done.stdout
    assert re.search("PROBLEM compiled engine: .*--engine reference", done.stdout)


def test_doctor_names_a_missing_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    result = relevo("doctor")
    assert result.exit_code == 1
    assert "PROBLEM scipy" in result.stdout


def test_a_defect_is_said_briefly_and_shown_in_full_on_request(monkeypatch):
    from sim.scenario import load

    def defect(_):
        raise ZeroDivisionError("no staff")

    monkeypatch.setattr(load, "load_scenario", defect)
    result = relevo("check", "levante")
    assert result.exit_code == 1
    assert "A defect of Relevo, not of your input: ZeroDivisionError: no staff" in result.stderr
    assert isinstance(relevo("check", "levante", RELEVO_DEBUG="1").exception, ZeroDivisionError)


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", ["explain", "--help", "explain --lang es"])
def test_a_reader_that_leaves_is_no_error(command):
    line = f"'{sys.executable}' '{ROOT / 'run.py'}' {command} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_plain_ascii_terminals_get_question_marks_instead_of_a_failure():
    done = in_a_process("explain", "completeness", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "0 % ? 100 %" in done.stdout
