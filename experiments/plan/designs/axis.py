"""A factor as a design sees it, and a point of a design: places, not values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import UsageError

MOST_POINTS = 1_000_000
"""Points that a design may have: more would not be run, and their list alone would fill the memory."""

Coordinate = int | float | None
"""Number of a level (0 to levels - 1), place in a range (0 to 1), or None: as the scenario has it, today."""
Point = tuple[Coordinate, ...]
"""One coordinate per axis, in the order of the axes."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A factor as a design sees it.

    Attributes
    ----------
    name : str
        What the plan calls the factor.
    levels : int or None
        [1] -- number of its levels, at least 1; None for a range.

    Raises
    ------
    UsageError
        If there are fewer levels than one.
    """

    name: str
    levels: int | None

    def __post_init__(self) -> None:
        if self.levels is not None and self.levels < 1:
            raise UsageError(
                f"design: factor '{self.name}' has {self.levels} levels; a factor has at least 1; "
                "list its levels, or give a range."
            )

    @property
    def ends(self) -> tuple[Coordinate, Coordinate]:
        """The first and the last setting.

        Examples
        --------
        >>> Axis("staff", levels=3).ends, Axis("price", levels=None).ends
        ((0, 2), (0.0, 1.0))
        """
        return (0.0, 1.0) if self.levels is None else (0, self.levels - 1)

    def at(self, place: float) -> Coordinate:
        """Turn a place in [0, 1) into a coordinate: of n levels, each takes the n-th part of the way.

        Examples
        --------
        >>> Axis("staff", levels=3).at(0.7), Axis("price", levels=None).at(0.7)
        (2, 0.7)
        """
        return place if self.levels is None else min(int(place * self.levels), self.levels - 1)


def check_axes(axes: Sequence[Axis]) -> None:
    """Insist on at least one factor and on different names.

    Raises
    ------
    UsageError
        If there is no factor, or a name stands twice.
    """
    if not axes:
        raise UsageError("design: got no factors; a design needs at least one; list some under 'factors'.")
    for name, times in Counter(axis.name for axis in axes).items():
        if times > 1:
            raise UsageError(f"design: factor '{name}' is given {times} times; each stands once; remove the others.")


def check_number(points: int) -> None:
    """Refuse a number of points that is none, or more than anybody could run.

    Raises
    ------
    UsageError
        If it is below 1 or above `MOST_POINTS`.
    """
    if points < 1:
        raise UsageError(f"design: got {points} points; at least 1 is needed; raise 'points'.")
    if points > MOST_POINTS:
        raise UsageError(
            f"design: would have {_length(points)} points; at most {MOST_POINTS:,} are allowed; "
            "take fewer factors or levels, a fractional design or a Latin hypercube."
        )


def _length(points: int) -> str:
    return f"{points:,}" if points < 10**15 else "more than 10^15"
