"""What a lesson asks, as fields to fill in, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.analysis.lessons import Found, best_of, direction
from experiments.plan.lessons.amounts import amount
from experiments.plan.lessons.checks import TODAY_NAME
from experiments.plan.lessons.lesson import DirectionGuess, NumberGuess, Prediction, WhichGuess
from experiments.plan.lessons.load import BoundLesson
from experiments.run.study import Study
from experiments.show.bilingual import Words, token, words
from experiments.show.charts.naming import label_words
from experiments.show.lesson.said import amount_words, found_words, shown_ends, shown_unit, text_words

NONE = "none"
"""Key of the answer that none is clearly best."""


def fields(bound: BoundLesson, numbers: Mapping[str, Found], said: Mapping[str, Words]) -> list[dict[str, Any]]:
    """Return the form: a question each, and a number with its range or a choice of options. It tells no result."""
    return [_field(bound, each, numbers, said) for each in bound.lesson.predictions]


def _field(
    bound: BoundLesson, asked: Prediction, numbers: Mapping[str, Found], said: Mapping[str, Words]
) -> dict[str, Any]:
    question = text_words(asked.question, said)
    if isinstance(asked, NumberGuess):
        low, high = asked.range
        ends = words("lesson from to", low=token(low, _places(low)), high=token(high, _places(high)))
        unit = shown_unit(numbers[asked.answer])
        return {"question": question, "kind": "number", "low": low, "high": high, "ends": ends, "unit": unit}
    counts = None
    if isinstance(asked, DirectionGuess):
        counts = _counts_as_same(asked, numbers[asked.answer])
        options = {key: words(f"lesson {key}") for key in ("up", "down", "unclear")}
    else:
        options = {name: words("lesson is best", name=_name(bound, name)) for name in asked.changes}
        options[NONE] = words("lesson none best")
    return {"question": question, "kind": "choice", "options": options, "counts": counts}


def _counts_as_same(asked: DirectionGuess, number: Found) -> Words | None:
    """Return which change is none to speak of: who predicts has to know it."""
    if not asked.matters:
        return None
    return words(
        "lesson counts as same", limit=amount_words(amount(asked.matters, number.unit), number.unit, points=True)
    )


def answers(bound: BoundLesson, looks: Mapping[str, Study], numbers: Mapping[str, Found]) -> list[dict[str, Any]]:
    """Return what answers each question: for scripts (`right`, or `low`, `high` and `near`), and in words (`said`)."""
    return [_answer(bound, each, looks, numbers) for each in bound.lesson.predictions]


def _answer(
    bound: BoundLesson, asked: Prediction, looks: Mapping[str, Study], numbers: Mapping[str, Found]
) -> dict[str, Any]:
    if isinstance(asked, WhichGuess):
        right = best_of(asked, looks["end"]) or NONE
        said = words("lesson none best") if right == NONE else words("lesson is best", name=_name(bound, right))
        return {"kind": "choice", "right": right, "said": said}
    number = numbers[asked.answer]
    if isinstance(asked, DirectionGuess):
        matters = 0.0 if asked.matters is None else amount(asked.matters, number.unit)
        right = direction(number, matters)
        return {
            "kind": "choice",
            "right": right,
            "said": found_words(number),
            "heading": words(f"lesson {_seen(number, right, matters)}"),
        }
    low, high, places = shown_ends(number)
    count = number.kind == "greens"
    return {
        "kind": "number",
        "low": low,
        "high": high,
        "places": places,
        "near": asked.near,
        "unit": shown_unit(number),
        "apart": shown_unit(number, difference=True),
        "count": count,
        "said": found_words(number),
    }


def _seen(number: Found, right: str, matters: float) -> str:
    """Return how a direction is said: small and not told from chance are two things."""
    one = number.interval
    if right != "unclear" or one.low is None or one.high is None:
        return right
    small = abs(one.mean or 0.0) < matters and (one.is_clear or max(-one.low, one.high) < matters)
    return "small" if small else "chance"


def _name(bound: BoundLesson, name: str) -> Words:
    way = bound.way(None if name == TODAY_NAME else name)
    return label_words(way.label, name)


def _places(value: float) -> int:
    return 0 if float(value).is_integer() else 2
