"""Compiled code: never from a stale cache, wherever there is a place to keep it and where there is none; or no numba.

Each test works in a copy of the package and in processes of its own.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engines.compiled import jit

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
import hashlib, json, sys
from sim.arrays import build
from sim.engines import engine
from sim.policies import portfolio
from sim.scenario.load import load_scenario
from sim.api import with_weeks
world = build(with_weeks(load_scenario("theory/internal_last"), 1), portfolio([]))
found = {}
for name in sys.argv[1:]:
    record = engine(name)(world, 1, 0, log=True)
    found[name] = hashlib.sha256(record.log_rows().tobytes() + record.orders.tobytes()).hexdigest()
print(json.dumps(found))
"""
RULE = "return work * standard * pressure * fatigue / (efficiency * (1.0 - overhead))"
NOWHERE = "/proc/nowhere"
"""A folder that nobody can make, root included."""
RUN_BY_PYTHON = ("jit", "linking", "pack", "run", "workspace")
"""Modules of the compiled engine that are not compiled."""
needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here that root cannot write to")


def copied(to: Path, *more: str) -> Path:
    """Copy the package without anything compiled."""
    for part in ("sim", "scenarios", *more):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, to / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / part)
    return to


def python(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with the package that is there."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RELEVO", "NUMBA", "XDG", "PYTEST", "COV"))}
    settings = kept | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"} | environment
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=600
    )


def shown(folder: Path, *engines: str, **environment: str) -> tuple[dict[str, str], str]:
    """Return what engines made of a world, and what was said."""
    done = python(folder, "-c", SHOW, *engines, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def without_a_place(folder: Path) -> dict[str, str]:
    """Take away every place to keep compiled code in, as root, too: files stand where folders should be made."""
    (folder / "sim" / "engines" / "compiled" / "__pycache__").write_text("not a folder", encoding="utf-8")
    temporary = folder / "temporary"
    temporary.mkdir()
    user = os.getuid() if hasattr(os, "getuid") else 0
    (temporary / f"relevo-{user}").write_text("not a folder", encoding="utf-8")
    return {"HOME": NOWHERE, "XDG_CACHE_HOME": NOWHERE, "RELEVO_CACHE_DIR": NOWHERE, "TMPDIR": str(temporary)}


@needs_proc
def test_a_changed_rule_never_runs_from_a_stale_cache_and_an_old_one_is_found_again(tmp_path: Path):
    """In a package that cannot be written to, for somebody without a home: kept with the temporary files."""
    folder = copied(tmp_path / "copy")
    places = without_a_place(folder)
    (folder / "temporary" / f"relevo-{os.getuid()}").unlink()
    rule = folder / "sim" / "rules" / "service.py"
    text = rule.read_text(encoding="utf-8")
    assert RULE in text
    first, said = shown(folder, "compiled", "reference", **places)
    assert "compiling" in said
    assert first["compiled"] == first["reference"]
    assert shown(folder, "compiled", **places) == ({"compiled": first["compiled"]}, "")
    rule.write_text(text.replace(RULE, RULE + " * 1.25"), encoding="utf-8")
    changed, said = shown(folder, "compiled", "reference", **places)
    assert "compiling" in said
    assert changed["compiled"] == changed["reference"] != first["reference"]
    rule.write_text(text, encoding="utf-8")
    assert shown(folder, "compiled", **places) == ({"compiled": first["compiled"]}, "")


@needs_proc
def test_where_nothing_can_be_kept_it_is_compiled_in_memory(tmp_path: Path):
    folder = copied(tmp_path / "copy")
    places = without_a_place(folder)
    before = sorted(folder.rglob("*"))
    found, said = shown(folder, "compiled", "reference", **places)
    assert found["compiled"] == found["reference"]
    assert said.count("\n") == 1
    assert "compiling" in said
    assert sorted(folder.rglob("*")) == before


def test_the_folder_that_somebody_names_comes_first(tmp_path: Path):
    look = "from sim.engines.compiled.jit import cache_folder; print(cache_folder())"
    named, home = tmp_path / "named", tmp_path / "home"
    package = ROOT / "sim" / "engines" / "compiled" / "__pycache__"
    answers = [
        (named, {"RELEVO_CACHE_DIR": str(named)}),
        (package, {"XDG_CACHE_HOME": str(home)}),
    ]
    for place, environment in answers:
        done = python(ROOT, "-c", look, **environment)
        assert Path(done.stdout.strip()).parent == place, done.stderr


def test_whatever_the_compiled_code_is_made_of_decides_its_cache():
    """Constants of other modules are compiled in, too."""
    made_of = {path for source in jit.SOURCES for path in ((jit.PACKAGE / source).rglob("*.py"))} | {
        jit.PACKAGE / source for source in jit.SOURCES
    }
    missing = set()
    for path in sorted((jit.PACKAGE / "engines" / "compiled").glob("[a-z]*.py")):
        if path.stem not in RUN_BY_PYTHON:
            missing |= {name for name in imported(path) if module(name) not in made_of}
    assert sorted(missing) == []


def imported(path: Path) -> set[str]:
    """Return the modules of the package from which a module takes something."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sim."):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if module(name).is_file() else node.module for name in names}
    return found


def module(name: str) -> Path:
    """Return the file of a module or package, if that is what a name means."""
    place = jit.PACKAGE.parent / name.replace(".", "/")
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def test_without_numba_the_reference_engine_does_everything(tmp_path: Path):
    """In a copy without the compiled engine, and with a numba that cannot be imported."""
    folder = copied(tmp_path / "copy", "experiments", "benchmarks", "tests", "pyproject.toml", "run.py")
    shutil.rmtree(folder / "sim" / "engines" / "compiled")
    (folder / "numba.py").write_text("raise ImportError('no numba here')\n", encoding="utf-8")
    words = ("simulate", "theory/mm1", "--weeks", "1", "--replications", "1", "--engine", "reference", "--json")
    done = python(folder, "run.py", *words)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["metrics"]["orders_placed"]["mean"] > 0
    tests = ("tests/theory/test_formulas.py", "tests/theory/test_cases.py", "tests/internal_service/test_disputes.py")
    few = ("-k", "formulas or rolled or disputes")
    done = python(folder, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *tests, *few)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = int(done.stdout.rpartition(" passed")[0].split()[-1])
    assert passed >= 12, done.stdout


def test_plain_python_does_what_compiled_code_does_without_a_warning():
    """The engine's functions without a compiler, every warning an error."""
    words = ("-W", "error", "-m", "benchmarks.validate.identity", "--configurations", "25", "--weeks", "0")
    done = python(ROOT, *words, NUMBA_DISABLE_JIT="1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("25 runs, ")
    assert done.stdout.endswith(": 0 differences.\n")
    assert done.stderr == ""
