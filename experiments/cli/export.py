"""`relevo export`: the tables of a folder of results as CSV files or an Excel workbook."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options


@click.command("export", context_settings=options.SETTINGS, short_help="Results as CSV or Excel.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--to", "form", type=click.Choice(["csv", "excel"]), default="csv", show_default=True, help="Form.")
@click.option(
    "--table", "tables", multiple=True, metavar="NAME", help="Table to write; may be repeated; all if not given."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Folder for CSV files, or the .xlsx file; within FOLDER if not given.",
)
@options.language
def command(*, folder: Path, form: str, tables: tuple[str, ...], out: Path | None, language: str) -> None:
    """Write the tables in FOLDER, made by 'sweep', 'simulate --out' or the main job, for other programs."""
    from experiments.run.export import chosen, to_csv, to_excel
    from experiments.show.text import show
    from experiments.show.words import say

    found = chosen(folder, tables)
    written = (
        to_csv(found, out or folder / "csv") if form == "csv" else [to_excel(found, out or folder / "results.xlsx")]
    )
    for path in written:
        show(say("exported", language, path=path))
