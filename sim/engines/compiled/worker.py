"""A worker: takes the next item, works on it, hands it on."""

from __future__ import annotations

from sim.engines.compiled import custody, people, requests
from sim.engines.compiled.clock import DONE_HOP, advance, advance_both, plan, tell
from sim.engines.compiled.company import clip, count_pair, join_idle, open_within, write_item
from sim.engines.compiled.department import done_at, due_in, next_item, open_between, receive
from sim.engines.compiled.draws import uniform, work
from sim.engines.compiled.item import (
    BLOCKED,
    DONE,
    FAILURE_DEMAND,
    INTERNAL,
    WORKAROUNDS,
    is_one_of,
    new_item,
)
from sim.engines.compiled.jit import Reals, Words, hot, kernel
from sim.engines.compiled.layout import (
    A_MEAN,
    D_ASSISTED,
    D_BLOCKING,
    D_BLOCKING_RATE,
    D_BLOCKING_TIME,
    D_CALENDAR,
    D_DISPUTED,
    D_EXTERNAL,
    D_FATIGUE,
    D_HURRY,
    D_INDEX,
    D_OCCUPIED,
    D_OVERHEAD,
    D_PACE,
    D_POSTS,
    D_SPEED,
    D_STANDARD,
    DEPARTMENTS,
    HELP_EFFICIENCY,
    I_ASKS,
    I_CLASS,
    I_DEPARTMENT,
    I_EXPECTED,
    I_HOURS,
    I_KEY,
    I_KIND,
    I_LABEL,
    I_LABEL_AT,
    I_LUCK,
    I_ORDER,
    I_RANK,
    MEASURING,
    NOW,
    P_BLOCKED,
    REQUEST_DUE,
    S_BLOCKED,
    S_BUSY,
    S_COMPLETED,
    S_FAILURE_DEMAND,
    S_HELPING,
    S_IN_SYSTEM,
    S_OWN_TASKS,
    S_SETUPS,
    S_SWITCHES,
    S_WORKAROUND,
    SETUP,
    SWITCHING,
    W_ABILITY,
    W_AWAY,
    W_BLOCKED_BY,
    W_BOOK,
    W_COUNTED,
    W_HELPED,
    W_HOME,
    W_ITEM,
    W_KEY,
    W_PHASE,
    W_POST,
    W_PRACTISED,
    W_RESIGNING,
    W_REST_TICKS,
    W_SECOND,
    W_SINCE,
    W_WORK_TICKS,
)
from sim.engines.streams import BLOCKED as BLOCKED_DRAW
from sim.engines.streams import BLOCKING_WORK, LOG_FINISHED, LOG_STARTED, PURPOSES, SERVICE
from sim.rules import attribution, service
from sim.rules import internal_service as rules
from sim.rules.calendar import ticks
from sim.units import MS_PER_HOUR

WORKS, WORKS_UNTIL_BLOCKED = range(2)
"""What a worker's next event is: the end of the work, or that something is missing in the middle of it."""


# == somebody works
@hot
def take_next(m: Words, f: Reals, w: int) -> None:
    """Take the next item, or be idle; leave when the post is gone."""
    d = m[w + W_HOME]
    if m[w + W_POST] >= m[d + D_POSTS] or m[w + W_AWAY] or m[w + W_RESIGNING]:
        people.stop(m, f, w)
        return
    item = next_item(m, f, d, w)
    if item:
        take_up(m, f, w, item)
    else:
        join_idle(m, d, w)


@hot
def take_up(m: Words, f: Reals, w: int, item: int) -> None:
    """Work on an item until it is done or something is missing."""
    end = _begin(m, f, w, item)
    until = _is_blocked_after(m, f, w, item)
    m[w + W_PHASE] = WORKS if until < 0 else WORKS_UNTIL_BLOCKED
    plan(m, end if until < 0 else until, SERVICE, m[w + W_KEY], w)


@hot
def serve(m: Words, f: Reals, w: int) -> None:
    """Finish the item and take the next one; or ask for help, where something is missing."""
    if m[w + W_PHASE] == WORKS_UNTIL_BLOCKED:
        _wait_for_help(m, f, w)
        return
    _finish(m, w)
    take_next(m, f, w)


