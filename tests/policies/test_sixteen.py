"""The sixteen policies of the mission, their variants, and what they cannot do where a company lacks something."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from sim import load_policy, load_scenario, portfolio
from sim.arrays import build
from sim.arrays.regimes import Regime
from sim.parameters import PARAMETERS
from sim.policies.catalogue import the_sixteen
from sim.policies.fit import remarks
from sim.policies.policy import Effect, Portfolio
from sim.scenario.files import shipped_names, shipped_root
from sim.scenario.load import scenario_from_text

FILES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (shipped_root() / "policies").glob("*.yaml")
}
PEOPLE = "extends: levante\nmorale: {}\nturnover: {}\n"


def weeks(name: str, text: str = "extends: levante\n") -> tuple[Regime, list[Regime]]:
    """Return today's regime and those of the weeks after the start of a policy."""
    regimes = build(scenario_from_text(text), portfolio([(name, 1.0)])).regimes
    return regimes[0], regimes[1:]


# The catalogue --------------------------------------------------------------------------------------------


def test_every_row_of_the_mission_has_exactly_one_policy_that_is_no_variant():
    rows = sorted((f["mission"] for f in FILES.values() if "variant_of" not in f), key=lambda row: int(row[1:]))
    assert rows == [f"P{k}" for k in range(1, 17)]


def test_the_sixteen_are_in_the_missions_order():
    assert [FILES[name]["mission"] for name in the_sixteen()] == [f"P{k}" for k in range(1, 17)]
    assert not any("variant_of" in FILES[name] for name in the_sixteen())


