"""A policy as data: what it moves, where, what it costs, how it ramps and fades, how it fails."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sim.parameters import PARAMETERS
from sim.parameters.parameter import Grade
from sim.scenario.fields import READERS, CalendarTime, Label, Name, Number, Share, Strict

Where = Literal["all", "route", "internal"] | tuple[Name, ...]


def _above_zero(half_life: float) -> float:
    if half_life == 0:
        raise ValueError("got 0; write a time above 0, such as '4 weeks', or leave it out for what does not fade")
    return half_life


HalfLife = Annotated[CalendarTime, AfterValidator(_above_zero)]


class Effect(Strict):
    """One parameter that a policy moves, at full intensity."""

    parameter: str
    """Name in the registry."""
    change: str | float
    """Share of the remaining gap, change of the logarithm or log-odds, or (linear) an amount with its unit."""
    where: Where = "all"
    """The company's own departments: all, those on the customers' routes, the internal ones; or a list."""
    ramp: CalendarTime | None = None
    """Time until 63 % of this effect is there; the policy's if not given."""
    half_life: HalfLife | None = None
    """Time in which this effect fades by half; the policy's if not given."""

    @model_validator(mode="after")
    def _known(self) -> Self:
        from sim.errors import nearest

        if self.parameter not in PARAMETERS:
            raise ValueError(f"'{self.parameter}' is not a known parameter. {nearest(self.parameter, PARAMETERS)}")
        if not PARAMETERS[self.parameter].movable:
            raise ValueError(f"{self.parameter} cannot be moved by a policy; 'relevo explain' says which can")
        self.amount()
        return self

    def amount(self) -> float:
        """Return the change as a number: in base units where the parameter's scale is linear."""
        return _amount(self.parameter, self.change)


@lru_cache(maxsize=4096)  # It is asked for every week and place; reading text takes as long as a thousandth of a run.
def _amount(parameter: str, change: str | float) -> float:
    from pydantic import TypeAdapter

    entry = PARAMETERS[parameter]
    if entry.scale != "linear":
        if isinstance(change, str):
            raise ValueError(f"change of {parameter}: got {change!r}; write a plain number, such as 0.3")
        if entry.scale == "gap" and change > 1:
            raise ValueError(f"change of {parameter}: got {change}; at most 1 (the whole gap)")
        return float(change)
    text = change.strip() if isinstance(change, str) else change
    negative = isinstance(text, str) and text.startswith("-")
    if isinstance(text, float) and entry.unit in ("count", "number", "money"):
        return text
    size: float = TypeAdapter(READERS[entry.unit]).validate_python(text[1:] if negative else text)  # type: ignore[index]
    return -size if negative else size


class Cost(Strict):
    """What a policy costs at full intensity, in the scenario's currency."""

    once: Annotated[Number, Field(ge=0)] = 0.0
    """When it starts."""
    weekly: Annotated[Number, Field(ge=0)] = 0.0
    """Each week."""
    weekly_per_person: Annotated[Number, Field(ge=0)] = 0.0
    """Each week for each paid person."""
    per_hire: Annotated[Number, Field(ge=0)] = 0.0
    """For each person hired for a vacant post while the policy is in force."""


class Policy(Strict):
    """Something an organisation can do about it. No policy is free."""

    name: Name
    """Name, also of its file."""
    label: Label
    """Name for people."""
    description: Label
    """What is done."""
    mission: str = ""
    """Row of the mission that it stands for, such as 'P1'."""
    variant_of: Name | None = None
    """The policy of which this is another way of doing it, such as one that goes wrong."""
    effects: tuple[Effect, ...]
    """What it moves."""
    cost: Cost = Cost()
    """What it costs."""
    ramp: CalendarTime = 0.0
    """Time until 63 % of the effect is there, for effects that have none of their own."""
    half_life: HalfLife | None = None
    """Time in which the effect fades by half, for effects that have none of their own; for ever if not given."""
    takes_attention: bool = True
    """Whether running it costs attention beside others."""
    failure_mode: Label
    """How it fails or whom it hurts."""
    grade: Grade
    """Evidence grade of the effects' sizes."""
    source: str
    """Where the sizes come from."""

    @model_validator(mode="after")
    def _moves_something(self) -> Self:
        if not self.effects:
            raise ValueError("a policy without effects does nothing; write at least one under 'effects'")
        return self

    def timing(self, effect: Effect) -> tuple[float, float]:
        """Return ramp and half-life of one of its effects [h]: the effect's own, else the policy's; 0 without."""
        ramp = self.ramp if effect.ramp is None else effect.ramp
        half_life = self.half_life if effect.half_life is None else effect.half_life
        return ramp, half_life or 0.0


class InForce(Strict):
    """A policy with its intensity."""

    policy: Policy
    """What."""
    intensity: Share = 1.0
    """How fully."""


class Portfolio(Strict):
    """The policies in force together, from the end of the warm-up. Their order does not matter."""

    members: tuple[InForce, ...] = ()
    """Policies with their intensities."""

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        names = [m.policy.name for m in self.members]
        if len(set(names)) != len(names):
            raise ValueError(f"a policy stands twice in the portfolio: {', '.join(names)}; name each once")
        return self

    @property
    def key(self) -> str:
        """A short text that identifies the portfolio; '' is today's way of working."""
        ordered = sorted(self.members, key=lambda m: m.policy.name)
        return "+".join(m.policy.name if m.intensity == 1 else f"{m.policy.name}={m.intensity:g}" for m in ordered)