# == something is missing
@kernel
def _is_blocked_after(m: Words, f: Reals, w: int, item: int) -> int:
    """Return when something will be missing in the middle of the work; -1 when nothing will."""
    d = m[w + W_HOME]
    if not m[d + D_BLOCKING] or m[item + I_ASKS] != DONE:
        return -1
    u = uniform(m[item + I_LUCK], BLOCKED_DRAW + m[item + I_KIND] * PURPOSES)
    ticks_ahead = m[w + W_WORK_TICKS]
    hours = ticks_ahead / MS_PER_HOUR
    rate = f[d + D_BLOCKING_RATE]
    # 1 - exp(-x) is never above x: nearly always that is enough to know.
    if u >= rate * hours:
        return -1
    chance = rules.blocked_probability(rate, hours)
    if u >= chance:
        return -1
    # Given that it happens, u / chance is uniform: how far into the work.
    rest = ticks_ahead - int(ticks_ahead * (u / chance))
    m[w + W_REST_TICKS] = rest
    m[w + W_WORK_TICKS] = ticks_ahead - rest
    return done_at(m, m[item + I_DEPARTMENT], m[w + W_SINCE], ticks_ahead - rest, d)


# == help is waited for
@kernel
def _wait_for_help(m: Words, f: Reals, w: int) -> None:
    """Ask for help and wait, with the work in hand."""
    home, item = m[w + W_HOME], m[w + W_ITEM]
    owner, helper = m[item + I_DEPARTMENT], m[home + D_BLOCKING]
    kind, luck = m[item + I_KIND], m[item + I_LUCK]
    count(m, w, owner, m[NOW])
    m[w + W_SINCE] = m[NOW]
    m[w + W_BLOCKED_BY] = m[helper + D_INDEX]
    if kind == rules.STEP:
        custody.pass_to(m, m[item + I_ORDER], attribution.BLOCKED, m[helper + D_INDEX], owner)
    amount = m[home + D_BLOCKING_TIME]
    hours = work(m, f, amount, f[amount + A_MEAN], luck, BLOCKING_WORK + kind * PURPOSES)
    asked = new_item(m, f, rules.BLOCKING, helper, m[item + I_KEY], luck, hours, BLOCKED, w)
    m[asked + I_CLASS] = m[item + I_CLASS]
    f[asked + I_EXPECTED] = f[amount + A_MEAN]
    due = due_in(m, helper, f[REQUEST_DUE])
    m[asked + I_RANK] = due
    m[w + W_BOOK] = requests.ask(m, home, helper, due)
    receive(m, f, helper, asked)


@kernel
def go_on(m: Words, w: int) -> None:
    """Go on with the work in hand: help has come."""
    home, item = m[w + W_HOME], m[w + W_ITEM]
    owner, now = m[item + I_DEPARTMENT], m[NOW]
    requests.answer(m, m[w + W_BOOK])
    count_blocked(m, w, owner, now)
    if m[item + I_KIND] == rules.STEP:
        custody.pass_to(m, m[item + I_ORDER], m[item + I_LABEL], m[item + I_LABEL_AT], owner)
    rest = m[w + W_REST_TICKS]
    m[w + W_SINCE] = now
    m[w + W_WORK_TICKS] = rest
    m[w + W_BLOCKED_BY] = -1
    m[w + W_COUNTED] = m[MEASURING]
    m[w + W_PHASE] = WORKS
    if m[owner + D_CALENDAR] != m[home + D_CALENDAR]:
        end = advance_both(m, m[owner + D_CALENDAR], m[home + D_CALENDAR], now, rest)
    else:
        end = advance(m, m[owner + D_CALENDAR], now, rest)
    plan(m, end, SERVICE, m[w + W_KEY], w)


