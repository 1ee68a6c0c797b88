"""CPU time of short blocks taken in turn, and what their ratios say."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

RESAMPLES = 2000
SEED = 7


@dataclass(frozen=True)
class Median:
    """A median over blocks with its 95 % bootstrap interval (percentiles)."""

    value: float
    low: float
    high: float


def median(values: Sequence[float]) -> Median:
    """Return the median of some blocks; with few blocks the interval is their range."""
    luck = random.Random(SEED)
    medians = sorted(statistics.median(luck.choices(values, k=len(values))) for _ in range(RESAMPLES))
    cut = RESAMPLES // 40
    return Median(statistics.median(values), medians[cut], medians[-1 - cut])


def ratios(above: Iterable[float], below: Iterable[float]) -> list[float]:
    """Return the ratio of each round: both sides were measured one right after the other."""
    return [a / b for a, b in zip(above, below, strict=True)]


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU time of a piece of work in this process, all its threads together [s]."""
    gc.collect()  # what an earlier block left behind is not this one's work
    begin = time.process_time()
    work()
    return time.process_time() - begin


def wall(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes [s]."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turn(rounds: int, works: Mapping[str, Callable[[int], float]]) -> dict[str, list[float]]:
    """Measure every work once a round, so that whatever slows the machine slows all of them.

    Parameters
    ----------
    rounds : int
        How often.
    works : mapping
        From a name to what measures one block; it is given the number of the round.

    Returns
    -------
    dict
        The figures of the blocks, by name, in the order of the rounds.
    """
    found: dict[str, list[float]] = {name: [] for name in works}
    for k in range(rounds):
        # To and fro: nobody always comes first, or right after the same neighbour.
        for name in list(works)[:: 1 if k % 2 == 0 else -1]:
            found[name].append(works[name](k))
    return found


def fitted(spent: Callable[[int], float], first: int, seconds: float, most: int) -> int:
    """Return the size of a block that takes about so many seconds, by trying ever larger ones.

    The first try also compiles and imports whatever has not been yet, so it is done twice.
    """
    spent(first)
    size = first
    while (cost := spent(size)) < seconds / 4 and size < most:
        size = min(most, 4 * size)
    return max(first, min(most, _rounded(size * seconds / max(cost, 1e-6))))


def _rounded(size: float) -> int:
    """Return a size with two leading digits."""
    return int(float(f"{size:.1e}"))
