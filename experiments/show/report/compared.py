"""What was compared, and the table of decisions: each way of working with what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from experiments.analysis.decision import CUSTOMERS, PROFIT, SHOWN, WAIT, Decision, Effects
from experiments.analysis.mean_interval import interval, possible
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, counted_words, joined, same, token, words
from experiments.show.charts.chart import Cell, Column
from experiments.show.charts.naming import (
    company_words,
    factor_words,
    label_words,
    metric_unit,
    metric_words,
    policy_words,
    way_words,
)
from experiments.show.report.headline import sentences
from experiments.show.report.hires import hires_words
from experiments.show.report.phrases import MARKS, cell_interval, common_place, level_words, quoted
from experiments.show.text import BETTER, WORSE
from sim.measures.columns import describe
from sim.units import HOURS_PER_WEEK

Fact = tuple[Words, Words]
Table = tuple[tuple[Column, ...], list[tuple[Cell, ...]]]
SHARE = "share"
"""Key of the column of the wait in per cent."""
MOST_ROWS = 20
"""Ways of working that a table shows all of."""
HELD = (WAIT, "promise_kept_share", PROFIT)
"""What is said of the same with the number of customers held fixed: whoever leaves is replaced there."""
FEWER = 15
"""Rows of a table of more."""
MOST_LEVELS = 6
"""Values of a factor that are listed."""


def facts(study: Study) -> list[Fact]:
    """Return what was compared: company, ways, runs, time, luck; a sweep's factors."""
    company = study.scenario
    found = [(words("report fact company"), company_words(study))]
    if company.description is not None:
        found.append((words("report fact described"), label_words(company.description, "")))
    if study.kind == "sweep" and study.manifest.get("name"):
        found.append((words("report fact plan"), _plan(study)))
    found.append((words("report fact ways"), _ways(study)))
    found += [(words("report fact factor", factor=factor_words(study, f)), _levels(f)) for f in study.factors]
    found += _everywhere(study)
    weeks = company.time.horizon / HOURS_PER_WEEK
    found += [
        (words("report fact runs"), _runs(study)),
        (words("report fact time"), _time(weeks, company.time.warm_up / HOURS_PER_WEEK)),
    ]
    if len(study.ways) > 1:
        found.append((words("report fact luck"), words("report luck")))
    return found


def _everywhere(study: Study) -> list[Fact]:
    """Return what a plan has set otherwise than the company's file, today too."""
    plan = study.manifest.get("plan") or {}
    policies = (plan.get("policies") or {}).items()
    always = [joined([policy_words(study, name), same(level_words(x, True))], " ") for name, x in policies]
    fields = [same(f"{name}: {value}") for name, value in (plan.get("settings") or {}).items()]
    return [(words("report fact everywhere"), joined([*always, *fields], "; "))] if always or fields else []


def _plan(study: Study) -> Words:
    plan = study.manifest.get("plan", {})
    name = label_words(plan.get("label"), str(study.manifest["name"]))
    return joined([name, label_words(plan["description"], "")], ". ") if plan.get("description") else name


def _ways(study: Study) -> Words:
    if len(study.ways) == 1:
        return way_words(study, study.ways[0])
    if not study.has_today:
        return words("report ways without today", number=token(len(study.ways)))
    return words("report ways", number=token(len(study.others)))


def _levels(factor: object) -> Words:
    values: tuple[float | str, ...] = factor.values  # type: ignore[attr-defined]
    policy = factor.policy is not None  # type: ignore[attr-defined]
    shown = [same(level_words(value, policy)) for value in values]
    if len(shown) > MOST_LEVELS:
        return words("report levels", first=shown[0], last=shown[-1], number=token(len(shown)))
    return joined(shown)


def _runs(study: Study) -> Words:
    sizes = study.wide.groupby(level=0, observed=True).size()
    low, high, total = int(sizes.min()), int(sizes.max()), int(sizes.sum())
    each = token(low) if low == high else f"{token(low)} – {token(high)}"
    return words("report runs", each=each, total=token(total))


def _time(weeks: float, warm_up: float) -> Words:
    measured = counted_words("weeks", round(weeks, 2))
    if warm_up == 0:
        return words("report time", weeks=measured)
    return words("report time warm-up", weeks=measured, warm_up=counted_words("weeks", round(warm_up, 2)))


# Decision table -------------------------------------------------------------------------------------------------


