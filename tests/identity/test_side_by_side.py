"""Both engines can be read side by side: the same files, with the same phases marked in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ENGINES = Path(__file__).resolve().parents[2] / "sim" / "engines"
REFERENCE = sorted(path.stem for path in (ENGINES / "reference").glob("[a-z]*.py"))


def phases(path: Path) -> list[str]:
    return re.findall(r"^ *# == (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", REFERENCE)
def test_a_file_of_one_engine_has_its_twin_with_the_same_phases(name: str) -> None:
    found = [phases(ENGINES / engine / f"{name}.py") for engine in ("reference", "compiled")]
    assert found[0] == found[1]
    assert len(found[0]) == len(set(found[0]))


def test_an_order_can_be_followed_from_mark_to_mark() -> None:
    marks = {mark for name in REFERENCE for mark in phases(ENGINES / "reference" / f"{name}.py")}
    way = (
        "the order is placed", "the order queues", "an item comes in", "somebody takes the next item", "work begins",
        "something is missing", "the order asks", "the request is answered or passed on", "defects are looked for",
        "a step has consequences", "the order is delivered", "the customer judges", "an order is entered",
    )  # fmt: skip
    assert set(way) <= marks
