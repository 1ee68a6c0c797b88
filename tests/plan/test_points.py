"""Points: each kind of design through a plan, tables of one's own to the last bit, and what cannot be laid out."""
# ruff: noqa: E501 (messages and plans stand in one line, as they are read)

import pytest

from experiments.plan.designs import Axis, fractional_factorial, latin_hypercube, plackett_burman, sobol
from tests.plan.written import TWO, load, refused, table

RANGES = "factors: {parity: {range: [0, 1]}, patience.scale: {range: [10 h, 30 h]}}\ntoday: false\n"
SEVEN = ["training", "parity", "checklist", "rotation", "recognition", "shared_goals", "spaces"]
MANY = "factors: {" + ", ".join(f"{name}: {{levels: [0, 1]}}" for name in SEVEN) + "}\ntoday: false\n"

# Each kind of design --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["full factorial", "{kind: full factorial}", "{kind: full factorial, factors: [parity, training]}"]
)
def test_full_factorial(written, tmp_path):
    experiment = load(tmp_path, f"{TWO}design: {written}\n")
    assert table(experiment) == [(a, b) for a in (0.0, 1.0) for b in (0.0, 0.5, 1.0)]


def test_one_at_a_time(tmp_path):
    experiment = load(tmp_path, TWO + "design: one at a time\n")
    assert experiment.points == ((None, None), (0, None), (1, None), (None, 0), (None, 1), (None, 2))
    assert table(experiment)[3:] == [(0.0, 0.0), (0.0, 0.5), (0.0, 1.0)]
    assert len(experiment.remarks) == 1
    assert (
        "2 points have the values of an earlier one (1 as 0, 3 as 0); each is run as it stands" in experiment.remarks[0]
    )


@pytest.mark.parametrize(("resolution", "runs"), [(3, 8), (4, 16), (5, 64)])
def test_fractional_factorial(resolution, runs, tmp_path):
    experiment = load(tmp_path, f"{MANY}design: {{kind: fractional factorial, resolution: {resolution}}}\n")
    axes = [Axis(name, 2) for name in SEVEN]
    assert list(experiment.points) == fractional_factorial(axes, resolution)
    assert len(experiment.points) == runs
    assert len(load(tmp_path, f"{MANY}design: fractional factorial\n").points) == 16


def test_plackett_burman(tmp_path):
    axes = [Axis(name, 2) for name in SEVEN]
    assert list(load(tmp_path, MANY + "design: plackett-burman\n").points) == plackett_burman(axes)
    folded = load(tmp_path, MANY + "design: {kind: plackett-burman, fold_over: true}\n")
    assert list(folded.points) == plackett_burman(axes, True)


def test_latin_hypercube(tmp_path):
    axes = [Axis("parity", None), Axis("patience.scale", None)]
    one = load(tmp_path, RANGES + "design: {kind: latin hypercube, points: 10, seed: 4}\n")
    assert list(one.points) == latin_hypercube(axes, 10, 4)
    two = load(tmp_path, RANGES + "design: {kind: latin hypercube, points: 25, strength: 2}\n")
    assert list(two.points) == latin_hypercube(axes, 25, 1, strength=2)
    assert all(10 <= hours <= 30 for _, hours in table(two))


def test_sobol(tmp_path):
    found = load(tmp_path, RANGES + "design: {kind: sobol, points: 16, seed: 3}\n")
    assert list(found.points) == sobol([Axis("parity", None), Axis("patience.scale", None)], 16, 3)
    assert [values[1] for values in table(found)] == [10 + 20 * place for _, place in found.points]


def test_crossed_designs_of_every_kind(tmp_path):
    text = (
        "factors: {patience.scale: {range: [10 h, 30 h]}, training: {levels: [0, 1]}, parity: {levels: [0, 0.5, 1]}}\n"
        "design: {kind: crossed, of: [{kind: csv, file: points.csv, factors: [parity, training]},\n"
        "         {kind: sobol, points: 4, factors: [patience.scale]}]}\n"
    )
    experiment = load(tmp_path, text, points_csv="training,parity\n1,50 %\n,1\n")
    assert len(experiment.points) == 1 + 2 * 4
    assert experiment.points[0] == (None, None, None)
    assert {values[1:] for values in table(experiment)[1:]} == {(1.0, 0.5), (0.0, 1.0)}
    assert [factor.name for factor in experiment.factors] == ["patience.scale", "training", "parity"]


def test_today_is_put_first_unless_it_is_there_or_not_wanted(tmp_path):
    levels = "factors: {parity: {levels: [1]}, departments.sales.staff: {levels: [8, 9]}}\n"
    assert load(tmp_path, levels).points[0] == (None, None)
    assert len(load(tmp_path, levels).points) == 3
    assert len(load(tmp_path, levels + "today: false\n").points) == 2
    with_it = load(tmp_path, "factors: {parity: {levels: [1, 0]}, departments.sales.staff: {levels: [8, 9]}}\n")
    assert [with_it.is_today(point) for point in with_it.points] == [False, False, True, False]


