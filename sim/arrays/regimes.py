"""The parameters in force, week by week: today's way of working, moved by the policies.

A policy's effect is evaluated in the middle of each week after its start and held for that week. What all of them
together make of a parameter is cut to the parameter's range at the end, so that their order does not matter.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import NamedTuple

from sim.errors import InputError, nearest
from sim.parameters import PARAMETERS
from sim.policies.policy import Effect, InForce, Portfolio
from sim.rules import policy as rules
from sim.scenario.company import Scenario

MOST_OVERHEAD = 0.9
"""The most of the working time that meetings, training and policies can take."""
SCALES = {"gap": rules.GAP, "log": rules.LOG, "log_odds": rules.LOG_ODDS, "linear": rules.LINEAR}

DEPARTMENT_FIELDS = {
    "posts": "departments.staff",
    "overhead": "service.overhead",
    "pace": "service.pace",
    "trained_share": "helping.trained_share",
    "handoff_work": "cooperation.handoff_work",
    "responsiveness": "cooperation.responsiveness",
    "excuse": "cooperation.excuse",
    "escalation": "cooperation.escalation",
    "alignment": "cooperation.alignment",
    "agreed_age": "cooperation.agreed_age",
    "agreed_share": "cooperation.agreed_share",
    "morale_backing": "morale.backing",
    "development": "turnover.development",
    "conformance": "turnover.conformance",
}
PAIR_FIELDS = {"gap": "cooperation.completeness", "detection": "cooperation.detection", "trust": "cooperation.trust"}
COMPANY_FIELDS = {
    "variability": "service.variability",
    "help_efficiency": "helping.efficiency",
    "find_later": "cooperation.find_later",
    "setup": "cooperation.setup",
    "clarification": "cooperation.clarification",
    "redo_share": "cooperation.redo_share",
    "incomplete_cap": "cooperation.incomplete_cap",
    "switching": "cooperation.switching",
    "request_due": "cooperation.request_due",
    "clarification_due": "cooperation.clarification_due",
    "dispute": "cooperation.dispute",
    "reporting": "cooperation.reporting",
    "visibility": "cooperation.visibility",
    "failures": "service.failures",
    "capacity_awareness": "promise.capacity_awareness",
    "level": "promise.level",
    "floor": "promise.floor",
    "quote_work": "promise.quote_work",
    "search": "turnover.search",
    "hiring_first": "turnover.hiring_first",
    "improvement_capacity": "improvement.capacity",
}
WITHIN_OTHERS = {"representation": "service.representation"}
"""What policies move and a regime holds within another field: representatives' hours are overhead."""
MOVABLE = {**DEPARTMENT_FIELDS, **PAIR_FIELDS, **COMPANY_FIELDS, **WITHIN_OTHERS}
"""Fields of a regime and the parameters they hold: what a policy can move."""


@dataclass(frozen=True, slots=True)
class Regime:
    """Parameters in force during a week, in base units ([h], [1]); lists by department or by pair i*n+j.

    `gap` is 1 - completeness of what i hands to j; `posts` are whole people.
    """

    posts: list[int]
    overhead: list[float]
    pace: list[float]
    trained_share: list[float]
    handoff_work: list[float]
    responsiveness: list[float]
    excuse: list[float]
    escalation: list[float]
    alignment: list[float]
    agreed_age: list[float]
    agreed_share: list[float]
    morale_backing: list[float]
    development: list[float]
    conformance: list[float]
    gap: list[float]
    detection: list[float]
    trust: list[float]
    variability: float
    help_efficiency: float
    find_later: float
    setup: float
    clarification: float
    redo_share: float
    incomplete_cap: float
    switching: float
    request_due: float
    clarification_due: float
    dispute: float
    reporting: float
    visibility: float
    failures: float
    capacity_awareness: float
    level: float
    floor: float
    quote_work: float
    search: float
    hiring_first: float
    improvement_capacity: float


def regimes(scenario: Scenario, portfolio: Portfolio, departments: list[str], weeks: int) -> list[Regime]:
    """Return the regime before the policies start, then one for each week after; equal ones are shared.

    Parameters
    ----------
    scenario, portfolio
        Today's way of working and the policies.
    departments : list of str
        In the arrays' order.
    weeks : int
        Weeks after the start of the policies to lay out, >= 1.
    """
    today = _values(scenario, departments)
    # A company that pays nobody by the hour still loses its representatives' hours: out of a usual week.
    paid_hours = scenario.parameter("economics.paid_hours") or PARAMETERS["economics.paid_hours"].default or 40.0
    result = [_regime(today, paid_hours)]
    if not portfolio.members:
        return result * (weeks + 1)
    base_overhead = rules.attention(
        scenario.parameter("service.attention"),
        sum(m.intensity for m in portfolio.members if m.policy.takes_attention),
    )
    moves = [_move(m, effect, scenario, departments) for m in portfolio.members for effect in m.policy.effects]
    for week in range(weeks):
        moved = {name: list(values) for name, values in today.items()}
        moved["overhead"] = [
            v + base_overhead if scenario.departments[name].pay_share > 0.0 else v
            for v, name in zip(moved["overhead"], departments, strict=True)
        ]
        for move in moves:
            x = rules.intensity_at(move.intensity, week + 0.5, move.ramp / 168.0, move.half_life / 168.0)
            values = moved[move.field]
            for k in move.places:
                values[k] = rules.move(move.scale, move.ideal, values[k], move.change, x)
        # What nothing moves is today's, which is within its range.
        for field in ("overhead", *(move.field for move in moves)):
            moved[field] = _within_range(field, moved[field])
        regime = _regime(moved, paid_hours)
        result.append(result[-1] if regime == result[-1] else regime)
    return result


