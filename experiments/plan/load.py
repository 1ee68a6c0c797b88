"""Load a plan: its company, factors and points, with messages for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from experiments.plan.experiment import Experiment
from experiments.plan.factors import BoundFactor, bind, find_policy
from experiments.plan.place import Place
from experiments.plan.plan import Plan
from experiments.plan.points import lay_out
from experiments.plan.possible import heed
from experiments.plan.targets import Target
from sim.errors import InputError, RelevoError, nearest, shown
from sim.measures.columns import METRICS, describe
from sim.policies import Policy
from sim.rules.attribution import CAUSES
from sim.scenario.changes import Base, Value
from sim.scenario.company import Scenario
from sim.scenario.files import displayed
from sim.scenario.load import model_from_tree, resolve
from sim.scenario.variations import read_with_extends

MOST_TRIED = 60
"""Levels of a factor that are tried, each by itself, when a plan is loaded."""


def load_plan(source: str | Path) -> Experiment:
    """Load a plan and lay out its points.

    Parameters
    ----------
    source : str or Path
        A shipped name such as "shared_standards_x_cross_training", or the path of a .yaml file.

    Raises
    ------
    InputError
        If it is not there, cannot be read, or asks for something impossible; says where and what is allowed.

    Examples
    --------
    >>> experiment = load_plan("shared_standards_x_cross_training")
    >>> [factor.name for factor in experiment.factors], len(experiment.points)
    (['shared_standards', 'cross_training'], 9)
    """
    path = resolve(source, "plans")
    tree = read_with_extends(path, displayed(path), "plans")
    plan = model_from_tree(tree, Plan)

    place = Place(tree)
    base = _base(plan, place)
    always = _always(plan, place)
    factors = bind(plan.factors, base, place)
    for factor in factors:
        if factor.policy is not None and factor.policy.name in [policy.name for policy, _ in always]:
            raise InputError(
                f"{place('policies')}: '{factor.policy.name}' is in force everywhere, and the factor '{factor.name}' "
                "varies it; remove one of them."
            )
        if factor.field.path == "time.warm_up" and plan.warm_up == "mser-5":
            raise InputError(
                f"{place('factors', factor.name)}: varies the warm-up, which 'warm_up: mser-5' finds; "
                "remove one of them."
            )
    factors, points = lay_out(plan, factors, place)
    _try_levels(base, factors, place)
    points, remarks = heed(plan, factors, points, base.scenario, place)
    _check_responses(plan, base.scenario, place)
    return Experiment(
        plan, displayed(path), base, factors, tuple(points), always, _targets(plan, place), tuple(remarks)
    )


def _base(plan: Plan, place: Place) -> Base:
    source: str | Path = plan.scenario
    if plan.scenario.endswith((".yaml", ".yml")):
        source = place.beside(plan.scenario, "scenario")
    try:
        base = Base(source)
    except RelevoError as error:
        raise InputError(f"{place('scenario')}: {error}") from None
    settings: dict[str, Value] = {}
    places: dict[str, str] = {}
    for path, value in plan.settings.items():
        settings[path], places[path] = value, place("settings", path)
        try:
            base.field(path)
        except RelevoError as error:
            raise InputError(f"{places[path]}: {error}") from None
    for name, hours in (("warm_up", plan.warm_up), ("horizon", plan.horizon)):
        path = f"time.{name}"
        if path in settings and hours is not None:
            raise InputError(f"{places[path]}: stands in '{name}' of the plan too; remove one of them.")
        if isinstance(hours, float):
            settings[path], places[path] = f"{hours!r} h", place(name)
    return base.fixed(settings, places)


def _always(plan: Plan, place: Place) -> tuple[tuple[Policy, float], ...]:
    found: dict[str, tuple[Policy, float]] = {}
    for name, intensity in plan.policies.items():
        where = place("policies", name)
        try:
            policy = find_policy(name, place, "policies", name)
        except RelevoError as error:
            raise InputError(f"{where}: {error}") from None
        if policy.name in found:
            raise InputError(f"{where}: the policy '{policy.name}' stands there already; name each once.")
        found[policy.name] = (policy, intensity)
    return tuple(found.values())


def _try_levels(base: Base, factors: tuple[BoundFactor, ...], place: Place) -> None:
    """See that every value is possible at least by itself, before thousands of runs fail on it."""
    for factor in factors:
        if factor.policy is not None:
            continue
        values = [value for value in factor.levels or (factor.low, factor.high) if value is not None]
        if factor.field.is_number:
            # What lies between two values that are possible is, so the ends come first.
            ends = (min(values, key=float), max(values, key=float))
            values = list(dict.fromkeys((*ends, *values)))
        where = place("factors", factor.name)
        for value in values[:MOST_TRIED]:
            written = factor.field.written(value)
            try:
                base.changed({factor.field.path: written}, where)
            except InputError as error:
                if str(error).startswith(where):
                    raise
                raise InputError(f"{where}: at {written}: {error}") from None


def _check_responses(plan: Plan, company: Scenario, place: Place) -> None:
    named: list[tuple[tuple[str | int, ...], str]]
    named = [(("responses", i), name) for i, name in enumerate(plan.responses)]
    named += [(("precision", "targets", name), name) for name in (plan.precision.targets if plan.precision else ())]
    known = set(responses_of(company))
    for keys, name in named:
        if name not in known:
            close = nearest(name, known)
            hint = close if close.endswith("?") else nearest(name, (one for one in known if "." not in one))
            raise InputError(
                f"{place(*keys)}: got {shown(name)}, which is no metric of this company. {hint} "
                "See 'relevo explain --metrics'."
            )
    for i, name in enumerate(plan.responses):
        if name in plan.responses[:i]:
            raise InputError(f"{place('responses', i)}: '{name}' stands there already; name each once.")


def responses_of(company: Scenario) -> Iterator[str]:
    """Yield the full names of all metrics that a company can have.

    Examples
    --------
    >>> from sim.scenario.load import load_scenario
    >>> names = set(responses_of(load_scenario("levante")))
    >>> {"profit", "warehouse.utilisation", "sales->warehouse.requests", "wait_hours.queue.sales"} <= names
    True
    """
    departments = list(company.departments)
    transports = {step.transport for route in company.routes.values() for step in route if step.transport is not None}
    for metric in METRICS:
        owner, _, last = metric.name.rpartition(".")
        if owner == "A->B":
            yield from (f"{a}->{b}.{last}" for a, b in permutations(departments, 2))
        elif owner == "D":
            yield from (f"{department}.{last}" for department in departments)
        elif metric.name == "wait_share.CAUSE":
            yield from (f"wait_share.{cause}" for cause in CAUSES)
        elif metric.name == "wait_hours.CAUSE.D":
            yield from (f"wait_hours.{cause}.{holder}" for cause in CAUSES for holder in (*departments, *transports))
        else:
            yield metric.name


def _targets(plan: Plan, place: Place) -> tuple[Target, ...]:
    """Read how narrow intervals must be: '5 %' of the mean, or a number in the response's unit."""
    found: list[Target] = []
    for name, text in plan.precision.targets.items() if plan.precision is not None else ():
        written = str(text).strip()
        relative = written.endswith("%")
        try:
            size = float(written.removesuffix("%"))
        except ValueError:
            size = -1.0
        if not 0 < size < float("inf"):
            unit = describe(name).unit
            raise InputError(
                f"{place('precision', 'targets', name)}: got {written!r}; write a share of the mean such as '5 %', or "
                f"a number above 0 in its unit ({unit}) without naming it."
            )
        found.append(Target(name, size / 100 if relative else None, None if relative else size))
    return tuple(found)
