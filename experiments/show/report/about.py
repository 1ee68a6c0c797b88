"""What the named way of working is, in its policies' own words: what is done, its price, how it fails, the evidence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from experiments.analysis.added_pay import pay_of_posts
from experiments.analysis.decision import PROFIT
from experiments.analysis.mean_interval import interval
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, same, token, words
from experiments.show.charts.naming import label_words, policy_words
from experiments.show.report.phrases import quoted
from experiments.show.report.worse import price_words
from sim.parameters.parameter import GRADES

COST = "policy_cost"
DIGITS = 2
"""Of a sum that is only about right."""
Known = tuple[Words, Mapping[str, Any], float]


def _policies(study: Study, way: str | None) -> Iterator[Known]:
    """Yield name, file and intensity of each policy of a way of working that today has not, whose file is known."""
    today = study.members.get(TODAY, {})
    for name, intensity in study.members.get(way or TODAY, {}).items():
        said = study.policies.get(name)
        if said is not None and intensity != today.get(name):
            yield quoted(policy_words(study, name)), said, intensity


def about_words(study: Study, way: str | None) -> list[Words]:
    """Say what is done in a way of working, and its price: a sentence or two for each policy, then the sum."""
    found: list[Words] = []
    for name, said, intensity in _policies(study, way):
        text = "report about" if intensity == 1 else "report about full"
        done = _sentence(said.get("description"))
        if done is not None:
            found.append(words(text, policy=name, done=done, price=price_words(study, said)))
    return [*found, *_in_all(study, way)] if found else []


def _in_all(study: Study, way: str | None) -> list[Words]:
    """Say what the policies and the pay of posts that they add cost in a year, and that profit is left after it."""
    if way is None or not study.has(PROFIT) or not study.has_today:
        return []
    known = (study.values(COST, way), study.values(COST)) if study.has(COST) else ()
    means = [interval(values.values()).mean for values in known]
    cost = means[0] - means[1] if len(means) == 2 and None not in means else 0.0  # type: ignore[operator]
    pay = pay_of_posts(study, (way, TODAY))
    cost += pay[way] - pay[TODAY]
    if cost <= 0:
        return [words("report about paid")]
    place = DIGITS - 1 - math.floor(math.log10(cost))
    return [words("report about total", total=f"{token(round(cost, place), max(place, 0))} {study.scenario.currency}")]


def fails_words(study: Study, way: str | None) -> list[Words]:
    """Say how each policy of a way of working can fail or whom it hurts."""
    known = [(name, _sentence(said.get("failure_mode"))) for name, said, _ in _policies(study, way)]
    return [words("report fails", policy=name, fails=fails) for name, fails in known if fails is not None]


def evidence_words(study: Study, way: str | None) -> list[Words]:
    """Say how good the evidence is for what each policy of a way of working does."""
    return [
        words("report evidence", policy=name, grade=same(str(said["grade"])), meaning=Words(*GRADES[said["grade"]]))
        for name, said, _ in _policies(study, way)
        if said.get("grade") in GRADES
    ]


def _sentence(label: Mapping[str, str] | None) -> Words | None:
    """Return a text of a policy's file as a sentence with its full stop; None without one."""
    if not label:
        return None
    return Words(*(text if text.endswith((".", "!", "?")) else f"{text}." for text in label_words(label, "–")))
