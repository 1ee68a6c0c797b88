"""Put the parts of an experiment together: one table of all runs, the design beside it, and a manifest, written last.

Parts are read a group of points at a time, so memory stays small however many runs there are. The order of rows and
columns depends on the experiment alone; so the files are the same, byte for byte, however it was cut, shared among
processes, interrupted and resumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.plan.experiment import Experiment
from experiments.run.chunks import EVENTS, FAILED, LEADING, POINT, REASON, REPLICATION, STATUS
from experiments.run.columns import DESIGN, RUNS, column_words, in_order
from experiments.run.folder import ExperimentFolder
from experiments.run.parts import Chunk
from experiments.run.provenance import SCHEMA_VERSION, platform_kind, source_commit, versions
from experiments.run.reading import open_part, read_plainly
from experiments.run.store import MANIFEST, atomic_file, write_json
from sim.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 20_000
"""Rows of a group that are held in memory at once."""
ROW_GROUP = 5_000
"""Rows of a row group of the table of all runs."""
SHOWN_FAILURES = 100
"""Failed runs that the manifest lists; all are in the table."""


@dataclass
class Collected:
    """What all runs come to.

    Attributes
    ----------
    runs, failed, events : int
        Runs; those that failed; events that happened in the others.
    failures : list of dict
        Point, replication and reason of the first that failed.
    """

    runs: int = 0
    failed: int = 0
    events: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)

    def add(self, table: pa.Table) -> None:
        """Count the runs of a table."""
        import pyarrow.compute as pc

        gone = table.filter(pc.equal(table[STATUS], FAILED)).select([POINT, REPLICATION, REASON])
        self.runs += table.num_rows
        self.failed += gone.num_rows
        self.events += int(pc.sum(table[EVENTS]).as_py() or 0)
        self.failures += gone.slice(0, SHOWN_FAILURES - len(self.failures)).to_pylist()


def collect(
    experiment: Experiment,
    folder: ExperimentFolder,
    complete: bool,
    derive: Callable[[Path], Mapping[str, pa.Table]] | None = None,
) -> Collected:
    """Write the tables of an experiment, as far as it is, and its manifest.

    Parameters
    ----------
    experiment : Experiment
        What was run.
    folder : ExperimentFolder
        Where.
    complete : bool
        Whether all of it is there.
    derive : callable, optional
        Makes further tables, by name, from those in the folder.

    Returns
    -------
    Collected

    Raises
    ------
    RelevoError
        If something cannot be read or written.
    """
    chunks = _by_group(folder)
    schema = _schema(experiment, folder, chunks)
    found = Collected()
    with atomic_file(folder.path / f"{RUNS}.parquet") as file:
        import pyarrow.parquet as pq

        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for table in _rows_at_once(_tables(experiment, folder, chunks, schema), schema):
                writer.write_table(table, row_group_size=ROW_GROUP)
                found.add(table)
    tables = {DESIGN: _design(experiment), **(derive(folder.path) if derive is not None else {})}
    for name, table in tables.items():
        _write(experiment, folder.path, name, table)
    columns = {RUNS: schema.names, **{name: table.column_names for name, table in tables.items()}}
    words = {table: {name: column_words(experiment, table, name) for name in names} for table, names in columns.items()}
    write_json(folder.path / "columns.json", words)
    decides = folder.record["decides"]
    write_json(
        folder.path / MANIFEST,
        {
            "schema_version": SCHEMA_VERSION,
            "identity": folder.identity,
            "name": experiment.plan.name,
            "begun": folder.record["begun"],
            "command": folder.record.get("command"),
            "complete": complete,
            "points": len(experiment.points),
            "runs": found.runs,
            "failed": found.failed,
            "failures": found.failures,
            "events": found.events,
            "seed": experiment.plan.seed,
            "scenario": experiment.plan.scenario,
            "policies": decides["policies"],
            "orders": decides["orders"],
            "weeks": experiment.base.scenario.time.horizon / 168.0,
            "warm_up_weeks": experiment.base.scenario.time.warm_up / 168.0,
            "warm_up": folder.record.get("warm_up"),
            "stopping": _stopping(experiment),
            "remarks": list(experiment.remarks),
            "program": decides["program"],
            "versions": versions(),
            "platform": platform_kind(),
            "source_commit": source_commit(),
        },
    )
    return found


def _design(experiment: Experiment) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pandas(experiment.design_table(), preserve_index=False).replace_schema_metadata(None)


def _write(experiment: Experiment, folder: Path, name: str, table: pa.Table) -> None:
    """Write a small table with the meaning of its columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [f.with_metadata(column_words(experiment, name, f.name)) for f in table.schema]
    with atomic_file(folder / f"{name}.parquet") as file:
        pq.write_table(table.cast(pa.schema(fields)), file, compression="zstd")


