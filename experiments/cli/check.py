"""`relevo check`: whether a scenario can be run, and what it describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from experiments.cli import options

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.scenario.company import Scenario


@click.command("check", context_settings=options.SETTINGS, short_help="Whether a scenario can be run, and its load.")
@click.argument("scenario")
@options.as_json
@options.language
def command(scenario: str, *, as_json: bool, language: str) -> None:
    """Check SCENARIO without running it: every mistake, the departments with their load, and warnings.

    Ends with exit code 3 if the scenario cannot be run.
    """
    from experiments.cli.working import print_json
    from experiments.run.provenance import SCHEMA_VERSION, content_hash
    from experiments.show.text import show
    from experiments.show.words import say
    from sim.scenario.capacity import offered_load, warnings
    from sim.scenario.load import load_scenario

    company = load_scenario(scenario)
    load, noticed = offered_load(company), warnings(company)
    if as_json:
        content = {
            "scenario": scenario,
            "sha256": content_hash(company),
            "offered_load": load,
            "warnings": noticed,
        }
        print_json({"schema_version": SCHEMA_VERSION, **content})
        return
    description = [] if company.description is None else [company.description[language]]
    show(say("check good", language, name=company.name), *description, _departments(company, load, language))
    if load:
        show(say("load note", language))
    show(_order_types(company, language))
    show(*([say("warning", language, text=text) for text in noticed] or [say("no warnings", language)]))


def _departments(company: Scenario, load: dict[str, float], language: str) -> RenderableType:
    from experiments.show.numbers import NOT_APPLICABLE, number
    from experiments.show.text import table
    from experiments.show.words import say

    rows = [
        [
            department.label[language] if department.label else name,
            department.calendar or company.calendar,
            department.discipline,
            str(department.staff),
            f"{number(100 * load[name], 0, language)} %" if name in load else NOT_APPLICABLE,
        ]
        for name, department in company.departments.items()
    ]
    columns = [say(text, language) for text in ("department", "calendar", "discipline", "staff", "load")]
    return table(say("departments title", language), columns, rows, left=3)


def _order_types(company: Scenario, language: str) -> RenderableType:
    from experiments.show.numbers import number
    from experiments.show.text import table
    from experiments.show.words import say

    rows = [
        [
            kind.label[language] if kind.label else name,
            kind.route,
            " > ".join(step.label[language] if step.label else step.step for step in company.routes[kind.route]),
            f"{number(100 * kind.share, 0, language)} %",
        ]
        for name, kind in company.orders.items()
    ]
    columns = [say(text, language) for text in ("order type", "route", "steps", "share")]
    return table(say("order types", language), columns, rows, left=3)
