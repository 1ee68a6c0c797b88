"""A lesson's page: no result before a complete prediction, none changed afterwards; for all, also on paper."""

from __future__ import annotations

import base64
import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from experiments.plan.lessons.load import load_lesson
from experiments.run.lessons import run_lesson
from experiments.show.lesson.page import lesson_page
from tests.lessons.written import both, lesson, written
from tests.pages import looks

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script> {{ 7*7 }} &amp; ⟦9;9;⟧"
CHARTS = [{"chart": name} for name in ("difference", "weeks", "waits", "origins", "who_waits", "departments")]


def page_of(folder: Path, name: str, **changed: object) -> Path:
    folder = folder / name
    folder.mkdir(exist_ok=True)  # A fixture of the module may be asked for again on the same worker.
    bound = load_lesson(written(folder, **changed))

    def left_out(chart: str, why: str) -> None:
        raise AssertionError(f"{chart}: {why}")

    text = lesson_page(bound, run_lesson(bound), language="en", command="relevo lesson mine.yaml", left_out=left_out)
    path = folder / "lesson.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def path(keep: Path) -> Path:
    claim = {"number": "wait_parity", "at_most": "999 h"}
    insight = [{"text": both("It is {wait_parity}, {greens}, {people}"), "holds": [claim]}]
    return page_of(keep, "plain", charts=CHARTS, insight=insight)


def answer(page: Page) -> None:
    """Fill in a complete prediction."""
    page.get_by_role("textbox").fill("-3.5")
    page.get_by_role("radio", name="It falls.").check()
    page.get_by_role("radio", name="More people in English is best.").check()


def lock(page: Page) -> None:
    page.get_by_role("button", name="Lock").click()
    page.locator("#result-title").wait_for()
    page.evaluate("window.pageReady")


def of_the_page(page: Page) -> list[str]:
    """What lies over one another, or is too wide; what is within charts is for the tests of charts."""
    found = []
    for width in looks.WIDTHS:
        for language in looks.LANGUAGES:
            looks.show(page, width=width, lang=language)
            found += [f"[{language}, {width} px] {each}" for each in looks.layout(page)]
    return found


# Before ---------------------------------------------------------------------------------------------------


