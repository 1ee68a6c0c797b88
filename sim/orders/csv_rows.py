"""A CSV file as text and rows, each with its lines: a broken row says so and costs no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from sim.errors import InputError, shown

LARGEST_FILE = 500_000_000
"""The largest file that is read [bytes]."""
SAVE_AS = "save it as CSV (UTF-8)"


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    InputError
        If it cannot be read or is not UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(100_000)
            if b"\0" not in data:  # A device without end stops here.
                data += file.read(LARGEST_FILE)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; give the path of a CSV file with orders.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{shown(str(path))}: cannot be read ({why}); give a readable CSV file.") from None
    if len(data) > LARGEST_FILE:
        raise InputError(f"{path}: is larger than {LARGEST_FILE / 1e6:.0f} MB; split it.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(f"{path}: is UTF-16 text; {SAVE_AS}.")
    if b"\0" in data:
        raise InputError(f"{path}: is a binary file; {SAVE_AS}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}, line {line}: is not UTF-8 text; {SAVE_AS}.") from None


def rows_of(text: str) -> Iterator[tuple[int, int, list[str] | str]]:
    """Yield first and last line and the cells of each row that is not blank, or what is wrong with it."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=heading.count)
    # Not text.splitlines(): a row ends only where CSV says so, and quoted line breaks are kept.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "unexpected end" in str(error)
            yield first, reader.line_num, "a quotation mark is never closed" if unclosed else str(error)
        else:
            if len(cells) > 1 or "".join(cells).strip():  # Blank lines are no rows; lines of separators are.
                yield first, reader.line_num, cells