# Tables of one's own --------------------------------------------------------------------------------------

CSV = "design: {kind: csv, file: points.csv}\n"
COMPANY = "factors: {patience.scale: {range: [1 h, 99 h]}, departments.sales.staff: {levels: [8, 9, 10]}, training: {range: [0, 1]}}\n"


def test_values_of_a_table_are_kept_to_the_last_bit_and_empty_is_today(tmp_path):
    rows = (
        "training, departments.sales.staff ,patience.scale\n"
        "0.1,9,0.30000000000000004e2 h\n\n,10,\n0.30000000000000004,,17.1 h\n7 %,8,30 min\n,,\n"
    ).replace("30 min", "90 min")
    experiment = load(tmp_path, COMPANY + CSV + "today: false\n", points_csv=rows)
    assert table(experiment) == [
        (0.30000000000000004e2, 9, 0.1), (40.0, 10, 0.0), (17.1, 8, 0.30000000000000004), (1.5, 8, 0.07), (40.0, 8, 0.0),
    ]  # fmt: skip
    assert experiment.points[1] == (None, 1, None)
    assert experiment.is_today(experiment.points[4])
    assert experiment.scenario(experiment.changes(experiment.points[2])).patience.scale == 17.1


def test_a_column_that_is_empty_throughout_is_today(tmp_path):
    experiment = load(
        tmp_path, COMPANY + CSV, points_csv="training,departments.sales.staff,patience.scale\n1,,\n0.5,,\n"
    )
    assert table(experiment) == [(40.0, 8, 0.0), (40.0, 8, 1.0), (40.0, 8, 0.5)]


def test_a_table_from_a_spreadsheet_with_semicolons_and_a_byte_order_mark(tmp_path):
    text = "\ufefftraining;parity\r\n1;50 %\r\n"
    assert table(load(tmp_path, TWO + CSV + "today: false\n", points_csv=text)) == [(1.0, 0.5)]


def test_words_and_flags_in_a_table(tmp_path):
    text = "factors: {calendar: {levels: [office, always]}, routes.standard.advice.quotes: {levels: [true, false]}}\n"
    rows = "calendar,routes.standard.advice.quotes\nalways,true\noffice,FALSE\n"
    experiment = load(tmp_path, text + CSV, points_csv=rows)
    assert table(experiment) == [("always", True), ("office", False)]
    assert [experiment.is_today(point) for point in experiment.points] == [False, True]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("training,prity\n1,1\n", "points.csv, line 1: the column 'prity' is no factor. Did you mean 'parity'?"),
        ("training\n1\n", "points.csv, line 1: no column for parity; every factor has one; add it."),
        ("training,parity,training\n1,1,1\n", "line 1: the column 'training' stands twice; each factor has one"),
        ("training,parity\n", "points.csv: no points; a line of values for each is needed"),
        ("", "points.csv: no points"),
        ("\n\n", "points.csv: no points"),
        ("training,parity\n1\n", "points.csv, line 2: 1 cells; the first line has 2; make them equal."),
        ("training,parity\n1,1\n\n1,1,1\n", "points.csv, line 4: 3 cells"),
        ("training,parity\n1,x\n", "points.csv, line 2, parity: got 'x'; write a finite number with its unit"),
        ("training,parity\n1,120 %\n", "points.csv, line 2, parity: got '120 %'; allowed: 0 to 1"),
        ("training,parity\n1,0.7\n", "line 2, parity: got 0.7, which is none of the factor's levels (0.0, 0.5, 1.0)"),
        ("training;parity\n1;0,5\n", "points.csv, line 2, parity: got '0,5'; write a finite number"),
        ('training,parity\n"1,1\n', "cells; the first line has 2"),
    ],
)
def test_each_mistake_in_a_table_is_said_with_its_line(rows, says, tmp_path):
    assert says in refused(tmp_path, TWO + CSV, points_csv=rows)


def test_a_value_outside_the_range_of_its_factor(tmp_path):
    rows = "training,departments.sales.staff,patience.scale\n1,,{}\n"
    assert "line 2, patience.scale: got 100 h; the factor's range is 1.0 h to 99.0 h; widen it." in refused(
        tmp_path, COMPANY + CSV, points_csv=rows.format("100 h")
    )
    assert "got 0.5 h; the factor's range" in refused(tmp_path, COMPANY + CSV, points_csv=rows.format("0.5 h"))
    assert len(load(tmp_path, COMPANY + CSV, points_csv=rows.format("99 h")).points) == 2


