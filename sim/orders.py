"""Real orders from a CSV file: read once, every bad row reported by its line, none dropped silently."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import InputError, UsageError, nearest

FIELDS = ("placed", "customer", "value", "promised", "type")
REQUIRED = ("placed", "customer", "value")
MS = 1000


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One real order."""

    line: int
    """Line of the file; the key of its draws."""
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
        One text for each row that cannot be used, with its line.
    name : str
        Name of the file, for messages and the manifest.
    """

    rows: tuple[OrderRow, ...]
    problems: tuple[str, ...] = ()
    name: str = "orders"
    counts: Mapping[str, int] = field(default_factory=dict)

    def between(self, begin: dt.datetime, end: dt.datetime) -> OrderFile:
        """Return the orders placed in [begin, end)."""
        return OrderFile(tuple(r for r in self.rows if begin <= r.placed < end), self.problems, self.name)


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
    Time stamps are ISO 8601 on the company's wall clock; a time zone, if written, is dropped with the row
    kept. Values use a decimal point.
    """
    chosen = {name: name for name in REQUIRED} | dict(columns or {})
    for name in chosen:
        if name not in FIELDS:
            raise UsageError(f"--column: got '{name}'; allowed: {', '.join(FIELDS)}. {nearest(name, FIELDS)}")
    place = str(path)
    text = _text(Path(path))
    lines = text.splitlines()
    if not lines:
        raise InputError(f"{place}: the file is empty; write a header and one order per line.")
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.DictReader(lines, delimiter=delimiter, strict=True)
    header = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = header
    optional = {name: name for name in ("promised", "type") if name not in chosen and name in header}
    for name, column in chosen.items():
        if column not in header:
            raise InputError(
                f"{place}, line 1: no column '{column}' for '{name}'; the columns are: {', '.join(header)}. "
                f"{nearest(column, header)} Name it with --column {name}=COLUMN."
            )
    rows, problems = [], []
    try:
        for line, record in _records(reader):
            try:
                rows.append(_row(line, record, chosen | optional))
            except ValueError as error:
                problems.append(f"{place}, line {line}: {error}")
    except csv.Error as error:
        raise InputError(f"{place}, line {reader.line_num + 1}: not a CSV line ({error}); mend it.") from None
    if not rows:
        raise InputError(
            f"{place}: none of its {len(problems)} rows can be used; the first: {problems[0] if problems else 'no rows'}"
        )
    rows.sort(key=lambda r: (r.placed, r.line))
    return OrderFile(tuple(rows), tuple(problems), Path(path).name)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; give the path of a CSV file with orders.") from None
    except (IsADirectoryError, PermissionError) as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give a readable CSV file.") from None
    if b"\0" in data[:100_000]:
        raise InputError(f"{path}: is a binary file; save it as CSV (UTF-8).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8 text; save it as CSV (UTF-8).") from None


def _records(reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for record in reader:
        yield reader.line_num, record


def _row(line: int, record: Mapping[str, str | None], columns: Mapping[str, str]) -> OrderRow:
    def cell(name: str) -> str:
        column = columns.get(name)
        return ((record.get(column) if column is not None else None) or "").strip()

    value_text = cell("value")
    try:
        value = float(value_text)
    except ValueError:
        raise ValueError(f"value: got {value_text!r}; write a number such as 129.90") from None
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"value: got {value_text!r}; must be a finite number, at least 0")
    if not cell("customer"):
        raise ValueError("customer: is empty; write who ordered")
    promised = cell("promised")
    return OrderRow(
        line, _stamp("placed", cell("placed")), cell("customer"), value,
        _stamp("promised", promised) if promised else None, cell("type") or None,
    )


def _stamp(name: str, text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise ValueError(f"{name}: got {text!r}; write a time stamp such as 2017-11-24 08:31:00") from None
