"""A department's queue: lanes in order, earliest first within a lane, or by convenience."""

from __future__ import annotations

from heapq import heappop, heappush

from sim.engines.reference.item import NOT_FRESH, WAITING, Item
from sim.rules.internal_service import LANE_FIRST, LANE_LAST, LANE_MAIN

Entry = tuple[int, int, int, int, Item]


class Queue:
    """Items that wait. A withdrawn item stays in the heaps until it surfaces, and is passed over then."""

    def __init__(self, cooperative: bool, helpable: bool) -> None:
        self.length = 0
        """Items waiting [1]."""
        self.external = 0
        """Of them, steps and redos of orders [1]."""
        self.work = 0.0
        """Their expected work [h]."""
        self._cooperative = cooperative
        self._helpable = helpable
        self._ordered: list[Entry] = []
        self._last: list[Entry] = []
        self._ageing: list[Entry] = []
        self._fresh: list[tuple[float, int, int, Item]] = []
        self._by_arrival: list[tuple[int, int, int, Item]] = []
        self._sequence = 0

    # == an item is put in its lane
    def add(self, item: Item, attractiveness: float) -> None:
        """Put an item in its lane; own fresh work also by its attractiveness."""
        self._sequence += 1
        sequence = self._sequence
        self.length += 1
        self.work += item.expected
        self.external += item.external
        if self._cooperative and item.lane == LANE_LAST:
            heappush(self._last, (item.arrival, item.key, sequence, 0, item))
            heappush(self._ageing, (item.escalates, item.arrival, item.key, sequence, item))
        else:
            heappush(self._ordered, (item.lane, item.rank, item.key, sequence, item))
            if self._cooperative and item.lane == LANE_MAIN and item.kind not in NOT_FRESH:
                heappush(self._fresh, (attractiveness, item.key, sequence, item))
        if self._helpable and item.external:
            heappush(self._by_arrival, (item.arrival, item.key, sequence, item))

    # == an item is taken out
    def remove(self, item: Item, state: int) -> None:
        """Take an item out, wherever it stands."""
        item.state = state
        self.length -= 1
        # Exactly nothing when nothing waits: rounding must not pile up.
        self.work = self.work - item.expected if self.length else 0.0
        self.external -= item.external

    # == the company's choice
    def company_choice(self, now: int) -> Item | None:
        """Return the company's choice: returned or escalated first, then earliest due, then what can wait."""
        first = self._head(self._ordered)
        urgent = self._escalated(now)
        if urgent is not None and (first is None or first.lane != LANE_FIRST or urgent.arrival < first.arrival):
            return urgent
        return first if first is not None else self._head(self._last)

    # == the department's choice
    def own_choice(self, now: int) -> Item | None:
        """Return the department's convenience: own fresh work as it pleases, then the rest; escalated ones first."""
        urgent = self._escalated(now)
        if urgent is not None:
            return urgent
        fresh = self._fresh
        while fresh and fresh[0][3].state != WAITING:
            heappop(fresh)
        if fresh:
            return fresh[0][3]
        first = self._head(self._ordered)
        return first if first is not None else self._head(self._last)

    def waiting(self) -> list[Item]:
        """Return the items that wait, in no particular order."""
        return [entry[4] for heap in (self._ordered, self._last) for entry in heap if entry[4].state == WAITING]

    def longest_waiting(self) -> Item | None:
        """Return the step or redo that has waited longest."""
        heap = self._by_arrival
        while heap and heap[0][3].state != WAITING:
            heappop(heap)
        return heap[0][3] if heap else None

    # == requests too old to wait
    def _escalated(self, now: int) -> Item | None:
        """Return the request that was the first to be too old to wait any longer, if any is."""
        item = self._head(self._ageing)
        return item if item is not None and item.escalates <= now else None

    @staticmethod
    def _head(heap: list[Entry]) -> Item | None:
        while heap and heap[0][4].state != WAITING:
            heappop(heap)
        return heap[0][4] if heap else None
