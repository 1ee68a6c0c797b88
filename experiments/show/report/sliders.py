"""Sliders over a complete grid of settings: what the page needs to answer at once, measured beforehand.

Between the nodes that were run the page interpolates linearly; it marks such numbers and gives them no interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.added_pay import pay_of_posts
from experiments.analysis.grid import Changes, changes, nodes
from experiments.analysis.mean_interval import interval, possible
from experiments.run.study import TODAY, Study, StudyFactor
from experiments.show.bilingual import Words, same, token, words
from experiments.show.charts.chart import Chart, Column, Num
from experiments.show.charts.naming import factor_words, metric_unit, metric_words
from experiments.show.numbers import decimals, unit_scale
from sim.measures.columns import describe
from sim.rules.attribution import CAUSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHOWN = ("wait_mean", "promise_kept_share", "churn_per_year", "profit")
MOST_METRICS = 6
MOST_NODES = 4_000
"""More would make the file too large for an e-mail."""
MOST_FACTORS = 6
CLOUD = ("policy_cost", "churn_per_year")
"""What the cloud shows: cost of the policies against customers lost."""


@dataclass(frozen=True)
class Sliders:
    """Sliders of a study.

    Attributes
    ----------
    data : dict
        For `sliders.js`: factors, metrics, parts of the wait, cloud; in the units that people see.
    charts : dict of str to Chart
        "parts" and, if policies cost anything, "cloud": the page moves marks within them.
    size : Words
        How many mixtures were simulated, and what the numbers mean.
    """

    data: dict[str, Any]
    charts: dict[str, Chart]
    size: Words


def sliders(study: Study) -> Sliders | None:
    """Return what the page needs for sliders; None if the study is no complete grid around today's way of working."""
    if study.design is None or not study.has_today or not 1 <= len(study.factors) <= MOST_FACTORS:
        return None
    design = study.design.loc[[way for way in study.design.index if way in study.ways]]
    found = nodes([design[factor.name].tolist() for factor in study.factors])
    if found is None or not 1 < len(found[1]) <= MOST_NODES or any(len(axis) < 2 for axis in found[0]):
        return None
    ways = [str(design.index[place]) for place in found[1]]
    metrics = list(dict.fromkeys([*study.manifest["plan"]["responses"], *SHOWN]))
    metrics = [name for name in metrics if study.has(name)][:MOST_METRICS]
    grid = _Grid(study, ways)
    factors = [
        _factor(study, f, axis, design.loc[TODAY, f.name]) for f, axis in zip(study.factors, found[0], strict=True)
    ]
    data: dict[str, Any] = {
        "factors": factors,
        "metrics": [grid.metric(name) for name in metrics],
        "today": grid.today,
        "words": {key: words(f"sliders {key}") for key in ("simulated", "interpolated", "as today")},
    }
    charts = {}
    parts = grid.parts()
    if parts:
        data["parts"] = parts
        charts["parts"] = _parts_chart(parts)
    if all(study.has(name) for name in CLOUD) and np.ptp(grid.cost()) > 0:
        data["cloud"] = grid.cloud()
        charts["cloud"] = _cloud_chart(study, data["cloud"], factors, posts=bool(np.ptp(grid.pay()) > 0))
    size = words("sliders intro", nodes=token(len(ways)), replications=token(study.replications))
    return Sliders(data, charts, size)


def _factor(study: Study, factor: StudyFactor, axis: tuple[float | str, ...], today: object) -> dict[str, Any]:
    """Return a slider: its places are levels, and between two numbers anything."""
    numeric = all(isinstance(value, int | float) for value in axis)
    whole = numeric and factor.policy is None and all(float(value).is_integer() for value in axis)
    scale = 100.0 if factor.policy is not None else 1.0
    values = [scale * float(value) for value in axis] if numeric else None
    place = decimals_of([] if values is None else values)
    return {
        "name": factor_words(study, factor),
        "unit": "%" if factor.policy is not None else "",
        "values": values,
        "places": place,
        "texts": None if numeric else [same(str(value)) for value in axis],
        "last": len(axis) - 1,
        "between": numeric and not whole,
        "today": next(place for place, value in enumerate(axis) if value == today),
    }


