"""Names for people, in both languages, of what a study holds: ways of working, departments, metrics, factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.run.study import TODAY, Study, StudyFactor
from experiments.show.bilingual import Words, joined, same, token, unit_words, words
from experiments.show.words import WORDS
from sim.measures.columns import describe
from sim.scenario.fields import Label

MOST_IN_NAME = 4
"""Policies that the name of a way of working lists."""


def label_words(label: Label | Mapping[str, str] | None, name: str) -> Words:
    """Return a label in both languages; the name where there is none.

    Examples
    --------
    >>> label_words({"en": "Sales", "es": "Ventas"}, "sales"), label_words(None, "sales").es
    (Words(en='Sales', es='Ventas'), 'sales')
    """
    return same(name) if label is None else Words(label["en"], label["es"])


def company_words(study: Study) -> Words:
    """Return the company's name."""
    return label_words(study.scenario.label, study.scenario.name)


def department_words(study: Study, name: str) -> Words:
    """Return the name of a department or a transport."""
    department = study.scenario.departments.get(name)
    if department is not None:
        return label_words(department.label, name)
    steps = [step for route in study.scenario.routes.values() for step in route if step.transport == name]
    return label_words(steps[0].label if steps else None, name)


def policy_words(study: Study, name: str) -> Words:
    """Return the name of a policy."""
    said = study.policies.get(name)
    return same(name) if said is None else label_words(said["label"], name)


def way_words(study: Study, way: str) -> Words:
    """Return the name of a way of working: today, or its policies with what intensity each has unless it is full.

    Policies that are in force today as well are no part of the name: only what is other than today is.
    """
    if way == TODAY:
        return words("today")
    if study.design is not None:
        row = study.design.loc[way]
        fields = [f for f in study.factors if f.policy is None]
        parts = [Words(*(f"{t}: " for t in factor_words(study, f))) for f in fields]
        settings = [joined([p, same(_written(row[f.name]))], "") for p, f in zip(parts, fields, strict=True)]
    else:
        settings = []
    own, today = study.members[way], study.members[TODAY] if study.has_today else {}
    other = {**own, **{name: 0.0 for name in today if name not in own}}
    named = [_mixed(policy_words(study, name), x) for name, x in other.items() if x != today.get(name)]
    shown = [*settings, *named]
    more = [same("…")] if len(shown) > MOST_IN_NAME else []
    return joined([*shown[:MOST_IN_NAME], *more], " + ") if shown else words("today")


def _mixed(label: Words, intensity: float) -> Words:
    return label if intensity == 1 else words("way mixed", label=label, share=token(100 * intensity))


def _written(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def factor_words(study: Study, factor: StudyFactor) -> Words:
    """Return the name of a factor: its policy's, or the field as the scenario file names it."""
    if factor.policy is not None:
        return policy_words(study, factor.policy)
    keys = factor.name.split(".")
    if keys[0] == "departments" and len(keys) == 3:
        return joined([department_words(study, keys[1]), same(keys[2])], ": ")
    return same(factor.name)


def metric_words(study: Study, metric: str) -> Words:
    """Return the short name of a metric where it has one, else its meaning."""
    if f"short {metric}" in WORDS:
        return words(f"short {metric}")
    known = describe(metric, study.scenario.currency)
    return Words(known.en, known.es)


def metric_unit(study: Study, metric: str, *, points: bool = False) -> Words:
    """Return the unit in which a metric is shown."""
    return unit_words(describe(metric, study.scenario.currency).unit, points=points)
