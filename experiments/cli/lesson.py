"""`relevo lesson`: a lesson as one page: predict first, then see the result beside the prediction."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options


@click.command("lesson", context_settings=options.SETTINGS, short_help="A lesson page: predict, then see.")
@click.argument("lesson", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Page to write; <lesson>.html in this folder if not given. A page of Relevo that is there is replaced.",
)
@click.option("--list", "listed", is_flag=True, help="Only list the lessons that come with Relevo.")
@click.option(
    "--replications",
    metavar="N",
    type=click.IntRange(5, options.MOST_REPLICATIONS),
    help="Independent runs of each way of working [default: the lesson's].",
)
@options.engine
@options.workers
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    lesson: str | None,
    out: Path | None,
    listed: bool,
    replications: int | None,
    engine: str,
    workers: int | None,
    language: str,
) -> None:
    """Make the page of LESSON, a shipped name such as 'green_and_red' or a .yaml file; without it, list them.

    Runs the model, then writes one HTML file that needs no network: the question, predictions to be entered and
    locked, and only then the result beside them, what to discuss, and notes for whoever runs the session. In both
    languages; --lang says which it opens in. Printed before predicting, it is the handout.
    """
    from experiments.cli.teaching import Teaching, list_lessons, teach

    if lesson is None or listed:
        ctx.exit(list_lessons(language))
    asked = Teaching(
        source=lesson,
        out=out,
        replications=replications,
        engine=engine,
        workers=workers,
        language=language,
    )
    ctx.exit(teach(asked))
