"""A request to a colleague: it waits in their queue, is answered, may be passed on; the order is parked meanwhile."""

from __future__ import annotations

from sim.engines.compiled import custody, requests
from sim.engines.compiled.clock import ANSWERED_HOP, DONE_HOP, tell
from sim.engines.compiled.company import write_item
from sim.engines.compiled.department import due_in, receive, withdraw
from sim.engines.compiled.draws import slot_key, uniform, work
from sim.engines.compiled.item import DONE, GIVEN_UP, REQUESTED, due, for_order, new_item
from sim.engines.compiled.jit import Reals, Words, kernel
from sim.engines.compiled.layout import (
    A_MEAN,
    CLARIFICATION_DUE,
    CLARIFICATION_MEAN,
    CLARIFICATION_SHAPE,
    D_INDEX,
    FREE_REQUESTS,
    I_ASKS,
    I_DEPARTMENT,
    I_RANK,
    I_SEQUENCE,
    N_PASSED_CHANCE,
    N_PASSED_TIME,
    N_PASSED_TO,
    N_SOURCE,
    N_TIME,
    O_KEY,
    Q_ANSWERED,
    Q_ASKED,
    Q_ASKER,
    Q_BOOK,
    Q_HOLDS,
    Q_ITEM,
    Q_KIND,
    Q_LAST_ASKED,
    Q_LUCK,
    Q_NEED,
    Q_ORDER,
    Q_PASSED_BOOK,
    REQUEST_DUE,
    REQUEST_WORDS,
)
from sim.engines.compiled.memory import give_back, new_record
from sim.engines.streams import CLARIFICATION_WORK, LOG_ASKED, NEED_WORK, PASSED_ON, PASSED_WORK
from sim.rules import attribution
from sim.rules import internal_service as rules

NOT_YET = -1


# == a clarification is asked for
@kernel
def clarification(m: Words, f: Reals, o: int, asker: int, sender: int, luck: int) -> int:
    """Ask the sender what it meant."""
    hours = work(m, f, m[CLARIFICATION_SHAPE], f[CLARIFICATION_MEAN], luck, CLARIFICATION_WORK)
    answer_by = due_in(m, sender, f[CLARIFICATION_DUE])
    # Served by the order's own promise where that is earlier, but not judged by it.
    rank = min(answer_by, due(m, o))
    return _ask(m, f, o, rules.CLARIFICATION, asker, sender, 0, hours, answer_by, rank, luck)


# == a need is asked for
@kernel
def need(m: Words, f: Reals, o: int, asker: int, row: int, luck: int) -> int:
    """Ask a colleague for what the step needs."""
    amount, source = m[row + N_TIME], m[row + N_SOURCE]
    hours = work(m, f, amount, f[amount + A_MEAN], luck, NEED_WORK)
    answer_by = due_in(m, source, f[REQUEST_DUE])
    return _ask(m, f, o, rules.REQUEST, asker, source, row, hours, answer_by, answer_by, luck)


@kernel
def _ask(
    m: Words,
    f: Reals,
    o: int,
    kind: int,
    asker: int,
    asked: int,
    row: int,
    hours: float,
    answer_by: int,
    rank: int,
    luck: int,
) -> int:
    """Wait in the colleague's queue."""
    q = new_record(m, FREE_REQUESTS, REQUEST_WORDS)
    m[q + Q_ORDER] = o
    m[q + Q_KIND] = kind
    m[q + Q_ASKER] = asker
    m[q + Q_ASKED] = asked
    m[q + Q_LUCK] = luck
    m[q + Q_NEED] = row
    m[q + Q_PASSED_BOOK] = 0
    m[q + Q_ANSWERED] = NOT_YET
    m[q + Q_HOLDS] = 2
    m[q + Q_BOOK] = requests.ask(m, asker, asked, answer_by)
    _stand_in_line(m, f, q, asked, hours, rank, luck)
    return q


# == the request is answered or passed on
@kernel
def served(m: Words, f: Reals, q: int, came_of_it: int) -> None:
    """Be answered or passed on, and let the order go on."""
    m[q + Q_ITEM] = 0
    done = came_of_it != GIVEN_UP
    if m[q + Q_PASSED_BOOK]:
        if done:
            requests.answer(m, m[q + Q_PASSED_BOOK])
        else:
            requests.withdraw(m, m[q + Q_PASSED_BOOK])
    elif done and m[q + Q_ANSWERED] == NOT_YET and m[q + Q_NEED]:
        row = m[q + Q_NEED]
        if uniform(m[q + Q_LUCK], PASSED_ON) < f[row + N_PASSED_CHANCE]:
            _pass_on(m, f, q, row)
            return
    if not done:
        requests.withdraw(m, m[q + Q_BOOK])
    else:
        requests.answer(m, m[q + Q_BOOK])
        if m[q + Q_ANSWERED] == NOT_YET:
            # The order goes back to the asker's queue; the cause stays what it was until work restarts.
            last = m[m[q + Q_LAST_ASKED] + D_INDEX]
            custody.pass_to(m, m[q + Q_ORDER], _label(m, q), last, m[q + Q_ASKER])
            _answer(m, q, DONE)
    let_go(m, q)


@kernel
def _pass_on(m: Words, f: Reals, q: int, row: int) -> None:
    amount, passed_to = m[row + N_PASSED_TIME], m[row + N_PASSED_TO]
    hours = work(m, f, amount, f[amount + A_MEAN], m[q + Q_LUCK], PASSED_WORK)
    answer_by = due_in(m, passed_to, f[REQUEST_DUE])
    m[q + Q_PASSED_BOOK] = requests.ask(m, m[q + Q_ASKED], passed_to, answer_by)
    _stand_in_line(m, f, q, passed_to, hours, answer_by, slot_key(m[q + Q_LUCK], 1))


@kernel
def _answer(m: Words, q: int, how: int) -> None:
    m[q + Q_ANSWERED] = how
    tell(m, ANSWERED_HOP, q, 0)


# == the request is dropped
@kernel
def drop(m: Words, f: Reals, q: int) -> None:
    """Forget the request: its customer has gone. What is begun is finished, its answer is for nobody."""
    item = m[q + Q_ITEM]
    if item and m[item + I_SEQUENCE]:
        withdraw(m, f, m[item + I_DEPARTMENT], item)
        m[item + I_ASKS] = GIVEN_UP
        tell(m, DONE_HOP, item, 0)
    _answer(m, q, GIVEN_UP)


@kernel
def let_go(m: Words, q: int) -> None:
    """Keep a request's record until it is answered and its order has gone on."""
    m[q + Q_HOLDS] -= 1
    if m[q + Q_HOLDS] == 0:
        give_back(m, FREE_REQUESTS, q)


@kernel
def _label(m: Words, q: int) -> int:
    return attribution.CLARIFICATION if m[q + Q_KIND] == rules.CLARIFICATION else attribution.NEED


# == the request waits
@kernel
def _stand_in_line(m: Words, f: Reals, q: int, d: int, hours: float, rank: int, luck: int) -> None:
    """Wait in a department's queue."""
    o = m[q + Q_ORDER]
    m[q + Q_LAST_ASKED] = d
    item = new_item(m, f, m[q + Q_KIND], d, m[o + O_KEY], luck, hours, REQUESTED, q)
    for_order(m, item, o)
    m[q + Q_ITEM] = item
    m[item + I_RANK] = rank
    custody.pass_to(m, o, _label(m, q), m[d + D_INDEX], d)
    write_item(m, LOG_ASKED, m[d + D_INDEX], item)
    receive(m, f, d, item)
