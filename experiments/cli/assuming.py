"""What `relevo sensitivity --assumptions` does: all grade-D numbers varied together, policy against today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np

from experiments.analysis.sensitivity import Assumptions, assumptions, conclusion
from experiments.cli.options import quoted
from experiments.cli.varying import Runs, Vary, checked_response, keep, reader_of, told
from experiments.plan.designs import Axis, Point, latin_hypercube
from experiments.plan.experiment import Experiment
from experiments.plan.factors import INTENSITY, BoundFactor
from experiments.plan.plan import Plan
from experiments.run.store import new_folder
from experiments.show.resting import Resting, resting_data, resting_frames, resting_tables
from experiments.show.text import show
from sim.errors import UsageError
from sim.policies import Policy, Portfolio
from sim.scenario.changes import Base
from sim.scenario.files import shipped_names

RESPONSE = "wait_mean"
REPLICATIONS = 5
OWN_REPLICATIONS = 30
"""With the scenario's own values: two worlds only, so they may be known better."""
LEAST_SAMPLES = 20
SEED = 1


def assume(asked: Vary, portfolios: Mapping[str, Portfolio]) -> int:
    """Run every sample with and without the policies, say what is left of the conclusions; return the exit code."""
    if asked.source in shipped_names("plans") and asked.source not in shipped_names("scenarios"):
        raise UsageError(
            f"{asked.source}: a plan, and --assumptions needs a scenario; name one, or leave out the option."
        )
    base = Base(asked.source)
    response = checked_response(asked.response or RESPONSE, base.scenario)
    policies = {m.policy.name: m.policy for p in portfolios.values() for m in p.members}
    rests_on = assumptions(base, _moved(base, policies))
    if not rests_on.varied:
        raise UsageError(f"{asked.source}: no result of it rests on grade-D numbers; there is nothing to vary.")
    d = len(rests_on.varied)
    samples, least = asked.samples or 3 * d + LEAST_SAMPLES, max(LEAST_SAMPLES, d + 2)
    if samples < least:
        raise UsageError(
            f"--samples {samples}: {d} assumptions need at least {least}; "
            f"{3 * d + LEAST_SAMPLES} are better; give more."
        )
    seed = SEED if asked.seed is None else asked.seed
    n = asked.replications or REPLICATIONS
    axes = [Axis(one.path, None) for one in rests_on.varied]
    places = latin_hypercube(axes, samples, seed)
    experiment = _experiment(asked.source, base, rests_on, policies, portfolios, places, seed, response)
    folder = None if asked.out is None else new_folder(experiment.plan.name, asked.out)
    began = datetime.now(UTC).isoformat(timespec="seconds")
    runs, worlds = Runs(asked, experiment), 1 + len(portfolios)
    own, varied = tuple(range(worlds)), tuple(range(worlds, len(experiment.points)))
    by_own, by_sample = runs.of(response, [(own, max(n, OWN_REPLICATIONS)), (varied, n)])
    table, at = by_sample.reshape(samples, worlds, n), np.array(places, dtype=np.float64)
    names = [one.path for one in rests_on.varied]
    found = {
        text: runs.analysed(partial(conclusion, names, at, table[:, k] - table[:, 0], by_own[k] - by_own[0], seed=seed))
        for k, text in enumerate(portfolios, start=1)
    }
    resting = Resting(asked.source, response, rests_on, found, n, samples, seed)
    reader = reader_of(asked, experiment)
    if folder is not None:
        sizes = {"--replications": n, "--samples": samples, "--seed": seed, "--engine": asked.engine}
        options = {"--policy": list(portfolios), "--response": response, **sizes}
        tables = resting_frames(resting) | runs.tables(response, by_own, by_sample)
        keep(folder, began, f"sensitivity {quoted(asked.source)} --assumptions", options, experiment, tables)
    data = {**resting_data(resting, reader), "failed_runs": len(runs.failures)}
    return told(asked, data, folder, runs, lambda: show(*resting_tables(resting, reader)))


def _moved(base: Base, policies: Mapping[str, Policy]) -> dict[str, tuple[str, ...]]:
    """Return which policies move each parameter: those in force in the scenario and those under test."""
    from sim.policies import load_policy

    own = [load_policy(chosen.policy) for chosen in base.scenario.policies if chosen.intensity > 0]
    moved: dict[str, tuple[str, ...]] = {}
    for policy in {p.name: p for p in (*own, *policies.values())}.values():
        names = dict.fromkeys(effect.parameter for effect in policy.effects)
        for name in [*names, *(["service.attention"] if policy.takes_attention else [])]:
            moved[name] = (*moved.get(name, ()), policy.name)
    return moved


def _experiment(
    source: str,
    base: Base,
    rests_on: Assumptions,
    policies: Mapping[str, Policy],
    portfolios: Mapping[str, Portfolio],
    places: list[Point],
    seed: int,
    response: str,
) -> Experiment:
    """Lay out the worlds: of the scenario as it is and of each sample, today's and one with each way of working."""
    factors = [
        BoundFactor(one.path, base.field(one.path), low=one.low, high=one.high, log=one.log, controllable=False)
        for one in rests_on.varied
    ]
    today = {chosen.policy: chosen.intensity for chosen in base.scenario.policies}
    ways = {text: {m.policy.name: float(m.intensity) for m in p.members} for text, p in portfolios.items()}
    levels = {name: tuple(dict.fromkeys(way[name] for way in ways.values() if name in way)) for name in policies}
    for name, policy in policies.items():
        field = replace(INTENSITY, today=today.get(name, 0.0))
        factors.append(BoundFactor(name, field, policy, levels=levels[name]))
    worlds: list[Point] = [(None,) * len(policies)]
    for text, way in ways.items():
        worlds.append(tuple(levels[name].index(way[name]) if name in way else None for name in policies))
        if all(today.get(name, 0.0) == amount for name, amount in way.items()):
            raise UsageError(f"--policy {text}: that is today's way of working, so nothing differs; name another one.")
    own: Point = (None,) * len(rests_on.varied)
    points = tuple((*place, *world) for place in (own, *places) for world in worlds)
    plan = Plan.model_validate(
        {
            "name": f"{base.scenario.name}_assumptions"[:60],
            "scenario": source,
            "factors": rests_on.factors(),
            "responses": (response,),
            "seed": seed,
        }
    )
    return Experiment(plan, source, base, tuple(factors), points)
