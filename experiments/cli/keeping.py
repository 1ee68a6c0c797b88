"""Keep what a command has answered: tables with documented columns, and a manifest with the command to repeat it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from experiments.cli.working import leave_no_empty_folder, results_folder
from experiments.run.provenance import (
    SCHEMA_VERSION,
    command_line,
    content_hash,
    platform_kind,
    source_commit,
    versions,
)
from experiments.run.store import ResultStore
from experiments.show.answer_columns import answer_words
from sim.scenario.company import Scenario

Rows = Sequence[Mapping[str, Any]]


@dataclass
class Keeping:
    """What keeps an answer.

    Attributes
    ----------
    folder : Path or None
        Where; None keeps nothing.
    command : str
        Command that gives the same answer again.
    began : str
        When, in UTC.
    """

    folder: Path | None
    command: str
    began: str

    @staticmethod
    def of(folder: Path | None, command: str, options: Mapping[str, Any]) -> Keeping:
        """Return what keeps an answer in a folder (see `folder_for`)."""
        began = datetime.now(UTC).isoformat(timespec="seconds")
        return Keeping(folder, command_line(command, dict(options)), began)

    def keep(self, company: Scenario, seed: int, tables: Mapping[str, Rows]) -> None:
        """Write the tables that have rows, and the manifest last.

        Raises
        ------
        RelevoError
            If something cannot be written.
        """
        if self.folder is None:
            return
        import pandas as pd

        store = ResultStore(self.folder)
        store.add({}, {name: pd.DataFrame(list(rows)) for name, rows in tables.items() if rows})
        manifest = {
            "schema_version": SCHEMA_VERSION,
            "created_at": self.began,
            "command": self.command,
            "scenario": {"name": company.name, "sha256": content_hash(company)},
            "seed": seed,
            "versions": versions(),
            "platform": platform_kind(),
            "source_commit": source_commit(),
        }
        store.write(manifest, lambda _, column: answer_words(column, company.currency))


@contextmanager
def folder_for(name: str, out: Path | None) -> Iterator[Path | None]:
    """Make the folder that was asked for, if one was, before anything runs, so that nobody waits in vain."""
    folder = None if out is None else results_folder(name, out)
    try:
        yield folder
    except BaseException:
        leave_no_empty_folder(folder)
        raise


def flat(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return a row without mappings inside: their keys follow the name of the mapping.

    Examples
    --------
    >>> flat({"policy": "parity", "change": {"mean": 1.0, "n": 3}})
    {'policy': 'parity', 'change.mean': 1.0, 'change.n': 3}
    """
    found: dict[str, Any] = {}
    for key, value in row.items():
        name = f"{prefix}{key}"
        found |= flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return found
