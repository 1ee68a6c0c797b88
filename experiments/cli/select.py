"""`relevo select`: the best point of a plan, with the probability of a correct selection that was asked for."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options

METHODS = ("kn", "ocba", "rinott")
FIRST = 20
BLOCK = 10
FRESH = 50


@click.command("select", context_settings=options.SETTINGS, short_help="The best point of a plan, with a guarantee.")
@click.argument("plan")
@click.option("--response", metavar="METRIC", help="What decides; the plan's first response if not given.")
@click.option(
    "--indifference",
    type=click.FloatRange(0, min_open=True),
    metavar="D",
    help="Smallest difference that matters, in the response's unit (a share: 0.01 is a point); for kn and rinott.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 1, max_open=True),
    default=0.95,
    show_default=True,
    help="Probability of a correct selection that is promised.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="kn",
    show_default=True,
    help="kn: one after another is taken out, on common luck; ocba: the best use of --budget, no promise; rinott: the "
    "yardstick with independent luck.",
)
@click.option("--budget", type=click.IntRange(2), metavar="N", help="With ocba: runs of all points together.")
@click.option(
    "--first",
    type=click.IntRange(10),
    default=FIRST,
    show_default=True,
    help="Replications of every point to begin with.",
)
@click.option(
    "--most",
    type=click.IntRange(10),
    default=2000,
    show_default=True,
    metavar="N",
    help="Replications of a point after which it ends undecided.",
)
@click.option(
    "--fresh",
    type=click.IntRange(10),
    default=FRESH,
    show_default=True,
    metavar="N",
    help="Replications, not used for selecting, on which the winner is measured.",
)
@options.engine
@options.workers
@options.out("New folder for the table of points and a manifest; nothing is kept if not given.")
@options.as_json
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    plan: str,
    response: str | None,
    indifference: float | None,
    confidence: float,
    method: str,
    budget: int | None,
    first: int,
    most: int,
    fresh: int,
    engine: str,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Select the best point of PLAN in one response, running only as much as the decision takes.

    What the winner brings is then measured against today on replications that had no part in selecting it.
    """
    from experiments.cli.keeping import folder_for
    from experiments.cli.selecting import Select, select
    from sim.errors import UsageError

    if method == "ocba" and budget is None:
        raise UsageError("--method ocba: needs --budget, the runs of all points together.")
    if method != "ocba" and indifference is None:
        raise UsageError(f"--method {method}: needs --indifference, the smallest difference that matters.")
    with folder_for(plan, out) as folder:
        asked = Select(
            plan=plan,
            response=response,
            indifference=indifference or 0.0,
            confidence=confidence,
            method=method,
            budget=budget or 0,
            first=first,
            block=BLOCK,
            most=most,
            fresh=fresh,
            engine=engine,
            workers=workers,
            out=folder,
            as_json=as_json,
            language=language,
        )
        ctx.exit(select(asked))
