"""Run a world with the compiled engine and leave its record; or many policies from one warm-up."""

from __future__ import annotations

import dataclasses
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World
from sim.engines.compiled import layout as at
from sim.engines.compiled.kernel import ENDED, NEEDS_ROOM, TOO_LONG, go
from sim.engines.compiled.memory import MoreNeededError
from sim.engines.compiled.pack import Packed, most_posts, pack
from sim.engines.compiled.regimes import pack_regimes, place_regimes
from sim.engines.compiled.workspace import Habits, Kept, Workspace
from sim.engines.limits import MOST_EVENTS, RunTooLongError, too_long
from sim.engines.streams import KIND_SHIFT, WEEK
from sim.measures.record import (
    CUSTOMER_DTYPE,
    DEPARTMENT_SUMS,
    ORDER_DTYPE,
    PACKED_LOG,
    PAIR_SUMS,
    PART_DTYPE,
    STATE_DTYPE,
    WEEK_DTYPE,
    Record,
    causes,
    in_order,
)
from sim.rules.calendar import NEVER, WEEK_MS
from sim.rules.draws import MASK, combine

SLICE = 26 * WEEK_MS
MOVED_BY_POLICIES = ("regimes", "forecasts")
"""Fields of a world that policies decide; all others must be the same for worlds to share a warm-up."""
_thread = threading.local()


class Wanted(NamedTuple):
    """What is wanted of a run."""

    log: bool
    parts: bool
    most_events: int


class Plan:
    """Worlds of one company laid out, and how much room their runs have needed."""

    def __init__(self, worlds: Sequence[World]) -> None:
        """Lay out the first of some worlds, with room for the people of all, and the regimes of each."""
        self.packed: Packed = pack(worlds[0], most_posts(worlds))
        self.habits = Habits()
        self.learning = any(world.forecasts for world in worlds)
        self.regimes = {id(world): pack_regimes(world) for world in worlds}


class Plans:
    """Plans that are kept as long as their worlds are, so that replications need not make them again."""

    def __init__(self) -> None:
        self._plans: dict[tuple[int, ...], tuple[list[weakref.ref[World]], Plan]] = {}

    def of(self, worlds: Sequence[World]) -> Plan:
        """Return the plan of some worlds."""
        key = tuple(map(id, worlds))
        found = self._plans.get(key)
        if found is not None and all(kept() is world for kept, world in zip(found[0], worlds, strict=True)):
            return found[1]
        plan = Plan(worlds)
        self._plans[key] = ([weakref.ref(world, lambda _: self._plans.pop(key, None)) for world in worlds], plan)
        return plan


PLANS = Plans()


def run(
    world: World,
    seed: int,
    replication: int,
    *,
    log: bool = False,
    parts: bool = True,
    most_events: int = MOST_EVENTS,
) -> Record:
    """Run one replication; see `sim.engines.protocol.Engine`."""
    space = _workspace()
    _from_the_start(space, PLANS.of([world]), seed, replication, Wanted(log, parts, most_events), NEVER, 0)
    return _record(space.m, world)


def _workspace() -> Workspace:
    """Return this thread's workspace."""
    space: Workspace | None = getattr(_thread, "space", None)
    if space is None:
        space = _thread.space = Workspace()
    return space


# One warm-up for many policies --------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class WarmedUp:
    """The state of a company at the end of its warm-up, from which any of its policies can start."""

    worlds: tuple[World, ...]
    plan: Plan
    kept: Kept
    seed: int
    replication: int
    wanted: Wanted


def can_share(one: World, other: World) -> bool:
    """Say whether two worlds are the same until their policies start."""
    fields = (field.name for field in dataclasses.fields(World) if field.name not in MOVED_BY_POLICIES)
    return one.regimes[0] == other.regimes[0] and all(getattr(one, name) == getattr(other, name) for name in fields)


def warm_up(
    worlds: Sequence[World],
    seed: int,
    replication: int,
    *,
    log: bool = False,
    parts: bool = True,
    most_events: int = MOST_EVENTS,
) -> WarmedUp:
    """Run the warm-up that some worlds share (see `can_share`), up to the moment in which policies start."""
    wanted = Wanted(log, parts, most_events)
    space, plan = run_warm_up(worlds, seed, replication, *wanted)
    return WarmedUp(tuple(worlds), plan, space.keep(), seed, replication, wanted)


def run_warm_up(
    worlds: Sequence[World], seed: int, replication: int, log: bool, parts: bool, most_events: int = MOST_EVENTS
) -> tuple[Workspace, Plan]:
    """Run a warm-up without keeping its state."""
    space, plan, wanted = _workspace(), PLANS.of(worlds), Wanted(log, parts, most_events)
    _from_the_start(space, plan, seed, replication, wanted, worlds[0].window_begin, WEEK << KIND_SHIFT)
    return space, plan


