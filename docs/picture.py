"""Make the README's picture of the report: `python docs/picture.py [RESULTS]`; without results, by the main job."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "report.png"
WIDTH, HEIGHT = 1000, 1250
"""Of the picture [px]: what says what to do, and the first lines of the table."""


def main() -> None:
    """Take the picture."""
    with tempfile.TemporaryDirectory() as place:
        results = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(place) / "results"
        if len(sys.argv) < 2:
            subprocess.run([sys.executable, "run.py", "today", "--out", str(results)], cwd=ROOT, check=True)
        report = Path(place) / "report.html"
        words = ["run.py", "report", str(results.resolve()), "--lang", "en", "--out", str(report)]
        subprocess.run([sys.executable, *words], cwd=ROOT, check=True)
        taken(report)


def taken(report: Path) -> None:
    """Take a picture of the top of a report."""
    from playwright.sync_api import sync_playwright

    from tests.pages.conftest import ARGUMENTS, chromium

    PICTURE.parent.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.evaluate("window.pageReady")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
