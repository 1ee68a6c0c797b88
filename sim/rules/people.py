"""People: learning, forgetting, morale, resignations, and what a team makes of reported faults."""

from __future__ import annotations

import math

from sim.rules.rule import rule


@rule
def skill(hours: float, start: float, time: float) -> float:
    """Return the speed of somebody after some hours at work [h], relative to an experienced person [1].

    e0 + (1 - e0)(1 - exp(-hours / tau)); half speed at first and 80 working days: Abdel-Hamid & Madnick 1991
    (grade B).

    Examples
    --------
    >>> skill(0.0, 0.5, 640.0), round(skill(640.0, 0.5, 640.0), 4), skill(3.0, 1.0, 640.0)
    (0.5, 0.8161, 1.0)
    """
    return start + (1.0 - start) * (1.0 - math.exp(-hours / time))


@rule
def mentoring(newcomers: int, experienced: int, share: float) -> float:
    """Return the speed that is left to experienced people who look after newcomers [1].

    Every newcomer takes a share of the time of one experienced colleague (Brooks: a quarter, grade B); here spread
    over all of them, and nobody looks after two.

    Examples
    --------
    >>> mentoring(1, 4, 0.25), mentoring(9, 2, 0.25), mentoring(0, 0, 0.25)
    (0.9375, 0.75, 1.0)
    """
    if newcomers == 0 or experienced == 0:
        return 1.0
    return 1.0 - share * min(1.0, newcomers / experienced)


@rule
def practice(known: float, hours: float, time: float, retention: float) -> float:
    """Return how much of a second skill is known after a week [1], in [0, 1]: used it comes back, unused it fades.

    Weekly retention 0.83 to 0.995 (Darr, Argote & Epple 1995 for the lower end; grade B).

    Parameters
    ----------
    known : float
        Before the week, in [0, 1].
    hours : float
        Hours of help in the week [h].
    time : float
        Time in which a skill is learned [h].
    retention : float
        Share that a week without use leaves, in [0, 1].

    Examples
    --------
    >>> practice(1.0, 0.0, 640.0, 0.97), practice(1.0, 3.0, 640.0, 0.97)
    (0.97, 1.0)
    """
    if hours > 0.0:
        return known + (1.0 - known) * (1.0 - math.exp(-hours / time))
    return known * retention


@rule
def second_skill(known: float, start: float) -> float:
    """Return the speed in a second skill of which a share is still known, relative to all of it [1]."""
    return start + (1.0 - start) * known


@rule
def calm_morale(backing: float, load: float, late: float, disputes: float, vacancies: float) -> float:
    """Return the morale to which a department tends, in (0, 1): logistic of what carries it less what weighs on it.

    Each argument in log-odds, already weighed (grade D; disputes at most two hours a head and week).

    Examples
    --------
    >>> calm_morale(0.0, 0.0, 0.0, 0.0, 0.0)
    0.5
    """
    z = backing - load - late - disputes - vacancies
    return 1.0 / (1.0 + math.exp(min(700.0, max(-700.0, -z))))


@rule
def over(load: float, beginning: float) -> float:
    """Return how far load lies above where it begins to weigh, in [0, 1].

    Examples
    --------
    >>> over(0.8, 0.8), over(1.2, 0.8)
    (0.0, 1.0)
    """
    return min(1.0, max(0.0, (load - beginning) / (1.0 - beginning)))


@rule
def morale_speed(morale: float, neutral: float, size: float) -> float:
    """Return the factor of morale on speed [1]: 1 + size (m - neutral), at least 0.1 (grade D)."""
    return max(0.1, 1.0 + size * (morale - neutral))


@rule
def experience_factor(own: float, mean: float, premium: float, development: float) -> float:
    """Return the factor of experience on the chance to resign [1]; without development the best go first (grade D).

    1 + (1 - development) premium (skill / mean skill - 1), at least 0; its mean over people is 1 unless cut off.

    Examples
    --------
    >>> experience_factor(1.0, 0.8, 2.0, 0.0), experience_factor(1.0, 0.8, 2.0, 1.0)
    (1.5, 1.0)
    """
    if mean <= 0.0:
        return 1.0
    return max(0.0, 1.0 + (1.0 - development) * premium * (own / mean - 1.0))


@rule
def resignation_probability(
    rate: float, hours: float, morale: float, neutral: float, slope: float, experience: float
) -> float:
    """Return the probability that somebody resigns within a time.

    1 - exp(-rate * experience * exp(-slope (m - neutral)) * hours): base rate grade C, slope grade B (Gallup, from
    low to high engagement -18 to -43 %).

    Parameters
    ----------
    rate : float
        Per hour on the calendar, at neutral morale [1/h].
    hours : float
        Time on the calendar [h].
    morale, neutral, slope : float
        Morale of the department, the neutral one, and the weight of the difference.
    experience : float
        Factor of the person's experience [1].
    """
    return 1.0 - math.exp(-rate * experience * math.exp(min(700.0, -slope * (morale - neutral))) * hours)


@rule
def remaining_after(remaining: float, worked: float, half_life: float) -> float:
    """Return the share of what can be improved that is left after some reported faults were followed up [1].

    remaining * 2^(-worked / half-life) (Schneiderman 1988: half-life; grade B); both in faults.

    Examples
    --------
    >>> round(remaining_after(1.0, 180.0, 180.0), 12), remaining_after(0.5, 0.0, 180.0)
    (0.5, 0.5)
    """
    return remaining * math.exp(-0.6931471805599453 * worked / half_life)


@rule
def improved(remaining: float, floor: float) -> float:
    """Return the factor of improvement on incomplete hand-offs [1]: floor + (1 - floor) remaining; exactly 1 at first.

    Examples
    --------
    >>> improved(1.0, 0.4), improved(0.0, 0.4)
    (1.0, 0.4)
    """
    return 1.0 - (1.0 - floor) * (1.0 - remaining)
