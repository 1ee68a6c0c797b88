"""What happens by the calendar: weeks begin, posts are filled and left, the window closes."""

from __future__ import annotations

from sim.engines.compiled import people
from sim.engines.compiled.clock import plan
from sim.engines.compiled.company import NAN, count_customers, count_presence, enforce, finish
from sim.engines.compiled.department import recount
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    ACTIVE,
    C_AFTER_ACTIVE,
    C_SATISFACTION,
    CUSTOMERS_END,
    D_AWAY,
    D_EMPLOYED,
    D_HURRY,
    D_LENGTH,
    D_LOAD,
    D_MORALE,
    D_PEOPLE,
    D_POSTS,
    D_PRESENT,
    D_SKILL,
    D_STANDARD,
    D_VACANT,
    DEPARTMENT_WORDS,
    DEPARTMENTS,
    FIRST_ACTIVE,
    FIRST_DEPARTMENT,
    IMPROVABLE,
    MEASURING,
    NOW,
    OPEN_MEASURED,
    PEOPLE_WEEKS,
    STATE_ROWS,
    STOP_AT,
    W_AWAY,
    W_EMPLOYED,
    W_VACANT,
    WEEK_NUMBER,
    WEEK_ROWS,
    WINDOW_BEGIN,
    WINDOW_END,
    WORKER_WORDS,
)
from sim.engines.compiled.memory import extend
from sim.engines.streams import STOP, WEEK
from sim.rules.calendar import WEEK_MS


# == a week begins
@kernel
def week(m: Words, f: Reals) -> None:
    """Begin a week: new parameters come into force, people come and go, the state is noted."""
    count_presence(m)
    number, now = m[WEEK_NUMBER], m[NOW]
    m[MEASURING] = m[WINDOW_BEGIN] <= now < m[WINDOW_END]
    enforce(m, max(0, number + 1))
    if m[PEOPLE_WEEKS]:
        people.week(m, f)
    people.improve(m, f)
    staff_posts(m, f)
    _note_state(m, f)
    m[WEEK_NUMBER] = number + 1
    plan(m, m[WINDOW_BEGIN] + (number + 1) * WEEK_MS, WEEK, 0, 0)


@kernel
def _note_state(m: Words, f: Reals) -> None:
    """Write down how customers and departments are."""
    total = 0.0
    active = 0
    customer = m[FIRST_ACTIVE]
    while customer:
        total += f[customer + C_SATISFACTION]
        active += 1
        customer = m[customer + C_AFTER_ACTIVE]
    place = extend(m, WEEK_ROWS, 4)
    m[place], m[place + 1] = m[NOW], active
    f[place + 2] = total / active if active else NAN
    f[place + 3] = f[IMPROVABLE]
    for i in range(m[DEPARTMENTS]):
        d = m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS
        place = extend(m, STATE_ROWS, 11)
        m[place], m[place + 1] = i, m[NOW]
        m[place + 2], m[place + 3], m[place + 4] = m[d + D_PRESENT], m[d + D_VACANT], m[d + D_AWAY]
        m[place + 5] = m[d + D_LENGTH]
        f[place + 6], f[place + 7], f[place + 8] = f[d + D_MORALE], f[d + D_STANDARD], f[d + D_HURRY]
        f[place + 9], f[place + 10] = f[d + D_LOAD], f[d + D_SKILL]


# == posts are filled and left
@kernel
def staff_posts(m: Words, f: Reals) -> None:
    """Fill new posts; let people of posts that are gone leave, after the item in hand."""
    for i in range(m[DEPARTMENTS]):
        d = m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS
        wanted = m[d + D_POSTS]
        known = m[d + D_EMPLOYED]
        m[d + D_EMPLOYED] = max(known, wanted)
        for post in range(m[d + D_EMPLOYED]):
            w = m[d + D_PEOPLE] + post * WORKER_WORDS
            if post >= wanted:
                people.send_home(m, f, w)
            elif not m[w + W_EMPLOYED] and not m[w + W_VACANT] and not m[w + W_AWAY]:
                people.take_on(m, f, w)
        recount(m, f, d)


# == the window closes
@kernel
def last_day(m: Words) -> None:
    """Close the window, and the run when the measured orders are over, or after the drain."""
    if m[NOW] == m[STOP_AT] and m[CUSTOMERS_END] >= 0:
        finish(m)
        return
    m[MEASURING] = 0
    count_customers(m)
    m[CUSTOMERS_END] = m[ACTIVE]
    if m[OPEN_MEASURED] == 0:
        finish(m)
    else:
        plan(m, m[STOP_AT], STOP, 0, 0)
