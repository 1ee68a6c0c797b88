"""Which charts a lesson shows, made of its results; those that the results do not allow are left out."""

from __future__ import annotations

from collections.abc import Callable

from experiments.plan.lessons.lesson import ShownChart
from experiments.plan.lessons.load import BoundLesson
from experiments.run.study import Study
from experiments.show.charts.by_week import by_week
from experiments.show.charts.chart import Chart
from experiments.show.charts.departments import departments
from experiments.show.charts.forest import forest
from experiments.show.charts.origins import origins
from experiments.show.charts.waits import waits
from experiments.show.charts.who_waits import who_waits, who_waits_change
from experiments.show.page.page import Choice
from sim.errors import UsageError

WAY = "way"
"""What readers choose where several changes are compared."""


def lesson_charts(bound: BoundLesson, study: Study, left_out: Callable[[str, str], None]) -> dict[str, Chart | Choice]:
    """Return a lesson's charts by name, in the order in which they are shown.

    Parameters
    ----------
    left_out : callable
        Told the name of a chart that cannot be made, and why.
    """
    found: dict[str, Chart | Choice] = {}
    for asked in bound.lesson.charts:
        for name, make in _makers(asked, bound, study).items():
            try:
                found[name] = make()
            except UsageError as error:
                left_out(name, str(error))
    return found


def _makers(asked: ShownChart, bound: BoundLesson, study: Study) -> dict[str, Callable[[], Chart | Choice]]:
    """Return what makes the charts that a lesson asks for by one word."""
    metric, ways = asked.metric, bound.compared

    def each(chart: Callable[[Study, str], Chart]) -> Callable[[], Chart | Choice]:
        return lambda: (
            chart(study, ways[0]) if len(ways) == 1 else Choice(WAY, {way: chart(study, way) for way in ways})
        )

    if asked.chart == "difference":
        return {f"difference-{metric}": lambda: forest(study, metric)}
    if asked.chart == "weeks":
        return {f"weeks-{metric}": each(lambda of, way: by_week(of, way, metric))}
    if asked.chart == "waits":
        return {"waits": each(waits)}
    if asked.chart == "origins":
        return {"origins": each(origins)}
    if asked.chart == "departments":
        return {"departments": each(departments)}
    return {"who-waits-today": lambda: who_waits(study), "who-waits-change": each(who_waits_change)}
