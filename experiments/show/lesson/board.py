"""The scoreboard of a lesson: every figure in every way of working, green, red or on the line."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from experiments.analysis.lessons import Found, found, standing
from experiments.analysis.mean_interval import Interval
from experiments.plan.lessons.lesson import Greens, Owner
from experiments.plan.lessons.load import TODAY, BoundLesson
from experiments.plan.lessons.rows import Row
from experiments.run.study import Study
from experiments.show.bilingual import Words, joined, same, words
from experiments.show.charts.naming import department_words, label_words, metric_words
from experiments.show.lesson.said import amount_words, brief_place, brief_words, found_words
from sim.measures.columns import describe

FEWEST_COUNTED = 2
"""How many coloured figures an owner needs for the number of green ones to say more than the figure itself."""
OWNERS: tuple[Owner, ...] = ("department", "customer", "company")


@dataclass(frozen=True)
class Cell:
    """A figure in one way of working.

    Attributes
    ----------
    value : Words
        With interval and unit.
    standing : str
        "met", "missed", "close" or "none".
    """

    value: Words
    standing: str


def board(bound: BoundLesson, looks: dict[str, Study], look: str) -> dict[str, Any]:
    """Return what a look's scoreboard says: names of the ways, how many are green, and tables by owner."""
    study = looks[look]
    keys = [TODAY, *bound.compared]
    labels = [label_words(bound.way(key).label, key) for key in keys]
    return {
        "ways": labels,
        "tally": [row for owner in OWNERS if (row := _tally(bound, looks, look, owner, keys)) is not None],
        "owners": [each for owner in OWNERS if (each := _owner(bound, study, owner, keys))["groups"]],
    }


def _tally(bound: BoundLesson, looks: dict[str, Study], look: str, owner: Owner, keys: list[str]) -> Any:
    counts = [_greens(bound, looks, look, owner, key) for key in keys]
    if (counts[0].most or 0) < FEWEST_COUNTED:
        return None
    return {"owner": words(f"lesson owner {owner}"), "cells": [(found_words(each), _all(each)) for each in counts]}


def _greens(bound: BoundLesson, looks: dict[str, Study], look: str, owner: Owner, key: str) -> Found:
    asked = Greens(kind="greens", owner=owner, change=key or None, look="early" if look == "early" else "end")
    return found(asked, looks, bound.rows)


def _all(count: Found) -> str:
    """Return how a number of green figures is marked: all of them, none of them, or some."""
    one = count.interval
    return "met" if one.low == count.most else "missed" if not one.high else "none"


def _owner(bound: BoundLesson, study: Study, owner: Owner, keys: list[str]) -> dict[str, Any]:
    rows = [row for row in bound.rows if row.owner == owner]
    groups = [_group(study, list(alike), keys) for _, alike in groupby(rows, key=_kind)]
    return {"title": words(f"lesson owner {owner}"), "groups": groups}


def _kind(row: Row) -> tuple[str, Any, float, float]:
    """Return what rows of one group share: the metric but for the department, name and limits."""
    last = row.metric.rpartition(".")[2] if row.department is not None else row.metric
    return last, row.label, row.low, row.high


def _group(study: Study, rows: list[Row], keys: list[str]) -> dict[str, Any]:
    unit = describe(rows[0].metric, study.scenario.currency).unit
    several = len(rows) > 1
    return {
        "name": figure_words(study, rows[0]),
        "limit": limit_words(rows[0], unit),
        "several": several,
        "rows": [
            {
                "name": department_words(study, row.department or "") if several else named(study, row),
                "cells": _cells(row, study, keys, unit),
            }
            for row in rows
        ],
    }


def figure_words(study: Study, row: Row) -> Words:
    """Return the name of a figure."""
    return metric_words(study, row.metric) if row.label is None else label_words(row.label, row.metric)


def named(study: Study, row: Row) -> Words:
    """Return the name of a figure with its department, if it has one."""
    name = figure_words(study, row)
    return name if row.department is None else joined([department_words(study, row.department), name], ": ")


def limit_words(row: Row, unit: str) -> Words:
    """Return when a figure is green."""
    if not row.has_limit:
        return same("")
    if math.isfinite(row.low):
        return words("lesson at least", limit=amount_words(row.low, unit))
    return words("lesson at most", limit=amount_words(row.high, unit))


def _cells(row: Row, study: Study, keys: list[str], unit: str) -> list[Cell]:
    """Return a figure in all ways of working, to the same decimal place, so that they can be compared."""
    found_here = [standing(row, study, key) for key in keys]
    known = [brief_place(one, unit) for one, _ in found_here if one.mean is not None]
    return [_cell(one, found_standing, unit, min(known, default=0)) for one, found_standing in found_here]


def _cell(one: Interval, found_standing: str, unit: str, place: int) -> Cell:
    if one.mean is None:
        return Cell(words("lesson no number"), found_standing)
    if one.low is not None and one.mean >= 0 and "/year" not in unit:
        one = replace(one, low=max(0.0, one.low))  # No share, time or number of things lies below zero.
    return Cell(brief_words(one, unit, place=place), found_standing)
