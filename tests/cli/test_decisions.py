"""relevo select and relevo optimise: what is printed follows from what was run, and unhappy paths are told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.analysis.optimisation import all_feasible
from experiments.cli.optimising import Simulator, _with_today, extra_costs, space_of
from experiments.plan.load import load_plan
from experiments.run.door import Door
from experiments.run.executors import SerialExecutor
from sim.arrays import build
from sim.measures.economics import budget
from sim.run import RunSpec, run
from tests.cli.test_commands import relevo

SHOP = """
name: shop
time: {warm_up: 1 weeks, horizon: 4 weeks, drain: 4 weeks}
calendars: {day: {weekdays: "9:00-17:00"}}
calendar: day
departments:
  counter: {staff: 1}
  bench: {staff: 1}
routes:
  job:
    - {step: ask, department: counter, work: {mean: 30 min, cv: 0.5}, quotes: true}
    - {step: mend, department: bench, work: {mean: 50 min, cv: 1}, delivers: true}
orders: {job: {route: job, value: {mean: 100, cv: 0.2}}}
demand: {kind: stream, rate: 35 per week}
promise: {house: 1 working days}
cooperation: {completeness: 70 %}
economics: {pay: 20, margin: 80 %}
"""
PLAN = """
name: best
scenario: shop.yaml
factors:
  departments.bench.staff: {levels: [1, 2]}
  checklist: {levels: [0 %, 100 %]}
responses: [wait_mean, profit]
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(SHOP, "utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return tmp_path / "plan.yaml"


def door_of(path: Path) -> Door:
    return Door(load_plan(path), "compiled", 1, lambda _: SerialExecutor())


def test_selected_is_the_best_by_brute_force_and_measured_on_fresh_luck(plan: Path):
    done = relevo("select", str(plan), "--indifference", "0.5", "--first", "20", "--fresh", "30", "--json")
    data = json.loads(done.stdout)
    assert done.exit_code == 0, done.stderr
    assert data["decided"]
    door = door_of(plan)
    used = max(point["replications"] for point in data["points"])
    begin = sum(point["replications"] for point in data["points"])
    assert begin >= used
    values = door.values("wait_mean", range(4), 0, 200)
    assert data["best"] == int(values.mean(axis=1).argmin())
    today = next(p["point"] for p in data["points"] if p["values"] == {"departments.bench.staff": 1, "checklist": 0.0})
    fresh = door.values("wait_mean", [today, data["best"]], begin, begin + 30)
    assert data["best_against_today"]["mean"] == pytest.approx((fresh[1] - fresh[0]).mean())
    assert data["best_against_today"]["n"] == 30
    assert data["runs"] == sum(point["replications"] for point in data["points"])


def test_selection_is_said_in_both_languages_with_its_guarantee(plan: Path):
    english = relevo("select", str(plan), "--indifference", "0.5").stdout
    assert "With probability at least 95 %" in english
    assert "no part in selecting it" in english
    spanish = relevo("select", str(plan), "--indifference", "0.5", "--lang", "es").stdout
    assert "Con probabilidad de al menos el 95 %" in spanish


def test_an_undecided_selection_promises_nothing_and_says_so(plan: Path):
    done = relevo("select", str(plan), "--indifference", "0.0001", "--first", "10", "--most", "10")
    assert done.exit_code == 4
    assert "nothing is promised" in done.stdout
    assert "is selected" not in done.stdout


def test_ocba_spends_its_budget_and_calls_it_an_estimate(plan: Path):
    done = relevo("select", str(plan), "--method", "ocba", "--budget", "120")
    assert done.exit_code == 0
    assert "no guarantee" in done.stdout
    assert "With probability at least" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "needs --indifference"),
        (("--method", "ocba"), "needs --budget"),
        (("--indifference", "1", "--response", "orders_placed"), "neither more nor less"),
        (("--indifference", "1", "--response", "churn_per_year"), "does not apply in some runs"),
        (("--indifference", "1", "--response", "wait_men"), "Did you mean 'wait_mean'?"),
    ],
)
def test_what_cannot_select_is_told(plan: Path, arguments: tuple[str, ...], said: str):
    done = relevo("select", str(plan), *arguments)
    assert done.exit_code in (2, 3)
    assert said in done.stderr


