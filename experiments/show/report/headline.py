"""What to do, in words: the first thing that a report says, with how sure it is."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.analysis.decision import CUSTOMERS, LEFT, PROFIT, Decision, Effects
from experiments.analysis.mean_interval import Interval, interval, possible
from experiments.analysis.worth import Equivalent
from experiments.run.study import Study
from experiments.show.bilingual import Words, joined, same, token, unit_words, words
from experiments.show.charts.naming import metric_words, way_words
from experiments.show.numbers import NOT_APPLICABLE, interval_place, unit_scale
from experiments.show.report.commands import again, assumptions_command, scenario_given
from experiments.show.report.hires import hires_words
from experiments.show.report.otherwise import otherwise
from experiments.show.report.phrases import amount, capital, flipped, listed, quoted
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

MOST_NAMED = 4
"""Ways of working that a sentence names."""
YEARLY = "customers/year"


@dataclass(frozen=True)
class Headline:
    """What a report says first.

    Attributes
    ----------
    lead : Words
        What to do, in a sentence.
    intro : Words or None
        Whose effects follow.
    effects : tuple of Words
        What the way that is named does, a sentence for each figure.
    otherwise : tuple of Words
        What else could be chosen, and why it is not named.
    sure : tuple of Words
        How sure that is, and what else to know before one acts.
    next : tuple of (Words, str)
        What to do next, each with its command; "" without one.
    """

    lead: Words
    effects: tuple[Words, ...] = ()
    intro: Words | None = None
    otherwise: tuple[Words, ...] = ()
    sure: tuple[Words, ...] = ()
    next: tuple[tuple[Words, str], ...] = ()


def headline(study: Study, found: Decision) -> Headline:
    """Say what to do; every number with its interval, all intervals holding together."""
    if found.case == "nothing to compare":
        return _alone(study)
    if found.case == "one run":
        again = (words("report next more runs"), "")
        return Headline(words("report lead one run"), sure=(words("report sure one run"),), next=(again,))
    return Headline(
        capital(_lead(study, found)),
        intro=None if found.chosen is None else words("report effects", way=quoted(way_words(study, found.chosen))),
        effects=() if found.chosen is None else tuple(sentences(study, found.effects[found.chosen])),
        otherwise=tuple(otherwise(study, found)),
        sure=tuple(_sure(study, found)),
        next=(*_next(study, found), *_checked(study, found)),
    )


def _sure(study: Study, found: Decision) -> list[Words]:
    count = len(found.effects) * found.responses
    said = [*_alike(study, found), words("report sure together", number=token(count))]
    if found.case == "nothing":
        said.append(words("report sure nothing"))
    if found.apart:
        said.append(words("report sure apart", number=token(len(found.apart))))
    return said


def _lead(study: Study, found: Decision) -> Words:
    name = same("") if found.chosen is None else quoted(way_words(study, found.chosen))
    number = token(len(found.effects))
    if found.case == "recommended" and len(found.effects) == 1:
        return words("report lead only", way=name)
    if found.is_best and len(found.eligible) == 1:
        return words("report lead alone", way=name, number=number)
    if found.is_best:
        return words("report lead best", way=name, number=number, what=metric_words(study, found.criterion))
    if found.case == "recommended":
        if len(found.alike) > MOST_NAMED:
            return words("report lead many", way=name, others=token(len(found.alike)), number=number)
        others = listed([quoted(way_words(study, way)) for way in found.alike], "report and")
        what = metric_words(study, found.criterion)
        return words("report lead alike", way=name, others=others, number=number, what=what)
    if found.case == "costly":
        loss = flipped(found.effects[str(found.chosen)].changes[PROFIT].interval)
        return words("report lead costly", way=name, loss=amount(loss, describe(PROFIT, study.scenario.currency).unit))
    if len(found.effects) == 1:
        only = quoted(way_words(study, next(iter(found.effects))))
        return words(f"report lead only {found.case}", way=only)
    return words(f"report lead {found.case}", number=number)


def sentences(study: Study, effects: Effects, metrics: Sequence[str] = (*CUSTOMERS, LEFT, PROFIT)) -> list[Words]:
    """Say what a way of working does to the customer, the profit and, in hires, the wait."""
    said = []
    for metric in metrics:
        if metric not in effects.changes or (metric == "churn_per_year" and LEFT in effects.changes):
            continue
        change = effects.changes[metric]
        if change.interval.mean is None:
            continue
        unit = YEARLY if metric == LEFT else describe(metric, study.scenario.currency).unit
        if change.standing == "indistinguishable":
            signed = amount(change.interval, unit, points=True, signed=True)
            said.append(capital(words("report open", what=metric_words(study, metric), change=signed)))
            continue
        grows = change.interval.mean > 0
        size = amount(change.interval if grows else flipped(change.interval), unit, points=True)
        values = {"size": size, "today": _today(study, metric), "share": _share(effects.relative, grows)}
        said.append(words(f"report {metric} {'more' if grows else 'less'}", **values))
    if effects.hires is not None:
        said += _in_hires(effects.hires)
    return said


def _today(study: Study, metric: str) -> Words:
    """Return today's mean with the digits that its interval allows."""
    found, unit = interval(study.values(metric).values()), describe(metric, study.scenario.currency).unit
    if found.mean is None:
        return same(NOT_APPLICABLE)
    factor, _ = unit_scale(unit)
    place = interval_place(found, factor)
    return joined([same(token(round(found.mean * factor, place), max(place, 0))), unit_words(unit)], " ")


