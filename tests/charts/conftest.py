"""A study to draw: the shipped company for a few weeks, today and two other ways of working."""

import pytest

from experiments.run.study import study_of
from sim import scenario_from_text, simulate
from tests.cli.levante_briefly import TEXT

TABLES = ("orders", "parts", "weeks", "states", "waits", "pairs", "departments")
WAYS = ([], ["parity"], [("checklist", 0.5), "shared_standards"])


@pytest.fixture(scope="session")
def study():
    """Levante: three weeks, four replications."""
    company = scenario_from_text(TEXT)
    return study_of([simulate(company, way, replications=4, tables=TABLES) for way in WAYS])
