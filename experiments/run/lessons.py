"""Run what a lesson shows: today and its changes on the same customers and luck, at the end and at an early look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from experiments.plan.lessons.lesson import Lesson
from experiments.plan.lessons.load import TODAY, BoundLesson, Way
from experiments.run.executors import available_workers, executor_for
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.job import with_weeks
from experiments.run.study import Study
from experiments.run.window import Failure
from experiments.run.worlds import Worlds
from sim.engines.protocol import DEFAULT
from sim.errors import RelevoError
from sim.run import RunResult
from sim.units import HOURS_PER_WEEK

KEPT = ("weeks", "states", "waits")
"""Tables that charts need."""
END, EARLY = "end", "early"


@dataclass(frozen=True)
class Look:
    """What is looked at after some time.

    Attributes
    ----------
    name : str
        "end" or "early".
    weeks : float
        After so many weeks.
    ways : tuple of Way
        Today's first.
    tables : tuple of str
        That are kept.
    """

    name: str
    weeks: float
    ways: tuple[Way, ...]
    tables: tuple[str, ...]


def looks(bound: BoundLesson) -> tuple[Look, ...]:
    """Return what a lesson looks at; what the early look does not need is not run for it."""
    lesson = bound.lesson
    found = [Look(END, lesson.horizon / HOURS_PER_WEEK, bound.ways, KEPT)]
    if lesson.early is not None:
        needed = {TODAY, *bound.compared, *_early(lesson)}
        ways = tuple(way for way in bound.ways if way.key in needed)
        found.append(Look(EARLY, lesson.early / HOURS_PER_WEEK, ways, ()))
    return tuple(found)


def _early(lesson: Lesson) -> Iterator[str]:
    for quantity in lesson.numbers.values():
        if quantity.look == EARLY:
            yield from (quantity.change or TODAY, *getattr(quantity, "yardstick", ()))


def total(bound: BoundLesson, replications: int) -> int:
    """Return the number of runs of a lesson."""
    return replications * sum(len(look.ways) for look in looks(bound))


def run_lesson(
    bound: BoundLesson,
    *,
    replications: int | None = None,
    workers: int | None = None,
    engine: str = DEFAULT,
    request: StopRequest | None = None,
    told: Callable[[int], None] | None = None,
) -> dict[str, Study]:
    """Run a lesson.

    Parameters
    ----------
    replications : int, optional
        Instead of the lesson's.
    told : callable, optional
        Told the number of runs that have ended.

    Returns
    -------
    dict of str to Study
        By look: "end", and "early" if the lesson has one.

    Raises
    ------
    RelevoError
        If a run failed: a lesson with gaps is none.
    StoppedError
        If it was interrupted.
    """
    counted = [0]
    found = {}
    for look in looks(bound):
        asked = _Asked(bound, look, replications or bound.lesson.replications, workers, engine)
        found[look.name] = _study(asked, request or StopRequest(), counted, told)
    return found


@dataclass(frozen=True)
class _Asked:
    bound: BoundLesson
    look: Look
    replications: int
    workers: int | None
    engine: str


def _study(asked: _Asked, request: StopRequest, counted: list[int], told: Callable[[int], None] | None) -> Study:
    look = asked.look
    rows: dict[tuple[str, int], dict[str, float]] = {}
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in look.tables}
    before = counted[0]

    def count(ended: int) -> None:
        counted[0] = before + done + ended
        if told is not None:
            told(counted[0])

    done = 0
    for group in _alike(look.ways):
        for key, replication, result in _worlds(asked, group, request, count):
            rows[key, replication] = dict(result.metrics)
            for name in look.tables:
                tables[name].append(result.tables[name].assign(policies=key))
        done += len(group) * asked.replications
    order = {way.key: place for place, way in enumerate(look.ways)}
    wide = pd.DataFrame.from_dict(rows, orient="index")
    wide.index = pd.MultiIndex.from_tuples(wide.index, names=["way", "replication"])
    keys = sorted(rows, key=lambda each: (order[each[0]], each[1]))  # Not in the order in which runs ended.
    said = {way.key: {"name": way.key, "label": way.label.model_dump()} for way in look.ways if way.key != TODAY}
    return Study(
        "compare",
        with_weeks(asked.bound.scenario, look.weeks),
        tuple(order),
        wide.loc[keys],
        # Charts name a way by its policies; a lesson gives each way a name of its own.
        {way.key: {way.key: 1.0} if way.key != TODAY else {} for way in look.ways},
        said,
        given={name: _in_order(frames, order) for name, frames in tables.items()},
    )


def _alike(ways: tuple[Way, ...]) -> list[list[Way]]:
    """Put ways together that differ in their policies alone: they share what goes before."""
    groups: dict[str, list[Way]] = {}
    for way in ways:
        groups.setdefault(way.scenario.model_dump_json(), []).append(way)
    return list(groups.values())


def _worlds(
    asked: _Asked, group: list[Way], request: StopRequest, told: Callable[[int], None]
) -> Iterator[tuple[str, int, RunResult]]:
    worlds = Worlds(
        with_weeks(group[0].scenario, asked.look.weeks),
        {way.key: way.portfolio for way in group},
        asked.bound.lesson.seed,
        asked.engine,
        asked.workers or available_workers(),
        executor_for(asked.engine),
        tables=asked.look.tables,
        request=request,
        told=told,
    )
    yield from worlds.run(0, asked.replications)
    if request.requested:
        raise StoppedError("Interrupted; what is finished is not enough for a lesson.")
    if worlds.failures:
        raise _failed(worlds.failures[0], asked.bound)


def _failed(failure: tuple[str, int, Failure], bound: BoundLesson) -> RelevoError:
    key, replication, why = failure
    error = RelevoError(f"{bound.place}: '{key or 'today'}', replication {replication}: {why.reason}")
    error.exit_code = why.exit_code
    return error


def _in_order(frames: list[pd.DataFrame], order: dict[str, int]) -> pd.DataFrame:
    whole = pd.concat(frames, ignore_index=True)
    place = whole["policies"].map(order)
    sorting = whole.assign(place=place).sort_values(["place", "replication"], kind="stable")
    return sorting.drop(columns="place").reset_index(drop=True)
