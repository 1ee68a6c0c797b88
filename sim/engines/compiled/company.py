"""The company: what departments, people, orders and customers share, and its books."""

from __future__ import annotations

from sim.engines.compiled.clock import FINISHED_HOP, opened, tell
from sim.engines.compiled.jit import Reals, Words, hot, kernel
from sim.engines.compiled.layout import (
    ACTIVE,
    COMPANY_CALENDAR,
    COUNTED_UNTIL,
    CUSTOMER_TIME,
    D_ATTENDED,
    D_AWAY,
    D_CALENDAR,
    D_IDLE,
    D_LAST_IDLE,
    D_OVERHEAD,
    D_PACE,
    D_POSTS,
    D_PRESENT,
    D_QUEUED_WORK,
    D_SPEED,
    D_STAFFING,
    D_UNFILLED,
    D_VACANT,
    DEPARTMENT_WORDS,
    DEPARTMENTS,
    FINISHED,
    FIRST_DEPARTMENT,
    FREE_ORDERS,
    FREE_PARTS,
    GAIN,
    HELD,
    HOLDERS,
    I_KEY,
    I_KIND,
    LEVEL,
    LOG_ROWS,
    LOGGING,
    LOST_TO_COLLEAGUES,
    MEMORY,
    NOW,
    O_AFTER,
    O_BEFORE,
    O_DELIVERED,
    O_FORECAST,
    O_HOLDS,
    O_KEY,
    O_MEASURED,
    O_PARTS,
    O_QUOTED_OPENED,
    O_ROW,
    OPEN_MEASURED,
    OPEN_ORDERS,
    OPEN_SHARE,
    ORDER_ROW_WORDS,
    ORDER_ROWS,
    P_HANDOFFS,
    P_INCOMPLETE,
    P_NOTICED,
    PAIR_BOOKS,
    PAIR_REGIME,
    PAIR_TABLES,
    PART_ROWS,
    PARTS_WANTED,
    PRESENT_UNTIL,
    REGIME_OF_COMPANY,
    REGIME_OF_DEPARTMENT,
    REGIMES,
    S_ABSENT,
    S_PRESENT,
    S_VACANT,
    SAFETY,
    T_AHEAD,
    T_AHEAD_COUNT,
    V_BASE,
    VARIABILITY,
    W_AFTER,
    W_BEFORE,
    W_IDLE,
    WINDOW_BEGIN,
    WINDOW_END,
    X_CAUSE,
    X_CLOSED,
    X_NEXT,
    X_OPEN,
)
from sim.engines.compiled.memory import copy, extend, give_back
from sim.measures.record import HOLDER_SHIFT, ITEM_SHIFT, PACKED_LOG
from sim.rules import attribution, promise, service
from sim.units import MS_PER_HOUR

NAN = float("nan")

# Time -------------------------------------------------------------------------------------------------------


# == the window
@kernel
def clip(m: Words, t: int) -> int:
    """Return the instant of the window closest to t."""
    return min(max(t, m[WINDOW_BEGIN]), m[WINDOW_END])


@kernel
def within(m: Words, begin: int, end: int) -> int:
    """Return the part of an interval that lies within the window."""
    return clip(m, end) - clip(m, begin)


@kernel
def open_within(m: Words, calendar: int, begin: int, end: int) -> int:
    """Return the opening time between two instants."""
    return opened(m, calendar, end) - opened(m, calendar, begin)


# Forecasts --------------------------------------------------------------------------------------------------


@kernel
def capacity(f: Reals, d: int) -> float:
    """Return what the people of a department can do, in people at the designed pace."""
    return service.capacity(f[d + D_STAFFING], f[d + D_PACE], f[d + D_SPEED], f[d + D_OVERHEAD])


