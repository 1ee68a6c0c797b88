"""Sliders move the right numbers: against the made-up sweep they come from, and an interpolator of SciPy's."""

import itertools
import re

import numpy as np
import pytest
from playwright.sync_api import expect
from scipy import stats
from scipy.interpolate import RegularGridInterpolator

from experiments.show.bilingual import Words
from experiments.show.page.page import write_page
from experiments.show.report.sliders import sliders
from tests.pages import looks
from tests.report.sweeps import LEVELS, REPLICATIONS, a_sweep

STAFF = (8, 9)


@pytest.fixture(scope="module")
def study():
    return a_sweep()


@pytest.fixture(scope="module")
def file(study, keep):
    found = sliders(study)
    template = keep / "sliders_alone.html.j2"
    template.write_text(
        '{% extends "base.html.j2" %}{% block main %}{% include "sliders.html.j2" %}{% endblock %}', encoding="utf-8"
    )
    html = write_page(
        template,
        title=Words("Try", "Pruebe"),
        charts=found.charts,
        data={"grid": found.data},
        scripts=("sliders.js",),
        grid=found.data,
        grid_charts=found.charts,
        grid_size=found.size,
    )
    path = keep / "sliders.html"
    path.write_text(html, encoding="utf-8")
    return path


def apart(study, metric, node):
    """Return the paired differences of a node from today, taken from the table of runs."""
    (way,) = study.design.index[(study.design == list(node)).all(axis=1)]
    return (study.wide[metric].xs(way, level=0) - study.wide[metric].xs("", level=0)).to_numpy()


def row(page, number):
    """Return today's number, the mix's and the change of a row, as they are read."""
    return [cell.inner_text() for cell in page.locator("#mix-table tbody tr").nth(number).locator("td").all()]


def numbers(text):
    return [float(each) for each in re.findall(r"[-+]?[0-9]+(?:\.[0-9]+)?", text.replace(",", ""))]


def test_at_a_simulated_mixture_stands_its_paired_change(browser, file, study):
    with looks.visit(browser, file) as page:
        page.get_by_role("slider").nth(0).focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")  # Five steps are one level: half intensity.
        page.get_by_role("slider").nth(2).focus()
        page.keyboard.press("End")
        expect(page.locator("#mix-state")).to_have_text("this mixture was simulated")
        found = apart(study, "wait_mean", (0.5, 0.0, 9))
        half = stats.t.ppf(0.975, REPLICATIONS - 1) * stats.sem(found)
        _, _, change = row(page, 0)
        assert numbers(change) == pytest.approx([found.mean(), half], abs=0.0051)
        assert change.endswith("✓")
        assert page.locator("#slider-0-value").inner_text() == "50 %"
        assert page.get_by_role("slider").nth(0).get_attribute("aria-valuetext") == "50 %"
        assert "mix=1%2C0%2C1" in page.url  # A link opens the page as it is.


def test_between_simulated_mixtures_numbers_are_interpolated_and_marked(browser, file, study):
    values = np.array([apart(study, "wait_mean", n).mean() for n in itertools.product(LEVELS, LEVELS, STAFF)])
    between = RegularGridInterpolator((range(3), range(3), range(2)), values.reshape(3, 3, 2))
    with looks.visit(browser, file) as page:
        for mix in ((0.2, 0, 0), (0.6, 1.4, 1), (1.8, 1.8, 0), (2, 0.4, 1)):
            looks.show(page, mix=",".join(f"{place:g}" for place in mix))
            expect(page.locator("#mix-state")).to_contain_text("≈ interpolated")
            _, now, change = row(page, 0)
            assert change.startswith("≈")
            assert now.startswith("≈")
            assert "±" not in change
            assert numbers(change) == pytest.approx([float(between(mix))], abs=0.0101)


def test_charts_follow(browser, file, study):
    with looks.visit(browser, file, "mix=2,2,1") as page:
        looks.show(page)
        page.wait_for_function("document.querySelector('#chart-cloud .plot').data[1].x[0] > 0")
        (way,) = study.design.index[(study.design == [1.0, 1.0, 9]).all(axis=1)]
        bars = page.evaluate("document.querySelector('#chart-parts .plot').data[1].x")
        wait = study.wide["wait_mean"].xs(way, level=0).mean()
        assert bars == pytest.approx([0.75 * wait / 4, 0.25 * wait / 4, 0.75 * wait], abs=0.01)
        mark = page.evaluate("(({x, y}) => [x[0], y[0]])(document.querySelector('#chart-cloud .plot').data[1])")
        cost = 20_000 + 32 * 40 * 8766 / 168  # Two policies, and the pay of the post that is added.
        assert mark == pytest.approx(
            [round(cost), 100 * apart(study, "churn_per_year", (1.0, 1.0, 9)).mean()], abs=0.01
        )
        page.locator("#chart-parts summary").click()
        expect(page.locator("#chart-parts .numbers td").first).to_be_visible()
        shown = page.locator("#chart-parts .numbers td").all_inner_texts()
        assert numbers(" ".join(shown))[1::2] == pytest.approx(bars, abs=0.01)


def test_back_to_today(browser, file):
    with looks.visit(browser, file, "mix=1,1,1") as page:
        expect(page.locator("#mix-state")).to_have_text("this mixture was simulated")
        page.get_by_role("button", name="Back to today").click()
        expect(page.locator("#mix-state")).to_have_text("this is today's way of working")
        assert all(change.split()[0] in {"0", "0.0", "0.00"} for _, _, change in (row(page, i) for i in range(4)))


def test_nonsense_in_the_address_moves_nothing(browser, file):
    with looks.visit(browser, file, "mix=9,9,9") as page:
        for state in (
            "mix=nonsense",
            "mix=0,0",
            "mix=0,0,0.5",
            "mix=,,",
            "mix=-1,0,0",
            "mix=NaN,0,0",
            "mix=Infinity,0,0",
        ):
            expect(page.locator("#mix-state")).to_have_text("this is today's way of working")
            page.evaluate("hash => (location.hash = hash)", state)
        page.evaluate("hash => (location.hash = hash)", "mix=1,1,1")  # By now the others have been read.
        expect(page.locator("#mix-state")).to_have_text("this mixture was simulated")


def test_languages_and_formats(browser, file):
    with looks.visit(browser, file, "mix=1,0,1&lang=es") as page:
        expect(page.locator("#mix-state")).to_have_text("esta mezcla se simuló")
        assert "Lista de control en las entregas: 50 %" in page.locator("#mix-said").inner_text()
        assert "," in row(page, 0)[2]
        looks.show(page, format="1,234.5")
        assert "." in row(page, 0)[2]
        assert "puntos" in row(page, 1)[2]


def test_they_can_be_read_seen_and_used(browser, file):
    with looks.visit(browser, file, "mix=0.6,1,1") as page:
        assert looks.complaints(page) == []
        assert looks.unprinted(page) == []
    with looks.visit(browser, file, "mix=0.6,1,1", bypass_csp=True) as page:
        assert looks.axe(page) == []
