"""`relevo sensitivity`: its numbers are those of the analysis on the same runs; what is said of them; mistakes."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from experiments.analysis.sensitivity import (
    assumptions,
    conclusion,
    effects,
    levels,
    morris,
    sentence,
    sobol_design,
    sobol_indices,
    tornado,
    trajectories,
)
from experiments.cli import sensitivity_methods
from experiments.plan.designs import Axis, full_factorial, latin_hypercube
from experiments.run.chunks import Row
from experiments.run.door import Door
from experiments.run.interrupt import StoppedError
from experiments.show.driving import what_may_be_said
from experiments.show.text import Reader
from experiments.show.texts.sensitivity import SENSITIVITY
from sim.scenario.changes import Base
from tests.cli.test_commands import relevo

HEAD = "name: small\nscenario: theory/mmc\nwarm_up: 1 week\nhorizon: 2 weeks\nreplications: 4\nseed: 3\n"
HEAD += "responses: [wait_mean, profit]\n"
MIXED = "factors:\n  departments.desk.staff: {levels: [4, 3]}\n  demand.rate: {range: [1.2 per h, 2.2 per h]}\n"
LEVELS = (
    "factors:\n  departments.desk.staff: {levels: [4, 5]}\n  demand.rate: {levels: [1 per h, 1.5 per h, 2.2 per h]}\n"
)
TWO = "factors:\n  departments.desk.staff: {levels: [4, 5]}\n  demand.rate: {levels: [1 per h, 2.2 per h]}\n"
SIMPLE = "design: {kind: latin hypercube, points: 4, seed: 1}\n"


@pytest.fixture
def plan(tmp_path):
    """Write a plan; returns its path."""

    def written(factors, more=""):
        path = tmp_path / "plan.yaml"
        path.write_text(HEAD + factors + more, encoding="utf-8")
        return path

    return written


def answer(*words, code=0):
    result = relevo("sensitivity", *words, "--workers", "1", "--json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


def kept(folder, factors):
    """Return the value of the response in every replication, by the values of the factors."""
    points = pd.read_parquet(folder / "points.parquet").set_index("point")
    runs = pd.read_parquet(folder / "runs.parquet").pivot_table(index="point", columns="replication", values="value")
    return {tuple(points.loc[p, list(factors)].tolist()): row.to_numpy() for p, row in runs.iterrows()}


def assert_same(found, frame):
    """The rows of the JSON are those of a table; a number that is none is nothing."""
    expected = json.loads(frame.to_json(orient="records", double_precision=15))
    assert [set(row) for row in found] == [set(row) for row in expected]
    for row, other in zip(found, expected, strict=True):
        for key, value in other.items():
            assert row[key] == (pytest.approx(value, rel=1e-9, abs=1e-12) if isinstance(value, float) else value), key


# The methods --------------------------------------------------------------------------------------------------

STAFF, RATE = "departments.desk.staff", "demand.rate"


def test_tornado_goes_from_today_to_the_ends_of_every_factor(plan, tmp_path):
    found = answer(plan(MIXED, SIMPLE), "--replications", "5", "--out", tmp_path / "out")
    values = kept(tmp_path / "out", (STAFF, RATE))
    (today,) = (row for (staff, rate), row in values.items() if staff not in (3,) and rate not in (1.2, 2.2))
    # Today's four people are no change, so only the other end is run.
    by_end = {key: row for key, row in values.items() if row is not today}
    (fewer,) = (row for (staff, _), row in by_end.items() if staff == 3)
    slow, fast = (next(row for (_, rate), row in by_end.items() if rate == r) for r in (1.2, 2.2))
    assert_same(found["sensitivity"], tornado(today, {STAFF: (fewer, None), RATE: (slow, fast)}).table())
    assert (found["schema_version"], found["method"], found["response"], found["unit"]) == (
        1,
        "tornado",
        "wait_mean",
        "h",
    )
    assert (found["points"], found["replications"], found["samples"], found["seed"]) == (4, 5, None, 3)


def test_morris_screens_its_own_trajectories(plan, tmp_path):
    words = ("--method", "morris", "--samples", "4", "--replications", "3", "--out", tmp_path / "out")
    found = answer(plan(MIXED, SIMPLE), *words)
    axes = [Axis(STAFF, 2), Axis(RATE, None)]
    points = trajectories(axes, 4, seed=3)
    values = kept(tmp_path / "out", (STAFF, RATE))
    # Levels are taken in ascending order, whatever the plan's.
    rows = [_at(values, (3, 4)[staff], 1.2 + rate) for staff, rate in points]
    assert_same(found["sensitivity"], morris(axes, points, rows, seed=3).table())
    assert found["points"] == len(set(points)) < len(points)


def _at(values, staff, rate):
    return next(row for (s, r), row in values.items() if s == staff and r == pytest.approx(rate))


def test_sobol_shares_the_variance_of_its_own_samples(plan, tmp_path):
    words = ("--method", "sobol", "--samples", "16", "--replications", "3", "--out", tmp_path / "out")
    found = answer(plan(MIXED, SIMPLE), *words)
    points = sobol_design([Axis(STAFF, 2), Axis(RATE, None)], 16, seed=3)
    values = kept(tmp_path / "out", (STAFF, RATE))
    rows = [_at(values, (4, 3)[staff], 1.2 + rate) for staff, rate in points]
    expected = sobol_indices([STAFF, RATE], np.array(rows), seed=3)
    assert_same(found["sensitivity"], expected.table())
    assert found["variance"] == pytest.approx(expected.variance)


def test_effects_use_the_plans_own_design_and_replications(plan, tmp_path):
    found = answer(plan(TWO), "--method", "effects", "--out", tmp_path / "out")
    axes = [Axis(STAFF, 2), Axis(RATE, 2)]
    points, values = full_factorial(axes), kept(tmp_path / "out", (STAFF, RATE))
    rows = [_at(values, (4, 5)[staff], (1.0, 2.2)[rate]) for staff, rate in points]
    assert_same(found["sensitivity"], effects(axes, points, rows, simultaneous=True).table())
    assert (found["points"], found["replications"], found["simultaneous"]) == (4, 4, True)


def test_levels_know_that_levels_are_at_unequal_distances(plan, tmp_path):
    words = ("--method", "levels", "--replications", "9", "--response", "profit", "--out", tmp_path / "out")
    found = answer(plan(LEVELS), *words)
    axes = [Axis(STAFF, 2), Axis(RATE, 3)]
    points, values = full_factorial(axes), kept(tmp_path / "out", (STAFF, RATE))
    rows = [_at(values, (4, 5)[staff], (1.0, 1.5, 2.2)[rate]) for staff, rate in points]
    settings = {STAFF: [4.0, 5.0], RATE: [1.0, 1.5, 2.2]}
    expected = levels(axes, points, rows, simultaneous=True, settings=settings)
    assert_same(found["sensitivity"], expected.table())
    assert_same(found["trends"], expected.trend_table())
    assert found["response"] == "profit"


def test_points_that_are_the_same_company_are_run_once(plan):
    people = f"factors: {{{STAFF}: {{range: [4, 6]}}, parity: {{levels: [0, 1]}}}}\n"
    found = answer(plan(people, SIMPLE), "--method", "sobol", "--samples", "16", "--replications", "3")
    # Of 64 points; people come whole.
    assert found["points"] == 6


def test_the_seed_decides_the_runs_and_the_points(plan):
    words = (plan(MIXED, SIMPLE), "--method", "morris", "--samples", "3", "--replications", "2")
    one = answer(*words)
    assert one == answer(*words, "--seed", "3") != answer(*words, "--seed", "4")


@pytest.mark.parametrize("method", sensitivity_methods.REPLICATIONS)
def test_sizes_that_nobody_asked_for_take_a_minute_or_two(method):
    from experiments.plan.load import load_plan

    for name in ("shared_standards_x_cross_training", "robust_demand", "staff_against_cooperation"):
        wanted = sensitivity_methods.study(load_plan(name), method, None, None, 1)
        shares = all(factor.policy is not None for factor in wanted.experiment.factors)
        runs = len(wanted.experiment.points) * wanted.replications
        # Seconds of processors: 35 ms where a warm-up is shared, 110 ms where not; two processors.
        assert runs * (0.035 if shares else 0.11) / 2 < 170
        assert wanted.replications >= 5


# What is kept and what is said ----------------------------------------------------------------------------------


def test_what_is_kept_is_documented_and_can_be_done_again(plan, tmp_path):
    source = plan(LEVELS)
    found = answer(source, "--method", "levels", "--replications", "3", "--out", tmp_path / "out")
    assert found["results"] == str(tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tables"] == {"sensitivity": 3, "trends": 5, "points": 6, "runs": 18}
    assert manifest["command"] == (
        f"relevo sensitivity {source} --method levels --response wait_mean --replications 3 --seed 3 --engine compiled"
    )
    columns = json.loads((tmp_path / "out" / "columns.json").read_text(encoding="utf-8"))
    assert all(text for table in columns.values() for words in table.values() for text in words.values())
    assert columns["trends"]["size"]["unit"] == "h"
    assert columns["points"]["demand.rate"]["unit"] == "1/h"


@pytest.mark.parametrize("method", ["tornado", "morris", "sobol", "effects", "levels"])
def test_the_table_says_it_in_both_languages(plan, method):
    sizes = {"morris": ("--samples", "4"), "sobol": ("--samples", "8")}.get(method, ())
    words = ("sensitivity", plan(TWO), "--method", method, "--replications", "4", "--workers", "1", *sizes)
    english, spanish = relevo(*words), relevo(*words, "--lang", "es")
    assert english.exit_code == spanish.exit_code == 0, english.stderr
    for result, place in ((english, 0), (spanish, 1)):
        said = " ".join(result.stdout.split())
        assert STAFF in said
        assert " ".join(SENSITIVITY[f"sensitivity title {method}"][place].partition("'")[0].split())[8:] in said
        note = SENSITIVITY[f"sensitivity note {method}"][place]
        assert note.partition("{")[0][:60].strip() in said
        assert SENSITIVITY["sensitivity runs"][place].partition(":")[0] in result.stderr
    assert "customer's wait" in english.stdout
    assert "espera del cliente" in spanish.stdout
    assert "[h]" in english.stdout or method in ("sobol", "levels")


def test_the_table_says_from_where_to_where_a_factor_goes(plan):
    result = relevo("sensitivity", plan(MIXED, SIMPLE), "--replications", "3")
    lines = [line.split() for line in result.stdout.splitlines()]
    (place,) = (i for i, words in enumerate(lines) if words[:1] == [STAFF])
    assert (lines[place][1], lines[place + 1]) == ("3", ["4"])
    (place,) = (i for i, words in enumerate(lines) if words[:1] == [RATE])
    assert (lines[place][1:4], lines[place + 1]) == (["1.2", "per", "h"], ["2.2", "per", "h"])


def test_columns_of_the_table_hold_what_their_heads_say(plan):
    result = relevo("sensitivity", plan(TWO), "--method", "morris", "--samples", "8", "--replications", "4")
    (row,) = (line for line in result.stdout.splitlines() if line.startswith(f"{STAFF} "))
    cells = re.findall(r"(-?[\d.]+) \((-?[\d.]+) to (-?[\d.]+)\)", row)
    size, change, _ = ([float(text) for text in cell] for cell in cells)
    # More people, less waiting: its size is positive, the change negative.
    assert size[0] > 0 > change[0] == pytest.approx(-size[0], rel=0.2)
    assert size[1] <= size[0] <= size[2]


def test_the_sentence_names_what_is_shown_and_what_is_not(plan):
    more = "  promise.floor: {range: [1 h, 4 h]}\n"
    found = answer(plan(TWO + more, SIMPLE), "--replications", "12")
    rows = {row["factor"]: row for row in found["sensitivity"]}
    assert rows[RATE]["clear"]
    assert not rows["promise.floor"]["clear"]
    assert found["sentence"].startswith("Within these ranges 'customer's wait' is moved by ")
    top = found["sensitivity"][0]["factor"]
    assert f"most, as estimated, by {top}: " in found["sentence"] or f"is moved by {top}: " in found["sentence"]
    assert found["sentence"].endswith("Not shown to move it: promise.floor.")


A, B = Axis("a", 2), Axis("b", 2)
LUCK = np.array([0.0, 0.1, 0.3, 0.2, 0.15, 0.05])


@pytest.mark.parametrize(
    ("first", "second", "both", "said"),
    [
        (4, 2, 6, "most, as estimated, by a: +7.00 h. Together more than their sum: a x b."),
        (4, 3, -2, "most, as estimated, by a: +3.00 h. Together less than their sum: a x b."),
        (-4, -3, -2, "most, as estimated, by a: -5.00 h. Together more than their sum: a x b."),
        (4, -3, 1, "most, as estimated, by a: +4.50 h. One changes what the other does: a x b."),
        (
            0,
            0,
            0,
            "No factor is shown to move 'customer's wait' within these ranges; that is not the same as none does.",
        ),
    ],
)
def test_what_is_said_of_two_factors_together(first, second, both, said):
    points = full_factorial([A, B])
    # Luck of its own in each effect, so that intervals have a length.
    values = [10 + first * a + second * b + both * a * b + np.roll(LUCK, 2 * a + b) for a, b in points]
    found = effects([A, B], points, values, simultaneous=True)
    assert what_may_be_said(found, "wait_mean", Reader()).endswith(said)


def test_what_is_said_of_a_best_level_in_the_middle():
    axes = [Axis("a", 3), B]
    points = full_factorial(axes)
    values = [10 + (a - 1) ** 2 + b / 3 + np.roll(LUCK, 2 * a + b) / 9 for a, b in points]
    said = what_may_be_said(levels(axes, points, values, simultaneous=True), "wait_mean", Reader())
    assert said.startswith(
        "Within these ranges 'customer's wait' is moved by a, b; of these most, as estimated, by a: 89 % of"
    )
    assert said.endswith("Not a straight line, so what is best may lie in between: a.")


def test_what_is_said_of_factors_that_bend_and_of_runs_that_failed():
    axes = [Axis("a", None), Axis("b", None)]
    points = trajectories(axes, 40, seed=1)
    values = np.array([9 * a * a + LUCK for a, b in points])
    values[4, 2] = np.nan
    said = what_may_be_said(morris(axes, points, values), "wait_mean", Reader())
    assert "is moved by a: 9" in said or "is moved by a: 8" in said
    assert "Not shown to move it: b." in said
    assert "How much depends on where it or the others stand: a." in said
    assert said.endswith("Left out because a run failed: 1.")


def test_what_else_is_in_an_effect_is_said(plan):
    three = "factors:\n" + "".join(
        f"  {name}: {{levels: [{low}, {high}]}}\n"
        for name, low, high in ((STAFF, 4, 5), (RATE, "1 per h", "2.2 per h"), ("promise.floor", "1 h", "2 h"))
    )
    words = ("--method", "effects", "--workers", "1", "--lang", "es")
    result = relevo("sensitivity", plan(three, "design: {kind: fractional factorial, resolution: 3}\n"), *words)
    assert result.exit_code == 0, result.stderr
    assert "mezclado con" in result.stdout
    assert "demand.rate x promise.floor (+1,00)" in result.stdout


# Unhappy paths --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factors", "words", "code", "said"),
    [
        (TWO, ["--method", "tornado", "--samples", "4"], 2, "tornado takes none"),
        (TWO, ["--method", "sobol", "--samples", "12"], 2, "take 8 or 16"),
        (TWO, ["--method", "sobol", "--replications", "2"], 2, "needs at least 3"),
        (TWO, ["--method", "sbol"], 2, "'sbol' is not one of"),
        (TWO, ["--response", "wait_men"], 2, "Did you mean 'wait_mean'?"),
        (TWO, ["--policy", "parity"], 2, "goes with --assumptions"),
        (TWO, ["--assumptions", "--method", "morris"], 2, "leave out one of the two"),
        (LEVELS, ["--method", "effects"], 2, "has 3 settings in the plan's design"),
        (MIXED + SIMPLE, ["--method", "levels"], 2, "demand.rate: has a range"),
        (MIXED + SIMPLE, ["--method", "effects"], 2, "demand.rate: has 4 settings"),
        (f"factors: {{{STAFF}: {{levels: [4]}}}}\n", [], 2, "has no value but today's"),
        (f"factors: {{{STAFF}: {{levels: [3]}}}}\n", ["--method", "morris"], 2, "has one level"),
        (
            "factors: {departments.desk.discipline: {levels: [fifo, cooperative, priority]}}\n",
            [],
            2,
            "are words, in no order",
        ),
    ],
)
def test_what_does_not_suit_is_refused_before_anything_runs(plan, monkeypatch, factors, words, code, said):
    monkeypatch.setattr(Door, "values", lambda *_: pytest.fail("ran"))
    result = relevo("sensitivity", plan(factors), *words)
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert said in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["levante"], "levante: a scenario, and a plan is needed"),
        (["robust_demand", "--assumptions"], "robust_demand: a plan, and --assumptions needs a scenario"),
    ],
)
def test_a_scenario_is_no_plan(words, said):
    result = relevo("sensitivity", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith(said)


def test_constraints_are_said_not_to_be_heeded(plan):
    more = f"constraints: [{{name: people, weights: {{{STAFF}: 1}}, at_most: 10}}]\n"
    result = relevo("sensitivity", plan(TWO, more), "--replications", "2", "--workers", "1")
    assert result.exit_code == 0
    assert "pays no heed to the plan's constraints" in result.stderr


def failing(monkeypatch, points):
    """Make every run of some points fail."""
    from experiments.run import door

    true = door.run_rows

    def rows(task):
        return [
            Row(row.point, row.replication, reason="the roof fell in") if row.point in points else row
            for row in true(task)
        ]

    monkeypatch.setattr(door, "run_rows", rows)


def test_runs_that_fail_are_told_and_the_rest_is_shown(plan, monkeypatch):
    failing(monkeypatch, {1})
    result = relevo("sensitivity", plan(MIXED, SIMPLE), "--replications", "3", "--workers", "1", "--json")
    assert result.exit_code == 1
    assert "the roof fell in" in result.stderr
    found = json.loads(result.stdout)
    assert found["failed_runs"] == 3
    assert {row["factor"]: row["n"] for row in found["sensitivity"]} == {STAFF: 0, RATE: 3}


@pytest.mark.parametrize("method", ["morris", "effects"])
def test_too_many_that_fail_are_an_error_with_its_reason(plan, monkeypatch, method):
    failing(monkeypatch, {0})
    sizes = ("--samples", "2") if method == "morris" else ()
    result = relevo("sensitivity", plan(TWO), "--method", method, "--replications", "3", "--workers", "1", *sizes)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the roof fell in" in result.stderr


def test_ctrl_c_says_that_what_is_finished_is_not_enough(plan, monkeypatch):
    def stopped(door, *_):
        raise StoppedError("Interrupted; what was run for the decision is not enough for one.")

    monkeypatch.setattr(Door, "_run", stopped)
    result = relevo("sensitivity", plan(TWO), "--replications", "2", "--workers", "1")
    assert result.exit_code == 130
    assert "not enough" in result.stderr


# Assumptions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def company(tmp_path):
    path = tmp_path / "company.yaml"
    path.write_text("extends: theory/mmc\nname: company\ntime: {warm_up: 1 week, horizon: 2 weeks}\n", encoding="utf-8")
    return path


ASSUMED = ("--assumptions", "--response", "profit", "--samples", "24", "--replications", "3")


def test_assumptions_are_varied_together_and_concluded_from(company, tmp_path):
    words = (company, *ASSUMED, "--policy", "more_staff", "--policy", "more_staff=0.5", "--out", tmp_path / "out")
    found = answer(*words)
    names = [row["path"] for row in found["assumptions"]]
    places = np.array(latin_hypercube([Axis(name, None) for name in names], 24, 1))
    runs = pd.read_parquet(tmp_path / "out" / "runs.parquet")
    points = pd.read_parquet(tmp_path / "out" / "points.parquet")
    low, high = (np.array([row[end] for row in found["assumptions"]]) for end in ("low", "high"))
    pay = names.index("economics.pay")
    assert found["assumptions"][pay]["log"]
    drawn = low[pay] * (high[pay] / low[pay]) ** places[:, pay]
    assert points["economics.pay"].iloc[3::3].to_numpy() == pytest.approx(drawn)
    own = runs[runs["point"] < 3].pivot_table(index="point", columns="replication", values="value").to_numpy()
    rest = runs[runs["point"] >= 3].pivot_table(index="point", columns="replication", values="value").to_numpy()
    table = rest.reshape(24, 3, 3)
    for k, one in enumerate(found["policies"], start=1):
        expected = conclusion(names, places, table[:, k] - table[:, 0], own[k] - own[0], seed=1)
        assert_same(one["drivers"], expected.table())
        assert one["same_share"]["value"] == pytest.approx(expected.same.value)
        assert one["own_values"]["mean"] == pytest.approx(expected.today.mean)
        assert one["range_low"]["low"] == pytest.approx(expected.low.low)
        said = sentence(expected, "'x'", "'profit'", unit="EUR per year").partition("'x'")[2]
        assert said.replace("EUR per year", "") in one["sentence"].replace("EUR per year", "")
    assert own.shape == (3, 30)
    # People cost what they are paid: who earns more loses more, and nothing else drives it as much.
    assert found["policies"][0]["drivers"][0]["assumption"] == "economics.pay"
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert "--assumptions --policy more_staff --policy more_staff=0.5" in manifest["command"]
    columns = json.loads((tmp_path / "out" / "columns.json").read_text(encoding="utf-8"))
    assert set(columns) == {"conclusions", "drivers", "assumptions", "points", "runs"}


def test_assumptions_are_told_in_both_languages(company):
    words = ("sensitivity", company, *ASSUMED, "--policy", "more_staff", "--workers", "1")
    english, spanish = relevo(*words), relevo(*words, "--lang", "es")
    assert english.exit_code == spanish.exit_code == 0, english.stderr
    assert english.stdout.startswith("With all ")
    assert "lowers 'profit'" in english.stdout
    assert spanish.stdout.startswith("Con las ")
    assert "reduce 'beneficio'" in spanish.stdout
    (row,) = (line for line in english.stdout.splitlines() if line.startswith("economics.pay "))
    assert " * " in row
    assert "en el\n" not in english.stdout
    for text in ("añade a la diferencia", "en qué se apoya", "Los rangos son una regla"):
        assert text in " ".join(spanish.stdout.split())


def test_what_a_policy_brings_into_force_is_varied_too(monkeypatch):
    asked = []

    def stopped(door, *_):
        asked.append(door.experiment)
        raise StoppedError("enough")

    monkeypatch.setattr(Door, "_run", stopped)
    result = relevo("sensitivity", "levante", "--assumptions", "--samples", "80")
    assert result.exit_code == 130, result.stderr
    (experiment,) = asked
    own = {one.path for one in assumptions(Base("levante")).varied}
    brought = {factor.name for factor in experiment.factors if factor.policy is None} - own
    assert brought == {"service.attention"}
    # Both worlds with the scenario's own values, then both in every sample.
    worlds = [point[-1] for point in experiment.points]
    assert worlds == [None, 0] * 81
    assert {point[0] for point in experiment.points[:2]} == {None}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--samples", "10"], 2, "need at least 20"),
        (["--policy", "more_staff=0"], 2, "that is today's way of working"),
        (["--policy", "mor_staff"], 3, "Did you mean 'more_staff'?"),
        (["--response", "wait_men"], 2, "Did you mean 'wait_mean'?"),
    ],
)
def test_assumptions_that_cannot_be_varied_so(company, monkeypatch, words, code, said):
    monkeypatch.setattr(Door, "values", lambda *_: pytest.fail("ran"))
    result = relevo("sensitivity", company, "--assumptions", *words)
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert said in result.stderr