def run_from(warm: WarmedUp, world: World) -> Record:
    """Go on from a warm-up under the policies of one of its worlds: the same record as from the start.

    Raises
    ------
    ValueError
        If the warm-up was not made for this world.
    """
    if not any(world is known for known in warm.worlds):
        raise ValueError("run_from: got a world that was not among those of the warm-up; give it to 'warm_up'.")
    space, place = _workspace(), warm.kept.frontier
    regimes = warm.plan.regimes[id(world)]
    space.restore(warm.kept, len(regimes), warm.plan.habits)
    space.m[at.FRONTIER] = place + len(regimes)
    place_regimes(space.m, regimes, len(world.regimes), place)
    if not _go_on(space, warm.plan, NEVER, 0):
        # An event that needed more than is kept for one: there is more now, from the start.
        return run(world, warm.seed, warm.replication, **warm.wanted._asdict())
    return _record(space.m, world, warm.kept.finished)


def _from_the_start(
    space: Workspace, plan: Plan, seed: int, replication: int, wanted: Wanted, pause: int, pause_key: int
) -> None:
    key = combine(seed, replication) & MASK
    while True:
        space.begin(plan.packed, plan.habits)
        space.m[at.RUN_KEY] = key - (1 << 64) if key >> 63 else key
        space.m[at.LOGGING], space.m[at.PARTS_WANTED], space.m[at.MOST_EVENTS] = wanted
        space.m[at.LEARNING] = plan.learning
        if _go_on(space, plan, pause, pause_key):
            return


def _go_on(space: Workspace, plan: Plan, pause: int, pause_key: int) -> bool:
    """Go on until the pause or the end; or return False: begin anew, there is more room now."""
    until, key = 0, 0
    try:
        while True:
            status = go(space.m, space.f, until, key)
            if status == NEEDS_ROOM:
                space.make_room(plan.packed, plan.habits)
            elif status == TOO_LONG:
                raise _stopped(space)
            elif status == ENDED or until >= pause:
                return True
            else:
                # Half a year at a time, so that a long run can be interrupted.
                until = min(pause, until + SLICE)
                key = pause_key if until == pause else 0
    except MoreNeededError:
        plan.habits.make_generous(space.m, plan.packed)
        return False


def _stopped(space: Workspace) -> RunTooLongError:
    """Let go of a run with an event too many, and return the reason."""
    reason = too_long(*(int(space.m[word]) for word in (at.NOW, at.STOP_AT, at.MOST_EVENTS)))
    space.let_go()
    return reason


# The record -----------------------------------------------------------------------------------------------------


def _rows(m: NDArray[np.int64], vector: int, dtype: np.dtype[np.void]) -> NDArray[np.void]:
    base, words = m[vector + at.V_BASE], dtype.itemsize // 8
    rows = m[base : base + m[vector + at.V_COUNT] * words]
    # Whoever wants no parts makes metrics of it at once: until this thread's next run the rows can stay where they
    # are (copies of many orders cost a tenth of a run).
    return (rows.copy() if m[at.PARTS_WANTED] else rows).view(dtype)


def _record(m: NDArray[np.int64], world: World, finished: NDArray[np.int64] | None = None) -> Record:
    """Take the record out of the words; the orders that were over before the run went on are beside them."""
    orders = _rows(m, at.ORDER_ROWS, ORDER_DTYPE)
    if finished is not None and m[at.PARTS_WANTED]:
        orders = np.concatenate([finished.reshape(-1).view(ORDER_DTYPE), orders])
    n = len(world.departments)
    first = int(m[at.FIRST_DEPARTMENT])
    sums = m[first : first + n * at.DEPARTMENT_WORDS].reshape(n, at.DEPARTMENT_WORDS)
    books = m[m[at.PAIR_BOOKS] : m[at.PAIR_BOOKS] + len(PAIR_SUMS) * n * n].reshape(len(PAIR_SUMS), n * n)
    base, count = m[at.CUSTOMER_LIST + at.V_BASE], m[at.CUSTOMER_LIST + at.V_COUNT]
    places = m[base : base + count]
    customers = m[places[:, None] + np.arange(CUSTOMER_DTYPE.itemsize // 8)].view(CUSTOMER_DTYPE).reshape(-1)
    base, count = m[at.LOG_ROWS + at.V_BASE], m[at.LOG_ROWS + at.V_COUNT]
    return Record(
        orders=in_order(orders, "placed", "order"),
        parts=_rows(m, at.PART_ROWS, PART_DTYPE),
        customers=in_order(customers, "joined", "customer"),
        weeks=_rows(m, at.WEEK_ROWS, WEEK_DTYPE),
        states=_rows(m, at.STATE_ROWS, STATE_DTYPE),
        departments={name: sums[:, at.S_BUSY + k].tolist() for k, name in enumerate(DEPARTMENT_SUMS)},
        pairs={name: books[k].tolist() for k, name in enumerate(PAIR_SUMS)},
        held=m[m[at.HELD] : m[at.HELD] + causes(int(m[at.HOLDERS]))].tolist(),
        joined=int(m[at.JOINED]),
        left=int(m[at.LEFT]),
        reported=int(m[at.REPORTED]),
        mended=int(m[at.MENDED]),
        redundant=int(m[at.REDUNDANT]),
        customer_time=int(m[at.CUSTOMER_TIME]),
        customers_end=int(m[at.CUSTOMERS_END]),
        ended=int(m[at.NOW]),
        events=int(m[at.EVENTS]),
        log=m[base : base + PACKED_LOG * count].reshape(-1, PACKED_LOG).copy(),
    )
