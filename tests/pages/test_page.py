"""A page is one file that asks nothing of a network, says the same as Python does, and can be read and used by all."""

from __future__ import annotations

import base64
import gzip
import itertools
import random
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from experiments.show.bilingual import NUMBER_FORMATS, Words, same, token
from experiments.show.charts import theme
from experiments.show.charts.chart import Chart, Num
from experiments.show.page.packing import HERE, PLOTLY, Script, plain, script
from experiments.show.page.page import SCRIPTS, Choice, write_page
from experiments.show.page.sharing import Shared
from tests.pages import looks
from tests.pages.samples import HOSTILE, HOURS, bars, sample, weeks


def small(body: str) -> str:
    """A template of one block."""
    return "{% extends 'base.html.j2' %}{% block main %}" + body + "{% endblock %}"


@pytest.fixture(scope="module")
def path(keep: Path) -> Path:
    place = keep / "sample.html"
    place.write_text(sample(), encoding="utf-8")
    return place


# The file -------------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """Every element with its attributes, and the texts of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_library_is_that_of_plotly_py_and_keeps_its_licence():
    import plotly.offline

    text = PLOTLY.read_text(encoding="utf-8")
    version = plotly.offline.get_plotlyjs_version()
    assert f"plotly.js (cartesian - minified) v{version}\n" in text[:400]
    assert "Licensed under the MIT license" in text[:400]
    assert "Permission is hereby granted" in PLOTLY.with_name("LICENSE").read_text(encoding="utf-8")
    assert f"Version {version}" in PLOTLY.with_name("README.md").read_text(encoding="utf-8")


def test_same_values_give_the_same_file_and_a_small_one(monkeypatch):
    one = sample()
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert one == sample()
    assert sample("es") != one
    assert len(one.encode()) < 760_000


def test_file_refers_to_nothing_outside_and_names_are_no_elements(path: Path):
    elements = Elements(path.read_text(encoding="utf-8")).found
    for tag, attributes in elements:
        assert tag not in {"iframe", "object", "embed", "base", "form", "link", "b", "i"}
        assert "src" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith("#")
    assert sum(tag == "script" for tag, _ in elements) == 3 + len(("first.js", *SCRIPTS, "start.js"))
    assert sum(tag == "img" for tag, _ in elements) == 5, "one picture for print per chart"


def test_policy_allows_the_scripts_by_their_hashes_and_nothing_else(path: Path):
    (policy,) = (a["content"] for t, a in Elements(path.read_text("utf-8")).found if a.get("http-equiv"))
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}'", each) for each in rules["script-src"].split())
    assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "connect-src", "base-uri", "form-action"}


def test_page_without_charts_carries_no_library(keep: Path):
    template = keep / "bare.html.j2"
    template.write_text(small("<p>{{ 1 }}</p>"))
    assert len(write_page(template, title=same("Bare"))) < 60_000


def test_scripts_cannot_end_their_own_element(monkeypatch, tmp_path: Path):
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "bad.js").write_text('const a = "</Script>";')
    monkeypatch.setattr("experiments.show.page.packing.HERE", tmp_path)
    with pytest.raises(ValueError, match=r"bad\.js: a script in a page cannot hold"):
        script("bad.js")


def test_a_choice_cannot_take_a_switchs_name(path: Path):
    with pytest.raises(ValueError, match="every page has theme already"):
        sample(choices={"theme": {"x": same("x")}})


def test_every_script_is_short_and_says_what_it_does():
    for each in sorted((HERE / "js").glob("*.js")):
        text = each.read_text(encoding="utf-8")
        assert text.startswith('"use strict";\n/* '), each.name
        assert len(text.splitlines()) <= 250, each.name


@pytest.mark.parametrize(
    ("body", "charts", "says"),
    [
        ("{{ chart('a') }}", {}, r"chart\('a'\): the page has no charts"),
        ("{{ chart('a') }}{{ chart('a') }}", {"a": bars()}, "placed twice"),
        ("{{ choose('b', heading) }}", {}, r"choose\('b'\): the page has choices of way"),
        ("", {"a": Choice("way", {"x": bars(), "y": bars()})}, r"among \['x', 'y'\]; the page has x, z"),
        ("", {"a": Choice("way", {})}, "the page has x, z"),
        ("", {"a": Choice("no", {"x": bars()})}, "the page has no choices of 'no'"),
    ],
)
def test_what_does_not_fit_together_is_said(keep: Path, body: str, charts: dict[str, Any], says: str):
    template = keep / "odd.html.j2"
    template.write_text(small(body))
    choices = {"way": {"x": same("x"), "z": same("z")}}
    with pytest.raises(ValueError, match=says):
        write_page(template, title=same("Odd"), charts=charts, choices=choices, heading=same("h"))


