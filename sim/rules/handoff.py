"""Hand-offs: is what the next department receives complete, and what becomes of it if not."""

from __future__ import annotations

import math

from sim.rules.rule import rule


@rule
def incomplete_probability(gap: float, state: float, cap: float) -> float:
    """Return the probability that a hand-off is incomplete.

    Parameters
    ----------
    gap : float
        1 - designed completeness ("percent complete and accurate"), after policies, in [0, 1].
    state : float
        Shift in log-odds from pressure, morale and fatigue; 0 until people dynamics move it.
    cap : float
        The most that a state may raise it to; a larger gap by design stands.

    Notes
    -----
    Logistic in the state so that no state leaves [0, 1] (grade D); exactly `gap` when the state is neutral.

    Examples
    --------
    >>> incomplete_probability(0.2, 0.0, 0.5), round(incomplete_probability(0.2, 1.0, 0.5), 4)
    (0.2, 0.4046)
    """
    if state == 0.0 or gap <= 0.0 or gap >= 1.0:
        return gap
    moved = 1.0 / (1.0 + math.exp(-(math.log(gap / (1.0 - gap)) + state)))
    return min(max(cap, gap), moved)
