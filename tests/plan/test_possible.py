"""Constraints in plans: what they weigh, what becomes of points beyond them, and what is said about it."""
# ruff: noqa: E501 (messages and plans stand in one line, as they are read)

import pytest

from experiments.plan.possible import yearly_costs
from sim.policies import load_policy
from sim.scenario.load import load_scenario
from tests.plan.written import TWO, load, refused, table

STAFF = "factors: {departments.sales.staff: {levels: [8, 9, 10]}, parity: {levels: [0, 1]}}\n"
RANGES = "factors: {parity: {range: [0, 1]}, training: {range: [0, 1]}}\n"
SOBOL = "design: {kind: sobol, points: 16}\n"


def constraint(weights, at_most, otherwise="leave out"):
    return f"constraints: [{{name: budget, weights: {weights}, at_most: {at_most}, otherwise: {otherwise}}}]\n"


# What becomes of points -----------------------------------------------------------------------------------


def test_points_beyond_are_left_out_and_told(tmp_path):
    experiment = load(tmp_path, TWO + constraint("{training: 1, parity: 1}", 1))
    assert table(experiment) == [(0.0, 0.0), (0.0, 0.5), (0.0, 1.0), (1.0, 0.0)]
    (said,) = experiment.remarks
    assert said.endswith("line 4, constraints: 2 of 6 points are beyond 'budget' and left out (counted from 0: 4, 5).")
    one = load(tmp_path, TWO + constraint("{training: 1, parity: 1}", 1.5))
    assert one.remarks[0].endswith("1 of 6 points is beyond 'budget' and left out (counted from 0: 5).")
    assert load(tmp_path, TWO + constraint("{training: 1}", 1)).remarks == ()


def test_only_some_of_many_are_named(tmp_path):
    text = "factors: {parity: {range: [0, 1], steps: 11}}\n" + constraint("{parity: 1}", 0.35)
    assert (
        "7 of 11 points are beyond 'budget' and left out (counted from 0: 4, 5, 6, 7, 8, …)."
        in load(tmp_path, text).remarks[0]
    )


def test_points_beyond_are_pulled_towards_today(tmp_path):
    experiment = load(tmp_path, RANGES + SOBOL + constraint("{parity: 1, training: 1}", 0.5, "shrink"))
    assert len(experiment.points) == 17
    assert all(sum(values) <= 0.5 + 1e-9 for values in table(experiment))
    assert "16 points were beyond 'budget': pulled towards today." in experiment.remarks[0]
    assert load(tmp_path, RANGES + SOBOL + constraint("{parity: 1}", 9, "shrink")).remarks == ()
    two = load(tmp_path, TWO + constraint("{training: 1, parity: 1}", 1.5, "shrink"))
    assert "1 of 6 points was beyond" in two.remarks[0]
    assert "1 point has the values of an earlier one" in two.remarks[1]


@pytest.mark.parametrize("design", [SOBOL, "design: {kind: latin hypercube, points: 16}\n",
                                    "design: {kind: latin hypercube, points: 25, strength: 2}\n"])  # fmt: skip
def test_points_beyond_are_drawn_again(design, tmp_path):
    experiment = load(tmp_path, RANGES + design + constraint("{parity: 1, training: 1}", 0.8, "resample"))
    assert len(experiment.points) == 1 + (25 if "25" in design else 16)
    assert all(sum(values) <= 0.8 for values in table(experiment))
    assert "of the others are run" in experiment.remarks[0]
    assert load(tmp_path, RANGES + SOBOL + constraint("{parity: 1}", 9, "resample")).remarks == ()


def test_what_is_repaired_for_one_heeds_all(tmp_path):
    text = RANGES + SOBOL + (
        "constraints: [{name: one, weights: {parity: 1}, at_most: 0.5, otherwise: shrink},\n"
        "              {name: two, weights: {training: 1}, at_most: 0.5}]\n"
    )  # fmt: skip
    experiment = load(tmp_path, text)
    assert all(max(values) <= 0.5 + 1e-9 for values in table(experiment))
    assert len(experiment.remarks) == 2
    assert "'two'" in experiment.remarks[1]


def test_points_that_are_the_same_after_rounding_are_told_with_their_numbers(tmp_path):
    text = "factors: {departments.sales.staff: {range: [8, 10]}}\ntoday: false\ndesign: {kind: sobol, points: 8}\n"
    experiment = load(tmp_path, text)
    values = [value for (value,) in table(experiment)]
    assert set(values) == {8, 9, 10}
    (said,) = experiment.remarks
    assert "line 5, design: 5 points have the values of an earlier one (" in said
    first = next(i for i in range(8) if values[i] in values[:i])
    assert f"({first} as {values.index(values[first])}, " in said
    more = load(tmp_path, text.replace("points: 8", "points: 16")).remarks[0]
    assert "13 points" in more
    assert " and 8 more)" in more
    with_today = load(
        tmp_path, "factors: {departments.sales.staff: {range: [9, 11]}}\ndesign: {kind: sobol, points: 8}\n"
    )
    assert f"({[v for (v,) in table(with_today)].index(9)}" not in with_today.remarks[0]


