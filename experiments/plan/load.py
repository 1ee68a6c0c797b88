"""Load a plan: its company, factors and points, with messages for people."""

from __future__ import annotations

from pathlib import Path

from experiments.plan.experiment import Experiment, Target
from experiments.plan.factors import BoundFactor, Place, bind, find_policy
from experiments.plan.plan import Plan
from experiments.plan.points import lay_out
from experiments.plan.possible import heed
from sim.errors import InputError, RelevoError, nearest
from sim.measures.columns import describe
from sim.policies import Policy
from sim.scenario.changes import Base
from sim.scenario.files import displayed, shipped_names
from sim.scenario.load import model_from_tree, resolve
from sim.scenario.messages import place as place_in
from sim.scenario.variations import read_with_extends
from sim.scenario.yaml_text import Node

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

    def place(*keys: str | int) -> str:
        return place_in(tree, keys)

    folder = tree.folder
    base = _base(plan, place, folder)
    always = _always(plan, place, folder)
    factors = bind(plan.factors, base, place, folder)
    for factor in factors:
        if factor.policy is not None and factor.policy.name in [policy.name for policy, _ in always]:
            raise InputError(
                f"{place('policies')}: '{factor.policy.name}' is in force everywhere, and the factor '{factor.name}' "
                "varies it; remove one of them."
            )
    factors, points = lay_out(plan, factors, place, folder)
    _try_levels(base, factors, place)
    points, remarks = heed(plan, factors, points, base.scenario, place)
    _check_responses(plan, base, tree, place)
    return Experiment(
        plan, displayed(path), base, factors, tuple(points), always, _targets(plan, place), tuple(remarks)
    )


def _base(plan: Plan, place: Place, folder: Path | None) -> Base:
    source: str | Path = plan.scenario
    if plan.scenario.endswith((".yaml", ".yml")) and plan.scenario not in shipped_names():
        source = (folder or Path()) / plan.scenario
    try:
        base = Base(source)
    except RelevoError as error:
        raise InputError(f"{place('scenario')}: {error}") from None
    settings = dict(plan.settings)
    for name, value in (("warm_up", plan.warm_up), ("horizon", plan.horizon)):
        if isinstance(value, float):
            settings[f"time.{name}"] = f"{value!r} h"
    for path in settings:
        try:
            base.field(path)
        except RelevoError as error:
            raise InputError(f"{place('settings', path)}: {error}") from None
    return base.fixed(settings, place("settings"))


def _always(plan: Plan, place: Place, folder: Path | None) -> tuple[tuple[Policy, float], ...]:
    found: list[tuple[Policy, float]] = []
    for name, intensity in plan.policies.items():
        try:
            found.append((find_policy(name, folder), intensity))
        except RelevoError as error:
            raise InputError(f"{place('policies', name)}: {error}") from None
    return tuple(found)


def _try_levels(base: Base, factors: tuple[BoundFactor, ...], place: Place) -> None:
    """See that every value is possible at least by itself, before thousands of runs fail on it."""
    for factor in factors:
        if factor.policy is None:
            values = factor.levels[:MOST_TRIED] if factor.levels is not None else (factor.value(0.0), factor.value(1.0))
            for value in values:
                if value is not None:
                    base.changed({factor.field.path: factor.field.written(value)}, place("factors", factor.name))


def _check_responses(plan: Plan, base: Base, tree: Node, place: Place) -> None:
    for key, names in (("responses", plan.responses), ("precision", plan.precision.targets if plan.precision else ())):
        for name in names:
            try:
                describe(name)
            except RelevoError as error:
                raise InputError(f"{place(key)}: {error}") from None
            owner = name.rpartition(".")[0]
            if name.startswith(("wait_share.", "wait_hours.")) or not owner:
                continue
            for department in owner.split("->"):
                if department not in base.scenario.departments:
                    hint = nearest(department, base.scenario.departments)
                    raise InputError(f"{place(key)}: '{name}': there is no department '{department}'. {hint}")


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
        if not 0 < size < float("inf") or isinstance(text, bool):
            unit = describe(name).unit
            raise InputError(
                f"{place('precision', 'targets', name)}: got {written!r}; write a share of the mean such as '5 %', or "
                f"a number above 0 in its unit ({unit}) without naming it."
            )
        found.append(Target(name, size / 100 if relative else None, None if relative else size))
    return tuple(found)