# The same as Python ---------------------------------------------------------------------------------------


def anything(luck: random.Random, depth: int = 0) -> Any:
    """Part of a figure: texts, tokens, colours, numbers, within lists and mappings."""
    bits = [*HOSTILE[:-1], "a\nb", "ñ – €", "@policy", "@policy:0.25", "@no:1", "@ink:", "", "⟦-0.00;2;+⟧", "⟦x⟧"]

    def text() -> str:
        value = luck.choice([1, 1e3, 1e7, 1e12]) * luck.gauss()
        number = token(value, luck.randrange(5), signed=luck.random() < 0.5)
        return "".join(luck.sample([*bits, number, number], luck.randrange(1, 4)))

    kind = luck.randrange(8 if depth < 4 else 5)
    if kind >= 6:
        return {f"k{i}": anything(luck, depth + 1) for i in range(luck.randrange(4))}
    if kind == 5:
        return [anything(luck, depth + 1) for _ in range(luck.randrange(4))]
    return [text(), Words(text(), text()), luck.choice(bits), luck.choice([None, True, 3, -0.25]), text()][kind]


def test_texts_numbers_and_colours_are_filled_in_as_python_does(browser: Browser, path: Path):
    luck = random.Random(8)
    cases = [
        (anything(luck), *each)
        for each in itertools.product(("en", "es"), ("light", "dark"), NUMBER_FORMATS)
        for _ in range(60)
    ]
    assert sum("⟦" in str(case[0]) for case in cases) > 100
    with looks.visit(browser, path) as page:
        found = page.evaluate("cases => cases.map((each) => relevo.resolve(...each))", [plain(case) for case in cases])
    for case, one in zip(cases, found, strict=True):
        assert one == theme.resolve(*case), case


def test_charts_are_packed_and_made_whole_again(browser: Browser, keep: Path):
    """What is alike in many charts stands once in the file; scripts that change one chart change no other."""
    luck = random.Random(3)
    charts = {}
    for name in ("one", "two", "three"):
        rows = tuple((luck.choice(HOSTILE), Num(luck.choice([None, luck.gauss()]), 2), None) for _ in range(4))
        figure = {
            "traces": [anything(luck, 1), {"x": [1.5] * 20, "name": HOSTILE[-1]}],
            "layout": {"a": anything(luck)},
        }
        charts[name] = Chart("c", same(name), same(HOSTILE[-1]), (HOURS,) * 3, rows, **figure)
    charts["none"] = Chart("c", same("none"), same(HOSTILE[-1]), (HOURS,), (), [], {})
    shared = Shared({"all": {"by": "way", "of": {name: plain(chart.data()) for name, chart in charts.items()}}})
    assert len(str((shared.parts, shared.charts))) < 0.8 * len(str([plain(chart.data()) for chart in charts.values()]))
    template = keep / "bare.html.j2"
    template.write_text(small(""))
    (keep / "bare.html").write_text(write_page(template, title=same("Bare")), encoding="utf-8")
    with looks.visit(browser, keep / "bare.html") as page:
        found = page.evaluate(
            """(content) => {
                relevo.content = content;
                const all = () => Object.values(content.charts.all.of).map(relevo.sharing.whole);
                const first = JSON.stringify(all());
                all()[0].traces[1].x[0] = 7;
                return [JSON.parse(first), all().map((each) => each.traces[1]?.x[0])];
            }""",
            {"parts": shared.parts, "charts": shared.charts},
        )
    assert found == [[plain(chart.data()) for chart in charts.values()], [7, 1.5, 1.5, None]]


# Switches -------------------------------------------------------------------------------------------------


def ticks(page: Any, chart: str) -> list[str]:
    found: list[str] = page.evaluate(
        "name => [...document.querySelectorAll(`#chart-${name} .plot text`)].map((e) => e.textContent)", chart
    )
    return found


