"""What an order leaves behind: the customer's judgement, a complaint, second thoughts about staying."""

from __future__ import annotations

from sim.engines.compiled.clock import COMPLAINT_BEGINS, REPAIR_BEGINS, begins, opened
from sim.engines.compiled.company import book
from sim.engines.compiled.department import due_in, receive
from sim.engines.compiled.draws import slot_key, uniform, work
from sim.engines.compiled.item import COMPLAINED, REFUNDED, REPAIRED, for_order, new_item
from sim.engines.compiled.jit import Reals, Words, hot, kernel
from sim.engines.compiled.layout import (
    A_MEAN,
    ABANDONED_SCORE,
    C_HAD_ENOUGH,
    C_SATISFACTION,
    CASE_WORDS,
    COMPLAINT_TIME,
    COMPLAINTS,
    D_CALENDAR,
    E_NEXT,
    FLOOR_DISSATISFIED,
    FREE_CASES,
    FREE_DAMAGES,
    FREE_DEFECTS,
    I_RANK,
    IN_TIME,
    LATE_MIDPOINT,
    LATE_RISE,
    LATE_SCALE,
    LONG_WAIT,
    M_CULPRIT,
    M_HOURS,
    M_NEXT,
    NOW,
    O_COMPENSATED,
    O_COMPLAINED,
    O_COMPLAINT_ANSWERED,
    O_CUSTOMER,
    O_DAMAGES,
    O_DEFECTS,
    O_DELIVERED,
    O_DISSATISFIED,
    O_EXPERIENCE,
    O_EXTRA_COST,
    O_INVOICE_WRONG,
    O_INVOICED,
    O_KEY,
    O_LAST_DAMAGE,
    O_LAST_DEFECT,
    O_OPEN_ENDS,
    O_OWN_KEY,
    O_PLACED,
    O_PROBLEM,
    O_PROMISED,
    O_TOLD,
    O_WAITS_FOR,
    QUICK,
    REFUND_AMOUNT,
    REFUND_CHANCE,
    REFUND_TIME,
    REFUNDS,
    REQUEST_DUE,
    SERIOUS_CHANCE,
    STAY,
    TOLD_CHANCE,
    WAIT_RISE,
    WALKOUT_CHANCE,
    WEIGHT_DOWN,
    WEIGHT_UP,
    Y_ASKED,
    Y_BEGAN,
    Y_CULPRIT,
    Y_HOURS,
    Y_LUCK,
    Y_ORDER,
    Y_SCORE,
    Y_SEVERITY,
    Y_WHEN,
)
from sim.engines.compiled.memory import give_back, new_record
from sim.engines.streams import COMPLAINT_WORK, REFUND, REFUND_WORK, SERIOUS, TOLD, WALKOUT
from sim.rules import customers as rules
from sim.rules import internal_service
from sim.units import MS_PER_HOUR

AFTERMATH_SLOTS = 1 << 42
"""Slots of an order's complaints and repairs begin here."""
NO_PROMISE = -1e9
"""Lateness [h] of an order to which nothing was promised: it cannot be late."""


# == the customer judges
@hot
def judge_delivery(m: Words, f: Reals, o: int) -> None:
    """Judge a delivered order by its wait, its promise and its defects."""
    waited = (m[o + O_DELIVERED] - m[o + O_PLACED]) / MS_PER_HOUR
    late = (m[o + O_DELIVERED] - m[o + O_PROMISED]) / MS_PER_HOUR if m[o + O_PROMISED] >= 0 else NO_PROMISE
    base = rules.base_dissatisfaction(f[FLOOR_DISSATISFIED], f[WAIT_RISE], waited, f[LONG_WAIT])
    bad = rules.dissatisfied(late, base, f[LATE_RISE], f[LATE_MIDPOINT], f[LATE_SCALE])
    f[o + O_DISSATISFIED] = bad
    score = rules.experience(bad, f[FLOOR_DISSATISFIED], 1.0)
    if m[o + O_DEFECTS] or m[o + O_DAMAGES]:
        _notice_problem(m, f, o, score, 0)
    else:
        _take_in(m, f, o, score)


