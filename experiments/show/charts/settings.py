"""Levels of factors for people: with their unit, and as numbers on an axis."""

from __future__ import annotations

import json
import math

from experiments.run.study import Study, StudyFactor
from experiments.show.bilingual import Words, same, token, unit_words
from experiments.show.numbers import unit_scale
from sim.errors import UsageError, nearest


def factor_named(study: Study, name: str, chart: str) -> StudyFactor:
    """Return a factor of a study.

    Raises
    ------
    UsageError
        If it is no sweep, or has no such factor.
    """
    known = {factor.name: factor for factor in study.factors}
    if study.design is None or not known:
        raise UsageError(f"{chart}: nothing was varied in these results; take those of relevo sweep.")
    if name not in known:
        raise UsageError(f"{chart}: factor '{name[:80]}' was not varied. {nearest(name, known)}")
    return known[name]


def factor_unit(study: Study, factor: StudyFactor) -> str:
    """Return the unit of a factor's values as the results' columns say it; "" if they do not."""
    if factor.policy is not None:
        return "share"
    file = None if study.folder is None else study.folder / "columns.json"
    if file is None or not file.is_file():
        return ""
    said = json.loads(file.read_text(encoding="utf-8")).get("design", {}).get(factor.name, {})
    return str(said.get("unit", ""))


def setting_words(value: float | str, unit: str) -> Words:
    """Return a level of a factor for people.

    Examples
    --------
    >>> setting_words(0.5, "share").en, setting_words(8.0, "1").es, setting_words("fifo", "").en
    ('⟦50;0;⟧ %', '⟦8;0;⟧', 'fifo')
    """
    if isinstance(value, str):
        return same(value)
    factor, _ = unit_scale(unit)
    number, tail = token(value * factor, few_places(value * factor)), unit_words(unit)
    return Words(f"{number} {tail.en}".strip(), f"{number} {tail.es}".strip())


def few_places(value: float) -> int:
    """Return the decimals that say a setting with three digits, none for whole numbers.

    Examples
    --------
    >>> few_places(50.0), few_places(33.33333), few_places(0.25), few_places(1234.5)
    (0, 1, 2, 0)
    """
    if not value or not math.isfinite(value) or value == round(value):
        return 0
    most = max(0, 2 - math.floor(math.log10(abs(value))))
    return len(f"{value:.{most}f}".rstrip("0").partition(".")[2])
