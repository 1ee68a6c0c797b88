"""Whether the parts of a lesson refer to one another: numbers, changes, placeholders in texts, charts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from experiments.plan.lessons.amounts import amount
from experiments.plan.lessons.lesson import (
    Claim,
    DirectionGuess,
    Gap,
    Greens,
    Hires,
    Lesson,
    Level,
    NumberGuess,
    Text,
    WhichGuess,
)
from experiments.plan.lessons.rows import check_metric
from experiments.plan.load import responses_of
from experiments.plan.place import Place
from sim.errors import InputError, nearest, shown
from sim.measures.columns import describe
from sim.scenario.company import Scenario

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
TODAY_NAME = "today"
"""What a lesson calls today's way of working where it may choose among ways."""
Keys = tuple[str | int, ...]
Quantity = Level | Gap | Greens | Hires


def check(lesson: Lesson, company: Scenario, place: Place) -> None:
    """See that everything that a lesson names is there.

    Raises
    ------
    InputError
        With the place of the first that is not, and what there is.
    """
    known = set(responses_of(company))
    if TODAY_NAME in lesson.changes:
        raise InputError(f"{place('changes', TODAY_NAME)}: that name is today's way of working; choose another.")
    if lesson.early is not None and lesson.early >= lesson.horizon:
        raise InputError(f"{place('early')}: is not before the end ('horizon'); write a shorter time.")
    for number, name in enumerate(lesson.compared):
        _among(name, lesson.changes, "change", place, "compared", number)
    _check_numbers(lesson, known, place)
    _check_predictions(lesson, known, company.currency, place)
    _check_claims(lesson, company, place)
    _check_texts(lesson, place)
    for number, chart in enumerate(lesson.charts):
        check_metric(chart.metric, known, place, "charts", number, "metric")


def _among(name: str, known: object, what: str, place: Place, *keys: str | int) -> None:
    names = list(known)  # type: ignore[call-overload]
    if name not in names:
        raise InputError(
            f"{place(*keys)}: got {shown(name)}, which is no {what} of this lesson. {nearest(name, names)}"
        )


def _check_numbers(lesson: Lesson, known: set[str], place: Place) -> None:
    for name, quantity in lesson.numbers.items():
        where: Keys = ("numbers", name)
        if quantity.change is not None:
            _among(quantity.change, lesson.changes, "change", place, *where, "change")
        if not isinstance(quantity, Greens):
            check_metric(quantity.metric, known, place, *where, "metric")
        if quantity.look == "early" and lesson.early is None:
            raise InputError(
                f"{place(*where, 'look')}: needs 'early' in the lesson; write for example 'early: 13 weeks'."
            )
        if isinstance(quantity, Hires):
            _check_yardstick(quantity, lesson, place, where)


def _check_yardstick(quantity: Hires, lesson: Lesson, place: Place, where: Keys) -> None:
    _must_have_a_side(quantity.metric, place, *where, "metric")
    for number, name in enumerate(quantity.yardstick):
        _among(name, lesson.changes, "change", place, *where, "yardstick", number)
        change = lesson.changes[name]
        people = sum(change.people.values())
        if people != number + 1 or change.policies or change.settings:
            raise InputError(
                f"{place(*where, 'yardstick', number)}: '{name}' has {people} more people; the changes of a yardstick "
                f"have one more, two more, three more and nothing else; this one needs {number + 1}."
            )


def _must_have_a_side(metric: str, place: Place, *keys: str | int) -> None:
    if describe(metric).better is None:
        raise InputError(f"{place(*keys)}: of '{metric}' neither more nor less is better; name another metric.")


