"""What `relevo optimise` does: a plan's factors as a space with a budget, searched through the runner's door."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.optimisation import (
    Aim,
    Choice,
    Front,
    Levels,
    Row,
    Space,
    all_feasible,
    choose,
    choose_among_all,
    final_front,
    ranking_of,
    search,
)
from experiments.cli.demand import read_demand
from experiments.cli.keeping import Keeping, flat
from experiments.cli.options import quoted
from experiments.cli.working import print_json
from experiments.plan.experiment import Experiment
from experiments.plan.factors import BoundFactor
from experiments.plan.load import load_plan
from experiments.plan.possible import yearly_costs
from experiments.run.door import Door
from experiments.run.executors import available_workers, executor_for
from experiments.run.interrupt import StopRequest
from experiments.run.provenance import SCHEMA_VERSION
from experiments.run.readiness import make_ready
from experiments.show.optimised import choice_tables, front_tables
from experiments.show.progress import Progress
from experiments.show.reasons import interval_data
from experiments.show.text import Reader, show
from sim.arrays import build
from sim.errors import UsageError
from sim.measures.columns import describe
from sim.measures.economics import WEEKS_PER_YEAR, paid_weeks
from sim.policies import Portfolio, portfolio
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK

Array = NDArray[np.float64]
FINALISTS = 15
SCREENED = 20
"""Replications of every point where all of them are looked at."""
NOT_DECIDED = 4


@dataclass(frozen=True)
class Optimise:
    """What the user asked; as the options of the command."""

    plan: str
    budget: float
    response: str | None
    indifference: float
    runs: int
    front: tuple[str, ...]
    seed: int
    engine: str
    workers: int | None
    out: Path | None
    as_json: bool
    language: str


def optimise(asked: Optimise) -> int:
    """Search, choose on fresh luck, print; return the exit code."""
    for name, value in (("--budget", asked.budget), ("--indifference", asked.indifference)):
        if not math.isfinite(value):
            raise UsageError(f"{name} {value}: a finite number is needed; give one.")
    experiment = load_plan(asked.plan)
    response = asked.response or experiment.plan.responses[0]
    responses = tuple(dict.fromkeys((*asked.front, response, *experiment.plan.responses)))
    aims = [_aim(name, place) for place, name in enumerate(responses) if describe(name).better is not None]
    by_name = {aim.name: aim for aim in aims}
    for name in (response, *asked.front):
        if name not in by_name:
            raise UsageError(f"'{name}': neither more nor less of it is better by itself; name another metric.")
    experiment = replace(
        experiment, factors=tuple(_with_today(factor, experiment.place) for factor in experiment.factors)
    )
    space = space_of(experiment, asked.budget)
    _, orders = read_demand(experiment.base.scenario, None, (), asked.language)
    make_ready(asked.engine)
    with StopRequest() as request, Progress(asked.runs, asked.language) as progress:
        door = Door(
            replace(experiment, points=()),
            asked.engine,
            asked.workers or available_workers(),
            executor_for(asked.engine),
            request,
            lambda runs: progress.of_sweep(runs, max(runs, progress.total), len(door.failures), 0),
            orders,
        )
        simulate = Simulator(door, responses)
        front = None if not asked.front else _front(asked, space, simulate, [by_name[n] for n in asked.front])
        choice = None if asked.front else _choice(asked, space, simulate, by_name[response], aims)
    if choice is not None:
        choice = _priced(choice, extra_costs(experiment))
    reader = Reader(asked.language, experiment.base.scenario.currency, _labels(experiment, asked.language))
    data = _data(asked, experiment, choice, front, door.runs)
    _keep(asked, experiment, data)
    if asked.as_json:
        print_json(data)
    elif front is not None:
        show(*front_tables(experiment, front, asked.budget, door.runs, reader))
    elif choice is not None:
        show(*choice_tables(experiment, choice, asked.budget, door.runs, reader))
    return NOT_DECIDED if choice is not None and choice.selected is not None and not choice.selected.decided else 0


def _aim(name: str, place: int) -> Aim:
    return Aim(name, place, describe(name).better or "lower")


def _with_today(factor: BoundFactor, place: str) -> BoundFactor:
    """Return a factor whose levels have today's value: what is chosen may always be to leave it."""
    if not factor.controllable:
        raise UsageError(
            f"{place}: '{factor.name}' cannot be chosen (role: uncontrollable), so there is no best value of it; "
            f"leave it "
            "out, or give it the role 'controllable'."
        )
    if factor.levels is None:
        raise UsageError(f"{place}: '{factor.name}' has a range; give 'steps' with it, or 'levels'.")
    if factor.today is None:
        raise UsageError(f"{place}: '{factor.name}' has no value today; say one in the scenario, or leave it out.")
    return factor if factor.today in factor.levels else factor.with_levels((factor.today, *factor.levels))