def decimals_of(values: list[float]) -> int:
    """Return how many decimals write all of some values exactly, at most 3.

    Examples
    --------
    >>> decimals_of([0.0, 25.0]), decimals_of([0.0, 0.25]), decimals_of([100 / 9])
    (0, 2, 1)
    """
    for places in range(3):
        if all(abs(value - round(value, places)) < 1e-9 for value in values):
            return places
    return 1


class _Grid:
    """A study's runs as arrays over the nodes of its grid."""

    def __init__(self, study: Study, ways: list[str]) -> None:
        self.study, self.ways = study, ways
        self.today = ways.index(TODAY)

    def values(self, metric: str) -> NDArray[np.float64]:
        """Return a metric as an array of nodes x replications."""
        table = self.study.wide[metric].unstack(level=1)
        return np.asarray(table.loc[self.ways].to_numpy(), dtype=np.float64)

    def changes(self, metric: str) -> Changes:
        """Return what each node changes from today."""
        values = self.values(metric)
        return changes(values, values[self.today])

    def metric(self, name: str) -> dict[str, Any]:
        """Return today's value with its interval and the changes of all nodes."""
        known = describe(name, self.study.scenario.currency)
        factor, _ = unit_scale(known.unit)
        found, today = self.changes(name), possible(interval(self.values(name)[self.today]), known.unit)
        halves = factor * found.half_width[np.isfinite(found.half_width) & (found.half_width > 0)]
        places = decimals(1.0, float(np.median(halves))) if len(halves) else 1
        return {
            "name": metric_words(self.study, name),
            "unit": metric_unit(self.study, name),
            "unitOfChange": metric_unit(self.study, name, points=True),
            "better": known.better,
            "places": max(places, 0),
            "step": 10.0**-places,
            "today": _short(np.array([today.mean]), factor, places)[0],
            "low": None if today.low is None else _short(np.array([today.low]), factor, places)[0],
            "high": None if today.high is None else _short(np.array([today.high]), factor, places)[0],
            "mean": _short(found.mean, factor, places),
            "half": _short(found.half_width, factor, places),
        }

    def parts(self) -> list[dict[str, Any]]:
        """Return the mean hours of each cause of the wait, in opening hours, and the hours that were closed."""
        study = self.study
        if not (study.has("wait_open_mean") and study.has("wait_mean")):
            return []
        opening = self.values("wait_open_mean")
        named: list[tuple[Words, NDArray[np.float64]]] = [
            (words(f"cause {cause}"), opening * self.values(f"wait_share.{cause}"))
            for cause in CAUSES
            if study.has(f"wait_share.{cause}")
        ]
        named.append((words("sliders closed"), self.values("wait_mean") - opening))
        found = []
        for name, hours in named:
            mean = np.nanmean(hours, axis=1)
            if np.nanmax(mean) >= 0.005:
                found.append({"name": name, "mean": _short(mean, 1.0, 2), "today": round(float(mean[self.today]), 2)})
        return found

    def cloud(self) -> dict[str, Any]:
        """Return every node's change of cost and of churn."""
        factor, _ = unit_scale(describe(CLOUD[1], self.study.scenario.currency).unit)
        y = self.changes(CLOUD[1]).mean
        return {"x": _short(self.cost(), 1.0, -1), "y": _short(y, factor, 2), "today": self.today}

    def cost(self) -> NDArray[np.float64]:
        """Return what each node costs more than today, with the pay of added posts, as the chart of cost counts it."""
        pay = self.pay()
        more: NDArray[np.float64] = self.changes(CLOUD[0]).mean + pay - pay[self.today]
        return more

    def pay(self) -> NDArray[np.float64]:
        """Return the pay of the posts that each node adds."""
        found = pay_of_posts(self.study, self.ways)
        return np.array([found[way] for way in self.ways])


