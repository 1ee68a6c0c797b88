"""The two shipped companies: exact books, and no code that knows what a department is called."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from sim import with_weeks
from sim.arrays import World, build
from sim.engines import engine
from sim.measures.metrics import metrics
from sim.measures.record import Record
from sim.policies import portfolio
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_file
from sim.scenario.load import scenario_from_data

NAMES = ("levante", "cadena")
WEEKS = 6
WORDS_OF_THE_MODEL = {"marketing", "transport", "people"}
"""What brings newcomers, a step without a queue, whoever works: departments of cadena named like other things."""
SOURCES = sorted((Path(__file__).resolve().parents[2] / "sim").rglob("*.py"))


@lru_cache
def data_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(str(shipped_file(name))).read_text(encoding="utf-8"))
    return found


def ran(data: dict[str, Any]) -> tuple[Scenario, World, Record]:
    scenario = with_weeks(scenario_from_data(data), WEEKS)
    world = build(scenario, portfolio([]))
    return scenario, world, engine("reference")(world, 31, 0)


@lru_cache
def shipped(name: str) -> tuple[Scenario, World, Record]:
    return ran(data_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_every_delivered_order_add_up_to_its_wait_exactly(name: str) -> None:
    _, _, record = shipped(name)
    done = record.orders[(record.orders["measured"] == 1) & (record.orders["delivered"] >= 0)]
    assert len(done) > 500
    held = np.zeros(len(done), dtype="i8")
    place = {order: k for k, order in enumerate(done["order"].tolist())}
    assert (record.parts["open"] >= 0).all()
    assert (record.parts["closed"] >= 0).all()
    for order, _, opened, closed in record.parts.tolist():
        held[place[order]] += opened + closed
    assert (held == done["delivered"] - done["placed"]).all()


@pytest.mark.parametrize("name", NAMES)
def test_no_order_and_no_working_hour_is_lost(name: str) -> None:
    scenario, world, record = shipped(name)
    m = metrics(scenario, portfolio([]), world, record)
    gone = (m["abandoned_share"] + m["lost_sale_share"]) * m["orders_placed"]
    assert m["orders_placed"] == pytest.approx(m["orders_delivered"] + gone + m["orders_unfinished"])
    assert m["orders_unfinished"] == 0
    d = record.departments
    for k in range(len(world.departments)):
        assert d["busy"][k] + d["blocked"][k] <= d["present"][k], world.departments[k]
        assert d["workaround"][k] <= d["busy"][k]
        assert d["failure_demand"][k] <= d["busy"][k]
    p = record.pairs
    for asked, answered, in_time in zip(p["requests"], p["answered"], p["in_time"], strict=True):
        assert 0 <= in_time <= answered <= asked


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Rename departments wherever they occur: as keys, as values and in pairs."""
    if isinstance(value, dict):
        return {renamed(key, names): renamed(child, names) for key, child in value.items()}
    if isinstance(value, list):
        return [renamed(child, names) for child in value]
    if isinstance(value, str) and "->" in value:
        return "->".join(names[part] for part in value.split("->"))
    return names.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("name", NAMES)
def test_renaming_every_department_changes_no_order(name: str) -> None:
    old = list(data_of(name)["departments"])
    names = {o: f"unit_{chr(122 - k)}" for k, o in enumerate(old)}
    # 'newcomers: {marketing: ...}' is what brings customers, not a department.
    data = renamed(data_of(name) | {"newcomers": {}}, names) | {"newcomers": data_of(name)["newcomers"]}
    assert not set(old) & set(data["departments"])
    _, _, before = shipped(name)
    _, world, after = ran(data)
    assert set(world.departments) == set(names.values())
    assert before.orders.tobytes() == after.orders.tobytes()
    assert before.parts.tobytes() == after.parts.tobytes()
    assert before.customers.tobytes() == after.customers.tobytes()
    assert before.departments == after.departments
    assert before.pairs == after.pairs


def words_of(path: Path) -> set[str]:
    """The names and one-word strings of a file: what could decide something; not its docstrings and messages."""
    words = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            words.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
    return words


def test_no_code_of_the_model_names_a_department() -> None:
    known = {department for name in NAMES for department in data_of(name)["departments"]} - WORDS_OF_THE_MODEL
    assert len(known) > 10
    found = {path.name: sorted(words_of(path) & known) for path in SOURCES}
    assert {file: names for file, names in found.items() if names} == {}
