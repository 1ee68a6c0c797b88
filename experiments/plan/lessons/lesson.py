"""A lesson as data: the company, the change, what is predicted, what is shown side by side, what is discussed."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from experiments.plan.plan import Scalar
from sim.errors import shown
from sim.rules.draws import LARGEST_SEED
from sim.scenario.fields import CalendarTime, Count, Label, Name, Number, Share, Strict

LONGEST_TEXT = 4000
LEAST_REPLICATIONS, MOST_REPLICATIONS = 5, 1000
MOST_CHANGES = 12
Owner = Literal["department", "customer", "company"]
"""Whose figure it is."""


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("must say something; both languages are shown; write a sentence")
    return value.strip()


_Words = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_said)]


class Text(Strict):
    """What people read, in English and in Spanish; an empty line begins a new paragraph."""

    en: _Words
    """Text in English."""
    es: _Words
    """Text in Spanish."""


def _ends(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError(f"got {shown(value)}; a range has two ends, written for example 'range: [0, 20]'")
    return value


class Change(Strict):
    """A way of working other than today's: policies, more people, or a company that is set up otherwise."""

    label: Label
    """Name for people."""
    policies: dict[str, Share] = Field(default={})
    """Policies in force, with their intensity: shipped names or .yaml files beside the lesson."""
    people: dict[Name, Annotated[Count, Field(ge=1, le=100)]] = Field(default={})
    """Department -> people more, newcomers, from the day on which policies begin."""
    settings: dict[str, Scalar] = Field(default={})
    """Fields of the scenario that are other than today's, from the start of the run."""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not (self.policies or self.people or self.settings):
            raise ValueError("changes nothing; write at least one of 'policies', 'people' and 'settings'")
        return self


class Limit(Strict):
    """What somebody has written down beforehand as good enough."""

    at_least: Scalar | None = None
    """The lowest value that is green, such as '90 %'."""
    at_most: Scalar | None = None
    """The highest value that is green, such as '8 h'."""

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("either 'at_least' or 'at_most' is needed, not both; write for example 'at_least: 90 %'")
        return self


class Figure(Strict):
    """A row of the scoreboard, or one for each of several departments."""

    metric: str
    """Name of a metric, such as promise_kept_share; 'D.' for each of `departments`, such as D.utilisation."""
    departments: tuple[Name, ...] | None = None
    """With 'D.': which; those on the customers' routes if not given."""
    owner: Owner
    """Whose figure it is: a department's own, the customer's, or the company's."""
    label: Label | None = None
    """Name for people; the metric's if not given."""
    green: Limit | None = None
    """When it is green; without it the figure has no colour."""


class Level(Strict):
    """A metric in one way of working."""

    kind: Literal["level"]
    """Level."""
    metric: str
    """Name of a metric."""
    change: str | None = None
    """Way of working; today's if not given."""
    look: Literal["end", "early"] = "end"
    """After the whole time, or after `early`."""


class Gap(Strict):
    """What a change does to a metric: with the change less today, on the same customers and luck."""

    kind: Literal["difference"]
    """Difference."""
    metric: str
    """Name of a metric."""
    change: str
    """Way of working."""
    look: Literal["end", "early"] = "end"
    """After the whole time, or after `early`."""


class Greens(Strict):
    """How many figures of somebody are green."""

    kind: Literal["greens"]
    """Number of green figures."""
    owner: Owner
    """Whose figures."""
    change: str | None = None
    """Way of working; today's if not given."""
    look: Literal["end", "early"] = "end"
    """After the whole time, or after `early`."""


class Hires(Strict):
    """How many more people would do what a change does to a metric."""

    kind: Literal["hires"]
    """Number of people."""
    metric: str
    """Name of a metric for which lower or higher is better."""
    change: str
    """Way of working that is valued."""
    yardstick: Annotated[tuple[str, ...], Field(min_length=1)]
    """Changes with one more person, two more, three more, and so on."""
    look: Literal["end", "early"] = "end"
    """After the whole time, or after `early`."""


Quantity = Annotated[Level | Gap | Greens | Hires, Field(discriminator="kind")]


class NumberGuess(Strict):
    """A prediction that is a number."""

    kind: Literal["number"]
    """A number."""
    question: Text
    """What is asked."""
    answer: Name
    """Which of `numbers` answers it."""
    range: Annotated[tuple[Number, Number], BeforeValidator(_ends)]
    """Lowest and highest number that may be entered, in the unit that is shown (a share in %)."""
    near: Annotated[Number, Field(gt=0)]
    """What still counts as near, in the same unit."""


class DirectionGuess(Strict):
    """A prediction that is a direction: up, down, or no clear change."""

    kind: Literal["direction"]
    """A direction."""
    question: Text
    """What is asked."""
    answer: Name
    """Which of `numbers` answers it: a difference."""
    matters: Scalar | None = None
    """Below this, up or down, it is no change to speak of, however sure; such as '1 %' or '0.5 h'."""