def space_of(experiment: Experiment, budget: float) -> Space:
    """Return a plan's factors as what may be chosen, with what each level costs a year beyond today."""
    factors = experiment.factors
    weights = yearly_costs(factors, experiment.base.scenario)
    costs = tuple(
        tuple(
            weights.get(f.name, 0.0) * (float(level) - float(f.today or 0)) if f.name in weights else 0.0
            for level in levels
        )
        for f in factors
        for levels in [f.levels or ()]
    )
    today = tuple((f.levels or ()).index(f.today) for f in factors if f.today is not None)
    kinds = tuple("posts" if f.field.path.endswith(".staff") else None for f in factors)
    costly = extra_costs(experiment)
    table = Row("budget", costs, budget)

    def possible(levels: Levels) -> bool:
        return table.total(levels) + costly(levels) <= budget * (1 + 1e-9)

    return Space(tuple(f.axis for f in factors), today, (table,), costs, kinds, possible=possible)


def extra_costs(experiment: Experiment) -> Callable[[Levels], float]:
    """Return what a point costs a year beyond the sum of its factors: policies paid per person, for posts added.

    What policies pay for each hire is not known beforehand and left out, as in the sum.
    """
    factors, company = experiment.factors, experiment.base.scenario
    per_person = [0.0 if f.policy is None else f.policy.cost.weekly_per_person * WEEKS_PER_YEAR for f in factors]
    posts = [_posts(factor, company) for factor in factors]

    def extra(levels: Levels) -> float:
        added = paid = counted = 0.0
        for i, value in enumerate(experiment.values(levels)):
            if posts[i] or per_person[i]:
                more = posts[i] * (float(value or 0) - float(factors[i].today or 0))
                each = per_person[i] * float(value or 0)
                added, paid, counted = added + more, paid + each, counted + each * more
        return paid * added - counted

    return extra


def _posts(factor: BoundFactor, company: Scenario) -> float:
    """Return how many paid posts one unit of a factor's value adds."""
    if factor.policy is None:
        path = factor.field.path.split(".")
        is_staff = path[0] == "departments" and path[-1] == "staff"
        return company.departments[path[1]].pay_share if is_staff else 0.0
    world, plain = (build(company, chosen, None) for chosen in (portfolio([(factor.policy, 1.0)]), Portfolio()))
    return (paid_weeks(company, world) - paid_weeks(company, plain)) / (company.time.horizon / HOURS_PER_WEEK)


@dataclass
class Simulator:
    """Runs points that are named by their levels, through the door; each new one becomes a point of the experiment."""

    door: Door
    responses: tuple[str, ...]
    numbers: dict[Levels, int] = field(default_factory=dict)

    def __call__(self, points: Sequence[Levels], first: int, last: int) -> Array:
        """Return values, shape (points, responses, replications)."""
        new = [levels for levels in dict.fromkeys(points) if levels not in self.numbers]
        if new:
            experiment = self.door.experiment
            self.numbers |= {levels: len(experiment.points) + i for i, levels in enumerate(new)}
            self.door.experiment = replace(experiment, points=(*experiment.points, *new))
        numbers = [self.numbers[levels] for levels in points]
        found = self.door.metrics(list(dict.fromkeys(numbers)), first, last)
        values = [[[row.get(name, np.nan) for row in found[n]] for name in self.responses] for n in numbers]
        return np.array(values, dtype=np.float64).reshape(len(points), len(self.responses), last - first)


