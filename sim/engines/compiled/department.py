"""A department: its queue, its people, and the rule by which the next item is chosen."""

from __future__ import annotations

from sim.engines.compiled import queue
from sim.engines.compiled.clock import HIRED, advance, advance_both, opened_either, plan, tell
from sim.engines.compiled.company import join_idle, leave_idle, open_within, within, write_item
from sim.engines.compiled.draws import slot_key, uniform
from sim.engines.compiled.item import EXTERNAL, INTERNAL, is_one_of
from sim.engines.compiled.jit import Reals, Words, hot, kernel
from sim.engines.compiled.layout import (
    D_AGREED_AGE,
    D_AGREED_SHARE,
    D_ALIGNMENT,
    D_AWAY,
    D_BY_ARRIVAL,
    D_CALENDAR,
    D_CLOSES_AT,
    D_COOPERATIVE,
    D_DISCIPLINE,
    D_EMPLOYED,
    D_ESCALATION,
    D_EXCUSE,
    D_EXTERNAL,
    D_HELPABLE,
    D_HELPER_COUNT,
    D_HELPERS,
    D_IDLE,
    D_INDEX,
    D_INTERVAL,
    D_LENGTH,
    D_OPENED_LESS_NOW,
    D_OWN_KEY,
    D_PEOPLE,
    D_POSTS,
    D_PRESENT,
    D_RESPONSIVENESS,
    D_SKILL_COUNT,
    D_SKILLS,
    D_STAFFING,
    D_TRAINED_SHARE,
    D_VACANT,
    FREE_ITEMS,
    I_ARRIVAL,
    I_CLASS,
    I_COUNTED,
    I_DEPARTMENT,
    I_ESCALATES,
    I_EXPIRES,
    I_FIRST,
    I_GRANTED,
    I_KIND,
    I_LANE,
    I_LUCK,
    I_RANK,
    I_RETURNED,
    K_LAST,
    MEASURING,
    NOW,
    S_ARRIVED,
    S_IN_SYSTEM,
    S_LEFT_QUEUE,
    S_OWN_DROPPED,
    S_QUEUE,
    S_WAITED,
    W_ABILITY,
    W_AFTER,
    W_AWAY,
    W_EMPLOYED,
    W_HOME,
    W_POST,
    W_VACANT,
    WORKER_WORDS,
)
from sim.engines.compiled.memory import give_back
from sim.engines.streams import AGREED, ALIGNED, ATTRACTIVE, GRANTED, LOG_ARRIVED, LOG_DROPPED, OPENING, PURPOSES
from sim.rules import internal_service as rules
from sim.rules.calendar import ticks


# == an item comes in
@kernel
def receive(m: Words, f: Reals, d: int, item: int) -> None:
    """Take an item in: straight into the hands of an idle person, else into the queue."""
    now = m[NOW]
    m[item + I_ARRIVAL] = now
    counted = m[MEASURING]
    m[item + I_COUNTED] = counted
    first = counted and m[item + I_FIRST]
    if first:
        m[d + S_ARRIVED] += 1
    write_item(m, LOG_ARRIVED, m[d + D_INDEX], item)
    w = m[d + D_IDLE]
    if w and now < m[d + D_CLOSES_AT]:
        if first:
            m[d + S_LEFT_QUEUE] += 1
        hire(m, d, w, item)
        return
    _line_up(m, f, d, item, now)
    if m[d + D_HELPABLE] and is_one_of(m[item + I_KIND], EXTERNAL):
        seek_help(m, f, d)


@hot
def hire(m: Words, d: int, w: int, item: int) -> None:
    """Hand an item to an idle person."""
    leave_idle(m, d, w)
    tell(m, HIRED, w, item)


# == somebody takes the next item
@hot
def next_item(m: Words, f: Reals, d: int, w: int) -> int:
    """Return the next item for somebody of this department: from the own queue, else where they can help; or 0."""
    now = m[NOW]
    if m[d + D_LENGTH] and now < m[d + D_CLOSES_AT]:
        item = _pick(m, f, d, now)
        if item:
            return item
    if m[d + D_SKILL_COUNT] and now < m[d + D_CLOSES_AT] and is_trained(m, f, w):
        return _help_elsewhere(m, f, d, now)
    return 0


