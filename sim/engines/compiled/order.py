"""An order: from the customer's wish to the last step of its route."""

from __future__ import annotations

from sim.engines.compiled import aftermath, chasing, custody, faults, request
from sim.engines.compiled.clock import advance, opened, plan
from sim.engines.compiled.company import count_handoff, foresee, learn_from_delivery, write_order
from sim.engines.compiled.department import receive
from sim.engines.compiled.draws import entity_key, slot_key, uniform, variate, work
from sim.engines.compiled.item import ASK_COLLEAGUE, ASK_SENDER, GIVEN_UP, ORDER, due, for_order, new_item
from sim.engines.compiled.jit import Reals, Words, hot, kernel
from sim.engines.compiled.layout import (
    A_FAMILY,
    A_MEAN,
    ACCEPTANCE_BASE,
    C_SEGMENT,
    CAPACITY_AWARENESS,
    COMPANY_CALENDAR,
    CUSTOMARY,
    D_COOPERATIVE,
    D_HANDOFF_WORK,
    D_INDEX,
    D_SLIPS,
    DEPARTMENTS,
    ENQUIRIES,
    FLOOR_QUOTE,
    FREE_DAYS,
    FREE_ORDERS,
    G_COMPLEXITY,
    G_FIRST_STEP,
    G_QUOTED_AT_STEP,
    G_THRESHOLD,
    G_VALUE,
    HOUSE,
    I_ASKS,
    I_EXPECTED,
    I_FIRST,
    I_LABEL,
    I_LABEL_AT,
    I_RANK,
    I_RETURNED,
    I_SEQUENCE,
    IMPROVABLE,
    IMPROVED,
    INCOMPLETE_CAP,
    KIND_COUNT,
    KIND_WORDS,
    KINDS,
    L_KIND,
    L_PROMISED,
    L_VALUE,
    LEARNING,
    LOSS_CURVATURE,
    LOSS_PER_DAY,
    MEASURING,
    N_SOURCE,
    N_THRESHOLD,
    NEED_WORDS,
    NOW,
    O_ACCEPTANCE,
    O_AFTER,
    O_ANSWERED,
    O_BEFORE,
    O_CAUSE,
    O_CLARIFICATIONS,
    O_COMPENSATED,
    O_COMPLAINED,
    O_COMPLAINT_ANSWERED,
    O_COMPLEXITY,
    O_CUSTOMER,
    O_CUSTOMER_KEY,
    O_DELIVERED,
    O_ENDED,
    O_FOLLOWING,
    O_FORECAST,
    O_HOLDS,
    O_HOURS,
    O_IMPATIENT,
    O_INVOICE_WRONG,
    O_INVOICED,
    O_KEY,
    O_KIND,
    O_LUCK,
    O_MEASURED,
    O_NEED,
    O_NEEDS,
    O_OPEN_ENDS,
    O_OUTCOME,
    O_OWN_KEY,
    O_PLACED,
    O_PROMISED,
    O_QUOTE,
    O_QUOTED_OPENED,
    O_ROW,
    O_SEGMENT,
    O_SENDER,
    O_SENDER_HOURS,
    O_SLOT,
    O_STEP,
    O_VALUE,
    O_VISITS,
    O_WAITS_FOR,
    O_WAITS_KIND,
    OPEN_MEASURED,
    OPEN_ORDERS,
    ORDER_ROW_WORDS,
    ORDER_ROWS,
    ORDER_WORDS,
    PAIR_TABLES,
    QUOTE_WORK,
    R_DETECTION,
    R_GAP,
    REDUNDANT,
    SAFETY,
    SCRATCH,
    SEGMENT_COUNT,
    SEGMENTS,
    T_ANSWERS,
    T_DELIVERS,
    T_DEPARTMENT,
    T_HOLDER,
    T_INVOICES,
    T_NEED_COUNT,
    T_NEEDS,
    T_POSITION,
    T_QUOTES,
    T_REDUNDANT,
    T_TARGET_COUNT,
    T_TARGETS,
    T_TIME,
    V_COUNT,
)
from sim.engines.compiled.memory import copy, extend, new_record
from sim.engines.compiled.patience import FOR_ITEM, FOR_REQUEST, give_up, plan_giving_up
from sim.engines.streams import (
    ACCEPTANCE,
    BRANCH,
    COMPLEXITY,
    INCOMPLETE,
    LEFT_OUT,
    LOG_ABANDONED,
    LOG_DECLINED,
    LOG_DELIVERED,
    LOG_ENDED,
    LOG_INVOICED,
    LOG_PLACED,
    LOG_QUOTED,
    NEED,
    NOTICED,
    ORDER_TYPE,
    TRANSPORT,
    VALUE,
    WORK,
)
from sim.measures.record import ABANDONED, DECLINED, DELIVERED
from sim.rules import attribution, distributions, handoff, promise, service
from sim.rules import internal_service as rules
from sim.rules.calendar import ticks
from sim.units import MS_PER_HOUR

