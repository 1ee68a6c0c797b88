"""Convergence: how mean and half-width went with the number of replications."""

from __future__ import annotations

from typing import Any

from experiments.analysis.mean_interval import DEFAULT_METHOD, PAIRED_METHOD, Interval, interval
from experiments.analysis.running import Running, running
from experiments.analysis.skewed import Method
from experiments.analysis.targets import reached_by
from experiments.plan.targets import Target
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, token, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import checked_way, numbers
from experiments.show.charts.labels import wrapped
from experiments.show.charts.naming import metric_unit, metric_words, way_words
from experiments.show.charts.settings import few_places
from experiments.show.charts.theme import BAND
from experiments.show.numbers import unit_scale
from sim.errors import UsageError
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

TENTH = 0.1
"""Relative half-width of which the reading says what it would take."""


def convergence(study: Study, way: str = TODAY, metric: str = "wait_mean", *, difference: bool | None = None) -> Chart:
    """Return mean and half-width of the interval against the number of replications.

    Parameters
    ----------
    study : Study
        With at least two replications.
    way : str
        Way of working; today's if not given.
    metric : str
        What is estimated.
    difference : bool, optional
        Whether the difference from today is, paired by replication. If not given: where today was run and is not
        `way` itself, unless the plan asked how sure the metric itself has to be.

    Raises
    ------
    UsageError
        If the way was not run, a difference from today is asked for and cannot be, or there are fewer than two values.
    """
    with_today = checked_way(study, way, "convergence")
    target, confidence = _asked_for(study, metric)
    paired = (with_today and target is None) if difference is None else difference
    if paired and not with_today:
        raise UsageError("convergence: a difference needs today's way of working and another; run both.")
    known = describe(metric, study.scenario.currency)
    values = study.values(metric, way)
    if paired:
        today = study.values(metric)
        values = {r: value - today[r] for r, value in values.items() if r in today}
    method = PAIRED_METHOD if paired else DEFAULT_METHOD
    series = [values[r] for r in sorted(values)]
    if len(series) < 2:
        raise UsageError(
            f"convergence: '{metric[:80]}' has {len(series)} values; at least 2 replications are needed; run more."
        )
    found = running(series, CONFIDENCE if paired else confidence, method)
    factor, _ = unit_scale(known.unit)
    unit = metric_unit(study, metric, points=paired)
    name = words("pareto change", name=metric_words(study, metric)) if paired else metric_words(study, metric)
    asked = None if target is None or paired or found.last.mean is None else target.asked(found.last.mean) * factor
    return Chart(
        "convergence",
        words("convergence title", name=name, way=way_words(study, way)),
        _reading(found, _needed(series, metric, method), asked is not None, CONFIDENCE if paired else confidence),
        _columns(name, unit, asked is not None),
        _rows(found, factor, paired, asked),
        *_figure(found, factor, (name, unit), asked),
        height=520,
    )


def _asked_for(study: Study, metric: str) -> tuple[Target | None, float]:
    """Return how sure the plan asked the metric to be, if it did, and the confidence of this one interval."""
    precision = (study.manifest.get("plan") or {}).get("precision") or {}
    targets = precision.get("targets", {})
    if metric not in targets:
        return None, CONFIDENCE
    each = 1 - (1 - float(precision["confidence"])) / len(targets)
    text = str(targets[metric]).strip()
    size = float(text.removesuffix("%"))
    return (Target(metric, relative=size / 100) if text.endswith("%") else Target(metric, absolute=size)), each


def _needed(series: list[float], metric: str, method: Method) -> int | None:
    """Return how many replications a tenth of the mean would probably take; None where that says nothing."""
    now = interval(series, CONFIDENCE, method)
    if not now.is_clear or not now.mean:
        return None
    # A tenth of this mean, as the reading says it; a plan's relative target asks for a little less, for the true mean.
    return reached_by(series, Target(metric, absolute=TENTH * abs(now.mean)), CONFIDENCE, 2, method).expected


def _reading(found: Running, needed: int | None, asked: bool, confidence: float) -> Words:
    n = found.looks[-1]
    share = token(100 * confidence, few_places(round(100 * confidence, 2)))
    parts = [words("convergence reading", share=share), words("convergence no rule")]
    parts += [words("convergence cut")] if _clipped([one.half_width for one in found.intervals]) else []
    parts += [words("convergence asked")] if asked else []
    if needed is None:
        parts += [words("convergence no tenth")]
    elif needed <= n:
        parts += [words("convergence tenth reached", n=token(n))]
    else:
        parts += [words("convergence tenth", needed=token(_rough(needed)))]
    return joined(parts, " ")


