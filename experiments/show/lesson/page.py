"""Put a lesson's page together: what is read before is in the page as it is, the result is sealed until predicted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from experiments.analysis.lessons import Found, found, holds
from experiments.plan.lessons.checks import Quantity
from experiments.plan.lessons.lesson import Greens, Hires, Source, Statement
from experiments.plan.lessons.load import BoundLesson
from experiments.run.provenance import relevo_version
from experiments.run.study import Study
from experiments.show.bilingual import Words, joined, same, token, words
from experiments.show.charts.naming import label_words, metric_words, policy_words
from experiments.show.lesson.board import board
from experiments.show.lesson.charts import WAY, lesson_charts
from experiments.show.lesson.predictions import answers, fields
from experiments.show.lesson.said import found_words, paragraphs, text_words
from experiments.show.page.packing import packed
from experiments.show.page.page import write_page
from experiments.show.words import WORDS
from sim.units import HOURS_PER_WEEK

TWO_YEARS = 104.0
"""[weeks] -- a horizon that is called so in lessons."""
EARLY, END = "early", "end"
# Scripts fill these in.
SAID = ("missing", "out of range", "within", "within count", "near", "far", "right", "wrong")


def lesson_page(
    bound: BoundLesson, looks: dict[str, Study], *, language: str, command: str, left_out: Callable[[str, str], None]
) -> str:
    """Return a lesson as one HTML file; the same lesson, results and version give the same text.

    Parameters
    ----------
    bound : BoundLesson
        The lesson.
    looks : dict of str to Study
        Its results, by look.
    language : str
        What the page opens in.
    command : str
        What gives the same page again.
    left_out : callable
        Told the name of a chart that cannot be made, and why.
    """
    lesson, study = bound.lesson, looks[END]
    numbers = {name: found(quantity, looks, bound.rows) for name, quantity in lesson.numbers.items()}
    said = {name: found_words(number) for name, number in numbers.items()}
    charts = lesson_charts(bound, study, left_out)
    ways = {key: label_words(bound.way(key).label, key) for key in bound.compared}
    title = label_words(lesson.title, lesson.name)
    return write_page(
        "lesson.html.j2",
        title=title,
        language=language,
        charts=charts,
        choices={WAY: ways},
        data={"answers": answers(bound, looks, numbers), "said": {key: Words(*WORDS[f"lesson {key}"]) for key in SAID}},
        scripts=("lesson.js",),
        seal=lambda markup: packed(str(markup).encode()),
        kind=words("lesson kind", minutes=token(lesson.minutes), company=_company(bound)),
        question=paragraphs(text_words(lesson.question, said)),
        fields=fields(bound, numbers, said),
        answers=answers(bound, looks, numbers),
        standing_of=_standing_of(bound),
        reading=words("lesson reading", runs=token(study.replications)),
        boards=_boards(bound, looks),
        insight=[_statement(bound, each, numbers, said) for each in lesson.insight],
        charts_shown=list(charts),
        several=len(ways) > 1 and any(hasattr(each, "by") for each in charts.values()),
        choose_label=words("lesson choose"),
        discuss=[text_words(each, said) for each in lesson.discuss],
        guide=_guide(bound, said),
        sources=_sources(bound, said),
        description=_description(bound),
        made=_made(bound, study),
        command=command,
        file=words("lesson written", file=_place(bound)),
    )


def _place(bound: BoundLesson) -> str:
    """Return the lesson's file, of one that is not shipped without its folders: the page is handed to others."""
    return bound.place if bound.place.startswith("scenarios/") else Path(bound.place).name


def _company(bound: BoundLesson) -> Words:
    return label_words(bound.scenario.label, bound.scenario.name)


def _standing_of(bound: BoundLesson) -> Words:
    """Return what the result is worth, to be read beforehand: a model's, of a company that may be made up."""
    model = words("lesson model")
    if bound.lesson.scenario.endswith(".yaml"):
        return model
    name = label_words(bound.scenario.label, bound.scenario.name)
    return joined([words("lesson made up", company=Words(*(text.split(",")[0] for text in name))), model], " ")


