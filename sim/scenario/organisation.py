"""Calendars, departments, cross-training."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator

from sim import units
from sim.errors import shown
from sim.scenario.fields import Count, Label, Name, Number, Strict, WorkTime
from sim.scenario.groups import parameter_group
from sim.scenario.work import Work

_HOLIDAY = re.compile(r"([0-9]{4}-)?[0-9]{2}-[0-9]{2}")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Hours = Annotated[
    tuple[tuple[int, int], ...],
    BeforeValidator(units.clock_interval),
    WithJsonSchema({"type": "string", "examples": ["9:00-17:00", "9:00-14:00, 16:00-19:00", "closed"]}),
]

ServiceGroup: Any = parameter_group("service", "department")
HelpingGroup: Any = parameter_group("helping", "department")
CooperationGroup: Any = parameter_group("cooperation", "department")
MoraleGroup: Any = parameter_group("morale", "department")
TurnoverGroup: Any = parameter_group("turnover", "department")


class WeekCalendar(Strict):
    """Opening hours of a week and the days off."""

    weekdays: Hours | None = None
    """Opening hours of every day from Monday to Friday, unless the day has its own."""
    monday: Hours | None = None
    """Opening hours of Monday."""
    tuesday: Hours | None = None
    """Opening hours of Tuesday."""
    wednesday: Hours | None = None
    """Opening hours of Wednesday."""
    thursday: Hours | None = None
    """Opening hours of Thursday."""
    friday: Hours | None = None
    """Opening hours of Friday."""
    saturday: Hours | None = None
    """Opening hours of Saturday."""
    sunday: Hours | None = None
    """Opening hours of Sunday."""
    holidays: tuple[str, ...] = ()
    """Days off: '2025-01-06', or '12-25' for every year."""

    @field_validator("holidays", mode="before")
    @classmethod
    def _dates(cls, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError(f"got {shown(value)}; write a list of days such as ['2025-01-06', '12-25']")
        for day in value:
            text = str(day)
            try:
                if not _HOLIDAY.fullmatch(text):
                    raise ValueError
                dt.date.fromisoformat(text if len(text) > 5 else f"2024-{text}")
            except ValueError:
                raise ValueError(f"got the day {shown(day)}; write '2025-01-06', or '12-25' for every year") from None
        return tuple(str(day) for day in value)

    def hours(self, weekday: int) -> tuple[tuple[int, int], ...]:
        """Return the open intervals of a weekday (0 is Monday) in minutes after midnight."""
        own = getattr(self, WEEKDAYS[weekday])
        if own is not None:
            return tuple(own)
        return tuple(self.weekdays) if weekday < 5 and self.weekdays is not None else ()


class OwnWork(Strict):
    """The department's own tasks: what 'behind everything else' is behind of."""

    load: Annotated[Number, Field(ge=0, le=100_000)]
    """Person-hours of own tasks that come in each opening hour."""
    work: Work
    """Work of one task."""
    dropped_after: WorkTime | None = None
    """Tasks that have waited longer are dropped."""


class WorkerNeeds(Strict):
    """What a person may need in the middle of the work, such as a repaired computer."""

    source: Annotated[Name, Field(alias="from")]
    """The department that helps."""
    rate: Annotated[Number, Field(ge=0, le=10)]
    """How often, per hour of work."""
    work: Work
    """Work of helping."""


class Department(Strict):
    """A department: its people, its hours and how it treats the others."""

    label: Label | None = None
    """Name for people; the key if not given."""
    staff: Annotated[Count, Field(ge=1, le=100_000)]
    """People who work at the same time. To close a department for a time, use its calendar."""
    calendar: Name | None = None
    """Opening hours; the company's if not given."""
    discipline: Literal["cooperative", "fifo", "priority"] = "cooperative"
    """Which item is next: the office rule of docs/model.md, arrival order, or class then arrival order."""
    pay_share: Annotated[Number, Field(ge=0, le=1)] = 1.0
    """Share of the staff's time that the company pays (0: an outside supplier)."""
    worker_needs: WorkerNeeds | None = None
    """What blocks its people, if anything: the person waits, with the work in hand."""
    own_work: OwnWork | None = None
    """The department's own tasks, if any."""
    service: ServiceGroup = ServiceGroup()
    """Service parameters that differ from the company's."""
    helping: HelpingGroup = HelpingGroup()
    """Cross-training parameters that differ from the company's."""
    cooperation: CooperationGroup = CooperationGroup()
    """Cooperation parameters that differ from the company's."""
    morale: MoraleGroup = MoraleGroup()
    """Morale parameters that differ from the company's."""
    turnover: TurnoverGroup = TurnoverGroup()
    """Turnover parameters that differ from the company's."""


class Hiring(Strict):
    """Who looks for somebody when a post becomes vacant, and the work that this takes."""

    department: Name
    """The department whose queue a hiring request goes through; its own posts go without one."""
    work: Work
    """Work of a hiring request, before the search begins."""


class CrossTraining(Strict):
    """Who is, or would be, trained for whose work; `helping.trained_share` says how many are."""

    pattern: Literal["pairs", "chain", "all", "list"]
    """Closed pairs, a chain (each helps the next, the last the first), all for everything, or a list."""
    departments: tuple[Name, ...] = ()
    """For pairs, chain and all: the departments, in order."""
    helps: dict[Name, tuple[Name, ...]] = Field(default={})
    """For a list: who helps whom."""

    def skills(self) -> dict[str, tuple[str, ...]]:
        """Return, for each department, the departments its trained people can help, in order."""
        d = self.departments
        n = len(d)
        if self.pattern == "list":
            return dict(self.helps)
        if self.pattern == "pairs":
            return {d[i]: (d[i ^ 1],) for i in range(n - n % 2)}
        if self.pattern == "chain":
            return {d[i]: (d[(i + 1) % n],) for i in range(n)} if n > 1 else {}
        return {d[i]: tuple(d[(i + k) % n] for k in range(1, n)) for i in range(n)}
