"""The house rules, checked: layers, style, types, sizes, and what every parameter, policy and rule must say."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from experiments.cli import options
from sim.arrays.regimes import COMPANY_FIELDS, DEPARTMENT_FIELDS, PAIR_FIELDS, WITHIN_OTHERS, Regime
from sim.engines import ENGINES, protocol, streams
from sim.parameters import PARAMETERS
from sim.parameters.parameter import GRADES
from sim.policies import load_policy
from sim.rules import internal_service
from sim.rules.rule import RULES
from sim.scenario.files import shipped_names, shipped_root
from sim.scenario.load import load_scenario

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for top in ("sim", "experiments") for path in (ROOT / top).rglob("*.py"))
for module in sorted((ROOT / "sim" / "rules").glob("[a-z]*.py")):
    importlib.import_module(f"sim.rules.{module.stem}")  # so that RULES is complete
LONGEST_MODULE = 300
TABLES = {
    "sim/measures/columns.py",
    "sim/parameters/cooperation.py",
    "sim/parameters/customers.py",
    "sim/parameters/people.py",
}
"""Pure tables of data."""
ONE_LONGER_IDEA = {
    # An order's life told from placing to its end, with the state that its steps share.
    "sim/engines/reference/order.py": 360,
    "sim/engines/compiled/order.py": 410,
    # One flat table for engines: a class for each part of it and the function that lays it out.
    "sim/arrays/world.py": 370,
}
"""Modules of one idea that does not fit, and how long each may become."""
LONGEST_RULE = 20


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


def tool(name: str) -> list[str]:
    """The tool installed beside this Python."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed; install the extra 'test'")
    return [found]


# Tools ----------------------------------------------------------------------------------------------------


