"""The methods of `relevo sensitivity`: which points each needs from the factors of a plan, and what it makes of them.

Nothing is run here; everything that can be refused is refused here, before anything is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.sensitivity import (
    effects,
    levels,
    morris,
    sobol_design,
    sobol_indices,
    tornado,
    trajectories,
)
from experiments.plan.designs import Coordinate, Point
from experiments.plan.experiment import Experiment
from experiments.plan.factors import BoundFactor
from sim.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.show.driving import Result

TRAJECTORIES = 20
SAMPLES = (64, 512)
"""Fewest and most samples for Sobol' indices unless somebody asks for another number."""
RUNS = {True: 6000, False: 2000}
"""Runs that take about a minute and a half on two processors: of one company, which share their warm-up; of many."""
REPLICATIONS = {"tornado": (10, 60), "morris": (3, 60), "sobol": (5, 60)}
"""Fewest and most replications unless somebody asks for another number."""
GOOD = 10
"""Replications that make good intervals of Sobol' indices: common luck does not average out over samples."""
LEAST = {"sobol": 3}
"""Replications that a method cannot do without, where they are more than two: with fewer it has no interval."""
LEAST_COMPLETE = 2
WITH_SAMPLES = ("morris", "sobol")
OWN_DESIGN = ("effects", "levels")


@dataclass(frozen=True)
class Study:
    """What a method wants to be run, and what it makes of that.

    Attributes
    ----------
    experiment : Experiment
        With every different point once.
    rows : tuple of int
        For each point of the method the number of the experiment's point.
    replications : int
        [1] -- of each point.
    samples : int or None
        [1] -- trajectories, or samples; None where a method has none.
    analyse : callable
        Values, a row per point of the method and a column per replication -> the result.
    """

    experiment: Experiment
    rows: tuple[int, ...]
    replications: int
    samples: int | None
    analyse: Callable[[NDArray[np.float64]], Result]


def study(experiment: Experiment, method: str, replications: int | None, samples: int | None, seed: int) -> Study:
    """Lay out what a method needs.

    Raises
    ------
    UsageError
        If the method does not suit the factors, or a number does not suit the method.
    """
    if samples is not None and method not in WITH_SAMPLES:
        raise UsageError(f"--samples {samples}: {method} takes none, morris and sobol do; leave it out.")
    least = LEAST.get(method, 2)
    if replications is not None and replications < least:
        raise UsageError(
            f"--replications {replications}: {method} needs at least {least} for its intervals; give more."
        )
    make = {"tornado": _tornado, "morris": _morris, "sobol": _sobol, "effects": _own, "levels": _own}[method]
    return make(experiment, method, replications, samples, seed)


def _tornado(experiment: Experiment, method: str, replications: int | None, _samples: int | None, _seed: int) -> Study:
    factors, today = experiment.factors, (None,) * len(experiment.factors)
    points: list[Point] = [today]
    ends: dict[str, list[int | None]] = {}
    for place, factor in enumerate(factors):
        ends[factor.name] = []
        for end in _ends(factor, experiment, method):
            ends[factor.name].append(None if end is None else len(points))
            if end is not None:
                points.append((*today[:place], end, *today[place + 1 :]))
        if ends[factor.name] == [None, None]:
            raise UsageError(
                f"{experiment.place}, factors.{factor.name}: has no value but today's, so nothing varies; "
                "give another level, or leave the factor out."
            )

    def analyse(values: NDArray[np.float64]) -> Result:
        by_name = {name: tuple(None if row is None else values[row] for row in pair) for name, pair in ends.items()}
        if (~np.isnan(values[0])).sum() < LEAST_COMPLETE:
            raise UsageError("tornado: fewer than 2 runs of today's way have a value; nothing can be compared with it.")
        return tornado(values[0], {name: (pair[0], pair[1]) for name, pair in by_name.items()})

    return _study(experiment, points, method, replications, None, analyse)


def _ends(factor: BoundFactor, experiment: Experiment, method: str) -> tuple[Coordinate | None, Coordinate | None]:
    """Return the coordinates of the lowest and the highest setting; None for one that is today's."""
    if factor.levels is None:
        low, high = factor.axis.ends
    else:
        ordered = _in_order(factor, experiment, method).levels or ()
        low, high = (factor.levels.index(level) for level in (ordered[0], ordered[-1]))
    found = [None if factor.value(end) == factor.today else end for end in (low, high)]
    return (None if low == high else found[0]), found[1]


def _in_order(factor: BoundFactor, experiment: Experiment, method: str) -> BoundFactor:
    """Return a factor with its levels in ascending order; words have none, unless there are two."""
    if factor.levels is None or (not factor.field.is_number and len(factor.levels) <= 2):
        return factor
    if not factor.field.is_number:
        raise UsageError(
            f"{experiment.place}, factors.{factor.name}: its {len(factor.levels)} levels are words, in no order; "
            f"{method} moves a factor from its lowest to its highest setting; leave two levels, or take --method sobol."
        )
    return factor.with_levels(sorted(factor.levels, key=float))


