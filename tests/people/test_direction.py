"""Every parameter of people moves what it should, in the direction it should, on common random numbers.

Each line compares two worlds in six paired replications; a parameter without effect would pass one comparison with
probability at most 4.1 % (see `tests.levers.worlds.rises`). Seeds are fixed: a pass stays one until results change.
"""

from __future__ import annotations

import pytest

from sim.parameters.people import TABLE
from tests.levers.worlds import rises
from tests.people.worlds import HIRING, values

PRESSED = "pressure: {residence: 0.5 h, erosion: 4 weeks, recovery: 26 weeks, memory: 1 week}\n"
TIRED = "pressure: {sensitivity: 0, overload: 0.6, fatigue: 0.3, memory: 1 week}\n"
LEAVING = "turnover: {rate: 3 per year, search: 40 h, without_request: 8 h}\n"
COMING = LEAVING + "learning: {time: 640 h}\ndemand: {rate: 1.2 per h}\n"
BEST_FIRST = COMING + "learning: {time: 3000 h}\nturnover: {premium: 10}\ntime: {horizon: 52 weeks}\n"
ASKED = LEAVING + HIRING
BUSY_HR = ASKED + "departments: {hr: {staff: 1, own_work: {load: 1.1}, cooperation: {alignment: 100 %}}}\n"
MOODY = "morale: {memory: 2 weeks}\n"
HELPED = (
    "learning: {start: 0.1, time: 100 h}\ncross_training: {pattern: list, helps: {hr: [mill]}}\n"
    "helping: {trained_share: 100 %}\ndepartments: {mill: {staff: 10}}\n"
)
TEAM = "improvement: {capacity: 100, half_life: 60}\n"

