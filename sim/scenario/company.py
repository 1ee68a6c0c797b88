"""A scenario: everything that is given about a company. Pure data, validated and frozen, in base units."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PrivateAttr

from sim.parameters import find
from sim.scenario.fields import Day, Label, Name, Share, Strict
from sim.scenario.groups import parameter_group
from sim.scenario.orders import (
    Complaints,
    CustomerDemand,
    Enquiries,
    FileDemand,
    Horizon,
    OrderType,
    Step,
    StreamDemand,
)
from sim.scenario.organisation import CrossTraining, Department, Hiring, WeekCalendar

PairGroup: Any = parameter_group("cooperation", "pair")
_Cooperation: Any = parameter_group("cooperation")


class CompanyCooperation(_Cooperation):  # type: ignore[misc]
    """How departments treat each other, unless a department or a pair says otherwise."""

    pairs: dict[str, PairGroup] = Field(default={})
    """Pairs 'sender->receiver' that differ."""


ServiceGroup: Any = parameter_group("service")
HelpingGroup: Any = parameter_group("helping")
PromiseGroup: Any = parameter_group("promise")
PatienceGroup: Any = parameter_group("patience")
SatisfactionGroup: Any = parameter_group("satisfaction")
ChurnGroup: Any = parameter_group("churn")
NewcomersGroup: Any = parameter_group("newcomers")
ProblemsGroup: Any = parameter_group("problems")
EconomicsGroup: Any = parameter_group("economics")
PressureGroup: Any = parameter_group("pressure")
LearningGroup: Any = parameter_group("learning")
MoraleGroup: Any = parameter_group("morale")
TurnoverGroup: Any = parameter_group("turnover")
AbsenceGroup: Any = parameter_group("absence")
ImprovementGroup: Any = parameter_group("improvement")


class PolicyInForce(Strict):
    """A policy that the scenario itself puts in force when measuring begins."""

    policy: Name
    """Name of the policy."""
    intensity: Share = 1.0
    """How fully, in [0, 1]."""


class Scenario(Strict):
    """Everything given about a company: who works there, what comes in, how people treat each other."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    """Name of the scenario."""
    label: Label | None = None
    """Name for people."""
    description: Label | None = None
    """What the company is, in a sentence."""
    start: Day = dt.date(2024, 1, 1)
    """Date of the first day; decides weekdays and holidays."""
    currency: Annotated[str, Field(min_length=1, max_length=5)] = "EUR"
    """Unit of money."""
    time: Horizon
    """Warm-up, horizon, drain."""
    calendars: Annotated[dict[Name, WeekCalendar], Field(max_length=200)] = Field(default={})
    """Opening hours by name; 'always' is built in."""
    calendar: Name = "always"
    """Opening hours of the company: of promises, and of departments that have no calendar of their own."""
    departments: Annotated[dict[Name, Department], Field(min_length=1, max_length=200)]
    """Who works."""
    routes: Annotated[
        dict[Name, Annotated[tuple[Step, ...], Field(min_length=1, max_length=200)]],
        Field(min_length=1, max_length=200),
    ]
    """The ways orders take."""
    orders: Annotated[dict[Name, OrderType], Field(min_length=1, max_length=200)]
    """The kinds of orders."""
    demand: Annotated[CustomerDemand | StreamDemand | FileDemand, Field(discriminator="kind")]
    """When orders come."""
    patience: PatienceGroup | None = None
    """How long customers wait for a first answer; for ever if not given."""
    promise: PromiseGroup = PromiseGroup()
    """What is promised and accepted; without 'house' nothing is promised."""
    satisfaction: SatisfactionGroup = SatisfactionGroup()
    """How experiences move satisfaction."""
    churn: ChurnGroup | None = None
    """How customers leave; nobody leaves if not given."""
    newcomers: NewcomersGroup | None = None
    """How customers come; nobody comes if not given."""
    problems: ProblemsGroup = ProblemsGroup()
    """What defects do to customers."""
    complaints: Complaints | None = None
    """Who answers complaints; nobody if not given."""
    enquiries: Enquiries | None = None
    """Who answers customers whose order is late; nobody asks if not given."""
    cooperation: CompanyCooperation = CompanyCooperation()
    """How departments treat each other."""
    service: ServiceGroup = ServiceGroup()
    """Service parameters of all departments."""
    cross_training: CrossTraining | None = None
    """Who is, or would be, trained for whose work."""
    helping: HelpingGroup = HelpingGroup()
    """How much cross-training is in force."""
    pressure: PressureGroup | None = None
    """How people work under pressure, and what becomes of their standards; the designed pace if not given."""
    learning: LearningGroup | None = None
    """How newcomers learn and unused skills are lost; everybody is experienced if not given."""
    morale: MoraleGroup | None = None
    """What moves morale and what it moves; it does nothing if not given."""
    turnover: TurnoverGroup | None = None
    """How people resign and posts are filled; nobody resigns if not given."""
    hiring: Hiring | None = None
    """Who hires; with 'turnover', a search begins by itself if not given."""
    absence: AbsenceGroup | None = None
    """How people are away; nobody is if not given."""
    improvement: ImprovementGroup = ImprovementGroup()
    """What an improvement team makes of reported faults."""
    economics: EconomicsGroup = EconomicsGroup()
    """Money."""
    policies: tuple[PolicyInForce, ...] = ()
    """Policies in force from the end of the warm-up."""

    _place: str = PrivateAttr(default="scenario")
    _folder: Path | None = PrivateAttr(default=None)

    @property
    def place(self) -> str:
        """Where the scenario came from, for messages."""
        return self._place

    @property
    def folder(self) -> Path | None:
        """The folder from which relative paths in the scenario start; None if it came from no file."""
        return self._folder

    def parameter(self, name: str, department: str | None = None, pair: tuple[str, str] | None = None) -> float:
        """Return a parameter in base units: of the pair, else of the department, else of the company.

        Parameters
        ----------
        name : str
            Name in the registry.
        department : str, optional
            The department whose own value counts.
        pair : (str, str), optional
            Sender and receiver; the sender is the department whose own value counts next.

        Raises
        ------
        ValueError
            If neither the scenario nor the registry gives a value.
        """
        entry = find(name)
        places: list[Any] = []
        if pair is not None:
            places.append(self.cooperation.pairs.get(f"{pair[0]}->{pair[1]}"))
            department = pair[0]
        if department is not None:
            places.append(getattr(self.departments[department], entry.group, None))
        places.append(getattr(self, entry.group, None))
        for place in places:
            value = getattr(place, entry.key, None)
            if value is not None:
                return float(value)
        if entry.default is None:
            raise ValueError(f"{self.place}, {name}: not given and without a default")
        return entry.default
