"""Execute the example notebooks: `python docs/notebooks.py`; with `--check`, only compare what they show.

The sources are Markdown pages (jupytext); the notebooks beside them are made of them, with what every cell
shows. Figures are kept as data and as a picture, which readers without Jupyter see.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "docs" / "notebooks"
NAMES = ("researcher", "manager", "educator")
PLOTLY = "application/vnd.plotly.v1+json"
WIDTH = 900
SECONDS = 300
"""A cell that takes longer has gone wrong."""


def executed(name: str) -> Any:
    """Return a notebook as executed now."""
    import jupytext
    from nbclient import NotebookClient

    notebook = jupytext.read(HERE / f"{name}.md")
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": ROOT}})
    client.execute()
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
    return notebook


def said(notebook: Any) -> list[list[str]]:
    """Return what each code cell shows, as texts; figures by their title alone: their numbers are tested elsewhere."""
    return [[_said(output) for output in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


def _said(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    data = output.get("data", {})
    if PLOTLY in data:
        return str(data[PLOTLY]["layout"]["title"]["text"])
    return str(data.get("text/html", data.get("text/plain", output)))


def with_pictures(notebook: Any) -> None:
    """Add a picture to each figure, drawn by the plotly.js of the pages in the browser of their tests."""
    from playwright.sync_api import sync_playwright

    from experiments.show.page.packing import plotly
    from tests.pages.conftest import ARGUMENTS, chromium

    shown = [
        output for cell in notebook.cells for output in cell.get("outputs", ()) if PLOTLY in output.get("data", {})
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page()
        page.add_script_tag(content=plotly()[0].decode())
        for output in shown:
            figure = {key: output.data[PLOTLY][key] for key in ("data", "layout")}
            size = {"format": "png", "width": WIDTH, "height": figure["layout"]["height"]}
            url = page.evaluate("([figure, size]) => Plotly.toImage(figure, size)", [figure, size])
            output.data["image/png"] = url.partition(",")[2]
        browser.close()


def main() -> int:
    """Make the notebooks, or say which shows something else than it would now."""
    import nbformat

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true", help="change nothing; exit with 1 if something differs")
    asked.add_argument("names", nargs="*", default=NAMES)
    given = asked.parse_args()
    stale = []
    for name in given.names:
        made, path = executed(name), HERE / f"{name}.ipynb"
        if given.check:
            kept = nbformat.read(path, as_version=4)
            same_cells = [c.source for c in kept.cells] == [c.source for c in made.cells]
            if not same_cells or said(kept) != said(made):
                stale.append(name)
                sys.stdout.write(f"{path.name}: shows something else now; run python docs/notebooks.py\n")
                for before, now in zip(said(kept), said(made), strict=False):
                    if before != now:
                        sys.stdout.write(f"  before: {before}\n  now:    {now}\n")
        else:
            with_pictures(made)
            for cell in made.cells:
                for output in cell.get("outputs", ()):
                    _without_noise(output)
            nbformat.write(made, path)
    return 1 if stale else 0


def _without_noise(output: Any) -> None:
    """Remove what differs from time to time and says nothing: the addresses of objects."""
    data = output.get("data", {})
    if "text/plain" in data:
        data["text/plain"] = re.sub(r" at 0x[0-9a-f]+", "", data["text/plain"])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
