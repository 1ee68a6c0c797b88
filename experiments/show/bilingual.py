"""Texts in both languages at once, with numbers that are formatted where they are read.

A page can be switched between languages and, apart from that, between ways of writing numbers. So a text for
a page is a pair of texts, and a number within it a token that says its value and the digits that mean something.
"""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

from experiments.analysis.mean_interval import Interval
from experiments.show.numbers import NOT_APPLICABLE, interval_place, number, unit_scale
from experiments.show.words import counted, say

NUMBER_FORMATS: dict[str, tuple[str, str]] = {
    "1,234.5": (",", "."),
    "1.234,5": (".", ","),
    "1 234,5": ("\u202f", ","),
}
"""Ways of writing numbers, by how each writes one: what separates thousands and what decimals."""
USUAL_FORMAT = {"en": "1,234.5", "es": "1.234,5"}
"""What a language starts with; Mexico and Central America write Spanish with the English numbers."""
TOKEN = re.compile("⟦(-?[0-9]{1,20}(?:[.][0-9]{1,12})?);([0-9]|1[0-2]);([+]?)⟧")
"""A number within a text. Lengths are limited: a name in a file may look like one, and must not ask for much."""


class Words(NamedTuple):
    """A text in both languages."""

    en: str
    es: str


def words(text: str, /, **values: Any) -> Words:
    """Return a text of the catalogue in both languages; values that are `Words` are each put in their own.

    Examples
    --------
    >>> words("results in", folder=Words("here", "aquí"))
    Words(en='Results: here', es='Resultados: aquí')
    """
    return Words(*(say(text, language, **_in(language, values)) for language in ("en", "es")))


def counted_words(what: str, amount: float) -> Words:
    """Return an amount with its noun.

    Examples
    --------
    >>> counted_words("weeks", 52)
    Words(en='52 weeks', es='52 semanas')
    """
    return Words(*(counted(what, amount, language) for language in ("en", "es")))


def same(text: str) -> Words:
    """Return a text that is the same in both languages."""
    return Words(text, text)


def joined(parts: list[Words], between: str = ", ") -> Words:
    """Return texts one after the other.

    Examples
    --------
    >>> joined([Words("one", "uno"), Words("two", "dos")])
    Words(en='one, two', es='uno, dos')
    """
    return Words(between.join(p.en for p in parts), between.join(p.es for p in parts))


def _in(language: str, values: dict[str, Any]) -> dict[str, Any]:
    return {key: getattr(value, language) if isinstance(value, Words) else value for key, value in values.items()}


def token(value: float, places: int = 0, *, signed: bool = False) -> str:
    """Return a number as a token: its format is chosen where it is read.

    Examples
    --------
    >>> token(-1234.56, 1), token(3.0, signed=True)
    ('⟦-1234.6;1;⟧', '⟦3;0;+⟧')
    """
    return f"⟦{round(value, places) + 0.0:.{places}f};{places};{'+' if signed else ''}⟧"


def finished(text: str, number_format: str) -> str:
    """Write the numbers of a text in a format.

    Examples
    --------
    >>> finished(f"{token(1234.5, 1)} h", "1.234,5"), finished(token(0.3, 0, signed=True), "1,234.5")
    ('1.234,5 h', '0')
    """
    thousands, decimal = NUMBER_FORMATS[number_format]

    def written(found: re.Match[str]) -> str:
        text = number(float(found[1]), int(found[2]), signed=bool(found[3]))
        return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)

    return TOKEN.sub(written, text)


def unit_words(unit: str, *, points: bool = False) -> Words:
    """Return the words for a metric's unit; see `numbers.unit_scale`."""
    return Words(*(unit_scale(unit, language, points=points)[1] for language in ("en", "es")))


def interval_words(found: Interval, unit: str, *, difference: bool = False, bare: bool = False) -> Words:
    """Write a mean with the ends of its interval, rounded to digits that mean something, and its unit unless bare.

    Parameters
    ----------
    found : Interval
        In the metric's own unit.
    unit : str
        "h", "share", "1/year", "EUR/year", ….
    difference : bool
        Signed, and shares in points.

    Examples
    --------
    >>> finished(interval_words(Interval(-0.0931, -0.12, -0.066, 20, "t"), "share", difference=True).es, "1.234,5")
    '-9,3 (-12,0 a -6,6) puntos'
    """
    if found.mean is None or not math.isfinite(found.mean):
        return same(NOT_APPLICABLE)
    factor, _ = unit_scale(unit)
    place = interval_place(found, factor)
    places = max(place, 0)
    text = token(round(found.mean * factor, place), places, signed=difference)
    both = same(text)
    if found.low is not None and found.high is not None:
        low, high = (token(round(end * factor, place), places, signed=difference) for end in (found.low, found.high))
        both = Words(*(f"{text} ({low} {say('to', language)} {high})" for language in ("en", "es")))
    if bare:
        return both
    tail = unit_words(unit, points=difference)
    return Words(f"{both.en} {tail.en}".strip(), f"{both.es} {tail.es}".strip())
