"""The page of the mission: every row is there, and every parameter, metric, policy and test that it names exists."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

from sim.measures.columns import describe
from sim.parameters import PARAMETERS
from sim.policies import load_policy
from sim.rules.attribution import CAUSES
from sim.scenario.files import shipped_names, shipped_root

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "mission.md").read_text(encoding="utf-8")
KEYS = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
ROWS = [f"M{k}" for k in range(1, 7)] + [f"C{k}" for k in range(1, 11)] + [f"P{k}" for k in range(1, 17)]
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)(?:\[([^\]]+)\])?`")


def tables() -> list[dict[str, str]]:
    """The rows of all tables of the page, by the heads of their columns."""
    found: list[dict[str, str]] = []
    heads: list[str] = []
    for line in TEXT.splitlines():
        if not line.startswith("| "):
            heads = [] if not line.startswith("|") else heads
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not heads:
            heads = cells
        else:
            assert len(cells) == len(heads), line
            found.append(dict(zip(heads, cells, strict=True)))
    return found


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@lru_cache
def functions(path: str) -> set[str]:
    """The tests that a file defines, found without importing it."""
    file = ROOT / "tests" / path
    assert file.is_file(), f"tests/{path} does not exist"
    return {node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


@lru_cache
def texts(path: str) -> set[str]:
    """The texts in a file, and those that can be cases although no line of it names them."""
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_row_of_the_mission_is_there_once_and_in_order():
    assert [row["row"] for row in tables() if "row" in row] == ROWS


@pytest.mark.parametrize("row", [row for row in tables() if "row" in row], ids=lambda row: row["row"])
def test_a_row_says_what_sets_it_where_it_shows_and_what_proves_it(row: dict[str, str]):
    assert row["claim"]
    assert named(row["set by"])
    assert named(row["seen in"])
    assert row["direction"] == "–" or TEST.search(row["direction"])
    assert row["neutral"] == "–" or TEST.search(row["neutral"])


def test_every_test_that_is_named_exists():
    tests = TEST.findall(TEXT)
    assert len(tests) >= 60
    for path, name, case in tests:
        assert name in functions(path), f"tests/{path} has no {name}"
        assert not case or case in texts(path), f"tests/{path}: no case '{case}' of {name}"
    # Nothing that looks like a test escapes the pattern.
    assert TEXT.count("::") == len(tests)


def test_every_parameter_and_key_that_is_named_exists():
    for row in tables():
        for name in named(row.get("set by", "")):
            if "." in name:
                assert name in PARAMETERS, f"{row['row']}: {name} is no parameter"
            else:
                assert f"| `{name}` |" in KEYS, f"{row['row']}: '{name}' is no key of a scenario file"
    audit = TEXT.partition("## The audit")[2]
    for name in re.findall(r"`(\w+\.\w+)`", audit):
        assert name in PARAMETERS, name


def test_every_metric_that_is_named_exists():
    for row in tables():
        for name in named(row["seen in"]):
            assert describe(name).unit
            if name.startswith("wait_share."):
                assert name.partition(".")[2] in {*CAUSES, "CAUSE"}, name


def test_every_policy_stands_in_its_row_and_moves_what_the_row_says():
    rows = {row["row"]: row for row in tables() if "policy" in row}
    shipped = {name: load_policy(shipped_root() / "policies" / f"{name}.yaml") for name in shipped_names("policies")}
    for name, policy in shipped.items():
        if policy.variant_of is None:
            assert rows[policy.mission]["policy"] == f"`{name}`"
        else:
            assert f"`{name}`" in TEXT
    for label, row in rows.items():
        (name,) = named(row["policy"])
        moved = {effect.parameter for effect in shipped[name].effects}
        assert moved & set(named(row["set by"])), f"{label}: {name} moves none of {row['set by']}"