@kernel
def is_trained(m: Words, f: Reals, w: int) -> bool:
    """Say whether this person is trained for the second department."""
    d = m[w + W_HOME]
    share = f[d + D_TRAINED_SHARE]
    return share > 0.0 and (m[w + W_POST] + 0.5) <= share * m[d + D_POSTS]


# == who is there
@kernel
def recount(m: Words, f: Reals, d: int) -> None:
    """Count who is there: somebody has come or gone, or has learned something."""
    present = vacant = away = 0
    staffing = 0.0
    for post in range(m[d + D_EMPLOYED]):
        w = m[d + D_PEOPLE] + post * WORKER_WORDS
        if m[w + W_EMPLOYED]:
            present += 1
            staffing += f[w + W_ABILITY]
        elif post < m[d + D_POSTS]:
            vacant += m[w + W_VACANT]
            away += m[w + W_AWAY]
    m[d + D_PRESENT] = present
    m[d + D_VACANT] = vacant
    m[d + D_AWAY] = away
    f[d + D_STAFFING] = staffing


# == an item is withdrawn
@kernel
def withdraw(m: Words, f: Reals, d: int, item: int) -> None:
    """Take an item out of the queue because nobody needs it any more."""
    queue.remove(m, f, d, item)
    leaves_queue(m, d, item)


# == the doors open
@kernel
def open_doors(m: Words, f: Reals, d: int) -> None:
    """Open: whoever is idle takes what has come in meanwhile; plan the next opening."""
    at = m[d + D_INTERVAL]
    start = m[at]
    m[d + D_CLOSES_AT] = m[at + 1]
    m[d + D_OPENED_LESS_NOW] = m[at + 2] - start
    _dispatch(m, f, d)
    while m[d + D_HELPABLE] and seek_help(m, f, d):
        pass
    m[d + D_INTERVAL] = at + 3
    plan_opening(m, d)


@kernel
def plan_opening(m: Words, d: int) -> None:
    """Plan the next opening, if there is one."""
    at = m[d + D_INTERVAL]
    if at < m[m[d + D_CALENDAR] + K_LAST]:
        plan(m, m[at], OPENING, m[d + D_INDEX], d)


# == when work will be done
@hot
def done_at(m: Words, d: int, now: int, work: int, helper: int) -> int:
    """Return when work begun now will be done; a helper works only while the own department is open, too."""
    end = now + work
    if end <= m[d + D_CLOSES_AT] and end <= m[helper + D_CLOSES_AT]:
        return end
    if m[helper + D_CALENDAR] == m[d + D_CALENDAR]:
        return advance(m, m[d + D_CALENDAR], now, work)
    return advance_both(m, m[d + D_CALENDAR], m[helper + D_CALENDAR], now, work)


@kernel
def open_between(m: Words, d: int, begin: int, end: int, helper: int) -> int:
    """Return the time between two instants in which work here advances."""
    one, other = m[d + D_CALENDAR], m[helper + D_CALENDAR]
    total = open_within(m, one, begin, end)
    if other == one:
        return total
    return total + open_within(m, other, begin, end) - opened_either(m, one, other, begin, end)


@kernel
def due_in(m: Words, d: int, hours: float) -> int:
    """Return the instant at which some opening hours from now will have passed."""
    now, work = m[NOW], ticks(hours)
    return done_at(m, d, now, work, d) if now < m[d + D_CLOSES_AT] else advance(m, m[d + D_CALENDAR], now, work)


# == an idle helper is sought
@kernel
def seek_help(m: Words, f: Reals, d: int) -> bool:
    """Hand the step or redo that has waited longest to an idle helper; return whether that was possible."""
    helper = _idle_helper(m, f, d, m[NOW])
    item = queue.head(m, d + D_BY_ARRIVAL) if helper else 0
    if not item:
        return False
    withdraw(m, f, d, item)
    hire(m, m[helper + W_HOME], helper, item)
    return True


# == waiting items are given out
@kernel
def _dispatch(m: Words, f: Reals, d: int) -> None:
    """Give waiting items to idle people, in turn: whoever gets none stays as long idle as before the others."""
    w = m[d + D_IDLE]
    idle = 0
    while w:
        idle += 1
        w = m[w + W_AFTER]
    for _ in range(idle):
        w = m[d + D_IDLE]
        leave_idle(m, d, w)
        item = next_item(m, f, d, w)
        if item:
            tell(m, HIRED, w, item)
        else:
            join_idle(m, d, w)


