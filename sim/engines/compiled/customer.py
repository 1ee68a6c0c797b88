"""Customers: they order again and again, leave or stay, and bring others."""

from __future__ import annotations

from sim.arrays.demand import CUSTOMERS
from sim.engines.compiled import order
from sim.engines.compiled.clock import plan
from sim.engines.compiled.company import count_customers, write_order
from sim.engines.compiled.draws import child_key, entity_key, slot_key, uniform, variate
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    ACTIVE,
    C_AFTER_ACTIVE,
    C_BEFORE_ACTIVE,
    C_BROUGHT_BY,
    C_CLOCK,
    C_HAD_ENOUGH,
    C_JOINED,
    C_KEY,
    C_LAST,
    C_LEFT,
    C_LUCK,
    C_ORDERS,
    C_OWN_KEY,
    C_RATE,
    C_SATISFACTION,
    C_SEGMENT,
    CUSTOMER_LIST,
    CUSTOMER_WORDS,
    CUSTOMERS_START,
    DELIGHTED,
    DEMAND,
    DEMAND_CLOCK,
    DEMAND_KEY,
    DEMAND_NUMBER,
    FILE_CUSTOMERS,
    FILE_ROW_COUNT,
    FILE_ROWS,
    FILE_WORDS,
    FIRST_ACTIVE,
    FROZEN_FROM,
    GAP,
    HAZARD,
    JOINED,
    L_CUSTOMER,
    L_LINE,
    L_PLACED,
    LAST_ACTIVE,
    LEFT,
    MARKETING,
    MEASURING,
    NEWCOMER_CLOCK,
    NEWCOMER_NUMBER,
    NOW,
    ORDER_RATE_MEAN,
    PROFILE_COUNT,
    PROFILE_HOURS,
    PROFILE_SEASON,
    PROFILE_WEEKS,
    REFERENCE,
    REFERRAL_RATE,
    SATURATION,
    SEGMENT_COUNT,
    SEGMENTS,
    SLOPE,
    SPREAD,
    START,
)
from sim.engines.compiled.memory import extend, fresh
from sim.engines.streams import (
    AGE,
    CUSTOMER_KEYS,
    LEAVING,
    LOG_JOINED,
    LOG_LEFT,
    NEWCOMER,
    NEWCOMER_CHANCE,
    NEWCOMER_GAP,
    ORDER_GAP,
    ORDER_RATE,
    PLACED,
    REFERRAL,
    SEGMENT,
)
from sim.rules import customers as rules
from sim.rules import demand
from sim.rules.calendar import NEVER, cut, ticks
from sim.units import HOURS_PER_YEAR, MS_PER_HOUR

MS_PER_YEAR = HOURS_PER_YEAR * MS_PER_HOUR


@kernel
def join(m: Words, f: Reals, key: int, brought_by: int) -> int:
    """Welcome a customer, and return it."""
    count_customers(m)
    c = fresh(m, CUSTOMER_WORDS)
    m[c + C_KEY] = key
    m[c + C_JOINED] = m[NOW]
    m[c + C_LEFT] = -1
    m[c + C_BROUGHT_BY] = brought_by
    m[c + C_ORDERS] = 0
    f[c + C_SATISFACTION] = f[START]
    m[c + C_HAD_ENOUGH] = 0
    m[c + C_OWN_KEY] = entity_key(m, key)
    m[c + C_SEGMENT] = 0
    if m[SEGMENT_COUNT]:
        u = uniform(slot_key(m[c + C_OWN_KEY], 0), SEGMENT)
        m[c + C_SEGMENT] = order.first_above(m, f, m[SEGMENTS], 3, m[SEGMENT_COUNT], u)
    m[extend(m, CUSTOMER_LIST, 1)] = c
    last = m[LAST_ACTIVE]
    m[c + C_BEFORE_ACTIVE] = last
    m[c + C_AFTER_ACTIVE] = 0
    if last:
        m[last + C_AFTER_ACTIVE] = c
    else:
        m[FIRST_ACTIVE] = c
    m[LAST_ACTIVE] = c
    m[ACTIVE] += 1
    m[JOINED] += m[MEASURING]
    write_order(m, LOG_JOINED, key)
    if m[DEMAND] == CUSTOMERS:
        _begin_life(m, f, c)
    return c


