"""`relevo sweep`: an experiment from a plan; resumed where it stopped, shared among machines, kept whatever happens."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli import options

EXECUTORS = ("threads", "processes", "dask")


@click.command("sweep", context_settings=options.SETTINGS, short_help="An experiment from a plan: many settings.")
@click.argument("plan")
@options.out("Folder of the experiment, also to resume it; results/<plan>-<its identity> if not given.")
@click.option("--dry-run", is_flag=True, help="Only say how many runs there are and how long they take.")
@click.option("--shard", metavar="i/n", help="Do the i-th of n equal shares: for job arrays; all in one folder.")
@click.option(
    "--executor",
    type=click.Choice(EXECUTORS),
    help="Where runs are done; threads for the compiled engine, processes for the reference if not given.",
)
@click.option(
    "--cluster", metavar="ADDRESS", help="Dask scheduler, such as tcp://10.0.0.1:8786 (means --executor dask)."
)
@options.workers
@options.engine
@options.as_json
@options.language
@click.pass_context
def command(
    ctx: click.Context,
    *,
    plan: str,
    out: Path | None,
    dry_run: bool,
    shard: str | None,
    executor: str | None,
    cluster: str | None,
    workers: int | None,
    engine: str,
    as_json: bool,
    language: str,
) -> None:
    """Run the experiment that PLAN describes, a shipped name such as 'shared_standards_x_cross_training' or a file.

    What is done already in its folder is not done again: the same command goes on after Ctrl-C, a crash or a power
    cut, and several may work in one folder at once. Results: runs.parquet, estimates.parquet, design.parquet.
    """
    from experiments.cli.demand import read_demand
    from experiments.cli.sweeping import Sweep, prepare
    from experiments.plan.load import load_plan
    from experiments.run.schedule import shard as read_shard
    from sim.errors import UsageError

    if cluster is not None and executor not in (None, "dask"):
        raise UsageError(f"--cluster {cluster}: only goes with --executor dask; leave out --executor {executor}.")
    share = None if shard is None else read_shard(shard)
    experiment = load_plan(plan)
    orders, source = read_demand(experiment.base.scenario, None, (), language)
    asked = Sweep(
        plan=plan,
        out=out,
        share=share,
        executor="dask" if cluster is not None else executor,
        cluster=cluster,
        workers=workers,
        engine=engine,
        as_json=as_json,
        language=language,
        orders=orders,
        orders_file=source,
    )
    prepared = prepare(experiment, asked)
    ctx.exit(prepared.dry_run() if dry_run else prepared.run())
