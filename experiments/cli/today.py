"""`relevo` alone: today's way of working against every shipped policy, with the same customers and luck."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli import options

if TYPE_CHECKING:
    from experiments.cli.agreement import Again
    from experiments.cli.working import Done
    from experiments.cli.yardstick import Yardstick
    from experiments.run.job import Job
    from experiments.show.text import Reader

SCENARIO = "levante"
REPLICATIONS = 20
WEEKS = 52.0
FROZEN = "frozen"
"""Folder, within the results, of the same runs with the number of customers held fixed."""


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
@click.option(
    "--report/--no-report",
    "with_report",
    default=True,
    show_default=True,
    help="Write the report, one HTML file, into the results' folder.",
)
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
    with_report: bool,
    as_json: bool,
    language: str,
) -> None:
    """Compare today's way of working with every shipped policy (the main job).

    Each of the sixteen policies runs by itself at full intensity, with the same customers and the same luck as today;
    once with customers who come and go as they are served, once with their number held fixed (better service then
    shows as shorter waits instead of more customers). Prints waits, promises kept, customers lost, profit, how many
    more people would shorten the wait as much (from ten replications on) and what the customers at the end are worth;
    keeps all results in a new folder, with a report to hand on.
    """
    from experiments.cli.agreement import carry_out_and_compare
    from experiments.cli.demand import read_demand
    from experiments.cli.working import ending, notices, results_folder, warn
    from experiments.run.job import Job
    from experiments.run.provenance import command_line
    from sim.policies import Portfolio, portfolio, the_sixteen
    from sim.scenario.load import load_scenario

    company = load_scenario(scenario)
    orders, source = read_demand(company, None, (), language)
    policies = [portfolio([(name, 1.0)]) for name in the_sixteen()]
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
        # Every order of seven hundred runs is gigabytes; 'simulate --out' keeps them for one way of working.
        tables=("runs", "departments", "pairs", "weeks", "states", "waits"),
    )

    def again(key: str, replication: int) -> str:
        alone = {"--policy": key or None, **run, "--replications": replication + 1}
        return command_line(f"simulate {options.quoted(scenario)}", alone)

    noticed = notices(job)
    warn(noticed, language)
    folder = results_folder(scenario, out)
    both = [(job, carry_out_and_compare(job, workers, folder, language, again))]
    after = _After()
    held = _frozen(job)
    if held is not None and not both[0][1].collected.interrupted:
        with after.attempt():
            both.append((held, _carry_out_frozen(held, workers, folder / FROZEN, language)))
    if after.cut_short is None:
        with after.attempt():
            after.yardstick = _yardstick(job, both[0][1], workers, folder, language)
    if with_report:
        with after.attempt():
            after.report = _write_report(folder, language)
    if as_json:
        _print_json(both, [*noticed, *([str(after.cut_short)] if after.cut_short else [])], language, again, after)
    else:
        _print_tables(both, language, after)
    if after.cut_short is not None:
        raise after.cut_short
    ctx.exit(max(ending(done) for _, done in both))


@dataclass
class _After:
    """What follows the main job's runs: whatever goes wrong there, what there is already is shown all the same."""

    yardstick: Yardstick | None = None
    report: Path | None = None
    cut_short: Exception | None = None

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Remember the first error instead of raising it, a defect of ours included: it is raised at the end."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, results that took minutes are shown first.
            self.cut_short = self.cut_short or error


def _yardstick(job: Job, done: Done, workers: int | None, folder: Path, language: str) -> Yardstick | None:
    """Measure how many hires do the same as each policy, and keep it; None where that cannot be said."""
    from experiments.cli import yardstick

    if not yardstick.possible(job, done.collected):
        return None
    found = yardstick.measure(job, done.collected, workers, language)
    yardstick.keep(found, folder, job.scenario.currency)
    return found


def _write_report(folder: Path, language: str) -> Path:
    from experiments.cli.reporting import write_report

    return write_report(folder, None, language)


def _carry_out_frozen(job: Job, workers: int | None, folder: Path, language: str) -> Done:
    """Perform the job with the number of customers held fixed, in a folder of its own."""
    from experiments.cli.agreement import carry_out_and_compare
    from experiments.run.store import told_plainly

    with told_plainly(folder):
        folder.mkdir()
    # No other command runs this: the whole comparison does it again.
    return carry_out_and_compare(job, workers, folder, language, lambda _key, _replication: job.command)


def _frozen(job: Job) -> Job | None:
    """Return the same job with the number of customers held fixed; None where that changes nothing."""
    from dataclasses import replace

    from sim.api import with_frozen_demand

    company = with_frozen_demand(job.scenario)
    return None if company is None else replace(job, scenario=company)


def _print_json(both: list[tuple[Job, Done]], noticed: list[str], language: str, again: Again, after: _After) -> None:
    from experiments.cli.agreement import agreement
    from experiments.cli.working import headline, print_json, reader_of
    from experiments.show.answer import today_data

    found: list[dict[str, Any]] = []
    for job, done in both:
        runs, reader = done.collected.runs, reader_of(job, language)
        alone = {key: replications for key, replications in runs.items() if key}
        compared = agreement(job, done, again)
        engines = {} if compared is None else {"engines": compared}
        found.append({**headline(job, done), **today_data(runs[""], alone, partial(_unit, reader)), **engines})
    held = {FROZEN: found[1]} if len(found) > 1 else {}
    remarks = [text for _, each in both for text in each.remarks]
    where = {"results": str(both[0][1].folder), "report": None if after.report is None else str(after.report)}
    print_json({**found[0], **_hires_data(after.yardstick), **held, **where, "warnings": [*noticed, *remarks]})


def _hires_data(found: Yardstick | None) -> dict[str, Any]:
    if found is None:
        return {}
    from experiments.cli.yardstick import data_of

    return {"hires": {"placed": found.placed, "policies": {way: data_of(e) for way, e in found.equivalents.items()}}}


def _unit(reader: Reader, metric: str) -> str:
    return reader.metric(metric).unit


def _print_tables(both: list[tuple[Job, Done]], language: str, after: _After) -> None:
    from experiments.cli.options import quoted
    from experiments.cli.working import reader_of
    from experiments.show.comparison import Compared, Hires, comparison
    from experiments.show.text import show

    job, done = both[0]
    company, reader = job.scenario, reader_of(job, language)
    title = reader.say(
        "today title",
        label=company.label[reader.language] if company.label else company.name,
        replications=reader.counted("replications", job.replications),
        weeks=reader.counted("weeks", job.horizon_weeks),
    )
    free, *held = [Compared.of(each.collected.runs) for _, each in both]
    command = f"relevo simulate {quoted(job.source)}"
    hires = None if after.yardstick is None else Hires(after.yardstick.equivalents, after.yardstick.placed)
    show(*comparison(title, free, held[0] if held else None, reader, command, hires))
    show(reader.say("results in", folder=done.folder))
    if after.report is not None:
        show(reader.say("report in", file=after.report))
