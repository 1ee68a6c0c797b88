"""What cannot be read, seen or used in a page: looked for in a real browser. For the tests of every page.

    with looks.visit(browser, path) as page:            # asserts at the end: no error, no request
        assert looks.complaints(page) == []             # both languages, both themes, both widths
        assert looks.axe(page) == []
        assert looks.unprinted(page) == []

Each helper returns complaints as texts, so that a failing test says all that is wrong at once.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

LANGUAGES, THEMES, WIDTHS = ("en", "es"), ("light", "dark"), (1200, 700)
HARMLESS = ("file:", "data:", "blob:", "about:")
OUTSIDE = "https:" + "//relevo.invalid/a.png"
"""Nothing is there, and nobody may ask for it."""
HERE = Path(__file__).parent
LOOKS = (HERE / "looks.js").read_text(encoding="utf-8")


@contextmanager
def visit(
    browser: Browser, path: Path | None = None, state: str = "", *, problems: list[str] | None = None, **options: Any
) -> Iterator[Page]:
    """Open a page and wait until all is drawn; afterwards assert that nothing failed and nothing was asked for.

    Pictures for print come later: see `window.pageReady`.

    Parameters
    ----------
    path : Path, optional
        The page; an empty one if not given.
    state : str
        What stands after the "#", such as "lang=es".
    problems : list of str, optional
        Errors, warnings and requests are put here. If given, they are the caller's to judge.
    **options
        Of the browser's context: viewport, color_scheme, locale, java_script_enabled, …
    """
    found: list[str] = [] if problems is None else problems
    context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, "reduced_motion": "reduce", **options})
    try:
        page = context.new_page()
        _listen(page, found)
        if path is not None:
            page.goto(path.as_uri() + (f"#{state}" if state else ""))
            if options.get("java_script_enabled", True):
                page.evaluate("(async () => { await relevo.starting; await relevo.charts.drawn(); })()")
        yield page
    finally:
        context.close()
    if problems is None:
        assert not found, "\n".join(found)


def _listen(page: Page, problems: list[str]) -> None:
    def said(message: ConsoleMessage) -> None:
        # Formulas would need another library; "$" is drawn as it is, which is what is wanted.
        if message.type in ("error", "warning") and "MathJax is not loaded" not in message.text:
            problems.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith(HARMLESS):
            problems.append(f"request: {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: problems.append(f"page: {error}"))
    page.on("request", asked)


def show(page: Page, *, width: int | None = None, **state: str) -> None:
    """Show a page in another width, language (`lang`), format, theme, or with other choices; wait until drawn."""
    if width is not None:
        page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("changes => relevo.state.set(changes)", state)
    page.evaluate("relevo.charts.drawn()")


def overlaps(page: Page) -> list[str]:
    """Return texts of charts that overlap, stand outside their chart or are smaller than 9 px."""
    return _look(page, "overlaps")


def contrasts(page: Page) -> list[str]:
    """Return texts of charts with a contrast below 4.5 to what lies behind them, and marks and lines below 3."""
    return _look(page, "contrasts")


def layout(page: Page) -> list[str]:
    """Return parts of the page that lie over one another, or make it scroll sideways."""
    return _look(page, "layout")


def _look(page: Page, what: str) -> list[str]:
    page.evaluate(LOOKS)
    found: list[str] = page.evaluate(f"looks.{what}()")
    return found


def complaints(page: Page, widths: tuple[int, ...] = WIDTHS, **state: str) -> list[str]:
    """Return what is wrong with a page and its charts in any language, theme and width.

    Places and sizes are looked at in every language and width; colours, too, and in the dark in one language at each
    width: what is written does not change what colour it is.

    Parameters
    ----------
    **state
        Choices to look at it with.
    """
    found = []
    dark = [(width, language, "dark") for width, language in zip(widths, LANGUAGES, strict=False)]
    for width, language, theme in [*itertools.product(widths, LANGUAGES, ("light",)), *dark]:
        show(page, width=width, lang=language, theme=theme, **state)
        where = f"{language}, {theme}, {width} px"
        seen = [*overlaps(page), *contrasts(page), *layout(page)] if theme == "light" else contrasts(page)
        found += [f"[{where}] {each}" for each in seen]
    return found


@lru_cache(maxsize=1)
def _axe_source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """Return what axe-core finds against the accessibility of a page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_source())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: {', '.join(str(n['target'][0]) for n in each['nodes'][:3])}"
        for each in result["violations"]
    ]


def unprinted(page: Page) -> list[str]:
    """Return charts whose picture for print is missing, empty or not shown in print, and switches that are printed."""
    page.evaluate("window.pageReady")
    page.emulate_media(media="print")
    found: list[str] = page.evaluate("""() => {
        const seen = (element) => element.getClientRects().length > 0;
        const found = [];
        for (const figure of document.querySelectorAll("figure.chart:not(.empty)")) {
            const image = figure.querySelector(".picture");
            const folded = figure.closest("details:not([open])");
            if (!image.naturalWidth || !(seen(image) || folded)) found.push(`${figure.dataset.chart}: no picture`);
            if (!image.alt) found.push(`${figure.dataset.chart}: its picture has no text`);
            if (seen(figure.querySelector(".plot"))) found.push(`${figure.dataset.chart}: the chart is printed, too`);
        }
        const screen = [...document.querySelectorAll(".switches, .choose, .numbers, .modebar")].filter(seen);
        return [...found, ...screen.map((each) => `${each.className} is printed`)];
    }""")
    page.emulate_media(media="screen")
    return found


def pdf_pages(page: Page) -> int:
    """Return on how many pages a page is printed."""
    raw = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", raw))


def content(path: Path) -> Any:
    """Return the data that a page's file holds, as scripts get them."""
    import base64
    import gzip

    found = re.search(r'id="content">([^<]+)<', path.read_text(encoding="utf-8"))
    assert found is not None
    return json.loads(gzip.decompress(base64.b64decode(found[1])))
