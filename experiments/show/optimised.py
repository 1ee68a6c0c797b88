"""The best mix for people: what to do, what it brings, how sure that is, and what cannot be told apart from it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from experiments.analysis.mean_interval import Interval
from experiments.analysis.optimisation import Choice, Front, Levels, words
from experiments.plan.experiment import Experiment
from experiments.show.experiments import level_text
from experiments.show.numbers import NOT_APPLICABLE, interval_text, number, unit_scale
from experiments.show.text import BETTER, WORSE, Reader, table

if TYPE_CHECKING:
    from rich.console import RenderableType


def choice_tables(
    experiment: Experiment, choice: Choice, budget: float, runs: int, reader: Reader
) -> list[RenderableType]:
    """Return what the best mix is and does, and in words what may be said of it."""
    named = _naming(experiment, choice.space.today, reader)
    rows = [
        (
            _response(a.aim.name, reader),
            _interval(a.today, a.aim.name, reader),
            _interval(a.difference, a.aim.name, reader)
            + {"better": f" {BETTER}", "worse": f" {WORSE}"}.get(a.standing, ""),
        )
        for a in choice.against_today
    ]
    heads = [reader.say(text) for text in ("optimise response", "today", "optimise change")]
    title = reader.say("optimise title", **_head(experiment, budget, reader))
    currency = experiment.base.scenario.currency
    said = words(
        choice,
        reader.language,
        describe=named,
        labels={a.aim.name: _response(a.aim.name, reader) for a in choice.against_today},
        money=lambda amount: f"{number(amount, 0, reader.language)} {currency}",
        show=lambda name, value: _amount(value, name, reader),
    )
    parts: list[RenderableType] = [table(title, heads, rows, note=reader.say("optimise note"))] if rows else [title]
    shown = 1 if choice.is_today else 2  # What the table says need not be said again.
    said = [*said[:shown], *said[shown + len(choice.against_today) :]]
    parts += [reader.say("compare words", words=text) for text in said]
    parts.append(reader.say("compare words", words=reader.say("optimise runs", runs=number(runs, 0, reader.language))))
    return parts


def front_tables(
    experiment: Experiment, front: Front, budget: float, runs: int, reader: Reader
) -> list[RenderableType]:
    """Return the mixes that nothing betters in cost and all responses together, the cheapest first."""
    today = next(p.levels for p in front.points if p.cost == 0 and experiment.is_today(p.levels))
    named = _naming(experiment, today, reader)
    heads = [
        reader.say("optimise mix"),
        f"{reader.say('optimise cost')}\n[{experiment.base.scenario.currency}]",
        *(f"{_response(aim.name, reader)}\n[{reader.unit(aim.name)}]" for aim in front.aims),
    ]
    rows = [
        (
            named(point.levels) if point.levels != today else reader.say("today"),
            number(point.cost, 0, reader.language),
            *(_bare(found, aim.name, reader) for found, aim in zip(point.means, front.aims, strict=True)),
        )
        for point in front.front
    ]
    title = reader.say("front title", **_head(experiment, budget, reader))
    note = reader.say("front note", gone=len(front.points) - len(front.front))
    return [
        table(title, heads, rows, note=note),
        reader.say("compare words", words=reader.say("optimise runs", runs=number(runs, 0, reader.language))),
    ]


def _head(experiment: Experiment, budget: float, reader: Reader) -> dict[str, str]:
    plan = experiment.plan
    return {
        "label": plan.label[reader.language] if plan.label else plan.name,
        "budget": f"{number(budget, 0, reader.language)} {experiment.base.scenario.currency}",
    }


def _naming(experiment: Experiment, today: Levels, reader: Reader) -> Callable[[Levels], str]:
    """Return what writes a mix: the factors that are other than today, with their values."""

    def named(levels: Levels) -> str:
        chosen = replace(experiment, points=(levels,))
        changed = [i for i, (level, now) in enumerate(zip(levels, today, strict=True)) if level != now]
        texts = [f"{reader.label(chosen.factors[i].name)} {level_text(chosen, 0, i, reader)}" for i in changed]
        return ", ".join(texts) or reader.say("today")

    return named


def _response(name: str, reader: Reader) -> str:
    text = reader.say(f"column {name}")
    return name if text == name else text


def _amount(value: float, name: str, reader: Reader) -> str:
    """Write a difference of a response with its unit; as many digits as were given."""
    factor, unit = unit_scale(reader.metric(name).unit, reader.language, points=True)
    text = f"{value * factor:.6g}"
    text = number(float(text), len(text.partition(".")[2]), reader.language)
    return f"{text} {unit}".strip()


def _interval(found: Interval, name: str, reader: Reader) -> str:
    unit = reader.unit(name)
    text = _bare(found, name, reader)
    return text if text == NOT_APPLICABLE else f"{text} {unit}".strip()


def _bare(found: Interval, name: str, reader: Reader) -> str:
    if found.mean is None:
        return NOT_APPLICABLE
    low, high = (math.nan if end is None else end for end in (found.low, found.high))
    return interval_text(found.mean, low, high, reader.metric(name).unit, reader.language)
