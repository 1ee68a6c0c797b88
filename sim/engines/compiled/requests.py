"""The books of requests: who asked whom, when, and whether the answer came in time."""

from __future__ import annotations

from sim.engines.compiled.company import count_pair, within
from sim.engines.compiled.jit import Words, kernel
from sim.engines.compiled.layout import (
    B_AFTER,
    B_ASKED_AT,
    B_BEFORE,
    B_DUE,
    B_PAIR,
    BOOK_WORDS,
    D_ANSWERED,
    D_ANSWERED_LATE,
    D_INDEX,
    DEPARTMENT_WORDS,
    DEPARTMENTS,
    FIRST_DEPARTMENT,
    FREE_BOOKS,
    MEASURING,
    NOW,
    OPEN_BOOKS,
    P_ANSWERED,
    P_IN_TIME,
    P_LATE,
    P_REQUESTS,
    P_WAITED,
    P_WAITING,
    WINDOW_BEGIN,
    WINDOW_END,
)
from sim.engines.compiled.memory import give_back, new_record


# == a request is asked
@kernel
def ask(m: Words, asker: int, asked: int, due: int) -> int:
    """Note that one department asks another, and return the entry of the request."""
    book = new_record(m, FREE_BOOKS, BOOK_WORDS)
    pair = m[asker + D_INDEX] * m[DEPARTMENTS] + m[asked + D_INDEX]
    m[book + B_PAIR] = pair
    m[book + B_ASKED_AT] = m[NOW]
    m[book + B_DUE] = due
    first = m[OPEN_BOOKS]
    m[book + B_BEFORE] = 0
    m[book + B_AFTER] = first
    if first:
        m[first + B_BEFORE] = book
    m[OPEN_BOOKS] = book
    if m[MEASURING]:
        count_pair(m, P_REQUESTS, pair, 1)
    return book


# == a request is answered
@kernel
def answer(m: Words, book: int) -> None:
    """Note that a request has been answered."""
    pair, asked_at, due, now = m[book + B_PAIR], m[book + B_ASKED_AT], m[book + B_DUE], m[NOW]
    asker = m[FIRST_DEPARTMENT] + pair // m[DEPARTMENTS] * DEPARTMENT_WORDS
    m[asker + D_ANSWERED] += 1
    m[asker + D_ANSWERED_LATE] += now > due
    withdraw(m, book)
    if m[WINDOW_BEGIN] <= asked_at < m[WINDOW_END]:
        count_pair(m, P_ANSWERED, pair, 1)
        count_pair(m, P_WAITED, pair, now - asked_at)
        count_pair(m, P_IN_TIME if now <= due else P_LATE, pair, 1)


# == a request is withdrawn
@kernel
def withdraw(m: Words, book: int) -> None:
    """Note that nobody needs the answer any more, or that it is there: its wait is over."""
    count_pair(m, P_WAITING, m[book + B_PAIR], within(m, m[book + B_ASKED_AT], m[NOW]))
    before, after = m[book + B_BEFORE], m[book + B_AFTER]
    if before:
        m[before + B_AFTER] = after
    else:
        m[OPEN_BOOKS] = after
    if after:
        m[after + B_BEFORE] = before
    give_back(m, FREE_BOOKS, book)


# == open requests are counted
@kernel
def close(m: Words) -> None:
    """Count what is still open when the run ends: it has waited so far, and is late if it is overdue."""
    now = m[NOW]
    book = m[OPEN_BOOKS]
    while book:
        pair, asked_at = m[book + B_PAIR], m[book + B_ASKED_AT]
        count_pair(m, P_WAITING, pair, within(m, asked_at, now))
        if m[WINDOW_BEGIN] <= asked_at < m[WINDOW_END] and now > m[book + B_DUE]:
            count_pair(m, P_LATE, pair, 1)
        book = m[book + B_AFTER]
