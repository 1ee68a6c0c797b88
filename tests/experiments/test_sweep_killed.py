"""The whole program killed at random and near its writes, and gone on with; the large version is in benchmarks."""

import os
import random

import pytest

from benchmarks.validate import kills
from tests.experiments.small import FIXED, experiment_of, whole

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX process groups")


def test_killed_and_gone_on_with_the_tables_are_the_same():
    found = kills.tried("here", kills.FIXED, [], 2, random.Random(1), kills.Size(40, "4 weeks"))
    assert len(found.sessions) == 2
    assert kills.well(found)
    assert found.runs == 160


def test_what_a_kill_leaves_is_counted(tmp_path):
    experiment = experiment_of(tmp_path, FIXED)
    whole(tmp_path / "x", experiment)
    assert kills.left_in(tmp_path / "x") == (6, 0, 0)
    parts = sorted((tmp_path / "x" / "parts").glob("*.parquet"))
    (tmp_path / "x" / "parts" / ".a.partial").write_bytes(b"PAR1")
    parts[0].write_bytes(parts[0].read_bytes()[:100])
    assert kills.writing(tmp_path / "x")
    assert kills.left_in(tmp_path / "x") == (6, 1, 1)
    assert kills.left_in(tmp_path / "x") == (6, 0, 1)
    session = kills.Session(True, 6, 1, 1)
    found = kills.Found("x", [session], 2, 1, 20)
    assert not kills.well(found)
    assert "**Something was lost.**" in kills.page([found], 1.0, 1)
    assert "| x | 20 | 1 | 0 | 1 (0 of them at random) | 1 | 1 of 2 |" in kills.page([found], 1.0, 1)
