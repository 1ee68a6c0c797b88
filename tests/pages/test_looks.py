"""What looks for defects finds them: each is put into a page that has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from experiments.show.bilingual import same
from experiments.show.charts.chart import Chart
from experiments.show.page.page import write_page
from tests.pages import looks

TEMPLATE = "{% extends 'base.html.j2' %}{% block main %}<h2>a</h2>{{ chart('odd') }}{% endblock %}"


def chart(traces: list[dict[str, Any]], layout: dict[str, Any] | None = None) -> Chart:
    return Chart("odd", same("Odd"), same("It is odd."), (), (), traces, layout or {}, height=240)


def points(**more: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": [1, 2], "y": [1, 2], "marker": {"color": "@ink"}, **more}


def written(text: str, colour: str = "@ink", x: float = 1.5, size: int = 13) -> dict[str, Any]:
    return {"text": text, "x": x, "y": 1.5, "showarrow": False, "font": {"color": colour, "size": size}}


@pytest.fixture
def put(browser: Browser, keep: Path):
    """Open a page with a chart."""
    template = keep / "odd-look.html.j2"
    template.write_text(TEMPLATE)
    opened: list[Any] = []

    def put(shown: Chart, state: str = "") -> Page:
        place = keep / "odd-look.html"
        place.write_text(write_page(template, title=same("Odd"), charts={"odd": shown}), encoding="utf-8")
        opened.append(looks.visit(browser, place, state))
        page: Page = opened[-1].__enter__()
        return page

    yield put
    for each in opened:
        each.__exit__(None, None, None)


def test_a_page_without_defects_has_none(put):
    page = put(chart([points()], {"annotations": [written("fine")]}))
    assert looks.complaints(page) == looks.axe(page) == looks.unprinted(page) == []
    assert looks.pdf_pages(page) == 1


@pytest.mark.parametrize(
    ("annotations", "says"),
    [
        ([written("one text"), written("another")], "'one text' overlaps 'another'"),
        ([written("small", size=8)], "'small' is 8 px high"),
        ([{**written("far away"), "xref": "paper", "x": 1.2}], "'far away' is "),
    ],
)
def test_texts_that_cannot_be_read_are_found(put, annotations: list[dict[str, Any]], says: str):
    (found,) = looks.overlaps(put(chart([points()], {"annotations": annotations})))
    assert found.startswith(f"odd: {says}")


@pytest.mark.parametrize(("across", "said"), [(0.05, []), (0.02, ["odd: 'a slanted name' overlaps 'a slanted name'"])])
def test_slanted_texts_stand_side_by_side_until_they_touch(put, across: float, said: list[str]):
    slanted = {**written("a slanted name"), "textangle": -40, "xref": "paper", "yref": "paper", "y": 0.5}
    page = put(chart([points()], {"annotations": [{**slanted, "x": 0.5}, {**slanted, "x": 0.5 + across}]}))
    upright = """() => {
        const texts = [...document.querySelectorAll(".annotation text")];
        const [one, other] = texts.map((text) => text.getBoundingClientRect());
        return one.right > other.left && one.bottom > other.top;
    }"""
    assert page.evaluate(upright), "upright boxes around them would overlap"
    assert looks.overlaps(page) == said


SHADED = {"shape": "/", "fillmode": "overlay", "fgcolor": "@paper"}


def test_a_pale_bar_with_a_pattern_is_seen_by_its_outline(put):
    outline = {"color": "@policy", "width": 1}
    bar = {"type": "bar", "y": [1], "marker": {"color": "@policy:0.3", "pattern": SHADED, "line": outline}}
    assert looks.contrasts(put(chart([bar]))) == []
    (found,) = looks.contrasts(put(chart([{**bar, "marker": {**bar["marker"], "line": {"width": 0}}}])))
    assert "pattern_filled has a contrast of " in found


def test_lines_are_no_ground_but_areas_are(put):
    line = {"type": "line", "x0": 1, "x1": 1, "y0": 0, "y1": 2, "line": {"color": "@ink"}, "layer": "below"}
    page = put(chart([points(x=[1, 1], marker={"color": "@today", "size": 3})], {"shapes": [line]}))
    assert looks.contrasts(page) == []
    area = {**line, "type": "rect", "x1": 1.5, "y0": 1, "fillcolor": "@today", "line": {"width": 0}}
    page = put(chart([points(x=[1.2, 1.3], y=[1.5, 1.5], marker={"color": "@today"})], {"shapes": [area]}))
    assert looks.contrasts(page) == ["odd: point has a contrast of 1"]


@pytest.mark.parametrize(
    ("traces", "layout", "says"),
    [
        ([points(marker={"color": "#cccccc"})], {}, "point has a contrast of 1.6"),
        ([points(marker={"color": "@ink", "opacity": 0.3})], {}, "point has a contrast of 1.9"),
        ([points(mode="lines", line={"color": "#ffff00"})], {}, "js-line has a contrast of 1.1"),
        ([points(error_x={"array": [1, 1], "color": "#dddddd"})], {}, "xerror has a contrast of 1.4"),
        ([points()], {"shapes": [{"type": "line", "x1": 2, "y1": 2, "line": {"color": "#dddddd"}}]}, "contrast of 1.4"),
        ([points()], {"annotations": [written("pale", "#999999")]}, "text 'pale' has a contrast of 2.8"),
        # An interval is looked at over its bar, too.
        (
            [{"type": "bar", "y": [4], "marker": {"color": "@ink"}, "error_y": {"array": [1], "color": "@ink"}}],
            {},
            "yerror has a contrast of 1",
        ),
        # A pattern whose ground is nothing: such bars were there, and nobody saw them.
        (
            [{"type": "bar", "y": [1], "marker": {"color": "@ink", "pattern": {"shape": "/", "fgcolor": "@paper"}}}],
            {},
            "pattern_filled has a contrast of 1",
        ),
        (
            [{"type": "heatmap", "z": [[0, 1]], "colorscale": [[0, "#000000"], [1, "#ffffff"]], "showscale": False}],
            {"annotations": [{**written("dark", "#000000"), "x": 0, "y": 0}, {**written("light"), "x": 1, "y": 0}]},
            "text 'dark' has a contrast of 1",
        ),
    ],
)
def test_what_can_hardly_be_seen_is_found(put, traces: list[dict[str, Any]], layout: dict[str, Any], says: str):
    found = looks.contrasts(put(chart(traces, layout)))
    assert len(found) == 1
    assert says in found[0]


def test_what_cannot_be_seen_in_the_dark_is_found(put):
    page = put(chart([points(marker={"color": "#222222"})]))
    assert looks.contrasts(page) == []
    looks.show(page, theme="dark")
    assert len(looks.contrasts(page)) == 1
    assert [each.split("]")[0] for each in looks.complaints(page)] == ["[en, dark, 1200 px", "[es, dark, 700 px"]


def test_what_is_too_wide_and_what_lies_over_something_is_found(put):
    page = put(chart([points()]))
    page.evaluate("""() => {
        document.querySelector("main").insertAdjacentHTML("beforeend", "<p id='wide'>a</p><p id='over'>b</p>");
        document.getElementById("wide").style.cssText = "width: 1500px; max-width: none";
        document.getElementById("over").style.cssText = "margin-top: -2.5rem";
    }""")
    wide, over = looks.layout(page)
    assert wide.startswith("the page scrolls sideways by ")
    assert over == "P lies over P: 'b'"


def test_what_axe_finds_is_told(put):
    page = put(chart([points()]))
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
    (found,) = looks.axe(page)
    assert found.startswith("button-name (critical): Buttons must have discernible text: ")


def test_a_chart_that_is_not_printed_is_found(put):
    page = put(chart([points()]))
    page.evaluate("window.pageReady")
    page.evaluate("document.querySelector('.picture').removeAttribute('src')")
    assert looks.unprinted(page) == ["odd: no picture"]
    page.evaluate("document.querySelector('figure').classList.remove('printable')")
    assert "odd: the chart is printed, too" in looks.unprinted(page)


def test_errors_and_requests_are_found(browser: Browser, keep: Path):
    place = keep / "bad.html"
    place.write_text(f"<title>a</title><script>console.error('x'); undefined.y</script><img src='{looks.OUTSIDE}'>")
    problems: list[str] = []
    with looks.visit(browser, problems=problems) as page:
        page.goto(place.as_uri())
        page.wait_for_load_state("networkidle")
    assert {each.split(":")[0] for each in problems} == {"error", "page", "request"}
    with pytest.raises(AssertionError, match="undefined"), looks.visit(browser) as page:
        page.goto(place.as_uri())
