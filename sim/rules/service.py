"""How long a piece of work takes."""

from __future__ import annotations

from sim.rules.rule import rule

LEAST_STAFFING = 0.3
"""Staffing of a department in which nobody is present [people]: what waits there will not wait for ever."""


@rule
def amount(base: float, complexity: float, extra: float) -> float:
    """Return the work in an order's step [h]: its base scaled by the order's complexity, plus what does not scale.

    Parameters
    ----------
    base : float
        Work of a mean order at the designed pace [h].
    complexity : float
        One draw per order scales all of its work [1], mean 1.
    extra : float
        Work that every order takes alike, such as filling in a checklist [h].
    """
    return base * complexity + extra


@rule
def duration(
    work: float,
    standard: float,
    pressure: float,
    fatigue: float,
    efficiency: float,
    overhead: float,
) -> float:
    """Return the duration of a piece of work in opening hours [h].

    Parameters
    ----------
    work : float
        Work at the designed pace by a fully skilled worker [h], >= 0.
    standard : float
        Working standard T* [1], in (0, 1]; 1 is the designed pace.
    pressure : float
        Pace f under work pressure [1], in (0, 1]; 1 while nobody is pressed.
    fatigue : float
        Slow-down under sustained overload [1], >= 1.
    efficiency : float
        Skill x morale's effect on speed x help for another department [1], > 0.
    overhead : float
        Share of the working time spent on meetings, training and policies [1], in [0, 1).

    Notes
    -----
    docs/model.md, section 3. The product form is an assumption (grade D); its factors carry their own grades.

    Examples
    --------
    >>> duration(1.0, 1.0, 1.0, 1.0, 0.8, 0.0)
    1.25
    """
    return work * standard * pressure * fatigue / (efficiency * (1.0 - overhead))


@rule
def capacity(staffing: float, pace: float, morale_speed: float, overhead: float) -> float:
    """Return what the present people of a department can do, in people at the designed pace [1].

    Parameters
    ----------
    staffing : float
        People present, each weighed by skill [1].
    pace, morale_speed : float
        Factors on their speed [1].
    overhead : float
        Share of their time that goes elsewhere [1], in [0, 1).

    Examples
    --------
    >>> capacity(4.0, 1.0, 1.0, 0.25), capacity(0.0, 1.0, 1.0, 0.0)
    (3.0, 0.3)
    """
    return max(LEAST_STAFFING, staffing) * pace * morale_speed * (1.0 - overhead)
