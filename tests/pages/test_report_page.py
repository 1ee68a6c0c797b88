"""Whole reports in a browser: read, seen, used by keyboard alone, printed, in both languages; names are only text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from experiments.run.study import Study, read_study, study_of
from experiments.show.report.report import MOST_BYTES, report
from experiments.show.words import WORDS
from sim import scenario_from_text, simulate
from sim.api import with_frozen_demand
from tests.charts.conftest import TABLES, WAYS
from tests.charts.made_up import HOSTILE, LONG
from tests.cli.levante_briefly import TEXT, briefly
from tests.cli.test_commands import relevo
from tests.pages import looks

SWEEP = """
name: two
scenario: brief.yaml
factors:
  checklist: {levels: [0, 100 %]}
  parity: {levels: [0, 50 %, 100 %]}
replications: 4
"""
PAPER = {"width": 680, "height": 1000}
"""A4 without its margins [px]."""
KINDS = ("main", "sweep", "alone")
UNFOLD = "document.querySelectorAll('details.more').forEach((each) => (each.open = true))"
FOLD = "document.querySelectorAll('details').forEach((each) => (each.open = false))"


def main_job(folder: Path) -> Study:
    """Today and two other ways of working, with the number of customers held fixed besides."""
    company = scenario_from_text(TEXT)
    frozen = with_frozen_demand(company)
    assert frozen is not None
    made = [study_of([simulate(c, w, replications=4, tables=TABLES) for w in WAYS]) for c in (company, frozen)]
    return replace(made[0], held=made[1])


def swept(folder: Path) -> Study:
    """A grid of two policies, which sliders can move through."""
    briefly(folder)
    plan = folder / "plan.yaml"
    plan.write_text(SWEEP, encoding="utf-8")
    result = relevo("sweep", plan, "--out", folder / "sweep", "--workers", 1)
    assert result.exit_code == 0, result.stderr
    return read_study(folder / "sweep")


def alone(folder: Path) -> Study:
    """One way of working of a company whose names try to be more than names."""
    label = f"label: {{en: {json.dumps(HOSTILE)}, es: {json.dumps(LONG)}}}"
    departments = ", ".join(f"{name}: {{{label}}}" for name in scenario_from_text(TEXT).departments)
    company = scenario_from_text(f"{TEXT}{label}\ndepartments: {{{departments}}}\n")
    return study_of([simulate(company, (), replications=4, tables=TABLES)])


MADE: dict[str, Callable[[Path], Study]] = {"main": main_job, "sweep": swept, "alone": alone}


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def path(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    found = folder / f"{kind}.html"
    found.write_text(report(MADE[kind](folder)), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def opened(browser: Browser, path: Path) -> Iterator[Page]:
    """The report, opened once: at the end no error, no request, no name that ran."""
    with looks.visit(browser, path, bypass_csp=True) as page:
        ran: list[str] = []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        yield page
        assert ran == []


@pytest.fixture
def page(opened: Page) -> Page:
    """The report as it opens."""
    looks.show(opened, width=1200, lang="en", format="1,234.5", theme="light")
    opened.evaluate(FOLD)
    return opened


def test_report_is_small_and_has_no_place_for_data_and_no_link_outside(page: Page, path: Path):
    assert path.stat().st_size < MOST_BYTES
    assert page.locator("input[type=file], form, iframe, object, embed").count() == 0
    links = page.evaluate("[...document.querySelectorAll('a')].map((each) => each.getAttribute('href'))")
    assert links
    assert all(each.startswith("#") for each in links)
    assert all(page.locator(f"[id='{each[1:]}']").count() == 1 for each in links)
    shown = {each.get_attribute("data-title") for each in page.locator(".modebar-btn").all()}
    assert shown == {"Download as a picture"}, "charts offer a picture of themselves and nothing else"


def test_report_can_be_read_and_seen(page: Page):
    page.evaluate(UNFOLD)
    assert looks.complaints(page) == []


def test_report_is_accessible(page: Page):
    page.evaluate(UNFOLD)
    for language, theme in [("en", "light"), ("es", "dark")]:
        looks.show(page, lang=language, theme=theme)
        assert looks.axe(page) == [], (language, theme)


def test_report_is_printed_whole_appendices_as_far_as_they_are_open(page: Page):
    assert looks.unprinted(page) == []
    short = looks.pdf_pages(page)
    page.evaluate(UNFOLD.replace("details.more", "details.more:not(.kept)"))
    assert looks.pdf_pages(page) == short, "what is folded on the screen is printed all the same"
    page.evaluate(UNFOLD)
    assert looks.unprinted(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".print-only").first).to_be_visible()
    page.set_viewport_size(PAPER)
    assert looks.layout(page) == []
    full = page.evaluate("document.documentElement.scrollHeight") / PAPER["height"]
    page.emulate_media(media="screen")
    whole = looks.pdf_pages(page)
    assert short < whole
    assert full <= whole <= 1.5 * full + 1, "all that is there is on some page; few pages are half empty"


CONTROLS = "a[href], button, select, input, summary, [tabindex='0']"
REACHABLE = f"""() => [...document.querySelectorAll("{CONTROLS}")].filter((each) => each.checkVisibility())
    .map((each, place) => ((each.dataset.place = place), each.outerHTML.slice(0, 120)))"""


def test_every_control_is_reached_by_keyboard_and_seen_there(page: Page):
    page.evaluate(UNFOLD)
    controls = page.evaluate(REACHABLE)
    page.locator("body").press("Tab")
    page.evaluate("document.querySelector('.skip').focus()")
    reached: set[int] = set()
    for _ in range(len(controls) + 5):
        place, seen = page.evaluate("""() => {
            const [its, style] = [document.activeElement, getComputedStyle(document.activeElement)];
            const round = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            return [Number(its.dataset.place ?? -1), round || its === document.body];
        }""")
        assert seen, f"nobody sees that the keyboard is at {controls[place]}"
        reached.add(place)
        page.keyboard.press("Tab")
    missed = [each for place, each in enumerate(controls) if place not in reached]
    assert missed == []


def test_a_way_is_chosen_by_keyboard_and_titles_and_tables_follow(page: Page, kind: str):
    chooser = page.locator("select[data-state=way]")
    if kind == "alone":
        assert chooser.count() == 0 or chooser.locator("option").count() == 1
        return
    title = page.locator("#chart-origins-title")
    summary = page.locator("#chart-origins-numbers")
    summary.focus()
    page.keyboard.press("Enter")
    cells = page.locator("#chart-origins .numbers td")
    expect(cells.first).to_be_visible()
    seen = set()
    options = chooser.locator("option").all_text_contents()
    chooser.focus()
    page.keyboard.press("Home")
    for said in options:
        looks.show(page)
        expect(chooser.locator("option:checked")).to_have_text(said)
        assert said[:25].rstrip("…") in title.inner_text().replace("\n", " "), "the chart is of the chosen way"
        seen.add((title.inner_text(), " ".join(cells.all_inner_texts())))
        page.keyboard.press("ArrowDown")
    assert len(seen) == len(options) > 1
    page.keyboard.press("Home")


def test_sliders_move_by_keyboard(page: Page, kind: str):
    slider = page.get_by_role("slider").first
    if kind != "sweep":
        assert slider.count() == 0
        return
    before = page.locator("#mix-table").inner_text()
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("#slider-0-value")).to_have_text("100 %")
    assert page.locator("#mix-table").inner_text() != before
    page.keyboard.press("Home")
    assert page.locator("#mix-table").inner_text() == before


# Languages and numbers ------------------------------------------------------------------------------------

TEXTS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const its = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() && its.checkVisibility() && !its.closest("script, pre, button[data-set]"))
            found.push(walker.currentNode.data.replace(/\\s+/g, " "));
    }
    return found.join(" ¶ ");
}"""
OTHERS = """language => [...document.querySelectorAll("[lang]")].filter((each) => each.lang !== language)
    .filter((each) => each.checkVisibility() && !each.matches("button[data-set=lang]")).map((each) => each.outerHTML)"""


