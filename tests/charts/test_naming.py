"""Names of ways of working: what is other than today, and nothing that is in force today as well."""

from dataclasses import replace

from experiments.show.charts.naming import way_words
from tests.charts.made_up import job


def named(**members):
    study = job({way: {"wait_mean": [1.0, 2.0]} for way in ("", *members)})
    return replace(study, members={"": {"checklist": 1.0, "training": 0.5}, **members})


def test_policies_that_are_in_force_today_as_well_are_no_part_of_a_name():
    study = named(a={"checklist": 1.0, "training": 0.5, "parity": 1.0}, b={"checklist": 1.0, "training": 1.0})
    assert [way_words(study, way).en for way in study.ways] == ["today", "parity", "training"]


def test_a_policy_of_today_that_is_given_up_or_done_less_is_named_so():
    study = named(a={"training": 0.5}, b={"checklist": 1.0, "training": 0.25})
    assert [way_words(study, way).en.replace("⟦", "").split(";")[0] for way in study.ways[1:]] == [
        "checklist at 0",
        "training at 25",
    ]


def test_without_today_every_policy_is_named():
    study = named(a={"checklist": 1.0, "parity": 1.0})
    alone = replace(study, ways=("a",), wide=study.wide.loc[["a"]])
    assert way_words(alone, "a").en == "checklist + parity"
