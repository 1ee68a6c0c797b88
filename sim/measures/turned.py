"""Rows of orders turned into columns: one pass through the rows, then each column lies in one piece."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.record import ORDER_DTYPE, as_numbers

NAMES = ORDER_DTYPE.names or ()
PLACE = {name: i for i, name in enumerate(NAMES)}
AT_ONCE = 512
"""Rows turned at once: about 100 kB, which stay in the processor's cache while their columns are taken out."""

_thread = threading.local()


@dataclass(frozen=True, slots=True)
class Turned:
    """Columns of orders: whole numbers by their name, floats by `real`."""

    columns: NDArray[np.int64]

    def __getitem__(self, name: str) -> NDArray[np.int64]:
        """Return a column of whole numbers."""
        column: NDArray[np.int64] = self.columns[PLACE[name]]
        return column

    def real(self, name: str) -> NDArray[np.float64]:
        """Return a column of floats."""
        return self[name].view(np.float64)

    def measured(self) -> Turned:
        """Return the orders placed within the window: rows next to each other, as orders stand in that order."""
        chosen = np.flatnonzero(self["measured"] == 1)
        n = len(chosen)
        if n == self.columns.shape[1]:
            return self
        if n and chosen[-1] - chosen[0] == n - 1:
            return Turned(self.columns[:, chosen[0] : chosen[-1] + 1])
        return Turned(self.columns[:, chosen])


def turned(orders: NDArray[np.void]) -> Turned:
    """Return the columns of orders, rows of `ORDER_DTYPE`; they hold until this thread turns others."""
    rows = as_numbers(orders)
    # Memory that the system has to find anew for every run would cost more than the turning.
    words = getattr(_thread, "words", None)
    if words is None or len(words) < rows.size:
        words = _thread.words = np.empty(rows.size, dtype=np.int64)
    columns = words[: rows.size].reshape(rows.shape[::-1])
    for begin in range(0, len(rows), AT_ONCE):
        columns[:, begin : begin + AT_ONCE] = rows[begin : begin + AT_ONCE].T
    return Turned(columns)