def test_what_nobody_chooses_is_not_selected(plan: Path):
    text = plan.read_text("utf-8").replace("levels: [1, 2]}", "levels: [1, 2], role: uncontrollable}")
    plan.write_text(text, "utf-8")
    for command in (("select", "--indifference", "1"), ("optimise", "--indifference", "1", "--budget", "1000")):
        done = relevo(command[0], str(plan), *command[1:])
        assert done.exit_code == 2
        assert "cannot be chosen" in done.stderr


def test_best_mix_is_the_best_that_the_budget_buys_by_brute_force(plan: Path):
    rich = json.loads(relevo("optimise", str(plan), "--budget", "1e6", "--indifference", "0.5", "--json").stdout)
    poor = json.loads(relevo("optimise", str(plan), "--budget", "20000", "--indifference", "0.5", "--json").stdout)
    door = door_of(plan)
    means = door.values("wait_mean", range(4), 0, 200).mean(axis=1)
    values = [door.experiment.values(point) for point in door.experiment.points]
    best = values[int(means.argmin())]
    assert tuple(rich["best"].values()) == best
    affordable = [i for i, (staff, _) in enumerate(values) if staff == 1]
    assert tuple(poor["best"].values()) == values[min(affordable, key=lambda i: means[i])]
    assert poor["best"]["departments.bench.staff"] == 1  # A year's pay of a person is beyond 20,000.
    assert poor["cost"] <= 20_000 < rich["cost"]


def test_a_space_knows_today_and_what_is_feasible(plan: Path):
    experiment = load_plan(plan)
    space = space_of(experiment, 20_000)
    assert space.today == (0, 0)
    every = all_feasible(space)
    assert every is not None
    assert set(every) == {(0, 0), (0, 1)}
    only_full = plan.read_text("utf-8").replace("levels: [0 %, 100 %]", "levels: [100 %]")
    plan.write_text(only_full, "utf-8")
    wider = [_with_today(factor, "plan") for factor in load_plan(plan).factors]
    assert wider[1].levels == (0.0, 1.0)


def test_what_a_mix_costs_is_what_the_books_say_also_where_policies_are_paid_per_person(tmp_path: Path):
    (tmp_path / "plan.yaml").write_text(
        "name: dear\nscenario: levante\nfactors:\n  cross_training: {levels: [0, 0.5, 1]}\n"
        "  training: {levels: [0, 1]}\n"
        "  departments.sales.staff: {levels: [8, 20]}\n  departments.supplier.staff: {levels: [12, 20]}\n",
        "utf-8",
    )
    experiment = load_plan(tmp_path / "plan.yaml")
    space, extra = space_of(experiment, 1e9), extra_costs(experiment)

    def books(levels: tuple[int, ...]) -> float:
        company = experiment.scenario(experiment.changes(levels))
        chosen = experiment.portfolio(levels)
        found = budget(company, chosen, build(company, chosen, None))
        return found.policies + found.pay

    for levels in all_feasible(space) or ():
        expected = books(levels) - books(space.today)
        assert space.cost(levels) + extra(levels) == pytest.approx(expected, rel=1e-9, abs=1e-6), levels
    dear = max(all_feasible(space) or (), key=extra)
    assert extra(dear) > 1000
    tight = space_of(experiment, space.cost(dear))
    assert not tight.is_feasible(dear)


@pytest.mark.parametrize("amount", ["nan", "inf", "1e400"])
def test_a_budget_that_is_no_amount_is_refused(plan: Path, amount: str):
    done = relevo("optimise", str(plan), "--budget", amount, "--indifference", "0.5")
    assert done.exit_code == 2
    assert done.stdout == ""


