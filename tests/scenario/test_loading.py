import subprocess
import sys
from pathlib import Path

import pytest

from sim.scenario import load_scenario
from sim.scenario.capacity import warnings
from sim.scenario.files import shipped_file, shipped_names, shipped_root
from sim.scenario.schema import json_schema, text
from sim.scenario.yaml_text import parse_yaml


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_loads(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.place == f"scenarios/{name}.yaml"
    if not name.startswith("theory/"):
        assert warnings(scenario) == []


def test_shipped_files_are_found() -> None:
    assert (shipped_root() / "policies").is_dir()
    for name in shipped_names("policies"):
        assert shipped_file(name, "policies").is_file()


def test_plain_values_mean_what_yaml_1_2_says() -> None:
    given = (
        "a: 9:00\nb: yes\nc: 2025-01-06\nd: 12\ne: 1e3\nf: true\ng: ~\nh: 0x1F\n"
        "i: 1_000\nj: '12'\nk: -.5\nl: off\nm:\n'n': 007"
    )
    assert parse_yaml(given, "a.yaml").plain() == {
        "a": "9:00", "b": "yes", "c": "2025-01-06", "d": 12, "e": 1000.0, "f": True, "g": None, "h": "0x1F",
        "i": "1_000", "j": "12", "k": -0.5, "l": "off", "m": None, "n": 7,
    }  # fmt: skip


def test_a_few_anchors_are_fine_and_line_ends_do_not_matter() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: &w {mean: 1 h}\r\nb: *w\r\n", "a.yaml").plain() == {
        "a": {"mean": "1 h"},
        "b": {"mean": "1 h"},
    }


def test_listing_files_imports_nothing_heavy() -> None:
    code = (
        "import sys, sim.scenario.files as f; f.shipped_names(); "
        "print([m for m in ('pydantic', 'yaml', 'numpy', 'pandas') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_published_schema_is_up_to_date() -> None:
    published = (shipped_root() / "schema.json").read_text(encoding="utf-8")
    assert published == text(), "run: python -m sim.scenario.schema"


def test_the_schema_knows_units_required_keys_and_variations() -> None:
    schema = json_schema()
    definitions = schema["$defs"]
    assert {"name", "time", "departments", "routes", "orders", "demand"} == set(definitions["Scenario"]["required"])
    assert "extends" in definitions["Part.Scenario"]["properties"]
    assert "extends" not in definitions["Scenario"]["properties"]
    assert not [name for name, part in definitions.items() if name.startswith("Part.") and "required" in part]
    assert definitions["Work"]["properties"]["mean"]["examples"] == ["12 min"]
    departments = definitions["Part.Scenario"]["properties"]["departments"]
    assert "Part.Department" in definitions
    assert "Part.Department" in str(departments)


def test_every_field_has_a_meaning_in_the_schema() -> None:
    silent = [
        f"{name}.{key}"
        for name, definition in json_schema()["$defs"].items()
        for key, field in definition.get("properties", {}).items()
        if not name.startswith("Part.") and "description" not in field
    ]
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    assert [s for s in silent if s.split(".")[1] not in (*weekdays, "kind")] == []
