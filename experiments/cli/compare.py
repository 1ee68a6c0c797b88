"""`relevo compare`: ways of working against today and against the best, with intervals that hold together."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options

REPLICATIONS = 30


@click.command("compare", context_settings=options.SETTINGS, short_help="Ways of working, with joint guarantees.")
@click.argument("scenario")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME[=intensity][+NAME…]",
    help="A way of working: a policy, or several joined by '+'. May be given several times; all sixteen if not given.",
)
@click.option(
    "--response",
    "responses",
    multiple=True,
    metavar="METRIC",
    help="What is compared; may be given several times. The first decides who may be best. "
    "[default: wait_mean, promise_kept_share, churn_per_year, profit]",
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
    responses: tuple[str, ...],
    replications: int,
    weeks: float | None,
    seed: int,
    engine: str,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Compare ways of working in SCENARIO: paired differences from today, who may be best, and who is worse off.

    All differences of a table hold together, so that a claim about any of its rows is covered by the confidence.
    """
    from experiments.cli.comparing import Compare, compare
    from sim.policies import the_sixteen

    chosen = policies or the_sixteen()
    asked = Compare(
        source=scenario,
        portfolios=options.read_ways(chosen),
        responses=responses,
        replications=replications,
        weeks=weeks,
        seed=seed,
        engine=engine,
        workers=workers,
        out=out,
        as_json=as_json,
        language=language,
    )
    ctx.exit(compare(asked))