# == a forecast is made
@kernel
def foresee(m: Words, f: Reals, step: int, complexity: float) -> float:
    """Return the opening hours until delivery that the load of those who deliver suggests."""
    total = f[LOST_TO_COLLEAGUES]
    row = m[step + T_AHEAD]
    for _ in range(m[step + T_AHEAD_COUNT]):
        holder, visits, hours = m[row], f[row + 1], f[row + 2]
        if holder >= m[DEPARTMENTS]:
            total += hours * f[OPEN_SHARE]
        else:
            total += hours * complexity
            d = m[FIRST_DEPARTMENT] + holder * DEPARTMENT_WORDS
            total += visits * f[d + D_QUEUED_WORK] / capacity(f, d)
        row += 3
    return total


# == a forecast learns
@kernel
def learn_from_delivery(m: Words, f: Reals, o: int) -> None:
    """Compare a forecast with what happened."""
    forecast = f[o + O_FORECAST]
    if forecast == forecast:  # noqa: PLR0124 (not nan: this order's promise was a forecast)
        taken = (opened(m, m[COMPANY_CALENDAR], m[NOW]) - m[o + O_QUOTED_OPENED]) / MS_PER_HOUR
        f[SAFETY] = promise.safety_step(f[SAFETY], taken - forecast, f[LEVEL], f[GAIN])
    lost = 0
    part = m[o + O_PARTS]
    while part:
        kind = attribution.kind_of(m[part + X_CAUSE], m[HOLDERS])
        if kind != attribution.QUEUE and kind != attribution.WORK and kind != attribution.TRANSPORT:  # noqa: PLR1714
            lost += m[part + X_OPEN]
        part = m[part + X_NEXT]
    f[LOST_TO_COLLEAGUES] = promise.smoothed(f[LOST_TO_COLLEAGUES], lost / MS_PER_HOUR, f[MEMORY])


# What happens by the calendar ---------------------------------------------------------------------------------


@kernel
def enforce(m: Words, number: int) -> None:
    """Let the parameters of a regime come into force: of the company, of each department, of each pair."""
    regime = m[m[REGIMES] + number]
    copy(m, regime, VARIABILITY, REGIME_OF_COMPANY)
    regime += REGIME_OF_COMPANY
    n = m[DEPARTMENTS]
    for i in range(n):
        copy(m, regime, m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS + D_POSTS, REGIME_OF_DEPARTMENT)
        regime += REGIME_OF_DEPARTMENT
    copy(m, regime, m[PAIR_TABLES], PAIR_REGIME * n * n)


@kernel
def finish(m: Words) -> None:
    """End the run, once what is going on has been said to whoever waits."""
    if not m[FINISHED]:
        m[FINISHED] = 1
        tell(m, FINISHED_HOP, 0, 0)


# Who is idle --------------------------------------------------------------------------------------------------


@hot
def join_idle(m: Words, d: int, w: int) -> None:
    """Let somebody be idle, behind those who have been for longer."""
    last = m[d + D_LAST_IDLE]
    m[w + W_IDLE] = 1
    m[w + W_BEFORE] = last
    m[w + W_AFTER] = 0
    if last:
        m[last + W_AFTER] = w
    else:
        m[d + D_IDLE] = w
    m[d + D_LAST_IDLE] = w


@hot
def leave_idle(m: Words, d: int, w: int) -> None:
    """Let somebody be idle no longer."""
    before, after = m[w + W_BEFORE], m[w + W_AFTER]
    m[w + W_IDLE] = 0
    if before:
        m[before + W_AFTER] = after
    else:
        m[d + D_IDLE] = after
    if after:
        m[after + W_BEFORE] = before
    else:
        m[d + D_LAST_IDLE] = before


# The books ----------------------------------------------------------------------------------------------------


@kernel
def count_customers(m: Words) -> None:
    """Bring the time that customers were active up to date."""
    m[CUSTOMER_TIME] += m[ACTIVE] * within(m, m[COUNTED_UNTIL], m[NOW])
    m[COUNTED_UNTIL] = m[NOW]


