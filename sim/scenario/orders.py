"""Order types, their routes, and when orders come."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.errors import shown
from sim.scenario.fields import CalendarTime, Count, Label, Name, Number, Rate, Share, Strict
from sim.scenario.work import Amount, Delay, Work

END = "end"
"""Name of the end of every route."""


class PassedOn(Strict):
    """A need that its receiver may pass on to somebody else."""

    to: Name
    """Who receives it then."""
    probability: Share
    """How often."""
    work: Work
    """Work of the one who receives it."""


class Need(Strict):
    """Something an order may need from another department before a step can be done."""

    source: Annotated[Name, Field(alias="from")]
    """The department that is asked."""
    probability: Share
    """How often the step needs it."""
    work: Work
    """Work of answering."""
    passed_on: PassedOn | None = None
    """Whether the department asked may need somebody else in turn."""


class Failure(Strict):
    """What can go wrong in a step by its own fault, whatever was handed over."""

    label: Label | None = None
    """Name for people, such as 'damage'."""
    probability: Share
    """How often."""
    consequence: Literal["redelivery", "correction", "rejection"]
    """Redelivery: the customer gets something damaged, and the step's work is done again. Correction: the customer
    finds an error (in an invoice), which is corrected; an invoice counts from its correction. Rejection: the
    customer is put off, and accepts the quote less often."""
    cost: Annotated[Number, Field(ge=0, le=1e9)] = 0.0
    """Money lost each time, in the scenario's currency."""
    acceptance_factor: Annotated[Number, Field(ge=0, le=1)] = 1.0
    """With 'rejection': factor on the chance that the quote is accepted."""


class Step(Strict):
    """One step of a route: work in a department, or a transport."""

    step: Name
    """Name of the step, unique in its route."""
    label: Label | None = None
    """Name for people."""
    department: Name | None = None
    """Who does the work."""
    work: Work | None = None
    """The work, with 'department'."""
    transport: Name | None = None
    """Name of a delay without a queue (a carrier, a bank)."""
    time: Delay | None = None
    """How long it takes, with 'transport'."""
    next: Name | dict[Name, Share] | None = None
    """The next step, or several with their probabilities; the following one if not given; 'end' ends."""
    needs: tuple[Need, ...] = ()
    """What the step may need from others; at most one of them at a time."""
    failure: Failure | None = None
    """What can go wrong in it by its own fault."""
    answers: bool = False
    """The customer has a first answer after this step and will no longer give up."""
    quotes: bool = False
    """The promise is made after this step, and the customer accepts or declines."""
    delivers: bool = False
    """After this step the order is delivered: the customer's wait ends."""
    invoices: bool = False
    """After this step the order is invoiced; payment follows after the payment term."""
    redundant: bool = False
    """Nobody needs this step: an improvement team comes to leave it out."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.department is None) == (self.transport is None):
            raise ValueError("a step has either 'department' with 'work' or 'transport' with 'time'")
        if (self.department is None) != (self.work is None) or (self.transport is None) != (self.time is None):
            raise ValueError("a step has either 'department' with 'work' or 'transport' with 'time'")
        if self.failure is not None and self.department is None:
            raise ValueError("a transport has no 'failure'; put it on the step of a department")
        if self.redundant and (
            self.department is None or self.answers or self.quotes or self.delivers or self.invoices
        ):
            raise ValueError(
                "a redundant step is work of a department that neither answers, quotes, delivers nor invoices; "
                "put 'redundant' on another step or remove it"
            )
        if self.needs and self.department is None:
            raise ValueError("a transport has no needs; put them on the step of a department")
        if sum(n.probability for n in self.needs) > 1 + 1e-9:
            raise ValueError("the probabilities of the needs of one step add up to more than 100 %")
        return self


class OrderType(Strict):
    """A kind of order."""

    label: Label | None = None
    """Name for people."""
    share: Share = 1.0
    """Share of all orders."""
    route: Name
    """The route it takes."""
    priority: Annotated[Count, Field(ge=0, le=1000)] = 0
    """Class where a department's discipline is 'priority'; 0 is served first."""
    value: Amount
    """What the order is worth."""
    complexity_cv: Annotated[Number, Field(ge=0, le=5)] = 0.0
    """Coefficient of variation of the factor that scales all of an order's work (lognormal)."""


class Season(Strict):
    """A yearly wave of demand."""

    amplitude: Annotated[Share, Field(le=0.95)]
    """Height of the wave relative to the mean."""
    peak_week: Annotated[Number, Field(ge=0, le=53)] = 13.0
    """Week of the year of the peak, from the start of the run."""


