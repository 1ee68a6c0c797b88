"""Experiments: what a point changes, today's point changes nothing, groups share their company, tables."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.plan.load import load_plan
from sim.scenario.load import load_scenario
from tests.plan.written import TWO, load

MIXED = (
    "factors: {training: {levels: [0, 1]}, departments.sales.staff: {levels: [9, 8]}, parity: {levels: [0, 0.5]},\n"
    "          calendar: {levels: [office, always]}, routes.standard.advice.quotes: {levels: [false, true]}}\n"
    "constraints: [{name: both, weights: {training: 1, parity: 1}, at_most: 1}]\n"
)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    return load(tmp_path_factory.mktemp("plan"), MIXED)


@pytest.mark.parametrize("name", ["all_policies_alone", "robust_demand", "staff_against_cooperation"])
def test_todays_point_changes_nothing(name):
    experiment = load_plan(name)
    today = experiment.points[0]
    assert experiment.is_today(today)
    assert experiment.changes(today) == {}
    assert experiment.portfolio(today).members == ()
    assert experiment.scenario({}).model_dump() == load_scenario("levante").model_dump()


def test_a_level_equal_to_today_counts_as_today_and_gives_the_same_company(mixed):
    todays = [point for point in mixed.points if mixed.is_today(point)]
    assert todays == [(0, 1, 0, 0, 0)]
    assert mixed.scenario(mixed.changes(todays[0])).model_dump() == load_scenario("levante").model_dump()
    assert mixed.portfolio(todays[0]).key == ""
    assert not mixed.is_today((0, 1, 0, 0, 1))
    assert mixed.is_today((None, 1, None, 0, None))


def test_what_a_point_changes(mixed):
    assert mixed.changes((1, 0, None, None, 1)) == {"departments.sales.staff": 9, "routes.standard.advice.quotes": True}
    assert mixed.portfolio((1, 0, 1, None, None)).key == "parity=0.5+training"
    company = mixed.scenario(mixed.changes((1, 0, None, 1, 1)))
    advice = next(step for step in company.routes["standard"] if step.step == "advice")
    assert (company.departments["sales"].staff, company.calendar, advice.quotes) == (9, "always", True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 70))
def test_groups_partition_the_points_and_share_their_company(mixed, size):
    groups = mixed.groups(size)
    assert sorted(number for group in groups for number in group) == list(range(len(mixed.points)))
    assert all(0 < len(group) <= size for group in groups)
    for group in groups:
        assert len({tuple(mixed.changes(mixed.points[number]).items()) for number in group}) == 1
    assert tuple(number for group in groups for number in group) == mixed.in_order
    wide = mixed.groups(10_000)
    companies = {tuple(mixed.changes(point).items()) for point in mixed.points}
    assert len(wide) == len(companies)


def test_points_of_one_company_stand_together_in_the_order_of_the_first(mixed):
    first = [group[0] for group in mixed.groups(10_000)]
    assert first == sorted(first)
    assert all(list(group) == sorted(group) for group in mixed.groups(10_000))
    assert load_plan("four_policy_grid").in_order == tuple(range(625))


def test_the_table_of_points(mixed):
    table = mixed.design_table()
    assert list(table.columns) == ["point", "is_today", *(factor.name for factor in mixed.factors)]
    assert list(table["point"]) == list(range(len(mixed.points)))
    assert table["is_today"].sum() == 1
    assert set(table["departments.sales.staff"]) == {8.0, 9.0}
    assert set(table["calendar"]) == {"office", "always"}
    assert set(table["routes.standard.advice.quotes"]) == {"True", "False"}


def test_what_is_not_known_today_is_empty_in_the_table(tmp_path):
    experiment = load(tmp_path, "factors: {calendars.office.saturday: {levels: ['9:00-13:00']}}\n")
    column = experiment.design_table()["calendars.office.saturday"]
    assert (column.isna()[0], column[1]) == (True, "9:00-13:00")
    assert experiment.values(experiment.points[0]) == (None,)


def test_every_policy_that_a_point_may_have(tmp_path):
    experiment = load(tmp_path, "policies: {checklist: 0.5}\n" + TWO)
    assert [policy.name for policy in experiment.policies] == ["checklist", "training", "parity"]
    assert experiment.portfolio(experiment.points[0]).key == "checklist=0.5"


def test_a_company_that_is_impossible_only_in_a_mixture_is_said(tmp_path):
    from sim.errors import InputError

    experiment = load(tmp_path, TWO)
    with pytest.raises(InputError, match=r"plan\.yaml, departments\.sales\.staff: got 0; must be at least 1"):
        experiment.scenario({"departments.sales.staff": 0})
