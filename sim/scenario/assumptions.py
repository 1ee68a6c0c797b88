"""What a result of a scenario rests on: the parameters in force there, their values and who gave them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sim.parameters import PARAMETERS, Parameter
from sim.scenario.company import Scenario
from sim.scenario.mechanisms import Pair, mechanisms

GRADES = ("D", "C", "B", "A", "-")
"""Worst evidence first; '-' is what the scenario must give or what holds by definition."""

USED_BY: dict[str, tuple[str, ...]] = {
    "always": (
        *("time.warm_up", "time.horizon", "time.drain", "economics.margin"),
        *("satisfaction.floor", "satisfaction.wait_rise", "satisfaction.long_wait"),
    ),
    "departments": ("departments.staff", "departments.pay_share"),
    "paid people": ("economics.pay", "economics.paid_hours"),
    "invoices": ("economics.payment_term",),
    "work": ("service.overhead", "service.pace", "service.representation"),
    "some work": ("service.variability",),
    "own failures": ("service.failures",),
    "pressure": (
        *("pressure.sensitivity", "pressure.residence", "pressure.smoothing", "pressure.fastest"),
        *("pressure.standard", "pressure.erosion", "pressure.recovery", "pressure.lowest"),
        *("pressure.overload", "pressure.fatigue"),
    ),
    "corners cut": ("pressure.corners",),
    "errors of the tired": ("pressure.fatigue_errors",),
    "failures by climate": ("pressure.failures_cap",),
    "load": ("pressure.memory",),
    "load of helpers": ("pressure.helping",),
    "hand-offs by climate": ("cooperation.incomplete_cap",),
    "learning": ("learning.start", "learning.time", "learning.tenure", "learning.mentoring", "learning.mentored"),
    "skills unused": ("learning.retention",),
    "morale": (
        *("morale.start", "morale.memory", "morale.overload_from", "morale.overload", "morale.late"),
        *("morale.disputes", "morale.neutral", "morale.speed", "morale.errors"),
    ),
    "moods": ("morale.backing",),
    "mood by vacancies": ("morale.vacancies",),
    "mood and leaving": ("morale.resignations",),
    "turnover": ("turnover.rate", "turnover.search", "turnover.search_cv", "turnover.replacement", "turnover.cover"),
    "the best go first": ("turnover.premium",),
    "those who learn stay": ("turnover.development",),
    "searches without a request": ("turnover.without_request",),
    "hiring": ("turnover.due", "turnover.hiring_first"),
    "newcomers' errors": ("turnover.damage",),
    "standards kept": ("turnover.conformance",),
    "absence": ("absence.weekly",),
    "reported faults": ("improvement.capacity",),
    "improvement": ("improvement.half_life", "improvement.floor"),
    "attention": ("service.attention",),
    "second skills": ("helping.trained_share",),
    "helping": ("helping.efficiency",),
    "hand-offs": ("cooperation.completeness",),
    "senders": ("cooperation.handoff_work",),
    "incomplete hand-offs": ("cooperation.detection",),
    "clarifications": (
        *("cooperation.clarification", "cooperation.clarification_cv", "cooperation.clarification_due"),
    ),
    "parked orders": ("cooperation.setup",),
    "unnoticed defects": ("cooperation.find_later",),
    "redo": ("cooperation.redo_share", "cooperation.reporting"),
    "trust": ("cooperation.trust",),
    "disputes": ("cooperation.dispute",),
    "favours": ("cooperation.responsiveness", "cooperation.agreed_share"),
    "excuses": ("cooperation.excuse",),
    "refused favours": ("cooperation.escalation",),
    "agreed favours": ("cooperation.agreed_age",),
    "interruptions": ("cooperation.switching",),
    "offices at work": ("cooperation.alignment",),
    "due requests": ("cooperation.request_due",),
    "enquiries": ("cooperation.enquiry_interval",),
    "questions": ("cooperation.visibility",),
    "house promise": ("promise.house",),
    "promises": ("satisfaction.late_rise", "satisfaction.late_midpoint", "satisfaction.late_scale"),
    "quotes": ("promise.capacity_awareness", "promise.quote_work", "promise.acceptance", "promise.customary"),
    "forecasts": ("promise.level", "promise.floor", "promise.gain", "promise.memory"),
    "unusual promises": ("promise.loss_per_day",),
    "long promises": ("promise.loss_curvature", "promise.free_days"),
    "patience": ("patience.scale", "patience.shape", "satisfaction.abandoned"),
    "customers": ("economics.base_years",),
    "known customers": ("satisfaction.start", "satisfaction.weight_down", "satisfaction.weight_up"),
    "leaving": ("churn.hazard",),
    "leaving by satisfaction": ("churn.slope", "churn.reference"),
    "walking out": ("churn.walkout",),
    "newcomers": ("newcomers.marketing", "newcomers.referral"),
    "referrals": ("newcomers.delighted",),
    "market": ("newcomers.saturation",),
    "defects reach customers": ("problems.serious",),
    "minor problems": ("problems.told_minor",),
    "serious problems": ("problems.told_serious",),
    "complaints": ("problems.quick", "problems.in_time"),
    "minor silent": ("problems.stay_silent_minor",),
    "minor told": ("problems.stay_unsatisfied_minor",),
    "minor answered": ("problems.stay_satisfied_minor", "problems.stay_quickly_minor"),
    "serious silent": ("problems.stay_silent_serious",),
    "serious told": ("problems.stay_unsatisfied_serious",),
    "serious answered": ("problems.stay_satisfied_serious", "problems.stay_quickly_serious"),
}
"""Parameters by the mechanism that reads them."""

OFF_BY_DEFAULT = (
    *("service.overhead", "service.variability", "service.pace", "service.failures", "departments.pay_share"),
    *("cooperation.handoff_work", "cooperation.agreed_share", "promise.capacity_awareness", "promise.quote_work"),
    *("helping.trained_share", "newcomers.marketing", "service.representation", "improvement.capacity"),
    *("turnover.development", "turnover.hiring_first", "turnover.conformance"),
)
"""Parameters whose default, by definition, is that nothing happens: no effect until somebody changes them."""

Level = Literal["", "company", "department", "pair"]


@dataclass(frozen=True, slots=True)
class Premise:
    """One parameter on which the results of a scenario rest.

    Attributes
    ----------
    parameter : Parameter
        What the registry says about it.
    values : tuple of float
        In base units, one for each place in which it matters; one for a parameter of the company.
    levels : tuple of str
        For each place, the level at which the scenario gives the value; '' where it is the registry's default.
    moved_by : tuple of str
        Policies that the scenario puts in force and that move it.
    """

    parameter: Parameter
    values: tuple[float, ...]
    levels: tuple[Level, ...]
    moved_by: tuple[str, ...] = ()

    @property
    def given(self) -> int:
        """The number of places whose value the scenario gives."""
        return sum(level != "" for level in self.levels)

    @property
    def is_default(self) -> bool:
        """Whether all values are those of the registry, said again by the scenario or not."""
        return all(map(self._like_default, self.values, self.levels))

    @property
    def rests_on_default(self) -> bool:
        """Whether a value somewhere is the registry's, so that its grade of evidence is what counts."""
        return any(map(self._like_default, self.values, self.levels))

    def _like_default(self, value: float, level: Level) -> bool:
        default = self.parameter.default
        return not level or (default is not None and math.isclose(value, default, rel_tol=1e-9, abs_tol=1e-15))


