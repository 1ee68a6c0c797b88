"""Checks across a whole scenario that no single field can see. Routes have their own in `route_checks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.errors import nearest
from sim.scenario.capacity import ALWAYS, open_share
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_names
from sim.scenario.messages import Path, Problem
from sim.scenario.orders import CustomerDemand, StreamDemand
from sim.scenario.route_checks import route_problems

TOLERANCE = 1e-6


def problems(scenario: Scenario) -> list[Problem]:
    """Return everything that does not fit together, by place."""
    checks = (
        _calendars,
        _departments,
        _profile,
        _orders,
        _routes,
        _pairs,
        _complaints,
        _enquiries,
        _worker_needs,
        _hiring,
        _segments,
        _cross_training,
        _policies,
    )
    return [problem for check in checks for problem in check(scenario)]


def _unknown(path: Path, name: str, known: Iterable[str], what: str) -> Iterator[Problem]:
    names = list(known)
    if name not in names:
        yield Problem(path, f"got {{given}}; must be the name of {what}. {nearest(name, names)}")


def _calendar(scenario: Scenario, path: Path, name: str | None) -> Iterator[Problem]:
    if name is not None:
        yield from _unknown(path, name, [*scenario.calendars, ALWAYS], "a calendar")


def _calendars(scenario: Scenario) -> Iterator[Problem]:
    for name in scenario.calendars:
        path = ("calendars", name)
        if name == ALWAYS:
            yield Problem(path, "got the name 'always', which is built in and never closes; choose another name.")
        elif open_share(scenario, name) == 0:
            yield Problem(
                path,
                "it never opens; at least one open hour is needed; write for example 'weekdays: 9:00-17:00'.",
            )
    yield from _calendar(scenario, ("calendar",), scenario.calendar)


def _departments(scenario: Scenario) -> Iterator[Problem]:
    for name, department in scenario.departments.items():
        yield from _calendar(scenario, ("departments", name, "calendar"), department.calendar)


def _profile(scenario: Scenario) -> Iterator[Problem]:
    demand = scenario.demand
    profile = demand.profile if isinstance(demand, CustomerDemand | StreamDemand) else None
    if profile is None or profile.calendar is None:
        return
    path = ("demand", "profile", "calendar")
    if profile.calendar not in scenario.calendars:
        yield from _calendar(scenario, path, profile.calendar)
    if profile.calendar == ALWAYS or _never_closes(scenario, profile.calendar):
        yield Problem(
            path,
            "got {given}, which never closes, so no order can come outside it; a calendar that closes "
            "is needed; name another calendar, or remove 'profile'.",
        )


def _never_closes(scenario: Scenario, name: str) -> bool:
    week = scenario.calendars.get(name)
    return week is not None and all(sum(e - b for b, e in week.hours(day)) == 1440 for day in range(7))


def _orders(scenario: Scenario) -> Iterator[Problem]:
    for name, kind in scenario.orders.items():
        yield from _unknown(("orders", name, "route"), kind.route, scenario.routes, "a route")
    total = sum(kind.share for kind in scenario.orders.values())
    if abs(total - 1.0) > TOLERANCE:
        shares = ", ".join(f"{name} {100 * kind.share:.6g} %" for name, kind in list(scenario.orders.items())[:8])
        yield Problem(
            ("orders",),
            f"got shares that add up to {100 * total:.6g} % ({shares}); must be 100 %; change 'share'.",
        )


def _routes(scenario: Scenario) -> Iterator[Problem]:
    for name, steps in scenario.routes.items():
        for i, step in enumerate(steps):
            path = ("routes", name, i)
            if step.department is not None:
                yield from _unknown((*path, "department"), step.department, scenario.departments, "a department")
            if step.quotes and scenario.promise.house is None:
                yield Problem(
                    (*path, "quotes"),
                    "got a step that quotes, but nothing is promised; the house figure is needed; write "
                    "for example 'promise: {house: 11 h}'.",
                )
            yield from _needs(scenario, path, step.department)
        yield from route_problems(name, steps)


def _needs(scenario: Scenario, path: Path, department: str | None) -> Iterator[Problem]:
    route, position = str(path[1]), int(path[2])
    for k, need in enumerate(scenario.routes[route][position].needs):
        here = (*path, "needs", k)
        yield from _unknown((*here, "from"), need.source, scenario.departments, "a department")
        if need.source == department:
            yield Problem(
                (*here, "from"),
                "got {given}, the step's own department; must be another one; add the work to the step.",
            )
        if need.passed_on is not None:
            to = (*here, "passed_on", "to")
            yield from _unknown(to, need.passed_on.to, scenario.departments, "a department")
            if need.passed_on.to == need.source:
                yield Problem(to, "got {given}, who would pass it on to itself; must be another department; name one.")


def _pairs(scenario: Scenario) -> Iterator[Problem]:
    for key in scenario.cooperation.pairs:
        path = ("cooperation", "pairs", key)
        names = key.split("->")
        if len(names) != 2 or not all(names) or any(name != name.strip() for name in names):
            yield Problem(
                path,
                f"got the key '{key[:60]}'; must be 'sender->receiver'; write 'sales->warehouse'.",
            )
            continue
        for name in names:
            if name not in scenario.departments:
                hint = nearest(name, scenario.departments)
                yield Problem(path, f"got '{name[:60]}' in the key; must be the name of a department. {hint}")
        if names[0] == names[1]:
            yield Problem(path, "got a pair of a department with itself; must be two departments; remove it.")


def _complaints(scenario: Scenario) -> Iterator[Problem]:
    if scenario.complaints is not None:
        path = ("complaints", "department")
        yield from _unknown(path, scenario.complaints.department, scenario.departments, "a department")


def _enquiries(scenario: Scenario) -> Iterator[Problem]:
    if scenario.enquiries is not None:
        path = ("enquiries", "department")
        yield from _unknown(path, scenario.enquiries.department, scenario.departments, "a department")
    if scenario.complaints is not None and scenario.complaints.refund is not None:
        payer: Path = ("complaints", "refund", "department")
        yield from _unknown(payer, scenario.complaints.refund.department, scenario.departments, "a department")


def _worker_needs(scenario: Scenario) -> Iterator[Problem]:
    blocks = {n: d.worker_needs.source for n, d in scenario.departments.items() if d.worker_needs is not None}
    for name, source in blocks.items():
        path = ("departments", name, "worker_needs", "from")
        yield from _unknown(path, source, scenario.departments, "a department")
        chain = [name]
        while chain[-1] in blocks and len(chain) <= len(blocks):
            chain.append(blocks[chain[-1]])
        if name in chain[1:]:
            circle = " -> ".join(chain[: chain.index(name, 1) + 1])
            yield Problem(
                path,
                f"got a circle: {circle}; people who block one another can all wait for ever; break the circle.",
            )


def _hiring(scenario: Scenario) -> Iterator[Problem]:
    if scenario.hiring is None:
        return
    yield from _unknown(("hiring", "department"), scenario.hiring.department, scenario.departments, "a department")
    if scenario.turnover is None:
        yield Problem(
            ("hiring",),
            "nobody is ever hired, because nobody resigns; 'turnover' is needed; add 'turnover: {}', "
            "or remove 'hiring'.",
        )


def _segments(scenario: Scenario) -> Iterator[Problem]:
    if isinstance(scenario.demand, CustomerDemand) and scenario.demand.segments:
        total = sum(segment.share for segment in scenario.demand.segments.values())
        if abs(total - 1.0) > TOLERANCE:
            yield Problem(
                ("demand", "segments"),
                f"got shares that add up to {100 * total:.6g} %; must be 100 %; change 'share'.",
            )


def _cross_training(scenario: Scenario) -> Iterator[Problem]:
    training = scenario.cross_training
    if training is None:
        return
    base: Path = ("cross_training",)
    named = [((*base, "departments", i), name) for i, name in enumerate(training.departments)]
    for helper, helped in training.helps.items():
        named.append(((*base, "helps", helper), helper))
        named += [((*base, "helps", helper, i), name) for i, name in enumerate(helped)]
        if helper in helped or len(set(helped)) < len(helped):
            yield Problem((*base, "helps", helper), "must name other departments, each once; remove the repeated name.")
    for path, name in named:
        if name not in scenario.departments:
            yield Problem(
                path, f"got '{name}'; must be the name of a department. {nearest(name, scenario.departments)}"
            )
    count = len(training.departments)
    if len(set(training.departments)) < count:
        yield Problem((*base, "departments"), "names a department twice; each once is allowed; remove one.")
    if training.pattern == "list" and (count or not training.helps):
        yield Problem(base, "the pattern 'list' goes with 'helps' only; write for example 'helps: {sales: [support]}'.")
    if training.pattern != "list" and (count < 2 or training.helps):
        yield Problem(
            base,
            f"the pattern '{training.pattern}' needs 'departments' (two or more) and no 'helps'; list them.",
        )
    if training.pattern == "pairs" and count % 2:
        yield Problem((*base, "departments"), f"got {count} departments; pairs need an even number; add or remove one.")


def _policies(scenario: Scenario) -> Iterator[Problem]:
    known = shipped_names("policies") if scenario.policies else ()
    seen: set[str] = set()
    for i, chosen in enumerate(scenario.policies):
        path = ("policies", i, "policy")
        yield from _unknown(path, chosen.policy, known, "a shipped policy")
        if chosen.policy in seen:
            yield Problem(path, "got {given} twice; each policy once is allowed; remove one of them.")
        seen.add(chosen.policy)