def _short(values: NDArray[np.float64], factor: float, places: int) -> list[float | None]:
    """Return numbers for people, one digit longer than they are printed: the page interpolates them."""
    rounded = np.round(values * factor, places + 1) + 0.0
    return [float(value) if np.isfinite(value) else None for value in rounded]


def _parts_chart(parts: list[dict[str, Any]]) -> Chart:
    """Return today's parts of the wait with those of the mix below; the page moves the second."""
    hours = same("h")
    today, mix = words("today"), words("sliders mix")
    columns = (Column("cause", words("sliders cause")), Column("today", today, hours), Column("mix", mix, hours))
    rows = tuple((part["name"], Num(part["today"], 2), Num(part["today"], 2)) for part in parts)
    place = list(range(len(parts)))
    bar = {"type": "bar", "orientation": "h", "y": place, "hoverinfo": "x+name", "width": 0.36}
    traces = [
        {
            **bar,
            "name": today,
            "x": [part["today"] for part in parts],
            "offset": -0.38,
            "marker": {"color": "@today:0.25", "line": {"color": "@today", "width": 1.5}},
        },
        {**bar, "name": mix, "x": [part["today"] for part in parts], "offset": 0.02, "marker": {"color": "@policy"}},
    ]
    # The length of the axis must not change while somebody slides: bars would seem to stand still.
    longest = max(max(value or 0.0 for value in part["mean"]) for part in parts)
    layout = {
        "showlegend": True,
        "xaxis": {"title": {"text": hours}, "range": [0, 1.05 * longest]},
        "yaxis": {
            "tickvals": place,
            "ticktext": [part["name"] for part in parts],
            "range": [len(parts) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
        },
    }
    return Chart(
        "parts", words("sliders parts title"), words("sliders parts reading"), columns, rows, traces, layout,
        height=100 + 44 * len(parts),
    )  # fmt: skip


def _cloud_chart(study: Study, cloud: dict[str, Any], factors: list[dict[str, Any]], *, posts: bool) -> Chart:
    """Return all nodes' cost against churn; the page moves the mark of the mix."""
    units = [metric_unit(study, name, points=True) for name in CLOUD]
    names = [metric_words(study, name) for name in CLOUD]
    if posts:
        names[0] = words("pareto cost and posts", cost=names[0])
    settings = [Column(str(place), each["name"], same(each["unit"])) for place, each in enumerate(factors)]
    columns = (*settings, *(Column(key, name, unit) for key, name, unit in zip(CLOUD, names, units, strict=True)))
    levels = [each["texts"] or [Num(value, each["places"]) for value in each["values"]] for each in factors]
    rows = tuple(
        (*node, Num(x), Num(y, 2)) for node, x, y in zip(product(*levels), cloud["x"], cloud["y"], strict=True)
    )
    start = {"x": [cloud["x"][cloud["today"]]], "y": [cloud["y"][cloud["today"]]]}
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": words("sliders nodes"),
            "x": cloud["x"],
            "y": cloud["y"],
            "marker": {"color": "@neutral", "size": 4},
            "hoverinfo": "x+y",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": words("sliders mix"),
            **start,
            "marker": {"color": "@policy", "size": 15, "symbol": "diamond", "line": {"width": 2, "color": "@ink"}},
            "hoverinfo": "x+y+name",
        },
    ]
    axes = [
        {"title": {"text": words("sliders axis", name=name, unit=unit)}}
        for name, unit in zip(names, units, strict=True)
    ]
    return Chart(
        "cloud", words("sliders cloud title"), words("sliders cloud reading"), columns, rows, traces,
        {"showlegend": True, "xaxis": axes[0], "yaxis": axes[1]}, height=360,
    )  # fmt: skip
