"""`relevo why`: against running each world alone and counting by hand."""

import math

import pytest

from experiments.analysis.mean_interval import interval
from sim.policies import InForce, Portfolio, load_cause, load_policy
from sim.run import RunSpec, run
from sim.scenario.files import shipped_names
from sim.scenario.load import load_scenario
from tests.cli.levante_briefly import answer, briefly, failing
from tests.cli.test_commands import relevo

CAUSES = shipped_names("causes")
N = 4


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return briefly(tmp_path_factory.mktemp("why"))


@pytest.fixture(scope="module")
def found(company):
    return answer("why", company, "--policy", "checklist=0.5", "--replications", N)


def world(company, *policies):
    members = tuple(InForce(policy=policy, intensity=x) for policy, x in policies)
    return [run(RunSpec(load_scenario(company), Portfolio(members=members), replication=r)) for r in range(N)]


def left(result):
    """Customers who left in weeks 2 to 5."""
    rows = result.tables["customers"].itertuples()
    return [row.customer for row in rows if not math.isnan(row.left) and 2 * 168 <= row.left <= 5 * 168]


def test_what_each_cause_cost_is_counted_on_the_tables_of_runs_of_their_own(company, found):
    here = world(company, (load_policy("checklist"), 0.5))
    assert [len(left(result)) for result in here] == [result.metrics["customers_left"] for result in here]
    assert sum(len(left(result)) for result in here) > 20
    assert {each["cause"] for each in found["without_cause"]} == set(CAUSES)
    for each in found["without_cause"][:3]:
        without = world(company, (load_policy("checklist"), 0.5), (load_cause(each["cause"]), 1.0))
        saved, instead = [], []
        for one, other in zip(map(left, here), map(left, without), strict=True):
            saved.append(sum(customer not in other for customer in one) / len(one))
            instead.append(sum(customer not in one for customer in other) / len(one))
        net = [s - i for s, i in zip(saved, instead, strict=True)]
        for name, values in (("saved_share", saved), ("lost_instead_share", instead), ("net_share", net)):
            wanted = interval(values, method="t" if name == "net_share" else "default")
            assert (each[name]["mean"], each[name]["low"], each[name]["high"]) == pytest.approx(
                (wanted.mean, wanted.low, wanted.high)
            )
        change = [b.metrics["wait_mean"] - a.metrics["wait_mean"] for a, b in zip(here, without, strict=True)]
        assert each["changes"]["wait_mean"]["mean"] == pytest.approx(sum(change) / N)
    nets = [each["net_share"]["mean"] for each in found["without_cause"]]
    assert nets == sorted(nets, reverse=True)


def test_the_account_adds_up_to_the_change_of_the_wait_in_opening_hours(company, found):
    here, today = world(company, (load_policy("checklist"), 0.5)), world(company)
    change = [b.metrics["wait_open_mean"] - a.metrics["wait_open_mean"] for a, b in zip(today, here, strict=True)]
    account = found["account"]
    assert sum(row["change"]["mean"] for row in account["causes"]) == pytest.approx(sum(change) / N, abs=1e-9)
    (whole,) = account["together"]
    assert whole["change"]["mean"] == pytest.approx(sum(change) / N, abs=1e-9)
    assert (whole["change"]["low"], whole["change"]["high"]) == pytest.approx(
        (interval(change, method="t").low, interval(change, method="t").high)
    )
    pair = account["pairs"][0]
    moved = [b.metrics[pair["name"]] - a.metrics[pair["name"]] for a, b in zip(today, here, strict=True)]
    assert pair["change"]["mean"] == pytest.approx(sum(moved) / N)


def test_the_printed_account_ends_with_all_others_and_all_together_in_both_languages(company):
    words = ("why", company, "--policy", "checklist", "--replications", 2, "--workers", 1)
    english, spanish = relevo(*words), relevo(*words, "--lang", "es")
    assert (english.exit_code, spanish.exit_code) == (0, 0)
    lines = english.stdout.splitlines()
    (end,) = (i for i, line in enumerate(lines) if line.startswith("all together"))
    assert lines[end - 1].startswith("all others")
    for text in ("Incomplete hand-offs", "who waits for whom", "no ranking"):
        assert text in english.stdout
    for text in ("todas juntas", "Entregas incompletas", "quién espera a quién", "Lista de control"):
        assert text in spanish.stdout
    for text in ("all ", "today", " to ", "without", "Billing"):
        assert text not in spanish.stdout


# One order, one customer ----------------------------------------------------------------------------------------


def test_one_order_in_every_world(company):
    here = world(company)[1]
    orders = here.tables["orders"]
    measured = orders[(orders["measured"] == 1) & orders["wait"].notna()]
    longest = max(measured.itertuples(), key=lambda row: row.wait)
    found = answer("why", company, "--order", "longest", "--replication", 1)
    assert found["order"] == longest.order > 2**31
    assert set(found["worlds"]) == {"here", *CAUSES}
    same = answer("why", company, "--order", longest.order, "--replication", 1)
    assert same == found
    for name in (CAUSES[0], CAUSES[3]):
        (row,) = [
            row
            for row in world(company, (load_cause(name), 1.0))[1].tables["orders"].itertuples()
            if row.order == longest.order
        ]
        told = found["worlds"][name]
        assert told["wait"] == pytest.approx(row.wait)
        assert (told["outcome"], told["clarifications"], told["customer"]) == (
            row.outcome,
            row.clarifications,
            row.customer,
        )
        assert told["late"] == (row.delivered > row.promised)


