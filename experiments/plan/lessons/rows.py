"""The scoreboard of a lesson: each figure tied to the company, with what is green in the metric's own unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from experiments.plan.lessons.amounts import amount
from experiments.plan.lessons.lesson import Figure, Lesson, Owner
from experiments.plan.load import responses_of
from experiments.plan.place import Place
from sim.errors import InputError, nearest, shown
from sim.measures.columns import describe
from sim.scenario.company import Scenario
from sim.scenario.fields import Label


@dataclass(frozen=True)
class Row:
    """A figure of somebody.

    Attributes
    ----------
    metric : str
        Full name.
    department : str or None
        Whose, if it is one of a department.
    owner : str
        "department", "customer" or "company".
    label : Label or None
        Name for people; the metric's if None.
    low, high : float
        It is green from `low` to `high`, in the metric's own unit; without a limit, infinite.
    """

    metric: str
    department: str | None
    owner: Owner
    label: Label | None
    low: float = -math.inf
    high: float = math.inf

    @property
    def has_limit(self) -> bool:
        """Whether somebody has said what is green."""
        return math.isfinite(self.low) or math.isfinite(self.high)


def read_rows(lesson: Lesson, company: Scenario, place: Place) -> tuple[Row, ...]:
    """Return the rows of the scoreboard.

    Raises
    ------
    InputError
        If a figure is no metric of this company, or a limit no amount in its unit; says where.
    """
    known = set(responses_of(company))
    rows: list[Row] = []
    for number, figure in enumerate(lesson.figures):
        where = ("figures", number)
        for metric, department in _metrics(figure, company, place, where):
            check_metric(metric, known, place, *where, "metric")
            low, high = _limits(figure, metric, company, place, where)
            rows.append(Row(metric, department, figure.owner, figure.label, low, high))
    for number, row in enumerate(rows):
        if row.metric in [other.metric for other in rows[:number]]:
            raise InputError(f"{place('figures')}: '{row.metric}' stands there twice; name each figure once.")
    return tuple(rows)


def check_metric(name: str, known: set[str], place: Place, *keys: str | int) -> None:
    """Refuse a metric that the company cannot have."""
    if name not in known:
        close = nearest(name, known)
        hint = close if close.endswith("?") else nearest(name, (one for one in known if "." not in one))
        raise InputError(
            f"{place(*keys)}: got {shown(name)}, which is no metric of this company. {hint} "
            "See 'relevo explain --metrics'."
        )


def on_route(company: Scenario) -> list[str]:
    """Return the departments through which customers' orders pass, in the company's order."""
    there = {step.department for route in company.routes.values() for step in route}
    return [name for name in company.departments if name in there]


def _metrics(figure: Figure, company: Scenario, place: Place, where: tuple[str, int]) -> list[tuple[str, str | None]]:
    head, dot, last = figure.metric.rpartition(".")
    if head != "D":
        if figure.departments is not None:
            raise InputError(
                f"{place(*where, 'departments')}: only goes with a metric of departments; "
                f"write 'metric: D.{last}' or remove it."
            )
        return [(figure.metric, head if dot and head in company.departments else None)]
    chosen = on_route(company) if figure.departments is None else list(figure.departments)
    for number, name in enumerate(chosen):
        if name not in company.departments:
            hint = nearest(name, company.departments)
            raise InputError(f"{place(*where, 'departments', number)}: there is no department '{name}'. {hint}")
    return [(f"{name}.{last}", name) for name in chosen]


def _limits(
    figure: Figure, metric: str, company: Scenario, place: Place, where: tuple[str, int]
) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    if figure.green is None:
        return low, high
    key = "at_least" if figure.green.at_least is not None else "at_most"
    written = getattr(figure.green, key)
    try:
        value = amount(written, describe(metric, company.currency).unit)
    except ValueError as error:
        raise InputError(f"{place(*where, 'green', key)}: {error}.") from None
    return (value, high) if key == "at_least" else (low, value)
