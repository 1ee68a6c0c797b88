"""`relevo sensitivity`: what drives a result, and how much of a conclusion rests on assumptions."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options
from sim.errors import UsageError
from sim.rules.draws import LARGEST_SEED

METHODS = ("tornado", "morris", "sobol", "effects", "levels")
POLICY = "shared_standards"
"""What conclusion is looked at unless somebody names a policy."""


@click.command("sensitivity", context_settings=options.SETTINGS, short_help="What drives a result; assumptions.")
@click.argument("source", metavar="PLAN|SCENARIO")
@click.option(
    "--method",
    type=click.Choice(METHODS),
    help="tornado: one factor at a time. morris: which of many matter at all. sobol: whose share of the variance. "
    "effects: main effects and interactions, two settings each, of the plan's own design. levels: the same with more "
    "levels. [default: tornado]",
)
@click.option("--assumptions", is_flag=True, help="Vary all grade-D numbers of a SCENARIO together: does it hold?")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME[=intensity][+NAME…]",
    help="With --assumptions: policy against today, or several joined by '+'. May be given several times. "
    f"[default: {POLICY}]",
)
@click.option(
    "--response", metavar="METRIC", help="What is looked at. [default: the plan's first; wait_mean with --assumptions]"
)
@click.option(
    "--replications",
    metavar="N",
    type=click.IntRange(2, options.MOST_REPLICATIONS),
    help="Runs of each point; effects and levels: the plan's; else what takes about a minute, 5 with --assumptions.",
)
@click.option(
    "--samples",
    metavar="N",
    type=click.IntRange(2, 1_000_000),
    help="morris: trajectories (20); sobol: samples, a power of two; with --assumptions: three for each, and 20.",
)
@click.option(
    "--seed",
    metavar="S",
    type=click.IntRange(0, LARGEST_SEED),
    help="Root of all random draws, those of the points too. [default: the plan's; 1 with --assumptions]",
)
@options.workers
@options.engine
@options.out("New folder for the tables and a manifest; nothing is kept if not given.")
@options.as_json
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    source: str,
    method: str | None,
    assumptions: bool,
    policies: tuple[str, ...],
    response: str | None,
    replications: int | None,
    samples: int | None,
    seed: int | None,
    workers: int | None,
    engine: str,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Say what drives a result: vary the factors of a PLAN by a method, under common random numbers.

    With --assumptions: vary all numbers of a SCENARIO for which there is no evidence (grade D) together, and say in how
    many of these worlds a policy still does what it does. How many runs there are is said before they begin.
    """
    if assumptions and method is not None:
        raise UsageError(f"--method {method}: --assumptions has a method of its own; leave out one of the two.")
    if policies and not assumptions:
        raise UsageError(f"--policy {policies[0]}: goes with --assumptions; the policies of a plan are its factors.")
    from experiments.cli.varying import Vary

    asked = Vary(
        source=source,
        method=method or METHODS[0],
        response=response,
        replications=replications,
        samples=samples,
        seed=seed,
        workers=workers,
        engine=engine,
        out=out,
        as_json=as_json,
        language=language,
    )
    if assumptions:
        from experiments.cli.assuming import assume

        chosen = policies or (POLICY,)
        ctx.exit(assume(asked, {text: options.read_portfolio(tuple(text.split("+"))) for text in chosen}))
    from experiments.cli.varying import vary

    ctx.exit(vary(asked))
