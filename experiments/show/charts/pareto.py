"""Cost against an outcome: a mark a way of working, those that nothing betters joined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from experiments.analysis.added_pay import pay_of_posts
from experiments.analysis.trade_off import FEW, Array, TradeOff, trade_off
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, same, token, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import numbers
from experiments.show.charts.naming import metric_unit, metric_words, way_words
from experiments.show.charts.pareto_figure import HEIGHT, LOOK, Mark, Side, figure, labels
from experiments.show.numbers import unit_scale
from sim.errors import UsageError
from sim.measures.columns import describe

PRICE = "policy_cost"
"""Cost of policies; the pay of posts that a way adds is put on top, for in the books it is no cost of a policy."""
FAR = 3.0
"""A way that costs so many times the next cheaper one, and those beyond it, stand at the edge: else all others would be
one heap."""
MOST_FAR = 0.2
"""Share of the ways that may stand there."""


def pareto(
    study: Study, cost: str = PRICE, outcome: str = "churn_per_year", ways: Sequence[str] | None = None
) -> Chart:
    """Return what ways of working cost against what they do, and which of them nothing betters in both.

    Parameters
    ----------
    study : Study
        With at least two ways of working. If today's is among them, both axes are changes from it, paired by
        replication: what all share in luck cancels out.
    cost, outcome : str
        Metrics of which the dictionary says what is better. "policy_cost" is shown with the pay of added posts.
    ways : sequence of str, optional
        Which ways besides today's; all if not given.

    Raises
    ------
    UsageError
        If there are fewer than two ways of working or two complete replications, or a metric is missing or is better
        neither low nor high.
    """
    chosen = tuple(study.others if ways is None else ways)
    chosen = (TODAY, *chosen) if study.has_today else chosen
    if len(chosen) < 2:
        raise UsageError("pareto: needs at least two ways of working; run another, such as today's.")
    sides = (_side(study, cost), _side(study, outcome))
    tables = [_table(study, side.metric, chosen) for side in sides]
    paid = pay_of_posts(study, chosen)
    posts = cost == PRICE and any(paid.values())
    if posts:
        tables[0] = tables[0] + np.array([paid[way] for way in chosen])[:, None]
    baseline = 0 if study.has_today else None
    found = trade_off(*tables, better=(sides[0].better, sides[1].better), baseline=baseline)
    marks = _at_the_edge(_marks(study, chosen, found, sides))
    many = len(chosen) > FEW
    listed = [m for m in marks if not many or m.option.place == "front" or m.way == TODAY]
    traces, layout = figure(marks, sides, changes=study.has_today)
    if not many:
        layout["annotations"] = labels(marks, sides, layout)
    return Chart(
        "pareto",
        words("pareto title", cost=_cost_words(sides[0], posts), outcome=sides[1].name),
        _reading(marks, found, changes=study.has_today, posts=posts),
        _columns(sides, study.has_today),
        tuple(_row(mark, sides, study.has_today) for mark in listed),
        traces,
        layout,
        height=HEIGHT,
    )


def _side(study: Study, metric: str) -> Side:
    known = describe(metric, study.scenario.currency)
    if known.better is None:
        raise UsageError(f"pareto: of '{metric}' neither low nor high is better; take another, such as wait_mean.")
    if not study.has(metric):
        raise UsageError(f"pareto: '{metric}' has no value in these results; take another, such as wait_mean.")
    factor, _ = unit_scale(known.unit)
    unit = metric_unit(study, metric, points=study.has_today)
    return Side(metric, factor, metric_words(study, metric), unit, known.better)


def _table(study: Study, metric: str, ways: Sequence[str]) -> Array:
    wide = study.wide[metric].unstack(level=1)
    missing = [way for way in ways if way not in wide.index]
    if missing:
        raise UsageError(f"pareto: way of working '{missing[0][:80]}' was not run; name those of the results.")
    values: Array = wide.loc[list(ways)].to_numpy(dtype=np.float64)
    return values


def _cost_words(side: Side, posts: bool) -> Words:
    return words("pareto cost and posts", cost=side.name) if posts else side.name


def _marks(study: Study, ways: Sequence[str], found: TradeOff, sides: tuple[Side, Side]) -> list[Mark]:
    """Return the marks from the cheapest to the dearest, numbered so; ways without values are left out."""
    rows = [
        (o.cost.mean * sides[0].factor, o.outcome.mean * sides[1].factor, way, o)
        for way, o in zip(ways, found.options, strict=True)
        if o.cost.mean is not None and o.outcome.mean is not None
    ]
    rows.sort(key=lambda row: row[:2])
    many = len(ways) > FEW
    named = [same("") if many and o.place != "front" and way != TODAY else way_words(study, way) for *_, way, o in rows]
    return [Mark(k + 1, way, name, o, x, y) for k, ((x, y, way, o), name) in enumerate(zip(rows, named, strict=True))]


def _at_the_edge(marks: list[Mark]) -> list[Mark]:
    """Return the marks with those that are far dearer than the rest just beyond it."""
    first = next(
        (
            k
            for k in range(max(1, math.ceil(len(marks) * (1 - MOST_FAR))), len(marks))
            if marks[k - 1].x > 0 and marks[k].x > FAR * marks[k - 1].x
        ),
        len(marks),
    )
    edge = 1.12 * marks[first - 1].x
    return [replace(mark, x=edge, is_far=True) if k >= first else mark for k, mark in enumerate(marks)]


def _columns(sides: tuple[Side, Side], changes: bool) -> tuple[Column, ...]:
    columns = [Column("number", words("pareto number")), Column("way", words("way of working"))]
    for key, side in zip(("cost", "outcome"), sides, strict=True):
        title = words("pareto change", name=side.name) if changes else side.name
        columns += [
            Column(key, title, side.unit),
            Column(f"{key}_low", words("from"), side.unit),
            Column(f"{key}_high", words("up to"), side.unit),
        ]
    return (*columns, Column("standing", words("pareto standing")))


def _row(mark: Mark, sides: tuple[Side, Side], changes: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = [Num(mark.number), mark.name]
    for side, one in zip(sides, (mark.option.cost, mark.option.outcome), strict=True):
        cells += numbers(one, side.factor, signed=changes)
    return (*cells, words(f"pareto {mark.option.place}"))


def _reading(marks: Sequence[Mark], found: TradeOff, *, changes: bool, posts: bool) -> Words:
    counts = {place: sum(m.option.place == place for m in marks) for place in LOOK}
    parts = [words("pareto reading changes" if changes else "pareto reading means", n=token(found.n))]
    parts += [words("pareto reading together" if found.together else "pareto reading each")]
    parts += [words("pareto reading front")]
    if len(marks) > FEW:
        parts += [words("pareto reading many", n=token(len(marks)), front=token(counts["front"]))]
    if counts["front"] < len(marks):
        sure = {"open": token(counts["open"]), "dominated": token(counts["dominated"])}
        parts += [words("pareto reading sure", **sure)]
    parts += [words("pareto reading far")] if any(m.is_far for m in marks) else []
    parts += [words("pareto reading posts")] if posts else []
    return joined(parts, " ")
