"""A race: many points with few replications, the better half of them with twice as many, and so on."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.analysis.optimisation.archive import Archive
from experiments.analysis.optimisation.ranking import Ranking
from experiments.analysis.optimisation.space import Levels


def race(
    archive: Archive, challengers: Sequence[Levels], elites: Sequence[Levels], ranking: Ranking, *,
    first: int, deepest: int, keep: int,
) -> list[Levels] | None:  # fmt: skip
    """Let new points run against those that won before, on the same replications.

    Parameters
    ----------
    archive : Archive
        Runs and keeps.
    challengers, elites : sequence of tuple of int
        New points, and those that won before. Only challengers are halved: elites have their replications already,
        and go on to `deepest` with those challengers that are left.
    ranking : Ranking
        Orders points by their values on the same replications.
    first, deepest : int
        [1] -- replications of the first comparison and of the last.
    keep : int
        [1] -- points returned, best first; without elites no fewer than that many go on.

    Returns
    -------
    list of tuple of int or None
        None if the budget ended it first.

    Notes
    -----
    Successive halving: Karnin, Koren & Somekh, *Almost optimal exploration in multi-armed bandits* (2013); Jamieson &
    Talwalkar, *Non-stochastic best arm identification and hyperparameter optimization* (2016). Comparing on the same
    replications makes their common luck cancel (Law, *Simulation Modeling and Analysis*, section 11.2).

    Examples
    --------
    >>> import numpy as np
    >>> from experiments.analysis.optimisation.ranking import by_mean
    >>> from experiments.analysis.optimisation.space import Space
    >>> from experiments.plan.designs import Axis
    >>> def simulate(points, first, last):
    ...     luck = np.random.default_rng(1).normal(size=100)[first:last]
    ...     return np.array([[abs(level - 5) + luck] for (level,) in points])
    >>> archive = Archive(simulate, budget=1000)
    >>> ranking = by_mean(Space((Axis("staff", 9),), (0,)), 0, "lower")
    >>> race(archive, [(i,) for i in range(8)], [], ranking, first=5, deepest=20, keep=2)
    [(5,), (4,)]
    >>> archive.spent
    80
    """
    left, n = list(challengers), first
    least = 1 if elites else keep
    while True:
        pool = [*elites, *left]
        if not archive.can_afford(pool, n):
            return None
        archive.ask(pool, n)
        ordered = [pool[i] for i in ranking(pool, archive.table(pool, n))]
        if n >= deepest:
            return ordered[:keep]
        new = set(left)
        left = [point for point in ordered if point in new][: max(least, (len(left) + 1) // 2)]
        n = min(2 * n, deepest)
