"""Append-only results of an experiment: Parquet parts that appear whole or not at all, and never change.

A part is written under a name that nobody reads, flushed to the disk, and then linked to its own name. Linking fails
where the name is there already: somebody else has done the same work, with the same numbers, so nothing is lost. The
listing of the folder is the list of what is done. No lock, no central writer, no damaged file; any number of
processes, on any number of machines, may work in one folder.
"""

from __future__ import annotations

import errno
import os
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from experiments.run.store import told_plainly
from sim.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

PARTS = "parts"
STRAY_AFTER = 3600.0
"""Age from which a file that was never finished belongs to nobody any more [s]."""
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EACCES, errno.ENOSYS, errno.EMLINK)
"""What a file system says that knows no hard links."""


class Chunk(NamedTuple):
    """Some points of one company, and some replications of each: what one worker does at a time.

    Attributes
    ----------
    group : int
        Number of the group of points.
    first, last : int
        Replications, both included.
    """

    group: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """Name of its part, by which it is known to be done.

        Examples
        --------
        >>> Chunk(3, 0, 9).name
        'g000003_r0000000-0000009'
        """
        return f"g{self.group:06d}_r{self.first:07d}-{self.last:07d}"


def chunk_of(name: str) -> Chunk | None:
    """Return the chunk of a part's name; None for any other name.

    Examples
    --------
    >>> chunk_of("g000003_r0000000-0000009"), chunk_of("notes")
    (Chunk(group=3, first=0, last=9), None)
    """
    group, _, rest = name.partition("_r")
    first, _, last = rest.partition("-")
    numbers = (group.removeprefix("g"), first, last)
    if not all(n.isdecimal() for n in numbers):
        return None
    chunk = Chunk(*map(int, numbers))
    return chunk if chunk.name == name else None


class Parts:
    """The parts of one experiment.

    Parameters
    ----------
    folder : Path
        The experiment's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / PARTS

    def path(self, chunk: Chunk) -> Path:
        """Return where the part of a chunk is, or will be."""
        return self.folder / f"{chunk.name}.parquet"

    def done(self) -> set[Chunk]:
        """Return the chunks that are done."""
        names = self._names(self.folder)
        found = (chunk_of(name.removesuffix(".parquet")) for name in names if name.endswith(".parquet"))
        return {chunk for chunk in found if chunk is not None}

    def publish(self, chunk: Chunk, table: pa.Table, metadata: Mapping[str, str]) -> None:
        """Write the part of a chunk, unless it is there.

        Raises
        ------
        RelevoError
            If it cannot be written; nothing is left behind.
        """
        import pyarrow.parquet as pq

        final = self.path(chunk)
        partial = self.folder / f".{chunk.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.partial"
        table = table.replace_schema_metadata({key.encode(): text.encode() for key, text in metadata.items()})
        with told_plainly(final):
            self.folder.mkdir(exist_ok=True)  # Not its parents: the experiment itself may have been removed meanwhile.
            try:
                with partial.open("wb") as file:
                    pq.write_table(table, file, compression="zstd")
                    file.flush()
                    os.fsync(file.fileno())
                link(partial, final)
            finally:
                with suppress(OSError):
                    partial.unlink(missing_ok=True)
            _flush_folder(self.folder)

    def sweep(self) -> int:
        """Remove files that somebody who was killed never finished; return how many."""
        old = time.time() - STRAY_AFTER
        places = (self.folder, self.folder.parent)  # Tables of the whole are made beside the parts.
        stray = [place / name for place in places for name in self._names(place) if name.endswith(".partial")]
        removed = 0
        for path in stray:
            with suppress(OSError):
                if path.stat().st_mtime < old:
                    path.unlink()
                    removed += 1
        return removed

    @staticmethod
    def _names(folder: Path) -> list[str]:
        try:
            with os.scandir(folder) as entries:
                names = [entry.name for entry in entries]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError(f"{folder}: cannot be read ({error.strerror}); results are there.") from None
        return names


def link(partial: Path, final: Path) -> bool:
    """Give a finished file its name unless somebody was faster; return whether it is ours.

    Raises
    ------
    OSError
        If neither linking nor renaming is possible.
    """
    try:
        os.link(partial, final)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if final.exists():
            return False
        os.replace(partial, final)  # Who comes second puts the same bytes in the place of the same bytes.
    return True


def _flush_folder(folder: Path) -> None:
    """Have the new name itself survive a power cut, where the system can do that."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