def test_a_table_that_cannot_be_read(tmp_path):
    assert "line 4, design.file: gone.csv is no file; name a CSV" in refused(
        tmp_path, TWO + CSV.replace("points", "gone")
    )
    (tmp_path / "bad.csv").write_bytes(b"training,parity\n1,\xff\n")
    said = refused(tmp_path, TWO + CSV.replace("points", "bad"))
    assert "design.file: bad.csv cannot be read (it is not text in UTF-8); name a CSV file in UTF-8." in said
    long = "training,parity\n1," + "9" * 140_000 + "\n"
    assert "cannot be read (field larger than" in refused(tmp_path, TWO + CSV, points_csv=long)
    assert "is no file" in refused(tmp_path, TWO + "design: {kind: csv, file: .}\n")
    assert "cannot be read" in refused(tmp_path, TWO + "design: {kind: csv, file: " + "x" * 400 + "}\n")


# What cannot be laid out ----------------------------------------------------------------------------------

CROSSED = (
    "design: {kind: crossed, of: [{kind: full factorial, factors: [%s]}, {kind: full factorial, factors: [%s]}]}\n"
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TWO + "design: full-factorial\n", "design: got full-factorial as the kind of design; must be one of full factorial"),
        (TWO + "design: full-factorial\n", "Did you mean 'full factorial'?"),
        (TWO + "design: Latin_Hypercube\n", "Did you mean 'latin hypercube'?"),
        (TWO + "design: lhs\n", "plackett-burman, one at a time, latin hypercube, sobol, csv, crossed; write for example 'kind"),
        (TWO + "design: {points: 8}\n", "got nothing as the kind of design; must be one of"),
        (TWO + "design: [sobol]\n", "design: got a list; must be a mapping with 'kind' one of"),
        (TWO + "design: latin hypercube\n", "design.points: nothing given; it is needed; write for example 'points: 3'"),
        (TWO + "design: {kind: sobol, points: 8, fators: [a]}\n", "got the key 'fators'; it is not known here. Did you mean"),
        (TWO + "design: {kind: sobol, points: 9}\n", "design: got 9 Sobol' points; their number is a power of two; take 8"),
        (TWO + "design: {kind: latin hypercube, points: 9, strength: 3}\n", "design.strength: got 3; must be at most 2"),
        (TWO + "design: {kind: latin hypercube, points: 10, strength: 2}\n", "takes the square of a prime"),
        (TWO + "design: {kind: fractional factorial, resolution: 6}\n", "design.resolution: got 6; must be at most 5"),
        (TWO + "design: {kind: sobol, points: 8, factors: [training]}\n", "design.factors: leaves out parity; a design by "),
        (TWO + "design: {kind: sobol, points: 8, factors: [prity]}\n", "design.factors: there is no factor 'prity'. Did you"),
        (RANGES + "design: full factorial\n", "design: factor 'parity' is a range; a full factorial needs levels"),
        ("factors: {parity: {levels: [1]}}\ndesign: plackett-burman\n", "design: factor 'parity' has one level"),
        (TWO + CROSSED % ("training", "training, parity"), "design.of.#2.factors: 'training' stands twice; each factor"),
        (TWO + CROSSED % ("training", "prity"), "design.of.#2.factors: there is no factor 'prity'. Did you mean 'parity'?"),
        (MANY + CROSSED % ("training", "parity"), "design.of: no design is for checklist, rotation, recognition, shared_go"),
        (TWO + CROSSED % ("training, parity", ""), "design.of.#2: nothing says which factors it is for; write for example"),
        (TWO + "design: {kind: crossed, of: [full factorial, {kind: sobol, points: 2, factors: [parity]}]}\n",
         "design.of.#1: nothing says which factors it is for; write for example 'factors: [training]'."),
        (TWO + "design: {kind: crossed, of: [{kind: full factorial, factors: [training, parity]}]}\n", "design.of: got 1 of them; at least two designs can be"),
        (TWO + "design: {kind: crossed, of: [{kind: crossed}, full factorial]}\n", "design.of.#1: got 'crossed' as the kind of design"),
        (TWO + "design: {kind: crossed, of: [{kind: full factorial, factors: [training]}, "
         "{kind: sobol, points: 3, factors: [parity]}]}\n", "design.of.#2: got 3 Sobol' points"),
        (RANGES + "design: {kind: crossed, of: [{kind: sobol, points: 524288, factors: [parity]}, "
         "{kind: sobol, points: 4, factors: [patience.scale]}]}\n", "design: would have 2,097,152 points; at most 1,000,000"),
    ],
)  # fmt: skip
def test_each_mistake_of_a_design_is_said_with_its_place(text, says, tmp_path):
    said = refused(tmp_path, text)
    assert said.startswith("plan.yaml, line ")
    assert says in said


def test_a_full_factorial_that_is_too_large(tmp_path):
    text = "factors: {" + ", ".join(f"{name}: {{range: [0, 1], steps: 11}}" for name in SEVEN) + "}\n"
    said = refused(tmp_path, text)
    assert "design: would have 19,487,171 points; at most 1,000,000 are allowed; take fewer factors or levels" in said
