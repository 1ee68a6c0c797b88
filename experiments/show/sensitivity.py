"""What drives a result, for people: the table of each method, and one sentence of what may be said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.analysis.mean_interval import Interval
from experiments.analysis.sensitivity import Bounds, Effect, Effects, Levels, Morris, SobolIndices, Tornado
from experiments.show.assumptions import value_text
from experiments.show.driving import (
    CLEAR,
    Result,
    change_text,
    is_shown,
    joined,
    name_of,
    unit_of_change,
    what_may_be_said,
)
from experiments.show.numbers import NOT_APPLICABLE, decimals, interval_text, number, unit_scale
from experiments.show.text import Reader, table
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from experiments.plan.experiment import Experiment
    from experiments.plan.factors import BoundFactor

P_DECIMALS = 3
MOST_MIXED = 3
"""Of what is in an effect beside it, named in a table."""


@dataclass(frozen=True)
class Varied:
    """What a method found.

    Attributes
    ----------
    method : str
        Its name.
    response : str
        The metric.
    result : Tornado, Morris, SobolIndices, Effects or Levels
        Of the analysis.
    points, replications : int
        [1] -- different points that were run, and runs of each.
    samples : int or None
        [1] -- trajectories or samples; None where a method has none.
    seed : int
        Root of all luck.
    confidence : float
        [1].
    """

    method: str
    response: str
    result: Result
    points: int
    replications: int
    samples: int | None
    seed: int
    confidence: float = 0.95


def varied_tables(found: Varied, experiment: Experiment, reader: Reader) -> list[RenderableType]:
    """Return the table of a method, with what it means below it, and what may be said."""
    plan, company = experiment.plan, experiment.base.scenario
    size = [reader.say("sensitivity points", points=found.points)]
    if found.samples is not None:
        size.append(reader.say("sensitivity samples", samples=found.samples))
    weeks = reader.counted("weeks", company.time.horizon / HOURS_PER_WEEK)
    size.append(f"{reader.counted('replications', found.replications)}, {weeks}")
    title = reader.say(
        f"sensitivity title {found.method}",
        label=plan.label[reader.language] if plan.label else plan.name,
        name=name_of(found.response, reader),
        size=", ".join(size),
    )
    heads, rows, left = _Rows(found, experiment, reader).made()
    confidence = number(100 * found.confidence, 0, reader.language)
    note = reader.say(f"sensitivity note {found.method}", confidence=confidence, clear=CLEAR)
    parts = [table(title, heads, rows, left, note=note)]
    if isinstance(found.result, Levels):
        parts.append(_trends(found.result, found.response, reader))
    return [*parts, what_may_be_said(found.result, found.response, reader)]


@dataclass(frozen=True)
class _Rows:
    """Heads and rows of the table of each method."""

    found: Varied
    experiment: Experiment
    reader: Reader

    def made(self) -> tuple[list[str], list[list[str]], int]:
        """Return heads, rows and the number of leading columns that are text."""
        match self.found.result:
            case Tornado() as result:
                return self._tornado(result)
            case Morris() as result:
                return self._morris(result)
            case SobolIndices() as result:
                return self._sobol(result)
            case Effects() as result:
                return self._effects(result)
            case Levels() as result:
                return self._levels(result)

    def _tornado(self, result: Tornado) -> tuple[list[str], list[list[str]], int]:
        rows = []
        for bar in result.bars:
            halves = [x.half_width for x in (bar.low, bar.high) if x.n and x.half_width is not None]
            factor = unit_scale(self.reader.metric(self.found.response).unit, self.reader.language)[0]
            half = max(halves) * factor if halves else None
            places = decimals(bar.swing * factor, half)
            swing = number(bar.swing * factor, max(places, 0), self.reader.language)
            cells = [self.change(bar.low), self.change(bar.high), swing]
            rows.append([self.reader.label(bar.factor), self.ends(bar.factor), *cells])
        return [*self.heads("factor", "range"), *self.units("at low", "at high", "swing")], rows, 2

    def _morris(self, result: Morris) -> tuple[list[str], list[list[str]], int]:
        rows = [
            [
                *(self.reader.label(one.factor), self.ends(one.factor)),
                *(self.change(one.mu_star), self.change(one.mu), self.change(one.sigma)),
            ]
            for one in result.factors
        ]
        return [*self.heads("factor", "range"), *self.units("mu star", "mu", "sigma")], rows, 2

    def _sobol(self, result: SobolIndices) -> tuple[list[str], list[list[str]], int]:
        ordered = sorted(result.factors, key=lambda one: -one.total.value)
        rows = [
            [self.reader.label(i.factor), self.ends(i.factor), self.share(i.first), self.share(i.total)]
            for i in ordered
        ]
        return self.heads("factor", "range", "first", "total"), rows, 2

    def _effects(self, result: Effects) -> tuple[list[str], list[list[str]], int]:
        rows = [[joined(e.effect, self.reader), self.mixed(e), self.change(e.size)] for e in result.effects]
        if any(mixed for _, mixed, _ in rows):
            return [*self.heads("effect", "confounded"), *self.units("size")], rows, 2
        return [*self.heads("effect"), *self.units("size")], [[name, size] for name, _, size in rows], 1

    def mixed(self, effect: Effect) -> str:
        """Return what else is in an effect, the largest shares first."""
        largest = sorted(effect.confounded_with, key=lambda alias: -abs(alias.share))
        named = [
            f"{joined(a.confounded_with, self.reader)} ({number(a.share, 2, self.reader.language, signed=True)})"
            for a in largest[:MOST_MIXED]
        ]
        more = len(largest) - len(named)
        return ", ".join([*named, *([self.reader.say("sensitivity and more", more=more)] if more else [])])

    def _levels(self, result: Levels) -> tuple[list[str], list[list[str]], int]:
        rows = []
        for term in result.terms:
            share = NOT_APPLICABLE if math.isnan(term.share) else number(100 * term.share, 1, self.reader.language)
            least = 10**-P_DECIMALS
            p = NOT_APPLICABLE if math.isnan(term.p) else number(max(term.p, least), P_DECIMALS, self.reader.language)
            p = f"< {p}" if term.p < least else p
            mark = f" {CLEAR}" if is_shown(result, term.term) else ""
            rows.append([joined(term.term, self.reader), f"{share}{mark}", p])
        return [*self.heads("term"), f"{self.reader.say('sensitivity share')}\n[%]", *self.heads("p")], rows, 1

    def heads(self, *names: str) -> list[str]:
        """Return heads without a unit."""
        return [self.reader.say(f"sensitivity {name}") for name in names]

    def units(self, *names: str) -> list[str]:
        """Return heads with the unit of changes of the response."""
        unit = unit_of_change(self.found.response, self.reader)
        return [f"{head}\n[{unit}]" if unit else head for head in self.heads(*names)]

    def change(self, value: Interval | Bounds) -> str:
        """Return a change of the response."""
        return change_text(value, self.found.response, self.reader)

    def share(self, value: Bounds) -> str:
        """Return a share of the variance [%]."""
        text = interval_text(value.value, value.low, value.high, "share", self.reader.language)
        return f"{text} {CLEAR}" if value.is_clear else text

    def ends(self, name: str) -> str:
        """Return the lowest and the highest setting of a factor, as a file writes them."""
        (factor,) = (each for each in self.experiment.factors if each.name == name)
        return f"{setting(factor, 0, self.reader)}\n{setting(factor, -1, self.reader)}"


def setting(factor: BoundFactor, which: int, reader: Reader) -> str:
    """Return the first (0) or the last (-1) setting of a factor, as a file writes it; numbers in their order."""
    settings: Sequence[Any] = factor.levels or (factor.low, factor.high)
    if not factor.field.is_number:
        return str(settings[which])
    return value_text(float(sorted(settings, key=float)[which]), factor.field.unit, reader.currency)


def _trends(result: Levels, response: str, reader: Reader) -> RenderableType:
    known = {1: "linear", 2: "quadratic", 3: "cubic"}
    unit = unit_of_change(response, reader)
    size = reader.say("sensitivity size")
    rows = []
    for each in result.trends:
        words = [reader.say(f"trend {known[d]}") if d in known else str(d) for d in each.degrees]
        rows.append([joined(each.term, reader), " x ".join(words), change_text(each.size, response, reader)])
    heads = [reader.say("sensitivity term"), reader.say("sensitivity trend"), f"{size}\n[{unit}]" if unit else size]
    return table(reader.say("sensitivity title trends"), heads, rows, 2)


# For machines ---------------------------------------------------------------------------------------------------


def varied_frames(found: Varied) -> dict[str, pd.DataFrame]:
    """Return what a method found as tables: 'sensitivity', and of levels 'trends'."""
    frames = {"sensitivity": found.result.table()}
    if isinstance(found.result, Levels):
        frames["trends"] = found.result.trend_table()
    return frames


def varied_data(found: Varied, reader: Reader) -> dict[str, Any]:
    """Return what a method found as plain data, but for numbers that are none."""
    result = found.result
    data: dict[str, Any] = {
        "method": found.method,
        "response": found.response,
        "unit": reader.metric(found.response).unit,
        "seed": found.seed,
        "points": found.points,
        "replications": found.replications,
        "samples": found.samples,
        "confidence": found.confidence,
        "simultaneous": isinstance(result, Tornado | Effects | Levels),
        "sentence": what_may_be_said(result, found.response, reader),
    }
    if isinstance(result, Morris | SobolIndices):
        data["left_out"] = result.left_out
    if isinstance(result, SobolIndices | Levels):
        data["variance"] = result.variance
    if isinstance(result, Effects):
        data["mean"] = {"mean": result.mean.mean, "low": result.mean.low, "high": result.mean.high}
    return data | {name: frame.to_dict("records") for name, frame in varied_frames(found).items()}
