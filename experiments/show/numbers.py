"""Numbers for people: digits that mean nothing are not printed, units always are.

How many digits of an estimate mean something is decided by its half-width: that is shown with two
significant digits, and the mean to the same decimal place.
"""

from __future__ import annotations

import math

from experiments.analysis.intervals import Estimate
from experiments.analysis.mean_interval import Interval
from experiments.show.words import say
from sim.units import written

NOT_APPLICABLE = "–"
MORE_PLACES = 5
"""So many more digits may be printed to tell an end of an interval from zero."""
ROUNDING_NOISE = 1e-9
"""A half-width below this share of its mean is nothing but rounding: the same number in every replication."""


def decimals(mean: float, half_width: float | None) -> int:
    """Return the decimal place to which an estimate is worth printing; negative for tens, hundreds, ….

    Without an interval three digits are shown, but no whole number is rounded.

    Examples
    --------
    >>> decimals(39.2187, 1.0833), decimals(1234567.0, 45678.0)
    (1, -3)
    >>> decimals(0.87654, None), decimals(5997.0, None)
    (3, 0)
    """
    known = half_width is not None and half_width > ROUNDING_NOISE * abs(mean)
    size, digits = (half_width, 2) if known and half_width else (abs(mean), 3)
    if not size or not math.isfinite(size):
        return 0
    place = digits - 1 - math.floor(math.log10(size))
    if round(size, place) >= 10 ** (digits - place):
        place -= 1  # 0.999 becomes 1.0, not 1.00: rounding carried into a new leading digit.
    return place if known else max(place, 0)


def interval_place(found: Interval, factor: float = 1.0) -> int:
    """Return the decimal place to which a mean and the ends of its interval are worth printing.

    That of `decimals`, or further where an end would be printed as zero and the interval leaves zero out: what is said
    to be clear must be seen to be.

    Parameters
    ----------
    found : Interval
        In any unit.
    factor : float
        From that unit to the one that is printed.

    Examples
    --------
    >>> interval_place(Interval(39.2187, 38.1, 40.3, 9, "t")), interval_place(Interval(0.0462, 0.0003, 0.0921, 9, "t"))
    (1, 4)
    """
    half = None if found.half_width is None else found.half_width * factor
    place = decimals((found.mean or 0.0) * factor, half)
    if not half or not found.is_clear:
        return place
    nearest = factor * min(abs(end) for end in (found.low, found.high) if end is not None)
    return next((p for p in range(place, place + MORE_PLACES) if round(nearest, p)), place)


def rounded(mean: float, half_width: float | None) -> tuple[float, float | None, int]:
    """Round an estimate to the digits that mean something.

    Returns
    -------
    (mean, half_width, decimals)
        `decimals` is how many to print after the decimal point, at least 0.

    Examples
    --------
    >>> rounded(39.2187, 1.0833), rounded(1234567.0, 45678.0), rounded(0.0, None)
    ((39.2, 1.1, 1), (1235000.0, 46000.0, 0), (0.0, None, 0))
    """
    place = decimals(mean, half_width)
    return round(mean, place) + 0.0, None if half_width is None else round(half_width, place), max(place, 0)


def number(value: float, places: int, language: str = "en", *, signed: bool = False) -> str:
    """Write a number: 1,234.5 in English, 1.234,5 in Spanish.

    Examples
    --------
    >>> number(1234.5, 1), number(1234.5, 1, "es"), number(-0.01, 1), number(3, 0, signed=True)
    ('1,234.5', '1.234,5', '0.0', '+3')
    """
    value = round(value, places) + 0.0  # Never "-0.0".
    text = f"{value:{'+' if signed and value else ''},.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "es" else text


def unit_scale(unit: str, language: str = "en", *, points: bool = False) -> tuple[float, str]:
    """Return the factor and the words in which a metric's unit is shown.

    Parameters
    ----------
    unit : str
        Unit of a metric: "h", "share", "1/year", "EUR/year", "orders", …
    language : str
        "en" or "es".
    points : bool
        A difference of shares is in percentage points.

    Examples
    --------
    >>> unit_scale("share"), unit_scale("EUR/year", "es"), unit_scale("1")
    ((100.0, '%'), (1.0, 'EUR al año'), (1.0, ''))
    """
    if unit == "share":
        return 100.0, say("points", language) if points else "%"
    if unit == "1/year":  # Shares of customers or people who leave in a year.
        return 100.0, say("points per year" if points else "percent per year", language)
    if unit in ("", "1"):
        return 1.0, ""
    amount, slash, period = unit.partition("/")
    words = amount if amount in ("h", "days") or amount.isupper() else say(f"unit {amount}", language)
    words = say("unit days", language) if amount == "days" else "" if amount == "1" else words
    return 1.0, f"{words} {say(f'per {period}', language)}".strip() if slash else words


def estimate_text(
    estimate: Estimate, unit: str, language: str = "en", *, difference: bool = False, bare: bool = False
) -> str:
    """Write an estimate with its interval and unit; bare, the unit stands elsewhere.

    Examples
    --------
    >>> estimate_text(Estimate(39.2187, 1.0833, 10), "h")
    '39.2 ± 1.1 h'
    >>> estimate_text(Estimate(-0.0312, 0.0094, 10), "share", "es", difference=True)
    '-3,12 ± 0,94 puntos'
    >>> estimate_text(Estimate(None, None, 0), "h")
    '–'
    """
    if estimate.mean is None or not math.isfinite(estimate.mean):
        return NOT_APPLICABLE
    factor, words = unit_scale(unit, language, points=difference)
    half_width = None if estimate.half_width is None else estimate.half_width * factor
    mean, half, places = rounded(estimate.mean * factor, half_width)
    text = number(mean, places, language, signed=difference)
    if half is not None:
        text += f" ± {number(half, places, language)}"
    return text if bare else f"{text} {words}".strip()


def interval_text(mean: float, low: float, high: float, unit: str, language: str = "en") -> str:
    """Write a mean and the ends of its interval, which need not be symmetric; the unit stands elsewhere.

    Examples
    --------
    >>> interval_text(0.09342, 0.0912, 0.0961, "share"), interval_text(7.0, float("nan"), float("nan"), "h")
    ('9.34 (9.12 to 9.61)', '7.00')
    """
    if not math.isfinite(mean):
        return NOT_APPLICABLE
    factor, _ = unit_scale(unit, language)
    half_width = (high - low) / 2 * factor if math.isfinite(low) and math.isfinite(high) else None
    rounded_mean, _, places = rounded(mean * factor, half_width)
    if half_width is None:
        return number(rounded_mean, places, language)
    place = decimals(mean * factor, half_width)
    ends = [number(round(end * factor, place), places, language) for end in (low, high)]
    return f"{number(rounded_mean, places, language)} ({ends[0]} {say('to', language)} {ends[1]})"


def parameter_text(value: float, unit: str, currency: str = "EUR") -> str:
    """Write a parameter as scenario files do, which is the same in every language.

    Examples
    --------
    >>> parameter_text(0.8, "share"), parameter_text(32.5, "money")
    ('80 %', '32.5 EUR')
    """
    return f"{written(value, unit)} {currency}" if unit == "money" else written(value, unit)