def _description(bound: BoundLesson) -> Words | None:
    about = bound.scenario.description
    return None if about is None else words("lesson company", description=label_words(about, ""))


def _boards(bound: BoundLesson, looks: dict[str, Study]) -> list[dict[str, Any]]:
    """Return the scoreboards, the early one first; each with the time after which it was looked at."""
    found_boards = []
    for look in (EARLY, END):
        if look in looks:
            weeks = looks[look].scenario.time.horizon / HOURS_PER_WEEK
            after = "lesson after years" if weeks == TWO_YEARS else "lesson after"
            heading = words(after, weeks=token(weeks, 0 if weeks == int(weeks) else 1))
            found_boards.append({"heading": heading, **board(bound, looks, look)})
    return found_boards


def _statement(
    bound: BoundLesson, statement: Statement, numbers: Mapping[str, Found], said: Mapping[str, Words]
) -> dict[str, Any]:
    """Return a text about the result, or what there is instead where the result does not bear it out."""
    if all(holds(claim, numbers[claim.number]) for claim in statement.holds):
        return {"text": text_words(statement.text, said), "holds": True}
    names = dict.fromkeys(claim.number for claim in statement.holds)
    given = [quantity_words(bound, bound.lesson.numbers[name], said[name]) for name in names]
    return {"text": words("lesson not shown", numbers=joined(given, "; ")), "holds": False}


def unclear(bound: BoundLesson, looks: dict[str, Study]) -> list[int]:
    """Return the numbers (from 1) of the statements that the results do not bear out."""
    numbers = {name: found(quantity, looks, bound.rows) for name, quantity in bound.lesson.numbers.items()}
    return [
        place
        for place, each in enumerate(bound.lesson.insight, 1)
        if not all(holds(claim, numbers[claim.number]) for claim in each.holds)
    ]


def quantity_words(bound: BoundLesson, quantity: Quantity, value: Words) -> Words:
    """Return what a number is, and its value."""
    way = label_words(bound.way(quantity.change).label, quantity.change or "")
    if isinstance(quantity, Greens):
        name = joined([words("lesson green name"), words(f"lesson owner {quantity.owner}")], ": ")
    elif isinstance(quantity, Hires):
        name = words("lesson hires name")
    else:
        name = metric_words(_named_by(bound), quantity.metric)
    return words(
        "lesson number early" if quantity.look == EARLY else "lesson number of", name=name, way=way, value=value
    )


def _named_by(bound: BoundLesson) -> Study:
    """Return a study that only names things."""
    import pandas as pd

    return Study("compare", bound.scenario, (), pd.DataFrame(), {}, {})


def _guide(bound: BoundLesson, said: Mapping[str, Words]) -> dict[str, Any]:
    guide = bound.lesson.facilitator
    parts = {key: [text_words(each, said) for each in getattr(guide, key)] for key in ("expected", "traps", "not_said")}
    timing = [(same(token(part.minutes)), text_words(part.text, said)) for part in guide.timing]
    return {**parts, "timing": timing}


def _sources(bound: BoundLesson, said: Mapping[str, Words]) -> list[tuple[str, Words]]:
    """Return grade and text of what the lesson rests on: its own sources, then those of its policies' files."""

    def own(source: Source) -> tuple[str, Words]:
        return source.grade, text_words(source.text, said)

    members = {policy.name: policy.model_dump(mode="json") for policy in bound.policies}
    study = Study("compare", bound.scenario, (), _named_by(bound).wide, {}, members)
    of_policies = [
        (str(known["grade"]), words("lesson policy source", name=policy_words(study, name), source=known["source"]))
        for name, known in members.items()
    ]
    return [*(own(source) for source in bound.lesson.sources), *of_policies]


def _made(bound: BoundLesson, study: Study) -> Words:
    time = bound.scenario.time
    return words(
        "lesson made",
        version=relevo_version(),
        runs=token(study.replications),
        weeks=token(study.scenario.time.horizon / HOURS_PER_WEEK),
        warm_up=token(time.warm_up / HOURS_PER_WEEK),
        seed=str(bound.lesson.seed),
    )
