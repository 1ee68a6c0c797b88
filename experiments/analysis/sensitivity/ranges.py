"""Which assumptions of a scenario can be varied, and how far: ranges around the values in force there.

Nobody knows how wrong an assumption is; that is why it has grade D. One rule for all is at least no choice of ours for
the single number: a factor of two either way on the scale on which the number lives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sim.errors import RelevoError, UsageError
from sim.parameters import Parameter
from sim.scenario.assumptions import USED_BY, Premise, premises
from sim.scenario.changes import Base, Field
from sim.scenario.mechanisms import mechanisms

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.company import Scenario

SPREAD = 2.0
"""[1] -- how far an assumption may be off: twice or half."""
Rule = Literal["odds", "gap", "log", "linear"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A grade-D parameter that can be varied, at one place of a scenario.

    Attributes
    ----------
    path : str
        Field of the scenario file, and so a factor of a plan, such as cooperation.trust.
    parameter : str
        Name in the registry.
    unit : str
        As in the registry.
    value, low, high : float
        In base units ([h], [1/h], [1], currency) -- in force in the scenario, and both ends of the range.
    rule : str
        By which the ends were found; see `range_of`.
    log : bool
        Whether equal distances within the range are equal factors.
    given : bool
        Whether the scenario gives the value: then whoever wrote it answers for it, not the registry's grade.
    """

    path: str
    parameter: str
    unit: str
    value: float
    low: float
    high: float
    rule: Rule
    log: bool
    given: bool

    def factor(self) -> dict[str, Any]:
        """Return it as a plan writes a factor.

        Examples
        --------
        >>> Assumption("promise.floor", "promise.floor", "work time", 2.0, 1.0, 4.0, "log", True, False).factor()
        {'field': 'promise.floor', 'range': ['1.0 h', '4.0 h'], 'scale': 'log', 'role': 'uncontrollable'}
        """
        field = Field(self.path, self.unit, self.value)
        ends = [field.written(self.low), field.written(self.high)]
        return {
            "field": self.path,
            "range": ends,
            "scale": "log" if self.log else "linear",
            "role": "uncontrollable",
        }


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All assumptions on which the results of a scenario rest.

    Attributes
    ----------
    varied : tuple of Assumption
        Those that can be varied, in the order of the registry's evidence list.
    left_out : dict of str to str
        Path -> why it cannot.
    """

    varied: tuple[Assumption, ...]
    left_out: dict[str, str]

    def factors(self) -> dict[str, dict[str, Any]]:
        """Return all of them as the factors of a plan."""
        return {one.path: one.factor() for one in self.varied}

    def table(self) -> pd.DataFrame:
        """Return a row per assumption.

        Returns
        -------
        DataFrame
            path; parameter; unit: as in the registry; value, low, high: in base units ([h], [1/h], [1], currency);
            rule; log; given.
        """
        import pandas as pd

        names = ("path", "parameter", "unit", "value", "low", "high", "rule", "log", "given")
        return pd.DataFrame([[getattr(one, name) for name in names] for one in self.varied], columns=list(names))


def assumptions(
    base: Base, moved: Mapping[str, tuple[str, ...]] | None = None, *, given: bool = True, spread: float = SPREAD
) -> Assumptions:
    """List the grade-D parameters in force in a scenario, with ranges around their values there.

    Parameters
    ----------
    base : Base
        The scenario.
    moved : mapping, optional
        As in `sim.scenario.assumptions.premises`: parameters that policies move, those under test among them, since
        they bring mechanisms into force.
    given : bool
        Whether to list those, too, whose value the scenario itself gives.
    spread : float
        [1] -- how far an assumption may be off, above 1.

    Raises
    ------
    UsageError
        If the spread is not above 1.

    Notes
    -----
    A parameter that departments or pairs give for themselves is varied at each such place by itself, and once for all
    the others.

    Examples
    --------
    >>> found = assumptions(Base("levante"))
    >>> next((a.value, round(a.low, 3), round(a.high, 3)) for a in found.varied if a.path == "cooperation.trust")
    (0.5, 0.333, 0.667)
    """
    if not (math.isfinite(spread) and spread > 1):
        raise UsageError(f"assumptions: got a spread of {spread:g}; it is above 1; 2 means twice or half.")
    used = mechanisms(base.scenario, moved or {})
    reader = {name: mechanism for mechanism, names in USED_BY.items() for name in names}
    varied: list[Assumption] = []
    left_out: dict[str, str] = {}
    for premise in premises(base.scenario, moved):
        entry = premise.parameter
        if entry.grade != "D":
            continue
        places = used[reader[entry.name]]
        for path, (value, is_given) in _paths(base.scenario, premise, places).items():
            if is_given and not given:
                continue
            found = range_of(entry, value, spread)
            why = _why_not(base, path) if found else f"{value:g} has no range: the rule of its scale ends there"
            if found is None or why:
                left_out[path] = why
                continue
            low, high, rule, log = found
            varied.append(Assumption(path, entry.name, entry.unit, value, low, high, rule, log, is_given))
    return Assumptions(tuple(varied), left_out)


def range_of(entry: Parameter, value: float, spread: float = SPREAD) -> tuple[float, float, Rule, bool] | None:
    """Return both ends of the range of a parameter around a value.

    Parameters
    ----------
    entry : Parameter
        What the registry says: unit, scale and range.
    value : float
        In base units.
    spread : float
        [1] -- above 1.

    Returns
    -------
    (low, high, rule, log) or None
        In base units; None where the rule leaves no range, as for a share of 0 or 1.

    Notes
    -----
    A share: its odds are divided and multiplied by the spread (50 %: 33 to 67 %; 90 %: 82 to 95 %), so that it stays
    between 0 and 1. A gap: what is missing to the ideal is divided and multiplied. A logarithm: the value is. Plain
    numbers: less and more by value x (1 - 1 / spread), that is by half. What leaves the registry's range is cut off.

    Examples
    --------
    >>> from sim.parameters import PARAMETERS
    >>> range_of(PARAMETERS["cooperation.clarification"], 0.4)
    (0.2, 0.8, 'log', True)
    >>> range_of(PARAMETERS["morale.overload"], 0.8)[:3]
    (0.4, 1.2..., 'linear')
    """
    if not math.isfinite(value):
        return None
    rule: Rule
    log = False
    if entry.unit == "share":
        rule = "odds"
        low, high = (value * x / (1 - value + value * x) for x in (1 / spread, spread))
    elif entry.scale == "gap" and entry.ideal is not None:
        rule = "gap"
        ends = (entry.ideal + (value - entry.ideal) * x for x in (1 / spread, spread))
        low, high = sorted(ends)
        log = entry.ideal == 0
    elif entry.scale == "log":
        rule, log = "log", True
        low, high = value / spread, value * spread
    else:
        rule = "linear"
        half = abs(value) * (1 - 1 / spread)
        low, high = value - half, value + half
    low, high = max(low, entry.low), min(high, entry.high)
    return (low, high, rule, log and low > 0) if low < high else None


def _paths(scenario: Scenario, premise: Premise, places: object) -> dict[str, tuple[float, bool]]:
    """Return each field of the file that decides a value in force -> the value, and whether the scenario gives it."""
    entry = premise.parameter
    where = places if isinstance(places, tuple) else (None,)
    found: dict[str, tuple[float, bool]] = {}
    for place, value, level in zip(where, premise.values, premise.levels, strict=True):
        if level == "pair":
            path = f"cooperation.pairs.{'->'.join(place)}.{entry.key}"
        elif level == "department":
            path = f"departments.{place[0] if isinstance(place, tuple) else place}.{entry.name}"
        else:
            path = entry.name
        found[path] = (value, level != "")
    return found


def _why_not(base: Base, path: str) -> str:
    """Say why a field cannot be varied; empty if it can."""
    try:
        field = base.field(path)
    except RelevoError as error:
        return str(error)
    return "" if field.is_number else "is no number"
