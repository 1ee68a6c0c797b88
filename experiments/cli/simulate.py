"""`relevo simulate`: one scenario, with or without policies, on its own demand or on real orders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.cli import options

if TYPE_CHECKING:
    from experiments.cli.agreement import Again
    from experiments.cli.working import Done
    from experiments.run.job import Job
    from experiments.show.text import Reader

REPLICATIONS = 10


@click.command("simulate", context_settings=options.SETTINGS, short_help="One scenario, with or without policies.")
@click.argument("scenario")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME[=intensity]",
    help="Policy in force after the warm-up, shipped name or .yaml file; may be given several times.",
)
@options.replications(REPLICATIONS)
@options.seed
@options.weeks(None)
@options.engine
@click.option(
    "--orders",
    "orders_file",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Real orders instead of the scenario's demand: time stamp, customer, value and, if there, promise.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Column of the order file for placed, customer, value, promised or type; may be repeated.",
)
@options.workers
@options.out("New folder for all tables and a manifest; nothing is kept if not given.")
@options.as_json
@click.option(
    "--log",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="CSV file for the event log of replication 0.",
)
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    scenario: str,
    policies: tuple[str, ...],
    replications: int,
    seed: int,
    weeks: float | None,
    engine: str,
    orders_file: Path | None,
    columns: tuple[str, ...],
    workers: int | None,
    out: Path | None,
    as_json: bool,
    log: Path | None,
    language: str,
) -> None:
    """Simulate SCENARIO, a shipped name such as 'levante' or a .yaml file.

    Prints every metric with its 95 % interval over the replications: the company's, the departments', who
    waits for whom, and where the customer's wait comes from.
    """
    from experiments.cli.agreement import carry_out_and_compare
    from experiments.cli.demand import read_demand
    from experiments.cli.working import ending, notices, reader_of, results_folder, warn
    from experiments.run.job import Job
    from experiments.run.provenance import command_line
    from sim.scenario.load import load_scenario

    portfolio = options.read_portfolio(policies)
    company = load_scenario(scenario)
    orders, source = read_demand(company, orders_file, columns, language)
    given = {
        "--policy": policies,
        "--replications": replications,
        "--seed": seed,
        "--weeks": None if weeks is None else f"{weeks:g}",
        "--engine": engine,
        "--orders": orders_file,
        "--column": columns,
    }
    job = Job(
        source=scenario,
        scenario=company,
        portfolios=(portfolio,),
        replications=replications,
        seed=seed,
        weeks=weeks,
        engine=engine,
        orders=orders,
        orders_file=source,
        log=log,
        command=command_line(f"simulate {options.quoted(scenario)}", given),
    )

    def again(_: str, replication: int) -> str:
        return command_line(f"simulate {options.quoted(scenario)}", {**given, "--replications": replication + 1})

    noticed = notices(job)
    warn(noticed, language)
    folder = None if out is None else results_folder(scenario, out)
    done = carry_out_and_compare(job, workers, folder, language, again)
    if as_json:
        _print_json(job, done, [*noticed, *done.remarks], reader_of(job, language), again)
    else:
        _print_tables(job, done, reader_of(job, language))
    ctx.exit(ending(done))


def _print_json(job: Job, done: Done, noticed: list[str], reader: Reader, again: Again) -> None:
    from experiments.cli.agreement import agreement
    from experiments.cli.working import headline, print_json
    from experiments.show.answer import simulate_data

    (portfolio,) = job.portfolios
    data = simulate_data(done.collected.runs[portfolio.key], lambda name: reader.metric(name).unit)
    extra = {"policies": {m.policy.name: m.intensity for m in portfolio.members}, "warnings": noticed}
    if job.orders is not None:
        extra["orders"] = {"used": len(job.orders.rows), "unusable": len(job.orders.problems)}
    compared = agreement(job, done, again)
    if compared is not None:
        extra["engines"] = compared
    if done.folder is not None:
        extra["results"] = str(done.folder)
    print_json({**headline(job, done), **extra, **data})


def _print_tables(job: Job, done: Done, reader: Reader) -> None:
    from experiments.show.company import company
    from experiments.show.text import heading, show

    (portfolio,) = job.portfolios
    runs = done.collected.runs[portfolio.key]
    scenario = job.scenario
    policies = [
        reader.label(m.policy.name) + ("" if m.intensity == 1 else f" ({100 * m.intensity:g} %)")
        for m in portfolio.members
    ]
    title = reader.say(
        "simulate title",
        label=scenario.label[reader.language] if scenario.label else scenario.name,
        policies=" + ".join(policies) or reader.say("today"),
        replications=reader.counted("replications", len(runs)),
        weeks=reader.counted("weeks", job.horizon_weeks),
        seed=job.seed,
    )
    show(heading(title), *company(runs, reader))
    if done.folder is not None:
        show(reader.say("results in", folder=done.folder))