def _check_predictions(lesson: Lesson, known: set[str], currency: str, place: Place) -> None:
    for number, prediction in enumerate(lesson.predictions):
        where: Keys = ("predictions", number)
        if isinstance(prediction, WhichGuess):
            check_metric(prediction.metric, known, place, *where, "metric")
            _must_have_a_side(prediction.metric, place, *where, "metric")
            for i, name in enumerate(prediction.changes):
                _among(name, (TODAY_NAME, *lesson.changes), "change", place, *where, "changes", i)
            continue
        _among(prediction.answer, lesson.numbers, "number", place, *where, "answer")
        if isinstance(prediction, NumberGuess):
            if prediction.range[0] >= prediction.range[1]:
                raise InputError(
                    f"{place(*where, 'range')}: its ends are the wrong way round; write the lower one first."
                )
        elif not isinstance(lesson.numbers[prediction.answer], Gap):
            raise InputError(
                f"{place(*where, 'answer')}: '{prediction.answer}' is no difference; a direction is that of a "
                "difference; name a number with 'kind: difference'."
            )
        elif prediction.matters is not None:
            _check_matters(lesson, prediction, currency, place, where)


def _check_matters(lesson: Lesson, guess: DirectionGuess, currency: str, place: Place, where: Keys) -> None:
    try:
        smallest = amount(guess.matters or 0, unit_of(lesson.numbers[guess.answer], currency))
    except ValueError as error:
        raise InputError(f"{place(*where, 'matters')}: {error}.") from None
    if smallest <= 0:
        raise InputError(f"{place(*where, 'matters')}: got {shown(guess.matters)}; write an amount above 0.")


def unit_of(quantity: Quantity, currency: str) -> str:
    """Return the unit of a number; empty for counts."""
    return "" if isinstance(quantity, Greens | Hires) else describe(quantity.metric, currency).unit


def _check_claims(lesson: Lesson, company: Scenario, place: Place) -> None:
    for number, statement in enumerate(lesson.insight):
        for i, claim in enumerate(statement.holds):
            where: Keys = ("insight", number, "holds", i)
            _among(claim.number, lesson.numbers, "number", place, *where, "number")
            quantity = lesson.numbers[claim.number]
            if claim.goes is not None and not isinstance(quantity, Gap):
                raise InputError(
                    f"{place(*where, 'goes')}: '{claim.number}' is no difference; write at_least or at_most."
                )
            for key in ("at_least", "at_most"):
                _read_end(claim, key, unit_of(quantity, company.currency), place, where)


def _read_end(claim: Claim, key: str, unit: str, place: Place, where: Keys) -> None:
    written = getattr(claim, key)
    if written is not None:
        try:
            amount(written, unit)
        except ValueError as error:
            raise InputError(f"{place(*where, key)}: {error}.") from None


def texts(lesson: Lesson) -> Iterator[tuple[Keys, Text, bool]]:
    """Yield every longer text of a lesson with its place, and whether it is read before the result is shown."""
    yield ("question",), lesson.question, True
    for i, prediction in enumerate(lesson.predictions):
        yield ("predictions", i, "question"), prediction.question, True
    for i, statement in enumerate(lesson.insight):
        yield ("insight", i, "text"), statement.text, False
    for i, text in enumerate(lesson.discuss):
        yield ("discuss", i), text, True
    guide = lesson.facilitator
    for i, part in enumerate(guide.timing):
        yield ("facilitator", "timing", i, "text"), part.text, False
    for key in ("expected", "traps", "not_said"):
        for i, text in enumerate(getattr(guide, key)):
            yield ("facilitator", key, i), text, False
    for i, source in enumerate(lesson.sources):
        yield ("sources", i, "text"), source.text, False


def _check_texts(lesson: Lesson, place: Place) -> None:
    asked = {p.answer for p in lesson.predictions if not isinstance(p, WhichGuess)}
    for keys, text, beforehand in texts(lesson):
        for language in ("en", "es"):
            for name in PLACEHOLDER.findall(getattr(text, language)):
                where: Keys = (*keys, language)
                _among(name, lesson.numbers, "number", place, *where)
                quantity = lesson.numbers[name]
                if beforehand and (name in asked or quantity.change is not None):
                    raise InputError(
                        f"{place(*where)}: {{{name}}} would tell the result before the prediction; only numbers of "
                        "today that no prediction asks for may stand here."
                    )