def rows_shown(study: Study, found: Decision) -> list[str]:
    """Return the ways of working of a table, best first: all, or of many those that a decision may turn on.

    Those are the recommended one, the best of the eligible ones in each figure, and then those with the shortest waits.
    """
    order = sorted(found.effects, key=lambda way: found.effects[way].mean(found.criterion))
    if len(order) <= MOST_ROWS:
        return order
    wanted = [found.chosen, *(found.best_in(m) for m in SHOWN if m in found.metrics), *found.eligible, *order]
    chosen = list(dict.fromkeys(way for way in wanted if way is not None))[:FEWER]
    return [way for way in order if way in chosen]


def decision_table(study: Study, found: Decision, ways: Sequence[str]) -> Table:
    """Return columns and rows: today's level first, then what each way changes, with its mark."""
    metrics = [metric for metric in (*CUSTOMERS, PROFIT) if metric in found.metrics]
    columns = [Column("way", words("way of working"))]
    for metric in metrics:
        columns.append(Column(metric, metric_words(study, metric), metric_unit(study, metric, points=True)))
        if metric == WAIT:
            columns.append(Column(SHARE, metric_words(study, metric), same("%")))
    if found.most_hires:
        columns.append(Column("hires", words("report column hires")))
    rows: list[tuple[Cell, ...]] = [_today(study, metrics, found)]
    places = _places(study, found, ways, metrics)
    rows += [_row(study, found, found.effects[way], metrics, places) for way in ways]
    return tuple(columns), rows


def _today(study: Study, metrics: Sequence[str], found: Decision) -> tuple[Cell, ...]:
    cells: list[Cell] = [words("report row today")]
    for metric in metrics:
        unit = describe(metric, study.scenario.currency).unit
        cells.append(cell_interval(possible(interval(study.values(metric, TODAY).values()), unit), unit, lines=True))
        if metric == WAIT:
            cells.append("")
    return (*cells, *([""] if found.most_hires else []))


def _places(study: Study, found: Decision, ways: Sequence[str], metrics: Sequence[str]) -> dict[str, int | None]:
    """Return the decimal place of each column of changes."""
    units = {metric: describe(metric, study.scenario.currency).unit for metric in metrics}
    known = {m: common_place([found.effects[w].changes[m].interval for w in ways], units[m]) for m in metrics}
    return {**known, SHARE: common_place([found.effects[way].relative for way in ways], "share")}


def _row(
    study: Study, found: Decision, effects: Effects, metrics: Sequence[str], places: Mapping[str, int | None]
) -> tuple[Cell, ...]:
    name = way_words(study, effects.way)
    named = effects.way == found.chosen and found.case == "recommended"
    cells: list[Cell] = [words("report row chosen", way=name) if named else name]
    for metric in metrics:
        change = effects.changes[metric]
        unit = describe(metric, study.scenario.currency).unit
        mark = MARKS[change.standing]
        place = places[metric]
        cells.append(cell_interval(change.interval, unit, difference=True, lines=True, mark=mark, column=place))
        if metric == WAIT:
            relative = effects.relative
            cells.append(cell_interval(relative, "share", difference=True, lines=True, column=places[SHARE]))
    return (*cells, *([hires_words(effects.hires, cell=True)] if found.most_hires else []))


def legend(study: Study, found: Decision, ways: Sequence[str]) -> list[Words]:
    """Explain the table: marks, intervals, which rows are left out and by which rule."""
    said = [words("report table legend", better=BETTER, worse=WORSE)]
    if found.most_hires:
        said.append(words("report table hires", most=token(found.most_hires)))
    left = len(found.effects) - len(ways)
    if left:
        said.append(
            words("report table fewer", shown=token(len(ways)), left=token(left), total=token(len(found.effects)))
        )
    return said


def confidence_words(found: Decision) -> Words:
    """Say which confidence each interval has, so that all hold together."""
    count = len(found.effects) * found.responses
    each = token(100 * found.confidence_of_each, max(1, len(str(count))))
    return words("report rule each", number=token(count), each=each)


def without_yardstick(study: Study, command: str) -> tuple[Words, str]:
    """Say that hires were not measured, and the command that does."""
    return words("report no hires"), command


def held_words(study: Study, held: Decision, chosen: str | None) -> list[Words]:
    """Say what the chosen way does with the number of customers held fixed."""
    if chosen is None or chosen not in held.effects:
        return []
    said = sentences(study.held or study, held.effects[chosen], HELD)
    return [words("report held", way=quoted(way_words(study, chosen))), *said]
