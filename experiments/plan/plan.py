"""A plan as data: which company, what varies in it, by which design, how often, and what is looked at."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from sim.rules.draws import LARGEST_SEED
from sim.scenario.fields import CalendarTime, Count, Label, Name, Number, Share, Strict

RESPONSES = ("wait_mean", "promise_kept_share", "churn_per_year", "profit")
"""What is looked at unless a plan says otherwise: what the customer gets, and money."""
MOST_REPLICATIONS = 1_000_000
FEWEST_FIRST = 30
"""Replications before a precision is first judged: with fewer, a half-width says little about itself."""

Scalar = Annotated[
    bool | int | float | str,
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "boolean"}]}),
]
"""A value as a scenario file writes it, such as 9 or '12 min'."""


class Factor(Strict):
    """Something that varies: a field of the scenario or how fully a policy is in force."""

    policy: str | None = None
    """Policy whose intensity varies, a shipped name or a .yaml file; the factor's own name if that is one."""
    field: str | None = None
    """Place in the scenario file, such as departments.warehouse.staff; the factor's own name if that is one."""
    levels: Annotated[tuple[Scalar, ...], Field(min_length=1, max_length=1000)] | None = None
    """Values, as the file writes them."""
    range: tuple[Scalar, Scalar] | None = None
    """Lowest and highest value, for designs that choose their own values."""
    steps: Annotated[Count, Field(ge=2, le=1000)] | None = None
    """With a range: so many levels at equal distances, both ends included."""
    scale: Literal["linear", "log"] = "linear"
    """Whether equal distances within a range are equal differences or equal factors."""
    role: Literal["controllable", "uncontrollable"] = "controllable"
    """Whether the organisation decides it."""

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if self.policy is not None and self.field is not None:
            raise ValueError("'policy' and 'field' exclude each other; write one of them")
        if (self.levels is None) == (self.range is None):
            raise ValueError("either 'levels' or 'range' is needed; write for example 'levels: [0, 1]'")
        if self.levels is not None and (self.steps is not None or self.scale != "linear"):
            raise ValueError("'steps' and 'scale' go with 'range'; levels stand for themselves")
        return self


class _Design(Strict):
    factors: tuple[str, ...] | None = None
    """The factors it is for, in a crossed design; all of them if not given."""


class FullFactorial(_Design):
    """Every combination of the levels."""

    kind: Literal["full factorial"] = "full factorial"
    """Full factorial."""


class FractionalFactorial(_Design):
    """Some combinations of two settings each, so that chosen effects are not mixed up."""

    kind: Literal["fractional factorial"] = "fractional factorial"
    """Fractional factorial."""
    resolution: Annotated[Count, Field(ge=3, le=5)] = 4
    """3: main effects clear of each other; 4: and of two-way interactions; 5: these clear of each other too."""


class PlackettBurman(_Design):
    """Main effects of many factors of two settings in few runs."""

    kind: Literal["plackett-burman"] = "plackett-burman"
    """Plackett-Burman."""
    fold_over: bool = False
    """Run the mirrored design too: main effects are then clear of two-way interactions."""


class OneAtATime(_Design):
    """Today, and every factor by itself at each of its levels or at both ends of its range."""

    kind: Literal["one at a time"] = "one at a time"
    """One at a time."""


class LatinHypercube(_Design):
    """Points that fill the ranges evenly: each factor's range is cut into as many strips as there are points."""

    kind: Literal["latin hypercube"] = "latin hypercube"
    """Latin hypercube."""
    points: Annotated[Count, Field(ge=2, le=1_000_000)]
    """Number of points."""
    seed: Annotated[Count, Field(ge=0, le=2**31)] = 1
    """Decides which of the many."""
    strength: Literal[1, 2] = 1
    """2: pairs of factors are filled evenly too; the number of points must be the square of a prime."""


class Sobol(_Design):
    """A Sobol' sequence: points that fill the ranges evenly, and go on doing so when doubled."""

    kind: Literal["sobol"] = "sobol"
    """Sobol'."""
    points: Annotated[Count, Field(ge=2, le=1_048_576)]
    """Number of points, a power of two."""
    seed: Annotated[Count, Field(ge=0, le=2**31)] = 1
    """Decides the scrambling."""


class Custom(_Design):
    """Points of one's own."""

    kind: Literal["csv"] = "csv"
    """A table."""
    file: Annotated[str, Field(min_length=1, max_length=1000)]
    """CSV file beside the plan, a column per factor; an empty cell means today's value."""


Simple = FullFactorial | FractionalFactorial | PlackettBurman | OneAtATime | LatinHypercube | Sobol | Custom


class Crossed(Strict):
    """Every point of one design with every point of the others."""

    kind: Literal["crossed"] = "crossed"
    """Crossed."""
    of: Annotated[tuple[Annotated[Simple, Field(discriminator="kind")], ...], Field(min_length=2, max_length=10)]
    """Designs, each with the factors it is for."""


def _by_its_name(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


Design = Annotated[
    Annotated[Simple | Crossed, Field(discriminator="kind")],
    BeforeValidator(_by_its_name),
]


class Constraint(Strict):
    """What a point may cost: a weighted sum of factor values."""

    name: Name
    """What is limited, such as 'budget'."""
    weights: Literal["costs"] | dict[str, Number]
    """Factor -> cost of one unit of its value; or 'costs': what policies and posts cost a year beyond today."""
    at_most: Number
    """The limit."""
    otherwise: Literal["leave out", "shrink", "resample"] = "leave out"
    """What happens to a point beyond it: it is left out; pulled towards today; or replaced by another random one."""


class Precision(Strict):
    """Replicate until the interval of every chosen response is narrow enough."""

    targets: Annotated[dict[str, Scalar], Field(min_length=1, max_length=20)]
    """Response -> half-width: '5 %' of its mean, or an amount in its unit (points are 0.01 of a share)."""
    confidence: Annotated[Share, Field(gt=0.5, lt=1)] = 0.95
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
    """Metrics that are looked at; all are kept."""
    keep: tuple[Literal["company", "departments", "pairs"], ...] = ("company", "departments")
    """Metrics that are kept: the company's, those of departments, of pairs of departments."""
    replications: Annotated[Count, Field(ge=1, le=MOST_REPLICATIONS)] | None = None
    """Runs of each point, each with customers and luck of its own, the same at every point."""
    precision: Precision | None = None
    """Instead of a number of replications: until this is reached."""
    warm_up: CalendarTime | Literal["mser-5"] | None = None
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
