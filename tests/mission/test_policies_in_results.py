"""What each of the sixteen policies does to the results of the default company, and what it costs.

Every policy alone at full intensity against today, in twenty paired replications (the same customers and luck) of a
year after half a year of warm-up. A comparison passes when its paired t is above 3.579: a policy without effect would
pass it with probability 0.1 %. Seeds are fixed, and are not those with which the metrics were chosen.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from sim import portfolio
from sim.arrays import build
from sim.engines import engine
from sim.measures.record import Record
from sim.policies.catalogue import the_sixteen
from sim.policies.policy import Portfolio
from sim.run import RunSpec, run_together
from sim.scenario.company import Scenario
from sim.scenario.files import shipped_names
from sim.scenario.load import scenario_from_text
from tests.mission.worlds import REPLICATIONS, SEED, Results, bits, not_so

YEAR = 52
TODAY, EVERYTHING = "today", "everything on"
SINGLE = the_sixteen()[:15]
"""P1 to P15: what an organisation can do about it without more people."""
FILES = tuple(shipped_names("policies"))


def company(weeks: int) -> Scenario:
    """The default company, seen for some weeks after half a year."""
    return scenario_from_text(
        f"extends: levante\ntime: {{warm_up: 26 weeks, horizon: {weeks} weeks, drain: 4 weeks}}\n"
    )


def chosen(world: str) -> Portfolio:
    names = {TODAY: (), EVERYTHING: SINGLE}.get(world, (world,))
    return portfolio([(name, 1.0) for name in names])


@lru_cache
def results(weeks: int, worlds: tuple[str, ...]) -> dict[str, Results]:
    """The metrics of every replication of some worlds, from shared warm-ups."""
    scenario, portfolios = company(weeks), {world: chosen(world) for world in worlds}
    found: dict[str, Results] = {world: [] for world in worlds}
    for k in range(REPLICATIONS):
        specs = [RunSpec(scenario, p, seed=SEED, replication=k, tables=()) for p in portfolios.values()]
        for world, result in zip(worlds, run_together(specs), strict=True):
            found[world].append(result.metrics)
    return found


def year(world: str) -> Results:
    return results(YEAR, (TODAY, EVERYTHING, *FILES))[world]


# Every policy alone ---------------------------------------------------------------------------------------

ALONE = [
    # policy, what it is for, its price: money, somebody's time, or who is worse off
    ("shared_standards", "-incomplete_share -problem_share", "+policy_cost +purchasing.utilisation"),
    # A year has five resignations: too few to tell; three years tell, below.
    ("training", "+morale_mean -wait_open_mean", "+policy_cost"),
    ("cross_training", "+sales.helping_share -wait_open_mean", "+policy_cost +wait_hours.work.sales"),
    ("improvement_team", "-improvable_end -incomplete_share +reported_share", "+policy_cost +hr.utilisation"),
    ("spaces", "+morale_mean -incomplete_share", "+policy_cost +cost"),
    ("joint_activities", "+morale_mean -dispute_share", "+policy_cost +it.utilisation"),
    # Hand-offs are clarified in time more often; answers to needs, which are due sooner than agreed, less often.
    ("internal_service_level", "-sales->billing.request_wait_mean -wait_p95 +support->sales.in_time_share",
     "+policy_cost +sales.queue_wait_mean -sales->billing.in_time_share"),
    ("parity", "-sales->support.request_wait_mean +sales->support.in_time_share",
     "+policy_cost +sales.utilisation +wait_hours.queue.sales"),
    ("capacity_visibility", "+promise_kept_share +quote_mean", "+policy_cost +lost_sale_share"),
    ("checklist", "-incomplete_share +right_first_time_share", "+policy_cost +wait_hours.work.sales"),
    ("rotation", "-incomplete_share -dispute_share", "+policy_cost +wait_hours.work.sales +hr.utilisation"),
    # Courtesy takes nobody's time; how it goes wrong is below.
    ("recognition", "+morale_mean -dispute_share", "+policy_cost"),
    ("hire_on_time", "-vacant_share -wait_mean", "+policy_cost +turnover_cost"),
    # Promises are kept because late orders go first; that moves neither the slowest tenth nor the items an hour.
    ("shared_goals", "+promise_kept_share -wait_hours.redo.sales", "+policy_cost +it.utilisation -morale_mean"),
    # Its 0.3 % of everybody's hours is less than what fewer disputes give back.
    ("learn_not_blame", "-dispute_share +reported_share -improvable_end -incomplete_share", "+policy_cost"),
    ("more_staff", "-wait_open_mean -sales.utilisation", "+cost -profit -sales.items_per_hour"),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "purpose", "price"), ALONE, ids=[row[0] for row in ALONE])
def test_a_policy_alone_does_what_it_is_for_and_has_its_price(policy: str, purpose: str, price: str) -> None:
    assert not_so(f"{purpose} {price}", year(TODAY), year(policy)) == {}


def test_every_policy_of_the_mission_is_compared() -> None:
    assert [row[0] for row in ALONE] == list(the_sixteen())


def test_training_keeps_people_within_three_years() -> None:
    before, after = results(156, (TODAY, "training")).values()
    assert not_so("-resignations_per_year +skill_mean", before, after) == {}


EARLY = (TODAY, "training", "joint_activities", "rotation", "recognition", "recognition_announced")


@pytest.mark.parametrize("policy", ["training", "joint_activities", "rotation"])
def test_whoever_is_away_to_learn_is_missed_for_the_first_two_months(policy: str) -> None:
    early = results(8, EARLY)
    assert not_so("+wait_open_mean +sales.utilisation", early[TODAY], early[policy]) == {}


# How remedies go wrong ------------------------------------------------------------------------------------


def test_an_open_plan_is_worse_than_good_rooms_and_than_nothing() -> None:
    worse = "-morale_mean +incomplete_share +wait_open_mean -profit"
    for world in ("spaces", TODAY):
        assert not_so(worse, year(world), year("spaces_open_plan")) == {}, world


def test_an_announced_award_is_as_good_as_praise_at_first_and_fades_within_the_year() -> None:
    early = results(8, EARLY)
    assert not_so("+morale_mean -dispute_share", early[TODAY], early["recognition_announced"]) == {}
    assert not_so("-morale_mean", early["recognition"], early["recognition_announced"]) != {}
    assert not_so("-morale_mean +dispute_share -profit", year("recognition"), year("recognition_announced")) == {}
    # A year has the same cost, and less than a third of the effect.
    everyday, announced = (
        np.mean([found["morale_mean"] for found in year(world)])
        - np.mean([found["morale_mean"] for found in year(TODAY)])
        for world in ("recognition", "recognition_announced")
    )
    assert announced < everyday / 3


def test_everything_on_earns_less_than_the_best_single_policy_and_than_none() -> None:
    # The best of fifteen is chosen by the same numbers: without a difference this passes with probability 1.5 %.
    best = max(SINGLE, key=lambda policy: np.mean([found["profit"] for found in year(policy)]))
    assert not_so("-profit", year(best), year(EVERYTHING)) == {}
    assert not_so("-profit", year(TODAY), year(EVERYTHING)) == {}


# Where nothing may move -----------------------------------------------------------------------------------


def short(members: list[tuple[str, float]]) -> Record:
    return engine("compiled")(build(company(6), portfolio(members)), SEED, 0)


@pytest.mark.parametrize("policy", FILES)
def test_a_policy_at_intensity_zero_leaves_every_record_as_it_is(policy: str) -> None:
    assert bits(short([(policy, 0.0)])) == bits(short([])) != bits(short([(policy, 1.0)]))


def test_the_order_of_policies_changes_no_bit() -> None:
    members = [(policy, 0.7) for policy in the_sixteen()]
    assert bits(short(members)) == bits(short(members[::-1]))
