"""What became of the people: morale, standards, skill, resignations, vacancies, absence."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.measures.basis import Basis
from sim.measures.record import Record, as_numbers
from sim.measures.shares import NAN, ratio
from sim.units import HOURS_PER_YEAR, MS_PER_HOUR

Floats = NDArray[np.float64]
STATES = ("morale", "standard", "pace", "load", "skill")
"""Floats of a state, in their order there."""
FIRST_FLOAT = 6


def staff(given: Basis, record: Record) -> dict[str, float]:
    """Return the metrics of the people, of the company and of each department; nan where they do not apply."""
    # One row for each department a week, in their order: a block of weeks x departments.
    block = as_numbers(record.states).reshape(-1, given.all_departments, FIRST_FLOAT + len(STATES))
    begins = block[:, 0, 1]
    block = block[(begins >= given.begin) & (begins < given.end)]
    means = _means(block, given.all_departments)
    there = block[:, :, 2:5].sum(axis=(0, 2)) / max(1, len(block))
    years = (given.end - given.begin) / MS_PER_HOUR / HOURS_PER_YEAR
    result = _company(given, record, means, there, years)
    for i, names in given.people:
        result.update(zip(names, _department(given, record, means[i], i, float(there[i]) * years), strict=True))
    return result


def _company(given: Basis, record: Record, means: Floats, there: Floats, years: float) -> dict[str, float]:
    own, applies, sums = list(given.staff), given.applies, record.departments
    posts = there[own]
    heads = float(posts.sum())

    def mean(name: str) -> float:
        return ratio(float(np.dot(means[own, STATES.index(name)], posts)), heads)

    def total(name: str) -> int:
        return sum(sums[name][i] for i in own)

    absent = total("absent")
    return {
        "morale_mean": mean("morale") if applies.morale else NAN,
        "standard_mean": mean("standard") if applies.pressure else NAN,
        "skill_mean": mean("skill") if applies.learning else NAN,
        "resignations_per_year": ratio(total("resigned"), heads * years) if applies.turnover else NAN,
        "vacant_share": _vacant(total("vacant"), heads * years) if applies.turnover else NAN,
        "absent_share": ratio(absent, absent + total("present")) if applies.absence else NAN,
    }


def _department(given: Basis, record: Record, means: Floats, i: int, post_years: float) -> tuple[float, ...]:
    """Return the values of `PEOPLE_METRICS` of a department, in their order."""
    ours, applies, sums = i in given.staff, given.applies, record.departments
    away = sums["absent"][i]
    morale, standard, pace, _, skill = means.tolist()
    return (
        morale if applies.morale and ours else NAN,
        standard if applies.pressure else NAN,
        pace if applies.pressure else NAN,
        skill if applies.learning and ours else NAN,
        float(sums["resigned"][i]) if applies.turnover and ours else NAN,
        _vacant(sums["vacant"][i], post_years) if applies.turnover and ours else NAN,
        ratio(away, away + sums["present"][i]) if applies.absence and ours else NAN,
    )


def _means(block: NDArray[np.int64], n: int) -> Floats:
    """Return the mean of each state by department, nan without a week."""
    if not len(block):
        return np.full((n, len(STATES)), NAN)
    values: NDArray[Any] = np.ascontiguousarray(block[:, :, FIRST_FLOAT:]).view(np.float64)
    means: Floats = np.add.reduce(values, axis=0) / len(block)
    return means


def _vacant(vacant: int, post_years: float) -> float:
    """Return the share of the posts' time for which they had nobody."""
    return ratio(vacant / MS_PER_HOUR / HOURS_PER_YEAR, post_years)
