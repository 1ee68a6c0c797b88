"""A plan as data: which company, what varies in it, by which design, how often, and what is looked at."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from experiments.plan.kinds import Design, FullFactorial
from sim.errors import shown
from sim.rules.draws import LARGEST_SEED
from sim.scenario.fields import CalendarTime, Count, Label, Name, Number, Share, Strict
from sim.units import calendar_hours

RESPONSES = ("wait_mean", "promise_kept_share", "churn_per_year", "profit")
"""What is looked at unless a plan says otherwise: what the customer gets, and money."""
MOST_REPLICATIONS = 1_000_000
FEWEST_FIRST = 30
"""Replications before a precision is first judged: with fewer, a half-width says little about itself."""


def _scalar(value: Any) -> bool | int | float | str:
    if not isinstance(value, bool | int | float | str) or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"got {shown(value)}; a single number or word belongs here, such as 9, '12 min' or '50 %'")
    return value


def _levels(value: Any) -> Any:
    if isinstance(value, bool | int | float | str):
        raise ValueError(f"got {shown(value)}; levels are a list; write 'levels: [{value}]'")
    if isinstance(value, list | tuple) and not value:
        raise ValueError("got an empty list; at least one level is needed; write for example 'levels: [0, 1]'")
    return value


def _ends(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        given = f"{len(value)} values" if isinstance(value, list | tuple) else shown(value)
        raise ValueError(
            f"got {given}; a range has two ends, written for example 'range: [0, 1]'; several values are 'levels'"
        )
    return value


def _warm_up(value: Any) -> Any:
    if value == "mser-5":
        return value
    try:
        return calendar_hours(value)
    except ValueError as error:
        raise ValueError(f"{error}, or 'mser-5' to have it found") from None


def _confidence(value: float) -> float:
    if not 0.5 < value < 1:
        raise ValueError("must be above 50 % and below 100 %; write for example '95 %'")
    return value


def _written(*examples: str) -> WithJsonSchema:
    kinds = [{"type": "number"}, {"type": "string"}, {"type": "boolean"}]
    return WithJsonSchema({"anyOf": kinds, "examples": list(examples)})


Scalar = Annotated[bool | int | float | str, PlainValidator(_scalar), _written("9", "12 min")]
"""A value as a scenario file writes it, such as 9 or '12 min'."""
HalfWidth = Annotated[bool | int | float | str, PlainValidator(_scalar), _written("5 %", "0.01")]
"""How narrow an interval is to be: a share of the mean, or an amount."""


class Factor(Strict):
    """Something that varies: a field of the scenario or how fully a policy is in force."""

    policy: str | None = None
    """Policy whose intensity varies, a shipped name or a .yaml file; the factor's own name if that is one."""
    field: str | None = None
    """Place in the scenario file, such as departments.warehouse.staff; the factor's own name if that is one."""
    levels: Annotated[tuple[Scalar, ...], Field(max_length=1000), BeforeValidator(_levels)] | None = None
    """Values, as the scenario file writes them: [0, 50 %, 100 %]."""
    range: Annotated[tuple[Scalar, Scalar], BeforeValidator(_ends)] | None = None
    """Lowest and highest value, for designs that choose their own values."""
    steps: Annotated[Count, Field(ge=2, le=1000)] | None = None
    """With a range: so many levels at equal distances, both ends included."""
    scale: Literal["linear", "log"] = "linear"
    """Whether equal distances within a range are equal differences or equal factors."""
    role: Literal["controllable", "uncontrollable"] = "controllable"
    """Whether the organisation decides it."""

    @model_validator(mode="before")
    @classmethod
    def _more_than_values(cls, value: Any) -> Any:
        if value is None or isinstance(value, list | tuple | bool | int | float | str):
            raise ValueError(f"got {shown(value)}; a factor says what its values are; write '{{levels: [0, 1]}}'")
        return value

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if self.policy is not None and self.field is not None:
            raise ValueError("'policy' and 'field' exclude each other; write one of them")
        if self.levels is not None and self.range is not None:
            raise ValueError("'levels' and 'range' exclude each other; write one of them")
        if self.levels is None and self.range is None:
            raise ValueError("either 'levels' or 'range' is needed; write for example 'levels: [0, 1]'")
        if self.levels is not None and (self.steps is not None or self.scale != "linear"):
            raise ValueError("'steps' and 'scale' go with 'range'; levels stand for themselves")
        return self


