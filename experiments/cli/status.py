"""`relevo status`: how far an experiment is, from another shell; reads nothing but its folder."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options


@click.command("status", context_settings=options.SETTINGS, short_help="How far an experiment is.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@options.as_json
@options.language
def command(*, folder: Path, as_json: bool, language: str) -> None:
    """Say how far the experiment in FOLDER is: runs done and failed, rate, time left, and whether anybody is at it."""
    from experiments.cli.working import print_json
    from experiments.run.folder import open_folder
    from experiments.run.provenance import SCHEMA_VERSION
    from experiments.run.status import status
    from experiments.show.experiments import status_table
    from experiments.show.text import Reader, show

    found = status(open_folder(folder))
    if as_json:
        print_json({"schema_version": SCHEMA_VERSION, **found.data()})
    else:
        show(status_table(found, Reader(language)))
