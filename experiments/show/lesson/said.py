"""A lesson's numbers and texts in words, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.analysis.lessons import Found
from experiments.analysis.mean_interval import Interval
from experiments.plan.lessons.checks import PLACEHOLDER
from experiments.plan.lessons.lesson import Text
from experiments.show.bilingual import Words, same, token, unit_words, words
from experiments.show.numbers import decimals, unit_scale

FEW = 3.55
"""[points, h] -- half-width from which on a decimal says nothing."""
SHARE = 100.0
MOST_PLACES = 6


def text_words(text: Text, numbers: Mapping[str, Words]) -> Words:
    """Return a text with its numbers filled in."""

    def filled(language: str) -> str:
        said = {name: getattr(value, language) for name, value in numbers.items()}
        whole = PLACEHOLDER.sub(lambda place: str(said[place[1]]), getattr(text, language))
        return whole.replace(" %", "\N{NO-BREAK SPACE}%")  # No line begins with it.

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
    return brief_words(one, number.unit, difference=number.kind == "difference")


def brief_place(one: Interval, unit: str, *, difference: bool = False) -> int:
    """Return the decimal place to which a number is shown to people in a room, who do not read tables of figures.

    What is in per cent, points, hours or items has one decimal at most, and none where the half-width is several
    units. A difference that is clear stays so: no end of its interval is rounded to zero.

    Examples
    --------
    >>> brief_place(Interval(0.0351, 0.0341, 0.0360, 40, "t"), "share")
    1
    >>> brief_place(Interval(1.27, 0.73, 1.82, 40, "t"), "h", difference=True)
    1
    >>> brief_place(Interval(-0.0005, -0.00096, -0.00004, 40, "t"), "share", difference=True)
    3
    """
    factor = unit_scale(unit)[0]
    mean, half = (one.mean or 0.0) * factor, None if one.half_width is None else one.half_width * factor
    place = decimals(mean, half)
    if factor == SHARE or unit in ("h", "items"):
        place = 0 if half is not None and half >= FEW else min(place, 1)
    if not difference:
        return place
    ends = [end * factor for end in (one.low, one.high) if end is not None]
    while one.is_clear and place < MOST_PLACES and any(not round(end, place) for end in ends):
        place += 1
    return place


def brief_words(one: Interval, unit: str, *, difference: bool = False, place: int | None = None) -> Words:
    """Write a number that has a value, with the ends of its interval and its unit.

    Parameters
    ----------
    place : int, optional
        Decimal place; that of `brief_place` if not given.

    Examples
    --------
    >>> brief_words(Interval(39.2187, 37.94, 40.62, 40, "t"), "h", place=0).en
    '⟦39;0;⟧ (⟦38;0;⟧ to ⟦41;0;⟧) h'
    """
    factor = unit_scale(unit)[0]
    place = brief_place(one, unit, difference=difference) if place is None else place

    def shown(value: float) -> str:
        return token(round(value * factor, place), max(place, 0), signed=difference)

    tail = unit_words(unit, points=difference)
    values = [None if each is None else shown(each) for each in (one.mean, one.low, one.high)]
    if values[1] is None or values[2] is None:
        return Words(f"{values[0]} {tail.en}".strip(), f"{values[0]} {tail.es}".strip())
    return words("lesson value", mean=values[0], low=values[1], high=values[2], unit=tail)


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
    place = brief_place(one, number.unit, difference=number.kind == "difference")
    return round(low * factor, place), round(high * factor, place), max(place, 0)


def amount_words(value: float, unit: str, *, points: bool = False) -> Words:
    """Return a limit in the unit that is shown."""
    factor, _ = unit_scale(unit)
    shown = round(value * factor, 6)
    places = next((p for p in range(4) if abs(round(shown, p) - shown) < 1e-6), 4)
    tail = unit_words(unit, points=points)
    return Words(f"{token(shown, places)} {tail.en}".strip(), f"{token(shown, places)} {tail.es}".strip())
