"""A lesson's numbers and texts in words, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.analysis.lessons import Found
from experiments.plan.lessons.checks import PLACEHOLDER
from experiments.plan.lessons.lesson import Text
from experiments.show.bilingual import Words, interval_words, same, token, unit_words, words
from experiments.show.numbers import decimals, unit_scale


def text_words(text: Text, numbers: Mapping[str, Words]) -> Words:
    """Return a text with its numbers filled in."""

    def filled(language: str) -> str:
        said = {name: getattr(value, language) for name, value in numbers.items()}
        return PLACEHOLDER.sub(lambda place: str(said[place[1]]), getattr(text, language))

    return Words(filled("en"), filled("es"))


def paragraphs(said: Words) -> list[Words]:
    r"""Return the paragraphs of a text; where the languages have different numbers of them, one.

    Examples
    --------
    >>> paragraphs(Words("a\n\nb", "c\n\nd"))
    [Words(en='a', es='c'), Words(en='b', es='d')]
    """
    both = [[part.strip() for part in text.split("\n\n") if part.strip()] for text in said]
    if len(both[0]) != len(both[1]):
        return [said]
    return [Words(*pair) for pair in zip(*both, strict=True)]


def found_words(number: Found) -> Words:
    """Return a number with its interval and unit."""
    one = number.interval
    if number.kind == "greens":
        low, high, most = int(one.low or 0), int(one.high or 0), number.most
        if low == high:
            return words("lesson greens", number=token(low), most=token(most or 0))
        return words("lesson greens range", low=token(low), high=token(high), most=token(most or 0))
    if number.kind == "hires":
        return _people(number)
    if one.mean is None:
        return words("lesson no number")
    return interval_words(one, number.unit, difference=number.kind == "difference")


def _people(number: Found) -> Words:
    one, most = number.interval, token(number.most or 0)
    if one.mean is None:
        return words("lesson beyond", most=most) if one.n else words("lesson no number")
    low = token(one.low or 0.0, 1)
    if one.high is None:
        return words("lesson people beyond", number=token(one.mean, 1), low=low)
    return words("lesson people", number=token(one.mean, 1), low=low, high=token(one.high, 1))


def shown_unit(number: Found, *, difference: bool = False) -> Words:
    """Return the unit in which somebody enters a prediction of a number, or in which two such are apart."""
    return same("") if not number.unit else unit_words(number.unit, points=difference or number.kind == "difference")


def shown_ends(number: Found) -> tuple[float | None, float | None, int]:
    """Return the ends of a number's interval in the unit that is shown, as they are printed, and their decimals."""
    one = number.interval
    factor = unit_scale(number.unit)[0] if number.unit else 1.0
    if number.kind == "hires":
        return one.low, one.high, 1
    if number.kind == "greens" or one.mean is None:
        return one.low, one.high, 0
    low = one.mean if one.low is None else one.low
    high = one.mean if one.high is None else one.high
    half = None if one.half_width is None else one.half_width * factor
    place = decimals(one.mean * factor, half)
    return round(low * factor, place), round(high * factor, place), max(place, 0)


def amount_words(value: float, unit: str) -> Words:
    """Return a limit in the unit that is shown."""
    factor, _ = unit_scale(unit)
    shown = round(value * factor, 6)
    places = next((p for p in range(4) if abs(round(shown, p) - shown) < 1e-6), 4)
    tail = unit_words(unit)
    return Words(f"{token(shown, places)} {tail.en}".strip(), f"{token(shown, places)} {tail.es}".strip())
