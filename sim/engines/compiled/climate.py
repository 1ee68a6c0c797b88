"""The working climate of a department: pressure, standard, fatigue, morale, and what they do to its work."""

from __future__ import annotations

from sim.engines.compiled.clock import opened, plan
from sim.engines.compiled.company import capacity, count_presence
from sim.engines.compiled.department import recount
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    CORNERS,
    D_ANSWERED,
    D_ANSWERED_LATE,
    D_ARGUING,
    D_ASSISTED,
    D_ATTENDED,
    D_ATTENDED_MEAN,
    D_BACKING,
    D_BACKLOG,
    D_CALENDAR,
    D_CONFORMANCE,
    D_DISPUTED,
    D_EMPLOYED,
    D_FAILING,
    D_FATIGUE,
    D_FOLLOWED,
    D_HURRY,
    D_LATE,
    D_LOAD,
    D_MORALE,
    D_NEWCOMERS,
    D_OCCUPIED,
    D_OCCUPIED_MEAN,
    D_OPENED_THEN,
    D_OWN,
    D_PEOPLE,
    D_POSTS,
    D_QUEUED_WORK,
    D_SKILL,
    D_SLIPS,
    D_SPEED,
    D_STANDARD,
    D_UNFILLED,
    D_WEEK_HOURS,
    DAMAGE,
    DAY_NUMBER,
    DEPARTMENT_WORDS,
    DEPARTMENTS,
    EROSION,
    FAILURES_CAP,
    FASTEST,
    FATIGUE_ERRORS,
    FATIGUE_SIZE,
    FIRST_DEPARTMENT,
    HELP_LOAD,
    LOAD_MEMORY,
    LOWEST,
    MENTORED,
    MENTORING,
    MORALE_ERRORS,
    MORALE_MEMORY,
    MORALE_NEUTRAL,
    MORALE_SPEED,
    NOW,
    OVERLOAD,
    OVERLOAD_FROM,
    RECOVERY,
    RESIDENCE,
    SENSITIVITY,
    SKILL_START,
    SKILL_TIME,
    SMOOTHING,
    W_ABILITY,
    W_EMPLOYED,
    W_PRACTISED,
    W_SKILL,
    WEIGHT_DISPUTES,
    WEIGHT_LATE,
    WEIGHT_LOAD,
    WEIGHT_VACANCIES,
    WORKER_WORDS,
)
from sim.engines.streams import DAY
from sim.rules import people as people_rules
from sim.rules import pressure as rules
from sim.rules.calendar import DAY_MS, WEEK_MS
from sim.units import MS_PER_HOUR


# == a day has passed
@kernel
def plan_day(m: Words) -> None:
    """Plan the next midnight."""
    m[DAY_NUMBER] += 1
    plan(m, m[DAY_NUMBER] * DAY_MS, DAY, 0, 0)


@kernel
def day(m: Words, f: Reals) -> None:
    """Look at every department."""
    count_presence(m)
    for i in range(m[DEPARTMENTS]):
        _after_a_day(m, f, m[FIRST_DEPARTMENT] + i * DEPARTMENT_WORDS)
    plan_day(m)


# == the first day
@kernel
def begin(m: Words, f: Reals, d: int) -> None:
    """Know how skilled the people of the start are."""
    present, total = 0, 0.0
    for post in range(m[d + D_EMPLOYED]):
        w = m[d + D_PEOPLE] + post * WORKER_WORDS
        if m[w + W_EMPLOYED]:
            present += 1
            total += f[w + W_SKILL]
    if m[d + D_OWN] and present:
        f[d + D_SKILL] = total / present


# == pressure, standard and fatigue
@kernel
def _after_a_day(m: Words, f: Reals, d: int) -> None:
    """Bring everything up to date with the day that has passed, if the department was open."""
    open_time = opened(m, m[d + D_CALENDAR], m[NOW])
    hours = (open_time - m[d + D_OPENED_THEN]) / MS_PER_HOUR
    m[d + D_OPENED_THEN] = open_time
    if hours <= 0.0:
        return
    weeks = hours / max(1.0, f[d + D_WEEK_HOURS])
    new = rules.weight(weeks, f[LOAD_MEMORY])
    busy = (m[d + D_OCCUPIED] + f[HELP_LOAD] * m[d + D_ASSISTED]) / MS_PER_HOUR
    f[d + D_OCCUPIED_MEAN] += new * (busy - f[d + D_OCCUPIED_MEAN])
    f[d + D_ATTENDED_MEAN] += new * (m[d + D_ATTENDED] / MS_PER_HOUR - f[d + D_ATTENDED_MEAN])
    f[d + D_LOAD] = rules.load(f[d + D_OCCUPIED_MEAN], f[d + D_ATTENDED_MEAN])
    m[d + D_ATTENDED] = m[d + D_OCCUPIED] = m[d + D_ASSISTED] = 0
    f[d + D_BACKLOG] += rules.weight(hours, f[SMOOTHING]) * (f[d + D_QUEUED_WORK] - f[d + D_BACKLOG])
    hurry = rules.pace(f[d + D_BACKLOG], capacity(f, d), f[RESIDENCE], f[SENSITIVITY], f[FASTEST])
    f[d + D_HURRY] = hurry
    erosion, recovery = rules.weight(weeks, f[EROSION]), rules.weight(weeks, f[RECOVERY])
    f[d + D_STANDARD] = rules.standard(f[d + D_STANDARD], hurry, erosion, recovery, f[LOWEST])
    f[d + D_FATIGUE] = rules.fatigue(f[d + D_LOAD], f[OVERLOAD], f[FATIGUE_SIZE])
    if m[d + D_OWN]:
        _learn(m, f, d)
    act(f, d)