def of_language(place: int) -> set[str]:
    """Return texts of the catalogue that belong to one language alone, in so many words that chance does not make."""
    own = {said[place] for said in WORDS.values() if said[0] != said[1] and "{" not in said[place]}
    return {text for text in own - {said[1 - place] for said in WORDS.values()} if text.count(" ") > 1}


@pytest.mark.parametrize("place", [0, 1], ids=looks.LANGUAGES)
def test_every_text_is_of_the_chosen_language(page: Page, place: int):
    page.evaluate(UNFOLD)
    looks.show(page, lang=looks.LANGUAGES[place])
    page.evaluate("document.querySelectorAll('.numbers').forEach((each) => (each.open = true))")
    page.locator(".numbers td").first.wait_for()
    assert page.evaluate(OTHERS, looks.LANGUAGES[place]) == []
    shown = page.evaluate(TEXTS)
    assert sum(text in shown for text in of_language(place)) > 20
    assert [text for text in of_language(1 - place) if text in shown] == []


def test_every_number_is_of_the_chosen_format(page: Page):
    page.evaluate(UNFOLD)
    numbers = """[...document.querySelectorAll(".n, .xtick, .ytick, td.num")].filter((each) => each.checkVisibility())
        .map((each) => each.textContent)"""
    for chosen, other in (("1.234,5", r"\d\.\d{1,2}(?!\d)"), ("1,234.5", r"\d,\d{1,2}(?!\d)")):
        looks.show(page, format=chosen)
        found = page.evaluate(numbers)
        assert sum(bool(re.search(r"\d[.,]\d", each)) for each in found) > 10
        assert [each for each in found if re.search(other, each)] == []


# Names ----------------------------------------------------------------------------------------------------


def test_names_are_only_text(page: Page, kind: str):
    if kind != "alone":
        return
    assert "<script>alert('{x}')</script> %{y} $a$" in page.locator("h1").inner_text()
    assert page.evaluate("document.title").count("<script>") == 1
    assert page.evaluate("""[...document.querySelectorAll('main *')].flatMap((each) => each.getAttributeNames())
        .filter((name) => name.startsWith('on'))""") == []  # fmt: skip
    assert page.locator("main script").count() == 0
