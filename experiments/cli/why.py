"""`relevo why`: what would have been without a cause, and what makes up the difference of two worlds."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options

REPLICATIONS = 20
LONGEST = "longest"


@click.command("why", context_settings=options.SETTINGS, short_help="What would have been without each cause.")
@click.argument("scenario")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME[=intensity]",
    help="Policy in force; then also says what makes up the difference from today. May be given several times.",
)
@click.option(
    "--order", metavar="KEY", help="One order: what would have become of it. 'longest' takes the longest wait."
)
@click.option("--customer", metavar="KEY", type=int, help="One customer: would they have left?")
@click.option(
    "--replication", type=click.IntRange(0), default=0, show_default=True, help="With --order or --customer: which run."
)
@options.replications(REPLICATIONS)
@options.weeks(None)
@options.seed
@options.engine
@options.workers
@options.out("New folder for the tables and a manifest; nothing is kept if not given. Not with --order, --customer.")
@options.as_json
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    scenario: str,
    policies: tuple[str, ...],
    order: str | None,
    customer: int | None,
    replication: int,
    replications: int,
    weeks: float | None,
    seed: int,
    engine: str,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Say of SCENARIO how many customers were lost by each cause alone, and what makes up a policy's difference.

    Each cause (incomplete hand-offs, slow answers to colleagues, …) is switched off by itself when measuring begins,
    and everything is run again with the same customers and the same luck.
    """
    from experiments.cli.keeping import folder_for
    from experiments.cli.reasons import Question, answer
    from sim.errors import UsageError

    if order is not None and customer is not None:
        raise UsageError("--order and --customer exclude each other; ask for one of them.")
    if order is not None and order != LONGEST and not (order.isascii() and order.isdigit()):
        raise UsageError(f"--order {order}: write an order's key, as in the table of orders, or '{LONGEST}'.")
    with folder_for(scenario, out) as folder:
        question = Question(
            source=scenario,
            portfolio=options.read_portfolio(policies),
            order=order,
            customer=customer,
            replication=replication,
            replications=replications,
            weeks=weeks,
            seed=seed,
            engine=engine,
            workers=workers,
            out=folder,
            as_json=as_json,
            language=language,
        )
        ctx.exit(answer(question))
