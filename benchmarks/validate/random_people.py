"""Random people: pressure, learning, morale, resignations and hiring, absence, improvement; some of it extreme."""

from __future__ import annotations

from benchmarks.validate.random_routes import Choice, Data, random_work

SHARES = (0.0, 0.3, 1.0)
AT_ONCE, NEVER = "1 h", "1e7 h"
"""The ends of what may be said of times in which something follows something else."""


def random_people(choose: Choice, names: list[str], grid: bool) -> Data:
    """Return what is said of people; each group is there or not, for itself."""
    groups = {
        "pressure": _pressure, "learning": _learning, "morale": _morale, "turnover": _turnover, "absence": _absence,
    }  # fmt: skip
    found = {name: group(choose) for name, group in groups.items() if choose((False, True, True))}
    if "turnover" in found and choose((True, True, False)):
        found["hiring"] = {"department": choose(names), "work": random_work(choose, grid)}
    if choose((False, True, True)):
        found["improvement"] = {
            "capacity": choose((5, 0.5, 100000)), "half_life": choose((180, 3, 0.01)), "floor": choose(SHARES),
        }  # fmt: skip
    return found


def random_people_of(choose: Choice) -> Data:
    """Return what a department's people have of their own."""
    found: Data = {}
    if choose((False, False, True)):
        found["morale"] = {"backing": choose((0.9, -20, 20))}
        found["turnover"] = {"development": choose(SHARES), "conformance": choose(SHARES)}
    if choose((False, False, False, True)):
        found["pay_share"] = choose((0.0, 0.5))
    return found


def _pressure(choose: Choice) -> Data:
    return {
        "sensitivity": choose((0.64, 0, 5)), "residence": choose(("5 h", "0.01 h", "0.2 h", "10000 h")),
        "smoothing": choose(("20 h", "0 h", "1 h", "100000 h")), "fastest": choose((0.6, 0.05, 1)),
        "standard": choose((1, 0.9, 0.05)), "erosion": choose(("19 weeks", AT_ONCE, "1 week", NEVER)),
        "recovery": choose(("104 weeks", AT_ONCE, NEVER)), "lowest": choose((0.75, 0.05, 1)),
        "corners": choose((4, 0, 20)), "failures_cap": choose((3, 1, 1000)),
        "overload": choose((0.93, 0.01, 0.999)), "fatigue": choose((0.1, 0, 5)),
        "fatigue_errors": choose((3, 0, 50)), "memory": choose(("4 weeks", "0 h", "1 day")),
        "helping": choose((0.5, 0, 1)),
    }  # fmt: skip


def _learning(choose: Choice) -> Data:
    return {
        "start": choose((0.5, 0.01, 1)), "time": choose(("640 h", "0.1 h", "20 h", "1000000 h")),
        "mentoring": choose((0.25, 0.99, 0)), "mentored": choose(("586 h", "0 h", "30 h", "1000000 h")),
        "tenure": choose(("10000 h", "0 h", "500 h")), "retention": choose((0.97, 0, 1)),
    }  # fmt: skip


def _morale(choose: Choice) -> Data:
    return {
        "start": choose((0.6, 0, 1)), "backing": choose((0.9, -20, 20)),
        "memory": choose(("8 weeks", AT_ONCE, "1 week")), "overload_from": choose((0.8, 0, 0.999)),
        "overload": choose((0.8, 0, 20)), "late": choose((0.8, 0, 20)), "disputes": choose((0.5, 0, 20)),
        "vacancies": choose((1.5, 0, 20)), "neutral": choose((0.5, 0, 1)), "speed": choose((0.16, 0, 1)),
        "errors": choose((0.8, 0, 20)), "resignations": choose((1.7, 0, 20)),
    }  # fmt: skip


def _turnover(choose: Choice) -> Data:
    """Return how people resign: often, for it must happen within weeks; or all of them at once."""
    return {
        "rate": choose(("10 per year", "0.01 per h", "40 per year", "0 per h")), "premium": choose((2, 0, 20)),
        "development": choose(SHARES), "search": choose(("20 h", "0 h", "480 h", "5 h")),
        "search_cv": choose((0.5, 0, 10)), "without_request": choose(("8 h", "0 h", "80 h")),
        "hiring_first": choose(SHARES), "due": choose(("8 h", "0 h", "80 h")), "damage": choose((2, 0, 20)),
        "conformance": choose(SHARES),
    }  # fmt: skip


def _absence(choose: Choice) -> Data:
    return {"weekly": choose((0.06, 0.9, 0.4, 0))}