def only_in(company, name, table, key):
    """Keys that are in one world of replication 0 and not in the other."""
    here, other = world(company)[0], world(company, (load_cause(name), 1.0))[0]
    return sorted(set(here.tables[table][key]) - set(other.tables[table][key]))


def test_an_order_that_is_never_placed_in_another_world(company):
    name = "slow_answers"
    key = only_in(company, name, "orders", "order")[0]
    found = answer("why", company, "--order", key)
    assert found["worlds"][name] is None
    assert found["worlds"]["here"]["known"]
    assert "never placed" in relevo("why", company, "--order", key, "--workers", 1).stdout


def test_one_customer_who_left_and_one_who_is_not_there_elsewhere(company, monkeypatch):
    from experiments.cli import reasons

    gone = left(world(company)[0])[0]
    found = answer("why", company, "--customer", gone)
    here = world(company)[0]
    (row,) = [row for row in here.tables["customers"].itertuples() if row.customer == gone]
    waits = [
        o.wait for o in here.tables["orders"].itertuples() if o.customer == gone and o.measured and o.wait == o.wait
    ]
    told = found["worlds"]["here"]
    assert told["left"] == row.left
    assert told["wait"] == (pytest.approx(sum(waits) / len(waits)) if waits else None)
    real = reasons._customer
    calls = iter(range(100))
    monkeypatch.setattr(reasons, "_customer", lambda result, key: real(result, key) if next(calls) < 2 else None)
    said = relevo("why", company, "--customer", gone, "--workers", 1)
    assert sum("never came" in line for line in said.stdout.splitlines()) == len(CAUSES) - 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--order", "12345"), 3, "--order 12345: no such order in replication 0"),
        (("--order", "9" * 30), 3, "no such order"),
        (("--order", "²"), 2, "write an order's key"),
        (("--order", "-3"), 2, "write an order's key"),
        (("--customer", "-3"), 3, "--customer -3: no such customer"),
        (("--customer", "9" * 30), 3, "no such customer"),
        (("--customer", "3", "--order", "4"), 2, "exclude each other"),
        (("--policy", "cheklist"), 3, "Did you mean 'checklist'?"),
    ],
)
def test_mistakes_are_said_with_a_remedy(company, words, code, said):
    result = relevo("why", company, *words, "--workers", 1)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


# Companies without this or that ---------------------------------------------------------------------------------


def test_a_cause_that_cannot_apply_is_said_to_change_nothing():
    words = ("why", "theory/mm1", "--replications", 2, "--weeks", 1)
    found = answer(*words)
    for each in found["without_cause"]:
        assert each["changes_nothing"]
        assert each["saved_share"]["mean"] is None
    said = relevo(*words, "--workers", 1).stdout
    assert said.startswith("Change nothing here, in any run: 'Disputes and blame'")
    order = relevo("why", "theory/mm1", "--order", "longest", "--weeks", 1, "--workers", 1).stdout
    assert "stays" not in order  # Nobody knows whether the customer of a stream comes again.


def test_only_the_causes_that_cannot_apply_are_left_out_of_the_table(tmp_path):
    company = briefly(
        tmp_path,
        "extends: theory/jackson\ntime: {warm_up: 1 week, horizon: 2 weeks}\ncooperation: {completeness: 60 %}\n",
    )
    found = {each["cause"]: each for each in answer("why", company, "--replications", 2)["without_cause"]}
    assert not found["incomplete_handoffs"]["changes_nothing"]
    assert found["blind_promises"]["changes_nothing"]
    said = relevo("why", company, "--replications", 2, "--workers", 1).stdout
    assert "Incomplete hand-offs" in said.partition("Change nothing")[0]
    assert "Promises" in said.partition("Change nothing")[2]


# Failures -------------------------------------------------------------------------------------------------------


def test_failed_runs_are_said_and_left_out(company, monkeypatch):
    failing(monkeypatch, lambda spec: spec.replication == 1 and "blame" in spec.portfolio.key)
    result = relevo("why", company, "--replications", 3, "--workers", 1)
    assert result.exit_code == 1
    assert "1 of 24; the first, Disputes and blame, 1: ZeroDivisionError" in result.stderr
    found = answer("why", company, "--replications", 3, code=1)
    assert found["failed_runs"] == 1
    assert {each["cause"]: each["saved_share"]["n"] for each in found["without_cause"]}["blame"] == 2
    one = relevo("why", company, "--order", "longest", "--replication", 1, "--workers", 1)
    assert one.exit_code == 1
    assert "1 of 8; the first, Disputes and blame, 1" in one.stderr
    assert "without: Disputes and blame" not in one.stdout


def test_without_the_world_as_it_is_the_reason_is_the_error(company, monkeypatch):
    from sim.errors import InputError

    failing(monkeypatch, lambda spec: not spec.portfolio.members, InputError("orders.csv: bad; mend it."))
    for words in ((), ("--order", "longest")):
        result = relevo("why", company, "--replications", 2, "--workers", 1, *words)
        assert (result.exit_code, result.stdout) == (3, "")
        assert "orders.csv: bad; mend it." in result.stderr


def test_interrupted_nothing_is_said(company, monkeypatch):
    from experiments.run.interrupt import StopRequest

    monkeypatch.setattr(StopRequest, "__enter__", lambda self: setattr(self, "requested", True) or self)
    for words in ((), ("--order", "longest")):
        result = relevo("why", company, "--replications", 2, "--workers", 1, *words)
        assert (result.exit_code, result.stdout) == (130, "")
        assert "Interrupted" in result.stderr