WORKING_DAY = 8.0
SLOT_SHIFT = 16
"""A draw of a step is keyed by the order and by visit << 16 | position of the step in its route."""
NAN = float("nan")


# == an order is made
@kernel
def new_order(m: Words, f: Reals, key: int, customer: int, customer_key: int) -> int:
    """Return a new order: nothing has happened yet, unless it says so."""
    o = new_record(m, FREE_ORDERS, m[ORDER_WORDS])
    for i in range(m[ORDER_WORDS]):
        m[o + i] = 0
    for i in range(O_ANSWERED, O_ENDED + 1):
        m[o + i] = -1
    m[o + O_COMPLAINT_ANSWERED] = m[o + O_COMPLAINED] = m[o + O_COMPENSATED] = -1
    for i in range(O_QUOTE, O_FORECAST + 1):
        f[o + i] = NAN
    m[o + O_KEY] = key
    m[o + O_CUSTOMER_KEY] = customer_key
    m[o + O_CUSTOMER] = customer
    m[o + O_OWN_KEY] = entity_key(m, key)
    f[o + O_COMPLEXITY] = 1.0
    f[o + O_ACCEPTANCE] = 1.0
    m[o + O_OPEN_ENDS] = 1
    m[o + O_HOLDS] = 1
    m[o + O_CAUSE] = -1
    m[o + O_ROW] = m[ORDER_ROWS + V_COUNT]
    extend(m, ORDER_ROWS, ORDER_ROW_WORDS)
    return o


# Placing ----------------------------------------------------------------------------------------------------


# == the order lives
@kernel
def live(m: Words, f: Reals, o: int, row: int) -> None:
    """Be placed (as a row of a file says, where there is one) and take the first step."""
    _place(m, f, o, row)
    kind = m[KINDS] + m[o + O_KIND] * KIND_WORDS
    m[o + O_FOLLOWING] = m[kind + G_FIRST_STEP]
    _go_on(m, f, o)


