"""Factors tied to a company: what a place in a range or a level means there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.plan.designs import Axis, Coordinate
from experiments.plan.plan import Factor
from sim.errors import InputError, RelevoError, UsageError, nearest, shown
from sim.policies import Policy, load_policy
from sim.scenario.changes import Base, Field, Value
from sim.scenario.files import shipped_names
from sim.units import share

INTENSITY = Field("intensity", "share", 0.0)
"""How fully a policy is in force; today not at all."""
Place = Callable[..., str]
"""Keys -> where they stand in the plan, for messages."""


@dataclass(frozen=True)
class BoundFactor:
    """A factor of a plan, tied to its company.

    Attributes
    ----------
    name : str
        Name in the plan; its column in every table.
    field : Field
        What varies; for a policy its intensity.
    policy : Policy or None
        The policy whose intensity varies.
    levels : tuple or None
        Values in base units; None for a range without steps.
    low, high : float
        Ends of the range, in base units; 0 and 0 with levels.
    log : bool
        Whether equal distances are equal factors.
    controllable : bool
        Whether the organisation decides it.
    """

    name: str
    field: Field
    policy: Policy | None = None
    levels: tuple[Value, ...] | None = None
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    controllable: bool = True

    @property
    def axis(self) -> Axis:
        """What a design needs to know of it."""
        return Axis(self.name, None if self.levels is None else len(self.levels))

    @property
    def unit(self) -> str:
        """Unit of its values in tables."""
        return {"share": "share", "work time": "h", "calendar time": "h", "rate": "1/h", "word": "text"}.get(
            self.field.unit, "1"
        )

    @property
    def today(self) -> Value | None:
        """Its value in today's way; None where the scenario says none."""
        return self.field.today

    def read(self, text: object) -> Value:
        """Return a value as a file writes it in base units; raises ValueError where it cannot stand."""
        if self.field is INTENSITY:
            return share(text)
        # A cell of a table is text; of a number without unit it is that number.
        if isinstance(text, str) and self.field.unit in ("number", "money", "count"):
            with suppress(ValueError):
                text = float(text)
        return self.field.read(text)

    def with_levels(self, values: Iterable[Value]) -> BoundFactor:
        """Return the factor with these values instead of its range or levels."""
        return replace(self, levels=tuple(values))

    def value(self, coordinate: Coordinate) -> Value | None:
        """Return the value at a coordinate, in base units; today's at None.

        Whole numbers are rounded after scaling, so that two coordinates may be the same value.
        """
        if coordinate is None:
            return self.today
        if self.levels is not None:
            return self.levels[int(coordinate)]
        return _between(self.low, self.high, float(coordinate), self.log, self.field.unit == "count")


def _between(low: float, high: float, place: float, log: bool, whole: bool) -> float | int:
    if place == 0.0:
        value = low
    elif place == 1.0:
        value = high
    elif log:
        value = math.exp(math.log(low) + place * (math.log(high) - math.log(low)))
    else:
        value = low + place * (high - low)
    return round(value) if whole else min(max(value, min(low, high)), max(low, high))


def bind(factors: Mapping[str, Factor], base: Base, place: Place, folder: Path | None) -> tuple[BoundFactor, ...]:
    """Tie the factors of a plan to its company.

    Parameters
    ----------
    factors : mapping
        As the plan writes them.
    base : Base
        The company.
    place : callable
        Says where keys stand in the plan.
    folder : Path or None
        The plan's folder, from which policy files are named.

    Raises
    ------
    InputError
        If a factor is neither a policy nor a field, or a value cannot stand there.
    """
    bound = tuple(_bound(name, factor, base, place, folder) for name, factor in factors.items())
    seen: dict[str, str] = {}
    for each in bound:
        what = each.field.path if each.policy is None else f"policy {each.policy.name}"
        if what in seen:
            raise InputError(
                f"{place('factors', each.name)}: varies the same as '{seen[what]}', {what}; each may vary once; "
                "remove one of them."
            )
        seen[what] = each.name
    return bound


def _bound(name: str, factor: Factor, base: Base, place: Place, folder: Path | None) -> BoundFactor:
    policy, field = _what_varies(name, factor, base, place, folder)
    controllable = factor.role == "controllable"
    if factor.levels is not None:
        levels = tuple(_read(field, text, place("factors", name, "levels")) for text in factor.levels)
        if len(set(levels)) < len(levels):
            raise InputError(f"{place('factors', name, 'levels')}: a level stands twice; name each once.")
        return BoundFactor(name, field, policy, levels, controllable=controllable)
    where = place("factors", name, "range")
    if field.unit == "word" or factor.range is None:
        raise InputError(f"{where}: {field.path} is no number, so it has no range; give 'levels' instead.")
    low, high = (float(_read(field, text, where)) for text in factor.range)
    log = factor.scale == "log"
    if not low < high:
        raise InputError(
            f"{where}: got {shown(factor.range[0])} to {shown(factor.range[1])}; write the lower end first."
        )
    if log and low <= 0:
        raise InputError(f"{where}: got {shown(factor.range[0])}; a range on a log scale begins above 0.")
    whole = field.unit == "count"
    if factor.steps is None:
        return BoundFactor(name, field, policy, None, low, high, log, controllable)
    steps = [_between(low, high, i / (factor.steps - 1), log, whole) for i in range(factor.steps)]
    return BoundFactor(name, field, policy, tuple(dict.fromkeys(steps)), controllable=controllable)


def _what_varies(
    name: str, factor: Factor, base: Base, place: Place, folder: Path | None
) -> tuple[Policy | None, Field]:
    """Return the policy whose intensity varies, if any, and the field."""
    try:
        if factor.policy is not None or (factor.field is None and name in shipped_names("policies")):
            return find_policy(factor.policy or name, folder), INTENSITY
        if factor.field is None and "." not in name:
            raise UsageError(
                f"'{name}' is no shipped policy, and nothing says what it varies. "
                f"{nearest(name, shipped_names('policies'))} "
                "Write 'policy: NAME' or 'field: departments.warehouse.staff'."
            )
        return None, base.field(factor.field or name)
    except RelevoError as error:
        raise InputError(f"{place('factors', name)}: {error}") from None


def find_policy(source: str, folder: Path | None) -> Policy:
    """Return a shipped policy, or one from a file named from the plan's folder."""
    beside = (folder or Path()) / source
    return load_policy(beside if source.endswith((".yaml", ".yml")) else source)


def _read(field: Field, text: object, where: str) -> Value:
    try:
        return BoundFactor("", field).read(text)
    except ValueError as error:
        raise InputError(f"{where}: {error}.") from None
