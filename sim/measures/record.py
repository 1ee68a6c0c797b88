"""What an engine writes down: plain rows and whole-number sums, the same in every engine.

Times are on the run's clock [ms]; -1 means "did not happen". Sums of times are whole numbers, so that they
are exact in any order. Departments and pairs are numbered as in the world's arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.rules.attribution import DISPUTE

OPEN, DELIVERED, ABANDONED, DECLINED = range(4)
OUTCOMES = ("open", "delivered", "abandoned", "declined")

ORDER_DTYPE = np.dtype(
    [
        (name, "i8")
        for name in (
            "order",
            "customer",
            "type",
            "measured",
            "outcome",
            "placed",
            "answered",
            "promised",
            "delivered",
            "invoiced",
            "ended",
            "clarifications",
            "needs",
            "redos",
            "problem",
            "told",
            "complaint_answered",
            "complained",
            "compensated",
            "enquiries",
            "disputes",
            "segment",
        )
    ]
    + [(name, "f8") for name in ("value", "quote", "dissatisfied", "experience", "forecast", "extra_cost")]
)
"""One row per order. quote [h of the company's calendar]; dissatisfied, experience [1]: nan before they are known."""

PART_DTYPE = np.dtype([("order", "i8"), ("cause", "i8"), ("open", "i8"), ("closed", "i8")])
"""One row per order and cause: how long it held the order while open and while closed [ms]."""

CUSTOMER_DTYPE = np.dtype(
    [(name, "i8") for name in ("customer", "joined", "left", "brought_by", "orders")] + [("satisfaction", "f8")]
)

WEEK_DTYPE = np.dtype([("begin", "i8"), ("customers", "i8"), ("satisfaction", "f8"), ("improvable", "f8")])
"""State at the beginning of each week. improvable: share of what can be improved that is left [1]."""

STATE_DTYPE = np.dtype(
    [(name, "i8") for name in ("department", "begin", "present", "vacant", "away", "waiting")]
    + [(name, "f8") for name in ("morale", "standard", "pace", "load", "skill")]
)
"""State of each department at the beginning of each week.

present, vacant, away : people at work, posts without anybody, people absent for the week [1]
waiting : items in its queue [1]
morale, standard, pace, load, skill : docs/model.md, sections 3 and 6 [1]
"""

DEPARTMENT_SUMS = (
    "busy",
    "helping",
    "present",
    "queue",
    "in_system",
    "arrived",
    "completed",
    "left_queue",
    "waited",
    "own_tasks",
    "own_dropped",
    "setups",
    "switches",
    "blocked",
    "workaround",
    "failure_demand",
    "resigned",
    "hired",
    "vacant",
    "absent",
)
"""Whole-number sums of each department within the window.

busy, helping, present : opening time of its people at work, at work for others, and present [ms]
queue, in_system : calendar time spent waiting, and waiting or served, summed over its items [ms]
arrived, completed : external items (steps of orders) [1]
left_queue, waited : external items that left the queue (served or given up), and their waits [1], [ms]
own_tasks, own_dropped : its own tasks done and dropped [1]
blocked : opening time that its people could not work, waiting for a colleague [ms]
workaround : opening time its people spent on set-ups, clarifications, disputes, enquiries and questions [ms]
failure_demand : opening time spent on redos, complaints, enquiries, questions, refunds and repairs [ms]
resigned, hired : people who resigned, and who came for them [1]
vacant : calendar time for which posts had nobody [ms]
absent : opening time for which its people were away [ms]
setups, switches : set-ups lost to parked orders, switches to a request while external work waited [1]
"""

PAIR_SUMS = (
    "requests",
    "answered",
    "waited",
    "in_time",
    "late",
    "waiting",
    "handoffs",
    "incomplete",
    "noticed",
    "disputes",
    "blocked",
)
"""Whole-number sums of each pair i*n+j within the window.

requests, answered, waited : i asked j; calendar time until the answer of those asked in the window [ms]
in_time, late : of them, answered by the due instant; answered later, or overdue when the run ended
waiting : calendar time that i's requests waited for j within the window [ms]
handoffs, incomplete, noticed : j handed over to i
disputes : of the hand-offs, those whose defect led to a dispute
blocked : opening time that i's people were blocked, waiting for j [ms]
"""

LOG_FIELDS = ("time", "event", "holder", "order", "item")
"""The event log: instant [ms], event number, department or transport, order key (-1: none), kind of item (-1: none)."""


@dataclass(slots=True, eq=False)
class Record:
    """Everything that one run leaves behind; `sim.measures.agreement` compares two.

    An engine may fill it with structured arrays of the types above, whichever way it made them.
    """

    orders: NDArray[Any]
    """By (placed, order): means and quantiles are sums of floats, which depend on their order."""
    parts: NDArray[Any]
    """As they come, or none where nobody asked for them; their sums are in `held`. `parts_by_order` has them sorted."""
    customers: NDArray[Any]
    """By (joined, customer)."""
    weeks: NDArray[Any]
    """By begin."""
    states: NDArray[Any]
    """By begin, then department."""
    departments: dict[str, list[int]]
    """The `DEPARTMENT_SUMS`, of Python's whole numbers, which divide exactly."""
    pairs: dict[str, list[int]]
    """The `PAIR_SUMS`, likewise."""
    held: list[int]
    """Opening time for which each cause held the measured orders that were delivered, by its number [ms]."""
    joined: int
    """Customers who came within the window [1]."""
    left: int
    """Customers who left within the window [1]."""
    reported: int
    """Causes of defects reported within the window [1]."""
    mended: int
    """Defects found and mended within the window [1]."""
    redundant: int
    """Redundant steps done within the window [1]."""
    customer_time: int
    """Time customers were active within the window, summed [ms]."""
    customers_end: int
    """Active customers at the end of the window."""
    ended: int
    """When the run stopped [ms]."""
    events: int
    """Events of the calendar that happened [1]."""
    log: Sequence[tuple[int, int, int, int, int]] | NDArray[np.int64] = field(default_factory=list)
    """Rows of `LOG_FIELDS`, as tuples, as an array (n, 5), or packed (n, 3); none unless asked for. See `log_rows`."""
    _parts_by_order: NDArray[Any] | None = field(default=None, init=False, repr=False)

    @property
    def parts_by_order(self) -> NDArray[Any]:
        """The parts by (order, cause), sorted when first asked for."""
        if self._parts_by_order is None:
            self._parts_by_order = in_order(self.parts, "order", "cause")
        return self._parts_by_order

    def log_rows(self) -> NDArray[np.int64]:
        """Return the event log as whole numbers (n, 5), however the engine wrote it."""
        log = np.asarray(self.log, dtype=np.int64)
        if log.ndim == 2 and log.shape[1] == PACKED_LOG:
            return _unpacked(log)
        return log.reshape(-1, len(LOG_FIELDS))


PACKED_LOG = 3
"""Words of a packed entry of the log: instant, order, and in one word event, holder and item."""
HOLDER_SHIFT, ITEM_SHIFT = 8, 40


def _unpacked(log: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return packed entries of the log as rows of `LOG_FIELDS`; holder and item are packed as one more each."""
    rows = np.empty((len(log), len(LOG_FIELDS)), dtype=np.int64)
    rows[:, 0], rows[:, 3], code = log[:, 0], log[:, 1], log[:, 2]
    rows[:, 1] = code & ((1 << HOLDER_SHIFT) - 1)
    rows[:, 2] = (code >> HOLDER_SHIFT & ((1 << ITEM_SHIFT - HOLDER_SHIFT) - 1)) - 1
    rows[:, 4] = (code >> ITEM_SHIFT) - 1
    return rows


def in_order(rows: NDArray[Any], first: str, second: str) -> NDArray[Any]:
    """Return rows sorted by two of their fields: the very same array where they are so already.

    Parameters
    ----------
    rows : structured array
        Of 8-byte fields.
    first, second : str
        The fields to sort by; the second decides between equal values of the first.
    """
    a, b = np.ascontiguousarray(rows[first]), np.ascontiguousarray(rows[second])
    if np.all((a[1:] > a[:-1]) | ((a[1:] == a[:-1]) & (b[1:] >= b[:-1]))):
        return rows
    order = np.argsort(a, kind="stable")
    a, b = a[order], b[order]
    tied = a[1:] == a[:-1]
    if np.any(tied & (b[1:] < b[:-1])):
        # Only rows whose first key is not alone can be wrong, and they change places among themselves.
        alike = np.flatnonzero(np.append(tied, False) | np.append(False, tied))
        order[alike] = order[alike][np.lexsort((b[alike], a[alike]))]
    # Whole rows as plain numbers are copied several times as fast as structured ones.
    return as_numbers(rows).take(order, axis=0).view(rows.dtype).reshape(len(rows))


def as_numbers(rows: NDArray[Any]) -> NDArray[np.int64]:
    """Return rows of 8-byte fields as whole numbers, a row each; floats by their bits."""
    return np.ascontiguousarray(rows).view(np.int64).reshape(len(rows), rows.dtype.itemsize // 8)


def causes(holders: int) -> int:
    """Return how many causes there are that can hold an order, among so many departments and transports."""
    return DISPUTE * holders + holders * holders


class Rows:
    """Rows of whole numbers and floats, kept as plain numbers: no object for each, so long runs stay light."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        kinds = "".join(dtype[name].kind for name in dtype.names or ())
        self.dtype = dtype
        self.whole, self.real = kinds.count("i"), kinds.count("f")
        assert kinds == "i" * self.whole + "f" * self.real, "whole numbers stand before floats"
        self.integers = array("q")
        self.floats = array("d")

    def add(self, integers: tuple[int, ...], floats: tuple[float, ...] = ()) -> None:
        """Add a row: its whole numbers and its floats, in the order of the fields."""
        self.integers.extend(integers)
        self.floats.extend(floats)

    def table(self) -> NDArray[Any]:
        """Return the rows as a structured array, as they came."""
        n = len(self.integers) // self.whole
        numbers = np.empty((n, self.whole + self.real), dtype=np.int64)
        numbers[:, : self.whole] = np.frombuffer(self.integers, dtype=np.int64).reshape(n, self.whole)
        if self.real:
            numbers[:, self.whole :] = np.frombuffer(self.floats, dtype=np.int64).reshape(n, self.real)
        return numbers.view(self.dtype).reshape(n)

    def sorted_by(self, first: str, second: str) -> NDArray[Any]:
        """Return the rows as a structured array, sorted by two of its fields."""
        return in_order(self.table(), first, second)
