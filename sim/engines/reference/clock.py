"""Calendar events with a total order: simultaneous ones happen by kind, then by whose they are.

SimPy orders its queue by time, priority and a counter. Its own zero-delay hops have priority 0 and 1; ours
come after them, so that everything an event sets off is finished before the next one (engines agree on ties).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from sim.engines.streams import KIND_SHIFT


class Clock(simpy.Environment):
    """SimPy's environment, with the time in whole milliseconds."""

    if TYPE_CHECKING:

        @property
        def now(self) -> int:
            """Time since the start of the run [ms]."""


# == an event is planned
class Planned(simpy.Event):
    """An event at an instant [ms], of a kind, that belongs to an entity (its key, below 2**48)."""

    def __init__(self, env: simpy.Environment, at: int, kind: int, entity: int) -> None:
        # The four attributes of a triggered event, as in SimPy's own Timeout, which has no priority.
        self.env = env
        self.callbacks = []
        self._value = None
        self._ok = True
        env.schedule(self, 2 + (kind << KIND_SHIFT | entity), at - env.now)  # type: ignore[arg-type]