# == people learn
@kernel
def _learn(m: Words, f: Reals, d: int) -> None:
    """Let people have learned from what they did, and newcomers take time from the others."""
    newcomers = experienced = 0
    total = 0.0
    for post in range(m[d + D_EMPLOYED]):
        w = m[d + D_PEOPLE] + post * WORKER_WORDS
        if m[w + W_EMPLOYED]:
            hours = m[w + W_PRACTISED] / MS_PER_HOUR
            f[w + W_SKILL] = people_rules.skill(hours, f[SKILL_START], f[SKILL_TIME])
            total += f[w + W_SKILL]
            if hours < f[MENTORED]:
                newcomers += 1
            else:
                experienced += 1
    left = people_rules.mentoring(newcomers, experienced, f[MENTORING])
    for post in range(m[d + D_EMPLOYED]):
        w = m[d + D_PEOPLE] + post * WORKER_WORDS
        f[w + W_ABILITY] = f[w + W_SKILL]
        if m[w + W_PRACTISED] / MS_PER_HOUR >= f[MENTORED]:
            f[w + W_ABILITY] *= left
    if newcomers + experienced > 0:
        f[d + D_SKILL] = total / (newcomers + experienced)
        f[d + D_NEWCOMERS] = newcomers / (newcomers + experienced)
    recount(m, f, d)


# == the climate acts
@kernel
def act(f: Reals, d: int) -> None:
    """Work out what the climate does to speed, hand-offs and failures until tomorrow."""
    cut = rules.corners(f[d + D_STANDARD], f[d + D_HURRY])
    damage = f[DAMAGE] * f[d + D_NEWCOMERS] * (1.0 - f[d + D_CONFORMANCE])
    mood, errors = f[d + D_MORALE] - f[MORALE_NEUTRAL], f[MORALE_ERRORS]
    f[d + D_SLIPS] = rules.slips(cut, f[CORNERS], mood, errors, f[d + D_FATIGUE], f[FATIGUE_ERRORS], damage)
    f[d + D_FAILING] = rules.failure_factor(cut, f[CORNERS], mood, errors, f[FAILURES_CAP])
    f[d + D_SPEED] = people_rules.morale_speed(f[d + D_MORALE], f[MORALE_NEUTRAL], f[MORALE_SPEED])


# == morale moves
@kernel
def follow(m: Words, f: Reals, d: int) -> None:
    """Let morale follow what happened in the week that has passed."""
    weeks = (m[NOW] - m[d + D_FOLLOWED]) / WEEK_MS
    m[d + D_FOLLOWED] = m[NOW]
    new = rules.weight(weeks, f[MORALE_MEMORY])
    posts = max(1, m[d + D_POSTS])
    if m[d + D_ANSWERED] > 0:
        f[d + D_LATE] += new * (m[d + D_ANSWERED_LATE] / m[d + D_ANSWERED] - f[d + D_LATE])
    f[d + D_ARGUING] += new * (m[d + D_DISPUTED] / MS_PER_HOUR / (posts * weeks) - f[d + D_ARGUING])
    vacant = m[d + D_UNFILLED] / WEEK_MS / (posts * weeks)
    m[d + D_ANSWERED] = m[d + D_ANSWERED_LATE] = m[d + D_DISPUTED] = m[d + D_UNFILLED] = 0
    aim = people_rules.calm_morale(
        f[d + D_BACKING],
        f[WEIGHT_LOAD] * people_rules.over(f[d + D_LOAD], f[OVERLOAD_FROM]),
        f[WEIGHT_LATE] * f[d + D_LATE],
        f[WEIGHT_DISPUTES] * min(2.0, f[d + D_ARGUING]),
        f[WEIGHT_VACANCIES] * vacant,
    )
    f[d + D_MORALE] += new * (aim - f[d + D_MORALE])
