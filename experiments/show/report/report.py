"""The report of some results: one HTML file for whoever decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from experiments.analysis.decision import YARDSTICK, Decision, decide
from experiments.run.study import Study
from experiments.show.bilingual import Words, joined, same, token, words
from experiments.show.charts.chart import Cell, Chart, Column, cell_words
from experiments.show.charts.naming import company_words, department_words
from experiments.show.page.page import write_page
from experiments.show.report import about, compared, provenance, rests, worse
from experiments.show.report.charts import LARGE_WAYS, MOST_WAYS, OF_A_WAY, OF_A_WAY_AND_KIND, Charts, charts_of
from experiments.show.report.commands import worth_command
from experiments.show.report.compared import Table
from experiments.show.report.headline import MOST_NAMED, headline
from experiments.show.report.sliders import Sliders, sliders
from experiments.show.report.stress_des import Item, stress_des

Sections = list[tuple[Words, list[tuple[str, Words]]]]
NAME = "report.html"
"""Of the file, in the folder of the results."""
MOST_BYTES = 1_000_000
"""Of a report: what an e-mail takes without trouble."""
MARK = "<!-- relevo report -->"
"""Says that a file is a report, which may be written anew."""
TABLES = ("weeks", "states", "waits", YARDSTICK)
SECTIONS = ("do", "compared", "changes", "mix", "wait", "worse", "rests", "analysts", "standard", "origin")


def report(study: Study, language: str = "en") -> str:
    """Return a report as the text of one HTML file; the same results give the same text.

    Parameters
    ----------
    study : Study
        Results of any command that `read_study` reads, or of `study_of`.
    language : str
        "en" or "es": what it opens in; readers switch.
    """
    study = _in_memory(study)
    found = decide(study)
    held = decide(study.held) if study.held is not None else None
    shown = compared.rows_shown(study, found)
    context = {
        **_first(study, found),
        **_compared(study, found, held, shown),
        **_worse(study, found, shown),
        **_background(study, found),
    }
    if context["others_worse"] is not None:
        context["tables"]["worse_others"] = context["others_worse"]
    page, mix = "", sliders(study)
    for most_ways in MOST_WAYS:
        made = charts_of(study, found, shown, held, most_ways)
        page = _page(study, language, made, mix, context)
        if len(page.encode()) <= MOST_BYTES:
            break
    return page


def _page(study: Study, language: str, made: Charts, mix: Sliders | None, context: dict[str, Any]) -> str:
    charts, data = dict(made.charts), {"tables": {key: as_data(t) for key, t in context["tables"].items()}}
    grid: dict[str, Any] = {"grid": None, "grid_size": None, "grid_charts": {}}
    if mix is not None:
        grid = {"grid": mix.data, "grid_size": mix.size, "grid_charts": mix.charts}
        charts |= mix.charts
        data["grid"] = mix.data
    compares = context["case"] != "nothing to compare"
    return write_page(
        "report.html.j2",
        title=words("report title" if compares else "report title described", company=company_words(study)),
        language=language,
        charts=charts,
        choices=made.choices,
        data=data,
        scripts=("report.js",) if mix is None else ("report.js", "sliders.js"),
        made=made,
        cost_key=cost_key(made.charts.get("pareto")),
        more_charts=bool({"places", "resignations", *OF_A_WAY_AND_KIND} & made.charts.keys()),
        large_ways=LARGE_WAYS + 1,
        mark=MARK,
        contents=_contents(made.charts, mix is not None, context),
        **grid,
        **context,
    )


def cost_key(chart: Any) -> Words | None:
    """Say which number of the chart of costs is which way of working: numbers alone cannot be read."""
    if not isinstance(chart, Chart):
        return None
    return joined([joined([cell_words(cell) for cell in row[:2]], " ") for row in chart.rows], "; ")


def _in_memory(study: Study) -> Study:
    """Return a study whose tables are read once and not for every chart."""
    known = {name: study.table(name) for name in TABLES}
    return replace(study, given={**{name: table for name, table in known.items() if table is not None}, **study.given})


def _packed(standard: Sequence[tuple[Words, list[Item]]]) -> tuple[Sections, dict[str, Table]]:
    """Return the standard's sections, each with the names and captions of its tables, and these tables.

    An appendix is packed, tables and texts: the file is a twentieth smaller.
    """
    tables: dict[str, Table] = {}
    sections = []
    for heading, items in standard:
        columns = (Column("item", words("report column item")), Column("said", words("report column said")))
        rows: list[tuple[Cell, ...]] = []
        names: list[tuple[str, Words]] = [(f"stress-{items[0].number.partition('.')[0]}", heading)]
        for item in items:
            texts = [part for part in item.parts if isinstance(part, Words)]
            inner = [part for part in item.parts if not isinstance(part, Words)]
            texts += [words("report table below", title=item.title)] if inner else []
            rows.append((item.title, joined(texts, "\n")))
            for table in inner:
                tables[f"stress-{item.number}"] = table
                names.append((f"stress-{item.number}", item.title))
        tables[names[0][0]] = (columns, rows)
        sections.append((heading, names))
    return sections, tables


def as_data(table: Table) -> dict[str, Any]:
    """Return a table as data for `report.js`."""
    columns, rows = table
    data: dict[str, Any] = Chart("table", same(""), same(""), columns, tuple(rows), [], {}).data()
    return {"columns": data["columns"], "rows": data["rows"]}


def _contents(charts: Mapping[str, Any], mix: bool, context: Mapping[str, Any]) -> list[tuple[str, Words]]:
    compares = context["decision"] is not None
    there = {
        "changes": compares,
        "mix": mix,
        "wait": bool({*OF_A_WAY, *OF_A_WAY_AND_KIND} & charts.keys()),
        "worse": bool(context["looked"] or context["policies"][1]),
    }
    heads = {"mix": "sliders title", "compared": f"report section compared{'' if compares else ' described'}"}
    return [(key, words(heads.get(key, f"report section {key}"))) for key in SECTIONS if there.get(key, True)]


def _first(study: Study, found: Decision) -> dict[str, Any]:
    held = [] if study.held is None else provenance.gaps(study.held)
    return {
        "has_today": study.has_today,
        "gaps": list(dict.fromkeys([*provenance.gaps(study), *held])),
        "head": headline(study, found),
        "about": about.about_words(study, found.chosen),
        "fails": about.fails_words(study, found.chosen),
        "evidence": about.evidence_words(study, found.chosen),
        "confidence": compared.confidence_words(found) if found.effects and study.replications > 1 else None,
    }


def _compared(study: Study, found: Decision, held: Decision | None, shown: Sequence[str]) -> dict[str, Any]:
    table = compared.decision_table(study, found, shown) if found.effects else None
    legend = compared.legend(study, found, shown) if found.effects else []
    missing = None
    if found.most_hires:
        placed = study.manifest.get("hires", {}).get("placed", [])
        if placed:
            places = joined([department_words(study, str(name)) for name in placed])
            legend.append(words("report hires placed", places=places))
    elif found.effects:
        missing = worth_command(study, found)
    fixed = [] if held is None else compared.held_words(study, held, found.chosen)
    facts = compared.facts(study)
    return {"facts": facts, "decision": table, "legend": legend, "worth": missing, "held": fixed, "case": found.case}


def _worse(study: Study, found: Decision, shown: Sequence[str]) -> dict[str, Any]:
    harmed = worse.harmed(study, shown, len(found.effects)) if found.effects else {}
    named = [way for way in (found.chosen, *found.alike) if way is not None] or list(shown[:MOST_NAMED])
    first, others = worse.first_and_others(harmed, named)
    return {
        "harmed": worse.worse_table(study, first) if any(first.values()) else None,
        "others_worse": worse.worse_table(study, others) if any(others.values()) else None,
        "harmed_said": worse.worse_words(study, harmed, found.chosen),
        "looked": bool(harmed),
        "nobody": worse.nobody(harmed),
        "most_figures": token(worse.MOST),
        "policies": worse.policy_rows(study, shown or study.ways),
    }


def _background(study: Study, found: Decision) -> dict[str, Any]:
    premises = rests.resting(study)
    standard, tables = _packed(stress_des(study, found))
    return {
        "rests": rests.summary(study, premises),
        "tables": {**tables, "premises": rests.premises_table(study, premises)},
        "policy_grades": rests.policies_table(study),
        "grades": rests.grades_table(),
        "not_listed": rests.not_listed(),
        "standard": standard,
        "origin": provenance.facts(study),
        "command": provenance.command(study),
        "command_files": provenance.needs_files(study),
    }
