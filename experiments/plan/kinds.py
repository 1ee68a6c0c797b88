"""The designs that a plan can ask for, as data."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from sim.errors import nearest, shown
from sim.scenario.fields import Count, Strict


class _Design(Strict):
    factors: tuple[str, ...] | None = None
    """The factors it is for; needed within a crossed design, else all of them."""


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
    strength: Annotated[Count, Field(ge=1, le=2)] = 1
    """2: pairs of factors are filled evenly too; the number of points must be the square of a prime."""


class Sobol(_Design):
    """A Sobol' sequence: points that fill the ranges evenly, and go on doing so when doubled."""

    kind: Literal["sobol"] = "sobol"
    """Sobol'."""
    points: Annotated[Count, Field(ge=2, le=1_000_000)]
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


KINDS = tuple(get_args(form.model_fields["kind"].annotation)[0] for form in get_args(Simple))
"""Kinds of designs that can be crossed; 'crossed' itself is one more."""


def _named(value: Any, kinds: tuple[str, ...]) -> Any:
    """Let a word stand for a design of that kind, and refuse unknown kinds with the nearest one."""
    made = {"kind": value} if isinstance(value, str) else value
    if not isinstance(made, dict):
        return made
    given = made.get("kind")
    if given not in kinds:
        close = nearest(" ".join(str(given).lower().replace("_", " ").split()), kinds) if given is not None else ""
        hint = close if close.endswith("?") else f"write for example 'kind: {kinds[0]}'"
        raise ValueError(f"got {shown(given)} as the kind of design; must be one of {', '.join(kinds)}; {hint}")
    return made


def _simple(value: Any) -> Any:
    return _named(value, KINDS)


def _several(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) < 2:
        raise ValueError(
            f"got {len(value)} of them; at least two designs can be crossed; add one, or take it by itself"
        )
    return value


def _any(value: Any) -> Any:
    return _named(value, (*KINDS, "crossed"))


Part = Annotated[Annotated[Simple, Field(discriminator="kind")], BeforeValidator(_simple)]


class Crossed(Strict):
    """Every point of one design with every point of the others."""

    kind: Literal["crossed"] = "crossed"
    """Crossed."""
    of: Annotated[tuple[Part, ...], Field(max_length=10), BeforeValidator(_several)]
    """Designs, each with the factors it is for."""


Design = Annotated[Annotated[Simple | Crossed, Field(discriminator="kind")], BeforeValidator(_any)]
