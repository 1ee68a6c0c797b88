"""What a report may say: nothing that cannot be, no comparison that was not made, no command that does otherwise."""

from dataclasses import replace

import pytest

from experiments.analysis.decision import decide
from experiments.run.study import StudyFactor
from experiments.show.bilingual import Words, finished
from experiments.show.report.about import about_words, fails_words
from experiments.show.report.commands import again, worth_command
from experiments.show.report.compared import decision_table, facts
from experiments.show.report.headline import headline
from experiments.show.report.rests import premises_table, resting, summary
from experiments.show.report.sliders import sliders
from experiments.show.report.stress_experiment import estimation
from sim.policies import load_policy
from tests.report.studies import NOTHING, better, made
from tests.report.sweeps import a_sweep


def nearly_always(study):
    """Return the study with promises that are kept nearly always, but not in every run."""
    wide = study.wide.copy()
    wide["promise_kept_share"] = [0.999 if k % 3 else 0.93 for k in range(len(wide))]
    return replace(study, wide=wide)


def test_no_level_of_a_share_is_above_a_hundred_per_cent():
    study = nearly_always(made({"parity": better()}, n=5))
    row = [
        finished(getattr(cell, "en", cell), "1,234.5")
        for cell in decision_table(study, decide(study), ["parity"])[1][0]
    ]
    assert any("100" in cell for cell in row)
    alone = headline(
        replace(study, ways=("parity",), wide=study.wide.loc[["parity"]]), decide(replace(study, ways=("parity",)))
    )
    assert any("to 100" in finished(said.en, "1,234.5") for said in alone.effects)
    found = sliders(nearly_always(a_sweep()))
    kept = next(metric for metric in found.data["metrics"] if metric["name"].en == "promises kept")
    assert kept["high"] <= 100


def test_where_only_what_nobody_decides_differs_today_is_not_said_to_be_missing():
    study = made({"1": {}, "2": {}})
    design = study.wide.reset_index().drop_duplicates("way").set_index("way")[[]]
    design = design.assign(**{"demand.customers": [1200, 1100, 1300]})
    factor = StudyFactor("demand.customers", None, (1100, 1200, 1300), controllable=False)
    study = replace(study, kind="sweep", design=design, factors=(factor,), members={key: {} for key in study.ways})
    said = headline(study, decide(study))
    assert "not among them" not in said.lead.en
    assert "at each of the other" in said.lead.en
    assert said.next == ()


@pytest.mark.parametrize(
    "plan", [{"policies": {"checklist": 1.0}}, {"settings": {"cooperation.trust": "30 %"}}, {"warm_up": "mser-5"}]
)
def test_what_a_plan_sets_everywhere_is_said_and_no_command_leaves_it_out(plan):
    study = made({"parity": better()})
    study = replace(study, manifest={**study.manifest, "plan": {}})
    assert again(study, ["parity"]).startswith("relevo compare levante")
    assert "--weeks 52" in worth_command(study, decide(study))
    study = replace(study, manifest={**study.manifest, "plan": plan})
    assert again(study, ["parity"]) == worth_command(study, decide(study)) == ""
    everywhere = [value.en for label, value in facts(study) if label.en.startswith("Everywhere")]
    assert len(everywhere) == ("warm_up" not in plan)


def test_what_is_in_force_today_as_well_is_no_part_of_what_is_recommended():
    study = made({"checklist+parity": better()})
    policies = {name: load_policy(name).model_dump(mode="json") for name in ("checklist", "parity")}
    members = {"": {"checklist": 1.0}, "checklist+parity": {"checklist": 1.0, "parity": 1.0}}
    study = replace(study, members=members, policies=policies)
    found = decide(study)
    about, *_ = about_words(study, found.chosen)
    said = [headline(study, found).lead, about, *fails_words(study, found.chosen)]
    assert len([one for one in said if "Equal treatment" in one.en]) == 3
    assert not any("checklist" in one.en.lower() for one in said)


def test_assumptions_counted_are_those_of_the_table_that_the_company_gives_no_value_of_its_own():
    study = made({"parity": better()})
    columns, rows = premises_table(study, resting(study))
    grade, whose = ([column.key for column in columns].index(key) for key in ("grade", "origin"))
    own = [row[whose].en for row in rows if row[grade] == "D"]
    assumed = sum(not each.startswith("the company's file") or each.endswith("as the default") for each in own)
    assert f", {assumed} are assumptions" in finished(summary(study, resting(study))[0].en, "1,234.5")


def test_the_price_of_a_way_of_working_counts_the_people_whom_it_adds():
    study = made({"checklist+more_staff": better()}, metrics=("wait_mean", "profit"))
    policies = {name: load_policy(name).model_dump(mode="json") for name in ("checklist", "more_staff")}
    members = {"": {}, "checklist+more_staff": {"checklist": 1.0, "more_staff": 1.0}}
    wide = study.wide.assign(policy_cost=[2_000.0 * (way != "") for way, _ in study.wide.index])
    study = replace(study, members=members, policies=policies, wide=wide)
    said = " ".join(finished(one.en, "1,234.5") for one in about_words(study, "checklist+more_staff"))
    assert "270,000 EUR" in said  # Four posts at 32 EUR, 40 h a week, and the checklist.


def test_every_family_of_intervals_is_named_with_its_own_confidence():
    study = made({"parity": better(), "training": NOTHING})
    found = decide(study)
    said = " ".join(part.en for part in estimation(study, found) if isinstance(part, Words))
    assert f"{len(found.effects) * found.responses};0;⟧ share the error of 5 %" in said
    assert "these two families holds with 95 % by itself" in said  # The best, and who is worse off: not in that count.
