"""The charts of a report: each that its results have what it needs for, the others are left out."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from experiments.analysis.decision import SHOWN, Decision
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, words
from experiments.show.charts.chart import Chart
from experiments.show.charts.naming import factor_words, metric_words, way_words
from experiments.show.page.page import Choice
from sim.errors import UsageError

MOST_WAYS = (6, 3, 1)
"""Ways of working whose own charts a report holds, besides today's; the next if it is too large for an e-mail."""
HELD = ("wait_mean", "promise_kept_share", "profit")
"""What is worth showing with the number of customers held fixed."""
WEEKLY_WAYS = 3
"""Of them, those with charts by week and by pair, which are large, besides today's."""
WEEKLY = ("wait_mean", "customers")
PAIRS = ("waiting_hours", "internal_satisfaction", "completeness")
PEOPLE = ("morale", "standard")
Made = Chart | Choice


@dataclass
class Charts:
    """Charts by name, and what readers choose among them.

    Attributes
    ----------
    charts : dict
        For `write_page`.
    choices : dict
        What readers choose -> option -> its words.
    """

    charts: dict[str, Made] = field(default_factory=dict)
    choices: dict[str, dict[str, Words]] = field(default_factory=dict)

    def add(self, name: str, made: Made | None, by: str = "", options: Mapping[str, Words] | None = None) -> None:
        """Add a chart if there is one, with what is chosen in it."""
        if made is None:
            return
        self.charts[name] = made
        if by and options is not None and isinstance(made, Choice):
            there = {*self.choices.get(by, {}), *_options(made, by)}
            self.choices[by] = {key: said for key, said in options.items() if key in there}


def _options(made: Made, by: str) -> set[str]:
    if not isinstance(made, Choice):
        return set()
    inside = {key for each in made.of.values() for key in _options(each, by)}
    return {*made.of, *inside} if made.by == by else inside


def drawn(make: Callable[[], Chart]) -> Chart | None:
    """Return a chart; None if the results lack what it needs."""
    try:
        return make()
    except UsageError:
        return None


def chosen(by: str, of: Mapping[str, Made | None]) -> Choice | None:
    """Return a choice among the charts that there are; None without any."""
    there = {key: made for key, made in of.items() if made is not None}
    return Choice(by, there) if there else None


def charts_of(
    study: Study, found: Decision, shown: Sequence[str], held: Decision | None, most_ways: int = MOST_WAYS[0]
) -> Charts:
    """Return the charts of a report.

    Parameters
    ----------
    found : Decision
        What is said of all ways of working.
    shown : sequence of str
        Ways of working of the table, which are those of the charts.
    held : Decision, optional
        The same with the number of customers held fixed.
    most_ways : int
        Ways of working that have charts of their own, besides today's.
    """
    made = Charts()
    metrics = {name: metric_words(study, name) for name in SHOWN if study.has(name)}
    if found.effects:
        made.add("forest", _forests(study, found, shown, metrics), "metric", metrics)
    if held is not None and held.effects and study.held is not None:
        kept = {name: said for name, said in metrics.items() if name in HELD}
        made.add("forest_held", _forests(study.held, held, shown, kept, "held_metric"), "held_metric", kept)
    made.add("pareto", _called("pareto", "pareto", study, "policy_cost", "churn_per_year", list(shown)))
    if "pareto" not in made.charts:
        made.add("pareto", _called("pareto", "pareto", study, "policy_cost", "wait_mean", list(shown)))
    _of_ways(made, study, order_of_ways(study, found, shown)[: most_ways + 1])
    _for_analysts(made, study, found, metrics)
    return made


def _forests(
    study: Study, found: Decision, shown: Sequence[str], metrics: Iterable[str], by: str = "metric"
) -> Choice | None:
    from experiments.show.charts.forest import forest

    # What is left out of the chart counts all the same: the intervals are those of the table.
    responses = math.ceil(found.responses * len(found.effects) / max(1, len(shown)))
    there = [metric for metric in metrics if metric in found.metrics]
    return chosen(by, {m: drawn(lambda m=m: forest(study, m, list(shown), responses=responses)) for m in there})  # type: ignore[misc]


