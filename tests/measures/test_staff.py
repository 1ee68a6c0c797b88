"""What is reported of people, beside the same written as one would: means over weeks, shares of posts' time, money."""

import math

import numpy as np
import pytest

from sim.arrays import build
from sim.engines import engine
from sim.measures.metrics import metrics
from sim.measures.record import DEPARTMENT_SUMS
from sim.policies import portfolio
from sim.policies.policy import Portfolio
from sim.scenario.load import load_scenario, scenario_from_data
from tests.measures.records import random_record

HOURS_PER_YEAR = 8766.0


@pytest.fixture(scope="module")
def measured():
    """A company with people, its world, and a record of whatever numbers."""
    company = scenario_from_data(
        {
            "extends": "levante",
            "time": {"warm_up": "1 week", "horizon": "2 weeks"},
            "economics": {"pay": 30, "base_years": 2},
            "turnover": {"replacement": 0.5, "cover": 0.7},
        }
    )
    world = build(company, Portfolio())
    return company, world, random_record(7, 40, world)


def weeks_of(record, world, name, department):
    inside = (record.states["begin"] >= world.window_begin) & (record.states["begin"] < world.window_end)
    return record.states[name][inside & (record.states["department"] == department)]


def test_states_are_averaged_over_the_weeks_of_the_window(measured):
    company, world, record = measured
    found = metrics(company, Portfolio(), world, record)
    for i, department in enumerate(world.departments):
        paid = company.departments[department].pay_share > 0
        for name in ("morale", "standard", "pace", "skill"):
            value = found[f"{department}.{name}_mean"]
            if name in ("morale", "skill") and not paid:
                assert math.isnan(value)
            else:
                assert value == pytest.approx(weeks_of(record, world, name, i).mean())


def test_the_company_is_the_mean_of_its_posts_without_outside_suppliers(measured):
    company, world, record = measured
    found = metrics(company, Portfolio(), world, record)
    own = [i for i, name in enumerate(world.departments) if company.departments[name].pay_share > 0]
    assert len(own) < len(world.departments)
    posts = [sum(weeks_of(record, world, part, i).mean() for part in ("present", "vacant", "away")) for i in own]
    for name in ("morale", "standard", "skill"):
        expected = np.average([weeks_of(record, world, name, i).mean() for i in own], weights=posts)
        assert found[f"{name}_mean"] == pytest.approx(expected)
    years = (world.window_end - world.window_begin) / 3.6e6 / HOURS_PER_YEAR
    sums = {name: sum(record.departments[name][i] for i in own) for name in DEPARTMENT_SUMS}
    assert found["resignations_per_year"] == pytest.approx(sums["resigned"] / (sum(posts) * years))
    assert found["vacant_share"] == pytest.approx(sums["vacant"] / 3.6e6 / HOURS_PER_YEAR / (sum(posts) * years))
    assert found["absent_share"] == pytest.approx(sums["absent"] / (sums["absent"] + sums["present"]))


def test_turnover_costs_what_was_agreed(measured):
    company, world, record = measured
    found = metrics(company, Portfolio(), world, record)
    pay = 30.0 * 40.0  # A week of a person, in the scenario of this test.
    years = (world.window_end - world.window_begin) / 3.6e6 / HOURS_PER_YEAR
    shares = [company.departments[name].pay_share for name in world.departments]
    resigned = np.dot(shares, record.departments["resigned"])
    vacant_weeks = np.dot(shares, record.departments["vacant"]) / 3.6e6 / 168
    expected = (0.5 * pay * HOURS_PER_YEAR / 168 * resigned - (1 - 0.7) * pay * vacant_weeks) / years
    assert found["turnover_cost"] == pytest.approx(expected)
    hire = portfolio([("hire_on_time", 0.5)])
    dearer = metrics(company, hire, world, record)["policy_cost"]
    fees = 0.5 * 1500 * sum(record.departments["hired"]) / years
    assert dearer == pytest.approx(fees + 0.5 * 60 * (world.window_end - world.window_begin) / 3.6e6 / 168 / years)


def test_the_base_is_worth_what_its_customers_bring(measured):
    company, world, record = measured
    record.customer_time = 10**12
    found = metrics(company, Portfolio(), world, record)
    placed = record.orders[record.orders["measured"] == 1]
    value = placed["value"][placed["delivered"] >= 0].sum()
    per_customer_year = company.parameter("economics.margin") * value / (1e12 / 3.6e6 / HOURS_PER_YEAR)
    assert found["customer_base_value"] == pytest.approx(record.customers_end * 2.0 * per_customer_year)
    record.customer_time = 0
    assert math.isnan(metrics(company, Portfolio(), world, record)["customer_base_value"])


def test_where_a_scenario_says_nothing_of_people_nothing_applies():
    company = load_scenario("theory/tandem")
    world = build(company, Portfolio())
    found = metrics(company, Portfolio(), world, random_record(3, 20, world))
    names = ("morale_mean", "standard_mean", "skill_mean", "resignations_per_year", "vacant_share", "absent_share")
    assert all(math.isnan(found[name]) for name in names)
    assert math.isnan(found["redundant_steps_per_order"])


def test_improvement_is_reported_as_of_the_last_week_of_the_window(measured):
    company, world, record = measured
    record.weeks["improvable"] = [1.0, 0.8, 0.6, 0.4]
    inside = record.weeks["begin"] < world.window_end
    found = metrics(company, Portfolio(), world, record)
    assert found["improvable_end"] == record.weeks["improvable"][inside][-1]
    handoffs, incomplete = (sum(record.pairs[name]) for name in ("handoffs", "incomplete"))
    assert found["incomplete_share"] == pytest.approx(incomplete / handoffs)


def test_shipped_companies_have_people():
    for name in ("levante", "cadena"):
        company = load_scenario(name)
        groups = (company.pressure, company.learning, company.morale, company.turnover, company.absence)
        assert None not in groups


def test_morale_that_a_scenario_says_nothing_of_stays_neutral():
    company = scenario_from_data(
        {"extends": "levante", "morale": None, "time": {"warm_up": "1 week", "horizon": "6 weeks", "drain": "1 week"}}
    )
    record = engine("compiled")(build(company, Portfolio()), 1, 0)
    assert set(record.states["morale"].tolist()) == {0.5}