@kernel
def judge_late_defects(m: Words, f: Reals, o: int) -> None:
    """Judge what came to light only after delivery, such as a wrong invoice."""
    if m[o + O_DEFECTS] or m[o + O_DAMAGES]:
        _notice_problem(m, f, o, 1.0, 1)


@kernel
def judge_abandonment(m: Words, f: Reals, o: int) -> None:
    """Judge a company that did not answer."""
    _take_in(m, f, o, f[ABANDONED_SCORE])


# == a problem is noticed
@kernel
def _notice_problem(m: Words, f: Reals, o: int, score: float, when: int) -> None:
    """Let the customer find the defects, and complain or not."""
    severity = rules.MINOR
    number = 0
    defect = m[o + O_DEFECTS]
    while defect:
        luck = slot_key(m[o + O_OWN_KEY], AFTERMATH_SLOTS | when << 6 | number)
        if uniform(luck, SERIOUS) < f[SERIOUS_CHANCE]:
            severity = rules.SERIOUS
        number += 1
        following = m[defect + E_NEXT]
        give_back(m, FREE_DEFECTS, defect)
        defect = following
    m[o + O_DEFECTS] = m[o + O_LAST_DEFECT] = 0
    number = 0
    damage = m[o + O_DAMAGES]
    while damage:
        m[o + O_OPEN_ENDS] += 1
        case = _new_case(m, f, o, score, severity, when << 8 | number)
        m[case + Y_CULPRIT] = m[damage + M_CULPRIT]
        f[case + Y_HOURS] = f[damage + M_HOURS]
        begins(m, REPAIR_BEGINS, case)
        number += 1
        following = m[damage + M_NEXT]
        give_back(m, FREE_DAMAGES, damage)
        damage = following
    m[o + O_DAMAGES] = m[o + O_LAST_DAMAGE] = 0
    m[o + O_PROBLEM] = max(m[o + O_PROBLEM], severity)
    told = uniform(slot_key(m[o + O_OWN_KEY], AFTERMATH_SLOTS | when), TOLD) < f[TOLD_CHANCE + severity]
    if not told:
        _settle(m, f, o, score, severity, rules.NOT_TOLD, when)
        return
    m[o + O_TOLD] = 1
    if not m[COMPLAINTS]:
        _settle(m, f, o, score, severity, rules.UNSATISFIED, when)
        return
    if m[o + O_COMPLAINED] < 0:
        m[o + O_COMPLAINED] = m[NOW]
    m[o + O_OPEN_ENDS] += 1
    begins(m, COMPLAINT_BEGINS, _new_case(m, f, o, score, severity, when))


@kernel
def _new_case(m: Words, f: Reals, o: int, score: float, severity: int, when: int) -> int:
    case = new_record(m, FREE_CASES, CASE_WORDS)
    m[case + Y_ORDER] = o
    f[case + Y_SCORE] = score
    m[case + Y_SEVERITY] = severity
    m[case + Y_WHEN] = when
    return case


# == a complaint is answered
@kernel
def complaint(m: Words, f: Reals, case: int) -> None:
    """Wait for an answer; satisfaction depends on how long it takes."""
    o, d = m[case + Y_ORDER], m[COMPLAINTS]
    luck = slot_key(m[o + O_OWN_KEY], AFTERMATH_SLOTS | m[case + Y_WHEN])
    m[case + Y_LUCK] = luck
    m[case + Y_BEGAN] = m[NOW]
    m[case + Y_ASKED] = opened(m, m[d + D_CALENDAR], m[NOW])
    _desk_work(m, f, case, internal_service.COMPLAINT, d, m[COMPLAINT_TIME], COMPLAINT_WORK, COMPLAINED)


@kernel
def _desk_work(m: Words, f: Reals, case: int, kind: int, d: int, amount: int, purpose: int, waiter: int) -> None:
    o, luck = m[case + Y_ORDER], m[case + Y_LUCK]
    hours = work(m, f, amount, f[amount + A_MEAN], luck, purpose)
    item = new_item(m, f, kind, d, m[o + O_KEY], luck, hours, waiter, case)
    for_order(m, item, o)
    m[item + I_RANK] = due_in(m, d, f[QUICK])
    receive(m, f, d, item)


