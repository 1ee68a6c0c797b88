"""Factors: what may vary, the values of places and levels, and each mistake with what to do about it."""
# ruff: noqa: E501 (messages and plans stand in one line, as they are read)

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.plan.factors import INTENSITY, BoundFactor
from sim.scenario.changes import Base, Field
from tests.plan.written import load, refused, table

# What may vary --------------------------------------------------------------------------------------------


def factor_of(folder, text, more=""):
    return load(folder, f"{more}factors: {text}\n").factors[0]


@pytest.mark.parametrize(
    ("text", "path", "levels", "today"),
    [
        ("{training: {levels: [0, 50%, 100 %]}}", "intensity", (0.0, 0.5, 1.0), 0.0),
        ("{a: {policy: training, levels: [1]}}", "intensity", (1.0,), 0.0),
        ("{departments.warehouse.staff: {levels: [9, '10']}}", "departments.warehouse.staff", (9, 10), 9),
        ("{a: {field: patience.scale, levels: [30 min, 2 working days]}}", "patience.scale", (0.5, 16.0), 40.0),
        ("{a: {field: calendar, levels: [office, always]}}", "calendar", ("office", "always"), "office"),
        ("{calendar: {levels: [always]}}", "calendar", ("always",), "office"),
        ("{a: {field: routes.standard.advice.quotes, levels: [true, false]}}", "routes.standard.advice.quotes",
         (True, False), False),
        ("{a: {field: churn.hazard, levels: [8.766 per year]}}", "churn.hazard", (8.766 / 8766,), None),
        ("{a: {field: departments.sales.discipline, levels: [fifo, priority]}}", "departments.sales.discipline",
         ("fifo", "priority"), "cooperative"),
    ],
)  # fmt: skip
def test_levels_are_read_as_the_scenario_file_writes_them(text, path, levels, today, tmp_path):
    factor = factor_of(tmp_path, text)
    assert (factor.field.path, factor.levels) == (path, levels)
    if today is not None:
        assert factor.today == today
    assert [factor.value(i) for i in range(len(levels))] == list(levels)
    assert factor.value(None) == factor.today
    assert factor.axis.levels == len(levels)


def test_steps_are_levels_at_equal_distances_with_both_ends(tmp_path):
    assert factor_of(tmp_path, "{parity: {range: [0, 100 %], steps: 5}}").levels == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert factor_of(tmp_path, "{departments.sales.staff: {range: [8, 11], steps: 3}}").levels == (8, 10, 11)
    grown = factor_of(tmp_path, "{patience.scale: {range: [1 h, 100 h], steps: 3, scale: log}}")
    assert grown.levels == pytest.approx((1.0, 10.0, 100.0))
    assert (grown.levels[0], grown.levels[-1]) == (1.0, 100.0)
    few = factor_of(tmp_path, "{departments.sales.staff: {range: [8, 64], steps: 40, scale: log}}")
    assert len(set(few.levels)) == len(few.levels) < 40
    assert all(isinstance(level, int) for level in few.levels)


def test_a_range_without_steps_is_left_to_the_design(tmp_path):
    text = "{patience.scale: {range: [25 h, 60 h], scale: log, role: uncontrollable}}"
    factor = factor_of(tmp_path, text, "design: {kind: sobol, points: 8}\n")
    assert (factor.levels, factor.low, factor.high, factor.log, factor.controllable) == (None, 25.0, 60.0, True, False)
    assert factor.axis.levels is None
    assert factor.value(0.5) == pytest.approx(math.sqrt(25 * 60))
    assert factor_of(tmp_path, "{parity: {levels: [1]}}").controllable


