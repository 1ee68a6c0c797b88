"""Tables of results for other programs: CSV, or one Excel workbook with a sheet for each. Read a slice at a time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.run.store import atomic_file, told_plainly
from sim.errors import InputError, UsageError, nearest

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

MOST_ROWS = 1_048_575
"""Rows of an Excel sheet below its head."""
MOST_COLUMNS = 16_384
LONGEST_NAME = 31
"""Letters of a sheet's name."""
ROWS_AT_ONCE = 10_000


def tables_in(folder: Path) -> dict[str, Path]:
    """Return the tables in a folder of results, by name.

    Raises
    ------
    InputError
        If there are none.
    """
    found = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    if not found:
        hint = ""
        if (folder / "parts").is_dir():
            hint = (
                " The experiment is not complete; go on with the 'relevo sweep' that began it, or stop it with Ctrl-C."
            )
        raise InputError(f"{folder}: no tables there (*.parquet); name a folder of results.{hint}")
    return found


def chosen(folder: Path, names: Sequence[str]) -> dict[str, Path]:
    """Return the tables of some names, all if none is given.

    Raises
    ------
    UsageError
        If there is no table of a name; suggests the nearest one.
    """
    there = tables_in(folder)
    for name in names:
        if name not in there:
            raise UsageError(f"--table {name}: there is no such table in {folder}. {nearest(name, there)}")
    return {name: there[name] for name in names} if names else there


def to_csv(tables: dict[str, Path], target: Path) -> list[Path]:
    """Write each table as a CSV file into a folder; return their paths.

    Raises
    ------
    RelevoError
        If something cannot be written.
    """
    from pyarrow import csv

    written: list[Path] = []
    with told_plainly(target):
        target.mkdir(parents=True, exist_ok=True)
    for name, path in tables.items():
        schema, batches = _slices(path)
        with atomic_file(target / f"{name}.csv") as file, csv.CSVWriter(file, schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        written.append(target / f"{name}.csv")
    return written


def to_excel(tables: dict[str, Path], target: Path) -> Path:
    """Write the tables as the sheets of one workbook, with another one that says what the columns mean.

    Text stays text: a name that looks like a formula is none.

    Raises
    ------
    UsageError
        If a table has more rows than a sheet.
    RelevoError
        If it cannot be written.
    """
    import xlsxwriter

    for name, path in tables.items():
        known = _opened(path)
        rows, columns = known.metadata.num_rows, len(known.schema_arrow.names)
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            raise UsageError(
                f"--table {name}: {rows:,} rows and {columns:,} columns; a sheet holds {MOST_ROWS:,} and "
                f"{MOST_COLUMNS:,}; leave this table out by naming others with --table, or use --to csv."
            )
    with told_plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(target) as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        meaning: list[tuple[str, ...]] = [("table", "column", "unit", "English", "español")]
        sheets = sheet_names([*tables, "columns" if "columns" not in tables else "meaning"])
        for (name, path), sheet_name in zip(tables.items(), sheets, strict=False):
            sheet = book.add_worksheet(sheet_name)
            schema, batches = _slices(path)
            meaning += [(name, field.name, *_documented(field)) for field in schema]
            _fill(sheet, [field.name for field in schema], batches, bold)
        sheet = book.add_worksheet(sheets[-1])
        for number, row in enumerate(meaning):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, bold if number == 0 else None)
    return target


def sheet_names(tables: Sequence[str]) -> list[str]:
    """Return names that Excel takes for sheets: short, without its forbidden signs, no two alike.

    Examples
    --------
    >>> sheet_names(["runs", "Runs", "a/b"])
    ['runs', 'Runs~2', 'a_b']
    """
    found: list[str] = []
    for table in tables:
        whole = re.sub(r"[\[\]:*?/\\']", "_", table) or "_"
        name, number = whole[:LONGEST_NAME], 2
        while name.lower() in (other.lower() for other in found):
            name, number = f"{whole[: LONGEST_NAME - 5]}~{number}", number + 1
        found.append(name)
    return found


def _opened(path: Path) -> pq.ParquetFile:
    import pyarrow.parquet as pq

    with _read_plainly(path):
        return pq.ParquetFile(path)


def _slices(path: Path) -> tuple[pa.Schema, Iterator[Any]]:
    file = _opened(path)

    def batches() -> Iterator[Any]:
        with _read_plainly(path):
            yield from file.iter_batches(batch_size=ROWS_AT_ONCE)

    return file.schema_arrow, batches()


@contextmanager
def _read_plainly(path: Path) -> Iterator[None]:
    """Tell a damaged table as such, not as a place that cannot be written to."""
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException) as error:
        what = (getattr(error, "strerror", None) or str(error)).splitlines()[0]
        raise InputError(f"{path}: cannot be read ({what}); make it again with the command in the manifest.") from None


def _documented(field: Any) -> tuple[str, str, str]:
    known = {key.decode(): text.decode() for key, text in (field.metadata or {}).items()}
    return known.get("unit", ""), known.get("en", ""), known.get("es", "")


def _fill(sheet: Any, names: Sequence[str], batches: Iterator[Any], bold: Any) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    row = 0
    for batch in batches:
        columns = [batch.column(i).to_pylist() for i in range(len(names))]
        for values in zip(*columns, strict=True):
            row += 1
            for column, value in enumerate(values):
                _write(sheet, row, column, value)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int) and abs(value) > 2**53:
        sheet.write_string(row, column, str(value))  # A key: as a number it would lose its last digits.
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
