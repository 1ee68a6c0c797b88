"""Real orders from a CSV file: read once, every bad row reported by its line, none dropped silently."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.errors import InputError, UsageError, nearest, shown
from sim.orders.csv_rows import rows_of, text_of

FIELDS = ("placed", "customer", "value", "promised", "type")
REQUIRED = ("placed", "customer", "value")
LARGEST_VALUE = 1e12
YEARS = (1900, 2200)
_STAMP = "write a time stamp such as 2017-11-24 08:31:00"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One real order."""

    line: int
    """Line of the file where it begins; the key of its draws."""
    placed: dt.datetime
    customer: str
    value: float
    promised: dt.datetime | None
    type: str | None


@dataclass(frozen=True, slots=True)
class OrderFile:
    """The usable orders of a file, by time, and what was wrong with the others.

    Attributes
    ----------
    rows : tuple of OrderRow
        Usable orders, earliest first.
    problems : tuple of str
        One text for each row that cannot be used, with its line; lines that one broken quotation swallows
        are one row.
    name : str
        Name of the file, for messages and the manifest.
    remarks : tuple of str
        How rows that are used were understood where a reader might expect otherwise.
    """

    rows: tuple[OrderRow, ...]
    problems: tuple[str, ...] = ()
    name: str = "orders"
    remarks: tuple[str, ...] = ()

    def between(self, begin: dt.datetime, end: dt.datetime) -> OrderFile:
        """Return the orders placed in [begin, end)."""
        return replace(self, rows=tuple(r for r in self.rows if begin <= r.placed < end))

    def of_types(self, known: Collection[str]) -> OrderFile:
        """Return the orders of known types and those without one; every other row becomes a problem."""
        strange = [r for r in self.rows if r.type is not None and r.type not in known]
        if not strange:
            return self
        allowed = "must be an order type of the scenario."
        problems = tuple(
            f"{self.name}, line {r.line}: type: got {shown(r.type)}; {allowed} {nearest(r.type or '', known)}"
            for r in sorted(strange, key=lambda r: r.line)
        )
        left_out = {r.line for r in strange}
        rows = tuple(r for r in self.rows if r.line not in left_out)
        return replace(self, rows=rows, problems=self.problems + problems)


def read_orders(path: str | Path, columns: Mapping[str, str] | None = None) -> OrderFile:
    """Read orders from a CSV file with a header.

    Parameters
    ----------
    path : path
        The file (UTF-8; comma, semicolon or tab).
    columns : mapping, optional
        Column of each field: 'placed', 'customer', 'value', and if there, 'promised' and 'type'. A field
        without an entry is looked for under its own name.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing, or no row is usable.
    UsageError
        If a field is not known.

    Notes
    -----
    Time stamps are ISO 8601 on the company's wall clock; a time zone, if written, is dropped and remarked. A
    date alone is midnight for 'placed' and the end of that day for 'promised'. A promise before the order is
    a bad row. Values use a decimal point. Rows that repeat another are orders of their own, and remarked.
    """
    chosen = {name: name for name in REQUIRED} | dict(columns or {})
    for name in chosen:
        if name not in FIELDS:
            allowed = f"allowed: {', '.join(FIELDS)}. {nearest(name, FIELDS)}"
            raise UsageError(f"--column: got {shown(name)}; {allowed}")
    place = str(path)
    records = rows_of(text_of(Path(path)))
    line, _, header = next(records, (1, 1, ""))
    if isinstance(header, str):
        why = f"not a CSV line ({header}); mend it" if header else "the file is empty"
        raise InputError(f"{place}, line {line}: {why}; a header and one order per line are needed.")
    header = [cell.strip() for cell in header]
    at = _positions(f"{place}, line {line}", header, chosen)
    rows, problems, noticed, seen = [], [], Counter[str](), dict[tuple[str, ...], int]()
    for first, last, cells in records:
        where = f"{place}, line {first}" if first == last else f"{place}, lines {first}-{last}"
        try:
            rows.append(_row(first, cells, len(header), at, noticed))
        except ValueError as error:
            problems.append(f"{where}: {error}")
            continue
        key = tuple(cells)
        noticed["again"] += key in seen
        seen.setdefault(key, first)
    if not rows:
        first_ones = "".join(f"\n  {text}" for text in problems[:5])
        rest = f"; the first:{first_ones}" if problems else "; there are none after the header."
        raise InputError(f"{place}: none of its {len(problems)} rows can be used{rest}")
    rows.sort(key=lambda r: (r.placed, r.line))
    return OrderFile(tuple(rows), tuple(problems), Path(path).name, _remarks(place, noticed))


