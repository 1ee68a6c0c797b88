"""`relevo optimise`: which policies at which intensity, and where people, for a budget."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options

RUNS = 4000


@click.command(
    "optimise", context_settings=options.SETTINGS, short_help="The best mix of a plan's factors for a budget."
)
@click.argument("plan")
@click.option(
    "--budget",
    type=click.FloatRange(0),
    required=True,
    metavar="MONEY",
    help="What policies and posts may cost a year beyond today, in the scenario's currency.",
)
@click.option("--response", metavar="METRIC", help="What should become best; the plan's first response if not given.")
@click.option(
    "--indifference",
    type=click.FloatRange(0, min_open=True),
    required=True,
    metavar="D",
    help="Smallest difference that matters, in the response's unit (a share: 0.01 is a point).",
)
@click.option(
    "--runs",
    type=click.IntRange(200),
    default=RUNS,
    show_default=True,
    metavar="N",
    help="Runs of the search, at most.",
)
@click.option(
    "--front",
    multiple=True,
    metavar="METRIC",
    help="Instead of one best mix: what cannot be bettered in cost and these responses together; once for each.",
)
@options.seed
@options.engine
@options.workers
@options.out("New folder for the tables and a manifest; nothing is kept if not given.")
@options.as_json
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    plan: str,
    budget: float,
    response: str | None,
    indifference: float,
    runs: int,
    front: tuple[str, ...],
    seed: int,
    engine: str,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Find the best mix of PLAN's factors that MONEY a year can buy.

    All of what is possible is looked at where it is little; else a search runs on common luck, the best it finds are
    compared on fresh replications, and what the winner brings is measured on others still. --seed is the search's; the
    customers' luck is the plan's.
    """
    from experiments.cli.keeping import folder_for
    from experiments.cli.optimising import Optimise, optimise

    with folder_for(plan, out) as folder:
        asked = Optimise(
            plan=plan,
            budget=budget,
            response=response,
            indifference=indifference,
            runs=runs,
            front=front,
            seed=seed,
            engine=engine,
            workers=workers,
            out=folder,
            as_json=as_json,
            language=language,
        )
        ctx.exit(optimise(asked))