# == the order is placed
@kernel
def _place(m: Words, f: Reals, o: int, row: int) -> None:
    """Come into being, with everything that does not depend on the company."""
    m[o + O_PLACED] = m[NOW]
    m[o + O_MEASURED] = m[MEASURING]
    m[OPEN_MEASURED] += m[MEASURING]
    luck = slot_key(m[o + O_OWN_KEY], 0)
    first = m[OPEN_ORDERS]
    m[o + O_AFTER] = first
    if first:
        m[first + O_BEFORE] = o
    m[OPEN_ORDERS] = o
    kind = m[KINDS]
    if m[KIND_COUNT] > 1:
        if row and m[row + L_KIND] >= 0:
            m[o + O_KIND] = m[row + L_KIND]
        else:
            m[o + O_KIND] = first_above(m, f, kind + G_THRESHOLD, KIND_WORDS, m[KIND_COUNT], uniform(luck, ORDER_TYPE))
        kind += m[o + O_KIND] * KIND_WORDS
    if row:
        _take_from_file(m, f, o, row)
    else:
        f[o + O_VALUE] = variate(m, f, m[kind + G_VALUE], luck, VALUE)
    if m[SEGMENT_COUNT]:
        m[o + O_SEGMENT] = m[m[o + O_CUSTOMER] + C_SEGMENT]
        f[o + O_VALUE] *= f[m[SEGMENTS] + 3 * m[o + O_SEGMENT] + 1]
    if m[m[kind + G_COMPLEXITY] + A_FAMILY] != distributions.DETERMINISTIC:
        f[o + O_COMPLEXITY] = variate(m, f, m[kind + G_COMPLEXITY], luck, COMPLEXITY)
    if m[o + O_PROMISED] >= 0 and m[ENQUIRIES]:
        chasing.plan(m, f, o)
    if m[HOUSE] >= 0 and m[o + O_PROMISED] < 0 and not m[kind + G_QUOTED_AT_STEP]:
        _make_promise(m, f, o, 0)
    write_order(m, LOG_PLACED, m[o + O_KEY])


@kernel
def _take_from_file(m: Words, f: Reals, o: int, row: int) -> None:
    """Take the value, and the promise if there is one, from the file."""
    f[o + O_VALUE] = f[row + L_VALUE]
    if m[row + L_PROMISED] >= 0:
        promised, placed = m[row + L_PROMISED], m[o + O_PLACED]
        m[o + O_PROMISED] = promised
        # In opening hours of the company, like every quote.
        ahead = opened(m, m[COMPANY_CALENDAR], max(placed, promised)) - opened(m, m[COMPANY_CALENDAR], placed)
        f[o + O_QUOTE] = ahead / MS_PER_HOUR


@kernel
def first_above(m: Words, f: Reals, threshold: int, words: int, count: int, u: float) -> int:
    """Return the first of some rows whose cumulative probability is above a draw; else the last."""
    for i in range(count - 1):
        if u < f[threshold + i * words]:
            return i
    return count - 1


# The route --------------------------------------------------------------------------------------------------


@hot
def _go_on(m: Words, f: Reals, o: int) -> None:
    """Take the next step, or end."""
    while True:
        step = m[o + O_FOLLOWING]
        if not step:
            _end(m, f, o, DELIVERED)
            return
        position = m[step + T_POSITION]
        visit = m[o + O_VISITS + position]
        m[o + O_VISITS + position] = visit + 1
        slot = visit << SLOT_SHIFT | position
        luck = slot_key(m[o + O_OWN_KEY], slot)
        m[o + O_FOLLOWING] = _choose(m, f, step, luck)
        if not m[step + T_REDUNDANT] or not _is_left_out(m, f, luck):
            break
    m[o + O_STEP] = step
    m[o + O_SLOT] = slot
    m[o + O_LUCK] = luck
    if m[step + T_DEPARTMENT]:
        _visit(m, f, o, step, luck)
    else:
        custody.pass_to(m, o, attribution.TRANSPORT, m[step + T_HOLDER], 0)
        hours = variate(m, f, m[step + T_TIME], luck, WORK)
        plan(m, m[NOW] + ticks(hours), TRANSPORT, m[o + O_KEY], o)


# == the next step is chosen
@hot
def _choose(m: Words, f: Reals, step: int, luck: int) -> int:
    """Return the step that follows; its draw does not depend on when it is looked at."""
    count, targets = m[step + T_TARGET_COUNT], m[step + T_TARGETS]
    if count == 1:
        return m[targets]
    return m[targets + first_above(m, f, targets + count, 1, count, uniform(luck, BRANCH))]


