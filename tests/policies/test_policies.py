"""Policies as data: the catalogue, portfolios, and what they move week by week."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import InputError, load_policy, load_scenario, portfolio
from sim.arrays import build
from sim.arrays.regimes import MOVABLE
from sim.parameters import PARAMETERS
from sim.policies import schema
from sim.policies.policy import Policy, Portfolio
from sim.scenario.files import shipped_names, shipped_root

ALL = shipped_names("policies")


def test_the_published_schema_is_up_to_date():
    published = json.loads((shipped_root() / "policy.schema.json").read_text(encoding="utf-8"))
    assert published == schema.json_schema()


@pytest.mark.parametrize("name", ALL)
def test_every_shipped_policy_moves_only_what_can_be_moved(name):
    moved = {effect.parameter for effect in load_policy(name).effects}
    assert moved <= set(MOVABLE.values())


def test_an_effect_on_something_that_cannot_move_is_refused(tmp_path: Path):
    text = (shipped_root() / "policies" / "checklist.yaml").read_text(encoding="utf-8")
    file = tmp_path / "odd.yaml"
    file.write_text(text.replace("cooperation.handoff_work, change: 2 min", "economics.pay, change: 0.1"), "utf-8")
    with pytest.raises(InputError, match=r"economics\.pay.*cannot be moved"):
        load_policy(file)


def test_an_unknown_policy_suggests_the_nearest():
    with pytest.raises(InputError, match="shared_standards"):
        load_policy("shared_standard")


def test_a_policy_twice_in_a_portfolio_is_refused():
    with pytest.raises(ValueError, match="twice"):
        portfolio([("checklist", 1.0), ("checklist", 0.5)])


def test_the_warm_up_runs_in_todays_way_of_working():
    scenario = load_scenario("levante")
    today = build(scenario, Portfolio())
    world = build(scenario, portfolio([(name, 1.0) for name in ALL]))
    assert world.regimes[0] == today.regimes[0]
    assert world.regimes[1] != today.regimes[0]


def test_intensity_zero_changes_no_regime():
    scenario = load_scenario("levante")
    today = build(scenario, Portfolio())
    world = build(scenario, portfolio([(name, 0.0) for name in ALL]))
    assert world.regimes == today.regimes


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.permutations(ALL), st.lists(st.floats(0, 1), min_size=len(ALL), max_size=len(ALL)))
def test_the_order_of_policies_does_not_matter(order, intensities):
    strength = dict(zip(sorted(ALL), intensities, strict=True))
    scenario = load_scenario("levante")
    one = build(scenario, portfolio([(n, strength[n]) for n in sorted(ALL)])).regimes[-1]
    other = build(scenario, portfolio([(n, strength[n]) for n in order])).regimes[-1]
    for field in one.__dataclass_fields__:
        assert getattr(one, field) == pytest.approx(getattr(other, field), rel=1e-12, abs=1e-15)


def test_completeness_closes_the_stated_share_of_the_gap_in_the_long_run():
    # 0.37 of the gap of sales->warehouse (0.20), after a ramp long past: the policy's own words, by hand.
    scenario = load_scenario("levante")
    world = build(scenario, portfolio([("shared_standards", 1.0)]))
    n = len(world.departments)
    pair = world.departments.index("sales") * n + world.departments.index("warehouse")
    weeks = len(world.regimes) - 2
    ramp = 1 - 2.718281828459045 ** (-(weeks + 0.5) / 13)
    assert world.regimes[-1].gap[pair] == pytest.approx(0.20 * (1 - 0.37 * ramp), rel=1e-9)


def own_times(folder: Path, effects: str, rest: str = "ramp: 6 weeks", name: str = "own") -> Path:
    """Write a policy of these effects; each needs a name of its own, because what was loaded is kept."""
    file = folder / f"{name}.yaml"
    file.write_text(
        f"name: {name}\nlabel: {{en: a, es: b}}\ndescription: {{en: a, es: b}}\nfailure_mode: {{en: a, es: b}}\n"
        f"grade: D\nsource: assumption\n{rest}\neffects:\n{effects}\n",
        "utf-8",
    )
    return file


def test_an_effect_has_its_own_ramp_and_half_life_or_else_the_policys(tmp_path: Path):
    effects = """
  - {parameter: morale.backing, change: 1}
  - {parameter: service.overhead, change: 10 %, ramp: 0 weeks}
  - {parameter: improvement.capacity, change: 8, half_life: 2 weeks}
  - {parameter: turnover.hiring_first, change: 1, ramp: 1 week, half_life: 52 weeks}"""
    policy = load_policy(own_times(tmp_path, effects, "ramp: 6 weeks\nhalf_life: 26 weeks"))
    world = build(load_scenario("levante"), portfolio([(policy, 0.5)]))
    today, e = world.regimes[0], 2.718281828459045
    for week in (0, 1, 9, 30):
        now, t = world.regimes[week + 1], week + 0.5
        moved = now.morale_backing[0] - today.morale_backing[0]
        assert moved == pytest.approx(0.5 * (1 - e ** (-t / 6)) * 0.5 ** (t / 26))
        attention = 0.0006 * 0.5 * 0.5
        assert now.overhead[0] - today.overhead[0] == pytest.approx(attention + 0.05 * 0.5 ** (t / 26))
        assert now.improvement_capacity == pytest.approx(4 * (1 - e ** (-t / 6)) * 0.5 ** (t / 2))
        assert now.hiring_first == pytest.approx(0.5 * (1 - e**-t) * 0.5 ** (t / 52))


def test_a_half_life_of_nothing_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match=r"half_life.*above 0"):
        load_policy(own_times(tmp_path, "  - {parameter: morale.backing, change: 1, half_life: 0 weeks}"))
    with pytest.raises(InputError, match=r"half_life.*above 0"):
        load_policy(own_times(tmp_path, "  - {parameter: morale.backing, change: 1}", "half_life: 0 days"))


def test_what_leaves_a_range_in_between_comes_back_whatever_the_order(tmp_path: Path):
    # 10 % and 100 % more overhead and 90 % less are 20 % more than today, in any order, and never cut in between.
    changes = ("10 %", "100 %", "-90 %")
    effects = [f"  - {{parameter: service.overhead, change: {change}}}" for change in changes]
    found = []
    for order in ("abc", "cba", "bca"):
        chosen = "\n".join(effects["abc".index(letter)] for letter in order)
        policy = load_policy(own_times(tmp_path, chosen, "takes_attention: false", order))
        world = build(load_scenario("levante"), portfolio([(policy, 1.0)]))
        found.append(world.regimes[-1].overhead[0] - world.regimes[0].overhead[0])
    assert found == pytest.approx([0.2, 0.2, 0.2])


def test_a_policy_may_cost_money_for_each_hire(tmp_path: Path):
    cost = load_policy(
        own_times(tmp_path, "  - {parameter: turnover.search, change: -1}", "cost: {per_hire: 900}")
    ).cost
    assert (cost.per_hire, cost.once, cost.weekly, cost.weekly_per_person) == (900.0, 0.0, 0.0, 0.0)
    assert load_policy("hire_on_time").cost.per_hire == 1500.0
    assert load_policy("checklist").cost.per_hire == 0.0


def test_a_policy_says_its_failure_mode_in_both_languages():
    for name in ALL:
        policy: Policy = load_policy(name)
        assert policy.failure_mode.en != policy.failure_mode.es


def test_the_registry_says_which_parameters_a_policy_can_move():
    assert set(MOVABLE.values()) == {p.name for p in PARAMETERS.values() if p.movable}