@kernel
def complaint_answered(m: Words, f: Reals, case: int) -> None:
    """Wait for the money, too, where there is a refund."""
    o = m[case + Y_ORDER]
    m[o + O_COMPLAINT_ANSWERED] = m[NOW]
    if m[REFUNDS] and uniform(m[case + Y_LUCK], REFUND) < f[REFUND_CHANCE]:
        _desk_work(m, f, case, internal_service.REFUND, m[REFUNDS], m[REFUND_TIME], REFUND_WORK, REFUNDED)
    else:
        _close_complaint(m, f, case)


@kernel
def refunded(m: Words, f: Reals, case: int) -> None:
    """Have the money back."""
    o = m[case + Y_ORDER]
    if m[o + O_COMPENSATED] < 0:
        m[o + O_COMPLAINED] = m[case + Y_BEGAN]
        m[o + O_COMPENSATED] = m[NOW]
    f[o + O_EXTRA_COST] += f[REFUND_AMOUNT]
    _close_complaint(m, f, case)


@kernel
def _close_complaint(m: Words, f: Reals, case: int) -> None:
    o, severity, when = m[case + Y_ORDER], m[case + Y_SEVERITY], m[case + Y_WHEN]
    answer = (opened(m, m[m[COMPLAINTS] + D_CALENDAR], m[NOW]) - m[case + Y_ASKED]) / MS_PER_HOUR
    outcome = rules.outcome(True, answer, f[QUICK], f[IN_TIME])
    _settle(m, f, o, f[case + Y_SCORE], severity, outcome, when)
    give_back(m, FREE_CASES, case)
    close_one_end(m, o)


# == damage is repaired
@kernel
def repair(m: Words, f: Reals, case: int) -> None:
    """Do the work again that went wrong."""
    o, culprit = m[case + Y_ORDER], m[case + Y_CULPRIT]
    luck = slot_key(m[o + O_OWN_KEY], AFTERMATH_SLOTS | 1 << 20 | m[case + Y_WHEN])
    item = new_item(m, f, internal_service.REPAIR, culprit, m[o + O_KEY], luck, f[case + Y_HOURS], REPAIRED, case)
    for_order(m, item, o)
    m[item + I_RANK] = due_in(m, culprit, f[REQUEST_DUE])
    receive(m, f, culprit, item)


@kernel
def repaired(m: Words, case: int) -> None:
    """Have it repaired; an invoice counts from its correction."""
    o = m[case + Y_ORDER]
    if m[o + O_INVOICE_WRONG] and m[o + O_INVOICED] < 0:
        m[o + O_INVOICED] = m[NOW]
    give_back(m, FREE_CASES, case)
    close_one_end(m, o)


@kernel
def close_one_end(m: Words, o: int) -> None:
    """Leave the books once the route and the complaint are over."""
    m[o + O_OPEN_ENDS] -= 1
    m[o + O_WAITS_FOR] = 0
    if m[o + O_OPEN_ENDS] == 0:
        book(m, o)


# == the matter is closed
@kernel
def _settle(m: Words, f: Reals, o: int, score: float, severity: int, outcome: int, when: int) -> None:
    """Close the matter: the experience counts, and some customers have had enough."""
    stay = f[STAY + 4 * severity + outcome]
    _take_in(m, f, o, score * stay)
    luck = slot_key(m[o + O_OWN_KEY], AFTERMATH_SLOTS | when)
    if uniform(luck, WALKOUT) < f[WALKOUT_CHANCE] * (1.0 - stay) and m[o + O_CUSTOMER]:
        m[m[o + O_CUSTOMER] + C_HAD_ENOUGH] = 1


# == satisfaction moves
@kernel
def _take_in(m: Words, f: Reals, o: int, score: float) -> None:
    """Let an experience move the customer's satisfaction."""
    f[o + O_EXPERIENCE] = score
    c = m[o + O_CUSTOMER]
    if c:
        f[c + C_SATISFACTION] = rules.updated_satisfaction(f[c + C_SATISFACTION], score, f[WEIGHT_DOWN], f[WEIGHT_UP])
