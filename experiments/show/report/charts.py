"""The charts of a report: each that its results have what it needs for, the others are left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.analysis.decision import SHOWN, Decision
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, words
from experiments.show.charts.by_week import by_week
from experiments.show.charts.chart import Chart
from experiments.show.charts.convergence import convergence
from experiments.show.charts.departments import departments
from experiments.show.charts.forest import forest
from experiments.show.charts.naming import metric_words, way_words
from experiments.show.charts.origins import origins
from experiments.show.charts.origins_by_department import origins_by_department
from experiments.show.charts.pareto import pareto
from experiments.show.charts.people import people, resignations
from experiments.show.charts.tornado import tornado
from experiments.show.charts.two_factors import interaction, surface
from experiments.show.charts.waits import waits
from experiments.show.charts.warm_up import warm_up
from experiments.show.charts.who_waits import who_waits
from experiments.show.page.page import Choice
from sim.errors import UsageError

MOST_WAYS = (6, 3, 1)
"""Ways of working whose own charts a report holds, besides today's; the next if it is too large for an e-mail."""
HELD = ("wait_mean", "promise_kept_share", "profit")
"""What is worth showing with the number of customers held fixed."""
LARGE_WAYS = 3
"""Of them, those with the charts that are large."""
OF_A_WAY: dict[str, Callable[[Study, str], Chart]] = {
    "origins": origins,
    "places": origins_by_department,
    "waits": waits,
    "departments": departments,
    "resignations": resignations,
}
"""Charts of a way of working."""
OF_A_WAY_AND_KIND: dict[str, tuple[Callable[[Study, str, str], Chart], str, tuple[str, ...]]] = {
    "weeks": (by_week, "week", ("wait_mean", "customers")),
    "pairs": (who_waits, "pair", ("waiting_hours", "internal_satisfaction", "completeness")),
    "people": (people, "person", ("morale", "standard")),
}
"""Charts of a way of working of which readers choose what is shown: maker, key of the choice, what."""
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


def drawn(make: Callable[..., Chart], *values: Any, **more: Any) -> Chart | None:
    """Return what a chart's function makes; None if the results lack what it needs."""
    try:
        return make(*values, **more)
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
    for outcome in ("churn_per_year", "wait_mean"):
        if "pareto" not in made.charts:
            # All that were compared: of what was picked from them nobody could say that nothing betters it.
            made.add("pareto", drawn(pareto, study, "policy_cost", outcome, list(found.effects)))
    _of_ways(made, study, order_of_ways(study, found, shown)[: most_ways + 1])
    _for_analysts(made, study, found, metrics)
    return made


def _forests(
    study: Study, found: Decision, shown: Sequence[str], metrics: Iterable[str], by: str = "metric"
) -> Choice | None:
    # What is left out of the chart counts all the same: the intervals are those of the table.
    responses = math.ceil(found.responses * len(found.effects) / max(1, len(shown)))
    there = [metric for metric in metrics if metric in found.metrics]
    return chosen(by, {m: drawn(forest, study, m, list(shown), responses=responses) for m in there})


def _of_ways(made: Charts, study: Study, ways: Sequence[str]) -> None:
    """Add the charts of each way of working: where the wait comes from, its distribution, weeks, pairs, people."""
    names = {option(way): way_words(study, way) for way in ways}
    for name, make in OF_A_WAY.items():
        made.add(name, chosen("way", {option(way): drawn(make, study, way) for way in ways}), "way", names)
    for name, (maker, by, kinds) in OF_A_WAY_AND_KIND.items():
        few = ways[: LARGE_WAYS + 1]
        each = {option(w): chosen(by, {kind: drawn(maker, study, w, kind) for kind in kinds}) for w in few}
        options = {kind: words(f"report {by} {kind}") for kind in kinds}
        made.add(name, chosen("way", each), "way", names)
        if name in made.charts:
            made.choices[by] = {kind: said for kind, said in options.items() if kind in _options(made.charts[name], by)}


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
    """Add what analysts look at: convergence, warm-up, factors; all of the same figure."""
    way = found.chosen if found.chosen is not None else study.ways[0]
    makers: dict[str, Callable[[str], Chart | None]] = {
        "convergence": lambda metric: drawn(convergence, study, way, metric),
        "warm_up": lambda metric: drawn(warm_up, study, metric),
    }
    if study.factors:
        makers["tornado"] = lambda metric: drawn(tornado, study, metric)
    if len(study.factors) > 1:
        one, other = (factor.name for factor in study.factors[:2])
        makers["interaction"] = lambda metric: drawn(interaction, study, one, other, metric)
        makers["surface"] = lambda metric: drawn(surface, study, one, other, metric)
    for name, make in makers.items():
        made.add(name, chosen("analysed", {metric: make(metric) for metric in metrics}), "analysed", metrics)
