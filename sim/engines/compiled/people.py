"""People come, go, are away and change their mind; posts are filled again; a team follows up what is reported."""

from __future__ import annotations

from sim.engines.compiled import climate, requests
from sim.engines.compiled.clock import WORKER_BEGINS, begins, company_advance, plan
from sim.engines.compiled.company import count_presence, leave_idle, write
from sim.engines.compiled.department import due_in, is_trained, receive, recount
from sim.engines.compiled.draws import entity_key, slot_key, uniform, variate, work
from sim.engines.compiled.item import FOUND_SOMEBODY, new_item
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    A_MEAN,
    ABSENT_CHANCE,
    D_DEVELOPMENT,
    D_EMPLOYED,
    D_INDEX,
    D_MORALE,
    D_OWN,
    D_PEOPLE,
    D_POSTS,
    D_SKILL,
    DEPARTMENT_WORDS,
    DEPARTMENTS,
    FIRST_DEPARTMENT,
    HALF_LIFE,
    HIRES,
    HIRING_DUE,
    HIRING_FIRST,
    HIRING_TIME,
    I_EXPECTED,
    I_RANK,
    I_RETURNED,
    IMPROVABLE,
    IMPROVED,
    IMPROVEMENT_CAPACITY,
    IMPROVEMENT_FLOOR,
    LOGGING,
    MEASURING,
    MORALE_NEUTRAL,
    MORALE_RESIGNATIONS,
    NOW,
    PREMIUM,
    REPORTED_THIS_WEEK,
    RESIGNATION_RATE,
    RETENTION,
    S_HIRED,
    S_RESIGNED,
    SEARCH_MEAN,
    SEARCH_SHAPE,
    SKILL_START,
    SKILL_TIME,
    TENURE_TIME,
    W_ABILITY,
    W_AWAY,
    W_BOOK,
    W_EMPLOYED,
    W_GENERATION,
    W_HELPED,
    W_HOME,
    W_IDLE,
    W_KEY,
    W_KNOWN,
    W_OWN_KEY,
    W_POST,
    W_PRACTISED,
    W_RESIGNING,
    W_SECOND,
    W_SKILL,
    W_VACANT,
    WITHOUT_REQUEST,
    WORKER_WORDS,
)
from sim.engines.streams import (
    ABSENT,
    FIRST_DAY,
    HIRING_SLOTS,
    HIRING_WORK,
    LOG_HIRED,
    LOG_RESIGNED,
    RESIGNING,
    SEARCH,
    TENURE,
    WORKER_KEYS,
)
from sim.engines.streams import HIRING_FIRST as HIRING_FIRST_DRAW
from sim.rules import internal_service
from sim.rules import people as rules
from sim.rules.calendar import WEEK_MS, ticks
from sim.units import HOURS_PER_WEEK, MS_PER_HOUR

GENERATION_SHIFT = 20
"""Draws of somebody's weeks are keyed by generation << 20 | week of the run."""


