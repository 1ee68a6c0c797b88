"""When a company that starts from nothing has settled: a pilot of today's way of working, judged by MSER-5.

The question is one about the steady state; a company's first year needs no warm-up. Policies start at the end of the
warm-up, so what is found is the time that today's way takes to become what it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.analysis.warm_up import averaged, common_warm_up, mser5, welch
from experiments.plan.experiment import Experiment
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.worlds import Worlds
from sim.errors import RelevoError
from sim.policies import Portfolio
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    import pandas as pd

    from sim.orders import OrderFile

REPLICATIONS = 30
"""Of the pilot: on fewer, the cut follows the path of single runs."""
LEAST_WEEKS = 156
"""[weeks] -- a year more than the hundred weeks that MSER-5 needs for twenty batches of five."""
MOST_DOUBLINGS = 2
WINDOW = 8
"""Weeks on either side in the moving average of Welch's plot."""
TABLES = ("weeks", "states")
SERIES = ("wait_mean", "satisfaction", "waiting", "morale")
"""What must have settled, week by week: the customers' wait and satisfaction, all queues, morale."""


@dataclass(frozen=True)
class SteadyState:
    """What a pilot found.

    Attributes
    ----------
    weeks : int
        Time until every series has settled [weeks].
    failed : bool
        Whether some series had not settled by half of the longest pilot.
    pilot_weeks : float
        Length of the pilot [weeks].
    by_series : dict
        Series -> its own cut [weeks].
    table : DataFrame
        For a Welch plot: series, week, mean over the replications, moving average.
    """

    weeks: int
    failed: bool
    pilot_weeks: float
    by_series: dict[str, int]
    table: pd.DataFrame


def find_warm_up(
    experiment: Experiment,
    orders: OrderFile | None,
    engine: str,
    workers: int,
    start: Callable[[int], Executor],
    request: StopRequest | None = None,
) -> SteadyState:
    """Run today's way from the start and say when it has settled; longer if it has not.

    Raises
    ------
    RelevoError
        If a run fails.
    StoppedError
        If it was interrupted.
    """
    time = experiment.base.scenario.time
    weeks = max(LEAST_WEEKS, round((time.warm_up + time.horizon) / HOURS_PER_WEEK))
    for doubling in range(MOST_DOUBLINGS + 1):
        long = weeks * 2**doubling
        found = _judged(_series(experiment, orders, engine, workers, start, request, long), long)
        if not found.failed:
            break
    return found


def _series(
    experiment: Experiment,
    orders: OrderFile | None,
    engine: str,
    workers: int,
    start: Callable[[int], Executor],
    request: StopRequest | None,
    weeks: int,
) -> dict[str, list[list[float]]]:
    """Return the weekly values of every series in each replication; a series that never has a value is left out."""
    found: dict[str, list[list[float]]] = {name: [] for name in SERIES}
    base = experiment.base.fixed({"time.warm_up": "0 h", "time.horizon": f"{weeks} weeks"})
    worlds = Worlds(base.scenario, {"": Portfolio()}, experiment.plan.seed, engine, workers, start, TABLES, orders)
    worlds.request = request or worlds.request
    ended = 0
    for _, _, result in worlds.run(0, REPLICATIONS):
        ended += 1
        tables = {name: table[table["week"].between(0, weeks - 1)] for name, table in result.tables.items()}
        states = tables["states"].groupby("week")
        found["wait_mean"].append(tables["weeks"]["wait_mean"].tolist())
        found["satisfaction"].append(tables["weeks"]["satisfaction"].tolist())
        found["waiting"].append(states["waiting"].sum().astype(float).tolist())
        found["morale"].append(states["morale"].mean().tolist())
    if worlds.failures:
        raise RelevoError(f"the pilot for the warm-up: {worlds.failures[0][2].reason}")
    if ended < REPLICATIONS:
        raise StoppedError("Interrupted during the pilot for the warm-up; nothing to keep.")
    return {name: series for name, series in found.items() if _has_values(series)}


def _has_values(series: list[list[float]]) -> bool:
    """Whether every batch of five weeks has a value: a company without customers' satisfaction has none."""
    mean = averaged(series)
    return len(mean) > 0 and not any(math.isnan(value) for value in mean)


def _judged(series: dict[str, list[list[float]]], weeks: int) -> SteadyState:
    import pandas as pd

    common = common_warm_up(series)
    curves = []
    for name, replications in series.items():
        plot = welch(replications, min(WINDOW, weeks // 4))
        moving = [*plot.moving, *[float("nan")] * (len(plot.mean) - len(plot.moving))]
        columns = {"series": name, "week": range(len(plot.mean)), "mean": plot.mean, "moving_average": moving}
        curves.append(pd.DataFrame(columns))
    by_series = {name: mser5(averaged(replications)).cut for name, replications in series.items()}
    return SteadyState(common.cut, common.failed, weeks, by_series, pd.concat(curves, ignore_index=True))
