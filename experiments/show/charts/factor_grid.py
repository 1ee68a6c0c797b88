"""A metric over two factors of a sweep: which points are meant, and what is computed of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.two_way import TwoWay, two_way
from experiments.run.study import TODAY, Study, StudyFactor
from experiments.show.bilingual import Words
from experiments.show.charts.naming import factor_words, metric_unit, metric_words
from experiments.show.charts.settings import factor_named, factor_unit, setting_words
from experiments.show.numbers import unit_scale
from sim.errors import UsageError
from sim.measures.columns import describe


@dataclass(frozen=True)
class Grid:
    """A metric over two factors, as it is shown.

    Attributes
    ----------
    a, b : StudyFactor
        Along the axis, and of the lines.
    names, settings : tuple
        Of a and of b, for people.
    found : TwoWay
        In the metric's own unit; changes from today's cell if `is_change`.
    averaged : bool
        Whether further factors are averaged over, or as today.
    others : int
        How many there are.
    metric, unit, change : Words
        The metric's name, its unit as shown, and that of a change.
    factor : float
        From the metric's unit to the one shown.
    today : tuple of int or None
        Today's level of a and of b.
    is_change : bool
        Whether changes from today are shown.
    """

    a: StudyFactor
    b: StudyFactor
    names: tuple[Words, Words]
    settings: tuple[list[Words], list[Words]]
    found: TwoWay
    averaged: bool
    others: int
    metric: Words
    factor: float
    unit: Words
    change: Words
    today: tuple[int, int] | None
    is_change: bool


def grid_of(study: Study, a: str, b: str, metric: str, *, change: bool) -> Grid:
    """Return a metric over two factors of a sweep.

    Raises
    ------
    UsageError
        If a factor was not varied, combinations are missing, or the metric has no value.
    """
    first, second = factor_named(study, a, "two factors"), factor_named(study, b, "two factors")
    if a == b:
        raise UsageError(f"two factors: got '{a[:80]}' twice; name two different factors.")
    if not study.has(metric):
        raise UsageError(f"two factors: '{metric[:80]}' has no value in these results; take another.")
    values, averaged = _cells(study, first, second, metric)
    today = _today(study, first, second)
    is_change = change and today is not None
    if is_change and today is not None:
        values = values - values[today]
    known = describe(metric, study.scenario.currency)
    levels = [[setting_words(v, factor_unit(study, f)) for v in f.values] for f in (first, second)]
    return Grid(
        first,
        second,
        (factor_words(study, first), factor_words(study, second)),
        (levels[0], levels[1]),
        two_way(values, paired=is_change),
        averaged,
        len(study.factors) - 2,
        metric_words(study, metric),
        unit_scale(known.unit)[0],
        metric_unit(study, metric, points=is_change),
        metric_unit(study, metric, points=True),
        today,
        is_change,
    )


def _cells(study: Study, a: StudyFactor, b: StudyFactor, metric: str) -> tuple[NDArray[np.float64], bool]:
    """Return a metric by level of a, level of b and replication, and whether further factors are averaged over."""
    assert study.design is not None
    design = study.design[[way in study.ways for way in study.design.index]]
    others = [f.name for f in study.factors if f.name not in (a.name, b.name)]
    settings = design[others].astype(str).agg("|".join, axis=1) if others else design[a.name].map(lambda _: "")
    by_cell = {(x, y): (design[a.name] == x) & (design[b.name] == y) for x in a.values for y in b.values}
    everywhere = set.intersection(*(set(settings[cell]) for cell in by_cell.values()))
    averaged = bool(everywhere) and everywhere == set(settings)
    if not averaged and study.has_today:
        today = settings.loc[TODAY]
        everywhere &= {today if isinstance(today, str) else str(today.iloc[0])}
    if not everywhere or not (averaged or study.has_today):
        raise UsageError(
            f"two factors: not all combinations of '{a.name[:80]}' and '{b.name[:80]}' were run with the other factors "
            "alike; write 'design: full factorial' in the plan."
        )
    wide = study.wide[metric].unstack(level=1)
    chosen = settings.isin(everywhere)
    cells = [[design.index[by_cell[x, y] & chosen].unique() for y in b.values] for x in a.values]
    values = [[wide.loc[list(ways)].to_numpy(dtype=np.float64).mean(axis=0) for ways in row] for row in cells]
    return np.array(values), averaged


def _today(study: Study, a: StudyFactor, b: StudyFactor) -> tuple[int, int] | None:
    if study.design is None or not study.has_today:
        return None
    row = study.design.loc[[TODAY]].iloc[0]
    at = [f.values.index(row[f.name]) if row[f.name] in f.values else None for f in (a, b)]
    return None if at[0] is None or at[1] is None else (at[0], at[1])
