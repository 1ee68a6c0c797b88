"""Work pressure: people hurry, standards erode, fatigue sets in, and corners that are cut come back as faults."""

from __future__ import annotations

import math

from sim.rules.rule import rule


@rule
def weight(elapsed: float, memory: float) -> float:
    """Return the weight of what is new in an exponentially weighted mean over time [1]: 1 - exp(-elapsed / memory).

    Examples
    --------
    >>> weight(8.0, 0.0), weight(0.0, 20.0)
    (1.0, 0.0)
    """
    if memory <= 0.0:
        return 1.0
    return 1.0 - math.exp(-elapsed / memory)


@rule
def pace(backlog: float, capacity: float, residence: float, sensitivity: float, fastest: float) -> float:
    """Return the time that people take under pressure, relative to the standard in force [1].

    f = exp(-alpha p), p = backlog / (residence * capacity) - 1, between `fastest` and 1.

    Parameters
    ----------
    backlog : float
        Smoothed work that waits [h].
    capacity : float
        What the people present can do, in people at the designed pace [1], > 0.
    residence : float
        Work per person from which on people feel pressed [h] (grade D).
    sensitivity : float
        Elasticity of time per order alpha (Oliva & Sterman 2001, 0.64, grade A).
    fastest : float
        The least it can be, in (0, 1] (grade D).

    Examples
    --------
    >>> pace(40.0, 8.0, 5.0, 0.64, 0.6), round(pace(60.0, 8.0, 5.0, 0.64, 0.6), 4)
    (1.0, 0.7261)
    """
    pressure = backlog / (residence * capacity) - 1.0
    # exp(-700) is next to nothing; beyond it the exponential could overflow.
    return min(1.0, max(fastest, math.exp(min(700.0, max(-700.0, -sensitivity * pressure)))))


@rule
def standard(now: float, hurry: float, erosion: float, recovery: float, lowest: float) -> float:
    """Return the working standard after some time: it follows the pace of pressed people, else recovers [1].

    Parameters
    ----------
    now : float
        Time given to a piece of work, relative to the designed one, in (0, 1].
    hurry : float
        The pace f under pressure, in (0, 1]; 1 while nobody is pressed.
    erosion, recovery : float
        Weights of the time that has passed, in [0, 1] (Oliva & Sterman 2001: 19 weeks, grade A; never, here 104
        weeks, grade D).
    lowest : float
        It does not fall below this (grade D).

    Examples
    --------
    >>> round(standard(1.0, 0.8, 0.5, 0.1, 0.75), 12), round(standard(0.8, 1.0, 0.5, 0.1, 0.75), 12)
    (0.9, 0.82)
    """
    if hurry < 1.0:
        return max(min(now, lowest), now + erosion * (now * hurry - now))
    return now + recovery * (1.0 - now)


@rule
def load(occupied: float, attended: float) -> float:
    """Return the share of the time at work for which people had something in hand [1], in [0, 1].

    Parameters
    ----------
    occupied, attended : float
        Averages over the same days [h]. What is finished today may have been begun days ago, so that a single day
        can have more of the one than of the other.
    """
    if attended <= 0.0:
        return 0.0
    return min(1.0, occupied / attended)


@rule
def fatigue(load: float, overload: float, size: float) -> float:
    """Return how much slower tired people are [1]: 1 + size (load - overload) / (1 - overload), at least 1.

    Tipping near 0.93 of time occupied: Kuntz, Mennicken & Scholtes (grade A, hospitals); size grade D.

    Examples
    --------
    >>> fatigue(0.9, 0.93, 0.1), round(fatigue(1.0, 0.93, 0.1), 12)
    (1.0, 1.1)
    """
    return 1.0 + size * max(0.0, load - overload) / (1.0 - overload)


@rule
def corners(working_standard: float, hurry: float) -> float:
    """Return how far corners are cut: the logarithm of the time saved [1], x = -ln(standard * pace), at least 0."""
    return max(0.0, -math.log(working_standard * hurry))


@rule
def slips(
    cut: float, by_corners: float, morale: float, by_morale: float, tired: float, by_fatigue: float, novices: float
) -> float:
    """Return the shift in log-odds of an incomplete hand-off that the sender's state brings [1] (grade D).

    Parameters
    ----------
    cut, by_corners : float
        How far corners are cut, and its weight.
    morale, by_morale : float
        Morale less the neutral one, and its weight.
    tired, by_fatigue : float
        The slow-down by fatigue (1 when there is none), and its weight.
    novices : float
        What newcomers add where standards are weak.
    """
    return by_corners * cut - by_morale * morale + by_fatigue * (tired - 1.0) + novices


@rule
def failure_factor(cut: float, by_corners: float, morale: float, by_morale: float, most: float) -> float:
    """Return the factor on a step's own failures, at most `most` (grade D); morale is less the neutral one.

    Examples
    --------
    >>> failure_factor(0.0, 4.0, 0.0, 0.8, 3.0), failure_factor(9.0, 4.0, 0.0, 0.8, 3.0)
    (1.0, 3.0)
    """
    return min(most, math.exp(min(700.0, by_corners * cut - by_morale * morale)))
