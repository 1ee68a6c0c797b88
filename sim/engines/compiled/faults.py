"""What goes wrong on the way: defects that came along unnoticed, disputes over them, and a step's own failures."""

from __future__ import annotations

from sim.arrays.routes import CORRECTION, REJECTION
from sim.engines.compiled import custody
from sim.engines.compiled.clock import ARGUED_HOP, tell
from sim.engines.compiled.company import count_pair
from sim.engines.compiled.department import receive
from sim.engines.compiled.draws import slot_key, uniform
from sim.engines.compiled.item import ARGUED_BY_ONE, REDONE, due, for_order, new_item
from sim.engines.compiled.jit import Reals, Words, hot, kernel
from sim.engines.compiled.layout import (
    D_FAILING,
    D_INDEX,
    DAMAGE_WORDS,
    DEFECT_WORDS,
    DEPARTMENTS,
    DISPUTE_HOURS,
    E_COUNTED,
    E_CULPRIT,
    E_HOURS,
    E_LUCK,
    E_NEXT,
    E_RECEIVER,
    FAILURES,
    FIND_LATER,
    FREE_DAMAGES,
    FREE_DEFECTS,
    I_RANK,
    M_CULPRIT,
    M_HOURS,
    M_NEXT,
    MEASURING,
    MENDED,
    O_ACCEPTANCE,
    O_ARGUED,
    O_DAMAGES,
    O_DEFECTS,
    O_DISPUTES,
    O_EXTRA_COST,
    O_INVOICE_WRONG,
    O_KEY,
    O_LAST_DAMAGE,
    O_LAST_DEFECT,
    O_LUCK,
    O_MEND_LUCK,
    O_MENDING,
    O_REDOS,
    O_SENDER_HOURS,
    O_SIDE,
    O_SLOT,
    O_STEP,
    P_DISPUTES,
    PAIR_TABLES,
    R_TRUST,
    REDO_SHARE,
    REPORTED,
    REPORTED_THIS_WEEK,
    REPORTING,
    T_ACCEPTANCE,
    T_CONSEQUENCE,
    T_DEPARTMENT,
    T_FAILS,
    T_FAILURE_CHANCE,
    T_FAILURE_COST,
    T_INVOICES,
)
from sim.engines.compiled.memory import give_back, new_record
from sim.engines.streams import FOUND, OWN_FAILURE, TRUSTED
from sim.engines.streams import REPORTED as REPORTED_DRAW
from sim.rules import attribution
from sim.rules import internal_service as rules

ONE_SIDE = 2
"""Bit of O_ARGUED: one of the sides has argued, and the order has been told (bits 0 and 1: the sides)."""


@kernel
def add_defect(m: Words, f: Reals, o: int, culprit: int, receiver: int, hours: float, luck: int, counted: int) -> None:
    """Take something along that was missing and that nobody noticed."""
    defect = new_record(m, FREE_DEFECTS, DEFECT_WORDS)
    m[defect + E_CULPRIT] = culprit
    m[defect + E_RECEIVER] = receiver
    f[defect + E_HOURS] = hours
    m[defect + E_LUCK] = luck
    m[defect + E_COUNTED] = counted
    _keep(m, o, defect)


@kernel
def _keep(m: Words, o: int, defect: int) -> None:
    """Put a defect behind the order's others."""
    m[defect + E_NEXT] = 0
    last = m[o + O_LAST_DEFECT]
    if last:
        m[last + E_NEXT] = defect
    else:
        m[o + O_DEFECTS] = defect
    m[o + O_LAST_DEFECT] = defect


@hot
def begin_mending(m: Words, o: int) -> None:
    """Look for defects; those that are not found stay on board."""
    m[o + O_MENDING] = m[o + O_DEFECTS]
    m[o + O_DEFECTS] = m[o + O_LAST_DEFECT] = 0


# == defects are looked for
@hot
def mend(m: Words, f: Reals, o: int) -> bool:
    """Let the next defect that is found be mended, with a dispute first where trust is missing; or say that all are."""
    while m[o + O_MENDING]:
        defect = m[o + O_MENDING]
        # Keyed by where it came from and where it is looked for: other defects must not change its luck.
        luck = slot_key(m[defect + E_LUCK], m[o + O_SLOT])
        if uniform(luck, FOUND) < f[FIND_LATER]:
            m[o + O_MEND_LUCK] = luck
            here, culprit = m[m[o + O_STEP] + T_DEPARTMENT], m[defect + E_CULPRIT]
            n = m[DEPARTMENTS]
            pair = m[culprit + D_INDEX] * n + m[here + D_INDEX]
            trust = 1.0 if culprit == here else f[m[PAIR_TABLES] + R_TRUST * n * n + pair]
            if uniform(luck, TRUSTED) < trust:
                _redo_from_start(m, f, o, True)
            else:
                _dispute(m, f, o, defect, here)
            return False
        m[o + O_MENDING] = m[defect + E_NEXT]
        _keep(m, o, defect)
    return True


