"""`relevo worth`: hires placed on some luck and measured on other, against running every world alone."""

import numpy as np
import pytest

from experiments.analysis.mean_interval import interval
from experiments.analysis.worth import equivalent
from experiments.cli import valuing
from experiments.cli.placing import hired
from experiments.run.worlds import Worlds
from sim.policies import Portfolio, portfolio
from sim.run import RunSpec, run
from sim.scenario.load import load_scenario
from sim.units import HOURS_PER_YEAR
from tests.cli.levante_briefly import answer, briefly, failing
from tests.cli.test_commands import relevo

N = 10
SHOP = """
name: shop
time: {warm_up: 1 week, horizon: 3 weeks, drain: 2 weeks}
departments:
  counter: {staff: 1}
  bench: {staff: 1}
  supplier: {staff: 1, pay_share: 0}
routes:
  job:
    - {step: ask, department: counter, work: {mean: 30 min, cv: 0.5}}
    - {step: fetch, department: supplier, work: {mean: 5 min, cv: 1}}
    - {step: mend, department: bench, work: {mean: 54 min, cv: 1}, delivers: true}
orders: {job: {route: job, value: {mean: 100, cv: 0.2}}}
demand: {kind: stream, rate: 1 per h}
cooperation: {completeness: 70 %}
economics: {pay: 20, margin: 80 %}
"""
WORDS = ("--policy", "checklist", "--policy", "more_staff", "--most", 2, "--replications", N)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return briefly(tmp_path_factory.mktemp("worth"), SHOP)


@pytest.fixture(scope="module")
def asked():
    """Which replications of which worlds were run: told by the fixture `found`."""
    return []


@pytest.fixture(scope="module")
def found(shop, asked):
    real = Worlds.run

    def noting(self, first, end):
        asked.append((tuple(p.key for p in self.portfolios.values()), first, end))
        return real(self, first, end)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worlds, "run", noting)
        return answer("worth", shop, *WORDS)


def metrics(shop, way, first, end):
    company = load_scenario(shop)
    return [run(RunSpec(company, way, 1, r, tables=())).metrics for r in range(first, end)]


def gains(shop, way, first=4 * N, end=5 * N):
    both = zip(metrics(shop, Portfolio(), first, end), metrics(shop, way, first, end), strict=True)
    return [one["wait_mean"] - other["wait_mean"] for one, other in both]


def test_hires_are_placed_where_they_help_most_on_replications_that_measure_nothing(shop, found, asked):
    wanted = []
    for _ in range(2):
        mean = {name: np.mean(gains(shop, hired([*wanted, name]), 0, 4 * N)) for name in ("counter", "bench")}
        wanted.append(max(mean, key=mean.get))
    assert found["hires_placed"] == wanted
    *placing, measuring = asked
    assert measuring[1:] == (4 * N, 5 * N)
    assert found["first_replication"] == 4 * N
    assert max(end for _, _, end in placing) == 4 * N
    assert len(measuring[0]) == len(set(measuring[0]))
    assert not any("supplier" in key for keys, _, _ in asked for key in keys)


def test_the_answer_is_that_of_single_runs_on_fresh_replications(shop, found):
    order = found["hires_placed"]
    (told,) = (row for row in found["policies"] if row["policy"] == "checklist")
    gain = gains(shop, portfolio([("checklist", 1.0)]))
    curve = np.array([gains(shop, hired(order[:h])) for h in (1, 2)]).T
    wanted = equivalent(gain, curve)
    assert {**vars(wanted), "beyond": wanted.beyond} == told["hires"]
    change = interval([-one for one in gain], method="t")
    assert (told["change"]["mean"], told["change"]["low"]) == pytest.approx((change.mean, change.low))
    bench = np.array([gains(shop, hired(["bench"] * h)) for h in (1, 2)]).T
    assert told["hires_by_department"]["bench"]["hires"] == equivalent(gain, bench).hires
    assert set(told["hires_by_department"]) == {"counter", "bench"}
    one, other = (
        [row["profit"] for row in metrics(shop, way, 4 * N, 5 * N)]
        for way in (Portfolio(), portfolio([("checklist", 1.0)]))
    )
    assert told["profit_per_year"]["mean"] == pytest.approx(np.mean(other) - np.mean(one))
    assert told["customers_kept_per_year"]["mean"] is None  # A stream has no customers who could be kept.


def test_one_hire_costs_what_the_profit_says(shop):
    one, other = (metrics(shop, way, 0, 1)[0] for way in (Portfolio(), hired(["bench"])))
    found = answer("worth", shop, *WORDS[:2], "--most", 1, "--replications", N)
    assert other["cost"] - one["cost"] == pytest.approx(found["pay_per_year"], rel=0.03)


def test_customers_kept_are_those_that_today_are_lost_by_the_year(tmp_path):
    company = briefly(tmp_path)
    found = answer("worth", company, "--policy", "training", "--most", 1, "--replications", N)
    (told,) = found["policies"]
    way = portfolio([("training", 1.0)])
    both = zip(metrics(company, Portfolio(), 4 * N, 5 * N), metrics(company, way, 4 * N, 5 * N), strict=True)
    kept = np.mean([one["customers_left"] - other["customers_left"] for one, other in both])
    assert told["customers_kept_per_year"]["mean"] == pytest.approx(kept * HOURS_PER_YEAR / (3 * 168))
    assert "supplier" not in told["hires_by_department"]


