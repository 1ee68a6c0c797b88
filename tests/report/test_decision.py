"""What may be recommended: the rule, and that what is called best is best."""

import math

import numpy as np
import pytest

from experiments.analysis.comparison import compare
from experiments.analysis.decision import SHOWN, comparable, decide
from experiments.analysis.mean_interval import paired_interval
from experiments.analysis.with_the_best import with_the_best
from experiments.analysis.worth import equivalent
from experiments.run.study import StudyFactor
from sim.measures.columns import describe
from sim.units import HOURS_PER_YEAR
from tests.report.studies import NOTHING, better, made, yardstick


def test_of_those_that_help_and_cost_nothing_the_one_with_the_shortest_wait_is_named():
    found = decide(made({"parity": better(), "training": better(wait_mean=-8.0), "rotation": NOTHING}))
    assert (found.case, found.chosen, found.alike, found.is_best) == ("recommended", "training", (), True)
    assert found.eligible == ("training", "parity")


@pytest.mark.parametrize(
    ("effects", "case", "chosen"),
    [
        ({"parity": NOTHING, "training": NOTHING}, "nothing", None),
        ({"parity": better(profit=-90_000.0)}, "costly", "parity"),
        ({"parity": better(profit=-90_000.0, wait_mean=-9.0), "training": better()}, "recommended", "training"),
        ({"parity": better(wait_mean=6.0)}, "mixed", None),
        ({"parity": better(wait_mean=6.0), "training": better()}, "recommended", "training"),
        ({"parity": better(wait_mean=0.0), "training": NOTHING}, "recommended", "parity"),
        ({"parity": {"wait_mean": 9.0}}, "nothing", None),
        ({"parity": {"profit": 90_000.0}}, "nothing", None),
        ({}, "nothing to compare", None),
    ],
)
def test_cases(effects, case, chosen):
    found = decide(made(effects))
    assert (found.case, found.chosen) == (case, chosen)


def test_one_run_and_no_today_say_nothing():
    assert decide(made({"parity": better()}, n=1)).case == "one run"
    assert decide(made({"parity": better(), "training": better()}, today=False)).case == "nothing to compare"


def test_those_that_cannot_be_told_from_the_chosen_one_are_named_with_it():
    found = decide(made({"parity": better(), "training": better(wait_mean=-4.05), "checklist": better(wait_mean=-1.0)}))
    assert {found.chosen, *found.alike} == {"parity", "training"}
    assert not found.is_best
    assert "checklist" in found.eligible


@pytest.mark.parametrize("seed", range(12))
def test_best_is_only_said_when_comparisons_with_the_best_say_so_too(seed):
    gaps = np.random.default_rng(seed).uniform(0.0, 0.6, size=4)
    ways = ["parity", "training", "checklist", "rotation"]
    study = made({way: better(wait_mean=-4.0 - gap) for way, gap in zip(ways, gaps, strict=True)}, seed=seed)
    found = decide(study)
    table = [list(study.values("wait_mean", way).values()) for way in ways]
    best = with_the_best(table, better="lower", method="t")
    if found.is_best:
        assert best.certainly_best == ways.index(found.chosen)
    assert {ways[i] for i in best.may_be_best} <= {found.chosen, *found.alike}


def test_all_intervals_share_the_error_with_the_change_in_per_cent_and_the_hires():
    study = made({"parity": better(), "training": better(), "rotation": NOTHING})
    found = decide(study)
    assert found.responses == 6  # Five metrics and the wait in per cent.
    assert found.confidence_of_each == pytest.approx(1 - 0.05 / (3 * 6))
    told = found.effects["parity"].changes["profit"].interval
    assert told == paired_interval(study.values("profit", "parity"), study.values("profit"), found.confidence_of_each)
    assert decide(yardstick(study)).responses == 7


