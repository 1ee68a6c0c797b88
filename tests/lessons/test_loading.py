"""Lesson files: what ships is complete, and what is wrong in one's own is said with its place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from experiments.plan.lessons import schema
from experiments.plan.lessons.amounts import amount
from experiments.plan.lessons.checks import PLACEHOLDER, texts
from experiments.plan.lessons.lesson import Text
from experiments.plan.lessons.load import load_lesson
from experiments.show.texts.lessons import LESSONS
from sim.errors import InputError
from sim.scenario.fields import Label
from sim.scenario.files import shipped_file, shipped_names, shipped_root
from sim.scenario.schema import text as schema_text
from tests.lessons.written import both, lesson, loaded, refused, written

SHIPPED = shipped_names("lessons")


def every_text(part: Any, place: str = "lesson"):
    """Yield every pair of texts of a model, wherever it stands, with its place."""
    if isinstance(part, Text | Label):
        yield place, part.en, part.es
    elif hasattr(part, "model_fields_set"):
        for name in type(part).model_fields:
            yield from every_text(getattr(part, name), f"{place}.{name}")
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from every_text(value, f"{place}.{name}")
    elif isinstance(part, list | tuple):
        for number, value in enumerate(part):
            yield from every_text(value, f"{place}[{number}]")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_lesson_is_called_as_its_file_and_points_to_the_schema(name: str):
    path = shipped_file(name, "lessons")
    assert load_lesson(name).lesson.name == name
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (path.parent / found.group(1)).resolve() == (shipped_root() / "lesson.schema.json").resolve()


@pytest.mark.parametrize("name", SHIPPED)
def test_both_languages_say_everything_and_are_two(name: str):
    found = list(every_text(load_lesson(name).lesson))
    assert len(found) > 30
    for place, english, spanish in found:
        alike = english == spanish
        assert not alike or len(english) < 12, f"{place}: the same in both languages: {english!r}"  # "Marketing".
        assert 0.6 < len(spanish) / len(english) < 2, f"{place}: one says more than the other"
        assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(spanish)), place
        assert english.count("\n\n") == spanish.count("\n\n"), place


@pytest.mark.parametrize("name", SHIPPED)
def test_no_text_about_a_result_has_a_number_of_its_own(name: str):
    """A result is a placeholder: a figure written by hand would go stale and nobody would notice."""
    for statement in load_lesson(name).lesson.insight:
        for text in (statement.text.en, statement.text.es):
            bare = PLACEHOLDER.sub("", text)
            assert not re.search(r"\d", bare.replace("13", "")), bare  # The 13 weeks are the lesson's, not a result.
        assert statement.holds, "a text that rests on nothing would be shown whatever comes out"


@pytest.mark.parametrize("name", SHIPPED)
def test_minutes_are_those_of_the_parts(name: str):
    one = load_lesson(name).lesson
    assert sum(part.minutes for part in one.facilitator.timing) == one.minutes


def test_texts_of_the_page_are_in_both_languages():
    for key, (english, spanish) in LESSONS.items():
        places = [sorted(re.findall(r"\{(\w+)\}", text)) for text in (english, spanish)]
        assert english.strip(), key
        assert spanish.strip(), key
        assert places[0] == places[1], key
        assert english != spanish or len(english) < 35, key


def test_the_published_schema_is_up_to_date_and_says_what_every_key_means():
    published = (shipped_root() / "lesson.schema.json").read_text(encoding="utf-8")
    made = schema.json_schema()
    assert published == schema_text(made), "run: python -m experiments.plan.lessons.schema"
    for name, definition in made["$defs"].items():
        for key, field in definition.get("properties", {}).items():
            assert name.startswith("Part.") or field.get("description"), f"{name}.{key}"


def test_every_text_of_a_lesson_is_looked_at_for_placeholders():
    """The walk of the checks finds every longer text that there is in the model."""
    bound = load_lesson(SHIPPED[0])
    walked = {text for _, text, _ in texts(bound.lesson)}
    assert {(t.en, t.es) for t in walked} == {
        (en, es) for place, en, es in every_text(bound.lesson) if not re.search(r"\.(title|label)$", place)
    }


def test_a_lesson_may_extend_a_shipped_one(tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: green_and_red\nname: mine\nreplications: 5\n", encoding="utf-8")
    bound = load_lesson(tmp_path / "mine.yaml")
    assert bound.lesson.replications == 5
    assert len(bound.rows) == len(load_lesson("green_and_red").rows)


def test_a_lesson_may_use_a_company_and_a_policy_beside_it(tmp_path):
    (tmp_path / "ours.yaml").write_text("extends: levante\nname: ours\n", encoding="utf-8")
    policy = shipped_file("parity", "policies").read_text(encoding="utf-8").replace("name: parity", "name: quiet_hour")
    (tmp_path / "quiet.yaml").write_text(policy, encoding="utf-8")
    change = {"label": both("Quiet"), "policies": {"quiet.yaml": "50 %"}}
    bound = loaded(tmp_path, scenario="ours.yaml", changes={**lesson()["changes"], "quiet": change})
    assert bound.scenario.name == "ours"
    assert bound.way("quiet").portfolio.key == "quiet_hour=0.5"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minuts": 5}, r"mine\.yaml, line \d+, minuts: got the key 'minuts'.* Did you mean 'minutes'\?"),
        ({"title": {"en": "Only English"}}, r"title\.es: nothing given"),
        ({"title": {"en": "x", "es": "  "}, "minutes": 3}, r"minutes: got 3"),
        ({"question": {"en": "x", "es": "   "}}, r"question\.es: .*both languages"),
        ({"scenario": "levant"}, r"scenario: .*Did you mean 'levante'\?"),
        ({"changes": {}}, r"changes: "),
        ({"changes": {"none": {"label": both("x")}}}, r"changes\.none: .*changes nothing"),
        ({"horizon": "3 weks"}, r"horizon: got the unit 'weks'"),
        ({"replications": 4}, r"replications: .*at least 5"),
        ({"early": "3 weeks"}, r"early: is not before the end"),
        ({"compared": ["equal"]}, r"compared.*: got 'equal', which is no change of this lesson"),
        ({"settings": {"time.horizon": "9 weeks"}}, r"settings.*: the lesson says how long in 'horizon'"),
        ({"settings": {"cooperation.trst": 0.2}}, r"settings.*Did you mean 'trust'\?"),
        (
            {"numbers": {**lesson()["numbers"], "x": {"kind": "level", "metric": "wait_maen"}}},
            r"Did you mean 'wait_mean'",
        ),
        ({"numbers": {**lesson()["numbers"], "x": {"kind": "levl", "metric": "wait_mean"}}}, r"numbers\.x\.kind: "),
        ({"question": both("{wait_parity}")}, r"question\.en: \{wait_parity\} would tell the result"),
        ({"insight": [{"text": both("{wait_partiy}")}]}, r"insight.*Did you mean 'wait_parity'\?"),
        ({"charts": [{"chart": "waterfall"}]}, r"charts.*must be one of difference, weeks"),
    ],
)
def test_a_mistake_is_said_with_its_place(tmp_path, changed, said):
    assert re.search(said, refused(tmp_path, **changed), re.DOTALL), refused(tmp_path, **changed)


def change_of(key: str, **changed: Any) -> dict[str, Any]:
    whole = lesson()
    parts = whole[key]
    where = parts[changed.pop("number", 0)] if isinstance(parts, list) else parts[changed.pop("name")]
    where |= changed
    return {key: parts}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (change_of("figures", departments=["sales", "marketing"]), r"figures.*no department 'marketing'"),
        (change_of("figures", green={"at_least": "8 h"}), r"green\.at_least: got the unit 'h'; write such as '90 %'"),
        (change_of("figures", green={"at_least": "8 %", "at_most": "9 %"}), r"either 'at_least' or 'at_most'"),
        (change_of("figures", number=1, departments=["sales"]), r"departments: only goes with a metric of departments"),
        (change_of("figures", number=1, metric="sales.utilisation"), r"stands there twice"),
        (change_of("predictions", range=[5, 1]), r"range: its ends are the wrong way round"),
        (change_of("predictions", range=[5]), r"range: .*two ends"),
        (change_of("predictions", answer="wait_party"), r"answer: .*Did you mean 'wait_parity'\?"),
        (change_of("predictions", number=1, answer="wait_today"), r"answer: 'wait_today' is no difference"),
        (change_of("predictions", number=1, matters="2 %"), r"matters: got the unit '%'"),
        (change_of("predictions", number=1, matters="0 h"), r"matters: .*above 0"),
        (change_of("predictions", number=2, metric="sales.utilisation"), r"neither more nor less is better"),
        (change_of("predictions", number=2, changes=["today", "les"]), r"'les', which is no change"),
        (change_of("numbers", name="people", yardstick=["parity"]), r"yardstick.*has 0 more people"),
        (change_of("numbers", name="wait_parity", look="early"), r"look: needs 'early'"),
        (change_of("changes", name="more", people={"sale": 1}), r"Did you mean 'sales'\?"),
        (change_of("changes", name="more", people={"sales": 0}), r"people\.sales: .*at least 1"),
        (change_of("changes", name="parity", policies={"partiy": 1}), r"Did you mean 'parity'\?"),
        (change_of("insight", holds=[{"number": "wait_today", "goes": "up"}]), r"goes: 'wait_today' is no difference"),
        (change_of("insight", holds=[{"number": "wait_parity"}]), r"claims nothing"),
        (change_of("insight", holds=[{"number": "greens", "at_least": "80 %"}]), r"at_least: got the unit '%'"),
    ],
)
def test_what_does_not_fit_together_is_said_with_its_place(tmp_path, changed, said):
    assert re.search(said, refused(tmp_path, **changed), re.DOTALL), refused(tmp_path, **changed)


def test_two_changes_that_are_the_same_are_refused(tmp_path):
    again = {"label": both("Again"), "policies": {"parity": "100 %"}}
    assert "is the same as 'parity'" in refused(tmp_path, changes={**lesson()["changes"], "again": again})
    nothing = {"label": both("Nothing"), "settings": {"departments.sales.staff": 8}}
    assert "is the same as today" in refused(tmp_path, changes={**lesson()["changes"], "none": nothing})


def test_a_lesson_that_is_not_there_suggests_the_nearest():
    with pytest.raises(InputError, match=r"lesson: 'green_and_rde' .* Did you mean 'green_and_red'\?"):
        load_lesson("green_and_rde")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("90 %", "share", 0.9),
        (0.9, "1/year", 0.9),
        ("-2 days", "h", -48.0),
        ("12 h", "days", 0.5),
        (-5, "EUR/year", -5.0),
    ],
)
def test_amounts_are_read_in_the_unit_of_their_metric(text, unit, value):
    assert amount(text, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("8", "h"), ("8 %", "h"), ("8 h", "share"), ("", "h"), ("1e99", "share"), (True, "share"), ("9" * 99, "h")],
)
def test_other_amounts_are_refused(text, unit):
    with pytest.raises(ValueError, match="write"):
        amount(text, unit)


def test_limits_are_open_to_the_side_that_is_good(tmp_path):
    rows = loaded(tmp_path).rows
    assert [row.metric for row in rows][:2] == ["sales.utilisation", "warehouse.utilisation"]
    assert (rows[0].low, rows[0].high) == (0.1, float("inf"))


def test_a_file_that_is_no_lesson_is_said_so(tmp_path):
    path = written(tmp_path)
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.yaml"):
        load_lesson(path)


def test_the_lessons_shown_in_the_documentation_can_be_loaded(tmp_path):
    page = (shipped_root().parent / "docs" / "lessons.md").read_text(encoding="utf-8")
    variation, whole = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "our_company.yaml").write_text("extends: levante\nname: ours\n", encoding="utf-8")
    for name, text in (("ours", variation), ("slow_answers", whole)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        assert load_lesson(tmp_path / f"{name}.yaml").lesson.name == name
