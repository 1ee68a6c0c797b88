"""Keep results: one Parquet file per table, a page of columns, and a manifest written last.

Every file is written under a temporary name, flushed to the disk and only then given its name; whatever goes
wrong, there is no half file under a name that somebody might read. A folder with a manifest is complete.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sim.errors import RelevoError, UsageError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MANIFEST = "manifest.json"
TOGETHER = 20_000
"""Rows of a table that are gathered before they are packed: a small table costs as much as a larger one."""


def new_folder(name: str, out: Path | None) -> Path:
    """Make the folder of a new set of results, now, so that nobody simulates for minutes in vain.

    Parameters
    ----------
    name : str
        Name of the set, used if no folder is given: `results/<name>-<time in UTC>`.
    out : Path, optional
        Folder chosen by the user; must be new or empty.

    Raises
    ------
    UsageError
        If the folder holds something already.
    RelevoError
        If it cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    folder = out or Path("results") / f"{name}-{stamp}"
    number = 2
    while out is None and folder.exists():
        folder = Path("results") / f"{name}-{stamp}-{number}"
        number += 1
    with told_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(
                f"--out {folder}: the folder holds something already; results go into a new or empty folder; "
                "choose another name or empty it first."
            )
        probe = folder / f".{os.getpid()}.probe"
        probe.touch()
        probe.unlink()
    return folder


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what the system says about a file that cannot be written into a text for people.

    Raises
    ------
    RelevoError
        For every OSError.
    """
    try:
        yield
    except OSError as error:
        what = error.strerror or str(error) or type(error).__name__
        raise RelevoError(
            f"{path}: cannot be written ({what}); results need a folder that you may write to with free "
            "space; free some space or name another place with --out or --log."
        ) from error


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that appears under its name only when all of it is safely on the disk."""
    partial = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.partial")
    with told_plainly(path):
        try:
            with partial.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def write_json(path: Path, content: object) -> None:
    """Write an object as JSON, atomically."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    with atomic_file(path) as file:
        file.write(text.encode() + b"\n")


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write one table as CSV, atomically."""
    with atomic_file(path) as file:
        table.to_csv(file, index=False, lineterminator="\n")


Identity = Mapping[str, str | int]
"""What says which run a row is of."""


def _alike(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Say whether two tables can stand below each other without any column changing its type."""
    return one.columns.equals(other.columns) and list(one.dtypes) == list(other.dtypes)


class ResultStore:
    """Collects the tables of many runs and writes them, with their documentation, into one folder.

    Parameters
    ----------
    folder : Path
        An existing, empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._parts: dict[str, list[pa.Table]] = {}
        self._gathered: dict[str, list[tuple[Identity, pd.DataFrame]]] = {}
        self._rows: dict[str, int] = {}

    def add(self, identity: Identity, tables: Mapping[str, pd.DataFrame]) -> None:
        """Add the tables of one run; `identity` becomes leading columns wherever a table lacks them."""
        for name, table in tables.items():
            gathered = self._gathered.setdefault(name, [])
            if gathered and not _alike(gathered[0][1], table):
                self._pack(name)
            gathered.append((identity, table))
            self._rows[name] = self._rows.get(name, 0) + len(table)
            if self._rows[name] >= TOGETHER:
                self._pack(name)

    def _pack(self, name: str) -> None:
        """Put the tables gathered below each other, as one part."""
        import pandas as pd
        import pyarrow as pa

        gathered = self._gathered[name]
        if not gathered:
            return
        table = pd.concat([one for _, one in gathered], ignore_index=True)
        sizes = [len(one) for _, one in gathered]
        missing = {
            key: pd.Series([identity[key] for identity, _ in gathered]).repeat(sizes).reset_index(drop=True)
            for key in gathered[0][0]
            if key not in table.columns
        }
        part = table.assign(**missing)[[*missing, *table.columns]]
        self._parts.setdefault(name, []).append(pa.Table.from_pandas(part, preserve_index=False))
        gathered.clear()
        self._rows[name] = 0

    def write(self, manifest: Mapping[str, Any], documentation: Callable[[str, str], dict[str, str]]) -> None:
        """Write all tables, `columns.json` and, last, the manifest.

        Parameters
        ----------
        manifest : mapping
            What was run.
        documentation : callable
            (table, column) -> {"unit", "en", "es"}.

        Raises
        ------
        RelevoError
            If something cannot be written; what is unfinished is removed.
        """
        rows = self.write_tables(documentation, {})
        write_json(self.folder / MANIFEST, {**manifest, "tables": rows})

    def write_tables(
        self, documentation: Callable[[str, str], dict[str, str]], known: Mapping[str, dict[str, dict[str, str]]]
    ) -> dict[str, int]:
        """Write all tables, and `columns.json` with what is known of other ones; return the rows of each table."""
        columns = dict(known)
        rows: dict[str, int] = {}
        for name in self._gathered:
            import pyarrow as pa

            self._pack(name)
            table = pa.concat_tables(self._parts[name], promote_options="permissive")
            columns[name] = {column: documentation(name, column) for column in table.column_names}
            rows[name] = table.num_rows
            self._write_table(name, table, columns[name])
        write_json(self.folder / "columns.json", columns)
        return rows

    def _write_table(self, name: str, table: pa.Table, columns: dict[str, dict[str, str]]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        fields = [
            field.with_metadata({key.encode(): text.encode() for key, text in columns[field.name].items()})
            for field in table.schema
        ]
        documented = table.cast(pa.schema(fields, metadata=table.schema.metadata))
        with atomic_file(self.folder / f"{name}.parquet") as file:
            pq.write_table(documented, file, compression="zstd")
