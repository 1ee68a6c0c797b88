"""What a policy does to the parameters, week by week, against its file and the formulas written again."""

from __future__ import annotations

import math
from typing import Any

import pytest
import yaml

from sim.arrays import build
from sim.policies import portfolio
from sim.scenario.files import shipped_file, shipped_names
from sim.scenario.load import load_scenario

ROUTE = {"sales", "support", "warehouse", "billing"}
OUTSIDE = "supplier"
"""Not the company's own: it keeps to no policy of the company."""
LEVANTE = load_scenario("levante")


def weeks_of(text: str | None) -> float:
    return float(text.split()[0]) if text else 0.0


def strength(policy: dict[str, Any], effect: dict[str, Any], x: float, week: int) -> float:
    """Return the intensity of an effect in the middle of a week after the start; its own times before the policy's."""
    ramp, half = (weeks_of(effect.get(word, policy.get(word))) for word in ("ramp", "half_life"))
    value = x * (1.0 - math.exp(-(week + 0.5) / ramp)) if ramp else x
    return value * 0.5 ** ((week + 0.5) / half) if half else value


@pytest.mark.parametrize("x", [0.4, 1.0])
@pytest.mark.parametrize("name", shipped_names("policies"))
def test_completeness_overhead_people_and_minutes_follow_the_policys_file(name: str, x: float) -> None:
    policy = yaml.safe_load(shipped_file(name, "policies").read_text(encoding="utf-8"))
    world = build(LEVANTE, portfolio([(name, x)]))
    today, names = world.regimes[0], world.departments
    attention = 0.0006 * x * x if policy.get("takes_attention", True) else 0.0
    changes = {e["parameter"]: e for e in policy["effects"]}
    nothing: dict[str, Any] = {"change": 0}
    for week in (0, 3, 20, 51):
        now = world.regimes[week + 1]
        for parameter, field, step in (
            ("service.overhead", "overhead", 0.01),
            ("cooperation.handoff_work", "handoff_work", 1 / 60),
            ("departments.staff", "posts", 1.0),
        ):
            effect = changes.get(parameter, nothing)
            for i, department in enumerate(names):
                ours = department != OUTSIDE
                concerned = ours and (effect.get("where", "all") == "all" or department in ROUTE)
                change = float(str(effect["change"]).split()[0]) * step if concerned else 0.0
                expected = getattr(today, field)[i] + change * strength(policy, effect, x, week)
                if field == "overhead":
                    # A representative's hours a week are missing from the week of 40 h of all the department's people.
                    meetings = changes.get("service.representation", nothing)
                    hours = float(str(meetings["change"]).split()[0]) * strength(policy, meetings, x, week)
                    expected += ours * (attention + hours / (40.0 * today.posts[i]))
                # People are whole: none is more than one off, and their total is right (below).
                assert getattr(now, field)[i] == pytest.approx(expected, abs=0.999 if field == "posts" else 1e-12)
        staff = changes.get("departments.staff", nothing)
        hired = len(ROUTE) * float(staff["change"]) * strength(policy, staff, x, week)
        assert sum(now.posts) == math.floor(sum(today.posts) + hired + 0.5)
        for parameter, field in (("cooperation.completeness", "gap"), ("cooperation.trust", "trust")):
            effect = changes.get(parameter, nothing)
            moved = float(effect["change"]) * strength(policy, effect, x, week)
            for pair, (then, later) in enumerate(zip(getattr(today, field), getattr(now, field), strict=True)):
                change = moved if names[pair // len(names)] != OUTSIDE else 0.0
                remaining = then if field == "gap" else 1.0 - then
                expected = remaining * (1.0 - change)
                assert later == pytest.approx(expected if field == "gap" else 1.0 - expected, abs=1e-12)


def test_completeness_policies_compose_as_remaining_gap_and_attention_as_the_square_of_all() -> None:
    chosen = [("checklist", 1.0), ("shared_standards", 0.5), ("cross_training", 1.0), ("more_staff", 1.0)]
    world = build(LEVANTE, portfolio(chosen))
    today, later = world.regimes[0], world.regimes[52]
    left = 1.0
    for change, x, ramp in ((0.40, 1.0, 6), (0.37, 0.5, 13), (0.10, 1.0, 8)):
        left *= 1.0 - change * x * (1.0 - math.exp(-51.5 / ramp))
    senders = [name for name in world.departments for _ in world.departments]
    expected = [gap * (left if name != OUTSIDE else 1.0) for name, gap in zip(senders, today.gap, strict=True)]
    assert later.gap == pytest.approx(expected)
    hr = world.departments.index("hr")
    standards = 0.015 * 0.5 * (1.0 - math.exp(-51.5 / 13))
    assert later.overhead[hr] == pytest.approx(0.0006 * 2.5**2 + standards)


def test_policies_start_after_the_warm_up_and_not_a_week_before() -> None:
    world = build(LEVANTE, portfolio([("shared_standards", 1.0), ("more_staff", 1.0)]))
    today = build(LEVANTE, portfolio([])).regimes[0]
    assert world.regimes[0] == today
    assert world.regimes[1] != today