@kernel
def _leave(m: Words, c: int) -> None:
    """Lose a customer; where demand is frozen another one takes the place at once."""
    count_customers(m)
    m[LEFT] += m[MEASURING]
    write_order(m, LOG_LEFT, m[c + C_KEY])
    if m[NOW] >= m[FROZEN_FROM]:
        return
    m[ACTIVE] -= 1
    m[c + C_LEFT] = m[NOW]
    before, after = m[c + C_BEFORE_ACTIVE], m[c + C_AFTER_ACTIVE]
    if before:
        m[before + C_AFTER_ACTIVE] = after
    else:
        m[FIRST_ACTIVE] = after
    if after:
        m[after + C_BEFORE_ACTIVE] = before
    else:
        m[LAST_ACTIVE] = before


@kernel
def profile_of(m: Words, f: Reals) -> demand.Profile:
    """Return the demand's profile as the rules know it."""
    return demand.Profile(f, m[PROFILE_HOURS], m[PROFILE_SEASON], m[PROFILE_WEEKS], m[PROFILE_COUNT])


# == a customer orders
@kernel
def _begin_life(m: Words, f: Reals, c: int) -> None:
    """Begin to order: how often, and when the last order was."""
    luck = slot_key(m[c + C_OWN_KEY], 0)
    rate = f[ORDER_RATE_MEAN] * variate(m, f, m[SPREAD], luck, ORDER_RATE)
    if rate == 0.0:
        return
    f[c + C_RATE] = rate
    joined = m[c + C_JOINED]
    f[c + C_CLOCK] = demand.operational_at(profile_of(m, f), joined)
    m[c + C_LAST] = joined
    if joined == 0:
        # Those of the start ordered before it, as long ago as chance has it: their first check is not too kind.
        m[c + C_LAST] = -ticks(variate(m, f, m[GAP], luck, AGE) / rate)
    _plan_order(m, f, c)


@kernel
def _plan_order(m: Words, f: Reals, c: int) -> None:
    luck = slot_key(m[c + C_OWN_KEY], m[c + C_ORDERS])
    m[c + C_LUCK] = luck
    f[c + C_CLOCK] += variate(m, f, m[GAP], luck, ORDER_GAP) / f[c + C_RATE]
    at = demand.instant_of(profile_of(m, f), f[c + C_CLOCK])
    if at < NEVER:
        plan(m, max(at, m[NOW]), PLACED, m[c + C_KEY], c)


@kernel
def order_again(m: Words, f: Reals, c: int) -> None:
    """Think again whether to stay, and order."""
    luck = m[c + C_LUCK]
    years = (m[NOW] - m[c + C_LAST]) / MS_PER_YEAR
    m[c + C_LAST] = m[NOW]
    if not _stays(m, f, c, years, luck):
        _leave(m, c)
        if m[NOW] < m[FROZEN_FROM]:
            return
        # Replaced by a customer who has had no experience yet.
        f[c + C_SATISFACTION] = f[START]
        m[c + C_HAD_ENOUGH] = 0
    elif m[NOW] < m[FROZEN_FROM]:
        _bring_somebody(m, f, c, years, luck)
    o = order.new_order(m, f, child_key(m[c + C_KEY], m[c + C_ORDERS]), c, m[c + C_KEY])
    m[c + C_ORDERS] += 1
    _plan_order(m, f, c)
    order.live(m, f, o, 0)


# == a customer stays or leaves
@kernel
def _stays(m: Words, f: Reals, c: int, years: float, luck: int) -> bool:
    if m[c + C_HAD_ENOUGH]:
        return False
    if f[HAZARD] == 0.0:
        return True
    chance = rules.leave_probability(f[HAZARD] * HOURS_PER_YEAR, f[SLOPE], f[REFERENCE], f[c + C_SATISFACTION], years)
    return uniform(luck, LEAVING) >= chance