@kernel
def _redo_from_start(m: Words, f: Reals, o: int, trusted: int) -> None:
    m[o + O_REDOS] += 1
    m[MENDED] += m[MEASURING]
    if trusted and uniform(m[o + O_MEND_LUCK], REPORTED_DRAW) < f[REPORTING]:
        m[REPORTED] += m[MEASURING]
        m[REPORTED_THIS_WEEK] += 1
    m[o + O_SIDE] = 0
    _redo(m, f, o, m[m[o + O_MENDING] + E_CULPRIT], f[m[o + O_MENDING] + E_HOURS])


@kernel
def _redo(m: Words, f: Reals, o: int, d: int, hours: float) -> None:
    """Do one side's work again."""
    own = slot_key(m[o + O_MEND_LUCK], m[o + O_SIDE])
    item = new_item(m, f, rules.REDO, d, m[o + O_KEY], own, hours * f[REDO_SHARE], REDONE, o)
    for_order(m, item, o)
    m[item + I_RANK] = due(m, o)
    custody.pass_to(m, o, attribution.REDO, m[m[m[o + O_MENDING] + E_CULPRIT] + D_INDEX], d)
    receive(m, f, d, item)


@kernel
def redone(m: Words, f: Reals, o: int) -> bool:
    """Go on to the other side's work, then to the next defect; return whether all are mended."""
    defect, here = m[o + O_MENDING], m[m[o + O_STEP] + T_DEPARTMENT]
    if m[o + O_SIDE] == 0 and m[defect + E_CULPRIT] != here:
        m[o + O_SIDE] = 1
        _redo(m, f, o, here, f[o + O_SENDER_HOURS])
        return False
    m[o + O_MENDING] = m[defect + E_NEXT]
    give_back(m, FREE_DEFECTS, defect)
    return mend(m, f, o)


# == both sides argue
@kernel
def _dispute(m: Words, f: Reals, o: int, defect: int, finder: int) -> None:
    """Wait until both sides have argued about whose fault it is."""
    culprit = m[defect + E_CULPRIT]
    m[o + O_DISPUTES] += 1
    if m[defect + E_COUNTED]:
        count_pair(m, P_DISPUTES, m[m[defect + E_RECEIVER] + D_INDEX] * m[DEPARTMENTS] + m[culprit + D_INDEX], 1)
    m[o + O_ARGUED] = 0
    m[o + O_SIDE] = -1
    for side in range(2):
        d = finder if side else culprit
        own = slot_key(m[o + O_MEND_LUCK], side)
        item = new_item(m, f, rules.DISPUTE, d, m[o + O_KEY], own, f[DISPUTE_HOURS], ARGUED_BY_ONE + side, o)
        for_order(m, item, o)
        m[item + I_RANK] = due(m, o)
        receive(m, f, d, item)
    custody.pass_to_dispute(m, o, m[culprit + D_INDEX], m[finder + D_INDEX], culprit, finder)


@kernel
def argued(m: Words, f: Reals, o: int, side: int) -> None:
    """Note that one side has argued; the first time the order is told, then it waits for the other side."""
    m[o + O_ARGUED] |= 1 << side
    if m[o + O_SIDE] == side:
        settle(m, f, o)
    elif not m[o + O_ARGUED] & 1 << ONE_SIDE:
        m[o + O_ARGUED] |= 1 << ONE_SIDE
        tell(m, ARGUED_HOP, o, 0)


@kernel
def settle(m: Words, f: Reals, o: int) -> None:
    """Wait for the side that has not argued yet, if any; then the work is done again."""
    culprit, here = m[m[o + O_MENDING] + E_CULPRIT], m[m[o + O_STEP] + T_DEPARTMENT]
    for side in range(2):
        if not m[o + O_ARGUED] & 1 << side:
            m[o + O_SIDE] = side
            one = here if side else culprit
            custody.pass_to_dispute(m, o, m[culprit + D_INDEX], m[here + D_INDEX], one, 0)
            return
    _redo_from_start(m, f, o, False)


# == a step fails by itself
@hot
def fail_by_oneself(m: Words, f: Reals, o: int) -> None:
    """Let a step go wrong by its own fault, whatever was handed over."""
    step = m[o + O_STEP]
    if not m[step + T_FAILS]:
        return
    chance = f[step + T_FAILURE_CHANCE] * f[FAILURES] * f[m[step + T_DEPARTMENT] + D_FAILING]
    if uniform(m[o + O_LUCK], OWN_FAILURE) >= chance:
        return
    f[o + O_EXTRA_COST] += f[step + T_FAILURE_COST]
    if m[step + T_CONSEQUENCE] == REJECTION:
        f[o + O_ACCEPTANCE] *= f[step + T_ACCEPTANCE]
        return
    damage = new_record(m, FREE_DAMAGES, DAMAGE_WORDS)
    m[damage + M_CULPRIT] = m[step + T_DEPARTMENT]
    f[damage + M_HOURS] = f[o + O_SENDER_HOURS]
    m[damage + M_NEXT] = 0
    last = m[o + O_LAST_DAMAGE]
    if last:
        m[last + M_NEXT] = damage
    else:
        m[o + O_DAMAGES] = damage
    m[o + O_LAST_DAMAGE] = damage
    if m[step + T_INVOICES] and m[step + T_CONSEQUENCE] == CORRECTION:
        m[o + O_INVOICE_WRONG] = 1
