"""Tornado: how far a result moves when one factor after the other goes to its low and to its high end."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.mean_interval import Interval
from experiments.analysis.sensitivity.tornado import Bar, Tornado
from experiments.analysis.sensitivity.tornado import tornado as analysed
from experiments.run.study import TODAY, Study, StudyFactor
from experiments.show.bilingual import Words, joined, same, token, unit_words, words
from experiments.show.charts.chart import Cell, Chart, Column
from experiments.show.charts.estimates import numbers
from experiments.show.charts.labels import wrapped
from experiments.show.charts.naming import factor_words
from experiments.show.charts.settings import factor_unit, setting_words
from experiments.show.numbers import unit_scale
from experiments.show.words import WORDS
from sim.errors import UsageError
from sim.measures.columns import describe

if TYPE_CHECKING:
    import pandas as pd

MOST = 20
"""Factors that are drawn; the table has all."""
ROW = 54
"""Height of a factor [pixels]."""
_SIDES = (("low", "@c1", "/", -0.2), ("high", "@c0", "", 0.2))
"""End, colour, pattern, place beside the middle of the row."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a factor is called and what its ends are.

    Attributes
    ----------
    name : Words
        For people.
    low, high, today : Words or None
        Its settings; None where unknown.
    """

    name: Words
    low: Words | None = None
    high: Words | None = None
    today: Words | None = None


def tornado(study: Study, metric: str = "wait_mean") -> Chart:
    """Return how far a metric moves with one factor at a time, from a sweep that has such points.

    Parameters
    ----------
    study : Study
        A sweep with today's way of working, and points in which one factor alone is at an end: "one at a time" is such
        a design, and a full factorial has them, too.
    metric : str
        What moves.

    Raises
    ------
    UsageError
        If nothing was varied, today's way was not run, no factor was varied alone, or the metric has no value.
    """
    if study.design is None or not study.factors:
        raise UsageError("tornado: nothing was varied in these results; take those of relevo sweep or sensitivity.")
    if not study.has_today:
        raise UsageError("tornado: needs today's way of working; write 'today: yes' in the plan.")
    if not study.has(metric):
        raise UsageError(f"tornado: '{metric[:80]}' has no value in these results; take another, such as wait_mean.")
    replications = sorted(study.values(metric))
    ends: dict[str, tuple[list[float] | None, list[float] | None]] = {}
    settings: dict[str, Settings] = {}
    for factor in study.factors:
        pair = _ends(study, study.design, factor)
        if pair != (None, None):
            low, high = (None if way is None else _row(study, metric, way, replications) for way in pair)
            ends[factor.name] = (low, high)
            settings[factor.name] = _settings(study, factor, pair)
    if not ends:
        raise UsageError("tornado: no factor was varied alone in these results; write 'design: one at a time'.")
    found = analysed(_row(study, metric, TODAY, replications), ends)
    return tornado_of(found, metric, settings, study.scenario.currency)


def tornado_of(
    found: Tornado, metric: str, settings: Mapping[str, Settings] | None = None, currency: str = "EUR"
) -> Chart:
    """Return the chart of a tornado that was computed elsewhere.

    Parameters
    ----------
    found : Tornado
        See `experiments.analysis.sensitivity.tornado`.
    metric : str
        What moves; in its own unit.
    settings : mapping, optional
        Factor -> what to call it and its ends.
    currency : str
        Of amounts of money.

    Raises
    ------
    UsageError
        If there is no such metric.
    """
    known = describe(metric, currency)
    factor, _ = unit_scale(known.unit)
    unit = unit_words(known.unit, points=True)
    name = metric_named(metric, currency)
    named = [(bar, (settings or {}).get(bar.factor) or Settings(same(bar.factor))) for bar in found.bars]
    parts = [words("tornado reading"), words("tornado together" if found.simultaneous else "tornado each")]
    parts += [words("tornado most", most=token(MOST), all=token(len(named)))] if len(named) > MOST else []
    return Chart(
        "tornado",
        words("tornado title", name=name),
        joined(parts, " "),
        _columns(unit),
        tuple(_cells(bar, own, factor) for bar, own in named),
        *_figure(named[:MOST], factor, words("tornado axis", name=name, unit=unit)),
        height=110 + ROW * min(len(named), MOST),
    )


def metric_named(metric: str, currency: str) -> Words:
    """Return the short name of a metric where it has one, else its meaning."""
    known = describe(metric, currency)
    return words(f"short {metric}") if f"short {metric}" in WORDS else Words(known.en, known.es)


def _ends(study: Study, design: pd.DataFrame, factor: StudyFactor) -> tuple[str | None, str | None]:
    """Return the ways of working with a factor alone at its low and at its high end; None for an end as today."""
    own = design[factor.name]
    alone = np.ones(len(design), dtype=bool)
    for other in study.factors:
        if other.name != factor.name:
            values, today = design[other.name], design.loc[TODAY, other.name]
            alone &= (values.isna() if _is_missing(today) else values == today).to_numpy(dtype=bool)
    ways = {v: str(way) for way, v, good in zip(design.index, own, alone, strict=True) if good and way in study.ways}
    today = own.loc[TODAY]
    settings = sorted((v for v in ways if not _is_missing(v)), key=lambda v: (isinstance(v, str), v))
    others = [v for v in settings if v != today]
    if not others:
        return None, None
    low, high = settings[0], settings[-1]
    return None if low in (today, high) else ways[low], None if high == today else ways[high]


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _row(study: Study, metric: str, way: str, replications: list[int]) -> list[float]:
    values = study.values(metric, way)
    return [values.get(r, float("nan")) for r in replications]


def _settings(study: Study, factor: StudyFactor, pair: tuple[str | None, str | None]) -> Settings:
    assert study.design is not None
    unit = factor_unit(study, factor)
    values: list[Any] = [study.design.loc[way or TODAY, factor.name] for way in (TODAY, *pair)]
    today, low, high = (None if _is_missing(value) else setting_words(value, unit) for value in values)
    return Settings(factor_words(study, factor), low, high, today)


def _columns(unit: Words) -> tuple[Column, ...]:
    found = [Column("factor", words("tornado factor"))]
    for key in ("low", "high"):
        found += [
            Column(f"{key}_end", words(f"tornado {key} end")),
            Column(f"at_{key}", words(f"tornado at {key}"), unit),
            Column(f"at_{key}_from", words("from"), unit),
            Column(f"at_{key}_to", words("up to"), unit),
        ]
    return (*found, Column("verdict", words("verdict")))


def _cells(bar: Bar, own: Settings, factor: float) -> tuple[Cell, ...]:
    cells: list[Cell] = [own.name]
    for end, setting in ((bar.low, own.low), (bar.high, own.high)):
        cells += [setting, *(numbers(end, factor, signed=True) if end.n else (None, None, None))]
    return (*cells, words("tornado clear" if bar.is_clear else "tornado open"))


def _figure(
    named: list[tuple[Bar, Settings]], factor: float, axis: Words
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return a trace for each end, and layout; the largest swing is on top."""
    traces = []
    for key, colour, pattern, beside in _SIDES:
        ends = [(place, bar.low if key == "low" else bar.high) for place, (bar, _) in enumerate(named)]
        ends = [(place, end) for place, end in ends if end.n and end.mean is not None]
        if ends:
            traces.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": words(f"tornado legend {key}"),
                    "x": [factor * (end.mean or 0.0) for _, end in ends],
                    "y": [place + beside for place, _ in ends],
                    "width": 0.36,
                    "marker": {
                        "color": f"{colour}:0.4",
                        "pattern": {"shape": pattern, "fgcolor": colour, "bgcolor": "@paper", "size": 7},
                        "line": {"width": 1, "color": colour},
                    },
                    "error_x": error_bars([end for _, end in ends], factor, "@ink"),
                    "hoverinfo": "x+name",
                }
            )
    layout: dict[str, Any] = {
        "showlegend": True,
        "barmode": "overlay",
        "xaxis": {"title": {"text": axis}, "zeroline": True, "zerolinewidth": 2},
        "yaxis": {
            "tickvals": list(range(len(named))),
            "ticktext": [_tick(own) for _, own in named],
            "range": [len(named) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
        },
    }
    return traces, layout


def error_bars(found: list[Interval], factor: float, colour: str, thickness: float = 1.5) -> dict[str, Any]:
    """Return the whiskers of intervals; none where there is no interval."""
    above = [0.0 if one.high is None else factor * (one.high - (one.mean or 0.0)) for one in found]
    below = [0.0 if one.low is None else factor * ((one.mean or 0.0) - one.low) for one in found]
    return {"array": above, "arrayminus": below, "color": colour, "thickness": thickness, "width": 4}


def _tick(own: Settings) -> Words:
    name = wrapped(own.name, 24, 2)
    if own.high is None or own.low is None:
        return name
    ends = words("tornado ends", low=own.low, high=own.high)
    return joined([name, wrapped(ends, 24, 1)], "\n")
