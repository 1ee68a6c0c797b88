"""Where a parameter of people has nothing to move it changes no bit."""

from __future__ import annotations

import pytest

from tests.people.worlds import HIRING, bits, seen

LEAVING = "turnover: {rate: 3 per year, search: 40 h, search_cv: 0, without_request: 8 h}\n"
LEARNING = "learning: {time: 640 h}\n"
PRESSED = "pressure: {residence: 0.5 h}\n"
EXTREME_MORALE = "start: 0, backing: -20, memory: 1 h, overload_from: 0, overload: 20, late: 20, disputes: 20"

SAME = {
    "nobody hurries or tires": (
        "", "pressure: {sensitivity: 0, fatigue: 0, residence: 0.01 h, smoothing: 0 h, fastest: 5 %, erosion: 1 h, "
        "lowest: 5 %, corners: 20, failures_cap: 1000, overload: 1 %, fatigue_errors: 50, memory: 0 h}",
    ),
    "nobody can be faster": (
        "pressure: {fastest: 100 %, sensitivity: 5, fatigue: 0}", "pressure: {sensitivity: 0, fatigue: 0}",
    ),
    "nobody is pressed": (
        PRESSED + "pressure: {residence: 10000 h}", PRESSED + "pressure: {residence: 10000 h, sensitivity: 5}",
    ),
    "a standard that cannot fall": (
        PRESSED + "pressure: {lowest: 100 %, erosion: 1 h}",
        PRESSED + "pressure: {lowest: 100 %, erosion: 10000 weeks, recovery: 1 h}",
    ),
    "newcomers know all": ("", "learning: {start: 100 %, time: 0.1 h, mentoring: 0, tenure: 0 h, retention: 0}"),
    "newcomers know all, and people leave": (
        LEAVING + "turnover: {damage: 0}",
        LEAVING + "turnover: {damage: 0, premium: 20}\nlearning: {start: 100 %, mentoring: 0}",
    ),
    "nobody has a mentor": (
        LEAVING + LEARNING + "learning: {mentored: 0 h, mentoring: 0}",
        LEAVING + LEARNING + "learning: {mentored: 0 h, mentoring: 99 %}",
    ),
    "nobody helps": (
        LEAVING + LEARNING + "learning: {retention: 0}", LEAVING + LEARNING + "learning: {retention: 100 %}",
    ),
    "morale moves nothing": ("", f"morale: {{{EXTREME_MORALE}, speed: 0, errors: 0, resignations: 0}}"),
    "morale moves nothing, and people leave": (
        LEAVING, LEAVING + f"morale: {{{EXTREME_MORALE}, vacancies: 20, speed: 0, errors: 0, resignations: 0}}",
    ),
    "nobody leaves": (
        "", "turnover: {rate: 0, premium: 20, search: 0 h, damage: 20, hiring_first: 100 %}\n" + HIRING,
    ),
    "nobody leaves, and people learn": (LEARNING, LEARNING + "turnover: {rate: 0, premium: 20, damage: 0}"),
    "development": (
        LEAVING + LEARNING + "turnover: {development: 100 %, premium: 0}",
        LEAVING + LEARNING + "turnover: {development: 100 %, premium: 20}",
    ),
    "no premium": (
        LEAVING + LEARNING + "turnover: {premium: 0}", LEAVING + LEARNING + "turnover: {premium: 0, development: 1}",
    ),
    "a search of no time": (
        LEAVING + "turnover: {search: 0 h}", LEAVING + "turnover: {search: 0 h, search_cv: 10}",
    ),
    "hr asks for nobody itself": (
        LEAVING + HIRING + "departments: {hr: {pay_share: 0}}",
        LEAVING + HIRING + "departments: {hr: {pay_share: 0}}\nturnover: {without_request: 10000 h}",
    ),
    "nobody is asked": (
        LEAVING + "turnover: {due: 0 h}", LEAVING + "turnover: {due: 10000 h, hiring_first: 100 %}",
    ),
    "kept standards": (
        LEAVING + LEARNING + "turnover: {conformance: 100 %}",
        LEAVING + LEARNING + "turnover: {conformance: 100 %, damage: 20}",
    ),
    "newcomers do no damage": (
        LEAVING + LEARNING + "turnover: {damage: 0}", LEAVING + LEARNING + "turnover: {damage: 0, conformance: 1}",
    ),
    "money": (LEAVING + HIRING, LEAVING + HIRING + "turnover: {replacement: 9, cover: 0}"),
    "nobody is away": ("", "absence: {weekly: 0 %}"),
    "nobody improves": ("", "improvement: {capacity: 0, half_life: 0.01, floor: 0 %}"),
    "nobody reports": (
        "cooperation: {reporting: 0 %}", "cooperation: {reporting: 0 %}\nimprovement: {capacity: 100, half_life: 1}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_two_ways_of_saying_the_same_are_the_same_to_the_last_bit(one: str, other: str):
    assert bits(one) == bits(other)


@pytest.mark.parametrize(
    "group", [PRESSED, LEARNING + LEAVING, "morale: {}", LEAVING, "absence: {}", "improvement: {capacity: 9}"]
)
def test_a_group_with_its_values_changes_something(group: str):
    """Else the comparisons above would compare nothing."""
    assert bits("") != bits(group)


def test_without_any_group_nothing_of_people_moves():
    today = seen("")
    rows = today.record.states
    for name in ("standard", "pace", "skill"):
        assert (rows[name] == 1.0).all()
    assert not today.sum("resigned", *today.world.departments) + today.sum("vacant") + today.sum("absent")
    assert (today.record.weeks["improvable"] == 1.0).all()


def test_outside_suppliers_people_neither_leave_nor_learn_nor_have_moods():
    given = LEAVING + LEARNING + "morale: {}\nabsence: {weekly: 20 %}\ndepartments: {mill: {pay_share: 0}}"
    supplier = seen(given)
    assert supplier.sum("resigned", "mill") == supplier.sum("absent", "mill") == 0
    assert (supplier.state("skill") == 1.0).all()
    assert (supplier.state("morale") == 0.5).all()
    assert supplier.sum("resigned", "desk") > 0
