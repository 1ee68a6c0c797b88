"""`relevo report`: results as one HTML file that says what to do, for whoever decides."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options


@click.command("report", context_settings=options.SETTINGS, short_help="Results as one HTML file to hand on.")
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file; report.html in the results' folder if not given. A former report is written anew.",
)
@options.as_json
@options.language
def command(*, results: Path, out: Path | None, as_json: bool, language: str) -> None:
    """Write a report of RESULTS, the folder that today, simulate, compare or sweep has left.

    One HTML file for whoever decides, without a network and in both languages: what to do and how sure that is, what
    each way of working changes, charts, who is worse off, what it rests on, and the command that gives the same
    numbers again. The language given is the one that it opens in.
    """
    from experiments.cli.reporting import size_of, write_report

    file = write_report(results, out, language)
    if as_json:
        from experiments.cli.working import print_json
        from experiments.run.provenance import SCHEMA_VERSION

        print_json({"schema_version": SCHEMA_VERSION, "report": str(file), "bytes": file.stat().st_size})
        return
    from experiments.show.text import show
    from experiments.show.words import say

    show(say("report written", language, file=file, size=size_of(file)))
