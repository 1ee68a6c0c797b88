"""The compiled engine itself: one event after another, and what each sets off."""

from __future__ import annotations

from sim.arrays.demand import CUSTOMERS, FILE, STREAM
from sim.engines import streams
from sim.engines.compiled import (
    aftermath,
    chasing,
    climate,
    company,
    customer,
    department,
    faults,
    order,
    own_tasks,
    patience,
    people,
    request,
    requests,
    weeks,
    worker,
)
from sim.engines.compiled.clock import (
    ANSWERED_HOP,
    ARGUED_HOP,
    COMPLAINT_BEGINS,
    DONE_HOP,
    FINISHED_HOP,
    HIRED,
    HOP_WIDTH,
    WORKER_BEGINS,
    count,
    fill_hole,
    plan,
)
from sim.engines.compiled.draws import entity_key
from sim.engines.compiled.item import (
    ARGUED_BY_ONE,
    ARGUED_BY_OTHER,
    BLOCKED,
    COMPLAINED,
    ENQUIRED,
    FOUND_SOMEBODY,
    NOBODY,
    ORDER,
    QUESTIONED,
    REDONE,
    REFUNDED,
    REPAIRED,
    REQUESTED,
)
from sim.engines.compiled.jit import Reals, Words, entry, hot, kernel, pointer_to
from sim.engines.compiled.layout import (
    CALENDAR,
    CUSTOMERS_START,
    D_ALWAYS_OPEN,
    D_EMPLOYED,
    D_LAST,
    D_ORDERED,
    D_OWN_KEY,
    D_PEOPLE,
    D_TASK_KEY,
    D_TASK_RATE,
    DEMAND,
    DEMAND_KEY,
    DEPARTMENT_WORDS,
    DEPARTMENTS,
    FIRST_DEPARTMENT,
    FREE_ITEMS,
    FROZEN_FROM,
    HOLE,
    I_ARRIVAL,
    I_ASKS,
    I_DEPARTMENT,
    I_SEQUENCE,
    I_WAITER,
    I_WAITER_KIND,
    MARKETING,
    MORE_ROOM,
    NORMAL,
    NORMAL_HEAD,
    NOW,
    O_AFTER,
    OPEN_ORDERS,
    ORDER_RATE_MEAN,
    PEOPLE_DAYS,
    Q_ANSWERED,
    Q_ORDER,
    S_IN_SYSTEM,
    S_QUEUE,
    URGENT,
    URGENT_HEAD,
    V_BASE,
    V_COUNT,
    W_BLOCKED_BY,
    W_ITEM,
    WEEK_NUMBER,
    WINDOW_BEGIN,
    WINDOW_END,
    WORKER_WORDS,
)
from sim.engines.compiled.memory import give_back
from sim.engines.compiled.queue import ENTRY
from sim.engines.streams import KIND_SHIFT, STOP, WEEK
from sim.rules.calendar import WEEK_MS

PAUSED, NEEDS_ROOM, ENDED, TOO_LONG = range(4)
"""Why the kernel stops: the pause has come; room must be made; the run is over; more events than are allowed."""
STREAM_KEY = (1 << 42) - 1
"""Key of streams that belong to nobody: orders of one-time customers, newcomers."""
DEPARTMENT_KEYS = 1 << 42
"""Keys of departments begin here."""


@entry
def go(words: Words, reals: Reals, pause: int, pause_key: int) -> int:
    """Go on with a run until it is over, needs room, or has come to an event at or after (pause, pause_key)."""
    m, f = pointer_to(words), pointer_to(reals)
    if m[CALENDAR + V_COUNT] == 0:
        _begin(m, f)
    while True:
        if _what_follows(m, f):
            company.count_presence(m)
            _close_the_books(m, f)
            return ENDED
        if m[HOLE]:
            fill_hole(m)
        if m[MORE_ROOM]:
            return NEEDS_ROOM
        top = m[CALENDAR + V_BASE]
        at, key = m[top], m[top + 1]
        if at > pause or (at == pause and key >= pause_key):
            return PAUSED
        m[NOW] = at
        if not count(m):
            return TOO_LONG
        m[HOLE] = 1
        _happen(m, f, key >> KIND_SHIFT, m[top + 2])


@kernel
def _begin(m: Words, f: Reals) -> None:
    """Set everybody to work."""
    company.enforce(m, 0)
    weeks.staff_posts(m, f)
    for i in range(m[DEPARTMENTS]):
        d = m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS
        climate.begin(m, f, d)
        m[d + D_OWN_KEY] = entity_key(m, DEPARTMENT_KEYS + i)
        if not m[d + D_ALWAYS_OPEN]:
            department.plan_opening(m, d)
        if f[d + D_TASK_RATE] > 0.0:
            m[d + D_TASK_KEY] = entity_key(m, own_tasks.TASK_KEYS | i << 32)
            own_tasks.plan_task(m, f, d)
    plan(m, max(0, m[WINDOW_BEGIN] + m[WEEK_NUMBER] * WEEK_MS), WEEK, 0, 0)
    plan(m, m[WINDOW_END], STOP, 0, 0)
    if m[PEOPLE_DAYS]:
        climate.plan_day(m)
    m[DEMAND_KEY] = entity_key(m, STREAM_KEY)
    if m[DEMAND] == CUSTOMERS:
        for key in range(m[CUSTOMERS_START]):
            customer.join(m, f, key, -1)
        if m[NOW] < m[FROZEN_FROM] and f[MARKETING] != 0.0:
            customer.plan_newcomer(m, f)
    elif m[DEMAND] == FILE:
        customer.plan_of_file(m)
    elif f[ORDER_RATE_MEAN] != 0.0:
        customer.plan_stream(m, f)


