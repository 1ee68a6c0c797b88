"""Which mechanisms of people a scenario uses: pressure, learning, morale, turnover, absence, improvement."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sim.scenario.company import Scenario


def people(scenario: Scenario, moved: Collection[str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return where the mechanisms of people are at work; `known` says which others are (see `mechanisms`)."""

    def positive(name: str) -> bool:
        return name in moved or scenario.parameter(name) > 0

    own = tuple(name for name, department in scenario.departments.items() if department.pay_share > 0)
    pressure = scenario.pressure is not None
    learning = scenario.learning is not None and bool(own)
    morale = scenario.morale is not None and bool(own)
    turnover = scenario.turnover is not None and bool(own) and scenario.parameter("turnover.rate") > 0
    leaky, failing = bool(known["incomplete hand-offs"]), bool(known["own failures"])
    helping = bool(known["helping"])
    newcomers = learning and turnover and leaky and scenario.parameter("learning.mentored") > 0
    best_first = turnover and learning and scenario.parameter("turnover.premium") > 0
    hired = turnover and scenario.hiring is not None
    alone = scenario.hiring is None or scenario.hiring.department in own
    reported = bool(known["redo"]) and positive("cooperation.reporting")
    return {
        "pressure": pressure,
        "corners cut": pressure and (leaky or failing),
        "errors of the tired": pressure and leaky and positive("pressure.fatigue"),
        "failures by climate": (pressure or morale) and failing,
        "load": pressure or morale,
        "load of helpers": (pressure or morale) and helping,
        "hand-offs by climate": (pressure or morale or newcomers) and leaky,
        "learning": learning,
        "skills unused": learning and helping,
        "morale": morale,
        "moods": own if morale else False,
        "mood by vacancies": morale and turnover,
        "mood and leaving": morale and turnover,
        "turnover": turnover,
        "the best go first": turnover and learning,
        "those who learn stay": own if best_first else False,
        "searches without a request": turnover and alone,
        "hiring": hired,
        "newcomers' errors": newcomers,
        "standards kept": own if newcomers and positive("turnover.damage") else False,
        "absence": scenario.absence is not None and bool(own),
        "reported faults": reported,
        "improvement": reported and positive("improvement.capacity"),
    }