def _positions(place: str, header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, int]:
    """Return where in a row each field stands."""
    optional = {name: name for name in FIELDS if name not in chosen and name in header}
    at = {}
    for name, column in {**chosen, **optional}.items():
        if column not in header:
            names = ", ".join(shown(h) for h in header[:20]) + (", …" if len(header) > 20 else "")
            raise InputError(
                f"{place}: no column {shown(column)} for '{name}'; the columns are: {names}. "
                f"{nearest(column, [h[:60] for h in header])} Name it with --column {name}=COLUMN."
            )
        if header.count(column) > 1:
            raise InputError(f"{place}: {header.count(column)} columns are called {shown(column)}; rename them.")
        at[name] = header.index(column)
    return at


def _row(line: int, cells: list[str] | str, width: int, at: Mapping[str, int], noticed: Counter[str]) -> OrderRow:
    """Return the order of a row; a ValueError says everything that is wrong with it."""
    if isinstance(cells, str):
        raise ValueError(f"not a CSV line ({cells}); mend its quotation marks, or shorten it")
    if len(cells) != width:
        raise ValueError(f"got {len(cells)} cells; the header has {width}; add or remove separators or quotes")
    cell = {name: cells[position].strip() for name, position in at.items()}
    found: dict[str, Any] = {}
    faults = []
    for name, read in _READERS.items():
        try:
            found[name] = read(cell.get(name, ""))
        except ValueError as error:
            faults.append(f"{name}: {error}")
    stamps = [found.get(name) for name in ("placed", "promised")]
    placed, promised = (None if stamp is None else stamp.replace(tzinfo=None) for stamp in stamps)
    if placed and promised and promised < placed:
        faults.append(f"promised: got {shown(cell['promised'])}, before the order was placed; must be later")
    if faults or placed is None:
        raise ValueError("; ".join(faults))
    noticed["zone"] += any(stamp is not None and stamp.tzinfo is not None for stamp in stamps)
    noticed["midnight"] += ":" not in cell["placed"] and placed.time() == dt.time()
    return OrderRow(line, placed, found["customer"], found["value"], promised, cell.get("type") or None)


def _customer(text: str) -> str:
    if not text:
        raise ValueError("is empty; write who ordered")
    return text


def _value(text: str) -> float:
    try:
        value = float(text) if "_" not in text else math.nan  # Python would read 1_0 as 10.
    except ValueError:
        value = math.nan
    if not 0 <= value <= LARGEST_VALUE:
        raise ValueError(f"got {shown(text)}; write a number from 0 to {LARGEST_VALUE:.0e}, such as 129.90")
    return value


def _stamp(text: str, days: int = 0) -> dt.datetime:
    """Return the instant of a time stamp, or midnight some days after a date."""
    try:
        stamp = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"got {shown(text)}; {_STAMP}" if text else f"is empty; {_STAMP}") from None
    if not YEARS[0] <= stamp.year <= YEARS[1]:
        raise ValueError(f"got {shown(text)}; the year must be from {YEARS[0]} to {YEARS[1]}; {_STAMP}")
    date_alone = len(text) <= len("2017-11-24")
    return stamp + dt.timedelta(days=days) if date_alone else stamp


def _promise(text: str) -> dt.datetime | None:
    return _stamp(text, days=1) if text else None


_READERS: dict[str, Callable[[str], object]] = {
    "placed": _stamp, "customer": _customer, "value": _value, "promised": _promise,
}  # fmt: skip


def _remarks(place: str, noticed: Mapping[str, int]) -> tuple[str, ...]:
    texts = {
        "zone": "with a time zone, which is dropped: the time as written counts",
        "midnight": "with a date but no time: taken as placed at midnight",
        "again": "equal to an earlier row in every cell; each counts as an order",
    }
    return tuple(f"{place}: {noticed[key]} usable rows {text}." for key, text in texts.items() if noticed.get(key))
