"""The points of a plan: its design carried out over its factors."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.plan import designs
from experiments.plan.designs import Axis, Point
from experiments.plan.plan import (
    Crossed,
    Custom,
    FractionalFactorial,
    LatinHypercube,
    OneAtATime,
    PlackettBurman,
    Plan,
    Simple,
    Sobol,
)
from sim.errors import InputError, RelevoError, nearest

if TYPE_CHECKING:
    from experiments.plan.factors import BoundFactor, Place
    from sim.scenario.changes import Value

MOST_POINTS = 1_000_000


Laid = tuple[tuple["BoundFactor", ...], list[Point]]
"""Factors, with the levels of their own table where they came with one, and points."""


def lay_out(plan: Plan, factors: Sequence[BoundFactor], place: Place, folder: Path | None) -> Laid:
    """Return the points of a plan's design, before constraints.

    Returns
    -------
    (tuple of BoundFactor, list of Point)
        A factor whose values come from a table has these as its levels.

    Raises
    ------
    InputError
        If the design does not suit the factors.
    """
    try:
        if isinstance(plan.design, Crossed):
            return _crossed(plan.design, factors, place, folder)
        return _simple(plan.design, factors, place, folder)
    except InputError:
        raise
    except (RelevoError, ValueError) as error:
        raise InputError(f"{place('design')}: {str(error).removeprefix('design: ')}") from None


def _simple(design: Simple, factors: Sequence[BoundFactor], place: Place, folder: Path | None) -> Laid:
    if isinstance(design, Custom):
        return _from_file(design, factors, place, folder)
    return tuple(factors), made(design, [factor.axis for factor in factors], place)


def made(design: Simple, axes: Sequence[Axis], place: Place) -> list[Point]:
    """Return the points of a design that needs nothing but its factors' axes."""
    match design:
        case FractionalFactorial():
            return designs.fractional_factorial(axes, design.resolution)
        case PlackettBurman():
            return designs.plackett_burman(axes, design.fold_over)
        case OneAtATime():
            return designs.one_at_a_time(axes)
        case LatinHypercube():
            return designs.latin_hypercube(axes, design.points, design.seed, strength=design.strength)
        case Sobol():
            return designs.sobol(axes, design.points, design.seed)
        case _:
            _not_too_many(math.prod(axis.levels or 1 for axis in axes), place)
            return designs.full_factorial(axes)


def _not_too_many(size: int, place: Place) -> None:
    if size > MOST_POINTS:
        raise InputError(
            f"{place('design')}: got {size:,} points; at most {MOST_POINTS:,} are allowed; take fewer levels, or "
            "a design that needs fewer: 'fractional factorial', 'latin hypercube' or 'sobol'."
        )


def _crossed(design: Crossed, factors: Sequence[BoundFactor], place: Place, folder: Path | None) -> Laid:
    by_name = {factor.name: factor for factor in factors}
    parts: list[tuple[Sequence[Axis], Sequence[Point]]] = []
    covered: set[str] = set()
    for number, part in enumerate(design.of):
        where = place("design", "of", number)
        if part.factors is None:
            first = next(iter(by_name))
            raise InputError(f"{where}: nothing says which factors it is for; write for example 'factors: [{first}]'.")
        for name in part.factors:
            if name not in by_name:
                raise InputError(f"{where}.factors: there is no factor '{name}'. {nearest(name, by_name)}")
            if name in covered:
                raise InputError(f"{where}.factors: '{name}' stands twice; each factor belongs to one design.")
            covered.add(name)
        own, points = _simple(part, [by_name[name] for name in part.factors], place, folder)
        by_name |= {factor.name: factor for factor in own}
        parts.append(([factor.axis for factor in own], points))
    missing = [name for name in by_name if name not in covered]
    if missing:
        raise InputError(
            f"{place('design', 'of')}: no design is for {', '.join(missing)}; each factor belongs to one of them."
        )
    _not_too_many(math.prod(len(points) for _, points in parts), place)
    return tuple(by_name.values()), designs.crossed(parts, [factor.axis for factor in by_name.values()])


def _from_file(design: Custom, factors: Sequence[BoundFactor], place: Place, folder: Path | None) -> Laid:
    """Read points from a CSV file: a column per factor, values as the scenario file writes them."""
    path = (folder or Path()) / design.file
    names = [factor.name for factor in factors]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise InputError(f"{place('design', 'file')}: {path} cannot be read ({reason}); name a CSV file.") from None
    head = [cell.strip() for cell in rows[0]] if rows else []
    unknown = [cell for cell in head if cell not in names]
    missing = [name for name in names if name not in head]
    if unknown:
        raise InputError(f"{path}, line 1: the column '{unknown[0]}' is no factor. {nearest(unknown[0], names)}")
    if missing:
        raise InputError(f"{path}, line 1: no column for {', '.join(missing)}; every factor needs one.")
    values: list[list[Value | None]] = []
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            raise InputError(f"{path}, line {line}: {len(row)} cells; the first line has {len(head)}; make them equal.")
        cells = dict(zip(head, row, strict=True))
        values.append([_value(f, cells[f.name].strip(), f"{path}, line {line}, {f.name}") for f in factors])
    if not values:
        raise InputError(f"{path}: no points; write a line of values below the names of the factors.")
    own = [
        f.with_levels(dict.fromkeys(v for v in column if v is not None))
        for f, column in zip(factors, zip(*values, strict=True), strict=True)
    ]
    places = [{value: i for i, value in enumerate(factor.levels or ())} for factor in own]
    return tuple(own), [
        tuple(None if v is None else at[v] for v, at in zip(row, places, strict=True)) for row in values
    ]


def _value(factor: BoundFactor, text: str, where: str) -> Value | None:
    """Return the value of a cell; it must be one of the factor's levels, or within its range."""
    if not text:
        return None
    try:
        value = factor.read(text)
    except ValueError as error:
        raise InputError(f"{where}: {error}.") from None
    if factor.levels is not None:
        if value not in factor.levels:
            known = ", ".join(str(factor.field.written(level)) for level in factor.levels)
            raise InputError(f"{where}: got {text}, which is none of the factor's levels ({known}); add it to them.")
    elif not factor.low <= float(value) <= factor.high:
        raise InputError(f"{where}: got {text}; the factor's range is {factor.low:g} to {factor.high:g}; widen it.")
    return value