def _values(scenario: Scenario, departments: list[str]) -> dict[str, list[float]]:
    values: dict[str, list[float]] = {}
    for field, name in (DEPARTMENT_FIELDS | WITHIN_OTHERS).items():
        if field == "posts":
            values[field] = [float(scenario.departments[d].staff) for d in departments]
        else:
            values[field] = [scenario.parameter(name, department=d) for d in departments]
    for field, name in PAIR_FIELDS.items():
        values[field] = [scenario.parameter(name, pair=(i, j)) for i in departments for j in departments]
    for field, name in COMPANY_FIELDS.items():
        values[field] = [scenario.parameter(name)]
    return values


_FIELD_OF = {name: field for field, name in MOVABLE.items()}


class _Move(NamedTuple):
    """An effect of a policy in force as every week applies it: what does not change from week to week."""

    field: str
    places: tuple[int, ...]
    scale: int
    ideal: float
    change: float
    intensity: float
    ramp: float
    half_life: float


def _move(member: InForce, effect: Effect, scenario: Scenario, departments: list[str]) -> _Move:
    entry, field = PARAMETERS[effect.parameter], _FIELD_OF[effect.parameter]
    chosen = concerned(effect, scenario, departments)
    per = len(departments) if field in PAIR_FIELDS else 1
    everywhere = range(1 if field in COMPANY_FIELDS else per * len(departments))
    places = tuple(k for k in everywhere if field in COMPANY_FIELDS or departments[k // per] in chosen)
    ramp, half_life = member.policy.timing(effect)
    scale, ideal, change = SCALES[entry.scale], entry.ideal or 0.0, effect.amount()
    return _Move(field, places, scale, ideal, change, member.intensity, ramp, half_life)


def _within_range(field: str, values: list[float]) -> list[float]:
    entry = PARAMETERS[MOVABLE[field]]
    return [min(entry.high, max(entry.low, v)) for v in values]


def concerned(effect: Effect, scenario: Scenario, departments: list[str]) -> set[str]:
    """Return the departments that an effect concerns; for a pair, its sender.

    An outside supplier keeps to no policy of the company, unless the policy names it.
    """
    if isinstance(effect.where, tuple):
        for name in effect.where:
            if name not in departments:
                raise InputError(
                    f"policy effect on {effect.parameter}, where: got '{name}'; must be departments of "
                    f"{scenario.place}, or all, route or internal. {nearest(name, departments)}"
                )
        return set(effect.where)
    used = dict.fromkeys(kind.route for kind in scenario.orders.values())
    on_route = {step.department for route in used for step in scenario.routes[route] if step.department is not None}
    own = {name for name in departments if scenario.departments[name].pay_share > 0.0}
    if effect.where == "route":
        return own & on_route
    return own if effect.where == "all" else own - on_route


def _regime(values: dict[str, list[float]], paid_hours: float) -> Regime:
    fields: dict[str, object] = {}
    for field in dataclasses.fields(Regime):
        v = values[field.name]
        fields[field.name] = v[0] if field.name in COMPANY_FIELDS else list(v)
    fields["posts"] = posts = whole_people(values["posts"])
    fields["overhead"] = [
        v if hours == 0.0 else min(MOST_OVERHEAD, v + hours / (paid_hours * n))
        for v, hours, n in zip(values["overhead"], values["representation"], posts, strict=True)
    ]
    fields["gap"] = [1.0 - v for v in values["gap"]]
    return Regime(**fields)  # type: ignore[arg-type]


def whole_people(posts: list[float]) -> list[int]:
    """Return whole posts of fractional ones, so that the total is right too: half a post in four places is two.

    Examples
    --------
    >>> whole_people([8.5, 9.5, 5.5, 4.5]), whole_people([8.0, 9.3, 5.3])
    ([9, 9, 6, 4], [8, 9, 6])
    """
    result, total, placed = [], 0.0, 0
    for value in posts:
        total += value
        people = int(total + 0.5) - placed
        placed += people
        result.append(people)
    return result
