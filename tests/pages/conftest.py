"""A browser for the tests of pages: Debian's Chromium, without a profile and without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pages import looks

PLACES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def chromium() -> str | None:
    """Where Chromium is: where CHROMIUM says, or where systems put it."""
    given = os.environ.get("CHROMIUM")
    found = [shutil.which(place) for place in ([given] if given else PLACES)]
    return next((place for place in found if place), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    place = chromium()
    if place is None:
        reason = "pages are tested in Chromium: apt-get install chromium, or set CHROMIUM to where it is"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)  # A skip would hide it where nobody looks.
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=place, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page; afterwards: no error, no request that leaves it."""
    with looks.visit(browser) as opened:
        yield opened


@pytest.fixture(scope="session")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the files of pages."""
    return tmp_path_factory.mktemp("pages")
