"""The page about the shipped policies, and the sentences on it, from made-up estimates."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from benchmarks.policies import compared, pays_up_to
from benchmarks.policies_page import Stage
from benchmarks.policies_said import CUSTOMER, FIGURES, NOTHING, Alone, Measured, customers, sentence, worse_off
from experiments.analysis.intervals import Estimate
from sim.measures.columns import describe
from sim.policies import load_policy
from sim.scenario.files import shipped_names

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
LABELS = {"sales": "Sales", "it": "IT", "hr": "HR"}


def section(title: str) -> str:
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


# The page -------------------------------------------------------------------------------------------------


def test_the_page_is_dated():
    found = re.search(r"Written by `python -m benchmarks\.policies` on (\S+): relevo", TEXT)
    assert found is not None
    assert dt.date.fromisoformat(found.group(1)).year >= 2024


@pytest.mark.parametrize("name", shipped_names("policies"))
def test_every_policy_has_a_row_and_a_sentence(name: str):
    policy = load_policy(name)
    assert section("Each policy alone").count(f"\n| {policy.mission} `{name}` |") == 1
    assert section("In a sentence").count(f"\n- **{policy.label['en']}** (`{name}`): customers ") == 1


def test_policies_are_added_until_all_fifteen_are_in_force():
    added = re.findall(r"^\| (\d+) \| `(\w+)` \|", section("Where it stops paying"), re.MULTILINE)
    assert [int(number) for number, _ in added] == list(range(1, 16))
    assert len({name for _, name in added}) == 15


# Sentences ------------------------------------------------------------------------------------------------

UNCLEAR = Estimate(-1.0, 1.5, 40)


def measured(theirs: dict[str, Estimate] | None = None, cost: float = 2000.0, **figures: Estimate) -> Measured:
    return Measured({f.metric: figures.get(f.metric, UNCLEAR) for f in FIGURES}, theirs or {}, cost)


def said(free: Measured, held: Measured, looks: int = 20) -> str:
    return sentence(Alone(load_policy("checklist"), free, held, 12.0), looks, LABELS)


def test_what_cannot_be_told_apart_is_said_to_be_so():
    text = said(measured(), measured())
    assert text == (
        f"customers notice {NOTHING}; it costs 2.0k a year and 12.0 hours a week of people's time, and to the profit "
        f"it does {NOTHING} (-1 ± 2k a year); worse off: nobody who can be told apart."
    )


@pytest.mark.parametrize("figure", CUSTOMER, ids=lambda figure: figure.metric)
def test_what_is_told_apart_is_said_with_its_direction(figure):
    higher = describe(figure.metric).better == "higher"
    for mean in (3.0, -3.0):
        text = customers(measured(**{figure.metric: Estimate(mean, 1.0, 40)}).figures)
        assert NOTHING not in text
        assert text == "customers " + (figure.better if (mean > 0) == higher else figure.worse).format("3.0")


def test_better_and_worse_stand_side_by_side():
    figures = measured(wait_mean=Estimate(5.0, 1.0, 40), promise_kept_share=Estimate(4.0, 1.0, 40)).figures
    assert customers(figures) == "customers see 4.0 points more promises kept, but wait 5.0 % longer"


def test_another_verdict_on_the_wait_with_as_many_customers_is_said():
    text = said(measured(), measured(wait_mean=Estimate(-6.0, 2.0, 40)))
    assert text.startswith(f"customers notice {NOTHING} (with as many customers as today they wait 6.0 % less);")


def test_whoever_is_worse_off_is_named_and_in_which_world():
    clear, less = Estimate(2.0, 0.1, 40), Estimate(1.0, 0.1, 40)
    free = {"sales.queue_wait_mean": clear, "sales->it.request_wait_mean": clear, "hr->it.request_wait_mean": less}
    held = {"sales.queue_wait_mean": clear, "sales.items_per_hour": Estimate(-0.01, 0.001, 40)}
    text = said(measured(free, profit=Estimate(-9.0, 2.0, 40)), measured(held))
    assert "profit falls by 9k ± 2k a year" in text
    assert text.endswith(
        "worse off: orders queueing at Sales (+2.0 h); with the customers that it brings or loses, Sales and HR "
        "waiting for IT (+1.0 to +2.0 h); with as many customers as today, Sales by its own figure (-0.010 "
        "items an hour and person)."
    )


def test_the_more_is_looked_at_the_clearer_harm_must_be():
    theirs = {"sales.queue_wait_mean": Estimate(1.2, 1.0, 40), "it.queue_wait_mean": Estimate(-9.0, 1.0, 40)}
    assert worse_off(theirs, 1) == ["sales.queue_wait_mean"]
    assert worse_off(theirs, 1000) == []


def test_only_departments_and_pairs_that_were_seen_are_looked_at():
    row = {f.metric: 1.0 for f in FIGURES} | {"policy_cost": 0.0, "sales.queue_wait_mean": 3.0}
    today = {k: row | {"it.items_per_hour": 0.0, "it->hr.request_wait_mean": 1.0} for k in range(4)}
    treated = {k: row | {"it.items_per_hour": 0.0, "it->hr.request_wait_mean": float("nan")} for k in range(4)}
    assert list(compared(treated, today).theirs) == ["sales.queue_wait_mean"]


@pytest.mark.parametrize(
    ("gains", "number"), [([(5, 1), (3, 1), (1, 2), (4, 1)], 2), ([(-5, 1)], 0), ([(5, 1), (3, 1)], 2)]
)
def test_it_pays_up_to_the_last_policy_before_one_without_a_clear_gain(gains: list[tuple[float, float]], number: int):
    stages = [Stage(load_policy("checklist"), measured(), Estimate(mean, half, 40), 0.0) for mean, half in gains]
    assert pays_up_to(stages) == number
