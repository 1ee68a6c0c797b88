"""Calendar events with a total order: simultaneous ones happen by kind, then by whose they are.

SimPy orders its queue by time, priority and a counter. Its own zero-delay hops have priority 0 and 1; ours
come after them, so that everything an event sets off is finished before the next one (engines agree on ties).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from sim.engines.limits import too_long
from sim.engines.streams import KIND_SHIFT


class Clock(simpy.Environment):
    """SimPy's environment, with the time in whole milliseconds and a limit to the events of the calendar."""

    def __init__(self, stop: int, most_events: int) -> None:
        """Begin a run that is over at an instant at the latest [ms]."""
        super().__init__(initial_time=0)
        self.stop = stop
        self.most_events = most_events
        self.events = 0
        """Events of the calendar that have happened; not the hops that they set off [1]."""

    # == an event is counted
    def count(self, _: simpy.Event) -> None:
        """Count an event that happens; raise the error of a run that is too long if it is one more than allowed."""
        if self.events >= self.most_events:
            raise too_long(self.now, self.stop, self.most_events)
        self.events += 1

    if TYPE_CHECKING:

        @property
        def now(self) -> int:
            """Time since the start of the run [ms]."""


# == an event is planned
class Planned(simpy.Event):
    """An event at an instant [ms], of a kind, that belongs to an entity (its key, below 2**48)."""

    def __init__(self, env: Clock, at: int, kind: int, entity: int) -> None:
        # The four attributes of a triggered event, as in SimPy's own Timeout, which has no priority.
        self.env = env
        self.callbacks = [env.count]
        self._value = None
        self._ok = True
        env.schedule(self, 2 + (kind << KIND_SHIFT | entity), at - env.now)  # type: ignore[arg-type]
