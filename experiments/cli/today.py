"""`relevo` alone: today's way of working against every shipped policy, with the same customers and luck."""

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

SCENARIO = "levante"
REPLICATIONS = 40
WEEKS = 26.0


@click.command(
    "today", context_settings=options.SETTINGS, short_help="The main job: today against every shipped policy."
)
@click.option("--scenario", default=SCENARIO, show_default=True, metavar="SCENARIO", help="Shipped name or .yaml file.")
@options.replications(REPLICATIONS)
@options.weeks(WEEKS)
@options.seed
@options.engine
@options.workers
@options.out("New folder for the results; results/<scenario>-<time> if not given.")
@options.as_json
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    scenario: str,
    replications: int,
    weeks: float,
    seed: int,
    engine: str,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Compare today's way of working with every shipped policy (the main job).

    Each policy runs by itself at full intensity, with the same customers and the same luck as today. Prints a
    table of waits, promises kept, customers lost and profit, and keeps all results in a new folder.
    """
    from experiments.cli.agreement import carry_out_and_compare
    from experiments.cli.demand import read_demand
    from experiments.cli.working import ending, notices, reader_of, results_folder, warn
    from experiments.run.job import Job
    from experiments.run.provenance import command_line
    from sim.policies import Portfolio, portfolio
    from sim.scenario.files import shipped_names
    from sim.scenario.load import load_scenario

    company = load_scenario(scenario)
    orders, source = read_demand(company, None, (), language)
    policies = [portfolio([(name, 1.0)]) for name in shipped_names("policies")]
    run = {"--replications": replications, "--weeks": f"{weeks:g}", "--seed": seed, "--engine": engine}
    job = Job(
        source=scenario,
        scenario=company,
        portfolios=(Portfolio(), *policies),
        replications=replications,
        seed=seed,
        weeks=weeks,
        engine=engine,
        orders=orders,
        orders_file=source,
        command=command_line("today", {"--scenario": scenario, **run}),
        # Every order of four hundred runs is two gigabytes; 'simulate --out' keeps them for one way of working.
        tables=("runs", "departments", "pairs", "weeks"),
    )

    def again(key: str, replication: int) -> str:
        alone = {"--policy": key or None, **run, "--replications": replication + 1}
        return command_line(f"simulate {options.quoted(scenario)}", alone)

    noticed = notices(job)
    warn(noticed, language)
    folder = results_folder(scenario, out)
    done = carry_out_and_compare(job, workers, folder, language, again)
    if as_json:
        _print_json(job, done, [*noticed, *done.remarks], reader_of(job, language), again)
    else:
        _print_tables(job, done, reader_of(job, language))
    ctx.exit(ending(done))


def _print_json(job: Job, done: Done, noticed: list[str], reader: Reader, again: Again) -> None:
    from experiments.cli.agreement import agreement
    from experiments.cli.working import headline, print_json
    from experiments.show.answer import today_data

    runs = done.collected.runs
    alone = {key: found for key, found in runs.items() if key}
    data = today_data(runs[""], alone, lambda name: reader.metric(name).unit)
    compared = agreement(job, done, again)
    engines = {} if compared is None else {"engines": compared}
    print_json({**headline(job, done), **data, **engines, "results": str(done.folder), "warnings": noticed})


def _print_tables(job: Job, done: Done, reader: Reader) -> None:
    from experiments.cli.options import quoted
    from experiments.show.comparison import comparison
    from experiments.show.text import show

    runs = done.collected.runs
    alone = {key: found for key, found in runs.items() if key}
    company = job.scenario
    title = reader.say(
        "today title",
        label=company.label[reader.language] if company.label else company.name,
        replications=reader.counted("replications", job.replications),
        weeks=reader.counted("weeks", job.horizon_weeks),
    )
    show(*comparison(title, runs[""], alone, reader, f"relevo simulate {quoted(job.source)}"))
    show(reader.say("results in", folder=done.folder))
