"""Experiments for people: what a plan will take, how far it is, what came of its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.point_estimates import UntilPrecise, responses_of, values_at
from experiments.plan.experiment import Experiment
from experiments.show.numbers import interval_text, number
from experiments.show.progress import duration
from experiments.show.text import Reader, table
from sim.units import HOURS_PER_WEEK, written

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from experiments.run.status import Status

MOST_POINTS = 24
"""Points that are printed."""
MOST_RESPONSES = 4
"""Responses that are printed beside each other."""


def experiment_table(
    experiment: Experiment, estimates: pd.DataFrame, runs: int, reader: Reader
) -> list[RenderableType]:
    """Return what came of the first points: the values of the factors and each response with its interval."""
    plan = experiment.plan
    title = reader.say(
        "sweep title",
        label=plan.label[reader.language] if plan.label else plan.name,
        points=len(experiment.points),
        runs=number(runs, 0, reader.language),
        weeks=reader.counted("weeks", experiment.base.scenario.time.horizon / HOURS_PER_WEEK),
    )
    responses = responses_of(experiment)[:MOST_RESPONSES]
    factors = _varying(experiment)
    columns = [reader.say("point"), *(experiment.factors[i].name for i in factors)]
    columns += [reader.say("sweep n"), *(_head(name, reader) for name in responses)]
    known = {(row.point, row.response): row for row in estimates.itertuples()}
    rows = []
    for point in range(min(MOST_POINTS, len(experiment.points))):
        cells = [f"{point}" + (f" {reader.say('today')}" if experiment.is_today(experiment.points[point]) else "")]
        cells += [level_text(experiment, point, i, reader) for i in factors]
        cells.append(_replications(known, point, responses))
        cells += [_cell(known.get((point, name)), name, reader) for name in responses]
        rows.append(cells)
    parts: list[RenderableType] = [table(title, columns, rows, left=1, note=reader.say("sweep note"))]
    if len(experiment.points) > MOST_POINTS:
        parts.append(reader.say("sweep more points", more=len(experiment.points) - MOST_POINTS))
    return parts


def _replications(known: Mapping[Any, Any], point: int, responses: Sequence[str]) -> str:
    """Return in how many replications a point's responses apply: the most of them."""
    return str(max((int(known[point, name].n) for name in responses if (point, name) in known), default=0))


def _varying(experiment: Experiment) -> list[int]:
    """Return the factors worth a column: at most eight."""
    return list(range(len(experiment.factors)))[:8]


def _head(name: str, reader: Reader) -> str:
    known = f"column {name}"
    words = reader.say(known)
    unit = reader.unit(name)
    return f"{words if words != name else name}\n[{unit}]" if unit else words


def level_text(experiment: Experiment, point: int, factor: int, reader: Reader) -> str:
    """Return the value of a factor at a point, as files write it."""
    value = experiment.values(experiment.points[point])[factor]
    field = experiment.factors[factor].field
    if value is None:
        return "–"
    if isinstance(value, str | bool):
        return str(value)
    text = written(float(value), field.unit)
    return text.replace(".", ",") if reader.language == "es" else text


def _cell(row: Any, name: str, reader: Reader) -> str:
    if row is None or row.n == 0:
        return "–"
    return interval_text(row.mean, row.low, row.high, reader.metric(name).unit, reader.language)


def dry_run_lines(
    experiment: Experiment,
    chunks: int,
    seconds: float,
    workers: int,
    there: int,
    folder: str,
    reader: Reader,
) -> tuple[list[str], dict[str, Any]]:
    """Return what a plan will take, as lines and as plain data."""
    runs = experiment.replications * len(experiment.points)
    left = max(0, runs - there) * seconds / workers
    precise = experiment.plan.precision is not None
    lines = [
        reader.say(
            "sweep plan precise" if precise else "sweep plan",
            name=experiment.plan.name,
            points=number(len(experiment.points), 0, reader.language),
            runs=number(runs, 0, reader.language),
            replications=experiment.replications,
            chunks=number(chunks, 0, reader.language),
            most=experiment.most,
        ),
        reader.say("sweep time", run=_brief(seconds), workers=workers, whole=duration(left)),
    ]
    if there:
        lines.append(reader.say("sweep there", done=number(there, 0, reader.language), folder=folder))
    data = {
        "name": experiment.plan.name,
        "points": len(experiment.points),
        "replications": experiment.replications,
        "most_replications": experiment.most,
        "runs": runs,
        "runs_done": there,
        "seconds_per_run": seconds,
        "workers": workers,
        "seconds_left": left,
        "results": folder,
    }
    return lines, data


def _brief(seconds: float) -> str:
    return f"{1000 * seconds:.2g} ms" if seconds < 1 else f"{seconds:.2g} s"


def status_table(found: Status, reader: Reader) -> RenderableType:
    """Return how far an experiment is."""
    share = f"{100 * found.runs / found.planned:.0f}" if found.planned else "0"
    done, total = (number(value, 0, reader.language) for value in (found.runs, found.planned))
    of = "status at least" if found.precise and not found.complete else "status of"
    rows = [
        (reader.say("status begun"), found.begun),
        (reader.say("status points"), number(found.points, 0, reader.language)),
        (reader.say("status runs"), reader.say(of, done=done, total=total, share=share)),
        (reader.say("status failed"), number(found.failed, 0, reader.language)),
        (reader.say("status working"), reader.say("status chunks", number=found.at_work)),
    ]
    if found.per_second is not None:
        rate = f"{found.per_second:.3g}"
        rows.append((reader.say("status rate"), reader.say("status per second", rate=rate)))
    if found.left is not None:
        rows.append((reader.say("status left"), duration(found.left)))
    if found.since_last is not None:
        rows.append((reader.say("status last"), reader.say("status ago", time=duration(found.since_last))))
    rows.append((reader.say("status complete"), reader.say("yes" if found.complete else "no")))
    return table(reader.say("status title", name=found.name, folder=found.folder), ("", ""), rows, left=2)


def worst(experiment: Experiment, folder: Path, missed: pd.DataFrame) -> dict[str, Any]:
    """Return the point and response that are furthest from the precision asked for."""
    rule = UntilPrecise(experiment).precision
    points = sorted(set(missed["point"]))
    found = [
        (reached.expected or 0, point, reached.target.response)
        for point in points
        for reached in rule.verdict(values_at(experiment, folder, point)).missed
    ]
    expected, point, response = max(found)
    return {
        "missed": len(points),
        "points": len(experiment.points),
        "most": rule.most,
        "point": point,
        "response": response,
        "expected": expected,
    }
