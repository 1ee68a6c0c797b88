"""Forest plot: what each way of working changes, with intervals that hold together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from experiments.analysis.comparison import Comparison, Difference, compare
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import numbers
from experiments.show.charts.labels import wrapped
from experiments.show.charts.naming import metric_unit, metric_words, way_words
from experiments.show.numbers import unit_scale
from sim.errors import UsageError
from sim.measures.columns import describe

ROW, LINE, WIDTH = 26, 14, 34
"""Height of a way of working, more if its name has a second line [pixels]; characters of a line."""
"""Height of a way of working [pixels]."""


def against_today(study: Study, metric: str, ways: Sequence[str], responses: int = 1) -> Comparison:
    """Compare ways of working with today's in one metric, with intervals that hold together.

    Parameters
    ----------
    responses : int
        Metrics compared in the same way that share the confidence.

    Raises
    ------
    UsageError
        If today's way of working was not run, or there is nothing to compare it with.
    """
    if not study.has_today or not ways:
        raise UsageError("forest: needs today's way of working and at least one other; run both.")
    replications = sorted({int(r) for r in study.wide.index.get_level_values(1)})
    series = [study.values(metric, way) for way in (TODAY, *ways)]
    table = np.array([[one.get(r, math.nan) for r in replications] for one in series])
    better = describe(metric).better or "lower"
    return compare(table, better=better, responses=responses)


def forest(study: Study, metric: str = "wait_mean", ways: Sequence[str] | None = None, *, responses: int = 1) -> Chart:
    """Return the paired differences of ways of working from today, the best first.

    Parameters
    ----------
    study : Study
        With today's way of working.
    metric : str
        What is compared.
    ways : sequence of str, optional
        Which; all but today's if not given.
    responses : int
        Metrics compared in the same way that share the confidence: intervals of all their charts hold together.

    Raises
    ------
    UsageError
        If there is nothing to compare.
    """
    chosen = list(study.others if ways is None else ways)
    found = against_today(study, metric, chosen, responses)
    known = describe(metric, study.scenario.currency)
    factor, _ = unit_scale(known.unit, points=True)
    sign = -1.0 if known.better == "higher" else 1.0
    rows = [
        (way, each)
        for way, each in zip(chosen, found.differences, strict=True)
        if each.interval.mean is not None and math.isfinite(each.interval.mean)
    ]
    rows.sort(key=lambda row: sign * (row[1].interval.mean or 0.0))
    unit = metric_unit(study, metric, points=True)
    name = metric_words(study, metric)
    columns = (
        Column("way", words("way of working")),
        Column("change", words("change"), unit),
        Column("low", words("from"), unit),
        Column("high", words("up to"), unit),
        Column("verdict", words("verdict")),
        Column("pairs", words("runs compared")),
    )
    table: list[tuple[Cell, ...]] = []
    names = [way_words(study, way) for way, _ in rows]
    for name_of, (_, each) in zip(names, rows, strict=True):
        one = each.interval
        table.append((name_of, *numbers(one, factor, signed=True), words(_VERDICT[each.standing]), Num(one.n)))
    ticks = [wrapped(each, WIDTH, 2) for each in names]
    row = ROW + LINE * any("\n" in text for each in ticks for text in each)
    return Chart(
        "forest",
        words("forest title", name=name),
        words("forest reading"),
        columns,
        tuple(table),
        *_figure(rows, ticks, factor, unit),
        height=116 + row * max(len(rows), 1),
    )


_VERDICT = {"better": "verdict better", "worse": "verdict worse", "indistinguishable": "verdict open"}
_LOOK = {
    "better": ("@better", "circle"),
    "worse": ("@worse", "diamond"),
    "indistinguishable": ("@neutral", "circle-open"),
}


def _figure(
    rows: Sequence[tuple[str, Difference]], names: Sequence[Words], factor: float, unit: Words
) -> tuple[list[dict[str, object]], dict[str, object]]:
    """Return traces, one per verdict, and layout; rows run from the top."""
    traces: list[dict[str, object]] = []
    for standing, (colour, symbol) in _LOOK.items():
        chosen = [(place, each.interval) for place, (_, each) in enumerate(rows) if each.standing == standing]
        if not chosen:
            continue
        x = [factor * (one.mean or 0.0) for _, one in chosen]
        ends = [(one.low, one.high) for _, one in chosen]
        plus = [0.0 if h is None else factor * h - m for m, (_, h) in zip(x, ends, strict=True)]
        minus = [0.0 if low is None else m - factor * low for m, (low, _) in zip(x, ends, strict=True)]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": words(_VERDICT[standing]),
                "x": x,
                "y": [place for place, _ in chosen],
                "marker": {"color": colour, "symbol": symbol, "size": 10, "line": {"width": 2, "color": colour}},
                "error_x": {"array": plus, "arrayminus": minus, "color": colour, "thickness": 2, "width": 4},
                "hoverinfo": "x+name",
            }
        )
    layout: dict[str, object] = {
        "showlegend": True,
        "xaxis": {"title": {"text": unit}, "zeroline": True, "zerolinewidth": 2},
        "yaxis": {
            "tickvals": list(range(len(names))),
            "ticktext": list(names),
            "range": [len(names) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
        },
    }
    return traces, layout