class Constraint(Strict):
    """What a point may cost: a weighted sum of factor values."""

    name: Name
    """What is limited, such as 'budget'."""
    weights: Literal["costs"] | dict[str, Number]
    """Factor -> cost of one unit (a person, an hour, a whole share); or 'costs': what policies and posts cost."""
    at_most: Number
    """The limit; of 'costs' what may be spent a year beyond today."""
    otherwise: Literal["leave out", "shrink", "resample"] = "leave out"
    """What happens to a point beyond it: it is left out; pulled towards today; or replaced by another random one."""


class Precision(Strict):
    """Replicate until the interval of every chosen response is narrow enough."""

    targets: Annotated[dict[str, HalfWidth], Field(min_length=1, max_length=20)]
    """Response -> half-width: '5 %' of its mean, or an amount in its unit (points are 0.01 of a share)."""
    confidence: Annotated[Share, AfterValidator(_confidence)] = 0.95
    """Of all these intervals together."""
    first: Annotated[Count, Field(ge=FEWEST_FIRST, le=MOST_REPLICATIONS)] = FEWEST_FIRST
    """Replications before the first look."""
    block: Annotated[Count, Field(ge=1, le=MOST_REPLICATIONS)] = 10
    """Replications between looks."""
    most: Annotated[Count, Field(ge=FEWEST_FIRST, le=MOST_REPLICATIONS)] = 1000
    """Replications after which it ends in any case, and says so."""

    @model_validator(mode="after")
    def _first_before_most(self) -> Self:
        if self.most < self.first:
            raise ValueError(f"'most' ({self.most}) is below 'first' ({self.first}); write a larger one")
        return self


WarmUp = Annotated[
    float | Literal["mser-5"],
    BeforeValidator(_warm_up),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}], "examples": ["3 weeks", "mser-5"]}),
]


class Plan(Strict):
    """An experiment."""

    name: Name
    """Name of the plan."""
    label: Label | None = None
    """Name for people."""
    description: Label | None = None
    """What is asked, in a sentence."""
    scenario: Annotated[str, Field(min_length=1, max_length=1000)]
    """The company: a shipped name, or a .yaml file beside the plan."""
    settings: dict[str, Scalar] = Field(default={})
    """Fields of the scenario that are other than in its file, at every point."""
    policies: dict[str, Share] = Field(default={})
    """Policies in force at every point, with their intensity."""
    factors: Annotated[dict[str, Factor], Field(min_length=1, max_length=200)]
    """What varies."""
    design: Design = FullFactorial()
    """Which combinations."""
    today: bool = True
    """Whether today's way, nothing varied, is the first point even if the design has it not."""
    constraints: tuple[Constraint, ...] = ()
    """What combinations are possible."""
    responses: Annotated[tuple[str, ...], Field(min_length=1, max_length=50)] = RESPONSES
    """Metrics that are looked at, and kept in any case."""
    keep: tuple[Literal["company", "departments", "pairs"], ...] = ("company", "departments")
    """Metrics that are kept: the company's, those of departments, of pairs of departments."""
    replications: Annotated[Count, Field(ge=1, le=MOST_REPLICATIONS)] | None = None
    """Runs of each point, each with customers and luck of its own, the same at every point."""
    precision: Precision | None = None
    """Instead of a number of replications: until this is reached."""
    warm_up: WarmUp | None = None
    """Time before measuring; the scenario's if not given; 'mser-5': found by a pilot of today's way."""
    horizon: CalendarTime | None = None
    """Measured time; the scenario's if not given."""
    seed: Annotated[Count, Field(ge=0, le=LARGEST_SEED)] = 1
    """Root of all luck."""
    most_events: Annotated[Count, Field(ge=1, le=10**12)] | None = None
    """Events after which a run is stopped as one that would never end; that of 'simulate' if not given."""

    @model_validator(mode="after")
    def _one_way_to_end(self) -> Self:
        if self.replications is not None and self.precision is not None:
            raise ValueError("'replications' and 'precision' exclude each other; write one of them")
        return self
