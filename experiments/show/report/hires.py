"""Hires-equivalents in words: how many more people would shorten the wait as much."""

from __future__ import annotations

import math

from experiments.analysis.worth import LEAST, Equivalent
from experiments.show.bilingual import Words, same, token, words
from experiments.show.numbers import NOT_APPLICABLE
from experiments.show.worth import ROUNDING


def hires_words(found: Equivalent | None, *, cell: bool = False) -> Words:
    """Write how many hires do the same, with the interval.

    Ends are rounded outwards; > or “more than” is beyond the yardstick.

    Parameters
    ----------
    found : Equivalent or None
        What to write.
    cell : bool
        In a cell of a table: with the interval in a line of its own, the same in both languages.

    Examples
    --------
    >>> from experiments.show.bilingual import finished
    >>> finished(hires_words(Equivalent(1.52, 1.1, None, 4, True, False, 30)).en, "1,234.5")
    '1.5 (1.1 to more than 4)'
    """
    if found is None or found.n < LEAST:
        return same(NOT_APPLICABLE)
    if found.harms:
        return words("worth harms")
    if found.beyond:
        return words("worth beyond", most=token(found.most))
    beyond = f">{token(found.most)}"
    middle = beyond if found.high is None else NOT_APPLICABLE
    if found.hires is not None:
        middle = token(found.hires, 1)
    low = token(math.floor(10 * (found.low or 0.0) + ROUNDING) / 10, 1)
    high = beyond if found.high is None else token(math.ceil(10 * found.high - ROUNDING) / 10, 1)
    if cell:
        return same(f"{middle}\n({low}\u00a0…\u00a0{high})")
    far = words("worth beyond", most=token(found.most))
    return words(
        "report span",
        middle=far if found.hires is None and found.high is None else middle,
        low=low,
        high=far if found.high is None else high,
    )
