"""What a report rests on: the model's parameters in force with value, grade and source, worst evidence first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from experiments.run.study import Study
from experiments.show.assumptions import counts, source_text, told
from experiments.show.bilingual import Words, token, words
from experiments.show.charts.chart import Cell, Column
from experiments.show.charts.naming import policy_words
from experiments.show.report.compared import Table
from experiments.show.report.quantities import premise_words
from experiments.show.words import LANGUAGES
from sim.parameters.parameter import GRADES as MEANINGS
from sim.scenario.assumptions import GRADES, Premise, premises


def resting(study: Study) -> list[Premise]:
    """Return the numbers that have an effect in the company, worst grade first."""
    return premises(study.scenario, _moved(study))


def _moved(study: Study) -> dict[str, tuple[str, ...]]:
    """Return the parameters that policies of some way of working move, with their names: they have an effect too."""
    found: dict[str, list[str]] = {}
    if any(len(study.members.get(way, {})) > 1 for way in study.ways):
        found["service.attention"] = []
    for name in dict.fromkeys(name for way in study.ways for name in study.members.get(way, {})):
        for effect in study.policies.get(name, {}).get("effects", ()):
            found.setdefault(str(effect["parameter"]), []).append(name)
    return {parameter: tuple(dict.fromkeys(names)) for parameter, names in found.items()}


def summary(study: Study, found: Sequence[Premise]) -> list[Words]:
    """Say how much rests on assumptions: of the company, and of the policies."""
    tally = counts(found)
    said = [words("report rests", assumed=token(tally["assumptions"]), total=token(tally["numbers"]))]
    names = dict.fromkeys(name for way in study.ways for name in study.members.get(way, {}))
    known = [study.policies[name].get("grade", "-") for name in names if name in study.policies]
    if known:
        assumed = sum(grade == "D" for grade in known)
        text = "report rests policies" + {0: " none", len(known): " all"}.get(assumed, "")
        said.append(words(text, assumed=token(assumed), total=token(len(known))))
    return said


def grades_table() -> Table:
    """Return what the letters mean."""
    columns = (Column("grade", words("report column grade")), Column("meaning", words("meaning")))
    rows: list[tuple[Cell, ...]] = [(letter, Words(*MEANINGS[letter])) for letter in GRADES]
    return columns, rows


def premises_table(study: Study, found: Iterable[Premise]) -> Table:
    """Return columns and rows: grade, parameter, value, whose it is, meaning, source."""
    columns = (
        Column("name", words("report column number")),
        Column("grade", words("report column grade")),
        Column("value", words("report column value")),
        Column("origin", words("report column whose")),
        Column("source", words("report column source")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        one = each.parameter
        meaning = Words(*(f"{one.meaning(language)}\n({one.name})" for language in LANGUAGES))
        source = Words(*(source_text(one, language) for language in LANGUAGES))
        value = premise_words(each, study.scenario.currency)
        rows.append((meaning, one.grade, value, _whose(each), source))
    return columns, rows


def _whose(each: Premise) -> Words:
    if not each.given:
        return words("report whose default")
    if each.is_default:
        return words("report whose same")
    return words("report whose given" if each.given == len(each.values) else "report whose part")


def policies_table(study: Study) -> Table:
    """Return every policy's own grade and source: of the sizes of its effects."""
    names = dict.fromkeys(name for way in study.ways for name in study.members.get(way, {}))
    columns = (
        Column("policy", words("report column policy")),
        Column("grade", words("report column grade")),
        Column("source", words("report column source")),
    )
    known = [(name, study.policies.get(name, {})) for name in names]
    known.sort(key=lambda one: GRADES.index(one[1]["grade"]) if one[1].get("grade") in GRADES else len(GRADES))
    rows: list[tuple[Cell, ...]] = [
        (policy_words(study, name), said.get("grade"), said.get("source")) for name, said in known
    ]
    return columns, rows


def not_listed() -> Words:
    """Say what results rest on as much and is not in the table."""
    return Words(*(told("not listed", language) for language in LANGUAGES))
