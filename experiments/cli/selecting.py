"""What `relevo select` does: hand a plan's points to a procedure by the runner's door, then measure the winner."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.comparison import Comparison
from experiments.analysis.comparison import compare as compare_values
from experiments.analysis.selection.kn import kn
from experiments.analysis.selection.ocba import ocba
from experiments.analysis.selection.rinott import rinott
from experiments.analysis.selection.selected import Better, Selected
from experiments.cli.demand import read_demand
from experiments.cli.keeping import Keeping, flat
from experiments.cli.options import quoted
from experiments.cli.working import print_json
from experiments.plan.experiment import Experiment
from experiments.plan.load import load_plan
from experiments.run.door import Door
from experiments.run.executors import available_workers, executor_for
from experiments.run.interrupt import StopRequest
from experiments.run.provenance import SCHEMA_VERSION
from experiments.run.readiness import make_ready
from experiments.show.progress import Progress
from experiments.show.reasons import interval_data
from experiments.show.selected import selected_tables
from experiments.show.text import Reader, show
from sim.errors import RelevoError, UsageError
from sim.measures.columns import describe

Array = NDArray[np.float64]
NOT_DECIDED = 4
"""Exit code where the guarantee that was asked for was not reached."""
MOST_POINTS = 2000
"""Points among which a selection is sensible; more are searched with 'relevo optimise'."""


@dataclass(frozen=True)
class Select:
    """What the user asked; as the options of the command."""

    plan: str
    response: str | None
    indifference: float
    confidence: float
    method: str
    budget: int
    first: int
    block: int
    most: int
    fresh: int
    engine: str
    workers: int | None
    out: Path | None
    as_json: bool
    language: str


def select(asked: Select) -> int:
    """Select, measure the winner, print; return the exit code."""
    experiment = load_plan(asked.plan)
    response = asked.response or experiment.plan.responses[0]
    better = _checked(experiment, response)
    _, orders = read_demand(experiment.base.scenario, None, (), asked.language)
    make_ready(asked.engine)
    with StopRequest() as request, Progress(asked.first * len(experiment.points), asked.language) as progress:
        door = Door(
            experiment,
            asked.engine,
            asked.workers or available_workers(),
            executor_for(asked.engine),
            request,
            lambda runs: progress.of_sweep(runs, max(runs, progress.total), len(door.failures), 0),
            orders,
        )

        def sample(who: Sequence[int], first: int, end: int) -> Array:
            values = door.values(response, list(who), first, end)
            if np.isnan(values).any():
                _explain(door, response)
            return values

        found = _performed(asked, sample, len(experiment.points), better)
        runs = door.runs
        against = _measured(asked, experiment, found, sample, better)
    reader = Reader(asked.language, experiment.base.scenario.currency)
    data = _data(asked, experiment, response, found, against, runs)
    _keep(asked, experiment, data)
    if asked.as_json:
        print_json(data)
    else:
        parts = selected_tables(
            experiment, response, found, against, runs, asked.confidence, asked.indifference, asked.fresh, reader
        )
        show(*parts)
    return 0 if found.decided else NOT_DECIDED


def _checked(experiment: Experiment, response: str) -> Better:
    better = describe(response).better
    if better is None:
        raise UsageError(
            f"--response {response}: neither more nor less of it is better by itself; name another metric."
        )
    luck = [factor.name for factor in experiment.factors if not factor.controllable]
    if luck:
        raise UsageError(
            f"{experiment.place}: {', '.join(luck)} cannot be chosen (role: uncontrollable), so there is no best "
            f"point; "
            "leave such factors out, or give them the role 'controllable'."
        )
    if not 2 <= len(experiment.points) <= MOST_POINTS:
        raise UsageError(
            f"{experiment.place}: {len(experiment.points)} points; a selection needs 2 to {MOST_POINTS:,}; take fewer "
            f"levels."
        )
    return better


def _explain(door: Door, response: str) -> None:
    if door.failures:
        row = door.failures[0]
        raise RelevoError(
            f"point {row.point}, replication {row.replication}: {row.reason}\nA selection needs every run; leave the "
            f"point "
            "out or mend it."
        )
    raise UsageError(f"response '{response}': does not apply in some runs, so it cannot select; name another metric.")


def _performed(asked: Select, sample: Any, points: int, better: Better) -> Selected:
    if asked.method == "ocba":
        return ocba(sample, points, budget=asked.budget, first=asked.first, better=better)
    choose = rinott if asked.method == "rinott" else partial(kn, block=asked.block)
    found: Selected = choose(
        sample,
        points,
        indifference=asked.indifference,
        confidence=asked.confidence,
        first=asked.first,
        most=asked.most,
        better=better,
    )
    return found


def _measured(asked: Select, experiment: Experiment, found: Selected, sample: Any, better: Better) -> Comparison | None:
    """Compare the winner with today's way on replications that nothing was selected with; None without either."""
    today = next((i for i, point in enumerate(experiment.points) if experiment.is_today(point)), None)
    if found.best is None or today is None or today == found.best:
        return None
    # Rinott's alternatives use replications of their own, one after the other: beyond all of them is fresh.
    begin = sum(found.replications)
    values = sample([today, found.best], begin, begin + asked.fresh)
    return compare_values(values, better=better)


def _keep(asked: Select, experiment: Experiment, data: dict[str, Any]) -> None:
    """Write the answer's tables where that was asked for."""
    options = {
        "--response": data["response"],
        "--indifference": asked.indifference or None,
        "--confidence": asked.confidence,
        "--method": asked.method,
        "--budget": asked.budget or None,
        "--first": asked.first,
        "--most": asked.most,
        "--fresh": asked.fresh,
        "--engine": asked.engine,
    }
    keeping = Keeping.of(asked.out, f"select {quoted(asked.plan)}", options)
    points = [{**flat(row), "selected": row["point"] == data["best"]} for row in data["points"]]
    against = data["best_against_today"]
    tables = {"points": points, "best_against_today": [] if against is None else [against]}
    keeping.keep(experiment.base.scenario, experiment.plan.seed, tables)


def _data(
    asked: Select, experiment: Experiment, response: str, found: Selected, against: Comparison | None, runs: int
) -> dict[str, Any]:
    out = {decision.alternative: decision for decision in found.decisions}
    return {
        "schema_version": SCHEMA_VERSION,
        "plan": asked.plan,
        "response": response,
        "method": asked.method,
        "confidence": None if asked.method == "ocba" else asked.confidence,
        "indifference": None if asked.method == "ocba" else asked.indifference,
        "decided": found.decided,
        "best": found.best,
        "guarantee": found.guarantee,
        "probability": found.probability,
        "runs": runs,
        "points": [
            {
                "point": i,
                "values": dict(zip([f.name for f in experiment.factors], experiment.values(point), strict=True)),
                "replications": found.replications[i],
                "mean_while_selecting": found.means[i] if math.isfinite(found.means[i]) else None,
                "survives": i in found.survivors,
                "out_by": out[i].by if i in out else None,
            }
            for i, point in enumerate(experiment.points)
        ],
        "best_against_today": None
        if against is None
        else {**interval_data(against.differences[0].interval), "standing": against.differences[0].standing},
    }
