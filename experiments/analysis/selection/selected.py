"""What a procedure asks for and what it answers: words that every procedure shares."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.mean_interval import check_confidence
from sim.errors import InputError

Array = NDArray[np.float64]
Better = Literal["lower", "higher"]
Sample = Callable[[Sequence[int], int, int], Array]
"""Alternatives, first replication and the one after the last -> values, shape (alternatives, replications).

The same replication of two alternatives has the same random numbers, different replications are independent. A
procedure never asks for the same replication of an alternative twice.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why one alternative is no longer considered.

    Attributes
    ----------
    alternative, by : int
        Which one is out, and which one beat it.
    replications : int
        [1] -- replications of the alternative until then.
    behind : float
        [unit of the response] -- how much worse its mean is than that of `by`.
    allowed : float
        [unit of the response] -- how much worse it might have been to stay in, below `behind`.
    """

    alternative: int
    by: int
    replications: int
    behind: float
    allowed: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What was known when the procedure decided how to go on.

    Attributes
    ----------
    replications : tuple of int
        [1] -- of every alternative so far.
    leader : int
        The alternative with the best mean among those still considered before the decisions of this stage.
    out : tuple of Decision
        Alternatives that were taken out.
    probability : float or None
        [1] -- estimated probability that the leader is the best, where the procedure estimates one.
    """

    replications: tuple[int, ...]
    leader: int
    out: tuple[Decision, ...] = ()
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Selected:
    """The answer of a procedure.

    Attributes
    ----------
    procedure : str
        "kn", "rinott", "nsgs" or "ocba".
    best : int or None
        The alternative selected; None if it was not decided.
    survivors : tuple of int
        Alternatives not ruled out. More than one in a decided answer: their means are equal, and `best` is only the
        first of them. (OCBA rules nothing out, Rinott keeps whatever has the best mean.)
    replications : tuple of int
        [1] -- used for each alternative.
    means : tuple of float
        [unit of the response] -- over all replications used. Those of the selected and of the eliminated are seen
        *because* of how they came out: state intervals from fresh replications, not from these.
    stages : tuple of Stage
        The first look, those at which something was decided, and the last one.
    decided : bool
        The procedure ended as it should, so the guarantee holds.
    capped : bool
        It was stopped by the number of replications allowed.
    needed : tuple of int
        [1] -- replications of each alternative with which it surely ends, estimated in the first stage; for a decided
        answer what was used.
    guarantee : str
        What may be claimed, in words.
    """

    procedure: str
    best: int | None
    survivors: tuple[int, ...]
    replications: tuple[int, ...]
    means: tuple[float, ...]
    stages: tuple[Stage, ...]
    decided: bool
    capped: bool
    needed: tuple[int, ...]
    guarantee: str

    @property
    def runs(self) -> int:
        """Replications of all alternatives together [1]."""
        return sum(self.replications)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All that were taken out, in order."""
        return tuple(decision for stage in self.stages for decision in stage.out)

    @property
    def leader(self) -> int:
        """The alternative with the best mean at the end among those not ruled out, decided or not."""
        return self.stages[-1].leader

    @property
    def probability(self) -> float | None:
        """Estimated probability that the leader is the best [1]; None where the procedure estimates none."""
        return self.stages[-1].probability

    @property
    def tied(self) -> tuple[int, ...]:
        """Alternatives whose means equal that of the selected one to the last digit; empty if it stands alone."""
        return self.survivors if self.decided and self.procedure != "ocba" and len(self.survivors) > 1 else ()


def check_problem(
    procedure: str, alternatives: int, confidence: float, indifference: float, first: int, most: int | None, macro: int
) -> None:
    """Refuse what no procedure can work with.

    Parameters
    ----------
    procedure : str
        Name for the message.
    alternatives : int
        [1] -- at least 2.
    confidence : float
        [1] -- in [0.5, 1).
    indifference : float
        [unit of the response] -- above 0.
    first : int
        [1] -- observations of the first stage, at least 2.
    most : int or None
        [1] -- replications of each alternative allowed, at least those of the first stage; None for no limit.
    macro : int
        [1] -- replications averaged into one observation, at least 1.

    Raises
    ------
    InputError
        If one of them is out of range.

    Examples
    --------
    >>> check_problem("kn", 5, 0.95, 0.1, 20, None, 1)
    """
    check_confidence(confidence)
    if alternatives < 2:
        raise InputError(f"{procedure}: got {alternatives} alternatives, must be at least 2. Name what to choose from.")
    if not 0 < indifference < math.inf:
        raise InputError(
            f"{procedure}, indifference: got {indifference:g}, must be above 0. "
            "Give the smallest difference that matters, in the unit of the metric."
        )
    if first < 2:
        raise InputError(f"{procedure}, first: got {first}, must be at least 2. 10 to 20 are usual.")
    if macro < 1:
        raise InputError(f"{procedure}, macro: got {macro}, must be at least 1. 1 averages nothing.")
    if most is not None and most < first * macro:
        raise InputError(
            f"{procedure}, most: got {most}, must be at least the {first * macro} replications of the first stage. "
            "Raise it, or lower the first stage."
        )


def promise(confidence: float, indifference: float, what: str) -> str:
    """Say what a procedure with an indifference zone promises.

    Examples
    --------
    >>> promise(0.95, 0.5, "normal responses")
    'With probability at least 95 %, this is the best alternative if the best one is better than all others by at
    least 0.5 (normal responses).'
    """
    return (
        f"With probability at least {100 * confidence:g} %, this is the best alternative if the best one is better "
        f"than all others by at least {indifference:g} ({what})."
    )
