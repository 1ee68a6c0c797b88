"""Hires-equivalents of the main job: a short yardstick of hires, on the luck of the runs that are there already."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.analysis.decision import WAIT, YARDSTICK, hires_curve, in_hires
from experiments.analysis.worth import Equivalent
from experiments.cli.placing import Race, Values, hired, placed
from experiments.run.additions import add_tables
from experiments.run.executors import available_workers, executor_for
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.job import Collected, Job, with_weeks
from experiments.run.study import TODAY, Study
from experiments.run.worlds import Worlds
from experiments.show.progress import Progress
from sim.policies import Portfolio
from sim.scenario.company import Scenario

MOST = 4
"""Hires of the yardstick: what is worth more is told as more than that."""
LEAST = 10
"""Replications without which hires-equivalents say too little."""
ROUNDS, ENTRANTS, SHORTLIST = (0, 4, 8), (1_000, 3), 4
"""A race so short that the main job takes a third longer, no more."""
KEPT = (WAIT, "promise_kept_share", "churn_per_year", "profit", "customers_left")
_WORDS = {
    "policies": ("text", "way of working", "forma de trabajar"),
    "hires": ("people", "more people, hired one after the other", "personas de más, contratadas una tras otra"),
    "low": ("people", "lower end of the 95 % interval", "extremo inferior del intervalo del 95 %"),
    "high": ("people", "upper end; empty beyond the yardstick", "extremo superior; vacío más allá de la regla"),
    "most": ("people", "the most that were tried", "los que se probaron como mucho"),
    "n": ("1", "replications", "réplicas"),
    "helps": ("yes/no", "whether the wait is clearly shorter", "si la espera es claramente más corta"),
    "harms": ("yes/no", "whether the wait is clearly longer", "si la espera es claramente más larga"),
    "beyond": ("yes/no", "whether no number that was tried does the same", "si ningún número probado hace lo mismo"),
    "replication": ("1", "number of the replication", "número de la réplica"),
}


@dataclass
class Yardstick:
    """What hires do, and how many do the same as each way of working.

    Attributes
    ----------
    placed : list of str
        Departments of the hires, in order.
    first : int
        [1] -- first replication on which they were placed: beyond those that measure.
    rows : list of dict
        Hires, replication and metrics of every run that measures.
    equivalents : dict of str to Equivalent
        By way of working, by the mean wait.
    """

    placed: list[str]
    first: int
    rows: list[dict[str, float]] = field(default_factory=list)
    equivalents: dict[str, Equivalent] = field(default_factory=dict)


def possible(job: Job, collected: Collected) -> bool:
    """Whether hires-equivalents can be said: enough runs, orders delivered, and somebody on the payroll."""
    if collected.interrupted or job.replications < LEAST or not paid(job.scenario):
        return False
    waits = [row.get(WAIT, math.nan) for row in collected.runs.get(TODAY, {}).values()]
    return sum(not math.isnan(wait) for wait in waits) >= LEAST


def paid(company: Scenario) -> list[str]:
    """Return the departments whose people the company pays."""
    return [name for name, department in company.departments.items() if department.pay_share > 0]


def measure(job: Job, collected: Collected, workers: int | None, language: str) -> Yardstick:
    """Place hires on replications beyond the job's, and measure them on its own.

    Raises
    ------
    StoppedError
        If Ctrl-C came before the end.
    """
    n, departments = job.replications, paid(job.scenario)
    race = Race(tuple(n + end for end in ROUNDS), ENTRANTS, SHORTLIST)
    total = race.runs(len(departments), MOST) + MOST * n
    with StopRequest() as request, Progress(total, language) as progress:
        done = 0

        def run(portfolios: Mapping[str, Portfolio], first: int, end: int) -> Values:
            nonlocal done
            found = _run(job, workers, portfolios, (first, end), request)
            done += len(portfolios) * (end - first)
            progress(min(done, total))
            return found

        order = placed(run, _gains, departments, MOST, race)
        measured = run({str(h): hired(order[:h]) for h in range(1, MOST + 1)}, 0, n)
    rows = [{"hires": int(h), "replication": r, **row} for h, each in measured.items() for r, row in each.items()]
    found = Yardstick(order, n, rows)
    found.equivalents = _equivalents(job, collected, found)
    return found


def _run(
    job: Job, workers: int | None, portfolios: Mapping[str, Portfolio], part: tuple[int, int], request: StopRequest
) -> Values:
    worlds = Worlds(
        with_weeks(job.scenario, job.weeks),
        portfolios,
        job.seed,
        job.engine,
        workers or available_workers(),
        executor_for(job.engine),
        orders=job.orders,
        request=request,
    )
    found: Values = {name: {} for name in portfolios}
    for name, replication, result in worlds.run(*part):
        found[name][replication] = {metric: result.metrics.get(metric, math.nan) for metric in KEPT}
    if request.requested:
        raise StoppedError("Interrupted before hires were measured.")
    return found


def _gains(treated: Mapping[int, dict[str, float]], today: Mapping[int, dict[str, float]]) -> list[float]:
    gains = [today[r][WAIT] - treated[r][WAIT] for r in sorted(treated.keys() & today.keys())]
    return [gain for gain in gains if not math.isnan(gain)]


def _equivalents(job: Job, collected: Collected, found: Yardstick) -> dict[str, Equivalent]:
    import pandas as pd

    waits = {(key, r): row[WAIT] for key, runs in collected.runs.items() for r, row in runs.items() if WAIT in row}
    wide = pd.DataFrame({WAIT: waits})
    wide.index.names = ["way", "replication"]
    ways = tuple(key for key, runs in collected.runs.items() if runs)
    study = Study("job", job.scenario, ways, wide, {}, {}, given={YARDSTICK: pd.DataFrame(found.rows)})
    curve = hires_curve(study)
    return {} if curve is None else {way: in_hires(study, way, curve) for way in study.others}


def keep(found: Yardstick, folder: Path, currency: str) -> None:
    """Write what was measured beside the results.

    Raises
    ------
    RelevoError
        If it cannot be written.
    """
    import pandas as pd

    worth = pd.DataFrame([{"policies": way, **data_of(each)} for way, each in found.equivalents.items()])
    tables = {"worth": worth, YARDSTICK: pd.DataFrame(found.rows)}
    more = {"hires": {"placed": found.placed, "placed_from_replication": found.first, "response": WAIT}}
    add_tables(folder, tables, more, lambda _, column: _documented(column, currency))


def data_of(found: Equivalent) -> dict[str, Any]:
    """Return a hires-equivalent as plain data."""
    return {**vars(found), "beyond": found.beyond}


def _documented(column: str, currency: str) -> dict[str, str]:
    from sim.measures.columns import describe

    if column in _WORDS:
        unit, en, es = _WORDS[column]
        return {"unit": unit, "en": en, "es": es}
    known = describe(column, currency)
    return {"unit": known.unit, "en": known.en, "es": known.es}
