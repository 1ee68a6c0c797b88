"""What an engine writes down: plain rows and whole-number sums, the same in every engine.

Times are on the run's clock [ms]; -1 means "did not happen". Sums of times are whole numbers, so that they
are exact in any order. Departments and pairs are numbered as in the world's arrays.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

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

WEEK_DTYPE = np.dtype([("begin", "i8"), ("customers", "i8"), ("satisfaction", "f8")])
"""State at the beginning of each week."""

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


@dataclass(slots=True)
class Record:
    """Everything that one run leaves behind."""

    orders: NDArray[Any]
    parts: NDArray[Any]
    customers: NDArray[Any]
    weeks: NDArray[Any]
    departments: dict[str, list[int]]
    pairs: dict[str, list[int]]
    joined: int
    """Customers who came within the window [1]."""
    left: int
    """Customers who left within the window [1]."""
    reported: int
    """Causes of defects reported within the window [1]."""
    mended: int
    """Defects found and mended within the window [1]."""
    customer_time: int
    """Time customers were active within the window, summed [ms]."""
    customers_end: int
    """Active customers at the end of the window."""
    ended: int
    """When the run stopped [ms]."""
    log: list[tuple[int, int, int, int, int]] = field(default_factory=list)


class Rows:
    """Rows of whole numbers and floats, kept as plain numbers: no object for each, so long runs stay light."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        names = dtype.names or ()
        self.dtype = dtype
        self.whole = [name for name in names if dtype[name].kind == "i"]
        self.real = [name for name in names if dtype[name].kind == "f"]
        self.integers = array("q")
        self.floats = array("d")

    def add(self, integers: tuple[int, ...], floats: tuple[float, ...] = ()) -> None:
        """Add a row: its whole numbers and its floats, in the order of the fields."""
        self.integers.extend(integers)
        self.floats.extend(floats)

    def sorted_by(self, *keys: str) -> NDArray[Any]:
        """Return the rows as a structured array, sorted by some of its fields."""
        n = len(self.integers) // len(self.whole)
        rows = np.empty(n, dtype=self.dtype)
        for names, numbers in ((self.whole, self.integers), (self.real, self.floats)):
            if names:
                block = np.array(numbers).reshape(n, len(names))
                for k, name in enumerate(names):
                    rows[name] = block[:, k]
        return rows[np.lexsort([rows[key] for key in reversed(keys)])] if n else rows
