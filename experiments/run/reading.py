"""Read parts of an experiment, a few columns or one part at a time, never all at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.plan.targets import Target
from experiments.run.chunks import POINT, REPLICATION, Summary
from sim.errors import InputError

if TYPE_CHECKING:
    import pyarrow.parquet as pq


@contextmanager
def read_plainly(path: Path) -> Iterator[None]:
    """Turn what goes wrong with a damaged or vanished part into a text for people.

    Raises
    ------
    InputError
        That names the part and says what to do.
    """
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException) as error:
        what = (getattr(error, "strerror", None) or str(error)).splitlines()[0]
        raise InputError(
            f"{path}: cannot be read ({what}); if it is damaged, remove this file and give the same command again: "
            "only its runs are done once more."
        ) from None


def open_part(path: Path, identity: str) -> pq.ParquetFile:
    """Open a part.

    Raises
    ------
    InputError
        If it cannot be read, or is no part of this experiment.
    """
    import pyarrow.parquet as pq

    with read_plainly(path):
        file = pq.ParquetFile(path)
    if _metadata(file).get("relevo.identity") != identity:
        raise InputError(f"{path}: a part of another experiment; remove it, or find out who put it there.")
    return file


def _metadata(file: pq.ParquetFile) -> dict[str, str]:
    known = file.schema_arrow.metadata or {}
    return {key.decode(errors="replace"): text.decode(errors="replace") for key, text in known.items()}


def summary_of(path: Path, identity: str, targets: Iterable[Target] = ()) -> Summary:
    """Return the summary of a part that is there.

    Raises
    ------
    InputError
        If it is not a part of this experiment.
    """
    names = [target.response for target in targets]
    values: dict[str, dict[int, list[float]]] = {name: {} for name in names}
    file = open_part(path, identity)
    runs = file.metadata.num_rows
    if names:
        there = [name for name in names if name in file.schema_arrow.names]
        with read_plainly(path):
            table = file.read(columns=[POINT, REPLICATION, *there]).to_pydict()
        for name in names:
            column = table.get(name, [None] * runs)
            for point, value in zip(table[POINT], column, strict=True):
                values[name].setdefault(point, []).append(math.nan if value is None else value)
    return Summary(runs, int(_metadata(file).get("relevo.failed", 0)), 0.0, values)
