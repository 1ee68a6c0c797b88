"""A page that is one file: a template filled in, with charts, data, scripts and the library that draws.

What templates may use is in README.md beside this file; what scripts may use, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.show.bilingual import NUMBER_FORMATS, TOKEN, USUAL_FORMAT, Words, words
from experiments.show.charts.chart import Chart
from experiments.show.charts.theme import CONFIG, ROLES, full_layout
from experiments.show.page.packing import HERE, as_json, inert, packed, plain, plotly, policy, script
from experiments.show.page.parts import Parts
from experiments.show.page.sharing import Shared

if TYPE_CHECKING:
    from jinja2 import Environment

SCRIPTS = ("text.js", "state.js", "tables.js", "sharing.js", "charts.js", "controls.js")
"""Before a page's own; `first.js` stands in the head, `start.js` comes last."""


@dataclass(frozen=True)
class Choice:
    """Charts of which the reader chooses one.

    Attributes
    ----------
    by : str
        What is chosen: a key of the page's `choices`.
    of : mapping
        Option -> chart, or a further choice. Where an option is missing, the page says that there is no chart.
    """

    by: str
    of: Mapping[str, Chart | Choice]


def write_page(
    template: str | Path,
    *,
    title: Words,
    language: str = "en",
    charts: Mapping[str, Chart | Choice] | None = None,
    choices: Mapping[str, Mapping[str, Words]] | None = None,
    data: Mapping[str, Any] | None = None,
    scripts: tuple[str, ...] = (),
    **context: Any,
) -> str:
    """Return a page as the text of one HTML file. The same values give the same text.

    Parameters
    ----------
    template : str or Path
        Name of a template in the folder `templates`, or a file anywhere; it extends "base.html.j2".
    title : Words
        Of the page.
    language : str
        "en" or "es": what it opens in. Readers switch.
    charts : mapping
        Name -> chart, or a `Choice` among charts.
    choices : mapping
        What readers choose -> option -> its words. The first option is what the page opens with.
    data : mapping
        Further data for scripts: `relevo.data`.
    scripts : tuple of str
        Further files of the folder `js`.
    **context
        For the template.

    Raises
    ------
    ValueError
        If charts and choices do not fit together.
    """
    charts, choices = dict(charts or {}), {key: dict(options) for key, options in (choices or {}).items()}
    if taken := set(choices) & {"lang", "format", "theme"}:
        raise ValueError(f"choices: every page has {', '.join(sorted(taken))} already; name them otherwise")
    for name, chart in charts.items():
        _fits(name, chart, choices)
    parts = Parts(language, choices, {name: _first(chart, choices) for name, chart in charts.items()})
    body = [script(name) for name in (*SCRIPTS, *scripts, "start.js")]
    first = script("first.js")
    library, library_packed = plotly()
    shared = Shared({name: plain(_data(chart)) for name, chart in charts.items()})
    content = {"parts": shared.parts, "charts": shared.charts, "data": dict(data or {})}
    return (
        _environment(parts, template)
        .get_template(Path(template).name)
        .render(
            **context,
            title=title,
            language=language,
            policy=policy([first.text, *(each.text for each in body), *([library] if charts else [])]),
            first=first,
            scripts=body,
            style=_style(),
            formats=list(NUMBER_FORMATS),
            usual=USUAL_FORMAT[language],
            setup=inert(_setup(language, choices)),
            content=packed(as_json(content)),
            plotly=library_packed if charts else "",
        )
    )


def _fits(name: str, chart: Chart | Choice, choices: Mapping[str, Mapping[str, Words]]) -> None:
    if not isinstance(chart, Choice):
        return
    if not chart.of or not set(chart.of) <= set(choices.get(chart.by, {})):
        known = ", ".join(choices.get(chart.by, {})) or f"no choices of {chart.by!r}"
        raise ValueError(f"chart {name!r} is chosen by {chart.by!r} among {list(chart.of)}; the page has {known}")
    for each in chart.of.values():
        _fits(name, each, choices)


def _first(chart: Chart | Choice, choices: Mapping[str, Mapping[str, Words]]) -> Chart | None:
    """Return the chart that the page opens with, if there is one for the first options."""
    while isinstance(chart, Choice):
        found = chart.of.get(next(iter(choices[chart.by])))
        if found is None:
            return None
        chart = found
    return chart


def _data(chart: Chart | Choice) -> dict[str, Any]:
    """Return a chart as data; its layout is whole, so that the page need not know what all layouts share."""
    if isinstance(chart, Choice):
        return {"by": chart.by, "of": {key: _data(each) for key, each in chart.of.items()}}
    data = chart.data()
    return {**data, "name": chart.name, "layout": full_layout(data["layout"])}


def _setup(language: str, choices: Mapping[str, Mapping[str, Words]]) -> dict[str, Any]:
    """Return what scripts know before anything is inflated."""
    said = ("picture", "picture coming", "picture failed", "picture done", "no chart")
    return {
        "language": language,
        "formats": NUMBER_FORMATS,
        "usual": USUAL_FORMAT,
        "token": TOKEN.pattern,
        "roles": ROLES,
        "config": CONFIG,
        "choices": {key: list(options) for key, options in choices.items()},
        "words": {key: words(f"page {key}") for key in said},
    }


def _style() -> str:
    """Return the style sheet, with the colours of charts as its own."""
    light, dark = ("".join(f"--{role}:{pair[i]};" for role, pair in ROLES.items()) for i in (0, 1))
    sheet = (HERE / "page.css").read_text(encoding="utf-8")
    return sheet.replace("/* light */", light).replace("/* dark */", dark)


def _environment(parts: Parts, template: str | Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folders = [HERE / "templates", *([template.parent] if isinstance(template, Path) else [])]
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(parts.filters())
    made.globals.update(parts.functions())
    macros = made.get_template("parts.html.j2").module
    made.globals.update(dict(_macros(macros)))
    return made


def _macros(module: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the macros of a template, so that every other template has them without importing."""
    for name in dir(module):
        if not name.startswith("_") and callable(getattr(module, name)):
            yield name, getattr(module, name)
