"""A page that shows every chart of `experiments.show.charts`: from real results, and sweeps made up."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import experiments.show.charts as package
from experiments.analysis.sensitivity import conclusion
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import same, words
from experiments.show.charts.by_week import WEEKLY, by_week
from experiments.show.charts.chart import Chart
from experiments.show.charts.convergence import convergence
from experiments.show.charts.departments import QUEUES, departments
from experiments.show.charts.forest import forest
from experiments.show.charts.origins import origins
from experiments.show.charts.origins_by_department import origins_by_department
from experiments.show.charts.pareto import pareto
from experiments.show.charts.people import PEOPLE, people, resignations
from experiments.show.charts.rests_on import rests_on
from experiments.show.charts.tornado import tornado
from experiments.show.charts.two_factors import interaction, surface
from experiments.show.charts.waits import waits
from experiments.show.charts.warm_up import warm_up
from experiments.show.charts.who_waits import WHAT, who_waits, who_waits_change
from experiments.show.page.page import write_page
from sim.policies import the_sixteen
from tests.charts.made_up import HOSTILE, LONG, sweep
from tests.report.studies import better, made
from tests.report.sweeps import a_sweep

TEMPLATE = Path(__file__).with_name("gallery.html.j2")
ELSEWHERE = {"kept_tornado", "kept_rests_on", "tornado_of"}
"""They read files or are given numbers, and draw as others do."""
TENTHS = tuple(k / 9 for k in range(10))
Call = tuple[Callable[..., Chart], tuple[Any, ...]]


def drawers() -> set[str]:
    """Return the names of all functions that draw charts."""
    found = set()
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        for name, one in inspect.getmembers(module, inspect.isfunction):
            own = one.__module__ == module.__name__ and not name.startswith("_")
            if own and inspect.signature(one).return_annotation == "Chart":
                found.add(name)
    return found - ELSEWHERE


def of_results(study: Study, way: str) -> Iterator[Call]:
    """Yield what is drawn of results: today and another way of working."""
    yield forest, (study,)
    for draw in (waits, origins, origins_by_department, convergence, departments):
        yield draw, (study, way)
        yield draw, (study,)
    for metric in WEEKLY:
        yield by_week, (study, way, metric)
    yield by_week, (study,)
    for what in WHAT:
        yield who_waits, (study, way, what)
    yield who_waits_change, (study, way)
    yield people, (study,)
    for what in PEOPLE:
        yield people, (study, way, what)
    yield resignations, (study, way)
    yield departments, (study, way, QUEUES[1])
    for metric in ("wait_mean", "customers", "waiting", "morale"):
        yield warm_up, (study, metric)
    yield pareto, (study, "policy_cost", "wait_mean")


def of_sweeps() -> Iterator[Call]:
    """Yield what is drawn of sweeps and of many ways of working."""
    two, many = a_sweep(), a_thousand()
    names = the_sixteen()
    sixteen = made({name: better(wait_mean=-k, profit=9000.0 * (-1) ** k * k) for k, name in enumerate(names)})
    yield forest, (sixteen,)
    yield pareto, (sixteen, "profit", "churn_per_year")
    yield pareto, (many, "policy_cost", "churn_per_year")
    for metric in ("wait_mean", "profit"):
        yield tornado, (two, metric)
    for study, metric in ((two, "wait_mean"), (two, "profit"), (many, "churn_per_year")):
        yield interaction, (study, "checklist", "parity", metric)
        yield surface, (study, "checklist", "parity", metric)
    yield rests_on, (drivers(), "wait_mean", same(LONG))


def a_thousand() -> Study:
    """Return a made-up sweep of three factors with ten levels each."""
    levels = dict.fromkeys(("checklist", "parity", "departments.sales.staff"), TENTHS)
    random = np.random.default_rng(6)
    luck = random.normal(size=4)
    study = sweep(
        levels, lambda a, b, c: 0.2 - 0.05 * a - 0.03 * b * c + 0.01 * luck, (0.0, 0.0, 0.0), "churn_per_year"
    )
    shares = study.design[list(levels)].sum(axis=1)[study.wide.index.get_level_values(0)].to_numpy()
    own = 1000 * random.normal(size=len(study.wide)) * (shares > 0)
    return replace(study, wide=study.wide.assign(policy_cost=20_000 * shares + own))


def drivers() -> Any:
    """Return what an effect rests on: nothing, much, a little."""
    random = np.random.default_rng(8)
    places = random.random((200, 3))
    effect = -3 + places @ np.array([0.0, 5.0, 1.0])
    return conclusion(["none", HOSTILE, LONG], places, effect[:, None] + 0.3 * random.normal(size=(200, 4))).drivers


def of_clear_changes(study: Study, way: str) -> Iterator[Call]:
    """Yield what looks different where changes are clear: the way's numbers are far from today's, luck is little."""
    means = study.wide.loc[TODAY].mean()
    change = np.where(np.arange(len(means)) % 2, 1.4, 0.6)
    luck = 1 + 0.001 * study.wide.index.get_level_values(1).to_numpy()
    changed = study.wide.index.get_level_values(0).to_numpy() == way
    wide = study.wide * 0 + np.outer(luck, means) * np.where(changed[:, None], change, 1.0)
    clear = replace(study, wide=wide)
    yield forest, (clear,)
    yield pareto, (clear, "policy_cost", "wait_mean")
    yield origins, (clear, way)
    for what in WHAT:
        yield who_waits_change, (clear, way, what)


def called(calls: Iterator[Call]) -> dict[str, Chart]:
    """Return the charts by a name that says how each was drawn."""
    found = {}
    for draw, values in calls:
        said = [each for each in values if isinstance(each, str)]
        found[f"{len(found)} {draw.__name__} {' '.join(said)}"] = draw(*values)
    return found


def gallery(charts: dict[str, Chart]) -> str:
    """Return a page of charts."""
    return write_page(TEMPLATE, title=words("report title", company=same("a")), charts=charts, names=list(charts))
