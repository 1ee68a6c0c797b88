"""People over time: morale, standard, vacancies and more by week and department; and who resigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.mean_interval import Interval, interval, paired_interval
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, same, token, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import checked_way, numbers
from experiments.show.charts.labels import cut
from experiments.show.charts.naming import department_words, way_words
from experiments.show.charts.pairs import Pair, paired_columns, paired_figure, paired_rows
from experiments.show.charts.tables import (
    METRIC_OF,
    applies_to,
    company_by_week,
    own_departments,
    states_by_week,
    weekly_words,
)
from experiments.show.charts.theme import BAND
from sim.errors import UsageError, nearest
from sim.units import HOURS_PER_WEEK, HOURS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

PEOPLE = tuple(METRIC_OF)
"""What can be shown by week and department."""
MOST_WEEKS = 27
"""Points of a line: of a year, every second week."""
MOST_DEPARTMENTS = 11
"""Departments that have a panel; with the company's that makes twelve."""
COLUMNS = 3
GAP = 0.05
"""Between two panels, of the width."""
PANEL = 160
"""Height of a row of panels [pixels]."""


@dataclass(frozen=True)
class _Line:
    """A way of working in a panel: by week, in per cent."""

    way: str
    values: list[Interval]


@dataclass(frozen=True)
class _Panel:
    name: Words
    lines: list[_Line]


