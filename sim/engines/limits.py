"""How long a run may become, and how much memory it may take: one that would never end is stopped with a reason."""

from __future__ import annotations

import os

from sim.errors import RelevoError, UsageError, shown
from sim.rules.calendar import NEVER, WEEK_MS

MOST_EVENTS = 100_000_000
"""Events that may happen in a run where nobody says otherwise: five times those of the busiest shipped company
(3,400 a week) over the longest horizon (5,200 weeks); on the compiled engine half a minute."""
FEWEST_BYTES, USUAL_BYTES = 1 << 30, 16 << 30
REMEDY = "look for overload with 'relevo check', shorten --weeks"


class RunTooLongError(RelevoError):
    """More events were about to happen in a run than are allowed."""


class RunTooLargeError(RelevoError):
    """A run was about to take more memory than is allowed."""


def require_allowed(most: int) -> None:
    """Require a number of events that one can count up to, and so can a machine.

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> require_allowed(0)
    Traceback (most recent call last):
        ...
    sim.errors.UsageError: most_events: got 0, must be at least 1; 100,000,000 is usual.
    """
    if not (isinstance(most, int) and most >= 1):
        raise UsageError(f"most_events: got {shown(most)}, must be at least 1; {MOST_EVENTS:,} is usual.")
    if most > NEVER:
        raise UsageError(f"most_events: got {shown(most)}, must be at most {NEVER:,}; {MOST_EVENTS:,} is usual.")


def too_long(at: int, stop: int, most: int) -> RunTooLongError:
    """Return the error of a run with one event too many.

    Parameters
    ----------
    at : int
        When that event was due [ms].
    stop : int
        When the run would have been over at the latest [ms].
    most : int
        Events that are allowed [1].

    Examples
    --------
    >>> print(too_long(302_400_000, 18_144_000_000, 1_000))
    run: got event 1,001 in week 0.500 of 30, at most 1,000 may happen; look for overload with 'relevo check', \
shorten --weeks, or raise most_events (sim.run.RunSpec).
    """
    return RunTooLongError(
        f"run: got event {most + 1:,} in week {at / WEEK_MS:.3f} of {stop / WEEK_MS:g}, at most {most:,} may happen; "
        f"{REMEDY}, or raise most_events (sim.run.RunSpec)."
    )


def too_large(at: int, needed: int, most: int) -> RunTooLargeError:
    """Return the error of a run that needs too many bytes at an instant [ms].

    Examples
    --------
    >>> print(too_large(302_400_000, 9 << 30, 8 << 30))
    run: got 9.0 GiB of memory in week 0.500, at most 8.0 GiB may be taken (half of what this computer has); look for \
overload with 'relevo check', shorten --weeks, or use a computer with more memory.
    """
    return RunTooLargeError(
        f"run: got {needed / (1 << 30):.1f} GiB of memory in week {at / WEEK_MS:.3f}, at most {most / (1 << 30):.1f} "
        f"GiB may be taken (half of what this computer has); {REMEDY}, or use a computer with more memory."
    )


def most_bytes() -> int:
    """Return the memory that a run may take: half of the computer's, so that a table can be made of it."""
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Not known here.
        there = USUAL_BYTES
    return max(there // 2, FEWEST_BYTES)