def _share(relative: Interval, grows: bool) -> Words:
    return amount(relative if grows else flipped(relative), "share")


def _in_hires(found: Equivalent) -> list[Words]:
    if found.harms or found.n < 2:
        return []
    if found.beyond:
        return [words("report hires beyond", most=token(found.most))]
    return [words("report hires", hires=hires_words(found))]


def _alike(study: Study, found: Decision) -> list[Words]:
    """Name the first of those that may be as good, where there are too many for the lead."""
    more = len(found.alike) - MOST_NAMED
    if more <= 0:
        return []
    what = metric_words(study, found.criterion)
    names = joined([quoted(way_words(study, way)) for way in found.alike[:MOST_NAMED]])
    way = quoted(way_words(study, str(found.chosen)))
    return [words("report sure alike many", way=way, names=names, more=token(more), what=what)]


def _next(study: Study, found: Decision) -> list[tuple[Words, str]]:
    """Say how to be surer: the few that matter again, with other luck."""
    few = [str(found.chosen), *found.alike[:2]] if found.alike else list(found.promising)
    if not few:
        return [] if found.case in ("recommended", "costly") else [(words("report next more runs"), "")]
    names = listed([quoted(way_words(study, way)) for way in few], "report and")
    text = "report next alike" if found.alike else "report next promising"
    return [(words(text, names=names), again(study, few))]


def _checked(study: Study, found: Decision) -> list[tuple[Words, str]]:
    """Say how to find out whether what is recommended hangs on assumptions."""
    if found.case != "recommended" or not (command := assumptions_command(study, [str(found.chosen)])):
        return []
    return [(words("report next assumptions", way=quoted(way_words(study, str(found.chosen)))), command)]


# Without a comparison ------------------------------------------------------------------------------------------


def _alone(study: Study) -> Headline:
    """Describe one way of working, or several without today's, and say what to run for a comparison."""
    metrics = [m for m in (*CUSTOMERS, PROFIT) if study.has(m)]
    way = study.ways[0]
    error = (1 - CONFIDENCE) / max(1, len(metrics))
    said = []
    for metric in metrics:
        unit = describe(metric, study.scenario.currency).unit
        size = amount(possible(interval(study.values(metric, way).values(), 1 - error), unit), unit)
        said.append(capital(words("report level", what=metric_words(study, metric), size=size)))
    name = quoted(way_words(study, way))
    several = len(study.ways) > 1
    if several and study.has_today:
        lead = words("report lead apart", number=token(len(study.others)))
    elif several:
        lead = words("report lead several", number=token(len(study.ways)), way=name)
    else:
        lead = words("report lead described", way=name)
    return Headline(
        lead, effects=tuple(said), sure=(words("report sure described"),), next=tuple(_next_alone(study, way))
    )


def _next_alone(study: Study, way: str) -> list[tuple[Words, str]]:
    """Say how to compare what was described; nothing where no command can."""
    command = again(study, [way])
    if not study.members.get(way) and not study.factors and not study.manifest.get("orders"):
        command = f"relevo compare {shlex.quote(scenario_given(study))} --policy parity"
    return [(words("report next compare"), command)] if command else []