def test_imports_keep_to_the_layers():
    done = run(*tool("lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_code_is_linted():
    done = run(*tool("ruff"), "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_code_is_formatted():
    done = run(*tool("ruff"), "format", "--check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_types_are_strict(tmp_path: Path):
    done = run(sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path))
    assert done.returncode == 0, done.stdout


# Modules --------------------------------------------------------------------------------------------------


def lines_of_imports(tree: ast.Module) -> int:
    """Long lists of names, one a line: nobody reads them to understand a module."""
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in imports)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_module_is_small_says_its_job_and_hides_no_error(path: Path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = len(text.splitlines()) - lines_of_imports(tree)
    if name_of(path) not in TABLES:
        assert lines <= ONE_LONGER_IDEA.get(name_of(path), LONGEST_MODULE), f"{lines} lines"
    assert ast.get_docstring(tree), "the module does not say what it is for"
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.ExceptHandler) and node.type is None), f"line {node.lineno}: a bare except"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_module_has_a_name_that_says_what_is_in_it(path: Path):
    assert path.stem not in {"utils", "util", "helpers", "common", "base", "manager", "misc"}


def test_no_module_is_named_after_a_department():
    departments = set(load_scenario("levante").departments)
    assert not departments & {path.stem for path in SOURCES}


def test_no_department_is_named_in_the_code():
    """Departments are data: outside docstrings and comments no module knows one."""
    departments = set(load_scenario("levante").departments)
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                assert node.value not in departments, f"{name_of(path)}, line {node.lineno}: '{node.value}'"


# Parameters -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda p: p.name)
def test_parameter_says_everything(parameter):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", parameter.name)
    for text in (parameter.en, parameter.es):
        assert text.endswith("."), f"'{text}' is no sentence"
    assert parameter.en != parameter.es
    assert parameter.grade in GRADES
    assert parameter.source.strip()
    assert parameter.low < parameter.high
    if parameter.default is not None:
        assert parameter.low <= parameter.default <= parameter.high
    if parameter.scale == "gap":
        assert parameter.ideal is not None, "the gap scale needs an ideal end"
    if parameter.ideal is not None:
        assert parameter.low <= parameter.ideal <= parameter.high
    if parameter.scale == "log":
        assert parameter.default is None or parameter.default >= 0
    if parameter.scale == "log_odds":
        assert parameter.unit == "share"


def test_graded_defaults_have_a_source_that_can_be_found():
    """A and B name an author, a fit or a study; 'assumption' alone is a D."""
    for parameter in PARAMETERS.values():
        if parameter.grade in ("A", "B", "C"):
            assert not parameter.source.startswith("assumption"), parameter.name
            assert re.search(r"\d", parameter.source), f"{parameter.name}: a source without a year or number"
        if parameter.source == "assumption":
            assert parameter.grade == "D", parameter.name


def test_parameters_of_one_group_have_different_keys():
    assert len({(p.group, p.key) for p in PARAMETERS.values()}) == len(PARAMETERS)


# Policies and regimes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_names("policies"))
def test_policy_is_complete_and_not_free(name: str):
    policy = load_policy(name)
    assert policy.name == name
    for label in (policy.label, policy.description, policy.failure_mode):
        assert label.en.strip()
        assert label.es.strip()
        assert label.en != label.es
    assert policy.grade in GRADES
    assert policy.source.strip()
    costs_money = any(policy.cost.model_dump().values())
    hours = ("service.overhead", "service.representation", "cooperation.handoff_work")
    takes_time = any(e.parameter in hours and e.amount() > 0 for e in policy.effects)
    takes_people = any(e.parameter == "departments.staff" and e.amount() > 0 for e in policy.effects)
    assert costs_money or takes_time or takes_people, "a policy must cost money, time or people"


def test_policy_files_and_names_agree():
    files = {path.stem for path in (shipped_root() / "policies").glob("*.yaml")}
    assert files == set(shipped_names("policies"))
    labels = [load_policy(name).label for name in files]
    assert len({label.en for label in labels}) == len({label.es for label in labels}) == len(files)


def test_regime_holds_each_parameter_once_and_only_movable_ones():
    tables = (DEPARTMENT_FIELDS, PAIR_FIELDS, COMPANY_FIELDS)
    fields = [field for table in tables for field in table]
    names = [name for table in tables for name in table.values()]
    assert len(set(fields)) == len(fields)
    assert len(set(names)) == len(names)
    assert set(fields) == set(Regime.__dataclass_fields__)
    # Held within another field, so in the regime once too: representatives' hours are overhead.
    assert not set(WITHIN_OTHERS) & set(fields)
    assert not set(WITHIN_OTHERS.values()) & set(names)
    names += WITHIN_OTHERS.values()
    assert set(names) == {p.name for p in PARAMETERS.values() if p.movable}


def test_every_effect_of_a_policy_moves_something():
    movable = {p.name for p in PARAMETERS.values() if p.movable}
    for name in shipped_names("policies"):
        for effect in load_policy(name).effects:
            assert effect.parameter in movable, f"{name}: {effect.parameter}"
            assert effect.amount() != 0


# Rules and engines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda f: f"{f.__module__.rpartition('.')[2]}.{f.__name__}")
def test_rule_is_documented_short_and_plain(rule):
    if not rule.__name__.startswith("_"):
        assert rule.__doc__, "a rule says what it returns"
    path = ROOT / (rule.__module__.replace(".", "/") + ".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    (node,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == rule.__name__)
    for inner in ast.walk(node):
        assert not (isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Pow)), "a rule does not use **"
        assert not (isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in ("sum", "sorted", "round"))
        assert not isinstance(inner, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.Try)
        assert not isinstance(inner, ast.Import | ast.ImportFrom | ast.Lambda | ast.JoinedStr)
    body = [n for n in node.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    statements = sum(isinstance(inner, ast.stmt) for part in body for inner in ast.walk(part))
    assert statements <= LONGEST_RULE, f"{statements} statements"


def test_rules_import_nothing_but_mathematics_and_each_other():
    allowed = {"__future__", "math", "typing", "collections.abc"}
    for path in (ROOT / "sim" / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module in allowed or str(node.module).startswith("sim.rules"), f"{path.name}: {node.module}"
            elif isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= allowed, path.name


def test_every_function_of_the_rules_is_marked():
    marked = {(f.__module__, f.__name__) for f in RULES}
    for path in (ROOT / "sim" / "rules").glob("*.py"):
        module = f"sim.rules.{path.stem}"
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and path.stem not in ("rule", "__init__"):
                assert (module, node.name) in marked, f"{module}.{node.name} is not marked @rule"


def test_purposes_and_kinds_are_numbered_once():
    kinds = ["STOP", "WEEK", "OPENING", "SERVICE", "TRANSPORT", "PLACED", "PATIENCE_END", "OWN_TASK_DUE"]
    kinds += ["NEWCOMER", "CURIOUS", "DAY", "FIRST_DAY"]
    purposes = [
        name
        for name, value in vars(streams).items()
        if name.isupper() and isinstance(value, int) and not name.startswith("LOG_")
        if name not in [*kinds, "PURPOSES"] and not name.endswith(("_KEYS", "_SLOTS", "_SHIFT"))
    ]
    numbers = [getattr(streams, name) for name in purposes]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert max(numbers) < streams.PURPOSES, "a purpose of one kind of item would be another's of the next kind"
    assert [getattr(streams, name) for name in kinds] == list(range(len(kinds)))
    items = [getattr(internal_service, name.upper()) for name in streams.ITEMS]
    assert items == list(range(len(items)))
    assert len(streams.LOG_EVENTS) == len({n for n in vars(streams) if n.startswith("LOG_") and n != "LOG_EVENTS"})


@pytest.mark.parametrize(("package", "engine"), [("simpy", "reference"), ("numba", "compiled")])
def test_package_is_used_by_one_engine_alone(package: str, engine: str):
    found = [
        path for path in SOURCES if re.search(rf"^\s*(import|from) {package}\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert found
    for path in found:
        assert name_of(path).startswith(f"sim/engines/{engine}/"), name_of(path)


def test_engines_are_those_that_the_help_names():
    assert set(ENGINES) == {"compiled", "reference"}
    assert list(ENGINES) == list(options.ENGINES)
    assert (protocol.DEFAULT, protocol.BOTH) == (options.DEFAULT_ENGINE, options.BOTH)
    assert {protocol.DEFAULT, protocol.REFERENCE} | protocol.WITHOUT_PYTHONS_LOCK <= set(ENGINES)
    for name, module in ENGINES.items():
        assert (ROOT / module.replace(".", "/") / "__init__.py").is_file(), name


def test_project_ships_its_data_and_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]["scenarios"] == "sim/shipped"
    assert project["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").is_file()
