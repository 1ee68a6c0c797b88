"""What a rule may look like, so that a compiler can reproduce it bit for bit."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).resolve().parents[2] / "sim" / "rules").glob("*.py"))
LINES = 20
TABLES = {"_ratio_central", "_ratio_middle", "_ratio_tail"}
"""Published coefficients of one rational function each; a formatter decides on how many lines they stand."""
UNITS = re.compile(
    r"\[[^\]]+\]|\(0, 1\)|\[0, 1\]|probability|share|chance|number|instant|lane|word|factor|order of|open|key|identity"
)


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]


def is_rule(function: ast.FunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "rule" for d in function.decorator_list)


RULES = [(path.stem, f) for path in FILES for f in functions(path) if is_rule(f)]
NAMES = [f"{stem}.{f.name}" for stem, f in RULES]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_rules_import_only_math_typing_and_other_rules(path: Path) -> None:
    allowed = {"math", "typing", "collections.abc", "__future__"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            assert name in allowed or name.startswith("sim.rules."), name


@pytest.mark.parametrize("path", [p for p in FILES if p.stem not in ("rule", "__init__")], ids=lambda p: p.stem)
def test_every_function_is_marked_as_a_rule(path: Path) -> None:
    assert [f.name for f in functions(path) if not is_rule(f)] == []


@pytest.mark.parametrize(("stem", "function"), RULES, ids=NAMES)
def test_a_rule_has_no_power_no_sum_and_no_strings(stem: str, function: ast.FunctionDef) -> None:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    for node in (n for statement in body for n in ast.walk(statement)):
        assert not isinstance(node, ast.Pow | ast.JoinedStr | ast.Lambda | ast.ListComp | ast.GeneratorExp | ast.Dict)
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, str))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("sum", "pow", "round", "divmod", "sorted", "map", "filter"), node.func.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math":
            assert node.attr in ("exp", "log", "sqrt"), f"math.{node.attr} differs between compilers"


@pytest.mark.parametrize(("stem", "function"), RULES, ids=NAMES)
def test_a_rule_fits_in_twenty_lines(stem: str, function: ast.FunctionDef) -> None:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    assert body[-1].end_lineno is not None
    lines = body[-1].end_lineno - body[0].lineno + 1
    assert lines <= LINES or (function.name in TABLES and len(body) <= 3)


@pytest.mark.parametrize(("stem", "function"), RULES, ids=NAMES)
def test_a_public_rule_says_what_it_returns_and_in_which_unit(stem: str, function: ast.FunctionDef) -> None:
    if function.name.startswith("_"):
        return
    text = ast.get_docstring(function)
    assert text, "no docstring"
    assert UNITS.search(text), text


def test_the_list_of_rules_holds_every_marked_function() -> None:
    import importlib

    from sim.rules.rule import RULES as LISTED

    for path in FILES:
        importlib.import_module(f"sim.rules.{path.stem}" if path.stem != "__init__" else "sim.rules")
    assert {f"{f.__module__.rpartition('.')[2]}.{f.__name__}" for f in LISTED} == set(NAMES)
