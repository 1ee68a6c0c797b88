"""Add tables to results that are complete: the tables first, then their documentation, the manifest last."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.run.store import MANIFEST, ResultStore, told_plainly, write_json

if TYPE_CHECKING:
    import pandas as pd


def add_tables(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    more: Mapping[str, Any],
    documentation: Callable[[str, str], dict[str, str]],
) -> None:
    """Write further tables into a folder of results, and what else its manifest is to say.

    Whatever goes wrong, the results that were there stay complete.

    Parameters
    ----------
    folder : Path
        Of results, with a manifest.
    tables : mapping of str to DataFrame
        By name.
    more : mapping
        Further keys of the manifest.
    documentation : callable
        (table, column) -> {"unit", "en", "es"}.

    Raises
    ------
    RelevoError
        If something cannot be written.
    """
    with told_plainly(folder):
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        columns = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    store = ResultStore(folder)
    store.add({}, tables)
    store.write_tables(documentation, columns)
    rows = {**manifest.get("tables", {}), **{name: len(table) for name, table in tables.items()}}
    write_json(folder / MANIFEST, {**manifest, **more, "tables": rows})
