"""Departments: how busy they are and how long their queues are, today and under a way of working."""

from __future__ import annotations

from typing import Any

from experiments.analysis.mean_interval import interval, paired_interval, possible
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, same, unit_words, words
from experiments.show.charts.chart import Chart, Column
from experiments.show.charts.estimates import checked_way
from experiments.show.charts.labels import cut, wrapped
from experiments.show.charts.naming import department_words, way_words
from experiments.show.charts.pairs import Pair, marks, paired_columns, paired_rows, rows_axis
from experiments.show.numbers import unit_scale
from sim.errors import UsageError, nearest
from sim.measures.columns import describe

QUEUES = ("queue_length_mean", "queue_wait_mean")
"""What the panel on the right can show."""
BUSY = "utilisation"


def departments(study: Study, way: str = TODAY, queue: str = "queue_length_mean") -> Chart:
    """Return how busy each department is and how long its queue, today and under a way of working.

    Parameters
    ----------
    study : Study
        With metrics of departments: a sweep must keep them.
    way : str
        Way of working; today's if not given.
    queue : str
        "queue_length_mean" or "queue_wait_mean".

    Raises
    ------
    UsageError
        If the way of working was not run, the results have no such metrics, or `queue` is none of these.
    """
    if queue not in QUEUES:
        raise UsageError(f"departments: '{queue[:80]}' is no measure of queues. {nearest(queue, QUEUES)}")
    ways = [TODAY, way] if checked_way(study, way, "departments") else [way]
    chosen = [name for name in study.scenario.departments if study.has(f"{name}.{BUSY}")]
    if not chosen:
        raise UsageError("departments: these results have no metrics of departments; write 'keep: [departments]'.")
    busy = [_pair(study, name, BUSY, ways) for name in chosen]
    queues = [_pair(study, name, queue, ways) for name in chosen]
    names = [way_words(study, each) for each in ways]
    unit = describe(f"{chosen[0]}.{queue}", study.scenario.currency).unit
    factor, _ = unit_scale(unit)
    parts = [words("departments reading"), words("departments explode")]
    return Chart(
        "departments",
        words("departments busy title", way=way_words(study, way)),
        joined(parts, " "),
        _columns(names, queue, unit_words(unit)),
        tuple(
            (*one, *other[1:]) for one, other in zip(paired_rows(busy, 100), paired_rows(queues, factor), strict=True)
        ),
        *_figure(busy, queues, names, (words(f"departments {queue}"), unit_words(unit), factor)),
        height=120 + 42 * len(chosen),
    )


def _pair(study: Study, name: str, metric: str, ways: list[str]) -> Pair:
    values = [study.values(f"{name}.{metric}", way) for way in ways]
    change = paired_interval(values[1], values[0]) if len(values) > 1 else None
    means = tuple(interval(one.values()) for one in values)
    if metric == BUSY:
        means = tuple(possible(one, "share") for one in means)
    return Pair(department_words(study, name), means, change)


def _columns(names: list[Words], queue: str, unit: Words) -> tuple[Column, ...]:
    busy = paired_columns(words("people department"), names, same("%"), words("points"))
    queues = paired_columns(words("people department"), names, unit)
    titled = [
        *(_titled(one, words("departments busy"), "busy") for one in busy[1:]),
        *(_titled(one, words(f"departments {queue}"), "queue") for one in queues[1:]),
    ]
    return (busy[0], *titled)


def _titled(column: Column, of: Words, key: str) -> Column:
    plain = column.key.startswith(("low", "high", "change_"))
    title = column.title if plain else words("people column", name=of, way=column.title)
    return Column(f"{key}_{column.key}", title, column.unit)


def _figure(
    busy: list[Pair], queues: list[Pair], names: list[Words], said: tuple[Words, Words, float]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return two panels that share their rows."""
    title, unit, factor = said
    traces = []
    for k, name in enumerate(names):
        short = cut(name, 44)
        traces.append(marks(busy, k, short, len(names), 100.0))
        traces.append(marks(queues, k, short, len(names), factor) | {"xaxis": "x2", "showlegend": False})
    # Items in a queue are items: their unit would say it twice.
    axis = words("two axis", name=wrapped(title, 26, 2), unit=unit) if factor != 1 or unit.en == "h" else title
    layout: dict[str, Any] = {
        "showlegend": True,
        "xaxis": {
            "title": {"text": words("departments busy axis")},
            "domain": [0, 0.48],
            "range": [0, 101],
            "dtick": 25,
            "zeroline": False,
        },
        "xaxis2": {
            "title": {"text": axis},
            "domain": [0.53, 1],
            "rangemode": "tozero",
            "zeroline": False,
            "nticks": 6,
        },
        "yaxis": rows_axis(busy),
        "shapes": [
            {
                "type": "line",
                "x0": 100,
                "x1": 100,
                "y0": -0.5,
                "y1": len(busy) - 0.5,
                "line": {"color": "@ink", "width": 2, "dash": "dot"},
            }
        ],
    }
    return traces, layout
