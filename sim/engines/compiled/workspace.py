"""The memory of a run: a block of words that grows between events, and can be kept and gone on with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiled import layout as at
from sim.engines.compiled.pack import Packed
from sim.engines.limits import most_bytes, too_large

SPARE = 1 << 15
"""Words kept free beyond the frontier for what one event may need."""
ROOMS = {at.CALENDAR: 256, at.URGENT: 256, at.NORMAL: 256, at.ORDER_ROWS: 1024, at.PART_ROWS: 4096}
ROOM = 64
"""Entries for which a vector has room at first, where it is not said otherwise."""


@dataclass
class Habits:
    """How much room runs of a world have needed, so that the next one has it from the start."""

    rooms: dict[int, int] = field(default_factory=dict)
    spare: int = SPARE

    def make_generous(self, m: NDArray[np.int64], packed: Packed) -> None:
        """Let there be four times the room for one event: of records, and in vectors that were full."""
        if m[at.FRONTIER] > m[at.SIZE]:
            self.spare *= 4
        for vector, _ in packed.vectors:
            if m[vector + at.V_COUNT] >= m[vector + at.V_ROOM]:
                self.rooms[vector] = int(4 * m[vector + at.V_ROOM])


class Kept(NamedTuple):
    """A state of a run: the words before and beyond the rows of orders, and the rows of orders that were over."""

    head: NDArray[np.int64]
    tail: NDArray[np.int64]
    beyond: int
    frontier: int
    finished: NDArray[np.int64]


class Workspace:
    """The block of one thread. What is handed out of it stays where it is, when the block grows, too."""

    def __init__(self) -> None:
        self.m: NDArray[np.int64]
        self.f: NDArray[np.float64]
        self.let_go()

    def let_go(self) -> None:
        """Let go of the memory of a run that was stopped: it may be most of what there is."""
        self.m = np.zeros(1 << 16, dtype=np.int64)
        self.f = self.m.view(np.float64)

    def begin(self, packed: Packed, habits: Habits) -> None:
        """Lay out a world in which nothing has happened yet."""
        size = len(packed.words)
        rooms = {v: max(habits.rooms.get(v, 0), ROOMS.get(v, ROOM)) for v, _ in packed.vectors}
        for hops in (at.URGENT, at.NORMAL):
            # When everybody's work begins at once; a quarter stays free.
            rooms[hops] = max(rooms[hops], 2 * packed.people + 256)
        # A week writes one for every department at once; a quarter stays free.
        rooms[at.STATE_ROWS] = max(rooms[at.STATE_ROWS], 8 * int(packed.words[at.DEPARTMENTS]) + 64)
        customers = int(packed.words[at.CUSTOMERS_START])
        rooms[at.CALENDAR] = max(rooms[at.CALENDAR], 2 * (customers + packed.people) + 256)
        rooms[at.CUSTOMER_LIST] = max(rooms[at.CUSTOMER_LIST], 2 * customers)
        vectors = sum(rooms[v] * width for v, width in packed.vectors)
        self._reach(size + vectors + customers * at.CUSTOMER_WORDS + 2 * habits.spare, 0)
        m = self.m
        m[:size] = packed.words
        for vector, width in packed.vectors:
            m[vector + at.V_BASE], m[vector + at.V_ROOM] = size, rooms[vector]
            size += rooms[vector] * width
        m[at.FRONTIER] = size
        m[at.SIZE], m[at.LIMIT] = len(m), len(m) - habits.spare

    def make_room(self, packed: Packed, habits: Habits) -> None:
        """Give every vector that is more than half full four times its room, and the block as much again.

        Raises
        ------
        RunTooLargeError
            If not even twice the room is left of what a run may take.
        """
        tight = [(v, w) for v, w in packed.vectors if 2 * self.m[v + at.V_COUNT] >= self.m[v + at.V_ROOM]]
        present = sum(w * int(self.m[v + at.V_ROOM]) for v, w in tight)
        frontier = int(self.m[at.FRONTIER])
        after = frontier + 2 * habits.spare
        times = 4 if 8 * (after + 4 * present) <= most_bytes() else 2
        self._reach(after + times * present, frontier)
        m = self.m
        for vector, width in tight:
            base, room, place = m[vector + at.V_BASE], m[vector + at.V_ROOM], m[at.FRONTIER]
            used = m[vector + at.V_COUNT] * width
            m[place : place + used] = m[base : base + used]
            m[vector + at.V_BASE], m[vector + at.V_ROOM] = place, times * room
            m[at.FRONTIER] = place + times * room * width
            habits.rooms[vector] = int(times * room)
        m[at.MORE_ROOM] = 0
        m[at.SIZE], m[at.LIMIT] = len(m), len(m) - habits.spare

    def keep(self) -> Kept:
        """Return a copy of the present state; orders that are over stand beside it: nothing changes them now."""
        m = self.m
        base, width = int(m[at.ORDER_ROWS + at.V_BASE]), at.ORDER_ROW_WORDS
        beyond = base + int(m[at.ORDER_ROWS + at.V_ROOM]) * width
        rows = m[base : base + m[at.ORDER_ROWS + at.V_COUNT] * width].reshape(-1, width)
        numbers: list[int] = []
        order, number = m[at.OPEN_ORDERS], 0
        while order:
            # From here on the open ones are the first: their rows are written when they are over.
            numbers.append(int(m[order + at.O_ROW]))
            m[order + at.O_ROW] = number
            order, number = m[order + at.O_AFTER], number + 1
        # None of them was placed in the window, so metrics need none.
        finished = np.delete(rows, numbers, axis=0) if m[at.PARTS_WANTED] else rows[:0].copy()
        m[at.ORDER_ROWS + at.V_COUNT] = number
        frontier = int(m[at.FRONTIER])
        return Kept(m[:base].copy(), m[beyond:frontier].copy(), beyond, frontier, finished)

    def restore(self, kept: Kept, more: int, habits: Habits) -> None:
        """Take up a kept state again, with room for so many more words."""
        self._reach(kept.frontier + more + 2 * habits.spare, 0)
        m = self.m
        m[: len(kept.head)] = kept.head
        m[kept.beyond : kept.frontier] = kept.tail
        m[at.SIZE], m[at.LIMIT] = len(m), len(m) - habits.spare

    def _reach(self, words: int, used: int) -> None:
        """Have at least so many words, half as many again where there are fewer; the first ones stay as they are.

        Raises
        ------
        RunTooLargeError
            If that is more than a run may take.
        """
        if words > len(self.m):
            # Asked for and not given, or given and not there when it is used: too late for a reason.
            allowed, now = most_bytes(), int(self.m[at.NOW]) if used else 0
            if 8 * words > allowed:
                self.let_go()
                raise too_large(now, 8 * words, allowed)
            try:
                m = np.empty(min(words + words // 2, allowed // 8), dtype=np.int64)
            except MemoryError:
                there = self.m.nbytes
                self.let_go()
                raise too_large(now, 8 * words, there) from None
            m[:used] = self.m[:used]
            self.m, self.f = m, m.view(np.float64)
