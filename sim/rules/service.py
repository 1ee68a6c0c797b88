"""How long a piece of work takes."""

from __future__ import annotations

from sim.rules.rule import rule


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
        Working standard T* [1]; 1 is the designed pace. 1 until people dynamics move it.
    pressure : float
        Speed-up under work pressure f [1], in [0.6, 1]. 1 until people dynamics move it.
    fatigue : float
        Slow-down under sustained overload [1], >= 1. 1 until people dynamics move it.
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
