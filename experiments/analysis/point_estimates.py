"""The mean of every response at every point of an experiment, with its interval, from the table of runs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.mean_interval import interval
from experiments.analysis.precision import Precision
from experiments.plan.experiment import Experiment
from experiments.run.chunks import FAILED, POINT, STATUS
from experiments.run.columns import RUNS
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pyarrow as pa


class UntilPrecise:
    """Replicate a point until the precision that a plan asks for is reached; see `Precision`.

    Parameters
    ----------
    experiment : Experiment
        With a plan that asks for a precision.
    """

    def __init__(self, experiment: Experiment) -> None:
        asked = experiment.plan.precision
        if asked is None:
            raise ValueError(f"{experiment.place}: asks for no precision")
        self.precision = Precision(experiment.targets, asked.confidence, asked.first, asked.block, asked.most)

    def next_look(self, values: Mapping[str, Sequence[float]]) -> int | None:
        """Return how many replications to have before asking again; None if there are enough, or as many as allowed."""
        return self.precision.verdict(values).next_look


def point_estimates(experiment: Experiment, folder: Path) -> pa.Table:
    """Estimate every response at every point.

    Parameters
    ----------
    experiment : Experiment
        What was run.
    folder : Path
        Its folder, with the table of runs.

    Returns
    -------
    pyarrow.Table
        Columns as in `experiments.run.columns.TABLES["estimates"]`; a row for each point and response, points in the
        order of the design.
    """
    import pyarrow as pa

    rule = UntilPrecise(experiment) if experiment.plan.precision is not None else None
    rows = [row for each in _by_point(experiment, folder) for row in _rows(experiment, *each, rule)]
    rows.sort(key=lambda row: int(row[POINT]))  # Stable: responses keep their order.
    kinds = {POINT: pa.int32(), "n": pa.int32(), "failed": pa.int32(), "precise": pa.bool_()}
    kinds |= dict.fromkeys(("response", "unit", "method"), pa.string())
    names = (POINT, "response", "unit", "n", "mean", "sd", "low", "high", "confidence", "method", "precise", "failed")
    return pa.table({name: pa.array([row[name] for row in rows], kinds.get(name, pa.float64())) for name in names})


def responses_of(experiment: Experiment) -> tuple[str, ...]:
    """Return the metrics that are looked at: the responses, and whatever else must be precise."""
    return tuple(dict.fromkeys((*experiment.plan.responses, *(t.response for t in experiment.targets))))


def values_at(experiment: Experiment, folder: Path, point: int) -> dict[str, list[float]]:
    """Return the values of every response at one point, in the order of its replications."""
    return next((values for number, _, values in _by_point(experiment, folder) if number == point), {})


def _by_point(experiment: Experiment, folder: Path) -> Iterator[tuple[int, int, dict[str, list[float]]]]:
    """Yield each point with the number of its failed runs and its values by response, in the order of replications."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(folder / f"{RUNS}.parquet")
    responses = responses_of(experiment)
    there = [name for name in responses if name in file.schema_arrow.names]
    point, failed = -1, 0
    values: dict[str, list[float]] = {name: [] for name in responses}
    for batch in file.iter_batches(columns=[POINT, STATUS, *there]):
        columns = batch.to_pydict()
        for i, number in enumerate(columns[POINT]):
            if number != point:
                if point >= 0:
                    yield point, failed, values
                point, failed, values = number, 0, {name: [] for name in responses}
            failed += columns[STATUS][i] == FAILED
            for name in responses:
                found = columns[name][i] if name in columns else None
                values[name].append(math.nan if found is None else found)
    if point >= 0:
        yield point, failed, values


def _rows(
    experiment: Experiment, point: int, failed: int, values: Mapping[str, list[float]], rule: UntilPrecise | None
) -> Iterator[dict[str, Any]]:
    precise = {} if rule is None else {r.target.response: r.enough for r in rule.precision.verdict(values).reached}
    for name in responses_of(experiment):
        found = interval(values[name])
        yield {
            POINT: point,
            "response": name,
            "unit": describe(name, experiment.base.scenario.currency).unit,
            "n": found.n,
            "mean": found.mean,
            "sd": _deviation(values[name], found.mean),
            "low": found.low,
            "high": found.high,
            "confidence": CONFIDENCE,
            "method": found.method,
            "precise": precise.get(name),
            "failed": failed,
        }


def _deviation(values: Sequence[float], mean: float | None) -> float | None:
    known = [value for value in values if not math.isnan(value)]
    if mean is None or len(known) < 2:
        return None
    return math.sqrt(math.fsum((value - mean) ** 2 for value in known) / (len(known) - 1))