# == blocked time is counted
@kernel
def count_blocked(m: Words, w: int, owner: int, until: int) -> None:
    """Add the time spent blocked to the sums of the window."""
    home = m[w + W_HOME]
    begin, end = clip(m, m[w + W_SINCE]), clip(m, until)
    opened = open_within(m, m[home + D_CALENDAR], begin, end)
    m[home + D_OCCUPIED] += open_within(m, m[home + D_CALENDAR], m[w + W_SINCE], until)
    m[owner + S_IN_SYSTEM] += end - begin
    m[home + S_BLOCKED] += opened
    count_pair(m, P_BLOCKED, m[home + D_INDEX] * m[DEPARTMENTS] + m[w + W_BLOCKED_BY], opened)


# == work begins
@hot
def _begin(m: Words, f: Reals, w: int, item: int) -> int:
    """Start on an item and return when it will be done."""
    home, owner, now = m[w + W_HOME], m[item + I_DEPARTMENT], m[NOW]
    kind, hours = m[item + I_KIND], f[item + I_HOURS]
    measuring = m[MEASURING]
    if kind == rules.STEP:
        custody.pass_to(m, m[item + I_ORDER], m[item + I_LABEL], m[item + I_LABEL_AT], owner)
        if m[item + I_ASKS] != DONE:
            # Something is missing: the order is put aside after a look at it.
            hours = f[SETUP]
            m[home + S_SETUPS] += measuring
    elif m[owner + D_EXTERNAL] and is_one_of(kind, INTERNAL):
        hours += f[SWITCHING]
        m[home + S_SWITCHES] += measuring
    efficiency = f[home + D_PACE] * f[w + W_ABILITY] * f[home + D_SPEED]
    if owner != home:
        efficiency *= f[HELP_EFFICIENCY] * f[w + W_SECOND]
    standard, pace, fatigue = f[home + D_STANDARD], f[home + D_HURRY], f[home + D_FATIGUE]
    ahead = ticks(service.duration(hours, standard, pace, fatigue, efficiency, f[home + D_OVERHEAD]))
    m[w + W_ITEM] = item
    m[w + W_SINCE] = now
    m[w + W_WORK_TICKS] = ahead
    m[w + W_COUNTED] = measuring
    write_item(m, LOG_STARTED, m[owner + D_INDEX], item)
    return done_at(m, owner, now, ahead, home)


# == work is finished
@hot
def _finish(m: Words, w: int) -> None:
    """Put the item down, note the time it took, and tell whoever waits for it."""
    item = m[w + W_ITEM]
    owner, kind = m[item + I_DEPARTMENT], m[item + I_KIND]
    count(m, w, owner, m[NOW])
    if m[MEASURING]:
        if kind == rules.STEP:
            if m[item + I_ASKS] == DONE:
                m[owner + S_COMPLETED] += 1
        elif kind == rules.OWN_TASK:
            m[owner + S_OWN_TASKS] += 1
    m[w + W_ITEM] = 0
    write_item(m, LOG_FINISHED, m[owner + D_INDEX], item)
    tell(m, DONE_HOP, item, 0)


# == work is counted
@hot
def count(m: Words, w: int, owner: int, until: int) -> None:
    """Add the time spent on an item to the sums of the window."""
    home, item, since = m[w + W_HOME], m[w + W_ITEM], m[w + W_SINCE]
    if m[w + W_COUNTED] and m[MEASURING]:
        elapsed, opened = until - since, m[w + W_WORK_TICKS]
    else:
        begin, end = clip(m, since), clip(m, until)
        elapsed = end - begin
        opened = open_between(m, owner, begin, end, home)
    m[owner + S_IN_SYSTEM] += elapsed
    m[home + S_BUSY] += opened
    worked = m[w + W_WORK_TICKS]
    kind = m[item + I_KIND]
    if kind != rules.STEP:
        m[home + S_WORKAROUND] += opened * is_one_of(kind, WORKAROUNDS)
        m[home + S_FAILURE_DEMAND] += opened * is_one_of(kind, FAILURE_DEMAND)
    elif m[item + I_ASKS] != DONE:
        m[home + S_WORKAROUND] += opened
    if owner != home:
        m[home + S_HELPING] += opened
        m[w + W_HELPED] += worked
        m[home + D_ASSISTED] += worked
    else:
        m[w + W_PRACTISED] += worked
        m[home + D_OCCUPIED] += worked
    if kind == rules.DISPUTE:
        m[home + D_DISPUTED] += worked
