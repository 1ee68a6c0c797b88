"""Read parts of an experiment, a few columns or one part at a time, never all at once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from experiments.plan.experiment import Target
from experiments.run.chunks import POINT, REPLICATION, Summary
from sim.errors import InputError


def metadata_of(path: Path) -> dict[str, str]:
    """Return what a part says about itself.

    Raises
    ------
    InputError
        If it is no part.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: cannot be read ({error}); remove this part and run the plan again.") from None
    return {key.decode(): text.decode() for key, text in (schema.metadata or {}).items()}


def summary_of(path: Path, identity: str, targets: Iterable[Target] = ()) -> Summary:
    """Return the summary of a part that is there.

    Raises
    ------
    InputError
        If it is not a part of this experiment.
    """
    import pyarrow.parquet as pq

    known = metadata_of(path)
    if known.get("relevo.identity") != identity:
        raise InputError(f"{path}: a part of another experiment; remove it, or find out who put it there.")
    names = [target.response for target in targets]
    values: dict[str, dict[int, list[float]]] = {name: {} for name in names}
    file = pq.ParquetFile(path)
    runs = file.metadata.num_rows
    if names:
        there = [name for name in names if name in file.schema_arrow.names]
        table = file.read(columns=[POINT, REPLICATION, *there]).to_pydict()
        for name in names:
            column = table.get(name, [None] * runs)
            for point, value in zip(table[POINT], column, strict=True):
                values[name].setdefault(point, []).append(math.nan if value is None else value)
    return Summary(runs, int(known.get("relevo.failed", 0)), 0.0, values)
