"""Where the customer's wait comes from, cause by cause: what a way of working changes, or what one is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.analysis.mean_interval import Interval, interval, paired_interval
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import Words, joined, unit_words, words
from experiments.show.charts.chart import Cell, Chart, Column, Num
from experiments.show.charts.estimates import VERDICT, checked_way, numbers, verdict
from experiments.show.charts.labels import wrapped
from experiments.show.charts.naming import way_words
from experiments.show.charts.origins_drawn import Bar, drawn_change, drawn_parts
from sim.errors import UsageError
from sim.rules.attribution import CAUSES

OPEN, CLOSED, CALENDAR = "open", "closed", "calendar"
SMALL = 0.01
"""[1] -- causes below this share of the wait are drawn as one."""
HOURS = "wait_hours."
_TITLES = {OPEN: "origins open", CLOSED: "origins closed", CALENDAR: "origins calendar"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the wait, or all of it.

    Attributes
    ----------
    key : str
        A cause, "open", "closed" or "calendar".
    before, after : Interval or None
        [h] -- today's, and the way of working's; today's by itself is `after`.
    change : Interval or None
        [h] -- after minus before, run by run.
    """

    key: str
    after: Interval
    before: Interval | None = None
    change: Interval | None = None


def origins(study: Study, way: str = TODAY) -> Chart:
    """Return where the wait comes from: what a way of working changes from today, cause by cause.

    Parameters
    ----------
    study : Study
    way : str
        Way of working; today's by itself if not given, and any by itself if today's was not run.

    Raises
    ------
    UsageError
        If the way of working was not run, or no run delivered an order.
    """
    compared = checked_way(study, way, "origins")
    parts = parts_of_wait(study, way)
    name = way_words(study, way)
    small = _small(parts)
    drawn = _grouped(study, way, parts, small)
    draw = drawn_change if compared else drawn_parts
    traces, layout, height = draw([_bar(each) for each in drawn])
    grouped = [each for each in drawn if each.key == "other"]
    return Chart(
        "origins",
        words("origins change title" if compared else "origins title", way=name),
        words("origins change reading" if compared else "origins reading"),
        _columns(name, compared),
        tuple(_row(each, small) for each in [*parts, *grouped]),
        traces,
        layout,
        height,
    )


def parts_of_wait(study: Study, way: str = TODAY) -> list[Part]:
    """Return the parts of the wait: causes that hold orders, all of them in opening hours, closed hours, all.

    Raises
    ------
    UsageError
        If the way of working was not run, or no run delivered an order.
    """
    compared = checked_way(study, way, "origins")
    after = _hours(study, way)
    before = _hours(study, TODAY) if compared else None
    return _parts(after, before)


def _hours(study: Study, way: str) -> pd.DataFrame:
    """Return the hours of each part by run: what is possible nowhere, or in no run of this way, holds for 0 hours."""
    if not study.values("wait_open_mean", way):
        raise UsageError(f"origins: no run of '{way}' delivered an order, so no wait has a cause; nothing to show.")
    runs = study.wide.loc[[way]].droplevel(0)
    runs = runs.loc[runs["wait_open_mean"].notna()]
    found: dict[str, pd.Series] = {}
    for cause in CAUSES:
        places = [name for name in runs.columns if str(name).startswith(f"{HOURS}{cause}.")]
        found[cause] = runs[places].fillna(0.0).sum(axis=1)
    found[OPEN], found[CALENDAR] = runs["wait_open_mean"], runs["wait_mean"]
    found[CLOSED] = found[CALENDAR] - found[OPEN]
    return pd.DataFrame(found)[[*CAUSES, OPEN, CLOSED, CALENDAR]]


def _parts(after: pd.DataFrame, before: pd.DataFrame | None) -> list[Part]:
    """Return the parts over the runs that both have, so that what is added up belongs together."""
    if before is not None:
        common = after.index.intersection(before.index)
        if common.empty:
            raise UsageError("origins: no replication delivered orders both today and with the change; run more.")
        after, before = after.loc[common], before.loc[common]
    parts = []
    for key in after.columns:
        new, old = _by_run(after, key), None if before is None else _by_run(before, key)
        if key in CAUSES and not any(new.values()) and not any((old or {}).values()):
            continue
        change = None if old is None else paired_interval(new, old)
        parts.append(Part(key, interval(new.values()), None if old is None else interval(old.values()), change))
    return parts


def _by_run(hours: pd.DataFrame, key: str) -> dict[int, float]:
    return dict(zip(hours.index.tolist(), hours[key].tolist(), strict=True))


def _small(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the causes too small to be drawn by themselves, if there are several."""
    whole = next(each for each in parts if each.key == OPEN)

    def share(part: Interval | None, of: Interval | None) -> float:
        return 0.0 if part is None or of is None or not of.mean else (part.mean or 0.0) / of.mean

    found = [
        each.key
        for each in parts
        if each.key in CAUSES and max(share(each.after, whole.after), share(each.before, whole.before)) < SMALL
    ]
    return tuple(found) if len(found) > 1 else ()


def _grouped(study: Study, way: str, parts: list[Part], small: tuple[str, ...]) -> list[Part]:
    """Return the parts with the small ones as one, before the sums."""
    if not small:
        return parts
    after = _together(_hours(study, way), small)
    before = _together(_hours(study, TODAY), small) if parts[0].before is not None else None
    causes = [each for each in parts if each.key in CAUSES and each.key not in small]
    return [*causes, *_parts(after, before), *(each for each in parts if each.key not in CAUSES)]


def _together(hours: pd.DataFrame, small: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({"other": hours[list(small)].sum(axis=1)})


def _title(key: str) -> Words:
    return words(_TITLES[key]) if key in _TITLES else words("origins other" if key == "other" else f"cause {key}")


def _bar(part: Part) -> Bar:
    standing = None if part.change is None else verdict(part.change, "lower")
    return Bar(part.key, wrapped(_title(part.key), 22, 3), part.after, part.before, part.change, standing)


def _columns(name: Words, compared: bool) -> tuple[Column, ...]:
    hours = unit_words("h")
    heads = [("today", words("today")), ("way", name), ("change", words("change"))] if compared else [("way", name)]
    columns = [Column("part", words("origins part"))]
    for key, title in heads:
        columns.append(Column(key, title, hours))
        columns.append(Column(f"{key}_low", words("from"), hours))
        columns.append(Column(f"{key}_high", words("up to"), hours))
    columns += [Column("verdict", words("verdict"))] if compared else []
    return (*columns, Column("runs", words("pairs of runs" if compared else "runs counted")))


def _row(part: Part, small: tuple[str, ...]) -> tuple[Cell, ...]:
    title = _title(part.key)
    if part.key == "other":
        title = words("origins other sum", names=joined([_title(key) for key in small]))
    if part.before is None or part.change is None:
        return (title, *numbers(part.after), Num(part.after.n))
    said = words(VERDICT[verdict(part.change, "lower")])
    return (
        title, *numbers(part.before), *numbers(part.after), *numbers(part.change, signed=True), said, Num(part.after.n),
    )  # fmt: skip
