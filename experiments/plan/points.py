"""The points of a plan: its design carried out over its factors."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.plan import designs
from experiments.plan.designs import Axis, Point
from experiments.plan.designs.axis import MOST_POINTS
from experiments.plan.kinds import (
    Crossed,
    Custom,
    FractionalFactorial,
    LatinHypercube,
    OneAtATime,
    PlackettBurman,
    Simple,
    Sobol,
)
from experiments.plan.plan import Plan
from sim.errors import InputError, RelevoError, nearest, shown

if TYPE_CHECKING:
    from experiments.plan.factors import BoundFactor
    from experiments.plan.place import Place
    from sim.scenario.changes import Value


Laid = tuple[tuple["BoundFactor", ...], list[Point]]
"""Factors, with the levels of their own table where they came with one, and points."""


def lay_out(plan: Plan, factors: Sequence[BoundFactor], place: Place) -> Laid:
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
    if isinstance(plan.design, Crossed):
        return _crossed(plan.design, factors, place)
    if plan.design.factors is not None:
        _for_all(plan.design.factors, [factor.name for factor in factors], place)
    return _simple(plan.design, factors, place, ("design",))


def _for_all(named: Sequence[str], known: Sequence[str], place: Place) -> None:
    """Insist that a design that is not crossed is for every factor."""
    where = place("design", "factors")
    for name in named:
        if name not in known:
            raise InputError(f"{where}: there is no factor '{name}'. {nearest(name, known)}")
    left = [name for name in known if name not in named]
    if left:
        raise InputError(
            f"{where}: leaves out {', '.join(left)}; a design by itself is for all factors; "
            "leave 'factors' out here, or cross it with a design for the others."
        )


def _simple(design: Simple, factors: Sequence[BoundFactor], place: Place, keys: tuple[str | int, ...]) -> Laid:
    if isinstance(design, Custom):
        return _from_file(design, factors, place, (*keys, "file"))
    try:
        return tuple(factors), made(design, [factor.axis for factor in factors])
    except (RelevoError, ValueError) as error:
        raise InputError(f"{place(*keys)}: {str(error).removeprefix('design: ')}") from None


def made(design: Simple, axes: Sequence[Axis]) -> list[Point]:
    """Return the points of a design that needs nothing but its factors' axes; raises UsageError if they do not fit."""
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
            return designs.full_factorial(axes)


def _crossed(design: Crossed, factors: Sequence[BoundFactor], place: Place) -> Laid:
    by_name = {factor.name: factor for factor in factors}
    parts: list[tuple[Sequence[Axis], Sequence[Point]]] = []
    covered: set[str] = set()
    for number, part in enumerate(design.of):
        keys = ("design", "of", number)
        where = place(*keys)
        if not part.factors:
            first = next(iter(by_name))
            raise InputError(f"{where}: nothing says which factors it is for; write for example 'factors: [{first}]'.")
        for name in part.factors:
            if name not in by_name:
                raise InputError(f"{where}.factors: there is no factor '{name}'. {nearest(name, by_name)}")
            if name in covered:
                raise InputError(
                    f"{where}.factors: '{name}' stands twice; each factor belongs to one design; remove it here."
                )
            covered.add(name)
        own, points = _simple(part, [by_name[name] for name in part.factors], place, keys)
        by_name |= {factor.name: factor for factor in own}
        parts.append(([factor.axis for factor in own], points))
    missing = [name for name in by_name if name not in covered]
    if missing:
        raise InputError(
            f"{place('design', 'of')}: no design is for {', '.join(missing)}; each factor belongs to one of them; "
            "add it to one."
        )
    try:
        return tuple(by_name.values()), designs.crossed(parts, [factor.axis for factor in by_name.values()])
    except RelevoError as error:
        raise InputError(f"{place('design')}: {str(error).removeprefix('design: ')}") from None


def _from_file(design: Custom, factors: Sequence[BoundFactor], place: Place, keys: tuple[str | int, ...]) -> Laid:
    """Read points from a CSV file: a column per factor, values as the scenario file writes them."""
    path = place.beside(design.file, *keys)
    try:
        if not path.is_file():
            raise InputError(f"{place(*keys)}: {path} is no file; name a CSV file beside the plan; check the path.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            # A spreadsheet that writes decimal commas separates columns by semicolons.
            delimiter = ";" if ";" in file.readline() else ","
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter)
            rows = [(reader.line_num, row) for row in reader if row]
    except (OSError, ValueError, csv.Error) as error:
        why = (
            "it is not text in UTF-8" if isinstance(error, UnicodeError) else getattr(error, "strerror", None) or error
        )
        raise InputError(f"{place(*keys)}: {path} cannot be read ({why}); name a CSV file in UTF-8.") from None
    names = [factor.name for factor in factors]
    head = _head(rows[0][1], names, str(path)) if rows else []
    if len(rows) < 2:
        raise InputError(
            f"{path}: no points; a line of values for each is needed; write {', '.join(names)} above them."
        )
    if len(rows) - 1 > MOST_POINTS:
        raise InputError(f"{path}: got {len(rows) - 1:,} points; at most {MOST_POINTS:,} are allowed; take fewer.")
    values: list[list[Value | None]] = []
    for line, row in rows[1:]:
        if len(row) != len(head):
            raise InputError(f"{path}, line {line}: {len(row)} cells; the first line has {len(head)}; make them equal.")
        cells = dict(zip(head, row, strict=True))
        values.append([_value(f, cells[f.name].strip(), f"{path}, line {line}, {f.name}") for f in factors])
    return _as_levels(factors, values)


def _head(cells: Sequence[str], names: Sequence[str], path: str) -> list[str]:
    """Check the names of the columns: each factor once and nothing else."""
    head = [cell.strip() for cell in cells]
    for cell in head:
        if cell not in names:
            raise InputError(f"{path}, line 1: the column {shown(cell)} is no factor. {nearest(cell, names)}")
        if head.count(cell) > 1:
            raise InputError(
                f"{path}, line 1: the column '{cell}' stands twice; each factor has one; remove the other."
            )
    missing = [name for name in names if name not in head]
    if missing:
        raise InputError(f"{path}, line 1: no column for {', '.join(missing)}; every factor has one; add it.")
    return head


def _as_levels(factors: Sequence[BoundFactor], rows: Sequence[Sequence[Value | None]]) -> Laid:
    """Make the values of a table the levels of its factors; one that is as today everywhere stays as it is."""
    own = []
    for factor, column in zip(factors, zip(*rows, strict=True), strict=True):
        levels = dict.fromkeys(value for value in column if value is not None)
        own.append(factor.with_levels(levels) if levels else factor)
    places = [{value: i for i, value in enumerate(factor.levels or ())} for factor in own]
    return tuple(own), [tuple(None if v is None else at[v] for v, at in zip(row, places, strict=True)) for row in rows]


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
        low, high = factor.field.written(factor.low), factor.field.written(factor.high)
        raise InputError(f"{where}: got {text}; the factor's range is {low} to {high}; widen it.")
    return value
