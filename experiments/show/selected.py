"""A selection for people: what was selected, with which guarantee, what it took, and what the winner brings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.analysis.comparison import Comparison
from experiments.analysis.selection.selected import Selected
from experiments.plan.experiment import Experiment
from experiments.show.experiments import level_text
from experiments.show.numbers import interval_text, number, unit_scale
from experiments.show.text import Reader, table
from sim.measures.columns import describe
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_POINTS = 24


def selected_tables(
    experiment: Experiment,
    response: str,
    found: Selected,
    against: Comparison | None,
    runs: int,
    confidence: float,
    indifference: float,
    fresh: int,
    reader: Reader,
) -> list[RenderableType]:
    """Return the points, the best first, and what may be said."""
    plan = experiment.plan
    title = reader.say(
        "select title",
        label=plan.label[reader.language] if plan.label else plan.name,
        response=response,
        points=len(experiment.points),
        weeks=reader.counted("weeks", experiment.base.scenario.time.horizon / HOURS_PER_WEEK),
    )
    factor, unit = unit_scale(describe(response, experiment.base.scenario.currency).unit, reader.language)
    heads = [reader.say("point"), *(f.name for f in experiment.factors)]
    heads += [
        reader.say("select replications"),
        f"{reader.say('select mean')}\n[{unit}]",
        reader.say("select standing"),
    ]
    rows = [_row(experiment, found, point, factor, reader) for point in _order(found)[:MOST_POINTS]]
    parts: list[RenderableType] = [table(title, heads, rows, note=reader.say("select note"))]
    parts += [
        reader.say("compare words", words=words)
        for words in _words(experiment, response, found, against, runs, confidence, indifference, fresh, reader)
    ]
    return parts


def _order(found: Selected) -> list[int]:
    """Return the selected point, the others that were not ruled out, then those taken out, the last one first."""
    out = [decision.alternative for decision in found.decisions][::-1]
    left = [i for i in found.survivors if i != found.best]
    first = [] if found.best is None else [found.best]
    rest = [i for i in range(len(found.means)) if i not in {*first, *left, *out}]
    return [*first, *left, *out, *rest]


def _row(experiment: Experiment, found: Selected, point: int, factor: float, reader: Reader) -> list[str]:
    today = f" {reader.say('today')}" if experiment.is_today(experiment.points[point]) else ""
    mean = found.means[point]
    out = next((d for d in found.decisions if d.alternative == point), None)
    standing = reader.say("select best") if point == found.best else reader.say("select left")
    if out is not None:
        standing = reader.say("select out", by=out.by)
    return [
        f"{point}{today}",
        *(level_text(experiment, point, i, reader) for i in range(len(experiment.factors))),
        number(found.replications[point], 0, reader.language),
        "–" if not math.isfinite(mean) else number(mean * factor, _places(mean * factor), reader.language),
        standing,
    ]


def _places(value: float) -> int:
    """Return decimals for three or so digits: means while selecting are shown for orientation only."""
    return 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2


def _words(
    experiment: Experiment,
    response: str,
    found: Selected,
    against: Comparison | None,
    runs: int,
    confidence: float,
    indifference: float,
    fresh: int,
    reader: Reader,
) -> list[str]:
    metric = describe(response, experiment.base.scenario.currency)
    factor, _ = unit_scale(metric.unit, reader.language)
    unit = unit_scale(metric.unit, reader.language, points=True)[1]
    amount = f"{number(indifference * factor, 2 if indifference * factor < 10 else 0, reader.language)} {unit}".strip()
    used = number(runs, 0, reader.language)
    if not found.decided:
        left = ", ".join(map(str, found.survivors))
        words = [reader.say("select undecided", left=left, runs=used)]
    elif found.procedure == "ocba":
        share = "–" if found.probability is None else f"{100 * found.probability:.0f}"
        words = [reader.say("select ocba", best=found.best, runs=used, share=share)]
    else:
        share = f"{100 * confidence:g}"
        words = [reader.say("select decided", best=found.best, share=share, amount=amount, runs=used)]
    if found.decided and found.procedure != "ocba" and len(found.survivors) > 1:
        words.append(reader.say("select tied", points=", ".join(map(str, sorted(found.survivors)))))
    if against is not None:
        difference = against.differences[0].interval
        low, high = (math.nan if end is None else end for end in (difference.low, difference.high))
        text = (
            "–" if difference.mean is None else interval_text(difference.mean, low, high, metric.unit, reader.language)
        )
        words.append(reader.say("select fresh", best=found.best, change=f"{text} {unit}", fresh=fresh))
    elif found.best is not None and experiment.is_today(experiment.points[found.best]):
        words.append(reader.say("select today"))
    return words
