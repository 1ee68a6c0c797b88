"""What a report says: every case in both languages, whole sentences, numbers with their units and intervals."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from experiments.analysis.decision import decide
from experiments.run.study import StudyFactor
from experiments.show.bilingual import Words, finished
from experiments.show.charts.chart import cell_words
from experiments.show.report import compared, provenance, rests, worse
from experiments.show.report.commands import worth_command
from experiments.show.report.headline import headline
from experiments.show.report.hires import hires_words
from experiments.show.report.stress_des import ITEMS, stress_des
from experiments.show.words import LANGUAGES
from sim.policies import load_policy
from sim.scenario.load import load_scenario
from tests.report.studies import NOTHING, better, made, yardstick

STEADY = better(profit=-90_000.0)
CASES = {
    "best": made({"parity": better(wait_mean=-9.0), "training": better()}),
    "alone": made({"parity": better(), "training": NOTHING}),
    "only": made({"parity": better()}),
    "alike": made({"parity": better(), "training": better()}),
    "many": made({w: better() for w in ("parity", "training", "checklist", "rotation", "spaces", "shared_goals")}),
    "costly": made({"parity": STEADY, "training": NOTHING}),
    "mixed": made({"parity": better(wait_mean=6.0), "training": NOTHING}),
    "only mixed": made({"parity": better(wait_mean=6.0)}),
    "nothing": made({"parity": NOTHING, "training": NOTHING}),
    "only nothing": made({"parity": NOTHING}),
    "one run": made({"parity": better()}, n=1),
    "described": made({"parity": better()}, today=False),
    "several": made({"parity": better(), "training": better()}, today=False),
}


def text(said, language="en"):
    return finished(getattr(cell_words(said), language), "1,234.5" if language == "en" else "1.234,5")


def whole(study, language="en"):
    head = headline(study, decide(study))
    intro = [] if head.intro is None else [head.intro]
    said = (head.lead, *intro, *head.effects, *head.otherwise, *head.sure, *(each for each, _ in head.next))
    return [text(each, language) for each in said]


@pytest.mark.parametrize("case", CASES)
def test_every_case_says_what_to_do_in_both_languages(case):
    english, spanish = (whole(CASES[case], language) for language in LANGUAGES)
    assert len(english) == len(spanish) >= 2
    for one, other in zip(english, spanish, strict=True):
        assert one != other
        assert one[0].isupper() or one[0] == "“"
        assert re.search(r"[.:]$", one)
        assert re.search(r"[.:]$", other)
        assert not re.search(r"[{}⟦⟧]|\breport (lead|sure|open|level)|None[^ ]|\bnan\b", one + other)
        # The same numbers, written in the way of each language.
        digits = [sorted(re.findall(r"\d+", said)) for said in (one, other)]
        assert digits[0] == digits[1]


@pytest.mark.parametrize(
    ("case", "begins"),
    [
        ("best", "Choose “Equal treatment of colleagues and customers”: of the 2 ways of working compared"),
        ("alone", "Choose “Equal treatment of colleagues and customers”: of the 2 ways of working compared"),
        ("only", "“Equal treatment of colleagues and customers” is clearly better for the customer"),
        ("alike", "Choose “"),
        ("many", "Among those that may be best is"),
        ("costly", "Nothing that clearly helps the customer, and clearly harms the customer in nothing, is free"),
        ("mixed", "None of the 2 ways of working can be recommended"),
        ("only mixed", "“Equal treatment of colleagues and customers” cannot be recommended"),
        ("nothing", "None of the 2 ways of working can be told to be better"),
        ("only nothing", "“Equal treatment of colleagues and customers” cannot be told to be better"),
        ("one run", "Nothing can be recommended: each way of working was run only once"),
        ("described", "Nothing is compared here: this report describes one way of working, “Equal treatment"),
        ("several", "Nothing can be recommended: 2 ways of working were run, but today's is not among them"),
    ],
)
def test_leads(case, begins):
    lead = whole(CASES[case])[0]
    assert lead.startswith(begins)
    assert ("Perhaps as good, or better: “" in lead) == (case == "alike")


def test_best_is_said_of_no_other_case():
    for case, study in CASES.items():
        assert ("the one that does most" in whole(study)[0]) == (case == "best")


def test_numbers_of_the_headline_are_those_of_the_decision_with_unit_and_interval():
    study = yardstick(CASES["best"], per_hire=3.0)
    found = decide(study)
    said = whole(study)
    change = found.effects["parity"].changes["wait_mean"].interval
    (wait,) = (each for each in said if each.startswith("The customer waits"))
    hours, percent = re.findall(r"([\d.]+) (?:%|h) \(([\d.]+) to ([\d.]+)\)", wait)
    assert [float(x) for x in hours] == pytest.approx([-change.mean, -change.high, -change.low], abs=0.05)
    relative = found.effects["parity"].relative
    wanted = [-100 * x for x in (relative.mean, relative.high, relative.low)]
    assert [float(x) for x in percent] == pytest.approx(wanted, abs=0.05)
    assert any(re.match(r"Profit rises by [\d,]+ EUR per year \([\d,]+ to [\d,]+\); today", each) for each in said)
    assert any(re.match(r"More customers stay: \d+\.?\d* customers per year", each) for each in said)
    assert any(re.match(r"To shorten the wait as much by hiring would take 3\.0 \(", each) for each in said)


def test_a_figure_that_is_not_clear_is_not_said_to_change():
    said = whole(made({"parity": better(profit=0.0)}))
    assert any(each.startswith("Profit: no clear change") for each in said)
    assert not any("Profit rises" in each or "Profit falls" in each for each in said)


def test_what_to_do_next_is_a_command_for_the_few_that_matter():
    head = headline(CASES["alike"], decide(CASES["alike"]))
    (_, command), (_, checked) = head.next
    assert re.fullmatch(r"relevo sensitivity levante --assumptions --policy (parity|training)", checked)
    assert command.startswith("relevo compare levante --policy ")
    assert {"parity", "training"} <= set(command.split())
    described = headline(CASES["described"], decide(CASES["described"]))
    assert described.next[0][1].startswith("relevo compare levante --policy parity")
    assert worth_command(CASES["best"], decide(CASES["best"])) == "relevo worth levante --policy parity --weeks 52"


def test_where_a_field_was_varied_no_command_of_policies_is_given():
    design = pd.DataFrame({"point": [0, 1, 2], "departments.sales.staff": [8, 9, 10]}, index=["", "1", "2"])
    factors = (StudyFactor("departments.sales.staff", None, (8, 9, 10), True),)
    sweep = made({"1": better(), "2": better()}, kind="sweep", design=design, factors=factors)
    found = decide(sweep)
    assert all(command == "" for _, command in headline(sweep, found).next)
    assert worth_command(sweep, found) == ""


# Tables -----------------------------------------------------------------------------------------------------


def test_the_table_of_many_ways_shows_those_a_decision_turns_on_and_counts_the_others():
    effects = {f"{i}": better(wait_mean=-0.1 * i, profit=40_000.0 - 100 * i) for i in range(1, 31)}
    design = pd.DataFrame({"point": range(31), "parity": [i / 30 for i in range(31)]}, index=["", *effects])
    factors = (StudyFactor("parity", "parity", tuple(i / 30 for i in range(31)), True),)
    study = made(effects, kind="sweep", design=design, factors=factors)
    study = replace(study, members={way: {"parity": i / 30} if i else {} for i, way in enumerate(study.ways)})
    found = decide(study)
    shown = compared.rows_shown(study, found)
    assert len(shown) == 15
    assert {found.chosen, found.best_in("profit"), found.best_in("churn_per_year")} <= set(shown)
    waits = [found.effects[way].mean("wait_mean") for way in shown]
    assert waits == sorted(waits)
    legend = [text(each) for each in compared.legend(study, found, shown)]
    assert any("15 of 30" in each and "15 are left out" in each for each in legend)
    columns, rows = compared.decision_table(study, found, shown)
    assert len(rows) == 16
    assert len({len(row) for row in rows} | {len(columns)}) == 1


def test_marks_of_the_table_are_the_verdicts():
    study = made({"parity": better(profit=-90_000.0), "training": NOTHING})
    found = decide(study)
    columns, rows = compared.decision_table(study, found, ["parity", "training"])
    keys = [column.key for column in columns]
    _, parity, training = ([text(cell) for cell in row] for row in rows)
    assert "✓" in parity[keys.index("wait_mean")]
    assert "✗" in parity[keys.index("profit")]
    assert not any("✓" in cell or "✗" in cell for cell in training)


def test_hires_in_words():
    from experiments.analysis.worth import Equivalent

    def said(*values, cell=False):
        return text(hires_words(Equivalent(*values), cell=cell))

    assert said(1.23, 0.91, 2.08, 4, True, False, 20) == "1.2 (0.9 to 2.1)"
    assert said(3.1, 1.6, None, 4, True, False, 20) == "3.1 (1.6 to more than 4)"
    assert said(None, None, None, 4, True, False, 20) == "more than 4"
    assert said(None, 0.0, 0.0, 4, False, True, 20) == "none: makes it worse"
    assert text(hires_words(None)) == "–"


def test_a_price_names_pay_where_people_are_hired():
    study = CASES["best"]
    more = load_policy("more_staff").model_dump(mode="json")
    assert "pay of those who are hired" in text(worse.price_words(study, more))
    assert text(worse.price_words(study, load_policy("parity").model_dump(mode="json"))) == "30 EUR a week"
    assert text(worse.price_words(study, {"cost": {}, "effects": []})).startswith("only people's time")


def test_figures_of_pairs_say_who_waits_for_whom():
    study = CASES["best"]
    assert text(worse.figure_words(study, "sales.morale_mean")) == "Sales: mean morale of its people"
    said = worse.figure_words(study, "warehouse->it.request_wait_mean")
    assert text(said) == "mean time until IT answered Warehouse, on the calendar"
    assert text(said, "es") == "tiempo medio hasta que Informática respondió a Almacén, de calendario"


def test_who_is_worse_off_is_told_with_today_and_change():
    effects = {"parity": better(profit=-90_000.0), "training": NOTHING}
    study = made(effects)
    found = worse.harmed(study, ["parity", "training"], 2)
    assert [each.metric for each in found["parity"]] == ["profit"]
    lead, told = (text(each) for each in worse.worse_words(study, found, "parity"))
    assert lead == "Under “Equal treatment of colleagues and customers” clearly worse than today:"
    assert re.fullmatch(r"Profit: [\d,]+ EUR per year today, -[\d,]+ EUR per year \(-[\d,]+ to -[\d,]+\)\.", told)
    (nobody,) = worse.worse_words(study, worse.harmed(study, ["training"], 2), "training")
    assert "no figure" in text(nobody)
    few, many = (worse.harmed(study, ["parity"], of)["parity"][0].change for of in (1, 50))
    assert (many.high - many.low) > (few.high - few.low)


# What it rests on, where it comes from ----------------------------------------------------------------------


def test_assumptions_come_worst_first_with_those_that_policies_bring():
    study = CASES["best"]
    found = rests.resting(study)
    grades = [each.parameter.grade for each in found]
    assert grades == sorted(grades, key=["D", "C", "B", "A", "-"].index)
    _, rows = rests.premises_table(study, found)
    assert len(rows) == len(found) > 50
    spanish = " ".join(text(row[2], "es") for row in rows)
    assert "días" in spanish
    assert not re.search(r"\b(days|weeks|years|per year)\b", spanish)
    _, policies = rests.policies_table(study)
    assert {text(row[1]) for row in policies} == {"D"}


def test_a_command_names_no_folder_of_the_machine():
    line = "relevo simulate '/a/folder/my work/shop.yaml' --orders=/data/o.csv --policy parity=0.5 --weeks 4"
    assert provenance.without_folders(line) == (
        "relevo simulate shop.yaml --orders=o.csv --policy parity=0.5 --weeks 4"
    )
    assert provenance.without_folders("relevo sweep C:\\a\\b\\plan.yaml") != ""
    said = "/a/folder/shop.yaml, demand: C:\\data\\orders.csv: got 1/2 per h; ~/x/y.csv"
    assert provenance.without_paths(said) == "shop.yaml, demand: orders.csv: got 1/2 per h; y.csv"


def test_gaps_are_said():
    study = CASES["best"]
    failures = [{"policies": "parity", "replication": 3, "reason": "/a/folder/shop.yaml: no staff"}]
    failed = replace(study, manifest={"failures": failures, "complete": False})
    (said,) = provenance.gaps(failed)
    assert "Failed runs: 1." in text(said)
    assert text(said).endswith("shop.yaml: no staff")
    assert "/a/folder" not in text(said)
    (said,) = provenance.gaps(replace(study, manifest={"interrupted": True, "complete": False}))
    assert "interrupted" in text(said)
    assert provenance.gaps(study) == []
    assert len(provenance.gaps(CASES["one run"])) == 1


# STRESS-DES ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", ["levante", "cadena", "theory/mm1"])
def test_every_item_of_the_standard_is_filled_in_both_languages(scenario):
    study = made({"parity": better()}, scenario=scenario)
    sections = stress_des(study, decide(study))
    items = [item for _, each in sections for item in each]
    assert [item.number for item in items] == [number for number, _ in ITEMS]
    assert len(items) == 24
    for item in items:
        assert item.parts, item.number
        for part in item.parts:
            if isinstance(part, Words):
                for language in LANGUAGES:
                    said = text(part, language)
                    assert said.strip()
                    assert not re.search(r"[⟦⟧]|stress |mechanism |family |written ", said), (item.number, said)
            else:
                columns, rows = part
                assert rows
                assert all(len(row) == len(columns) for row in rows)


def test_the_standard_says_what_this_company_is_and_not_what_any_is():
    def said(scenario):
        study = made({"parity": better()}, scenario=scenario)
        parts = [part for _, items in stress_des(study, decide(study)) for item in items for part in item.parts]
        cells = [cell for part in parts if not isinstance(part, Words) for row in part[1] for cell in row]
        return " ".join(text(each) for each in [*(p for p in parts if isinstance(p, Words)), *cells])

    levante, mm1 = said("levante"), said("theory/mm1")
    for name, department in load_scenario("levante").departments.items():
        assert str(department.label["en"]) in levante, name
    assert "1,200 customers at the start" in levante
    assert "Mon–Fri 9:00–17:00" in levante
    assert "always open" in mm1
    assert "morale" in levante
    assert "Customers do not leave." in mm1
    assert "MISSING: why this was asked" in levante
