"""Studies made by hand, of which it is known what charts have to show; and checks that hold for every chart."""

import json
import math
from dataclasses import replace
from itertools import product

import pandas as pd
import plotly.graph_objects as go

from experiments.run.study import Study, StudyFactor
from experiments.show.bilingual import TOKEN, Words, finished
from experiments.show.charts.chart import Num
from sim import load_scenario

HOSTILE = "<script>alert('{x}')</script> %{y} $a$ & \"b\" [c] ⟦9;1;⟧"
LONG = "Departmentofsales, offers, customers and all other matters."
TRACES = {"scatter", "bar", "heatmap"}
"""Kinds of traces that these charts use; the page's plotly has them."""


def job(values, tables=None, policies=None):
    """Return a study of levante: way -> metric -> a value per replication; today's way is ''."""
    rows = {
        (way, r): {name: series[r] for name, series in metrics.items()}
        for way, metrics in values.items()
        for r in range(len(next(iter(metrics.values()))))
    }
    wide = pd.DataFrame.from_dict(rows, orient="index")
    wide.index = pd.MultiIndex.from_tuples(rows, names=["way", "replication"])
    members = {way: {} if way == "" else dict.fromkeys(way.split("+"), 1.0) for way in values}
    said = policies or {}
    return Study("job", load_scenario("levante"), tuple(values), wide, members, said, given=tables or {})


def sweep(levels, response, today, metric="wait_mean"):
    """Return a sweep over all combinations: factor -> levels; `response` gives a value per replication at a point."""
    points = list(product(*levels.values()))
    ways = ["" if point == today else str(k) for k, point in enumerate(points)]
    design = pd.DataFrame(points, columns=list(levels), index=pd.Index(ways, name="way"))
    design["is_today"] = [way == "" for way in ways]
    found = {way: response(*point) for way, point in zip(ways, points, strict=True)}
    rows = {(way, r): {metric: float(v)} for way, series in found.items() for r, v in enumerate(series)}
    wide = pd.DataFrame.from_dict(rows, orient="index")
    wide.index = pd.MultiIndex.from_tuples(rows, names=["way", "replication"])
    factors = tuple(StudyFactor(name, name, tuple(sorted(values)), True) for name, values in levels.items())
    ordered = tuple(sorted(ways, key=lambda way: way != ""))
    scenario = load_scenario("levante")
    return Study("sweep", scenario, ordered, wide, {w: {} for w in ways}, {}, design=design, factors=factors)


def renamed(study, en=HOSTILE, es=LONG):
    """Return the study with these names for every department."""
    departments = {
        name: department.model_copy(update={"label": {"en": en, "es": es}})
        for name, department in study.scenario.departments.items()
    }
    scenario = study.scenario.model_copy(update={"departments": departments})
    return replace(study, scenario=scenario)


def numbers_of(chart):
    """Return every number of a chart's table."""
    return [c.value for row in chart.rows for c in row if isinstance(c, Num) and c.value is not None]


def ends_of(trace, axis):
    """Return what a trace draws along an axis: values, and the ends of their bars."""
    found = [v for v in trace[axis] if v is not None]
    bars = trace.get(f"error_{axis}")
    if bars:
        for value, above, below in zip(found, bars["array"], bars["arrayminus"], strict=True):
            found = [*found, *([value + above] if above else []), *([value - below] if below else [])]
    return found


def check_in_rows(chart, drawn):
    """Every number that is drawn stands in the table."""
    known = numbers_of(chart)
    scale = max(map(abs, known), default=1.0) or 1.0
    assert drawn
    for value in drawn:
        assert min(abs(value - other) for other in known) <= 1e-9 * scale, value


def texts_in(part):
    """Return every text of a figure's parts."""
    if isinstance(part, Words):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts_in(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts_in(value)


def check_shown(chart):
    """Plotly takes the figure in both languages and themes; texts are whole, units are there, no markup is made."""
    for language, theme in (("en", "dark"), ("es", "light")):
        figure = chart.plotly(language, theme)
        assert isinstance(figure, go.Figure)
        shown = figure.to_json()
        assert "⟦" not in shown.replace("⟦9;1;⟧", "")
        assert "<script" not in shown
        assert "\\u003cscript" not in shown
        assert "@" not in json.dumps([t.get("marker") for t in json.loads(shown)["data"]])
    assert {trace["type"] for trace in chart.traces} <= TRACES
    assert not any("hovertemplate" in trace for trace in chart.traces)
    for said in (chart.title, chart.reading, *texts_in(chart.traces), *texts_in(chart.layout), *texts_in(chart.rows)):
        for text in said:
            assert not TOKEN.search(finished(text, "1.234,5").replace("⟦9;1;⟧", ""))
            assert "{" not in text.replace("{x}", "").replace("%{y}", "")
    for row in chart.rows:
        assert len(row) == len(chart.columns)
    assert len({column.key for column in chart.columns}) == len(chart.columns)
    assert len(chart.frame()) == len(chart.rows)
    assert all(math.isfinite(v) for v in numbers_of(chart))
