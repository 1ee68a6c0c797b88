"""Factors tied to a company: what a place in a range or a level means there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from experiments.plan.designs import Axis, Coordinate, Point
from experiments.plan.place import Place
from experiments.plan.plan import Factor
from sim.errors import InputError, RelevoError, UsageError, nearest, shown
from sim.policies import Policy, load_policy
from sim.scenario.annotations import keys_of
from sim.scenario.changes import Base, Field, Value
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_names
from sim.units import share

INTENSITY = Field("intensity", "share", 0.0)
"""How fully a policy is in force; today not at all, unless the scenario itself says so."""
TAKEN = ("point", "is_today", "replication", "status", "reason", "events")
"""Columns that tables of results have anyway."""
LONGEST_NAME = 150


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
        units = {
            "share": "share",
            "work time": "h",
            "calendar time": "h",
            "rate": "1/h",
            "word": "text",
            "flag": "text",
        }
        return units.get(self.field.unit, "1")

    @property
    def today(self) -> Value | None:
        """Its value in today's way; None where the scenario says none."""
        return self.field.today

    def read(self, text: object) -> Value:
        """Return a value as a file writes it in base units; raises ValueError where it cannot stand."""
        if self.policy is not None:
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


def is_today(factors: Sequence[BoundFactor], point: Point) -> bool:
    """Say whether a point is today's way of working, whether by leaving everything or by levels that are as today."""
    return all(c is None or factor.value(c) == factor.today for factor, c in zip(factors, point, strict=True))


def _between(low: float, high: float, place: float, log: bool, whole: bool) -> float | int:
    if place == 0.0:
        value = low
    elif place == 1.0:
        value = high
    elif log:
        value = math.exp(math.log(low) + place * (math.log(high) - math.log(low)))
    else:
        value = low + place * (high - low)
    return round(value) if whole else min(max(value, low), high)


def bind(factors: Mapping[str, Factor], base: Base, place: Place) -> tuple[BoundFactor, ...]:
    """Tie the factors of a plan to its company.

    Parameters
    ----------
    factors : mapping
        As the plan writes them.
    base : Base
        The company.
    place : Place
        Says where keys stand in the plan.

    Raises
    ------
    InputError
        If a factor is neither a policy nor a field, or a value cannot stand there.
    """
    bound = tuple(_bound(name, factor, base, place) for name, factor in factors.items())
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


def _bound(name: str, factor: Factor, base: Base, place: Place) -> BoundFactor:
    if name in TAKEN or not name.isprintable() or name != name.strip() or not 0 < len(name) <= LONGEST_NAME:
        raise InputError(
            f"{place('factors', name)}: got the name {shown(name)}; a name is visible text of at most {LONGEST_NAME} "
            f"characters, and none of {', '.join(TAKEN)}; choose another one."
        )
    policy, field = _what_varies(name, factor, base, place)
    bound = BoundFactor(name, field, policy, controllable=factor.role == "controllable")
    if factor.levels is not None:
        levels = tuple(_read(bound, text, place("factors", name, "levels", i)) for i, text in enumerate(factor.levels))
        for i, level in enumerate(levels):
            if level in levels[:i]:
                raise InputError(
                    f"{place('factors', name, 'levels', i)}: got {shown(factor.levels[i])}, a level that stands there "
                    "already; each may stand once; remove it."
                )
        return bound.with_levels(levels)
    return _with_range(bound, factor, place)


def _with_range(bound: BoundFactor, factor: Factor, place: Place) -> BoundFactor:
    where, field, name = place("factors", bound.name, "range"), bound.field, bound.name
    if not field.is_number or factor.range is None:
        raise InputError(f"{where}: {field.path} is no number, so it has no range; give 'levels' instead.")
    first, last = factor.range
    low, high = (float(_read(bound, text, place("factors", name, "range", i))) for i, text in enumerate((first, last)))
    log = factor.scale == "log"
    if not low < high:
        raise InputError(
            f"{where}: got {shown(first)} to {shown(last)}; the lower end must be below the upper one; "
            "write the lower end first."
        )
    if log and low <= 0:
        raise InputError(f"{where}: got {shown(first)}; a range on a log scale begins above 0; raise it a little.")
    whole = field.unit == "count"
    if factor.steps is None:
        return replace(bound, low=low, high=high, log=log)
    if whole and factor.steps > high - low + 1:
        raise InputError(
            f"{place('factors', name, 'steps')}: got {factor.steps}; from {low:g} to {high:g} there are "
            f"{high - low + 1:g} whole numbers; at most that many steps are possible; lower it."
        )
    steps = [_between(low, high, i / (factor.steps - 1), log, whole) for i in range(factor.steps)]
    # On a log scale the smallest whole numbers are met more than once.
    return bound.with_levels(dict.fromkeys(steps))


def _what_varies(name: str, factor: Factor, base: Base, place: Place) -> tuple[Policy | None, Field]:
    """Return the policy whose intensity varies, if any, and the field."""
    try:
        if factor.policy is not None or (factor.field is None and name in shipped_names("policies")):
            key = () if factor.policy is None else ("policy",)
            policy = find_policy(factor.policy or name, place, "factors", name, *key)
            own = {each.policy: each.intensity for each in base.scenario.policies}
            return policy, replace(INTENSITY, today=own.get(policy.name, 0.0))
        if factor.field is None and "." not in name and name not in keys_of(Scenario):
            raise UsageError(
                f"'{name}' is no shipped policy, and nothing says what it varies. "
                f"{nearest(name.lower().replace(' ', '_'), shipped_names('policies'))} "
                "Write 'policy: NAME' or 'field: departments.warehouse.staff'."
            )
        return None, base.field(name if factor.field is None else factor.field)
    except RelevoError as error:
        raise InputError(f"{place('factors', name)}: {error}") from None


def find_policy(source: str, place: Place, *keys: str | int) -> Policy:
    """Return a shipped policy, or one from a file named from the folder of the plan that names it at some keys."""
    if source.endswith((".yaml", ".yml")):
        return load_policy(place.beside(source, *keys))
    if source not in shipped_names("policies"):
        hint = nearest(source.lower().replace("-", "_").replace(" ", "_"), shipped_names("policies"))
        raise UsageError(f"got the policy {shown(source)}; a shipped name or a .yaml file is needed. {hint}")
    return load_policy(source)


def _read(bound: BoundFactor, text: object, where: str) -> Value:
    try:
        return bound.read(text)
    except ValueError as error:
        raise InputError(f"{where}: {error}.") from None
