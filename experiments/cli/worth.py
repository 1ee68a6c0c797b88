"""`relevo worth`: policies as the number of hires that would do the same, as money a year, as customers kept."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options

REPLICATIONS = 30
MOST = 5


@click.command("worth", context_settings=options.SETTINGS, short_help="Policies as hires, money, customers kept.")
@click.argument("scenario")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME[=intensity]",
    help="Policy to be valued; may be given several times; all sixteen but 'more_staff' if not given.",
)
@click.option(
    "--response", default="wait_mean", show_default=True, metavar="METRIC", help="What hires must do the same for."
)
@click.option(
    "--most",
    type=click.IntRange(1, 50),
    default=MOST,
    show_default=True,
    metavar="N",
    help="Hires that are tried, at most.",
)
@options.replications(REPLICATIONS)
@options.weeks(None)
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
    scenario: str,
    policies: tuple[str, ...],
    response: str,
    most: int,
    replications: int,
    weeks: float | None,
    seed: int,
    engine: str,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Value each policy in SCENARIO by itself: how many more hires would do the same for a response.

    Hires are placed one after the other where they help the response most (found on other replications than those on
    which they are then measured), and in each department alone. Beside it, profit a year and customers kept.
    """
    from experiments.cli.keeping import folder_for
    from experiments.cli.valuing import Valuation, value
    from sim.policies import the_sixteen

    chosen = policies or tuple(name for name in the_sixteen() if name != "more_staff")
    with folder_for(scenario, out) as folder:
        valuation = Valuation(
            source=scenario,
            portfolios=options.read_ways(chosen),
            response=response,
            most=most,
            replications=replications,
            weeks=weeks,
            seed=seed,
            engine=engine,
            workers=workers,
            out=folder,
            as_json=as_json,
            language=language,
        )
        ctx.exit(value(valuation))