def test_nothing_of_the_result_is_there_before_predictions_are_complete(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        assert page.locator("#result").is_hidden()
        assert page.locator("#result").inner_html() == ""
        page.get_by_role("button", name="Lock").click()
        expect(page.get_by_role("alert")).to_have_text(re.compile("^Question 1 has no answer yet"))
        expect(page.get_by_role("textbox")).to_be_focused()
        page.get_by_role("textbox").fill("51")
        page.get_by_role("button", name="Lock").click()
        expect(page.get_by_role("alert")).to_have_text("Question 1: write a number from -50 to 50.")
        page.get_by_role("textbox").fill("-3.5")
        page.get_by_role("button", name="Lock").click()
        expect(page.get_by_role("alert")).to_have_text(re.compile("^Question 2 has no answer yet"))
        assert page.locator("#result").inner_html() == ""


def test_the_file_does_not_show_the_result_to_who_reads_it(path: Path):
    text = path.read_text(encoding="utf-8")
    assert "It is " not in text
    assert "Groups say" not in text, "the facilitator's notes tell the result"
    sealed = re.search(r'id="sealed">([^<]+)<', text)
    assert sealed
    inside = gzip.decompress(base64.b64decode(sealed[1])).decode()
    assert "It is " in inside
    assert "Your predictions and the result" in inside


def test_the_facilitators_notes_say_for_whom_they_are_and_open(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        summary = page.locator("#facilitator summary")
        expect(summary).to_contain_text("For the facilitator only")
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#guide")).to_contain_text("Groups say")
        expect(page.locator("#guide")).to_contain_text("5 minutes.", use_inner_text=True)


# Locked ---------------------------------------------------------------------------------------------------


def test_keyboard_alone_is_enough_and_what_is_locked_stays(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        page.get_by_role("textbox").focus()
        page.keyboard.type("2")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")  # From the first radio button to the second.
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#result-title")).to_be_focused()
        rows = page.locator("#result table").first.locator("tbody tr")
        expect(rows.nth(0).locator("td").nth(0)).to_have_text("2 h")
        expect(rows.nth(1).locator("td").nth(0)).to_have_text("It falls.", use_inner_text=True)
        expect(rows.nth(2).locator("td").nth(0)).to_have_text("Today is best.", use_inner_text=True)
        assert page.locator("fieldset.ask:not([disabled])").count() == 0
        expect(page.get_by_role("button", name="Lock")).to_be_hidden()
        page.evaluate("document.getElementById('form').requestSubmit()")
        assert rows.nth(0).locator("td").nth(0).text_content() == "2 h"
        page.evaluate("window.pageReady")


def test_the_result_stands_beside_the_prediction_in_both_languages_and_formats(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        answer(page)
        lock(page)
        cell = page.locator("[data-mine='0']")
        expect(cell).to_have_text("-3.5 h")
        looks.show(page, lang="es")
        expect(cell).to_have_text("-3,5 h")
        expect(page.locator("[data-mine='1']")).to_have_text("Baja.", use_inner_text=True)
        expect(page.locator("#result-title")).to_have_text("Tus predicciones y el resultado", use_inner_text=True)
        expect(page.locator(".insight li")).to_have_text(re.compile("en español$"), use_inner_text=True)
        for judged in page.locator("[data-judged]").all_text_contents():
            assert judged[0] in "✓≈✗", judged


@pytest.mark.parametrize("value", ["low", "middle", "near", "far"])
def test_numbers_are_judged_by_the_interval_and_by_what_is_near(browser: Browser, path: Path, value: str):
    with looks.visit(browser, path) as page:
        known = page.evaluate("relevo.data.answers[0]")
        high = known["high"]
        entered = {"low": known["low"], "middle": (known["low"] + high) / 2, "near": high + 0.99, "far": high + 1.01}
        page.get_by_role("textbox").fill(f"{entered[value]:.6g}")
        page.get_by_role("radio", name="It falls.").check()
        page.get_by_role("radio", name="None of them").check()
        lock(page)
        mark = {"low": "✓ within", "middle": "✓ within", "near": "≈ near", "far": "✗"}[value]
        expect(page.locator("[data-judged='0']")).to_have_text(re.compile(f"^{mark}"))


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [("-3,5", "-3.5"), ("-3.5", "-3.5"), (" \N{MINUS SIGN}3,5 ", "-3.5"), ("+7", "7"), (",5", "0.5"), ("12,0", "12")],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_comma_and_a_point_are_both_understood_whatever_the_browsers_language(
    browser: Browser, path: Path, written_as: str, read_as: str, language: str
):
    with looks.visit(browser, path, f"lang={language}&format=1,234.5") as page:
        page.locator("#number-0").fill(written_as)
        page.locator("input[value=down]").check()
        page.locator("input[value=none]").check()
        page.locator("#lock").click()
        page.locator("#result-title").wait_for()
        shown = page.locator("[data-mine='0']").text_content() or ""
        assert shown.replace(",", ".") == f"{read_as} h"


@pytest.mark.parametrize("written_as", ["two", "1,2,3", "1-2", "0x10", "1e1", "--3", ",", "12 or 13", "1.000"])
def test_what_is_no_number_of_the_range_is_said_and_nothing_is_shown(browser: Browser, path: Path, written_as: str):
    with looks.visit(browser, path, "lang=es") as page:
        page.locator("#number-0").fill(written_as)
        page.locator("#lock").click()
        expect(page.get_by_role("alert")).to_have_text("Pregunta 1: escribe un número de -50 a 50.")
        assert page.locator("#result").inner_html() == ""


def test_starting_again_hides_the_result_and_forgets_the_predictions(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        answer(page)
        lock(page)
        page.get_by_role("button", name="Start again").click()
        assert page.locator("#result").inner_html() == ""
        assert page.locator("#result").is_hidden()
        assert page.get_by_role("textbox").input_value() == ""
        assert page.locator("input:checked").count() == 0
        answer(page)
        lock(page)
        expect(page.locator("[data-mine='0']")).to_have_text("-3.5 h")


def test_nothing_is_stored_and_loading_again_begins_again(browser: Browser, path: Path):
    with looks.visit(browser, path, "lang=es") as page:
        page.get_by_role("textbox").fill("1")
        page.reload()
        page.evaluate("window.pageReady")
        assert page.get_by_role("textbox").input_value() == ""
        assert page.evaluate("document.documentElement.lang") == "es", "only how the page is shown is in the address"
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


# For all, on screen and on paper --------------------------------------------------------------------------


def test_page_is_accessible_and_fits_before_and_after(browser: Browser, path: Path):
    with looks.visit(browser, path, bypass_csp=True) as page:
        assert looks.axe(page) == []
        assert of_the_page(page) == []
        looks.show(page, lang="en", width=1200, theme="light")
        answer(page)
        lock(page)
        page.evaluate("document.getElementById('facilitator').open = true")
        page.locator("#guide h3").first.wait_for()
        assert of_the_page(page) == []
        for theme in looks.THEMES:
            looks.show(page, theme=theme)
            assert looks.axe(page) == []


def test_printed_before_it_is_the_handout_and_after_it_the_result(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        page.emulate_media(media="print")
        assert page.locator(".ask .box").first.is_visible()
        assert page.locator(".ask input[type=text]").is_hidden()
        assert page.locator("#discuss").is_visible()
        for hidden in ("#lock", "#facilitator", "#result", "#rests"):
            assert page.locator(hidden).is_hidden(), hidden
        before = looks.pdf_pages(page)
        assert before <= 2
        page.emulate_media(media="screen")
        answer(page)
        lock(page)
        assert looks.unprinted(page) == []
        page.emulate_media(media="print")
        assert page.locator("#result").is_visible()
        assert page.locator(".ask input[type=text]").is_visible(), "what was predicted is printed with the result"
        assert page.locator(".ask .box").first.is_hidden()
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#facilitator").is_hidden(), "the notes are printed only if somebody has opened them"
        page.evaluate("document.getElementById('facilitator').open = true")
        page.locator("#guide h3").first.wait_for()
        assert page.locator("#facilitator").is_visible()
        begins = "getComputedStyle(document.getElementById('facilitator')).breakBefore"
        assert page.evaluate(begins) == "page", "they stand on a page of their own"


def test_without_scripts_the_question_can_be_read_and_nothing_else(browser: Browser, path: Path):
    with looks.visit(browser, path, java_script_enabled=False) as page:
        expect(page.locator("#question")).to_contain_text("What happens in English")
        assert page.locator(".needs-scripts").first.is_visible()
        assert page.get_by_role("button", name="Lock").is_hidden()
        assert page.locator("#facilitator").is_hidden()


def test_hostile_names_are_only_texts(browser: Browser, keep: Path):
    text = {"en": HOSTILE, "es": f"{HOSTILE} es"}
    whole = lesson()
    changes = {
        key: {**each, "label": {"en": HOSTILE[:150] + key, "es": HOSTILE[:150] + key + " es"}}
        for key, each in whole["changes"].items()
    }
    place = page_of(
        keep,
        "hostile",
        title=text,
        changes=changes,
        charts=CHARTS,
        question={key: said.replace("{{ 7*7 }}", "") for key, said in text.items()},
        discuss=[{key: said.replace("{{ 7*7 }}", "") for key, said in text.items()}],
        figures=[{"metric": "wait_mean", "owner": "customer", "label": text, "green": {"at_most": "1 h"}}],
        insight=[{"text": {key: said.replace("{{ 7*7 }}", "{greens}") for key, said in text.items()}}],
    )
    with looks.visit(browser, place) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a name ran: {dialog.message}"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(1)></script>")
        page.get_by_role("textbox").fill("1")
        page.locator("input[value=up]").check()
        page.locator("input[value=more]").check()
        lock(page)
        expect(page.locator("[data-mine='2']")).to_contain_text("<img src=x")
        assert page.locator("main img[src=x]").count() == 0
        assert "{{ 7*7 }}" in page.locator("h1").inner_text()