def test_hires_themselves_are_worth_about_what_they_are(shop, found):
    # 'more_staff' adds people too: it stands beside the hires as a policy, and nothing is run twice under one name.
    assert {row["policy"] for row in found["policies"]} == {"checklist", "more_staff"}
    (told,) = (row for row in found["policies"] if row["policy"] == "more_staff")
    assert told["hires"]["helps"]


def test_a_way_of_working_that_is_a_hire_is_worth_exactly_that_many(shop, tmp_path):
    file = tmp_path / "hire.yaml"
    policy = hired(["bench"]).members[0].policy
    file.write_text(policy.model_dump_json(), encoding="utf-8")  # JSON is YAML.
    found = answer("worth", shop, "--policy", file, "--most", 2, "--replications", N)
    (told,) = found["policies"]
    other = policy.model_dump() | {"takes_attention": True}
    file = tmp_path / "other.yaml"
    file.write_text(type(policy).model_validate(other).model_dump_json(), encoding="utf-8")
    refused = relevo("worth", shop, "--policy", file, "--most", 2, "--replications", N, "--workers", 1)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "rename the policy" in refused.stderr
    assert told["hires_by_department"]["bench"]["hires"] == pytest.approx(1.0)
    assert told["hires_by_department"]["bench"]["low"] <= 1 <= told["hires_by_department"]["bench"]["high"]


def test_tables_in_both_languages(shop):
    english, spanish = (relevo("worth", shop, *WORDS, "--workers", 1, "--lang", each) for each in ("en", "es"))
    assert (english.exit_code, spanish.exit_code) == (0, 0)
    for text in ("hires that do", "other replications", "all hires in one department", "EUR a year"):
        assert text in " ".join(english.stdout.split())
    for text in ("contrataciones que", "otras réplicas", "en un departamento"):
        assert text in " ".join(spanish.stdout.split())
    for text in (" to ", "hires", "other", "today", "year"):
        assert text not in spanish.stdout


def test_a_company_with_one_department_and_one_with_nobody_of_its_own(tmp_path):
    found = answer("worth", "theory/mm1", "--policy", "training", "--weeks", 1, "--most", 2, "--replications", N)
    assert found["hires_placed"] == ["desk", "desk"]
    (told,) = found["policies"]
    assert told["hires"] == told["hires_by_department"]["desk"]
    nobody = briefly(tmp_path, "extends: theory/mm1\ndepartments: {desk: {staff: 1, pay_share: 0}}\n")
    result = relevo("worth", nobody, "--policy", "training", "--workers", 1)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "payroll" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--policy", "checklist", "--replications", 9), 2, "at least 10"),
        (("--policy", "checklist", "--policy", "checklist=1"), 2, "the same way of working"),
        (("--policy", "checklist", "--response", "wait_men"), 2, "Did you mean 'wait_mean'?"),
        (("--policy", "checklist", "--response", "sales.queue_wait_mean"), 2, "no metric of this company"),
        (("--policy", "checklist", "--response", "orders_placed"), 2, "neither more nor less"),
        (("--policy", "checklist", "--most", 0), 2, "--most"),
        (("--policy", "checklst"), 3, "Did you mean 'checklist'?"),
    ],
)
def test_mistakes_are_said_with_a_remedy(shop, words, code, said):
    result = relevo("worth", shop, *words, "--workers", 1)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_failed_runs_are_left_out_and_a_place_that_always_fails_is_an_error(shop, monkeypatch):
    with monkeypatch.context() as patch:
        failing(patch, lambda spec: spec.replication in (2, 42) and spec.portfolio.key == "hire_1_bench")
        found = answer("worth", shop, *WORDS, code=1)
    assert found["failed_runs"] == 2
    assert {row["hires_by_department"]["bench"]["n"] for row in found["policies"]} == {N - 1}
    failing(monkeypatch, lambda spec: "bench" in spec.portfolio.key)
    result = relevo("worth", shop, *WORDS, "--workers", 1)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no staff" in result.stderr


def test_interrupted_nothing_is_said(shop, monkeypatch):
    from experiments.run.interrupt import StopRequest

    monkeypatch.setattr(StopRequest, "__enter__", lambda self: setattr(self, "requested", True) or self)
    result = relevo("worth", shop, *WORDS, "--workers", 1)
    assert (result.exit_code, result.stdout) == (130, "")


def test_names_of_hires_tell_departments_apart_however_long():
    long = ["d" * 59 + end for end in "ab"]
    keys = {hired([name] * count).key for name in long for count in (1, 2)}
    assert len(keys) == 4
    assert hired([long[0], long[1]]).key == hired([long[1], long[0]]).key


def test_the_plan_of_the_race_adds_up():
    assert valuing.ROUNDS[-1] == valuing.FRESH
    assert len(valuing.ENTRANTS) == len(valuing.ROUNDS) - 1