class WhichGuess(Strict):
    """A prediction that is a way of working: which does best, or that it cannot be told."""

    kind: Literal["which"]
    """Which is best."""
    question: Text
    """What is asked."""
    metric: str
    """What decides: a metric for which lower or higher is better."""
    changes: Annotated[tuple[str, ...], Field(min_length=2, max_length=6)]
    """Ways of working to choose from; 'today' is one, too."""


Prediction = Annotated[NumberGuess | DirectionGuess | WhichGuess, Field(discriminator="kind")]


class Claim(Strict):
    """What must be seen in the results before a text that rests on it is shown."""

    number: Name
    """Which of `numbers`."""
    goes: Literal["up", "down"] | None = None
    """A difference that is clearly above or below zero."""
    at_least: Scalar | None = None
    """The whole interval is at least this."""
    at_most: Scalar | None = None
    """The whole interval is at most this."""

    @model_validator(mode="after")
    def _claims_something(self) -> Self:
        if self.goes is None and self.at_least is None and self.at_most is None:
            raise ValueError("claims nothing; write 'goes', 'at_least' or 'at_most'")
        return self


class Statement(Strict):
    """A text about the result, shown only if the result says so."""

    text: Text
    """What the result shows; {name} stands for one of `numbers` with its interval."""
    holds: tuple[Claim, ...] = ()
    """What it rests on; if one is not seen, the page says that this cannot be said."""


class ShownChart(Strict):
    """A chart of the result."""

    chart: Literal["difference", "weeks", "waits", "origins", "who_waits", "departments"]
    """Which: differences; by week; distribution of waits; where it comes from; who waits for whom; departments."""
    metric: str = "wait_mean"
    """Of which metric, where the chart is of one."""


class Minutes(Strict):
    """A part of the session."""

    minutes: Annotated[Count, Field(ge=1, le=480)]
    """How long it takes."""
    text: Text
    """What happens."""


class Facilitator(Strict):
    """What only the facilitator reads."""

    timing: Annotated[tuple[Minutes, ...], Field(min_length=1)]
    """Parts of the session."""
    expected: tuple[Text, ...]
    """What groups usually answer, and what to make of it."""
    traps: tuple[Text, ...]
    """Where the discussion goes wrong."""
    not_said: tuple[Text, ...]
    """What the model does not say."""


class Source(Strict):
    """What the lesson rests on."""

    text: Text
    """The assumption or study."""
    grade: Literal["A", "B", "C", "D", "-"]
    """Its evidence: field study read (A), second hand (B), trade figure (C), assumption (D), by definition (-)."""


class Lesson(Strict):
    """A lesson."""

    name: Name
    """Name of the lesson."""
    title: Label
    """Title for people."""
    minutes: Annotated[Count, Field(ge=5, le=480)]
    """How long it takes with a group."""
    question: Text
    """The story and what is asked, in a few sentences."""
    scenario: Annotated[str, Field(min_length=1, max_length=1000)]
    """The company: a shipped name, or a .yaml file beside the lesson."""
    settings: dict[str, Scalar] = Field(default={})
    """Fields of the scenario that are other than in its file, today and always."""
    changes: Annotated[dict[Name, Change], Field(min_length=1, max_length=MOST_CHANGES)]
    """Ways of working that are compared with today's."""
    horizon: CalendarTime
    """Measured time, after the warm-up."""
    early: CalendarTime | None = None
    """A first look after this time, for figures and numbers that say 'early'."""
    replications: Annotated[Count, Field(ge=LEAST_REPLICATIONS, le=MOST_REPLICATIONS)] = 30
    """Runs of each way of working, each with customers and luck of its own, the same in all of them."""
    seed: Annotated[Count, Field(ge=0, le=LARGEST_SEED)] = 1
    """Root of all luck."""
    compared: tuple[Name, ...] = ()
    """Changes that have a column on the scoreboard and in the charts; all if not given."""
    figures: Annotated[tuple[Figure, ...], Field(min_length=1, max_length=40)]
    """The scoreboard."""
    numbers: dict[Name, Quantity]
    """Numbers that texts and predictions refer to by name."""
    predictions: Annotated[tuple[Prediction, ...], Field(min_length=1, max_length=6)]
    """What must be entered before the result is shown."""
    insight: Annotated[tuple[Statement, ...], Field(min_length=1)]
    """What the result shows."""
    charts: tuple[ShownChart, ...] = ()
    """Charts of the result."""
    discuss: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Questions for the group."""
    facilitator: Facilitator
    """For the facilitator."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """What stands behind the numbers, beside what the policies' files say."""