# == a week of the people
@kernel
def week(m: Words, f: Reals) -> None:
    """Let people have second thoughts about staying, be away for a week, and forget what they did not use."""
    now = m[NOW]
    # A week that the window's beginning cuts short is one, too, with a luck of its own.
    number = -(-now // WEEK_MS)
    for i in range(m[DEPARTMENTS]):
        d = m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS
        if not m[d + D_OWN]:
            continue
        if now > 0:
            climate.follow(m, f, d)
            climate.act(f, d)
        for post in range(m[d + D_EMPLOYED]):
            w = m[d + D_PEOPLE] + post * WORKER_WORDS
            if m[w + W_VACANT] or post >= m[d + D_POSTS]:
                continue
            luck = slot_key(m[w + W_OWN_KEY], m[w + W_GENERATION] << GENERATION_SHIFT | number)
            if now > 0:
                _remember(m, f, w)
                if _wants_to_leave(m, f, w, luck):
                    _resign(m, f, w)
                    continue
            _be_away(m, f, w, f[ABSENT_CHANCE] > 0.0 and uniform(luck, ABSENT) < f[ABSENT_CHANCE])


# == a second skill is kept or lost
@kernel
def _remember(m: Words, f: Reals, w: int) -> None:
    """Keep the second skill that was used, lose some of one that was not."""
    if is_trained(m, f, w):
        f[w + W_KNOWN] = rules.practice(f[w + W_KNOWN], m[w + W_HELPED] / MS_PER_HOUR, f[SKILL_TIME], f[RETENTION])
        f[w + W_SECOND] = rules.second_skill(f[w + W_KNOWN], f[SKILL_START])
    m[w + W_HELPED] = 0


# == second thoughts about staying
@kernel
def _wants_to_leave(m: Words, f: Reals, w: int, luck: int) -> bool:
    """Say whether somebody resigns this week."""
    d, rate = m[w + W_HOME], f[RESIGNATION_RATE]
    if m[w + W_RESIGNING] or rate == 0.0:
        return False
    experience = rules.experience_factor(f[w + W_SKILL], f[d + D_SKILL], f[PREMIUM], f[d + D_DEVELOPMENT])
    morale, neutral, slope = f[d + D_MORALE], f[MORALE_NEUTRAL], f[MORALE_RESIGNATIONS]
    # The first week may be a short one: the others begin whole weeks before the window.
    hours = min(HOURS_PER_WEEK, m[NOW] / MS_PER_HOUR)
    chance = rules.resignation_probability(rate, hours, morale, neutral, slope, experience)
    return uniform(luck, RESIGNING) < chance


# == somebody resigns
@kernel
def _resign(m: Words, f: Reals, w: int) -> None:
    """Leave: at once when idle or away, else after the item in hand."""
    m[w + W_RESIGNING] = 1
    if not m[w + W_EMPLOYED] or send_home(m, f, w):
        _leave(m, f, w)


# == somebody is away
@kernel
def _be_away(m: Words, f: Reals, w: int, away: int) -> None:
    """Be away this week, after the item in hand; or be back."""
    before = m[w + W_AWAY]
    m[w + W_AWAY] = away
    if away and not before:
        send_home(m, f, w)
    elif before and not away and not m[w + W_EMPLOYED]:
        _start_work(m, f, w)


# == somebody goes home
@kernel
def send_home(m: Words, f: Reals, w: int) -> bool:
    """Send somebody home who is idle; return whether that was so. Whoever is busy goes after the item in hand."""
    if not m[w + W_IDLE]:
        return False
    leave_idle(m, m[w + W_HOME], w)
    m[w + W_EMPLOYED] = 0
    recount(m, f, m[w + W_HOME])
    return True


# == somebody stops working
@kernel
def stop(m: Words, f: Reals, w: int) -> None:
    """Go home after the item in hand: for a week, or for good."""
    count_presence(m)
    m[w + W_EMPLOYED] = 0
    if m[w + W_RESIGNING]:
        _leave(m, f, w)
    recount(m, f, m[w + W_HOME])


# == somebody starts working
@kernel
def _start_work(m: Words, f: Reals, w: int) -> None:
    """Come to work."""
    m[w + W_EMPLOYED] = 1
    recount(m, f, m[w + W_HOME])
    begins(m, WORKER_BEGINS, w)


@kernel
def take_on(m: Words, f: Reals, w: int) -> None:
    """Come to a post: with experience when the run begins, as a newcomer later."""
    m[w + W_OWN_KEY] = entity_key(m, WORKER_KEYS + m[w + W_KEY])
    m[w + W_PRACTISED] = 0
    f[w + W_KNOWN] = 0.0
    if m[NOW] == 0 and m[w + W_GENERATION] == 0:
        f[w + W_KNOWN] = 1.0
        m[w + W_PRACTISED] = ticks(variate(m, f, m[TENURE_TIME], slot_key(m[w + W_OWN_KEY], 0), TENURE))
    m[w + W_GENERATION] += 1
    f[w + W_SKILL] = rules.skill(m[w + W_PRACTISED] / MS_PER_HOUR, f[SKILL_START], f[SKILL_TIME])
    f[w + W_ABILITY] = f[w + W_SKILL]
    f[w + W_SECOND] = rules.second_skill(f[w + W_KNOWN], f[SKILL_START])
    _start_work(m, f, w)


# == a post is vacant
@kernel
def _leave(m: Words, f: Reals, w: int) -> None:
    """Leave a post behind, and let somebody be looked for."""
    home = m[w + W_HOME]
    m[w + W_RESIGNING] = m[w + W_AWAY] = 0
    m[w + W_VACANT] = 1
    m[home + S_RESIGNED] += m[MEASURING]
    recount(m, f, home)
    if m[LOGGING]:
        write(m, LOG_RESIGNED, m[home + D_INDEX], WORKER_KEYS + m[w + W_KEY], -1)
    if not m[HIRES] or m[HIRES] == home:
        _search(m, f, w, f[WITHOUT_REQUEST])
    else:
        _ask_for_somebody(m, f, w)


# == somebody is asked for
@kernel
def _ask_for_somebody(m: Words, f: Reals, w: int) -> None:
    """Put a hiring request into the queue of those who hire; the search begins when it has been served."""
    hires, amount = m[HIRES], m[HIRING_TIME]
    luck = slot_key(m[w + W_OWN_KEY], HIRING_SLOTS | m[w + W_GENERATION])
    hours = work(m, f, amount, f[amount + A_MEAN], luck, HIRING_WORK)
    key = WORKER_KEYS + m[w + W_KEY]
    item = new_item(m, f, internal_service.HIRING, hires, key, luck, hours, FOUND_SOMEBODY, w)
    f[item + I_EXPECTED] = f[amount + A_MEAN]
    due = due_in(m, hires, f[HIRING_DUE])
    m[item + I_RANK] = due
    m[item + I_RETURNED] = uniform(luck, HIRING_FIRST_DRAW) < f[HIRING_FIRST]
    m[w + W_BOOK] = requests.ask(m, m[w + W_HOME], hires, due)
    receive(m, f, hires, item)


@kernel
def asked_for(m: Words, f: Reals, w: int) -> None:
    """Begin to search: the hiring request has been served."""
    requests.answer(m, m[w + W_BOOK])
    _search(m, f, w, 0.0)


# == somebody is looked for
@kernel
def _search(m: Words, f: Reals, w: int, before: float) -> None:
    """Plan a newcomer's first day, after the search and some opening hours before it."""
    luck = slot_key(m[w + W_OWN_KEY], HIRING_SLOTS | m[w + W_GENERATION])
    hours = before + f[SEARCH_MEAN] * variate(m, f, m[SEARCH_SHAPE], luck, SEARCH)
    plan(m, company_advance(m, m[NOW], ticks(hours)), FIRST_DAY, m[w + W_KEY], w)


# == a post is filled
@kernel
def fill(m: Words, f: Reals, w: int) -> None:
    """Fill a vacant post with a newcomer, unless the post is gone."""
    home = m[w + W_HOME]
    count_presence(m)
    m[w + W_VACANT] = 0
    if m[w + W_POST] < m[home + D_POSTS]:
        m[home + S_HIRED] += m[MEASURING]
        if m[LOGGING]:
            write(m, LOG_HIRED, m[home + D_INDEX], WORKER_KEYS + m[w + W_KEY], -1)
        take_on(m, f, w)
    recount(m, f, home)


# == a team improves
@kernel
def improve(m: Words, f: Reals) -> None:
    """Follow up the faults that were reported in the week that has passed."""
    worked = min(f[IMPROVEMENT_CAPACITY], float(m[REPORTED_THIS_WEEK]))
    m[REPORTED_THIS_WEEK] = 0
    if worked > 0.0:
        f[IMPROVABLE] = rules.remaining_after(f[IMPROVABLE], worked, f[HALF_LIFE])
        f[IMPROVED] = rules.improved(f[IMPROVABLE], f[IMPROVEMENT_FLOOR])
