"""What an order's fate does to the customer: experience, satisfaction, leaving, bringing others."""

from __future__ import annotations

import math

from sim.rules.rule import rule

NO_PROBLEM, MINOR, SERIOUS = range(3)
NOT_TOLD, UNSATISFIED, SATISFIED, QUICKLY = range(4)
"""How a problem ended for the customer: never told; told and answered late; in time; quickly."""


@rule
def dissatisfied(days_late: float, base: float, rise: float, midpoint: float, scale: float) -> float:
    """Return the probability that a customer is dissatisfied with an order.

    base + rise / (1 + exp(-(days late - midpoint) / scale)), days late against the promise (negative: early).
    Fitted on 3,447 delivered orders of a real web shop (Olist; grade A for the shape there, D elsewhere).
    """
    # Beyond e^700 the exponential overflows; the logistic is 0 or 1 there.
    z = min(700.0, max(-700.0, -(days_late - midpoint) / scale))
    return min(1.0, base + rise / (1.0 + math.exp(z)))


@rule
def base_dissatisfaction(floor: float, wait_rise: float, wait: float, long_wait: float) -> float:
    """Return the dissatisfaction of an order whose promise is kept: floor + rise x min(1, wait / long wait).

    Olist: 6.5 % to 15.5 % from the fastest to the slowest sixth (grade A there, D elsewhere). Times in [h].
    """
    return floor + wait_rise * min(1.0, wait / long_wait)


@rule
def experience(bad: float, floor: float, stay: float) -> float:
    """Return the experience score of an order in [0, 1]: 1 for a prompt one without a problem.

    (1 - P(dissatisfied)) / (1 - floor), times the chance to stay after its problem (1 when there was none); 0 where
    nobody is ever satisfied.

    Examples
    --------
    >>> experience(0.07, 0.07, 1.0)
    1.0
    """
    if floor >= 1.0:
        return 0.0
    return (1.0 - bad) / (1.0 - floor) * stay


@rule
def updated_satisfaction(satisfaction: float, score: float, down: float, up: float) -> float:
    """Return cumulative satisfaction in [0, 1] moved towards an experience score; losses weigh more than gains.

    S + lambda (s - S) (Bolton 1998 for the anchor-and-adjust form, grade B; sizes grade D).

    Examples
    --------
    >>> updated_satisfaction(0.8, 0.3, 0.3, 0.15), updated_satisfaction(0.5, 0.9, 0.3, 0.15)
    (0.65, 0.56)
    """
    weight = down if score < satisfaction else up
    return satisfaction + weight * (score - satisfaction)


@rule
def leave_probability(hazard: float, slope: float, reference: float, satisfaction: float, years: float) -> float:
    """Return the probability that a customer has left by the instant of the next order.

    1 - exp(-h t), h = h0 exp(-b (S - reference)): proportional hazards (Bolton 1998, grade B); b from
    "six times more likely to repurchase" (Heskett et al. 1994, one firm, grade B); h0 calibrated (grade D).
    """
    return 1.0 - math.exp(-hazard * math.exp(-slope * (satisfaction - reference)) * years)


@rule
def referral_probability(per_year: float, crowding: float, years: float) -> float:
    """Return the probability that a delighted customer has brought another one within a time [years]."""
    return 1.0 - math.exp(-per_year * crowding * years)


@rule
def crowding(active: int, saturation: float) -> float:
    """Return the share of the market that is still open: max(0, 1 - N / saturation)."""
    return max(0.0, 1.0 - active / saturation)


@rule
def outcome(told: bool, answer_hours: float, quick: float, in_time: float) -> int:
    """Classify how a problem ended by how soon the complaint was answered (opening hours)."""
    if not told:
        return NOT_TOLD
    if answer_hours <= quick:
        return QUICKLY
    if answer_hours <= in_time:
        return SATISFIED
    return UNSATISFIED
