"""The first page of a report: what a way of working is, its price, what else could be chosen; and what is printed."""

import re
from dataclasses import replace

import pytest

from experiments.analysis.decision import decide
from experiments.show.bilingual import finished
from experiments.show.page.packing import HERE
from experiments.show.report.about import about_words, evidence_words, fails_words
from experiments.show.report.otherwise import otherwise
from experiments.show.report.report import report
from sim.policies import load_policy
from tests.report.studies import NOTHING, better, made


def said(items):
    return [finished(each.en, "1,234.5") for each in items]


def test_the_way_that_is_named_is_explained_with_its_price_its_failure_and_its_evidence():
    study = made({"cross_training": better(), "training": NOTHING})
    what, paid = said(about_words(study, "cross_training"))
    assert what.startswith("“Cross-training”: People learn the work of a second department")
    assert what.endswith("Price: 5 EUR a week for each person.")
    assert "already taken off" in paid
    policy = load_policy("cross_training")
    (fails,) = said(fails_words(study, "cross_training"))
    assert policy.failure_mode["en"] in fails
    (evidence,) = said(evidence_words(study, "cross_training"))
    assert f"grade {policy.grade} (" in evidence
    assert about_words(study, None) == fails_words(study, None) == evidence_words(study, None) == []


def test_what_policies_cost_in_a_year_is_the_difference_of_the_means():
    study = made({"parity": better()})
    wide = study.wide.assign(policy_cost=[1000.0 if way == "" else 9912.0 for way, _ in study.wide.index])
    *_, total = said(about_words(replace(study, wide=wide), "parity"))
    assert "about 8,900 EUR per year" in total


def test_at_part_of_its_intensity_a_price_is_called_that_of_the_whole():
    study = made({"parity": better()})
    study = replace(study, members={"": {}, "parity": {"parity": 0.5}})
    assert "Price at full intensity: 30 EUR a week." in said(about_words(study, "parity"))[0]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"profit": -90_000.0}, r"it clearly costs profit, (89|90),\d"),
        ({"promise_kept_share": -0.05}, r"it clearly harms the customer in promises kept, -\d"),
    ],
)
def test_the_shortest_wait_of_all_is_never_passed_over_in_silence(changes, reason):
    study = made({"more_staff": better(wait_mean=-9.0, **changes), "parity": better()})
    found = decide(study)
    assert found.chosen == "parity"
    (passed,) = said(otherwise(study, found))
    assert passed.startswith("“More staff” shortens the wait more on average, -9.")
    assert re.search(reason, passed)
    # What is eligible itself is not passed over.
    study = made({"training": better(wait_mean=-9.0), "parity": better()})
    assert not any("shortens the wait more" in each for each in said(otherwise(study, decide(study))))


def test_what_is_best_in_another_figure_is_named_once_with_what_it_does_to_the_wait():
    other = better(wait_mean=-1.0, promise_kept_share=0.1, profit=80_000.0)
    study = made({"training": better(wait_mean=-9.0), "parity": other})
    (told,) = said(otherwise(study, decide(study)))
    assert told.count("Equal treatment") == 1
    assert "promises kept, +" in told
    assert "profit, +" in told
    assert re.search(r"But in customer's wait it has -1\.\d+ h \(-", told)


def test_folds_are_printed_only_if_they_were_opened_and_a_line_says_so():
    page = report(made({"parity": better(), "training": NOTHING}))
    folds = re.findall(r'<details class="([^"]+)"', page)
    assert folds.count("more kept") >= 3
    assert set(folds) <= {"more kept", "numbers live-only"}
    assert len(re.findall(r'class="note print-only"', page)) == 1
    style, script = ((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "js/controls.js"))
    assert "details:not(.kept)::details-content { content-visibility: visible; }" in style
    assert "details:not(.numbers, .private, .kept):not([open])" in script