@hot
def _happen(m: Words, f: Reals, kind: int, who: int) -> None:  # noqa: PLR0912 (one branch a kind of event)
    """Let an event of the calendar happen."""
    if kind == streams.SERVICE:
        worker.serve(m, f, who)
    elif kind == streams.PLACED:
        if m[DEMAND] == CUSTOMERS:
            customer.order_again(m, f, who)
        elif m[DEMAND] == STREAM:
            customer.place_of_stream(m, f)
        else:
            customer.place_of_file(m, f, who)
    elif kind == streams.TRANSPORT:
        order.travelled(m, f, who)
    elif kind == streams.OWN_TASK_DUE:
        own_tasks.bring_task(m, f, who)
    elif kind == streams.OPENING:
        department.open_doors(m, f, who)
    elif kind == streams.PATIENCE_END:
        patience.lose_patience(m, f, who)
    elif kind == streams.CURIOUS:
        chasing.chase(m, f, who)
    elif kind == streams.NEWCOMER:
        customer.newcomer(m, f)
    elif kind == streams.WEEK:
        weeks.week(m, f)
    elif kind == streams.DAY:
        climate.day(m, f)
    elif kind == streams.FIRST_DAY:
        people.fill(m, f, who)
    else:
        weeks.last_day(m)


@hot
def _what_follows(m: Words, f: Reals) -> bool:
    """Let everything happen that the last event has set off; return whether the run is over."""
    while True:
        if m[URGENT_HEAD] < m[URGENT + V_COUNT]:
            place = m[URGENT + V_BASE] + HOP_WIDTH * m[URGENT_HEAD]
            m[URGENT_HEAD] += 1
            what, who = m[place], m[place + 1]
            if what == WORKER_BEGINS:
                worker.take_next(m, f, who)
            elif what == COMPLAINT_BEGINS:
                aftermath.complaint(m, f, who)
            else:
                aftermath.repair(m, f, who)
        elif m[NORMAL_HEAD] < m[NORMAL + V_COUNT]:
            place = m[NORMAL + V_BASE] + HOP_WIDTH * m[NORMAL_HEAD]
            m[NORMAL_HEAD] += 1
            what, who = m[place], m[place + 1]
            if what == DONE_HOP:
                _tell_whoever_waits(m, f, who)
            elif what == HIRED:
                worker.take_up(m, f, who, m[place + 2])
            elif what == ANSWERED_HOP:
                o, came_of_it = m[who + Q_ORDER], m[who + Q_ANSWERED]
                request.let_go(m, who)
                order.answered(m, f, o, came_of_it)
            elif what == ARGUED_HOP:
                faults.settle(m, f, who)
            elif what == FINISHED_HOP:
                return True
        else:
            m[URGENT_HEAD] = m[NORMAL_HEAD] = 0
            m[URGENT + V_COUNT] = m[NORMAL + V_COUNT] = 0
            return False


@hot
def _tell_whoever_waits(m: Words, f: Reals, item: int) -> None:  # noqa: PLR0912 (one branch a kind of waiting)
    """Let whoever waits for an item go on."""
    kind, who, came_of_it = m[item + I_WAITER_KIND], m[item + I_WAITER], m[item + I_ASKS]
    give_back(m, FREE_ITEMS, item)
    if kind == ORDER:
        order.served(m, f, who, came_of_it)
    elif kind == NOBODY:
        pass
    elif kind == REQUESTED:
        request.served(m, f, who, came_of_it)
    elif kind == BLOCKED:
        worker.go_on(m, who)
    elif kind == ENQUIRED:
        chasing.enquired(m, f, who)
    elif kind == QUESTIONED:
        chasing.questioned(m, f, who)
    elif kind == REDONE:
        if faults.redone(m, f, who):
            order.complete(m, f, who)
    elif kind == ARGUED_BY_ONE or kind == ARGUED_BY_OTHER:  # noqa: PLR1714, SIM109
        faults.argued(m, f, who, kind - ARGUED_BY_ONE)
    elif kind == COMPLAINED:
        aftermath.complaint_answered(m, f, who)
    elif kind == REFUNDED:
        aftermath.refunded(m, f, who)
    elif kind == REPAIRED:
        aftermath.repaired(m, who)
    elif kind == FOUND_SOMEBODY:
        people.asked_for(m, f, who)


@kernel
def _close_the_books(m: Words, f: Reals) -> None:
    """Count what is still going on when the run ends."""
    now = m[NOW]
    company.count_customers(m)
    requests.close(m)
    for i in range(m[DEPARTMENTS]):
        d = m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS
        _close_heap(m, d, d + D_ORDERED)
        _close_heap(m, d, d + D_LAST)
        for post in range(m[d + D_EMPLOYED]):
            w = m[d + D_PEOPLE] + post * WORKER_WORDS
            item = m[w + W_ITEM]
            if item:
                if m[w + W_BLOCKED_BY] >= 0:
                    worker.count_blocked(m, w, m[item + I_DEPARTMENT], now)
                else:
                    worker.count(m, w, m[item + I_DEPARTMENT], now)
    o = m[OPEN_ORDERS]
    while o:
        company.enter(m, o)
        o = m[o + O_AFTER]


@kernel
def _close_heap(m: Words, d: int, heap: int) -> None:
    place = m[heap + V_BASE]
    for _ in range(m[heap + V_COUNT]):
        item = m[place + 4]
        if m[item + I_SEQUENCE] == m[place + 3]:
            area = company.within(m, m[item + I_ARRIVAL], m[NOW])
            m[d + S_QUEUE] += area
            m[d + S_IN_SYSTEM] += area
        place += ENTRY