# == a step that nobody needs
@kernel
def _is_left_out(m: Words, f: Reals, luck: int) -> bool:
    """Say whether a redundant step is left out, because it has been found to be one; note it when it is not."""
    if uniform(luck, LEFT_OUT) >= f[IMPROVABLE]:
        return True
    m[REDUNDANT] += m[MEASURING]
    return False


@kernel
def _hands_over(m: Words, f: Reals, o: int, here: int) -> bool:
    """Say whether the department that the order comes to next, on the way or not, is another one than here."""
    following = m[o + O_FOLLOWING]
    if not following or m[following + T_DEPARTMENT]:
        return following != 0 and m[following + T_DEPARTMENT] != here
    visits, size = o + O_VISITS, m[ORDER_WORDS] - O_VISITS
    copy(m, visits, m[SCRATCH], size)
    while following and not m[following + T_DEPARTMENT]:
        position = m[following + T_POSITION]
        # Visits that lie ahead count like those that were: the same transport may come twice in a row.
        visit = m[visits + position]
        m[visits + position] = visit + 1
        following = _choose(m, f, following, slot_key(m[o + O_OWN_KEY], visit << SLOT_SHIFT | position))
    copy(m, m[SCRATCH], visits, size)
    return following != 0 and m[following + T_DEPARTMENT] != here


@kernel
def travelled(m: Words, f: Reals, o: int) -> None:
    """Have been on the way."""
    _conclude(m, f, o)


# A visit to a department --------------------------------------------------------------------------------------


# == the order queues
@hot
def _visit(m: Words, f: Reals, o: int, step: int, luck: int) -> None:
    """Queue at a department until its work is done."""
    d = m[step + T_DEPARTMENT]
    incomplete = _is_incomplete(m, f, o, d, luck)
    m[o + O_NEED] = _what_is_needed(m, f, step, luck) if m[step + T_NEED_COUNT] else 0
    f[o + O_HOURS] = _work_of(m, f, o, step, d, luck)
    custody.pass_to(m, o, attribution.QUEUE, m[d + D_INDEX], d)
    _line_up(m, f, o, incomplete, False)


@hot
def _line_up(m: Words, f: Reals, o: int, incomplete: int, returned: int) -> None:
    step = m[o + O_STEP]
    d = m[step + T_DEPARTMENT]
    item = new_item(m, f, rules.STEP, d, m[o + O_KEY], m[o + O_LUCK], f[o + O_HOURS], ORDER, o)
    for_order(m, item, o)
    if returned:
        m[item + I_RETURNED] = 1
        m[item + I_FIRST] = 0
    f[item + I_EXPECTED] = f[m[step + T_TIME] + A_MEAN] * f[o + O_COMPLEXITY]
    # Only an office asks when it is due.
    m[item + I_RANK] = due(m, o) if m[d + D_COOPERATIVE] else 0
    if incomplete:
        m[item + I_ASKS] = ASK_SENDER
        m[item + I_LABEL] = attribution.CLARIFICATION
        m[item + I_LABEL_AT] = m[m[o + O_SENDER] + D_INDEX]
    elif m[o + O_NEED]:
        m[item + I_ASKS] = ASK_COLLEAGUE
        m[item + I_LABEL] = attribution.NEED
        m[item + I_LABEL_AT] = m[m[m[o + O_NEED] + N_SOURCE] + D_INDEX]
    receive(m, f, d, item)
    m[o + O_WAITS_FOR] = item
    m[o + O_WAITS_KIND] = FOR_ITEM
    if m[o + O_ANSWERED] < 0 and m[item + I_SEQUENCE]:
        if m[o + O_IMPATIENT]:
            give_up(m, f, o)
        else:
            plan_giving_up(m, f, o)