def _rough(number: int) -> int:
    """Return a number with two digits: no more is known of how many replications it takes.

    Examples
    --------
    >>> _rough(1567), _rough(84)
    (1600, 84)
    """
    return int(float(f"{number:.2g}"))


def _columns(name: Words, unit: Words, asked: bool) -> tuple[Column, ...]:
    return (
        Column("n", words("convergence n")),
        Column("mean", name, unit),
        Column("low", words("from"), unit),
        Column("high", words("up to"), unit),
        Column("half_width", words("convergence half"), unit),
        *([Column("asked", words("convergence asked for"), unit)] if asked else []),
    )


def _rows(found: Running, factor: float, paired: bool, asked: float | None) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for n, one in zip(found.looks, found.intervals, strict=True):
        mean, low, high = numbers(one, factor, signed=paired)
        half = Num(_half(one, factor), mean.places)
        rows.append((Num(n), mean, low, high, half, *([] if asked is None else [Num(asked, mean.places)])))
    return tuple(rows)


def _half(one: Interval, factor: float) -> float | None:
    return None if one.half_width is None else one.half_width * factor


def _figure(
    found: Running, factor: float, said: tuple[Words, Words], asked: float | None
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return two panels: the mean with its interval, and below it the half-width."""
    name, unit = said
    n = list(found.looks)
    mean, low, high = (
        [None if v is None else v * factor for v in ends]
        for ends in zip(*((one.mean, one.low, one.high) for one in found.intervals), strict=True)
    )
    line = {"type": "scatter", "x": n, "mode": "lines+markers" if len(n) < 4 else "lines", "hoverinfo": "x+y+name"}
    edge: dict[str, Any] = {"type": "scatter", "x": n, "mode": "lines", "hoverinfo": "skip"}
    edge["line"] = {"color": "@policy", "width": 1}
    traces: list[dict[str, Any]] = [
        {**edge, "y": low, "showlegend": False, "name": words("convergence band")},
        {**edge, "y": high, "fill": "tonexty", "fillcolor": f"@policy:{BAND}", "name": words("convergence band")},
        {**line, "y": mean, "name": words("convergence mean"), "line": {"color": "@policy", "width": 2.5}},
        {
            **line,
            "y": [_half(one, factor) for one in found.intervals],
            "name": words("convergence half"),
            "line": {"color": "@c1", "width": 2.5, "dash": "dash"},
            "yaxis": "y2",
        },
    ]
    if asked is not None:
        goal = {"color": "@ink", "width": 2, "dash": "dot"}
        traces.append({**line, "y": [asked] * len(n), "name": words("convergence asked for"), "line": goal})
        traces[-1] |= {"yaxis": "y2", "mode": "lines"}
    top = _axis(wrapped(name, 22, 2), unit)
    layout: dict[str, Any] = {
        "showlegend": True,
        "xaxis": {
            "title": {"text": words("convergence axis")},
            "range": [n[0] - 0.5, n[-1] + 0.5],
            "anchor": "y2",
            **({"dtick": 1} if n[-1] < 12 else {}),
        },
        "yaxis": {"title": {"text": top}, "domain": [0.46, 1], "zeroline": False},
        "yaxis2": {
            "title": {"text": _axis(wrapped(words("convergence half"), 20, 2), unit)},
            "domain": [0, 0.38],
            "rangemode": "tozero",
        },
    }
    widest = _clipped([_half(one, factor) for one in found.intervals])
    if widest is not None:
        centre = mean[-1] or 0.0
        layout["yaxis"]["range"] = [centre - widest, centre + widest]
        layout["yaxis2"]["range"] = [0, widest]
    return traces, layout


def _axis(name: Words, unit: Words) -> Words:
    return words("convergence panel", name=name, unit=unit) if unit.en else name


def _clipped(halves: list[float | None]) -> float | None:
    """Return where to cut the first, very wide intervals off; None if they are not much wider than the later ones."""
    known = [half for half in halves if half]
    later = known[min(4, len(known) // 2) :]
    if not later or max(known) <= 2 * max(later):
        return None
    return 1.15 * max(later)