def test_a_variant_is_of_a_shipped_policy_of_the_same_row():
    variants = {name: f for name, f in FILES.items() if "variant_of" in f}
    assert set(variants) == {"spaces_open_plan", "recognition_announced"}
    for file in variants.values():
        assert file["variant_of"] in the_sixteen()
        assert FILES[file["variant_of"]]["mission"] == file["mission"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_size_without_a_study_is_said_to_be_an_assumption(name: str):
    file = FILES[name]
    if file["grade"] in ("B", "D"):
        assert "assum" in file["source"]
    if file["grade"] == "A":
        assert re.search(r"\d{4}", file["source"])


# Sizes of the design, written again -----------------------------------------------------------------------

DESIGN = {
    "shared_standards": {"completeness": 0.37, "variability": 0.30, "failures": 0.37, "conformance": 0.8,
                         "overhead": "1.5 %"},
    "training": {"pace": math.log(1.05), "backing": 0.35, "development": 0.9, "failures": 0.10, "overhead": "2.5 %"},
    "cross_training": {"trained_share": 1.0, "completeness": 0.10, "overhead": "1.25 %"},
    "improvement_team": {"reporting": (0.5 - 0.07) / (1 - 0.07), "trust": 0.2, "alignment": 0.2, "capacity": 10,
                         "representation": "3 h"},
    "spaces": {"backing": 0.30, "completeness": 0.05},
    "joint_activities": {"trust": 0.3, "alignment": 0.3, "backing": 0.30, "overhead": "1.5 %"},
    "internal_service_level": {"agreed_share": 0.7, "overhead": "0.5 %"},
    "parity": {"responsiveness": 0.7, "excuse": 0.7, "overhead": "0.5 %"},
    "capacity_visibility": {"capacity_awareness": 1.0, "level": "5 %", "quote_work": "1.2 min"},
    "checklist": {"completeness": 0.40, "handoff_work": "2 min"},
    "rotation": {"completeness": 0.20, "alignment": 0.3, "trust": 0.2, "pace": math.log(0.95 * 1.04),
                 "overhead": "3 %"},
    "recognition": {"backing": 0.32, "trust": 0.15},
    "hire_on_time": {"search": math.log(0.5), "hiring_first": 1.0},
    "shared_goals": {"alignment": 0.7, "pace": -0.01},
    "learn_not_blame": {"reporting": 0.5, "trust": 0.4, "capacity": 2, "overhead": "0.3 %"},
    "more_staff": {"staff": 1},
}  # fmt: skip
COSTS = {
    "training": {"weekly_per_person": 8}, "improvement_team": {"weekly": 50}, "spaces": {"weekly": 400},
    "joint_activities": {"weekly_per_person": 6}, "rotation": {"weekly": 60}, "recognition": {"weekly": 60},
    "hire_on_time": {"weekly": 60, "per_hire": 1500}, "shared_standards": {"weekly": 150},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(DESIGN))
def test_sizes_are_those_of_the_design(name: str):
    found: dict[str, object] = {}
    for effect in FILES[name]["effects"]:
        key = effect["parameter"].partition(".")[2]
        found[key] = found.get(key, 0.0) + effect["change"] if key == "pace" else effect["change"]
    assert set(found) == set(DESIGN[name])
    for key, size in DESIGN[name].items():
        assert found[key] == (size if isinstance(size, str) else pytest.approx(size, abs=6e-4)), key
    if name in COSTS:
        assert FILES[name]["cost"] == COSTS[name]


# What they do in time -------------------------------------------------------------------------------------


def test_rotation_is_slower_at_first_and_faster_later():
    today, later = weeks("rotation")
    pace = [regime.pace[0] / today.pace[0] for regime in later]
    assert pace[0] == pytest.approx(0.95 ** (0.5 ** (0.5 / 8)) * 1.04 ** (1 - math.exp(-0.5 / 26)), rel=1e-4)
    assert max(pace[:12]) < 1.0 < min(pace[16:])
    assert all(after > before for before, after in pairwise(pace)), "it only ever gets better"
    # The hours away are there from the first week; what rotation teaches is not.
    assert later[0].overhead[0] == pytest.approx(today.overhead[0] + 0.03 + 0.0006)
    assert later[0].gap[1] > 0.99 * today.gap[1] > 0.9 * today.gap[1] > later[-1].gap[1]


def test_joint_activities_fade_and_their_hours_stay():
    today, later = weeks("joint_activities")
    trust, end = [regime.trust[1] for regime in later], len(later) - 1
    best = trust.index(max(trust))
    assert 10 < best < end, "it fades within the run"
    assert today.trust[1] < trust[end] < trust[best]
    left = 0.3 * (1 - math.exp(-(end + 0.5) / 8)) * 0.5 ** ((end + 0.5) / 52)
    assert 1 - trust[end] == pytest.approx((1 - today.trust[1]) * (1 - left))
    assert {regime.overhead[0] for regime in later} == {later[0].overhead[0]}
    assert later[0].overhead[0] == pytest.approx(today.overhead[0] + 0.015 + 0.0006)


def test_training_stands_as_long_as_its_lessons_go_on():
    today, later = weeks("training")
    pace = [regime.pace[0] for regime in later]
    assert pace == sorted(pace)
    assert pace[-1] == pytest.approx(today.pace[0] * 1.05 ** (1 - math.exp(-(len(pace) - 0.5) / 26)), rel=1e-4)


def test_recognition_lasts_and_announced_awards_do_not():
    today, everyday = weeks("recognition")
    _, announced = weeks("recognition_announced")
    assert everyday[20].morale_backing[0] > everyday[4].morale_backing[0] > today.morale_backing[0]
    assert announced[0].morale_backing[0] > everyday[0].morale_backing[0], "an announcement works at once"
    assert announced[40].morale_backing[0] - today.morale_backing[0] < 0.01 * 0.32
    assert announced[40].trust[1] == pytest.approx(today.trust[1], abs=0.001)
    assert FILES["recognition"]["cost"] == FILES["recognition_announced"]["cost"], "the cost stays"


def test_an_open_plan_does_the_opposite_of_good_rooms():
    today, rooms = weeks("spaces")
    _, open_plan = weeks("spaces_open_plan")
    assert open_plan[30].morale_backing[0] < today.morale_backing[0] < rooms[30].morale_backing[0]
    assert open_plan[30].gap[1] > today.gap[1] > rooms[30].gap[1]


def test_hiring_on_time_halves_the_search_and_puts_requests_first():
    today, later = weeks("hire_on_time")
    part = 1 - math.exp(-30.5 / 2)
    assert later[30].search == pytest.approx(today.search * 0.5**part, rel=1e-3)
    assert later[30].hiring_first == pytest.approx(part)


def test_an_improvement_team_hears_of_half_of_the_faults_and_costs_small_departments_most():
    today, later = weeks("improvement_team")
    assert today.improvement_capacity == 0.0
    assert later[51].improvement_capacity == pytest.approx(10, rel=0.01)
    assert today.reporting == 0.07
    assert later[51].reporting == pytest.approx(0.5, abs=0.002)
    outside = build(load_scenario("levante"), Portfolio()).departments.index("supplier")
    lost = [now - then for now, then in zip(later[51].overhead, today.overhead, strict=True)]
    part = 1 - math.exp(-51.5 / 8)
    expected = [0.0006 + 3 * part / (40 * people) for people in today.posts]
    expected[outside] = 0.0
    assert lost == pytest.approx(expected)


def test_learning_follows_a_little_up_and_adds_to_the_team():
    regimes = build(load_scenario("levante"), portfolio([("learn_not_blame", 1.0), ("improvement_team", 1.0)])).regimes
    learned, team = (1 - math.exp(-51.5 / ramp) for ramp in (13, 8))
    assert regimes[52].improvement_capacity == pytest.approx(2 * learned + 10 * team)
    assert 1 - regimes[52].reporting == pytest.approx(0.93 * (1 - 0.5 * learned) * (1 - 0.4624 * team))


# All at once ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paid_hours", ["40", "10", "0"])
def test_everything_on_leaves_time_for_work(paid_hours: str):
    scenario = scenario_from_text(f"extends: levante\neconomics: {{paid_hours: {paid_hours}}}\n")
    regimes = build(scenario, portfolio([(name, 1.0) for name in the_sixteen()])).regimes
    outside = build(scenario, Portfolio()).departments.index("supplier")
    today = regimes[0].overhead
    for regime in regimes[1:]:
        for i, (then, now) in enumerate(zip(today, regime.overhead, strict=True)):
            assert then < now < 0.9 or (i == outside and then == now)


def test_representation_without_paid_hours_is_taken_out_of_a_week_of_40_h():
    none = weeks("improvement_team", "extends: levante\neconomics: {paid_hours: 0}\n")[1][-1]
    usual = weeks("improvement_team", "extends: levante\neconomics: {paid_hours: 40}\n")[1][-1]
    assert none.overhead == usual.overhead


def test_representation_never_takes_more_than_nine_tenths():
    regime = weeks("improvement_team", "extends: levante\nservice: {representation: 900 h}\n")[1][-1]
    assert max(regime.overhead) == 0.9


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_parameter_leaves_its_range_alone_or_with_all_others(name: str):
    ranges = {effect.parameter: PARAMETERS[effect.parameter] for effect in load_policy(name).effects}
    chosen = [(other, 1.0) for other in shipped_names("policies")]
    for members in ([(name, 1.0)], chosen):
        regime = build(load_scenario("levante"), portfolio(members)).regimes[-1]
        for parameter, entry in ranges.items():
            field = {"cooperation.completeness": "gap"}.get(parameter, entry.key)
            values = getattr(regime, field, None)
            if values is not None:
                assert all(entry.low <= v <= entry.high for v in (values if isinstance(values, list) else [values]))


# What they cannot do --------------------------------------------------------------------------------------


def said(text: str, *names: str) -> list[str]:
    return remarks(scenario_from_text(text), portfolio([(name, 1.0) for name in names]))


LACKS = [
    ("extends: levante\nmorale: null\n", ["training", "spaces", "joint_activities", "recognition"], "morale: {}"),
    ("extends: levante\nturnover: null\nhiring: null\n", ["shared_standards", "training", "hire_on_time"],
     "turnover: {}"),
    ("extends: levante\ncooperation: {reporting: 0}\n", [], "cooperation.reporting"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "remedy"), LACKS, ids=["morale", "turnover", "reporting"])
def test_a_policy_that_can_do_nothing_says_so_and_how_to_change_that(text: str, names: list[str], remedy: str):
    for name in the_sixteen():
        found = [remark for remark in said(text, name) if f"'{remedy}'" in remark]
        assert len(found) == (name in names), (name, found)
        assert all(f"policy '{name}' " in remark and remark.endswith(".") for remark in found)


def test_a_company_with_people_hears_none_of_this():
    for name in the_sixteen():
        for remark in said(PEOPLE, name):
            assert "hiring" in remark, remark


def test_hiring_first_needs_somebody_who_hires():
    found = said(PEOPLE + "hiring: null\n", "hire_on_time")
    assert len(found) == 1
    assert "add 'hiring'" in found[0]


def test_a_team_without_reports_or_without_faults_follows_nothing_up(tmp_path: Path):
    only = tmp_path / "follow_up.yaml"
    text = (shipped_root() / "policies" / "improvement_team.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "cooperation." not in line]
    only.write_text("\n".join(kept).replace("name: improvement_team", "name: follow_up"), "utf-8")
    silent = scenario_from_text("extends: levante\ncooperation: {reporting: 0}\n")
    alone = remarks(silent, portfolio([(load_policy(only), 1.0)]))
    assert len(alone) == 1
    assert "follows nothing up" in alone[0]
    # Another policy that raises reporting gives it something to do.
    assert remarks(silent, portfolio([(load_policy(only), 1.0), ("learn_not_blame", 1.0)])) == []
    perfect = "extends: levante\ncooperation: {pairs: null, completeness: 100 %}\n"
    (found,) = said(perfect, "improvement_team")
    assert "no hand-off is ever incomplete" in found
    assert remarks(silent, Portfolio()) == []


def test_an_outside_supplier_keeps_to_no_policy_unless_it_is_named():
    scenario = load_scenario("levante")
    chosen = [(name, 1.0) for name in the_sixteen() if name != "more_staff"]
    regime = build(scenario, portfolio(chosen)).regimes[-1]
    outside = build(scenario, portfolio([])).departments.index("supplier")
    before = build(scenario, portfolio([])).regimes[0]
    for field in ("posts", "overhead", "pace", "responsiveness", "excuse", "alignment", "agreed_share"):
        assert getattr(regime, field)[outside] == getattr(before, field)[outside], field
    assert regime.overhead[0] > before.overhead[0]
    effect = Effect(parameter="service.pace", change=0.1, where=("supplier",))
    named = load_policy("parity").model_copy(update={"effects": (effect,)})
    assert build(scenario, portfolio([(named, 1.0)])).regimes[-1].pace[outside] > 1.0
