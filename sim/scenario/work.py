"""Amounts that vary: how much work, how long a transport, how much an order is worth."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.fields import CalendarTime, Count, Number, Strict, WorkTime

Family = Literal[
    "lognormal",
    "exponential",
    "deterministic",
    "gamma",
    "erlang",
    "uniform",
    "triangular",
    "weibull",
    "empirical",
]


class _Shape(Strict):
    cv: Annotated[Number, Field(ge=0, le=20)] | None = None
    """Coefficient of variation (standard deviation / mean)."""
    distribution: Family = "lognormal"
    """Family; lognormal unless said."""
    phases: Annotated[Count, Field(ge=1, le=1000)] | None = None
    """Number of phases of an Erlang distribution."""
    values: tuple[Annotated[Number, Field(ge=0)], ...] | None = None
    """Relative sizes of an empirical distribution; scaled to the mean."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        family = self.distribution
        if family in ("lognormal", "gamma", "uniform", "triangular", "weibull") and self.cv is None:
            raise ValueError(f"a {family} distribution needs its coefficient of variation; write for example 'cv: 0.8'")
        if family in ("exponential", "deterministic", "erlang", "empirical") and self.cv is not None:
            raise ValueError(f"a {family} distribution has its own coefficient of variation; remove 'cv'")
        if (family == "erlang") != (self.phases is not None):
            raise ValueError("'phases' goes with 'distribution: erlang' and only there; write for example 'phases: 3'")
        if (family == "empirical") != (self.values is not None):
            raise ValueError("'values' goes with 'distribution: empirical' and only there")
        if self.values is not None and not any(self.values):
            raise ValueError("'values' needs at least one value above 0")
        limit = {"uniform": 0.57735, "triangular": 0.4}.get(family)
        if limit is not None and self.cv is not None and self.cv > limit:
            raise ValueError(f"a {family} distribution without negative values has a cv of at most {limit:g}")
        return self


class Work(_Shape):
    """Work in opening hours of whoever does it."""

    mean: WorkTime
    """Mean work, such as '50 min'."""


class Delay(_Shape):
    """Time on the wall clock."""

    mean: CalendarTime
    """Mean time, such as '2 days'."""


class Amount(_Shape):
    """An amount of money."""

    mean: Annotated[Number, Field(ge=0, le=1e12)]
    """Mean, in the scenario's currency."""