def _morris(experiment: Experiment, method: str, replications: int | None, samples: int | None, seed: int) -> Study:
    ordered = replace(experiment, factors=tuple(_in_order(f, experiment, method) for f in experiment.factors))
    for factor in ordered.factors:
        if factor.levels is not None and len(factor.levels) < 2:
            raise UsageError(
                f"{experiment.place}, factors.{factor.name}: has one level; morris needs two or a range; "
                "give another level, or leave the factor out."
            )
    axes, number = [factor.axis for factor in ordered.factors], samples or TRAJECTORIES
    points = trajectories(axes, number, seed)
    return _study(ordered, points, method, replications, number, lambda values: morris(axes, points, values, seed=seed))


def _sobol(experiment: Experiment, method: str, replications: int | None, samples: int | None, seed: int) -> Study:
    axes = [factor.axis for factor in experiment.factors]
    if samples is not None and samples & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        raise UsageError(f"--samples {samples}: sobol takes a power of two; take {below} or {2 * below}.")

    def sized(number: int) -> Study:
        points = sobol_design(axes, number, seed)
        names = [axis.name for axis in axes]
        return _study(
            experiment, points, method, replications, number, lambda values: sobol_indices(names, values, seed=seed)
        )

    if samples is not None:
        return sized(samples)
    chosen = sized(SAMPLES[0])
    while (chosen.samples or 0) < SAMPLES[1]:
        larger = sized(2 * (chosen.samples or 1))
        runs = len(larger.experiment.points) * larger.replications
        if runs > RUNS[_is_one_company(experiment)] or larger.replications < (replications or GOOD):
            break
        chosen = larger
    return chosen


def _own(experiment: Experiment, method: str, replications: int | None, _samples: int | None, _seed: int) -> Study:
    """Take the points of the plan's own design; try the method on zeros first, since it knows what suits it."""
    points = [point for point in experiment.points if None not in point]
    axes = [factor.axis for factor in experiment.factors]
    if method == "effects":
        for place, factor in enumerate(experiment.factors):
            settings = {point[place] for point in points}
            if len(settings) != 2:
                raise UsageError(
                    f"{experiment.place}, factors.{factor.name}: has {len(settings)} settings in the plan's design; "
                    "effects compares two of each; leave two levels, or take --method levels."
                )

        def analyse(values: NDArray[np.float64]) -> Result:
            _check_complete(values, method)
            return effects(axes, points, values, simultaneous=True)

    else:
        for factor in experiment.factors:
            if factor.levels is None:
                raise UsageError(
                    f"{experiment.place}, factors.{factor.name}: has a range; levels needs levels; "
                    "write 'steps: 3' beside it, or take --method sobol."
                )
        settings_of = {
            factor.name: [float(level) for level in factor.levels or ()]
            for factor in experiment.factors
            if factor.field.is_number
        }

        def analyse(values: NDArray[np.float64]) -> Result:
            _check_complete(values, method)
            return levels(axes, points, values, simultaneous=True, settings=settings_of)

    try:
        analyse(np.zeros((len(points), 2)))
    except UsageError as error:
        raise UsageError(f"{experiment.place}, design: does not suit --method {method}: {error}") from None
    n = replications or max(2, experiment.replications)
    return _study(experiment, points, method, n, None, analyse)


def _check_complete(values: NDArray[np.float64], method: str) -> None:
    complete = int((~np.isnan(values).any(axis=0)).sum())
    if complete < LEAST_COMPLETE:
        raise UsageError(
            f"{method}: got {complete} replications in which every point has a value; at least 2 are needed; "
            "look at the runs, or add replications."
        )


def _study(
    experiment: Experiment,
    points: Sequence[Point],
    method: str,
    replications: int | None,
    samples: int | None,
    analyse: Callable[[NDArray[np.float64]], Result],
) -> Study:
    """Keep every different point once: levels and whole numbers come again and again."""
    numbers: dict[tuple[object, ...], int] = {}
    rows: list[int] = []
    different: list[Point] = []
    for point in points:
        key = experiment.values(point)
        if key not in numbers:
            numbers[key] = len(different)
            different.append(point)
        rows.append(numbers[key])
    if replications is None:
        fewest, most = REPLICATIONS[method]
        replications = min(most, max(fewest, RUNS[_is_one_company(experiment)] // len(different)))
    return Study(replace(experiment, points=tuple(different)), tuple(rows), replications, samples, analyse)


def _is_one_company(experiment: Experiment) -> bool:
    return all(factor.policy is not None for factor in experiment.factors)