def premises(scenario: Scenario, moved: Mapping[str, tuple[str, ...]] | None = None) -> list[Premise]:
    """Return the parameters that have an effect in a scenario, worst grade of evidence first.

    A parameter is in force if a mechanism that reads it is used (`mechanisms.mechanisms`, `USED_BY`). Left out is
    what has the default by which nothing happens. Within a grade, first come those that rest on the registry's default.

    Parameters
    ----------
    scenario : Scenario
        What is given.
    moved : mapping, optional
        For each parameter that policies of the scenario itself move, their names; 'service.attention' among them if
        the policies take attention.
    """
    moved = moved or {}
    used = mechanisms(scenario, moved)
    used["some work"] = bool(used["work"])
    reader = {name: mechanism for mechanism, names in USED_BY.items() for name in names}
    found = []
    for entry in PARAMETERS.values():
        places = used[reader[entry.name]] if entry.name in reader else False
        if not places:
            continue
        where: tuple[str | Pair | None, ...] = places if isinstance(places, tuple) else (None,)
        values, levels = zip(*(_value(scenario, entry, place) for place in where), strict=True)
        premise = Premise(entry, values, levels, moved.get(entry.name, ()))
        if entry.name not in OFF_BY_DEFAULT or premise.moved_by or not premise.is_default:
            found.append(premise)
    return sorted(found, key=lambda premise: (GRADES.index(premise.parameter.grade), not premise.rests_on_default))


def _value(scenario: Scenario, entry: Parameter, place: str | Pair | None) -> tuple[float, Level]:
    """Return the value in force at a place, and the level at which the scenario gives it."""
    levels: list[tuple[Level, Any]] = [("company", getattr(scenario, entry.group, None))]
    department = place[0] if isinstance(place, tuple) else place
    if department is not None:
        own = scenario.departments[department]
        levels.insert(0, ("department", own if entry.group == "departments" else getattr(own, entry.group, None)))
    if isinstance(place, tuple):
        levels.insert(0, ("pair", scenario.cooperation.pairs.get("->".join(place))))
    for level, group in levels:
        if group is not None and entry.key in getattr(group, "model_fields_set", ()):
            value = getattr(group, entry.key)
            if value is not None:
                return float(value), level
    if entry.name == "promise.customary" and scenario.promise.house is not None:
        return scenario.promise.house, ""  # By definition, where the scenario does not say it.
    if entry.group == "time":
        return float(getattr(scenario.time, entry.key)), ""
    assert entry.default is not None, f"{entry.name} is in force and nobody gives it"
    return entry.default, ""
