"""The example notebooks show what they would show now."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "notebooks"
NAMES = ("researcher", "manager", "educator")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_what_it_would_show_now(name):
    command = [sys.executable, "docs/notebooks.py", "--check", name]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_executed_with_pictures_and_names_no_machine(name):
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    figures = [
        o["data"] for cell in cells for o in cell["outputs"] if "application/vnd.plotly.v1+json" in o.get("data", {})
    ]
    assert len(figures) >= 3
    assert all(len(each["image/png"]) > 5_000 for each in figures)
    assert str(ROOT) not in text
    assert str(Path.home()) not in text


def test_there_is_no_notebook_without_its_source():
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(NAMES) == {path.stem for path in FOLDER.glob("*.md")}