# What is weighed ------------------------------------------------------------------------------------------


def test_a_post_costs_its_pay_and_a_policy_what_it_says_with_the_posts_that_it_creates(tmp_path):
    company = load_scenario("levante")
    experiment = load(tmp_path, "factors: {departments.sales.staff: {levels: [8, 9]}, more_staff: {levels: [0, 1]}, "
                                "training: {levels: [0, 1]}, patience.scale: {levels: [9 h]}}\n")  # fmt: skip
    costs = yearly_costs(experiment.factors, company)
    assert set(costs) == {"departments.sales.staff", "more_staff", "training"}
    pay = company.parameter("economics.pay") * company.parameter("economics.paid_hours") * 8766 / 168
    assert costs["departments.sales.staff"] == pytest.approx(pay)
    cost = load_policy("training").cost
    people = sum(d.staff * d.pay_share for d in company.departments.values())
    once = cost.once * 8766 / company.time.horizon
    weekly = (cost.weekly + cost.weekly_per_person * people) * 8766 / 168
    assert costs["training"] == pytest.approx(once + weekly, rel=0.01)
    assert costs["more_staff"] > 0.9 * pay


def test_costs_are_those_beyond_today(tmp_path):
    company = load_scenario("levante")
    pay = company.parameter("economics.pay") * company.parameter("economics.paid_hours") * 8766 / 168
    experiment = load(tmp_path, STAFF.replace("[8, 9, 10]", "[8, 9, 10]") + constraint("costs", 1.5 * pay))
    today = company.departments["sales"].staff
    assert today == 8
    assert {staff for staff, _ in table(experiment)} == {8, 9}
    policy = "extends: levante\nname: own\npolicies: [{policy: training}]\n"
    own = load(
        tmp_path,
        "factors: {training: {levels: [0, 1]}}\n" + constraint("costs", 0),
        head="name: p\nscenario: company.yaml\n",
        company_yaml=policy,
    )
    assert table(own) == [(0.0,), (1.0,)]


def test_a_post_of_a_department_that_the_company_does_not_pay_costs_nothing(tmp_path):
    company = load_scenario("levante")
    (outside,) = [name for name, department in company.departments.items() if department.pay_share == 0]
    experiment = load(tmp_path, f"factors: {{departments.{outside}.staff: {{levels: [3, 4]}}}}\n")
    assert yearly_costs(experiment.factors, company) == {f"departments.{outside}.staff": 0.0}


def test_weights_are_per_unit_of_the_value(tmp_path):
    text = "factors: {patience.scale: {levels: [10 h, 20 h, 30 h]}, departments.sales.staff: {levels: [8, 9]}}\ntoday: false\n"
    experiment = load(tmp_path, text + constraint("{patience.scale: 2, departments.sales.staff: 10}", 130))
    assert table(experiment) == [(10.0, 8), (10.0, 9), (20.0, 8), (20.0, 9)]


# What is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TWO + constraint("{}", 1), "constraints.#1.weights: weighs no factor, and at least one is needed; name it"),
        (TWO + constraint("{prity: 1}", 1), "constraints.#1.weights: there is no factor 'prity'. Did you mean 'parity'?"),
        (TWO + constraint("cost", 1), "constraints.#1.weights: got cost; must be one of costs; did you mean 'costs'?"),
        (TWO + constraint("{parity: a}", 1), "got a; write a number without unit"),
        (TWO + constraint("{parity: 1}", "5 %"), "constraints.#1.at_most: got 5 %; write a number without unit"),
        (TWO + constraint("{parity: 1}", 1, "drop"), "must be one of leave out, shrink, resample"),
        (TWO + constraint("{parity: 1}", -1), "constraints: all 6 points are beyond 'budget'; at least one must be within"),
        (TWO + constraint("{parity: 1}", -1, "shrink"), "constraints: point 1 cannot be shrunk within 'budget'"),
        (TWO + constraint("{parity: 1}", 0.5, "resample"), "line 4, constraints: 'budget': only points of a latin hypercube"),
        (RANGES + SOBOL + constraint("{parity: 1}", -1, "resample"), "constraints: of 1,024 points 0 are within 'budget'"),
        ("factors: {calendar: {levels: [always]}}\n" + constraint("{calendar: 1}", 1), "'calendar' has no number today"),
        ("factors: {calendar: {levels: [always]}}\n" + constraint("costs", 1), "no factor is a policy or a number of posts"),
        (TWO + "constraints: {name: budget}\n", "constraints: got a mapping; must be a list"),
        (TWO + "constraints: [{name: budget, weights: costs}]\n", "constraints.#1.at_most: nothing given; it is needed"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_with_its_place(text, says, tmp_path):
    said = refused(tmp_path, text)
    assert said.startswith("plan.yaml, line ")
    assert says in said