def people(study: Study, way: str = TODAY, what: str = "morale") -> Chart:
    """Return a state of the people by week, for the company and each department, today and a way of working.

    Parameters
    ----------
    study : Study
        With the table "states".
    way : str
        Way of working; today's if not given.
    what : str
        One of `PEOPLE`; "vacant" and "away" as shares of the posts.

    Raises
    ------
    UsageError
        If the results keep no states, the way of working was not run, or `what` is none of these or does not apply.
    """
    if what not in PEOPLE:
        raise UsageError(f"people: '{what[:80]}' cannot be shown by week. {nearest(what, PEOPLE)}")
    ways = [TODAY, way] if checked_way(study, way, "people") else [way]
    chosen = _largest(study, applies_to(study, what))
    if not chosen:
        raise UsageError(f"people: '{what}' does not apply to this company; take another of {', '.join(PEOPLE)}.")
    weeks, panels = _panels(study, ways, chosen, what)
    name = weekly_words(what)
    parts = [words("people reading", every=_every(weeks))]
    parts += [words("people both")] if len(ways) > 1 else []
    parts += [words("people largest", most=token(MOST_DEPARTMENTS))] if len(chosen) == MOST_DEPARTMENTS else []
    parts += [words("people vacancies")] if what == "vacant" else []
    return Chart(
        "people",
        words("people title", name=name, way=way_words(study, way)),
        joined(parts, " "),
        _columns(study, panels),
        _rows(weeks, panels),
        *_figure(study, weeks, panels),
        height=110 + PANEL * -(-len(panels) // COLUMNS),
    )


def resignations(study: Study, way: str = TODAY) -> Chart:
    """Return how many people resign in a year, by department: today and a way of working.

    Parameters
    ----------
    study : Study
        Of a company whose people may resign.
    way : str
        Way of working; today's if not given.

    Raises
    ------
    UsageError
        If the way of working was not run, or nobody may resign.
    """
    ways = [TODAY, way] if checked_way(study, way, "resignations") else [way]
    years = study.scenario.time.horizon / HOURS_PER_YEAR
    chosen = [name for name in own_departments(study) if study.has(f"{name}.resignations")]
    if not chosen:
        raise UsageError("resignations: nobody resigns in this company; give it a group 'turnover'.")
    by_name = {
        name: [{r: v / years for r, v in study.values(f"{name}.resignations", each).items()} for each in ways]
        for name in chosen
    }
    total = [
        {
            r: sum(one[k][r] for one in by_name.values())
            for r in set.intersection(*(set(o[k]) for o in by_name.values()))
        }
        for k in range(len(ways))
    ]
    pairs = [_pair(words("people company"), total)]
    pairs += [_pair(department_words(study, name), values) for name, values in by_name.items()]
    names = tuple(way_words(study, each) for each in ways)
    unit = words("people per year")
    traces, layout = paired_figure(pairs, names, words("people resign axis"))
    return Chart(
        "resignations",
        words("people resign title", way=way_words(study, way)),
        joined([words("people resign reading"), words("people resign weeks")], " "),
        paired_columns(words("people department"), names, unit),
        paired_rows(pairs),
        traces,
        layout,
        height=120 + 40 * len(pairs),
    )


def _pair(name: Words, values: Sequence[dict[int, float]]) -> Pair:
    change = paired_interval(values[1], values[0]) if len(values) > 1 else None
    return Pair(name, tuple(interval(one.values()) for one in values), change)


# Numbers by week ------------------------------------------------------------------------------------------------


def _largest(study: Study, names: list[str]) -> list[str]:
    """Return the departments with most posts, in the company's order."""
    posts = {name: study.scenario.departments[name].staff for name in names}
    kept = sorted(names, key=lambda name: -posts[name])[:MOST_DEPARTMENTS]
    return [name for name in names if name in kept]


def _panels(study: Study, ways: Sequence[str], chosen: Sequence[str], what: str) -> tuple[list[int], list[_Panel]]:
    """Return the weeks that are drawn, and the company's panel and that of each department."""
    by_way = {way: states_by_week(study, way, what, "people")[0] for way in ways}
    company = [company_by_week(study, way, what, "people") for way in ways]
    weeks = _weeks(study, company[0])
    panels = [_Panel(words("people company"), [_line(way, one, weeks) for way, one in zip(ways, company, strict=True)])]
    for name in chosen:
        lines = [_line(way, frame[name].unstack(level=1), weeks) for way, frame in by_way.items() if name in frame]
        panels.append(_Panel(department_words(study, name), lines))
    return weeks, panels


def _weeks(study: Study, frame: pd.DataFrame) -> list[int]:
    last = study.scenario.time.horizon / HOURS_PER_WEEK
    known = [week for week in sorted(int(each) for each in frame.columns) if 0 <= week < last]
    if not known:
        raise UsageError("people: the results keep no week of the measured window; run more weeks.")
    return known[:: -(-len(known) // MOST_WEEKS)]


def _line(way: str, frame: pd.DataFrame, weeks: list[int]) -> _Line:
    values = frame.reindex(columns=weeks).to_numpy(dtype=np.float64)
    return _Line(way, [interval(100 * column) for column in values.T])


def _every(weeks: list[int]) -> Words:
    step = weeks[1] - weeks[0] if len(weeks) > 1 else 1
    return words("people every week") if step == 1 else words("people every", step=token(step))


def _columns(study: Study, panels: Sequence[_Panel]) -> tuple[Column, ...]:
    percent = same("%")
    found = [Column("week", words("people week"))]
    for k, panel in enumerate(panels):
        for j, line in enumerate(panel.lines):
            name = cut(way_words(study, line.way), 40)
            title = words("people column", name=panel.name, way=name)
            found.append(Column(f"p{k}_{j}", title, percent))
            if not k:
                found += [
                    Column(f"p0_{j}_low", words("from"), percent),
                    Column(f"p0_{j}_high", words("up to"), percent),
                ]
    return tuple(found)


def _rows(weeks: Sequence[int], panels: Sequence[_Panel]) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for at, week in enumerate(weeks):
        cells: list[Cell] = [Num(week + 1)]
        for k, panel in enumerate(panels):
            for line in panel.lines:
                cells += numbers(line.values[at])[: 1 if k else 3]
        rows.append(tuple(cells))
    return tuple(rows)


# The figure -----------------------------------------------------------------------------------------------------


def _figure(
    study: Study, weeks: Sequence[int], panels: Sequence[_Panel]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return small panels of one scale, the company's first with its band."""
    traces: list[dict[str, Any]] = []
    span = _span(panels)
    rows = -(-len(panels) // COLUMNS)
    layout: dict[str, Any] = {"showlegend": True, "annotations": []}
    for k, panel in enumerate(panels):
        tail = "" if not k else str(k + 1)
        row, column = divmod(k, COLUMNS)
        wide, top = (1 - GAP * (COLUMNS - 1)) / COLUMNS, 1 - row / rows
        across = [column * (wide + GAP), min(column * (wide + GAP) + wide, 1.0)]
        down = [max(top - 0.8 / rows, 0.0), top - 0.13 / rows]
        for line in panel.lines:
            traces += _drawn(study, weeks, line, tail, band=not k)
        last = k + COLUMNS >= len(panels)
        layout[f"xaxis{tail}"] = {
            "domain": across,
            "anchor": f"y{tail}",
            "range": [weeks[0] + 0.5, weeks[-1] + 1.5],
            "nticks": 5,
            "zeroline": False,
            **({"title": {"text": words("people week"), "standoff": 6}} if last else {}),
        }
        layout[f"yaxis{tail}"] = {
            "domain": down,
            "anchor": f"x{tail}",
            "range": span,
            "nticks": 4,
            "zeroline": False,
            "showticklabels": column == 0,
            **({"title": {"text": same("%"), "standoff": 4}} if column == 0 else {}),
        }
        layout["annotations"].append(
            {
                "x": across[0],
                "y": down[1],
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "align": "left",
                "text": cut(panel.name, 25),
                "font": {"size": 12, "color": "@ink"},
            }
        )
    return traces, layout


def _span(panels: Sequence[_Panel]) -> list[float]:
    shown = [one.mean for panel in panels for line in panel.lines for one in line.values]
    shown += [end for line in panels[0].lines for one in line.values for end in (one.low, one.high)]
    known = [v for v in shown if v is not None]
    low, high = min(known), max(known)
    room = 0.06 * (high - low) or 1.0
    return [low - room, high + room]


def _drawn(study: Study, weeks: Sequence[int], line: _Line, tail: str, *, band: bool) -> list[dict[str, Any]]:
    today = line.way == TODAY
    colour = "@today" if today else "@policy"
    name = cut(way_words(study, line.way), 44)
    at = {"type": "scatter", "x": [week + 1 for week in weeks], "xaxis": f"x{tail}", "yaxis": f"y{tail}"}
    found: list[dict[str, Any]] = []
    if band and all(one.low is not None and one.high is not None for one in line.values):
        edge = {
            **at,
            "mode": "lines",
            "line": {"color": colour, "width": 1},
            "hoverinfo": "skip",
            "showlegend": False,
            "name": name,
        }
        found = [
            {**edge, "y": [one.low for one in line.values]},
            {**edge, "y": [one.high for one in line.values], "fill": "tonexty", "fillcolor": f"{colour}:{BAND}"},
        ]
    return [
        *found,
        {
            **at,
            "mode": "lines+markers" if len(weeks) < 4 else "lines",
            "y": [one.mean for one in line.values],
            "name": name,
            "showlegend": not tail,
            "line": {"color": colour, "width": 2, "dash": "dash" if today else "solid"},
            "hoverinfo": "x+y+name",
        },
    ]
