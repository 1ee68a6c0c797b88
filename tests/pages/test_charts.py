"""Every chart, drawn from real results, can be read and seen: both languages, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from experiments.run.study import Study, study_of
from experiments.show.charts.chart import Chart
from experiments.show.report.sliders import sliders
from sim import scenario_from_text, simulate
from tests.charts.conftest import TABLES, WAYS
from tests.charts.made_up import HOSTILE, LONG, renamed
from tests.cli.levante_briefly import TEXT
from tests.pages import looks
from tests.pages.gallery import Call, called, drawers, gallery, of_clear_changes, of_results, of_sweeps
from tests.report.sweeps import a_sweep

WAY = "checklist=0.5+shared_standards"


@pytest.fixture(scope="module")
def study() -> Study:
    """Levante: three weeks, four replications, today and two other ways of working."""
    company = scenario_from_text(TEXT)
    return study_of([simulate(company, way, replications=4, tables=TABLES) for way in WAYS])


def of_results_and_clear(study: Study) -> Iterator[Call]:
    yield from of_results(study, WAY)
    yield from of_clear_changes(study, WAY)


def page_of(keep: Path, name: str, charts: dict[str, Chart]) -> Path:
    path = keep / f"gallery-{name}.html"
    path.write_text(gallery(charts), encoding="utf-8")
    return path


def test_every_chart_is_looked_at(study: Study):
    drawn = {draw.__name__ for draw, _ in [*of_results_and_clear(study), *of_sweeps()]}
    assert drawn == drawers()


@pytest.mark.parametrize("source", ["results", "sweeps"])
def test_charts_can_be_read_seen_and_printed(browser: Browser, keep: Path, study: Study, source: str):
    if source == "results":
        charts = called(of_results_and_clear(study))
    else:
        mixed = sliders(a_sweep())
        assert mixed is not None
        charts = {**called(of_sweeps()), **mixed.charts}
    with looks.visit(browser, page_of(keep, source, charts), bypass_csp=True) as page:
        assert looks.complaints(page) == []
        assert looks.axe(page) == []  # In Spanish, in the dark, narrow: as it was looked at last.
        assert looks.unprinted(page) == []
        assert len(charts) / 3 <= looks.pdf_pages(page) <= len(charts), "two or three to a page, none left out"


def test_names_may_be_long_and_hostile(browser: Browser, keep: Path, study: Study):
    label = {"en": HOSTILE, "es": LONG}
    policies = {name: {**said, "label": label} for name, said in study.policies.items()}
    charts = called(of_results(replace(renamed(study), policies=policies), WAY))
    narrow = {"width": min(looks.WIDTHS), "height": 900}  # Names that fit there fit anywhere.
    with looks.visit(browser, page_of(keep, "hostile", charts), viewport=narrow) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a name ran: {dialog.message}"))
        found = []
        for language in looks.LANGUAGES:
            looks.show(page, lang=language)
            found += [f"[{language}] {each}" for each in [*looks.overlaps(page), *looks.layout(page)]]
        assert found == []