PARAMETERS = [
    # parameter, the world, one value, the other; what rises from the one to the other; what falls
    ("pressure.sensitivity", PRESSED, "0.05", "2", [], ["pace", "standard"]),
    ("pressure.residence", PRESSED, "0.5 h", "3 h", ["pace", "standard"], []),
    ("pressure.smoothing", PRESSED, "0 h", "2000 h", [], ["changes of pace"]),
    ("pressure.fastest", PRESSED, "0.6", "0.95", ["pace", "effort"], []),
    ("pressure.standard", PRESSED, "1", "0.8", ["incomplete"], ["effort", "standard"]),
    ("pressure.erosion", PRESSED, "40 weeks", "4 weeks", ["incomplete"], ["standard"]),
    ("pressure.recovery", PRESSED, "104 weeks", "4 weeks", ["standard"], []),
    ("pressure.lowest", PRESSED + "pressure: {erosion: 1 week}\n", "0.5", "0.95", ["standard"], []),
    ("pressure.corners", PRESSED, "1", "8", ["incomplete", "failures"], []),
    ("pressure.failures_cap", PRESSED, "1", "3", ["failures"], []),
    ("pressure.overload", TIRED, "0.95", "0.5", ["effort"], []),
    ("pressure.fatigue", TIRED, "0.05", "0.5", ["effort", "incomplete"], []),
    ("pressure.fatigue_errors", TIRED, "0", "10", ["incomplete"], []),
    ("pressure.memory", TIRED, "1 day", "8 weeks", [], ["spread of load"]),
    ("pressure.helping", TIRED + HELPED + "departments: {mill: {staff: 4}}\n", "0 %", "100 %", ["load of hr"], []),
    ("learning.start", COMING, "0.3", "0.9", ["skill"], ["effort"]),
    ("learning.time", COMING, "100 h", "2000 h", ["effort"], ["skill"]),
    ("learning.mentoring", COMING, "0", "0.75", ["effort"], []),
    ("learning.mentored", COMING, "50 h", "1000 h", ["effort"], []),
    ("learning.tenure", COMING, "200 h", "10000 h", ["skill"], ["effort"]),
    ("learning.retention", HELPED, "0.3", "1", [], ["helping"]),
    ("morale.start", MOODY, "0.1", "0.9", ["morale"], ["effort"]),
    ("morale.backing", MOODY, "0", "3", ["morale"], ["incomplete"]),
    ("morale.memory", "morale: {start: 0.1, backing: 3}", "40 weeks", "2 weeks", ["morale"], []),
    ("morale.overload_from", MOODY, "0.9", "0.1", [], ["morale"]),
    ("morale.overload", "morale: {overload_from: 0.3}", "0", "4", [], ["morale"]),
    ("morale.late", MOODY + "cooperation: {request_due: 0.5 h, clarification_due: 0.5 h}", "0", "4", [], ["morale"]),
    ("morale.disputes", MOODY + "cooperation: {trust: 0 %}", "0", "20", [], ["morale"]),
    ("morale.vacancies", MOODY + LEAVING + "turnover: {search: 500 h}\n", "0", "10", ["resigned"], ["morale"]),
    ("morale.neutral", MOODY + LEAVING, "0.3", "0.8", ["effort", "incomplete", "resigned"], []),
    ("morale.speed", MOODY, "0", "1", [], ["effort"]),
    ("morale.errors", MOODY, "0", "5", [], ["incomplete", "failures"]),
    ("morale.resignations", MOODY + LEAVING + "morale: {backing: 3}", "0", "5", [], ["resigned"]),
    ("turnover.rate", ASKED, "0.2 per year", "2 per year", ["resigned", "hired", "vacant", "wait"], []),
    ("turnover.premium", BEST_FIRST, "0", "10", [], ["skill"]),
    ("turnover.development", BEST_FIRST, "0 %", "100 %", ["skill"], []),
    ("turnover.search", ASKED, "20 h", "600 h", ["vacant", "wait"], ["hired"]),
    ("turnover.without_request", LEAVING, "8 h", "400 h", ["vacant"], ["hired"]),
    ("turnover.hiring_first", BUSY_HR, "0 %", "100 %", [], ["vacant"]),
    ("turnover.due", BUSY_HR, "1 h", "2000 h", ["vacant"], ["asked late of hr"]),
    ("turnover.replacement", ASKED, "0", "1", ["cost"], []),
    ("turnover.cover", ASKED, "0", "1", ["cost"], []),
    ("turnover.damage", COMING, "0", "8", ["incomplete"], []),
    ("turnover.conformance", COMING + "turnover: {damage: 8}", "0 %", "100 %", [], ["incomplete"]),
    ("absence.weekly", "", "0 %", "20 %", ["absent", "wait"], []),
    ("improvement.capacity", TEAM, "0.5", "100", [], ["incomplete", "improvable", "redundant"]),
    ("improvement.half_life", TEAM, "20", "500", ["incomplete", "improvable", "redundant"], []),
    ("improvement.floor", TEAM, "0 %", "100 %", ["incomplete"], []),
]  # fmt: skip
ELSEWHERE = {"turnover.search_cv"}
"""Moves how much vacancies differ: see `test_leaving`."""


def wrong(names: list[str], one: str, other: str) -> dict[str, list[float]]:
    """Return the measures that do not rise from one world to the other, with their values."""
    pairs = {name: (values(name, one), values(name, other)) for name in names}
    return {name: [*a, *b] for name, (a, b) in pairs.items() if not rises(a, b)}


@pytest.mark.parametrize(("name", "world", "one", "other", "up", "down"), PARAMETERS, ids=[p[0] for p in PARAMETERS])
def test_a_parameter_moves_what_it_should(name: str, world: str, one: str, other: str, up: list[str], down: list[str]):
    group, key = name.split(".")
    low, high = (f"{world.rstrip()}\n{group}: {{{key}: {value}}}".lstrip() for value in (one, other))
    assert wrong(up, low, high) == {}
    assert wrong(down, high, low) == {}


def test_no_parameter_of_people_is_left_out():
    assert {p[0] for p in PARAMETERS} | ELSEWHERE == {p.name for p in TABLE}