# == the order is handed over
@hot
def _is_incomplete(m: Words, f: Reals, o: int, here: int, luck: int) -> bool:
    """Be handed over; return whether the receiver will notice that something is missing, else note a defect."""
    sender = m[o + O_SENDER]
    if not sender or sender == here:
        return False
    n, i, j = m[DEPARTMENTS], m[sender + D_INDEX], m[here + D_INDEX]
    gap = m[PAIR_TABLES] + R_GAP * n * n + i * n + j
    chance = handoff.incomplete_probability(f[gap] * f[IMPROVED], f[sender + D_SLIPS], f[INCOMPLETE_CAP])
    incomplete = chance > 0.0 and uniform(luck, INCOMPLETE) < chance
    noticed = incomplete and uniform(luck, NOTICED) < f[gap + (R_DETECTION - R_GAP) * n * n]
    if m[MEASURING]:
        count_handoff(m, j * n + i, incomplete, noticed)
    if incomplete and not noticed:
        faults.add_defect(m, f, o, sender, here, f[o + O_SENDER_HOURS], luck, m[MEASURING])
    return noticed


# == something is needed
@kernel
def _what_is_needed(m: Words, f: Reals, step: int, luck: int) -> int:
    """Return what the step needs from a colleague; 0 for nothing."""
    u = uniform(luck, NEED)
    row = m[step + T_NEEDS]
    for _ in range(m[step + T_NEED_COUNT]):
        if u < f[row + N_THRESHOLD]:
            return row
        row += NEED_WORDS
    return 0


# == how much work it is
@hot
def _work_of(m: Words, f: Reals, o: int, step: int, d: int, luck: int) -> float:
    """Return the work of a step [h]: its own, plus what handing over to another department takes."""
    extra = f[d + D_HANDOFF_WORK] if _hands_over(m, f, o, d) else 0.0
    if m[step + T_QUOTES]:
        extra += f[QUOTE_WORK]
    amount = m[step + T_TIME]
    return service.amount(work(m, f, amount, f[amount + A_MEAN], luck, WORK), f[o + O_COMPLEXITY], extra)


@hot
def served(m: Words, f: Reals, o: int, came_of_it: int) -> None:
    """Go on after the work; or ask, where something was missing; or go, where the customer has given up."""
    m[o + O_WAITS_FOR] = 0
    step = m[o + O_STEP]
    d = m[step + T_DEPARTMENT]
    if came_of_it == ASK_SENDER or came_of_it == ASK_COLLEAGUE:  # noqa: PLR1714, SIM109
        _ask(m, f, o, d, came_of_it)
    elif came_of_it == GIVEN_UP:
        _end(m, f, o, ABANDONED)
    else:
        m[o + O_SENDER] = d
        f[o + O_SENDER_HOURS] = f[o + O_HOURS]
        faults.begin_mending(m, o)
        if faults.mend(m, f, o):
            complete(m, f, o)


# == the order asks
@kernel
def _ask(m: Words, f: Reals, o: int, d: int, what: int) -> None:
    """Wait for a colleague's answer, unless the customer does not."""
    row = m[o + O_NEED]
    if what == ASK_SENDER:
        m[o + O_CLARIFICATIONS] += 1
    else:
        m[o + O_NEEDS] += 1
        m[o + O_NEED] = 0
    if m[o + O_IMPATIENT] and m[o + O_ANSWERED] < 0:
        _end(m, f, o, ABANDONED)
        return
    if what == ASK_SENDER:
        asked = request.clarification(m, f, o, d, m[o + O_SENDER], m[o + O_LUCK])
    else:
        asked = request.need(m, f, o, d, row, m[o + O_LUCK])
    m[o + O_WAITS_FOR] = asked
    m[o + O_WAITS_KIND] = FOR_REQUEST
    plan_giving_up(m, f, o)


@kernel
def answered(m: Words, f: Reals, o: int, came_of_it: int) -> None:
    """Go back to the queue with the answer; or go, where the customer has given up."""
    m[o + O_WAITS_FOR] = 0
    if came_of_it == GIVEN_UP:
        _end(m, f, o, ABANDONED)
    else:
        _line_up(m, f, o, False, True)


