"""`relevo compare`: what it prints follows from its intervals, and they hold together."""

import json
import math
import re
import shlex

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.cli.comparing import compared
from experiments.show.compared import compared_data, compared_tables
from experiments.show.text import Reader, show
from sim.policies import portfolio
from sim.run import RunSpec, run
from sim.scenario.load import load_scenario
from tests.cli.levante_briefly import answer, briefly, failing
from tests.cli.test_commands import relevo

N = 5
WAYS = ("checklist=0.5", "parity+training")
RESPONSES = ("wait_mean", "sales.queue_wait_mean", "sales->warehouse.request_wait_mean")
WORDS = [word for way in WAYS for word in ("--policy", way)] + [word for r in RESPONSES for word in ("--response", r)]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return briefly(tmp_path_factory.mktemp("compare"))


@pytest.fixture(scope="module")
def by_hand(company):
    """Metrics of single runs, by way of working."""
    ways = {
        "": [],
        "checklist=0.5": [("checklist", 0.5)],
        "parity+training": [("parity", 1.0), ("training", 1.0)],
    }
    scenario = load_scenario(company)
    return {
        name: [run(RunSpec(scenario, portfolio(members), 1, r, tables=())).metrics for r in range(N)]
        for name, members in ways.items()
    }


def test_every_interval_of_the_table_shares_the_error_with_all_others(company, by_hand):
    found = answer("compare", company, *WORDS, "--replications", N)
    assert (found["responses"], found["replications"]) == (list(RESPONSES), N)
    assert len(found["differences"]) == 6
    for row in found["differences"]:
        change = [
            a[row["response"]] - b[row["response"]] for a, b in zip(by_hand[row["policy"]], by_hand[""], strict=True)
        ]
        change = [one for one in change if not math.isnan(one)]
        assert row["n"] == len(change)
        wanted = stats.ttest_1samp(change, 0).confidence_interval(1 - 0.05 / 6)
        assert (row["mean"], row["low"], row["high"]) == pytest.approx((np.mean(change), wanted.low, wanted.high))
        standing = "better" if row["high"] < 0 else "worse" if row["low"] > 0 else "indistinguishable"
        assert row["standing"] == standing
    best = found["with_the_best"]
    assert best["response"] == "wait_mean"
    assert [gap["policy"] for gap in best["gaps"]] == ["", *WAYS]
    means = {way: np.mean([row["wait_mean"] for row in rows]) for way, rows in by_hand.items()}
    for gap in best["gaps"]:
        others = min(mean for way, mean in means.items() if way != gap["policy"])
        assert gap["mean"] == pytest.approx(means[gap["policy"]] - others)


def test_tables_are_documented_and_equal_to_what_json_says(company, tmp_path):
    out = tmp_path / "out"
    found = answer("compare", company, *WORDS, "--replications", N, "--out", out)
    assert found["results"] == str(out)
    columns = json.loads((out / "columns.json").read_text())
    manifest = json.loads((out / "manifest.json").read_text())
    wanted = {
        "differences": found["differences"],
        "with_the_best": found["with_the_best"]["gaps"],
        "worse_off": found["worse_off"],
    }
    for name in ("differences", "with_the_best", "worse_off", "runs"):
        table = pd.read_parquet(out / f"{name}.parquet")
        assert list(columns[name]) == [column for column in table.columns if column != "seed"] or list(
            columns[name]
        ) == list(table.columns)
        assert all(words[key] for words in columns[name].values() for key in ("unit", "en", "es"))
        if name in wanted:
            for row, told in zip(table.to_dict("records"), wanted[name], strict=True):
                for key, value in told.items():
                    assert row[key] == value or (value is None and row[key] != row[key]), (name, key)
    assert "paired" not in columns["with_the_best"]["mean"]["en"]
    runs = pd.read_parquet(out / "runs.parquet")
    assert len(runs) == 3 * N
    assert manifest["failures"] == []
    assert manifest["command"].startswith(f"relevo compare {company} --policy checklist=0.5 --policy parity+training")
    again = answer(*shlex.split(manifest["command"])[1:])
    assert again["differences"] == found["differences"]