# == a customer brings somebody
@kernel
def _bring_somebody(m: Words, f: Reals, c: int, years: float, luck: int) -> None:
    if f[REFERRAL_RATE] == 0.0 or f[c + C_SATISFACTION] <= f[DELIGHTED]:
        return
    open_share = rules.crowding(m[ACTIVE], f[SATURATION] * m[CUSTOMERS_START])
    chance = rules.referral_probability(f[REFERRAL_RATE] * HOURS_PER_YEAR, open_share, years)
    if uniform(luck, REFERRAL) < chance:
        # Keyed by who brought them, so that nobody else's coming or going changes who they are.
        join(m, f, child_key(m[c + C_KEY] + 1, -1 - m[c + C_ORDERS]), m[c + C_KEY])


# Orders without customers of their own, and newcomers ---------------------------------------------------------


# == orders of a stream
@kernel
def plan_stream(m: Words, f: Reals) -> None:
    """Plan the next order of a stream, each of a customer of its own."""
    luck = slot_key(m[DEMAND_KEY], m[DEMAND_NUMBER])
    f[DEMAND_CLOCK] += variate(m, f, m[GAP], luck, ORDER_GAP) / f[ORDER_RATE_MEAN]
    at = demand.instant_of(profile_of(m, f), f[DEMAND_CLOCK])
    if at < NEVER:
        plan(m, max(at, m[NOW]), PLACED, 0, 0)


@kernel
def place_of_stream(m: Words, f: Reals) -> None:
    """Place an order of a stream."""
    number = m[DEMAND_NUMBER]
    o = order.new_order(m, f, number, 0, number)
    m[DEMAND_NUMBER] = number + 1
    plan_stream(m, f)
    order.live(m, f, o, 0)


# == orders of a file
@kernel
def plan_of_file(m: Words) -> None:
    """Plan the next order of a file."""
    if m[DEMAND_NUMBER] < m[FILE_ROW_COUNT]:
        row = m[FILE_ROWS] + m[DEMAND_NUMBER] * FILE_WORDS
        plan(m, max(m[row + L_PLACED], m[NOW]), PLACED, m[row + L_LINE], row)


@kernel
def place_of_file(m: Words, f: Reals, row: int) -> None:
    """Place an order of a file at the instant at which it was placed."""
    known = m[FILE_CUSTOMERS] + m[row + L_CUSTOMER]
    if not m[known]:
        m[known] = join(m, f, m[row + L_CUSTOMER], -1)
    c = m[known]
    m[c + C_ORDERS] += 1
    m[DEMAND_NUMBER] += 1
    o = order.new_order(m, f, m[row + L_LINE], c, m[c + C_KEY])
    plan_of_file(m)
    order.live(m, f, o, row)


# == newcomers
@kernel
def plan_newcomer(m: Words, f: Reals) -> None:
    """Plan the next customer who comes without being brought."""
    luck = slot_key(m[DEMAND_KEY], m[NEWCOMER_NUMBER])
    f[NEWCOMER_CLOCK] += variate(m, f, m[GAP], luck, NEWCOMER_GAP) / f[MARKETING]
    plan(m, max(cut(f[NEWCOMER_CLOCK]), m[NOW]), NEWCOMER, 0, 0)


@kernel
def newcomer(m: Words, f: Reals) -> None:
    """Let one come, the less often the fuller the market is."""
    if m[NOW] >= m[FROZEN_FROM]:
        return
    number = m[NEWCOMER_NUMBER]
    luck = slot_key(m[DEMAND_KEY], number)
    if uniform(luck, NEWCOMER_CHANCE) < rules.crowding(m[ACTIVE], f[SATURATION] * m[CUSTOMERS_START]):
        join(m, f, CUSTOMER_KEYS + number, -1)
    m[NEWCOMER_NUMBER] = number + 1
    plan_newcomer(m, f)
