"""Causes that can be switched off: each moves its parameters to the ideal end, and nobody is offered one."""

import pytest
import yaml

from sim.arrays.regimes import MOVABLE, PAIR_FIELDS, regimes
from sim.parameters import PARAMETERS
from sim.policies import InForce, Portfolio, load_cause, load_policy, the_sixteen
from sim.scenario.files import shipped_names, shipped_root
from sim.scenario.load import load_scenario
from tests.cli.test_commands import relevo

CAUSES = shipped_names("causes")
FIELD_OF = {name: field for field, name in MOVABLE.items()}


def in_force(*policies):
    return Portfolio(members=tuple(InForce(policy=policy) for policy in policies))


@pytest.mark.parametrize("company", ["levante", "cadena"])
@pytest.mark.parametrize("name", CAUSES)
@pytest.mark.parametrize("beside", [(), ("checklist", "parity", "training")])
def test_with_a_cause_switched_off_its_parameters_are_ideal_among_own_departments(company, name, beside):
    scenario, cause = load_scenario(company), load_cause(name)
    departments = list(scenario.departments)
    own = [scenario.departments[d].pay_share > 0 for d in departments]
    others = [load_policy(one) for one in beside]
    weeks = regimes(scenario, in_force(cause, *others), departments, 3)[1:]
    without = regimes(scenario, in_force(*others), departments, 3)[1:]
    moved = {FIELD_OF[effect.parameter]: PARAMETERS[effect.parameter].ideal for effect in cause.effects}
    if "gap" in moved:  # Held as 1 - completeness.
        moved["gap"] = 1 - moved["gap"]
    for week, as_it_is in zip(weeks, without, strict=True):
        for field, ideal in moved.items():
            value, before = getattr(week, field), getattr(as_it_is, field)
            if not isinstance(value, list):
                assert value == ideal
                continue
            per = len(departments) if field in PAIR_FIELDS else 1
            for k, one in enumerate(value):
                assert one == (ideal if own[k // per] else before[k]), (field, k)
        for field in MOVABLE.keys() - moved.keys() - {"representation"}:
            assert getattr(week, field) == getattr(as_it_is, field), field


@pytest.mark.parametrize("name", CAUSES)
def test_a_cause_says_in_both_languages_that_nobody_can_buy_it(name):
    cause = load_cause(name)
    assert cause.name == name
    assert not cause.takes_attention
    assert cause.cost.once == cause.cost.weekly == cause.cost.weekly_per_person == cause.ramp == 0
    assert cause.half_life is None
    for text in (cause.label, cause.description, cause.failure_mode):
        assert text["en"].strip()
        assert text["es"].strip()
        assert text["en"] != text["es"]
    first = (shipped_root() / "causes" / f"{name}.yaml").read_text(encoding="utf-8")
    assert "Nobody can buy this" in first
    assert yaml.safe_load(first)["source"].startswith("by definition")


def test_causes_are_neither_policies_nor_scenarios():
    assert len(CAUSES) == 7
    for kind in ("policies", "scenarios", "plans"):
        assert not set(CAUSES) & set(shipped_names(kind))
    assert not set(CAUSES) & set(the_sixteen())
    for words in (["simulate", "theory/mm1", "--policy", "blame"], ["simulate", "blame"]):
        assert relevo(*words).exit_code == 3
    assert not any(f"\n{name} " in relevo("explain").stdout for name in CAUSES)


def test_a_cause_that_is_not_known_is_refused_with_the_nearest():
    from sim.errors import InputError

    with pytest.raises(InputError, match="Did you mean 'no_view'"):
        load_cause("no_vew")