def test_spanish_is_complete(company):
    result = relevo("compare", company, *WORDS, "--replications", N, "--workers", 1, "--lang", "es")
    assert result.exit_code == 0
    assert "hoy" in result.stdout
    assert "Igualdad" in result.stdout or "Trato" in result.stdout or "igual" in result.stdout
    for word in ("today", "worse", "better", " to ", "runs", "Hand-off", "none"):
        assert word not in result.stdout, word
    assert re.search(r"\d,\d", result.stdout)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--policy", "checklist", "--policy", "checklist"), 2, "the same way of working as --policy checklist"),
        (("--policy", "parity+training", "--policy", "training+parity"), 2, "the same way of working"),
        (("--policy", "checklist", "--policy", "checklist=100%"), 2, "the same way of working"),
        (("--policy", "checklist+checklist"), 2, "stands twice"),
        (("--policy", "checklist+"), 3, "policy"),
        (("--policy", "checklist", "--replications", "1"), 2, "at least 2"),
        (("--policy", "checklist", "--response", "wait_men"), 2, "Did you mean 'wait_mean'?"),
        (("--policy", "checklist", "--response", "salez.queue_wait_mean"), 2, "'sales.queue_wait_mean'"),
        (("--policy", "checklist", "--response", "sales->shop.requests"), 2, "no metric of this company"),
        (("--policy", "checklist", "--response", "orders_placed"), 2, "neither more nor less"),
    ],
)
def test_mistakes_are_said_with_a_remedy(company, tmp_path, words, code, said):
    result = relevo("compare", company, *words, "--workers", 1, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_response_that_never_applies_is_refused_and_leaves_no_folder(tmp_path):
    words = ("compare", "theory/mm1", "--policy", "checklist", "--weeks", 1, "--replications", 2, "--workers", 1)
    result = relevo(*words, "--response", "churn_per_year", "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "churn_per_year: has no value in any run" in result.stderr
    assert not (tmp_path / "out").exists()


# Failures -------------------------------------------------------------------------------------------------------


def test_failed_runs_are_left_out_of_their_pairs_and_said(company, monkeypatch, tmp_path):
    failing(monkeypatch, lambda spec: spec.replication == 1 and "parity" in spec.portfolio.key)
    found = answer("compare", company, *WORDS, "--replications", N, "--out", tmp_path / "out", code=1)
    assert found["failed_runs"] == 1
    counts = {row["policy"]: row["n"] for row in found["differences"] if row["response"] == "wait_mean"}
    assert counts == {"checklist=0.5": N, "parity+training": N - 1}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert [(f["policies"], f["replication"]) for f in manifest["failures"]] == [("parity+training", 1)]
    result = relevo("compare", company, *WORDS, "--replications", N, "--workers", 1, "--lang", "es")
    assert "1 de 15; la primera, parity+training, 1: ZeroDivisionError" in result.stderr


def test_a_way_of_working_that_always_fails_is_an_error_with_its_own_code(company, monkeypatch, tmp_path):
    from sim.errors import InputError

    failing(monkeypatch, lambda spec: "parity" in spec.portfolio.key, InputError("x.yaml: bad; mend it."))
    result = relevo("compare", company, *WORDS, "--replications", 2, "--workers", 1, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "x.yaml: bad; mend it." in result.stderr
    assert not (tmp_path / "out").exists()


# What is said follows from what is shown --------------------------------------------------------------------------


def invented(**ways):
    """Runs with one metric, from values by way of working; `today` is today's."""
    return {
        "" if name == "today" else name: {r: {"wait_mean": float(v)} for r, v in enumerate(values)}
        for name, values in ways.items()
    }


def words_of(found, capsys, language="en"):
    show(*compared_tables(found, load_scenario("theory/mm1"), 10, Reader(language)))
    return capsys.readouterr().out


def luck(seed, size=1.0, n=20):
    values = np.random.default_rng(seed).normal(size=n)
    return (values - values.mean()) / values.std(ddof=1) * size


def test_marks_and_sentences_are_those_of_the_intervals(capsys):
    base = 50 + luck(1, 5)
    found = compared(
        invented(today=base, good=base - 5 + luck(2), bad=base + 5 + luck(3), same=base + luck(4)), ("wait_mean",)
    )
    said = words_of(found, capsys)
    for name, mark in (("good", "✓"), ("bad", "✗")):
        assert next(line for line in said.splitlines() if line.startswith(name)).endswith(mark)
    (line,) = (line for line in said.splitlines() if line.startswith("same"))
    assert line.endswith(")")
    for text in (
        "better than today: 'good'.",
        "worse than today: 'bad'.",
        "cannot be told apart from today: 'same'.",
        "of these and today, the best is 'good'",
    ):
        assert text in said


def test_nothing_is_called_the_best_that_the_table_cannot_tell_from_today(capsys):
    # Two one-sided comparisons with the best need t > 2.09 for each; six joint two-sided ones more than 2.9.
    base = 50 + luck(1, 5)
    t = (stats.t.ppf(1 - 0.05 / 2, 19) + stats.t.ppf(1 - 0.05 / 12, 19)) / 2
    runs = invented(today=base, better=base - t / math.sqrt(20) + luck(2), bad=base + 20 + luck(3))
    for world in runs.values():
        for row in world.values():
            row |= {"profit": 1.0 + row["wait_mean"], "promise_kept_share": 0.5 + row["wait_mean"] / 1000}
    found = compared(runs, ("wait_mean", "profit", "promise_kept_share"))
    assert found.best.certainly_best == 1
    assert found.against["wait_mean"].certainly_better == ()
    assert found.may_be_best == (0, 1)
    said = words_of(found, capsys)
    assert "the best is" not in said
    assert "these cannot be excluded (multiple comparisons with the best, 95 % by itself): today, 'better'." in said
    assert [gap["may_be_best"] for gap in compared_data(found)["with_the_best"]["gaps"]] == [True, True, False]


def test_without_values_nothing_is_said(capsys):
    base = 50 + luck(1, 5)
    found = compared(invented(today=base, none=np.full(20, math.nan), same=base + luck(4)), ("wait_mean",))
    said = words_of(found, capsys)
    assert "nothing can be said, fewer than two runs have a value: 'none'." in said
    assert "cannot be told apart from today: 'same'." in said
    assert "'none'" in said.partition("these cannot be excluded")[2]


def test_what_common_luck_saved_is_written_without_powers_of_ten(capsys):
    base = 50 + luck(1, 50)
    found = compared(invented(today=base, a=base + luck(2, 0.5), b=base - 2 * base), ("wait_mean",))
    said = words_of(found, capsys, "es")
    assert "e+" not in said
    low, high = re.search(r"; de ([\d.,]+) a ([\d.,]+); por debajo", said).groups()
    assert low == "0,5"  # Two variances over that of twice as much.
    assert re.fullmatch(r"1\d\.\d{3}|2\d\.\d{3}", high)  # (50^2 + 50^2) / 0.5^2


def test_all_sixteen_are_compared_if_none_is_named():
    from sim.policies import the_sixteen

    found = answer("compare", "theory/mm1", "--weeks", 1, "--replications", 2, "--response", "wait_mean")
    assert [row["policy"] for row in found["differences"]] == list(the_sixteen())
    assert found["confidence"] == 0.95
