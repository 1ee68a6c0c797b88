"""Amounts in a lesson: text such as "90 %", "8 h" or "-2 days" becomes a number in a metric's own unit."""

from __future__ import annotations

import math
import re

from sim.errors import shown
from sim.units import CALENDAR_UNITS

_WRITTEN = re.compile(r"^([-+]?\d{1,15}(?:\.\d{0,9})?)\s*([a-zA-Z%]*)$")


def amount(value: bool | int | float | str, unit: str) -> float:
    """Read an amount.

    Parameters
    ----------
    value : number or str
        As a lesson file writes it.
    unit : str
        Of the metric: "h", "days", "share", "1/year", "EUR/year", ….

    Raises
    ------
    ValueError
        If it is no amount in this unit; says what is.

    Examples
    --------
    >>> amount("90 %", "share"), amount("2 days", "h"), amount(-5000, "EUR/year"), amount("12 h", "days")
    (0.9, 48.0, -5000.0, 0.5)
    """
    found = None if isinstance(value, bool) else _WRITTEN.match(str(value).strip()[:60])
    if found is None or not math.isfinite(float(found[1])):
        raise ValueError(f"got {shown(value)}; write a number, {_example(unit)}")
    number, given = float(found[1]), found[2]
    factors = _factors(unit)
    if given not in factors:
        got = f"the unit '{given}'" if given else f"{shown(value)} without a unit"
        raise ValueError(f"got {got}; write {_example(unit)}")
    return number * factors[given]


def _factors(unit: str) -> dict[str, float]:
    """Return what each unit that may be written is worth in the metric's own."""
    if unit in ("share", "1/year"):
        return {"%": 0.01, "": 1.0}
    if unit in ("h", "days"):
        whole = CALENDAR_UNITS["days"] if unit == "days" else 1.0
        return {name: hours / whole for name, hours in CALENDAR_UNITS.items()}
    return {"": 1.0}


def _example(unit: str) -> str:
    examples = {"share": "such as '90 %'", "1/year": "such as '15 %'", "h": "such as '8 h'", "days": "such as '3 days'"}
    return examples.get(unit, f"in the metric's unit ({unit}) without naming it, such as 100")
