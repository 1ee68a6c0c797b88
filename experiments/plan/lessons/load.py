"""Load a lesson: its company, ways of working, scoreboard and numbers, with messages for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from experiments.plan.factors import find_policy
from experiments.plan.hiring import hires
from experiments.plan.lessons.checks import check
from experiments.plan.lessons.lesson import Change, Lesson
from experiments.plan.lessons.rows import Row, read_rows
from experiments.plan.place import Place
from sim.errors import InputError, RelevoError, nearest
from sim.policies import Policy, Portfolio, portfolio
from sim.scenario.changes import Base, Value
from sim.scenario.company import Scenario
from sim.scenario.fields import Label
from sim.scenario.files import displayed
from sim.scenario.load import model_from_tree, resolve
from sim.scenario.variations import read_with_extends

TODAY = ""
"""Key of today's way of working."""
TODAY_LABEL = Label(en="Today", es="Hoy")


@dataclass(frozen=True)
class Way:
    """A way of working, ready to run.

    Attributes
    ----------
    key : str
        "" is today's.
    label : Label
        Name for people.
    scenario : Scenario
        The company, with the way's own settings.
    portfolio : Portfolio
        Policies and people.
    """

    key: str
    label: Label
    scenario: Scenario
    portfolio: Portfolio


@dataclass(frozen=True)
class BoundLesson:
    """A lesson whose company is loaded and whose figures are tied to it.

    Attributes
    ----------
    lesson : Lesson
        As written.
    place : str
        Its file, as messages name it.
    ways : tuple of Way
        Today's first.
    rows : tuple of Row
        The scoreboard.
    policies : tuple of Policy
        Those that some change has.
    """

    lesson: Lesson
    place: str
    ways: tuple[Way, ...]
    rows: tuple[Row, ...]
    policies: tuple[Policy, ...]

    @property
    def scenario(self) -> Scenario:
        """The company as it works today."""
        return self.ways[0].scenario

    def way(self, key: str | None) -> Way:
        """Return a way of working by its key; today's for None."""
        return next(way for way in self.ways if way.key == (key or TODAY))

    @property
    def compared(self) -> tuple[str, ...]:
        """Keys of the changes that have a column on the scoreboard."""
        return self.lesson.compared or tuple(self.lesson.changes)


def read_lesson(source: str | Path) -> tuple[Lesson, Place, str]:
    """Read a lesson without loading its company; raises like `load_lesson`."""
    path = resolve(source, "lessons")
    tree = read_with_extends(path, displayed(path), "lessons")
    return model_from_tree(tree, Lesson), Place(tree), displayed(path)


def load_lesson(source: str | Path) -> BoundLesson:
    """Load a lesson.

    Parameters
    ----------
    source : str or Path
        A shipped name such as "green_and_red", or the path of a .yaml file.

    Raises
    ------
    InputError
        If it is not there, cannot be read, or asks for something impossible; says where and what is allowed.

    Examples
    --------
    >>> lesson = load_lesson("green_and_red")
    >>> lesson.ways[0].label.es, lesson.rows[0].owner
    ('Hoy', 'department')
    """
    lesson, place, file = read_lesson(source)
    base = _base(lesson, place)
    ways, policies = [Way(TODAY, TODAY_LABEL, base.scenario, Portfolio())], dict[str, Policy]()
    for key, change in lesson.changes.items():
        members = _members(change, place, key, base.scenario)
        policies |= {policy.name: policy for policy, _ in members}
        scenario = _changed(base, change, place, key)
        joined = Portfolio(members=(*portfolio(list(members)).members, *hires(change.people)))
        ways.append(Way(key, change.label, scenario, joined))
    rows = read_rows(lesson, base.scenario, place)
    check(lesson, base.scenario, place)
    _check_ways(ways, place)
    return BoundLesson(lesson, file, tuple(ways), rows, tuple(policies.values()))


def _base(lesson: Lesson, place: Place) -> Base:
    source: str | Path = lesson.scenario
    if lesson.scenario.endswith((".yaml", ".yml")):
        source = place.beside(lesson.scenario, "scenario")
    try:
        base = Base(source)
    except RelevoError as error:
        raise InputError(f"{place('scenario')}: {error}") from None
    _check_fields(base, lesson.settings, place, "settings")
    where = {path: place("settings", path) for path in lesson.settings}
    base = base.fixed(dict(lesson.settings), where)
    # So that differences are those of the changes, everything else is as the lesson says.
    return base.fixed({"time.horizon": f"{lesson.horizon!r} h"}, place("horizon"))


def _check_fields(base: Base, settings: Mapping[str, Value], place: Place, *keys: str) -> None:
    for path in settings:
        where = place(*keys, path)
        if path == "time.horizon":
            raise InputError(f"{where}: the lesson says how long in 'horizon'; write it there.")
        try:
            base.field(path)
        except RelevoError as error:
            raise InputError(f"{where}: {error}") from None


def _changed(base: Base, change: Change, place: Place, key: str) -> Scenario:
    _check_fields(base, change.settings, place, "changes", key, "settings")
    where = {path: place("changes", key, "settings", path) for path in change.settings}
    return base.changed(dict(change.settings), where)


def _members(change: Change, place: Place, key: str, company: Scenario) -> list[tuple[Policy, float]]:
    found: dict[str, tuple[Policy, float]] = {}
    for name, intensity in change.policies.items():
        where = place("changes", key, "policies", name)
        try:
            policy = find_policy(name, place, "changes", key, "policies", name)
        except RelevoError as error:
            raise InputError(f"{where}: {error}") from None
        if policy.name in found:
            raise InputError(f"{where}: the policy '{policy.name}' stands there already; name each once.")
        found[policy.name] = (policy, intensity)
    for name in change.people:
        if name not in company.departments:
            hint = nearest(name, company.departments)
            raise InputError(f"{place('changes', key, 'people', name)}: there is no department '{name}'. {hint}")
    return list(found.values())


def _check_ways(ways: list[Way], place: Place) -> None:
    """Refuse two ways that are the same: their differences would be nothing but zeros."""
    seen: dict[tuple[str, str], str] = {}
    for way in ways:
        same = (way.scenario.model_dump_json(), way.portfolio.key)
        if same in seen:
            other = f"as '{seen[same]}'" if seen[same] else "as today"
            raise InputError(f"{place('changes', way.key)}: is the same {other}; change something else, or remove it.")
        seen[same] = way.key