def test_points_named_by_levels_give_the_same_numbers_as_runs(plan: Path):
    door = door_of(plan)
    simulate = Simulator(door, ("wait_mean", "profit"))
    values = simulate([(1, 1), (0, 0), (1, 1)], 3, 5)
    assert values.shape == (3, 2, 2)
    assert np.array_equal(values[0], values[2])
    more = simulate([(0, 1), (1, 1)], 3, 5)
    assert np.array_equal(more[1], values[0])
    company = door.experiment.scenario({"departments.bench.staff": 2})
    portfolio = door.experiment.portfolio((1, 1))
    alone = run(RunSpec(company, portfolio, 1, 4, tables=())).metrics
    assert values[0, 0, 1] == alone["wait_mean"]
    assert values[0, 1, 1] == alone["profit"]


def test_best_mix_is_said_in_both_languages_and_nothing_is_called_best_without_its_guarantee(plan: Path):
    english = relevo("optimise", str(plan), "--budget", "20000", "--indifference", "0.5").stdout
    assert "Selected:" in english or "Nothing" in english
    assert "Best:" not in english
    assert "With probability at least 95 %" in english
    spanish = relevo("optimise", str(plan), "--budget", "20000", "--indifference", "0.5", "--lang", "es").stdout
    assert "95 %" in spanish
    assert "Differences from today" not in spanish


def test_a_front_has_today_and_no_dominated_mix(plan: Path):
    done = relevo(
        "optimise", str(plan), "--budget", "1e6", "--indifference", "0.5", "--runs", "200",
        "--front", "wait_mean", "--front", "profit", "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    rows = [row for row in json.loads(done.stdout)["front"] if row["on_front"]]
    assert {row["response"] for row in rows} == {"wait_mean", "profit"}
    assert any(row["cost"] == 0 for row in rows)


def test_a_range_without_steps_has_no_levels_to_choose_from(plan: Path):
    plan.write_text(plan.read_text("utf-8").replace("levels: [0 %, 100 %]", "range: [0 %, 100 %]"), "utf-8")
    plan.write_text(plan.read_text("utf-8") + "design: one at a time\n", "utf-8")
    done = relevo("optimise", str(plan), "--budget", "1000", "--indifference", "1")
    assert done.exit_code == 2
    assert "steps" in done.stderr


# What is kept ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "tables"),
    [
        (("select", "PLAN", "--indifference", "0.5"), {"points", "best_against_today"}),
        (("optimise", "PLAN", "--indifference", "0.5", "--budget", "20000"), {"best", "against_today", "rivals"}),
        (("why", "SHOP", "--policy", "checklist", "--replications", "3"), {"without_cause", "account"}),
        (
            ("worth", "SHOP", "--policy", "checklist", "--replications", "10", "--most", "1"),
            {"worth", "worth_by_department"},
        ),
    ],
)  # fmt: skip
def test_kept_tables_are_documented_and_say_what_is_said(plan: Path, words: tuple[str, ...], tables: set[str]):
    out = plan.parent / "kept"
    places = {"PLAN": str(plan), "SHOP": str(plan.parent / "shop.yaml")}
    done = relevo(*(places.get(word, word) for word in words), "--out", str(out), "--json")
    assert done.exit_code == 0, done.stderr
    assert {path.stem for path in out.glob("*.parquet")} == tables
    documented = json.loads((out / "columns.json").read_text("utf-8"))
    for name in tables:
        frame = pd.read_parquet(out / f"{name}.parquet")
        assert list(documented[name]) == list(frame.columns)
        assert all(entry["en"] and entry["es"] and entry["unit"] for entry in documented[name].values())
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["command"].startswith(f"relevo {words[0]} ")
    said = json.loads(done.stdout)
    if words[0] == "select":
        kept = pd.read_parquet(out / "points.parquet")
        assert kept["replications"].tolist() == [point["replications"] for point in said["points"]]
        assert kept.loc[kept["selected"], "point"].tolist() == [said["best"]]
    if words[0] == "worth":
        kept = pd.read_parquet(out / "worth.parquet")
        assert kept["change.mean"].tolist() == [row["change"]["mean"] for row in said["policies"]]
    if words[0] == "why":
        kept = pd.read_parquet(out / "without_cause.parquet")
        changes = [row["changes"]["wait_mean"]["mean"] for row in said["without_cause"]]
        assert kept["changes.wait_mean.mean"].tolist() == changes