# == a wait is over
@hot
def leaves_queue(m: Words, d: int, item: int) -> None:
    """Note that an item's wait is over."""
    now, arrival = m[NOW], m[item + I_ARRIVAL]
    waited = now - arrival
    counted = m[item + I_COUNTED]
    area = waited if counted and m[MEASURING] else within(m, arrival, now)
    m[d + S_QUEUE] += area
    m[d + S_IN_SYSTEM] += area
    if counted and m[item + I_FIRST]:
        m[d + S_LEFT_QUEUE] += 1
        m[d + S_WAITED] += waited


# == an item lines up
@hot
def _line_up(m: Words, f: Reals, d: int, item: int, now: int) -> None:
    kind, discipline = m[item + I_KIND], m[d + D_DISCIPLINE]
    luck = m[item + I_LUCK]
    if is_one_of(kind, INTERNAL) and m[d + D_COOPERATIVE]:
        queue_per_head = m[d + D_LENGTH] / max(1, m[d + D_PRESENT])
        chance = rules.grant_probability(f[d + D_RESPONSIVENESS], f[d + D_EXCUSE], queue_per_head)
        granted = uniform(luck, GRANTED + kind * PURPOSES) < chance
        m[item + I_GRANTED] = granted
        if not granted:
            share = f[d + D_AGREED_SHARE]
            kept = share > 0.0 and uniform(luck, AGREED + kind * PURPOSES) < share
            age = f[d + D_AGREED_AGE] if kept else f[d + D_ESCALATION]
            m[item + I_ESCALATES] = advance(m, m[d + D_CALENDAR], now, ticks(age))
    lane = rules.lane(discipline, kind, m[item + I_CLASS], m[item + I_GRANTED] != 0, m[item + I_RETURNED] != 0)
    m[item + I_LANE] = lane
    m[item + I_RANK] = rules.rank(discipline, lane, now, m[item + I_RANK])
    attractive = 0
    if m[d + D_COOPERATIVE] and lane == rules.LANE_MAIN:
        # Numbers between 0 and 1 are ordered as their bits are: 2**62 of them are more than enough.
        attractive = int(uniform(luck, ATTRACTIVE + kind * PURPOSES) * 4611686018427387904.0)
    queue.add(m, f, d, item, attractive)


# == an item is picked
@hot
def _pick(m: Words, f: Reals, d: int, now: int) -> int:
    while m[d + D_LENGTH]:
        item = 0
        # Keyed by the instant: what was picked before must not decide what is picked now.
        if (
            m[d + D_COOPERATIVE]
            and m[d + D_LENGTH] > 1
            and uniform(slot_key(m[d + D_OWN_KEY], now), ALIGNED) >= f[d + D_ALIGNMENT]
        ):
            item = queue.own_choice(m, d, now)
        if not item:
            item = queue.company_choice(m, d, now)
        if not item:
            return 0
        withdraw(m, f, d, item)
        if 0 <= m[item + I_EXPIRES] < now:
            if m[MEASURING]:
                m[d + S_OWN_DROPPED] += 1
            write_item(m, LOG_DROPPED, m[d + D_INDEX], item)
            give_back(m, FREE_ITEMS, item)
            continue
        return item
    return 0


# == help goes elsewhere
@kernel
def _help_elsewhere(m: Words, f: Reals, d: int, now: int) -> int:
    chosen = 0
    for k in range(m[d + D_SKILL_COUNT]):
        other = m[m[d + D_SKILLS] + k]
        if m[other + D_EXTERNAL] and now < m[other + D_CLOSES_AT]:
            item = queue.head(m, other + D_BY_ARRIVAL)
            if item and (not chosen or m[item + I_ARRIVAL] < m[chosen + I_ARRIVAL]):
                chosen = item
    if chosen:
        withdraw(m, f, m[chosen + I_DEPARTMENT], chosen)
    return chosen


# == somebody idle can help
@kernel
def _idle_helper(m: Words, f: Reals, d: int, now: int) -> int:
    if now >= m[d + D_CLOSES_AT]:
        return 0
    for k in range(m[d + D_HELPER_COUNT]):
        other = m[m[d + D_HELPERS] + k]
        if now < m[other + D_CLOSES_AT]:
            w = m[other + D_IDLE]
            while w:
                if is_trained(m, f, w):
                    return w
                w = m[w + W_AFTER]
    return 0
