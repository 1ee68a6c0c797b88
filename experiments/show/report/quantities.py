"""Values of parameters in both languages, with numbers that are formatted where they are read."""

from __future__ import annotations

import re

from experiments.show.assumptions import value_text
from experiments.show.bilingual import Words, joined, same, token
from experiments.show.words import WORDS
from sim.scenario.assumptions import Premise
from sim.scenario.work import Amount, Delay, Work

_WRITTEN = re.compile(r"(-?[0-9]+(?:\.([0-9]+))?)(?: (.+))?")


def quantity_words(value: float, unit: str, currency: str = "EUR") -> Words:
    """Return a value of a parameter as files write it, in both languages.

    Examples
    --------
    >>> quantity_words(506.4, "calendar time"), quantity_words(0.4, "work time").es
    (Words(en='⟦21.1;1;⟧ days', es='⟦21.1;1;⟧ días'), '⟦24;0;⟧ min')
    """
    found = _WRITTEN.fullmatch(value_text(value, unit, currency))
    if found is None:
        return same(value_text(value, unit, currency))
    number = token(float(found[1]), len(found[2] or ""))
    tail = found[3] or ""
    both = WORDS.get(f"written {tail}", (tail, tail))
    return Words(*(f"{number} {one}".strip() for one in both))


def premise_words(premise: Premise, currency: str) -> Words:
    """Return the value in force, or the range of values in several places."""
    unit = premise.parameter.unit
    low, high = (quantity_words(value, unit, currency) for value in (min(premise.values), max(premise.values)))
    return low if low == high else joined([low, high], " – ")


def varying_words(amount: Work | Delay | Amount, currency: str = "EUR") -> Words:
    """Return a random amount: its mean, its family and how much it varies."""
    kind = {Work: "work time", Delay: "calendar time"}.get(type(amount), "money")
    mean = quantity_words(amount.mean, kind, currency)
    family = amount.distribution
    if family == "deterministic":
        return mean
    names = Words(*WORDS.get(f"family {family}", (family, family)))
    detail = [names]
    if amount.cv is not None:
        detail.append(same(f"CV {token(amount.cv, 2)}"))
    if amount.phases is not None:
        detail.append(same(f"k = {token(amount.phases)}"))
    inside = joined(detail)
    return Words(f"{mean.en} ({inside.en})", f"{mean.es} ({inside.es})")