def _stopping(experiment: Experiment) -> dict[str, Any]:
    precision = experiment.plan.precision
    if precision is None:
        return {"rule": "fixed", "replications": experiment.replications}
    return {"rule": "precision", **precision.model_dump(mode="json")}


def _by_group(folder: ExperimentFolder) -> dict[int, list[Chunk]]:
    """Return the parts of every group, by replication.

    Raises
    ------
    InputError
        If two parts hold the same replications.
    """
    found: dict[int, list[Chunk]] = {}
    for chunk in sorted(folder.parts.done()):
        before = found.setdefault(chunk.group, [])
        if before and chunk.first <= before[-1].last:
            raise _of_another_cut(folder.parts.path(chunk))
        before.append(chunk)
    return found


def _of_another_cut(path: Path) -> InputError:
    return InputError(
        f"{path}: holds runs that do not belong to this part, so it was cut in another folder; an experiment is cut "
        "when it is begun, so parts of two folders do not mix; remove it and give the same command again."
    )


def _schema(experiment: Experiment, folder: ExperimentFolder, chunks: Mapping[int, list[Chunk]]) -> pa.Schema:
    """Return the schema of all runs: every metric that some part has, in the dictionary's order."""
    import pyarrow as pa

    names: set[str] = set()
    for chunk in (chunk for group in chunks.values() for chunk in group):
        names.update(open_part(folder.parts.path(chunk), folder.identity).schema_arrow.names)
    kinds = {POINT: pa.int32(), REPLICATION: pa.int32(), STATUS: pa.string(), REASON: pa.string(), EVENTS: pa.int64()}
    columns = [*LEADING, *in_order(names - set(LEADING))]
    return pa.schema(
        [pa.field(c, kinds.get(c, pa.float64()), metadata=column_words(experiment, RUNS, c)) for c in columns],
        metadata={"relevo.identity": folder.identity},
    )


def _tables(
    experiment: Experiment, folder: ExperimentFolder, chunks: Mapping[int, list[Chunk]], schema: pa.Schema
) -> Iterator[pa.Table]:
    """Yield the runs, point by point in the order of the groups, each point's by replication."""
    groups = experiment.groups(folder.layout.group_size)
    if chunks and max(chunks) >= len(groups):
        raise _of_another_cut(folder.parts.path(chunks[max(chunks)][0]))
    for number, points in enumerate(groups):
        paths = [folder.parts.path(chunk) for chunk in chunks.get(number, ())]
        if not paths:
            continue
        runs = sum(chunk.last - chunk.first + 1 for chunk in chunks[number]) * len(points)
        if runs <= ROWS_AT_ONCE:
            whole = _read(paths, schema, points)
            for point in points:
                yield _of_point(whole, point)
        else:
            for point in points:
                for path in paths:
                    yield _of_point(_read([path], schema, points), point)


def _read(paths: Iterable[Path], schema: pa.Schema, points: Sequence[int]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names, tables = schema.names, []
    for path in paths:
        with read_plainly(path):
            table = pq.ParquetFile(path).read()
        if not set(table[POINT].unique().to_pylist()) <= set(points):
            raise _of_another_cut(path)
        there = set(table.column_names)
        for column in schema:
            if column.name not in there:
                table = table.append_column(column.name, pa.nulls(table.num_rows, column.type))
        tables.append(table.select(names).cast(schema))
    return pa.concat_tables(tables)


def _of_point(table: pa.Table, point: int) -> pa.Table:
    import pyarrow.compute as pc

    return table.filter(pc.equal(table[POINT], point))


def _rows_at_once(tables: Iterator[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Gather rows into tables of whole row groups, so that row groups do not depend on how parts were cut."""
    import pyarrow as pa

    gathered: list[pa.Table] = []
    rows = 0
    for table in tables:
        gathered.append(table)
        rows += table.num_rows
        if rows >= ROW_GROUP:
            whole = pa.concat_tables(gathered)
            full = rows - rows % ROW_GROUP
            yield whole.slice(0, full).combine_chunks()
            gathered, rows = [whole.slice(full)], rows - full
    yield pa.concat_tables(gathered).combine_chunks() if gathered else schema.empty_table()