def _choice(asked: Optimise, space: Space, simulate: Simulator, aim: Aim, aims: Sequence[Aim]) -> Choice:
    every = all_feasible(space)
    if every is not None and len(every) * SCREENED <= asked.runs:
        return choose_among_all(
            space, simulate, every, aim, indifference=asked.indifference, responses=aims, first=SCREENED
        )
    found = search(space, simulate, [aim], budget=asked.runs, seed=asked.seed, indifference=asked.indifference)
    finalists = found.finalists(ranking_of(space, [aim]), FINALISTS)
    start = found.archive.deepest
    return choose(space, simulate, finalists, aim, start=start, indifference=asked.indifference, responses=aims)


def _priced(choice: Choice, extra: Callable[[Levels], float]) -> Choice:
    """Return a choice with what its points cost all together."""
    rivals = tuple(replace(rival, cost=rival.cost + extra(rival.levels)) for rival in choice.rivals)
    return replace(choice, cost=choice.cost + extra(choice.best), rivals=rivals)


def _front(asked: Optimise, space: Space, simulate: Simulator, aims: Sequence[Aim]) -> Front:
    found = search(space, simulate, aims, budget=asked.runs, seed=asked.seed)
    finalists = found.finalists(ranking_of(space, aims), FINALISTS)
    return final_front(space, simulate, finalists, aims, start=found.archive.deepest)


def _labels(experiment: Experiment, language: str) -> dict[str, str]:
    return {f.name: f.policy.label[language] for f in experiment.factors if f.policy is not None}


def _keep(asked: Optimise, experiment: Experiment, data: dict[str, Any]) -> None:
    """Write the answer's tables where that was asked for."""
    options = {
        "--budget": f"{asked.budget:g}",
        "--response": asked.response,
        "--indifference": asked.indifference,
        "--runs": asked.runs,
        "--front": list(asked.front),
        "--seed": asked.seed,
        "--engine": asked.engine,
    }
    keeping = Keeping.of(asked.out, f"optimise {quoted(asked.plan)}", options)
    best = [flat({"values": data["best"], "cost": data["cost"]})] if "best" in data else []
    tables = {name: [flat(row) for row in data.get(name, ())] for name in ("against_today", "rivals", "front")}
    keeping.keep(experiment.base.scenario, experiment.plan.seed, {"best": best, **tables})


def _data(
    asked: Optimise, experiment: Experiment, choice: Choice | None, front: Front | None, runs: int
) -> dict[str, Any]:
    def values(levels: Levels) -> dict[str, Any]:
        return dict(zip([f.name for f in experiment.factors], experiment.values(levels), strict=True))

    head = {
        "schema_version": SCHEMA_VERSION,
        "plan": asked.plan,
        "budget": asked.budget,
        "currency": experiment.base.scenario.currency,
        "runs": runs,
    }
    if front is not None:
        rows = front.rows()
        return {**head, "front": [{**row, "levels": values(row["levels"])} for row in rows]}  # type: ignore[arg-type]
    assert choice is not None
    return {
        **head,
        "response": choice.aim.name,
        "indifference": asked.indifference,
        "confidence": choice.confidence,
        "decided": choice.selected is None or choice.selected.decided,
        "best": values(choice.best),
        "is_today": choice.is_today,
        "cost": choice.cost,
        "against_today": [
            {"response": a.aim.name, **interval_data(a.difference), "standing": a.standing}
            for a in choice.against_today
        ],
        "rivals": [
            {"values": values(r.levels), "cost": r.cost, **interval_data(r.difference), "standing": r.standing}
            for r in choice.rivals
        ],
    }
