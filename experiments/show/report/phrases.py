"""Parts of sentences: an estimate within a sentence, names in quotation marks, lists."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.analysis.mean_interval import Interval
from experiments.show.bilingual import Words, joined, same, token, unit_words, words
from experiments.show.numbers import NOT_APPLICABLE, interval_place, unit_scale
from experiments.show.text import BETTER, WORSE

MARKS = {"better": BETTER, "worse": WORSE, "indistinguishable": ""}


def flipped(found: Interval) -> Interval:
    """Return an estimate of the opposite: how much less instead of how much more."""
    low = None if found.high is None else -found.high
    high = None if found.low is None else -found.low
    return Interval(None if found.mean is None else -found.mean, low, high, found.n, found.method)


def amount(found: Interval, unit: str, *, points: bool = False, signed: bool = False) -> Words:
    """Write an estimate within a sentence: the mean with its unit, then the ends of its interval.

    Parameters
    ----------
    found : Interval
        In the metric's own unit.
    unit : str
        "h", "share", "EUR/year", ….
    points : bool
        Shares as percentage points: for differences of shares.
    signed : bool
        Whether a plus is printed.

    Examples
    --------
    >>> from experiments.show.bilingual import finished
    >>> finished(amount(Interval(0.312, 0.28, 0.345, 20, "t"), "share").es, "1.234,5")
    '31,2 % (28,0 a 34,5)'
    >>> finished(amount(Interval(6.0, None, None, 1, "t"), "h").en, "1,234.5")
    '6.00 h'
    """
    if found.mean is None or not math.isfinite(found.mean):
        return same(NOT_APPLICABLE)
    factor, _ = unit_scale(unit)
    place = interval_place(found, factor)
    places = max(place, 0)
    mean = token(round(found.mean * factor, place), places, signed=signed)
    text = joined([same(mean), unit_words(unit, points=points)], " ")
    text = Words(text.en.strip(), text.es.strip())
    if found.low is None or found.high is None:
        return text
    low, high = (token(round(end * factor, place), places, signed=signed) for end in (found.low, found.high))
    return words("report amount", amount=text, low=low, high=high)


def common_place(found: Sequence[Interval], unit: str) -> int | None:
    """Return the decimal place that a column of estimates is printed to; None without any.

    A column whose numbers have different digits is hard to compare by eye. A quarter of the estimates may deserve no
    more digits than these: so neither the surest ones nor a single very unsure one decide.

    Examples
    --------
    >>> common_place([Interval(m, m - w, m + w, 9, "t") for m, w in ((-2.5, 0.74), (-1.6, 1.1), (-0.5, 1.3))], "h")
    1
    """
    factor, _ = unit_scale(unit)
    places = sorted(interval_place(each, factor) for each in found if each.half_width)
    return places[len(places) // 4] if places else None


def cell_interval(
    found: Interval,
    unit: str,
    *,
    difference: bool = False,
    lines: bool = False,
    mark: str = "",
    column: int | None = None,
) -> Words:
    """Write an estimate for a cell of a table, the same in both languages; its unit stands elsewhere.

    Parameters
    ----------
    found : Interval
        In the metric's own unit.
    unit : str
        "h", "share", "EUR/year", ….
    difference : bool
        Whether a plus is printed.
    lines : bool
        Whether the interval stands in a line of its own.
    mark : str
        Stands behind the mean.
    column : int, optional
        Decimal place of its column, see `common_place`; where a clear end would be printed as zero, its own is taken.

    Examples
    --------
    >>> from experiments.show.bilingual import finished
    >>> found = Interval(-0.093, -0.12, -0.066, 20, "t")
    >>> finished(cell_interval(found, "share", difference=True).es, "1.234,5").split()
    ['-9,3', '(-12,0', '…', '-6,6)']
    """
    if found.mean is None or not math.isfinite(found.mean):
        return same(NOT_APPLICABLE)
    factor, _ = unit_scale(unit)
    place = interval_place(found, factor)
    if column is not None and not (found.is_clear and _seems_zero(found, factor, column)):
        place = column
    places = max(place, 0)
    text = f"{token(round(found.mean * factor, place), places, signed=difference)} {mark}".strip()
    if found.low is None or found.high is None:
        return same(text)
    low, high = (token(round(end * factor, place), places, signed=difference) for end in (found.low, found.high))
    return same(f"{text}{chr(10) if lines else ' '}({low}\u00a0…\u00a0{high})")


def _seems_zero(found: Interval, factor: float, place: int) -> bool:
    """Whether the end that is nearest to zero is printed as zero."""
    return not all(round(end * factor, place) for end in (found.low, found.high) if end is not None)


def quoted(name: Words) -> Words:
    """Return a name in the quotation marks of each language."""
    return Words(f"“{name.en}”", f"«{name.es}»")


def listed(names: Sequence[Words], last: str) -> Words:
    """Return names as a list within a sentence.

    Parameters
    ----------
    last : str
        Text that joins the last two: "report and" or "report or".

    Examples
    --------
    >>> listed([same("a"), same("b"), same("c")], "report or")
    Words(en='a, b or c', es='a, b o c')
    """
    if len(names) < 2:
        return names[0] if names else same("")
    return words(last, one=joined(list(names[:-1])), other=names[-1])


def capital(text: Words) -> Words:
    """Return a text with a capital at its beginning, as a sentence has.

    Examples
    --------
    >>> capital(Words("profit: 3", "«hoy» es mejor"))
    Words(en='Profit: 3', es='«Hoy» es mejor')
    """
    return Words(*(_capital(one) for one in text))


def _capital(text: str) -> str:
    place = 1 if text[:1] in "“«" else 0
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


def level_words(value: float | str, share: bool) -> str:
    """Write a value of a factor: a policy's intensity in per cent.

    Examples
    --------
    >>> level_words(0.5, True), level_words(3.25, False), level_words("fifo", False)
    ('⟦50;0;⟧ %', '⟦3.25;2;⟧', 'fifo')
    """
    if isinstance(value, str):
        return value
    number = 100 * float(value) if share else float(value)
    places = next((p for p in range(4) if abs(round(number, p) - number) < 1e-9), 2)
    return f"{token(number, 0 if share else places)}{' %' if share else ''}"