def test_customers_who_leave_are_counted_by_the_year():
    study = made({"parity": better()})
    years = study.scenario.time.horizon / HOURS_PER_YEAR
    kept = decide(study).effects["parity"].changes["customers_left"].interval.mean
    left = np.mean([study.values("customers_left", "parity")[r] - v for r, v in study.values("customers_left").items()])
    assert kept == pytest.approx(left / years)


def test_a_company_without_customers_who_leave_is_decided_by_what_it_has():
    found = decide(made({"parity": better()}, metrics=("wait_mean", "profit"), scenario="theory/mm1"))
    assert found.metrics == ("wait_mean", "profit")
    assert (found.case, found.chosen) == ("recommended", "parity")


def test_where_nothing_can_be_said_the_means_only_name_what_is_worth_another_look():
    effects = {"parity": {"wait_mean": -0.5, "profit": 900.0}, "training": {"wait_mean": -0.9, "profit": -30_000.0}}
    found = decide(made(effects, own=2.0))
    assert found.case == "nothing"
    assert set(found.promising) <= {way for way, e in found.effects.items() if e.mean("wait_mean") < 0}
    assert all(found.effects[way].mean("profit") <= 0 for way in found.promising)


def test_hires_are_those_of_the_yardstick():
    study = yardstick(made({"parity": better(wait_mean=-2.5), "training": better(wait_mean=-9.0)}))
    found = decide(study)
    assert found.most_hires == 4
    assert found.effects["parity"].hires.hires == pytest.approx(2.5, abs=0.2)
    assert found.effects["training"].hires.beyond
    today, way = study.values("wait_mean"), study.values("wait_mean", "parity")
    table = study.given["yardstick"].pivot(index="replication", columns="hires", values="wait_mean")
    curve = np.array([today[r] - table.loc[r].to_numpy() for r in today])
    assert found.effects["parity"].hires == equivalent(
        [today[r] - way[r] for r in today], curve, found.confidence_of_each
    )


def test_a_run_that_is_missing_leaves_its_pair_out():
    study = made({"parity": better(), "training": better()})
    fewer = study.wide.drop(index=[("parity", 3), ("", 5)])
    found = decide(made({"parity": better(), "training": better()}, wide=fewer))
    assert found.effects["parity"].changes["wait_mean"].interval.n == 18
    assert found.effects["training"].relative.n == 19


def test_points_that_differ_in_what_nobody_decides_are_not_compared():
    import pandas as pd

    study = made({"1": better(), "2": better(), "3": better()})
    design = pd.DataFrame(
        {"point": range(4), "parity": [0.0, 1.0, 0.0, 1.0], "demand.customers": [1200, 1200, 1500, 1500]},
        index=["", "1", "2", "3"],
    )
    factors = (
        StudyFactor("parity", "parity", (0.0, 1.0), True),
        StudyFactor("demand.customers", None, (1200, 1500), False),
    )
    sweep = made({"1": better(), "2": better(), "3": better()}, kind="sweep", design=design, factors=factors)
    assert comparable(sweep) == (("1",), ("2", "3"))
    assert set(decide(sweep).effects) == {"1"}
    assert decide(sweep).apart == ("2", "3")
    assert comparable(study) == (("1", "2", "3"), ())


def test_nothing_is_recommended_by_luck_alone():
    """Sixteen ways that do nothing: something is called better in at most one of twenty studies."""
    ways = [f"way_{i}" for i in range(16)]
    wrong = sum(decide(made(dict.fromkeys(ways, NOTHING), n=10, own=1.0, seed=s)).case != "nothing" for s in range(60))
    assert wrong <= 7  # P(Binomial(60, 0.05) > 7) < 0.01.


def test_signs_of_means_follow_what_is_better():
    found = decide(made({"parity": better()}))
    effects = found.effects["parity"]
    assert all(effects.mean(name) < 0 for name in SHOWN)
    assert effects.mean("days_to_cash") == math.inf
    assert {describe(name).better for name in SHOWN} == {"lower", "higher"}
    table = compare([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
    assert table.indistinguishable == (1,)
