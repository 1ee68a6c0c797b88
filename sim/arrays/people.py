"""What people are like: pressure, learning, morale, resignations, absence. Neutral numbers where nothing is said."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from sim.arrays.variates import EXPONENTIAL, Variate, lognormal, variate
from sim.rules.calendar import DAY_MS, Calendar, opened
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK, MS_PER_HOUR

FULL_WEEKS = 52
"""Whole weeks over which a department's opening hours are averaged."""


@dataclass(frozen=True, slots=True)
class PeopleNumbers:
    """Numbers of the company, in base units ([h] of opening time unless said, [1], [1/h])."""

    sensitivity: float
    residence: float
    smoothing: float
    fastest: float
    standard: float
    """At the start."""
    erosion: float
    """In weeks."""
    recovery: float
    """In weeks."""
    lowest: float
    corners: float
    failures_cap: float
    overload: float
    fatigue: float
    fatigue_errors: float
    load_memory: float
    """In weeks."""
    help_load: float
    skill_start: float
    skill_time: float
    mentoring: float
    mentored: float
    tenure: float
    retention: float
    morale_start: float
    morale_memory: float
    """In weeks."""
    overload_from: float
    weight_load: float
    weight_late: float
    weight_disputes: float
    weight_vacancies: float
    morale_neutral: float
    morale_speed: float
    morale_errors: float
    morale_resignations: float
    resignation_rate: float
    """Per hour on the calendar."""
    premium: float
    without_request: float
    hiring_due: float
    damage: float
    absent: float
    """Probability per week."""
    half_life: float
    """In faults."""
    improvement_floor: float


NUMBERS = tuple(field.name for field in dataclasses.fields(PeopleNumbers))


@dataclass(frozen=True, slots=True)
class People:
    """What the people of a company are like, and who hires."""

    days: bool
    """Whether the state of departments is looked at every day."""
    weeks: bool
    """Whether people come, go, are away and change their mind week by week."""
    own: tuple[bool, ...]
    """By department: its people are the company's, and not an outside supplier's."""
    week_hours: tuple[float, ...]
    """By department: mean opening hours of a week [h]."""
    hires: int
    """The department that hires; -1 when nobody does and a search begins by itself."""
    hiring_work: Variate
    search: Variate
    """Shape of the time of a search; its mean is in the regime."""
    tenure: Variate
    """Time at work that people have behind them at the start [h]."""
    numbers: PeopleNumbers


def people(scenario: Scenario, departments: list[str], calendars: list[Calendar]) -> People:
    """Lay out what a scenario says of people; where a group is not given, its numbers change nothing."""
    pressed, learning = scenario.pressure is not None, scenario.learning is not None
    morale, turnover, absence = scenario.morale is not None, scenario.turnover is not None, scenario.absence is not None

    def p(name: str, given: bool = True, neutral: float = 0.0) -> float:
        return scenario.parameter(name) if given else neutral

    hiring = scenario.hiring
    numbers = PeopleNumbers(
        sensitivity=p("pressure.sensitivity", pressed),
        residence=p("pressure.residence"),
        smoothing=p("pressure.smoothing"),
        fastest=p("pressure.fastest"),
        standard=p("pressure.standard", pressed, 1.0),
        erosion=p("pressure.erosion") / HOURS_PER_WEEK,
        recovery=p("pressure.recovery") / HOURS_PER_WEEK,
        lowest=p("pressure.lowest"),
        corners=p("pressure.corners", pressed),
        failures_cap=p("pressure.failures_cap"),
        overload=p("pressure.overload"),
        fatigue=p("pressure.fatigue", pressed),
        fatigue_errors=p("pressure.fatigue_errors", pressed),
        load_memory=p("pressure.memory") / HOURS_PER_WEEK,
        help_load=p("pressure.helping"),
        skill_start=p("learning.start", learning, 1.0),
        skill_time=p("learning.time"),
        mentoring=p("learning.mentoring", learning),
        mentored=p("learning.mentored", learning),
        tenure=p("learning.tenure"),
        retention=p("learning.retention", learning, 1.0),
        morale_start=p("morale.start", morale, p("morale.neutral")),
        # What is never forgotten never changes: morale that is off stays neutral.
        morale_memory=p("morale.memory", morale, math.inf) / HOURS_PER_WEEK,
        overload_from=p("morale.overload_from"),
        weight_load=p("morale.overload"),
        weight_late=p("morale.late"),
        weight_disputes=p("morale.disputes"),
        weight_vacancies=p("morale.vacancies"),
        morale_neutral=p("morale.neutral"),
        morale_speed=p("morale.speed", morale),
        morale_errors=p("morale.errors", morale),
        morale_resignations=p("morale.resignations", morale),
        resignation_rate=p("turnover.rate", turnover),
        premium=p("turnover.premium", learning),
        without_request=p("turnover.without_request"),
        hiring_due=p("turnover.due"),
        damage=p("turnover.damage", turnover),
        absent=p("absence.weekly", absence),
        half_life=p("improvement.half_life"),
        improvement_floor=p("improvement.floor"),
    )
    return People(
        days=pressed or learning or morale or turnover,
        weeks=learning or morale or turnover or absence,
        own=tuple(scenario.departments[name].pay_share > 0.0 for name in departments),
        week_hours=tuple(opened(c, FULL_WEEKS * 7 * DAY_MS) / MS_PER_HOUR / FULL_WEEKS for c in calendars),
        hires=departments.index(hiring.department) if hiring is not None else -1,
        hiring_work=variate(hiring.work) if hiring is not None else lognormal(0.0, 0.0),
        search=lognormal(p("turnover.search_cv")),
        tenure=EXPONENTIAL._replace(mean=numbers.tenure),
        numbers=numbers,
    )