# == presence is counted
@kernel
def count_presence(m: Words) -> None:
    """Bring the time that people were present up to date."""
    since, now = m[PRESENT_UNTIL], m[NOW]
    begin, end = clip(m, since), clip(m, now)
    for i in range(m[DEPARTMENTS] if since < now else 0):
        d = m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS
        m[d + D_UNFILLED] += m[d + D_VACANT] * (now - since)
        m[d + D_ATTENDED] += m[d + D_PRESENT] * open_within(m, m[d + D_CALENDAR], since, now)
        if begin < end:
            open_time = open_within(m, m[d + D_CALENDAR], begin, end)
            m[d + S_PRESENT] += m[d + D_PRESENT] * open_time
            m[d + S_ABSENT] += m[d + D_AWAY] * open_time
            m[d + S_VACANT] += m[d + D_VACANT] * (end - begin)
    m[PRESENT_UNTIL] = now


@kernel
def count_pair(m: Words, what: int, pair: int, amount: int) -> None:
    """Add to a sum of a pair of departments."""
    m[m[PAIR_BOOKS] + what * m[DEPARTMENTS] * m[DEPARTMENTS] + pair] += amount


# == a hand-off is counted
@kernel
def count_handoff(m: Words, pair: int, incomplete: int, noticed: int) -> None:
    """Note a hand-off of a pair receiver * n + sender."""
    count_pair(m, P_HANDOFFS, pair, 1)
    if incomplete:
        count_pair(m, P_INCOMPLETE, pair, 1)
    if noticed:
        count_pair(m, P_NOTICED, pair, 1)


# == an order is entered
@hot
def book(m: Words, o: int) -> None:
    """Enter an order that is over."""
    before, after = m[o + O_BEFORE], m[o + O_AFTER]
    if before:
        m[before + O_AFTER] = after
    else:
        m[OPEN_ORDERS] = after
    if after:
        m[after + O_BEFORE] = before
    enter(m, o)
    part = m[o + O_PARTS]
    while part:
        following = m[part + X_NEXT]
        give_back(m, FREE_PARTS, part)
        part = following
    m[o + O_PARTS] = 0
    if m[o + O_MEASURED]:
        m[OPEN_MEASURED] -= 1
        if m[OPEN_MEASURED] == 0 and m[NOW] >= m[WINDOW_END]:
            finish(m)
    let_go(m, o)


@kernel
def let_go(m: Words, o: int) -> None:
    """Keep an order's record as long as somebody may still look at it."""
    m[o + O_HOLDS] -= 1
    if m[o + O_HOLDS] == 0:
        give_back(m, FREE_ORDERS, o)


@kernel
def enter(m: Words, o: int) -> None:
    """Write down what is known of an order, over or not; where its wait came from, if it has been delivered."""
    place = m[ORDER_ROWS + V_BASE] + m[o + O_ROW] * ORDER_ROW_WORDS
    copy(m, o, place, ORDER_ROW_WORDS)
    if m[o + O_DELIVERED] >= 0 and m[o + O_MEASURED]:
        part = m[o + O_PARTS]
        while part:
            cause, open_time = m[part + X_CAUSE], m[part + X_OPEN]
            m[m[HELD] + cause] += open_time
            if m[PARTS_WANTED]:
                place = extend(m, PART_ROWS, 4)
                m[place], m[place + 1] = m[o + O_KEY], cause
                m[place + 2], m[place + 3] = open_time, m[part + X_CLOSED]
            part = m[part + X_NEXT]


# == the log
@hot
def write(m: Words, event: int, holder: int, key: int, kind: int) -> None:
    """Write an event to the log."""
    place = extend(m, LOG_ROWS, PACKED_LOG)
    m[place], m[place + 1] = m[NOW], key
    m[place + 2] = event | (holder + 1) << HOLDER_SHIFT | (kind + 1) << ITEM_SHIFT


@kernel
def write_item(m: Words, event: int, holder: int, item: int) -> None:
    """Write an item's event to the log, if one is kept."""
    if m[LOGGING]:
        write(m, event, holder, m[item + I_KEY], m[item + I_KIND])


@kernel
def write_order(m: Words, event: int, key: int) -> None:
    """Write an order's or a customer's event to the log, if one is kept."""
    if m[LOGGING]:
        write(m, event, -1, key, -1)