def test_language_and_numbers_are_switched_apart_everywhere(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        expect(page.locator(".lead")).to_have_text("It is 1,234.5 h.", use_inner_text=True)
        page.locator("#chart-weeks summary").click()
        page.get_by_role("button", name="Español").click()
        page.evaluate("relevo.charts.drawn()")
        assert page.locator("html").get_attribute("lang") == "es"
        assert page.title() == "Muestras y <i>nombres</i>"
        expect(page.locator(".lead")).to_have_text("Son 1.234,5 h.", use_inner_text=True)
        expect(page.locator("#chart-weeks td.num").nth(1)).to_have_text("1.020")
        assert {"semana", "1.200,0"} <= set(ticks(page, "weeks"))
        expect(page.locator("#switch-format")).to_have_value("1.234,5")
        assert page.locator("#switch-theme option").all_inner_texts() == ["como el dispositivo", "claros", "oscuros"]
        page.locator("#switch-format").select_option("1,234.5")
        page.evaluate("relevo.charts.drawn()")
        expect(page.locator(".lead")).to_have_text("Son 1,234.5 h.", use_inner_text=True)
        expect(page.locator("#chart-weeks td.num").nth(1)).to_have_text("1,020")
        expect(page.locator("#chart-weeks thead")).to_have_text("semanamedia [EUR]")
        assert {"semana", "1,200.0"} <= set(ticks(page, "weeks"))
        assert page.evaluate("location.hash") == "#lang=es&format=1%2C234.5"
        page.get_by_role("button", name="English").click()
        expect(page.locator(".lead")).to_have_text("It is 1,234.5 h.", use_inner_text=True)
        assert (
            page.evaluate("document.querySelector('#chart-weeks .modebar-btn').dataset.title")
            == "Download as a picture"
        )


def test_theme_follows_the_device_until_it_is_chosen(browser: Browser, path: Path):
    def colours(name: str) -> tuple[str, ...]:
        expect(page.locator("html")).to_have_attribute("data-theme", name)
        page.evaluate("relevo.charts.drawn()")
        paper = "getComputedStyle(document.body).backgroundColor"
        plot = "getComputedStyle(document.querySelector('.main-svg')).backgroundColor"
        return (page.evaluate(paper), page.evaluate(plot))

    light, dark = ("rgb(255, 255, 255)",) * 2, ("rgb(22, 22, 22)",) * 2
    with looks.visit(browser, path) as page:
        assert colours("light") == light
        page.emulate_media(color_scheme="dark")
        assert colours("dark") == dark
        page.get_by_label("Colours").select_option("light")
        assert colours("light") == light
        page.emulate_media(color_scheme="light")
        page.get_by_label("Colours").select_option("dark")
        assert colours("dark") == dark
        assert page.evaluate("location.hash") == "#theme=dark"


def test_choices_show_their_charts_wherever_they_stand(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        first, second = page.get_by_label("Metric").all()
        title, both = page.locator("#chart-forest-title"), page.locator("#chart-both")
        expect(title).to_have_text("A forest times 1.0")
        expect(both.locator("h3")).to_have_text("There is no chart for this choice.", use_inner_text=True)
        expect(both.locator(".plot")).to_be_hidden()
        page.locator("#chart-forest summary").click()
        expect(page.locator("#chart-forest tbody tr")).to_have_count(len(HOSTILE))
        second.select_option("profit")
        expect(first).to_have_value("profit")
        expect(title).to_have_text("A forest times 2.0")
        expect(page.locator("#chart-forest tbody tr")).to_have_count(5)
        expect(both).to_contain_text("Bars.")
        expect(both.locator(".plot")).to_be_visible()
        page.locator("select[data-state=way]").select_option(HOSTILE[1])
        expect(both).to_contain_text("A line and its band.")
        address = page.evaluate("location.href")
        page.evaluate("window.pageReady")
        pictures = page.evaluate("[...document.querySelectorAll('.picture')].map((e) => e.alt)")
        assert pictures == ["A forest times 2.0", "Weeks", "Bars", "Weeks", "Heat"]
    with looks.visit(browser) as page:
        page.goto(address)
        page.evaluate("window.pageReady")
        expect(page.locator("#chart-forest-title")).to_have_text("A forest times 2.0")
        expect(page.locator("#chart-both")).to_contain_text("A line and its band.")


NONSENSE = (
    "lang=xx&format=&theme=pink&metric=none&way=&unknown=1",
    "lang=constructor&theme=__proto__&format=toString&metric=hasOwnProperty",
    "=&&==%%%&lang",
    "nowhere",
    "first",
    "metric=<img src=x onerror=alert(1)>&metric=profit",
)


def test_nonsense_in_the_address_is_left_out(browser: Browser, path: Path):
    with looks.visit(browser, path, NONSENSE[0]) as page:
        for state in NONSENSE:
            page.evaluate("state => { location.hash = state; }", state)
            page.evaluate("window.pageReady")
            assert page.locator("html").get_attribute("lang") == "en"
            assert page.locator("#chart-forest-title").inner_text() == "A forest times 1.0"
            assert page.evaluate("[relevo.format(), relevo.theme()]") == ["1,234.5", "light"]


def test_address_that_changes_changes_the_page_and_links_within_it_leave_it_alone(browser: Browser, path: Path):
    with looks.visit(browser, path, "lang=es") as page:
        page.get_by_role("link", name="Primero").click()
        assert page.evaluate("[document.activeElement.id, location.hash]") == ["first", "#lang=es"]
        page.evaluate("location.hash = 'lang=en&metric=profit'")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("#chart-forest-title")).to_have_text("A forest times 2.0")
        page.evaluate(
            "new Promise((d) => { addEventListener('hashchange', () => setTimeout(d)); location.hash = 'last'; })"
        )
        page.evaluate("relevo.charts.drawn()")
        assert page.locator("#chart-forest-title").inner_text() == "A forest times 2.0"


# Nothing runs that should not -----------------------------------------------------------------------------


def test_policy_stops_scripts_that_are_not_the_pages_own(browser: Browser, path: Path):
    problems: list[str] = []
    with looks.visit(browser, path, problems=problems) as page:
        assert problems == []
        arrived: list[str] = []
        page.on("response", lambda response: arrived.append(response.url))
        page.evaluate(
            """(outside) => {
            const add = (html) => document.body.append(document.createRange().createContextualFragment(html));
            add("<script>window.bad = 1</script>");
            add("<img src='data:image/png;base64,x' onerror='window.bad = 2'>");
            add("<a id='link' href='javascript:window.bad=3'>x</a>");
            document.getElementById("link").click();
            setTimeout("window.bad = 4");
            fetch(outside).catch(() => {});
        }""",
            looks.OUTSIDE,
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.bad ?? null") is None
    assert sum("Content Security Policy" in each for each in problems) >= 5
    assert not [each for each in problems if each.startswith("request")]
    assert arrived == []


def test_names_stay_names(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.locator("#fold > summary").click()
        for details in page.locator(".numbers:visible > summary").all():
            details.click()
        looks.show(page, metric="profit")
        shown = page.locator("#chart-forest tbody th").all_text_contents()
        assert shown == [name.replace("⟦1;2;⟧", "1.00") for name in HOSTILE[:5]]
        assert {HOSTILE[0], HOSTILE[2], HOSTILE[3]} <= set(ticks(page, "forest"))
        assert page.locator("img:not(.picture), main a:not([href='#last']), svg a, b, i").count() == 0
        assert page.evaluate("relevo.data.hostile") == list(HOSTILE)
        page.locator("#chart-forest .plot").hover(position={"x": 600, "y": 160})


def test_the_only_button_of_a_chart_saves_a_picture_of_it(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        page.evaluate("window.pageReady")
        buttons = page.locator("#chart-weeks .modebar-btn")
        assert [each.get_attribute("aria-label") for each in buttons.all()] == ["Download as a picture"]
        assert page.locator(".modebar-btn").count() == page.locator(".plot.js-plotly-plot").count()
        page.locator("#chart-weeks .plot").hover()
        with page.expect_download() as saving:
            buttons.click()
        assert saving.value.suggested_filename == "weeks.png"
        assert saving.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


# For everybody --------------------------------------------------------------------------------------------


def test_everything_can_be_read_in_both_languages_themes_and_widths(browser: Browser, path: Path):
    with looks.visit(browser, path, "metric=profit") as page:
        page.locator("#fold > summary").click()
        assert looks.complaints(page) == []


def test_axe_finds_nothing(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        page.locator("#fold > summary").click()
        page.locator("#chart-weeks summary").click()
        for language, colours in itertools.product(looks.LANGUAGES, looks.THEMES):
            looks.show(page, lang=language, theme=colours)
            assert looks.axe(page) == []


def test_headings_and_landmarks_are_in_order(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((e) => Number(e.tagName[1]))")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        for role in ("banner", "navigation", "main", "contentinfo"):
            assert page.get_by_role(role).count() == 1
        expect(page.get_by_role("figure", name="A forest times 1.0")).to_have_count(1)
        expect(page.get_by_role("region", name="A table")).to_have_count(1)
        page.locator("#chart-weeks summary").click()
        expect(page.get_by_role("region", name="The numbers of this chart Weeks")).to_have_count(1)


def test_keyboard_is_enough(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.get_by_role("button", name="English").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Space")
        expect(page.locator("html")).to_have_attribute("lang", "es")
        page.get_by_label("Medida").first.focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#chart-forest-title")).to_have_text("Un bosque por 2,0")
        page.locator("#chart-forest .modebar-btn").focus()
        expect(page.locator("#chart-forest .modebar-group")).to_have_css("opacity", "1")
        expect(page.locator("#chart-weeks .modebar-group")).to_have_css("opacity", "0")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#chart-forest tbody tr")).to_have_count(5)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_without_scripts_text_and_tables_can_be_read(browser: Browser, path: Path):
    with looks.visit(browser, path, java_script_enabled=False) as page:
        expect(page.locator(".lead")).to_have_text("It is 1,234.5 h.", use_inner_text=True)
        assert page.locator("main tbody tr").first.inner_text().split("\t")[:3] == [HOSTILE[0], "0.0", "yes"]
        assert page.get_by_text("Charts and switches need a current browser").is_visible()
        assert page.locator("#chart-weeks").get_by_text("The chart is drawn when").is_visible()
        assert page.locator("#chart-weeks .reading").inner_text() == "A line and its band."
        for hidden in (".switches", ".plot", ".choose", ".numbers", ".picture"):
            assert not page.locator(hidden).first.is_visible()


def test_page_that_cannot_start_says_so(browser: Browser, keep: Path):
    broken = keep / "broken.html"
    text = sample()
    packed = re.search(r'id="content">([^<]+)<', text)
    assert packed is not None
    bad = base64.b64encode(gzip.compress(b"{", mtime=0)).decode()
    broken.write_text(text.replace(packed[1], bad), encoding="utf-8")
    problems: list[str] = []
    with looks.visit(browser, problems=problems) as page:
        page.goto(broken.as_uri())
        expect(page.get_by_text("Charts and switches need a current browser")).to_be_visible()
        expect(page.locator(".switches")).to_be_hidden()
    assert len(problems) == 1


# Print ----------------------------------------------------------------------------------------------------


def test_every_chart_is_printed_light_in_the_readers_language(browser: Browser, path: Path):
    with looks.visit(browser, path, "theme=dark&lang=es&metric=profit") as page:
        assert looks.unprinted(page) == []
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        page.emulate_media(media="screen")
        picture = page.evaluate("decodeURIComponent(document.querySelector('#chart-weeks .picture').src)")
        assert picture.startswith("data:image/svg+xml")
        assert ">semana<" in picture
        assert theme.ROLES["policy"][0] in picture or "rgb(0, 114, 178)" in picture
        assert 4 <= looks.pdf_pages(page) <= 5
        assert not page.evaluate("document.getElementById('fold').open"), "what was unfolded for print is folded again"


def test_pictures_for_print_follow_every_change(browser: Browser, path: Path):
    with looks.visit(browser, path) as page:
        page.evaluate("window.pageReady")
        picture = "document.querySelector('#chart-weeks .picture').src"
        one = page.evaluate(picture)
        looks.show(page, lang="es")
        page.evaluate("window.pageReady")
        assert page.evaluate(picture) != one
        looks.show(page, lang="en", theme="dark")
        page.evaluate("window.pageReady")
        assert page.evaluate("document.querySelectorAll('.printable').length") == 4


def test_scripts_of_a_page_change_charts_and_keep_states_of_their_own(browser: Browser, keep: Path, monkeypatch):
    text = (
        '"use strict";\n/* A test. */\n'
        'relevo.state.define("mix", "0", (value) => /^[0-9]{1,3}$/.test(value));\n'
        "relevo.before(() => { relevo.charts.current('weeks').traces[2].y[0] = relevo.data.start; });\n"
        "relevo.state.listen((keys) => { if (keys.includes('mix')) {\n"
        "  relevo.charts.current('weeks').rows[0][1] = relevo.state.get('mix');\n"
        "  relevo.charts.redraw(['weeks']); } });\n"
    )
    own = keep / "own.html"
    monkeypatch.setattr(
        "experiments.show.page.page.script", lambda name: Script(name, text) if name == "own.js" else script(name)
    )
    template = keep / "own.html.j2"
    template.write_text(small("{{ chart('weeks', level=2) }}"))
    own.write_text(
        write_page(template, title=same("Own"), charts={"weeks": weeks()}, data={"start": 7}, scripts=("own.js",)),
        encoding="utf-8",
    )
    with looks.visit(browser, own, "mix=40") as page:
        assert page.evaluate("document.querySelector('.plot').data[2].y[0]") == 7
        assert page.evaluate("relevo.state.get('mix')") == "40"
        page.locator("summary").click()
        looks.show(page, mix="41")
        expect(page.locator("tbody td").nth(1)).to_have_text("41")
        looks.show(page, mix="4000")
        assert page.evaluate("location.hash") == "#mix=41"
