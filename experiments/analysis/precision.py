"""How precise results are asked to be, and whether they are: replications until the intervals are short enough.

The user says how long an interval may be, and replications are added in blocks until every interval is that short, or
until there are as many as allowed; then the answer is "not reached", with what it would probably take. Nothing is run
here: the runner asks for a verdict on what it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.analysis.mean_interval import check_confidence
from experiments.analysis.targets import Reached, reached_by
from experiments.plan.targets import Target
from sim.errors import InputError, nearest
from sim.measures.interval import CONFIDENCE

LEAST_FIRST = 30
"""[1] -- fewer replications estimate their own deviation so badly that they stop by luck."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there are enough replications.

    Attributes
    ----------
    enough : bool
        Every target is reached.
    reached : tuple of Reached
        In the order of the targets.
    n : int
        [1] -- replications so far.
    capped : bool
        There are as many as allowed, and a target is not reached.
    next_look : int or None
        [1] -- replications to have when asking again; None if there is nothing to wait for.
    """

    enough: bool
    reached: tuple[Reached, ...]
    n: int
    capped: bool
    next_look: int | None

    @property
    def missed(self) -> tuple[Reached, ...]:
        """The targets not reached."""
        return tuple(one for one in self.reached if not one.enough)


@dataclass(frozen=True, slots=True)
class Precision:
    """What is asked of several responses together.

    Attributes
    ----------
    targets : tuple of Target
        At least one.
    confidence : float
        [1] -- how often all intervals together contain the truth, in [0.5, 1): each of m has 1 - (1 - confidence) / m
        (Bonferroni).
    first : int
        [1] -- replications before the first look, at least 30.
    block : int
        [1] -- replications added before the next look.
    most : int
        [1] -- replications after which it ends, reached or not.

    Raises
    ------
    InputError
        If one of these is out of range.

    Notes
    -----
    Looking again and again makes the last interval a little too confident: it stops where the deviation happens to be
    low. From 30 on that costs up to about two points of coverage; docs/output_analysis.md has the numbers.

    Examples
    --------
    >>> precision = Precision((Target("wait_mean", relative=0.1),), first=30, block=10, most=500)
    >>> verdict = precision.verdict({"wait_mean": [1.0, 2.0, 3.0] * 10})
    >>> verdict.enough, verdict.next_look, verdict.reached[0].expected
    (False, 40, 88)
    """

    targets: tuple[Target, ...]
    confidence: float = CONFIDENCE
    first: int = LEAST_FIRST
    block: int = 10
    most: int = 1000

    def __post_init__(self) -> None:
        check_confidence(self.confidence)
        names = [target.response for target in self.targets]
        twice = sorted({name for name in names if names.count(name) > 1})
        if not names:
            raise InputError("precision: got no target, must be at least one. Name a metric and its half-width.")
        if twice:
            raise InputError(f"precision: got '{twice[0]}' twice, must be once. Keep the stricter one.")
        if self.first < LEAST_FIRST:
            raise InputError(
                f"precision, first: got {self.first}, must be at least {LEAST_FIRST}. Fewer replications stop by luck."
            )
        if self.block < 1:
            raise InputError(f"precision, block: got {self.block}, must be at least 1. 10 is usual.")
        if self.most < self.first:
            raise InputError(f"precision, most: got {self.most}, must be at least the first {self.first}. Raise it.")

    @property
    def confidence_of_each(self) -> float:
        """How often the interval of one target contains the truth [1]."""
        return 1 - (1 - self.confidence) / len(self.targets)

    def verdict(self, values: Mapping[str, Sequence[float]]) -> Verdict:
        """Say whether the replications so far are enough.

        Parameters
        ----------
        values : mapping of str to sequence of float
            Per response, one value per replication; nan where the metric does not apply.

        Raises
        ------
        InputError
            If a target's response is not among them.
        """
        for target in self.targets:
            if target.response not in values:
                raise InputError(
                    f"precision: got '{target.response}', must be a metric of the results. "
                    f"{nearest(target.response, values)}"
                )
        n = max(len(values[target.response]) for target in self.targets)
        reached = tuple(
            reached_by(values[target.response], target, self.confidence_of_each, self.first) for target in self.targets
        )
        enough = all(one.enough for one in reached)
        capped = n >= self.most and not enough
        return Verdict(enough, reached, n, capped, None if enough or capped else self.look_after(n))

    def look_after(self, n: int) -> int:
        """Return how many replications there are at the next look after n [1].

        Examples
        --------
        >>> precision = Precision((Target("wait_mean", absolute=1.0),), first=30, block=25, most=100)
        >>> [precision.look_after(n) for n in (0, 30, 54, 55, 80, 99)]
        [30, 55, 55, 80, 100, 100]
        """
        if n < self.first:
            return self.first
        blocks = (n - self.first) // self.block + 1
        return min(self.first + blocks * self.block, self.most)