class DayProfile(Strict):
    """When in the week customers order."""

    calendar: Name | None = None
    """Calendar whose open hours receive the share below."""
    share_inside: Share | None = None
    """Share of orders placed while that calendar is open."""
    hours: Annotated[tuple[Annotated[Number, Field(ge=0)], ...], Field(min_length=24, max_length=24)] | None = None
    """Relative demand of the 24 hours of every day."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.hours is None) == (self.calendar is None) or (self.calendar is None) != (self.share_inside is None):
            raise ValueError("write either 'calendar' with 'share_inside' or 'hours' with 24 numbers")
        if self.hours is not None and not any(self.hours):
            raise ValueError("'hours' needs at least one number above 0")
        return self


class Segment(Strict):
    """A kind of customer."""

    label: Label | None = None
    """Name for people."""
    share: Share
    """Share of customers."""
    value: Annotated[Number, Field(ge=0, le=1000)] = 1.0
    """Factor on the value of their orders."""
    patience: Annotated[Number, Field(gt=0, le=1000)] = 1.0
    """Factor on the time they wait for a first answer."""


class _Demand(Strict):
    season: Season | None = None
    """A yearly wave, if any."""
    profile: DayProfile | None = None
    """When in the week customers order; evenly at all hours if not given."""


AFTER_WARM_UP = "after warm-up"


def _frozen(value: object) -> object:
    if not isinstance(value, bool) and value != AFTER_WARM_UP:
        raise ValueError(f"got {shown(value)}; write true, false, or '{AFTER_WARM_UP}'")
    return value


class CustomerDemand(_Demand):
    """A base of customers who order again and again, may leave and may bring others."""

    kind: Literal["customers"]
    customers: Annotated[Count, Field(ge=1, le=5_000_000)]
    """Customers at the start."""
    orders_per_customer: Rate
    """Orders of a mean customer, such as '12 per year'."""
    spread_cv: Annotated[Number, Field(ge=0, le=5)] = 0.0
    """How much customers differ in how often they order (coefficient of variation, lognormal)."""
    segments: dict[Name, Segment] = Field(default_factory=dict)
    """Kinds of customers; all alike if not given. Shares add up to 100 %."""
    frozen: Annotated[bool | Literal["after warm-up"], BeforeValidator(_frozen)] = False
    """Hold demand as it is, from the start or after the warm-up: whoever leaves is replaced at once by a customer like
    them, nobody else comes."""


class StreamDemand(_Demand):
    """Orders that come one by one, each from a customer of its own."""

    kind: Literal["stream"]
    rate: Rate
    """Orders per time, such as '0.8 per h'."""
    interarrival_cv: Annotated[Number, Field(ge=0, le=20)] | None = None
    """Coefficient of variation of the time between orders (gamma); exponential if not given."""


class OrderColumns(Strict):
    """Which column of an order file holds what."""

    placed: str = "placed"
    """Time stamp of the order, such as '2017-11-24 08:31:00'."""
    customer: str = "customer"
    """Who ordered."""
    value: str = "value"
    """What the order is worth."""
    promised: str | None = None
    """Date promised to the customer, if the file has it."""
    type: str | None = None
    """Order type, if the file has it."""


class FileDemand(Strict):
    """Orders read from a file of real orders."""

    kind: Literal["file"]
    file: str | None = None
    """CSV file, relative to the scenario file; or given with --orders."""
    columns: OrderColumns = OrderColumns()
    """Column names."""


class Refund(Strict):
    """Money given back after a complaint."""

    department: Name
    """The department that pays it out."""
    probability: Share
    """Share of complaints that end in a refund."""
    work: Work
    """Work of paying one out."""
    amount: Annotated[Number, Field(ge=0, le=1e9)]
    """What is given back, in the scenario's currency."""


class Complaints(Strict):
    """Who answers complaints."""

    department: Name
    """The department that answers."""
    work: Work
    """Work of answering one."""
    refund: Refund | None = None
    """Money given back, if any; a complaint with a refund is settled when it is paid out."""


class Enquiries(Strict):
    """Who answers customers that ask where their late order is."""

    department: Name
    """The front desk."""
    work: Work
    """Work of answering a customer."""
    question: Work
    """Work of the colleague who has the order, when the front desk must ask."""


class Horizon(Strict):
    """How long the world runs, on the wall clock."""

    warm_up: Annotated[CalendarTime, Field(ge=0, le=20 * 8766)] = 0.0
    """Simulated before measuring begins, without policies."""
    horizon: Annotated[CalendarTime, Field(ge=1, le=100 * 8766)]
    """Measured: the orders placed in it count."""
    drain: Annotated[CalendarTime, Field(ge=0, le=20 * 8766)] = 26 * 168.0
    """The longest the world runs on until the measured orders have ended."""