@given(
    st.floats(1e-9, 1e9), st.floats(1e-9, 1e9), st.lists(st.floats(0, 1), min_size=2, max_size=9),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_places_rise_from_end_to_end_and_never_leave_the_range(one, other, places, log, whole):
    low, high = sorted((math.ceil(one), math.ceil(other)) if whole else (one, other))
    factor = BoundFactor("f", Field("f", "count" if whole else "number", None), None, None, low, high, log)
    values = [factor.value(place) for place in sorted(places)]
    assert all(low <= value <= high for value in values)
    assert all(a <= b * (1 + 1e-12) for a, b in pairwise(values))
    assert (factor.value(0.0), factor.value(1.0)) == (low, high)
    assert not whole or all(isinstance(value, int) for value in values)
    linear = low + sorted(places)[0] * (high - low)
    if not log and not whole:
        assert values[0] == pytest.approx(linear)


def test_units_of_columns():
    units = {"share": "share", "work time": "h", "calendar time": "h", "rate": "1/h", "word": "text", "flag": "text"}
    units |= {"count": "1", "number": "1", "money": "1"}
    assert {unit: BoundFactor("a", Field("a", unit, None)).unit for unit in units} == units
    assert BoundFactor("a", INTENSITY).unit == "share"


def test_a_policy_that_the_scenario_has_already_is_today_what_it_is_there(tmp_path):
    company = "extends: levante\nname: own\npolicies: [{policy: training, intensity: 0.5}, {policy: checklist}]\n"
    head = "name: p\nscenario: company.yaml\n"
    experiment = load(tmp_path, "factors: {training: {levels: [0, 0.5, 1]}}\n", head=head, company_yaml=company)
    assert experiment.factors[0].today == 0.5
    assert [experiment.is_today(point) for point in experiment.points] == [False, True, False]
    assert [experiment.portfolio(point).key for point in experiment.points] == [
        "training=0",
        "training=0.5",
        "training",
    ]
    assert experiment.portfolio((None,)).key == "training=0.5"


def test_settings_move_today(tmp_path):
    factor = factor_of(tmp_path, "{departments.sales.staff: {levels: [9]}}", "settings: {departments.sales.staff: 9}\n")
    assert factor.today == 9


# What is refused ------------------------------------------------------------------------------------------

STAFF = "field: departments.warehouse.staff"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{trainig: {levels: [1]}}", "factors.trainig: 'trainig' is no shipped policy, and nothing says what it varies. "
         "Did you mean 'training'? Write 'policy: NAME' or 'field: departments.warehouse.staff'."),
        ("{Cross-Training: {levels: [1]}}", "Did you mean 'cross_training'?"),
        ("{cross training: {levels: [1]}}", "Did you mean 'cross_training'?"),
        ("{a: {policy: cross-training, levels: [1]}}", "factors.a: got the policy 'cross-training'; a shipped name or a "
         ".yaml file is needed. Did you mean 'cross_training'?"),
        ("{a: {policy: Training, levels: [1]}}", "Did you mean 'training'?"),
        ("{a: {policy: gone.yaml, levels: [1]}}", "gone.yaml: no such file"),
        ("{a: {policy: training, field: time.horizon, levels: [1]}}", "'policy' and 'field' exclude each other"),
        ("{departments.wharehouse.staff: {levels: [9]}}", "there is no 'wharehouse' among the departments. Did you mean "
         "'warehouse'?"),
        ("{departments.warehouse.stff: {levels: [9]}}", "departments.warehouse.stff: there is no 'stff' here. Did you mean "
         "'staff'?"),
        ("{departments.warehouse.staff.x: {levels: [9]}}", "What stands before '.x' is a single value; end there."),
        ("{departments.warehouse: {levels: [9]}}", "holds more than one value; a single number or word can be varied; go on"
         " with: label, staff"),
        ("{deparments.warehouse.staff: {levels: [9]}}", "Did you mean 'departments'?"),
        ("{a: {field: '', levels: [9]}}", "there is no '' in a scenario"),
        ("{label.en: {levels: [x]}}", "words for people stand there, which change no result; vary something else"),
        ("{a: {field: name, levels: [x]}}", "words for people stand there"),
        (f"{{a: {{{STAFF}, levels: [8, 9.5]}}}}", "factors.a.levels.#2: got 9.5; write a whole number, such as 3."),
        (f"{{a: {{{STAFF}, levels: [8, x]}}}}", "factors.a.levels.#2: got 'x'; write a whole number, such as 3."),
        (f"{{a: {{{STAFF}, levels: [8, 0]}}}}", "factors.a, departments.warehouse.staff: got 0; must be at least 1"),
        (f"{{a: {{{STAFF}, range: [0, 4], steps: 2}}}}", "got 0; must be at least 1"),
        (f"{{a: {{{STAFF}, range: [8, 11], steps: 5}}}}", "factors.a.steps: got 5; from 8 to 11 there are 4 whole numbers"),
        ("{a: {field: patience.scale, levels: [8]}}", "got 8 without a unit; allowed: s, min, h, working days"),
        ("{a: {field: cooperation.trust, levels: [-1]}}", "factors.a.levels.#1: got -1; allowed: 0 to 1 or 0 % to 100 %"),
        ("{parity: {levels: [0, 120 %]}}", "factors.parity.levels.#2: got '120 %'; allowed: 0 to 1 or 0 % to 100 %"),
        ("{parity: {range: [0, 120 %], steps: 2}}", "factors.parity.range.#2: got '120 %'; allowed: 0 to 1"),
        ("{parity: {levels: [0, true]}}", "factors.parity.levels.#2: got true; write a number"),
        ("{a: {field: routes.standard.advice.quotes, levels: [yes]}}", "levels.#1: got 'yes'; must be true or false"),
        ("{a: {field: departments.sales.discipline, levels: [fifi]}}", "got 'fifi'; must be one of cooperative, fifo, "
         "priority; did you mean 'fifo'?"),
        ("{a: {field: calendar, levels: [5]}}", "got 5; a word belongs here; put it in quotes"),
        ("{a: {field: calendar, levels: [offce]}}", "factors.a"),
        ("{a: {field: calendar, range: [1, 2]}}", "calendar is no number, so it has no range; give 'levels' instead."),
        ("{a: {field: routes.standard.advice.quotes, range: [0, 1]}}", "is no number, so it has no range"),
        (f"{{a: {{{STAFF}, range: [9, 8]}}}}", "got 9 to 8; the lower end must be below the upper one; write the lower"),
        (f"{{a: {{{STAFF}, range: [9, 9]}}}}", "got 9 to 9; the lower end must be below"),
        ("{a: {field: patience.scale, range: [0 h, 9 h], scale: log}}", "got '0 h'; a range on a log scale begins above 0"),
        ("{a: {field: patience.scale, levels: [1 h, 60 min]}}", "levels.#2: got '60 min', a level that stands there already"),
        ("{parity: {levels: 0.5}}", "factors.parity.levels: got 0.5; levels are a list; write 'levels: [0.5]'."),
        ("{parity: {levels: '0, 1'}}", "levels are a list; write 'levels: [0, 1]'."),
        ("{parity: {levels: []}}", "got an empty list; at least one level is needed"),
        ("{parity: {levels: [null]}}", "factors.parity.levels.#1: got null; a single number or word belongs here"),
        ("{parity: {levels: [.inf]}}", "levels.#1: got .inf; a single number or word belongs here"),
        ("{parity: {range: 5}}", "got 5; a range has two ends, written for example 'range: [0, 1]'"),
        ("{parity: {range: [0, 0.5, 1]}}", "got 3 values; a range has two ends, written for example 'range: [0, 1]'; several"),
        ("{parity: {range: [0, 1], steps: 1}}", "factors.parity.steps: got 1; must be at least 2"),
        ("{parity: {range: [0, 1], levels: [0]}}", "'levels' and 'range' exclude each other; write one of them"),
        ("{parity: {levels: [0], steps: 3}}", "'steps' and 'scale' go with 'range'; levels stand for themselves"),
        ("{parity: {levels: [0], scale: log}}", "'steps' and 'scale' go with 'range'"),
        ("{parity: {}}", "either 'levels' or 'range' is needed; write for example 'levels: [0, 1]'"),
        ("{parity: }", "factors.parity: got nothing; a factor says what its values are; write '{levels: [0, 1]}'"),
        ("{parity: [0, 1]}", "factors.parity: got a list; a factor says what its values are"),
        ("{parity: 0.5}", "factors.parity: got 0.5; a factor says what its values are"),
        ("{parity: {level: [0]}}", "got the key 'level'; it is not known here. Did you mean 'levels'?"),
        ("{parity: {levels: [0, 1], role: noise}}", "role: got noise; must be one of controllable, uncontrollable"),
        ("{parity: {levels: [1]}, b: {policy: parity, levels: [1]}}", "factors.b: varies the same as 'parity', policy parity"),
        (f"{{departments.warehouse.staff: {{levels: [9]}}, b: {{{STAFF}, levels: [8]}}}}", "factors.b: varies the same as "
         "'departments.warehouse.staff', departments.warehouse.staff; each may vary once; remove one of them."),
        ("{point: {policy: parity, levels: [1]}}", "got the name 'point'; a name is visible text of at most 150 characters"),
        ("{is_today: {policy: parity, levels: [1]}}", "none of point, is_today, replication"),
        ("{'': {policy: parity, levels: [1]}}", "got the name ''"),
        ("{' a': {policy: parity, levels: [1]}}", "got the name ' a'"),
        ("{calendars.offce.monday: {levels: [closed]}}", "there is no 'offce' among the calendars. Did you mean 'office'?"),
        ("{calendars.office.weekdays: {levels: [whenever]}}", "got whenever; write opening times such as '9:00-17:00'"),
        ("{calendars.office.weekdays: {levels: [closed]}}", "factors.calendars.office.weekdays: at closed: scenarios/levante"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_with_its_place(text, says, tmp_path):
    said = refused(tmp_path, f"factors: {text}\n")
    assert said.startswith("plan.yaml, line 3, factors.")
    assert says in said


def test_the_ends_of_many_levels_are_tried(tmp_path):
    # Only some of so many are tried, and not the middle one; the largest is.
    levels = ", ".join(str(number) for number in [*range(9, 150), 10**9, *range(150, 160)])
    assert "1000000000; must be at most" in refused(tmp_path, f"factors: {{a: {{{STAFF}, levels: [{levels}]}}}}\n")


def test_a_name_of_ones_own_and_names_of_places_are_columns(tmp_path):
    text = f"factors: {{extra hands: {{{STAFF}, levels: [9, 10]}}, demand.customers: {{levels: [1200]}}}}\n"
    experiment = load(tmp_path, text)
    assert list(experiment.design_table().columns) == ["point", "is_today", "extra hands", "demand.customers"]
    assert table(experiment)[-1] == (10, 1200)


def test_reading_a_cell():
    staff = BoundFactor("s", Base("levante").field("departments.sales.staff"))
    assert [staff.read(text) for text in ("9", "9.0", 9)] == [9, 9, 9]
    with pytest.raises(ValueError, match="whole number"):
        staff.read("9,5")
    flag = BoundFactor("q", Base("levante").field("routes.standard.advice.quotes"))
    assert [flag.read(text) for text in ("true", "False", True)] == [True, False, True]