@hot
def complete(m: Words, f: Reals, o: int) -> None:
    """Have had the work of a step done, and what was found mended."""
    faults.fail_by_oneself(m, f, o)
    _conclude(m, f, o)


# == a step has consequences
@hot
def _conclude(m: Words, f: Reals, o: int) -> None:
    """Draw the consequences of a step that is done."""
    step = m[o + O_STEP]
    if m[step + T_ANSWERS] and m[o + O_ANSWERED] < 0:
        m[o + O_ANSWERED] = m[NOW]
    if m[step + T_QUOTES] and m[HOUSE] >= 0:
        if m[o + O_PROMISED] < 0:
            _make_promise(m, f, o, step)
        beyond = (f[o + O_QUOTE] - f[CUSTOMARY]) / WORKING_DAY
        accepted = f[o + O_ACCEPTANCE] * promise.acceptance(
            f[ACCEPTANCE_BASE], f[LOSS_PER_DAY], f[LOSS_CURVATURE], f[FREE_DAYS], beyond
        )
        if uniform(slot_key(m[o + O_OWN_KEY], 0), ACCEPTANCE) >= accepted:
            _end(m, f, o, DECLINED)
            return
    if m[step + T_DELIVERS] and m[o + O_DELIVERED] < 0:
        _deliver(m, f, o)
    if m[step + T_INVOICES] and m[o + O_INVOICED] < 0 and not m[o + O_INVOICE_WRONG]:
        m[o + O_INVOICED] = m[NOW]
        write_order(m, LOG_INVOICED, m[o + O_KEY])
    _go_on(m, f, o)


# == something is promised
@kernel
def _make_promise(m: Words, f: Reals, o: int, step: int) -> None:
    """Promise the house figure, or what a look at the load of those who deliver says, in opening hours from now."""
    house = m[HOUSE] / MS_PER_HOUR
    awareness = f[CAPACITY_AWARENESS]
    if awareness > 0.0 and step:
        forecast = foresee(m, f, step, f[o + O_COMPLEXITY])
        f[o + O_FORECAST] = forecast
        m[o + O_QUOTED_OPENED] = opened(m, m[COMPANY_CALENDAR], m[NOW])
        f[o + O_QUOTE] = promise.quote(house, forecast + f[SAFETY], awareness, f[FLOOR_QUOTE])
    else:
        f[o + O_QUOTE] = house
    m[o + O_PROMISED] = advance(m, m[COMPANY_CALENDAR], m[NOW], ticks(f[o + O_QUOTE]))
    if m[ENQUIRIES]:
        chasing.plan(m, f, o)
    write_order(m, LOG_QUOTED, m[o + O_KEY])


# The end ----------------------------------------------------------------------------------------------------


# == the order is delivered
@kernel
def _deliver(m: Words, f: Reals, o: int) -> None:
    """Reach the customer: the wait ends, and the customer judges."""
    custody.end_custody(m, o)
    m[o + O_DELIVERED] = m[NOW]
    if m[LEARNING]:
        learn_from_delivery(m, f, o)
    write_order(m, LOG_DELIVERED, m[o + O_KEY])
    aftermath.judge_delivery(m, f, o)


# == the order ends
@kernel
def _end(m: Words, f: Reals, o: int, outcome: int) -> None:
    """End, one way or another."""
    m[o + O_OUTCOME] = outcome
    m[o + O_ENDED] = m[NOW]
    event = LOG_DECLINED
    if outcome == DELIVERED:
        if m[o + O_DELIVERED] < 0:
            _deliver(m, f, o)
        aftermath.judge_late_defects(m, f, o)
        event = LOG_ENDED
    elif outcome == ABANDONED:
        aftermath.judge_abandonment(m, f, o)
        event = LOG_ABANDONED
    write_order(m, event, m[o + O_KEY])
    aftermath.close_one_end(m, o)