def _called(module: str, function: str, *values: object) -> Chart | None:
    """Return what a chart's function makes, if the results have what it needs."""
    try:
        made: Callable[..., Chart] = getattr(importlib.import_module(f"experiments.show.charts.{module}"), function)
    except ModuleNotFoundError:
        return None
    return drawn(lambda: made(*values))


def _of_ways(made: Charts, study: Study, ways: Sequence[str]) -> None:
    """Add the charts of each way of working: where the wait comes from, its distribution, weeks, pairs, people."""
    names = {option(way): way_words(study, way) for way in ways}
    for name, module in (("origins", "origins"), ("places", "origins_by_department"), ("waits", "waits")):
        function = "origins_by_department" if name == "places" else name
        each = {option(way): _called(module, function, study, way) for way in ways}
        made.add(name, chosen("way", each), "way", names)
    made.add("weeks", _twice(study, ways[: WEEKLY_WAYS + 1], "by_week", "by_week", "week", WEEKLY), "way", names)
    made.add("pairs", _twice(study, ways[: WEEKLY_WAYS + 1], "who_waits", "who_waits", "pair", PAIRS), "way", names)
    made.add("people", _twice(study, ways[: WEEKLY_WAYS + 1], "people", "people", "person", PEOPLE), "way", names)
    for name, function in (("resignations", "resignations"), ("departments", "departments")):
        module = "people" if name == "resignations" else name
        each = {option(way): _called(module, function, study, way) for way in ways}
        made.add(name, chosen("way", each), "way", names)
    for by, kinds, text in (("week", WEEKLY, "week"), ("pair", PAIRS, "pair"), ("person", PEOPLE, "person")):
        name = {"week": "weeks", "pair": "pairs", "person": "people"}[by]
        if name in made.charts:
            there = _options(made.charts[name], by)
            made.choices[by] = {key: words(f"report {text} {key}") for key in kinds if key in there}


def _twice(
    study: Study, ways: Sequence[str], module: str, function: str, by: str, kinds: Sequence[str]
) -> Choice | None:
    each = {
        option(way): chosen(by, {kind: _called(module, function, study, way, kind) for kind in kinds}) for way in ways
    }
    return chosen("way", each)


def order_of_ways(study: Study, found: Decision, shown: Sequence[str]) -> list[str]:
    """Return the ways of working whose charts are shown: the recommended one first, today's second."""
    first = [found.chosen] if found.chosen is not None else []
    today = [TODAY] if study.has_today else []
    others = shown or study.others
    if not first and others:
        first = [others[0]]
    best = [found.best_in(metric) for metric in SHOWN if metric in found.metrics]
    useful = [*first, *today, *found.alike, *(way for way in best if way is not None), *found.eligible, *others]
    return list(dict.fromkeys(useful))


def option(way: str) -> str:
    """Return the key of a way of working among options: today's has no empty one."""
    return way or "today"


def _for_analysts(made: Charts, study: Study, found: Decision, metrics: Mapping[str, Words]) -> None:
    """Add what analysts look at: convergence, warm-up, factors."""
    way = found.chosen if found.chosen is not None else study.ways[0]
    for name in ("convergence", "warm_up"):
        each: dict[str, Chart | None] = {}
        for metric in metrics:
            values = (study, way, metric) if name == "convergence" else (study, metric)
            each[metric] = _called(name, name, *values)
        made.add(name, chosen("analysed", each), "analysed", metrics)
    if not study.factors:
        return
    each = {metric: _called("tornado", "tornado", study, metric) for metric in metrics}
    made.add("tornado", chosen("analysed", each), "analysed", metrics)
    if len(study.factors) > 1:
        pair = [factor.name for factor in study.factors[:2]]
        for name in ("interaction", "surface"):
            each = {metric: _called("two_factors", name, study, *pair, metric) for metric in metrics}
            made.add(name, chosen("analysed", each), "analysed", metrics)


def factor_names(study: Study) -> list[Words]:
    """Return the factors of the charts of two factors."""
    return [factor_words(study, factor) for factor in study.factors[:2]]
