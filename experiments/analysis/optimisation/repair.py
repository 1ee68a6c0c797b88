"""Repair: a point beyond a limit is pulled towards today, one level of one factor at a time.

`experiments.plan.shrinking` pulls all factors by one common factor and uses no luck, which suits a design. A search
wants its children to stay different, so here the factor that steps back is drawn.
"""

from __future__ import annotations

from numpy.random import Generator

from experiments.analysis.optimisation.space import Levels, Space


def repaired(space: Space, levels: Levels, rng: Generator) -> Levels:
    """Return a feasible point: the given one, or one between it and today.

    Parameters
    ----------
    space : Space
        What is feasible; today is.
    levels : tuple of int
        Any levels.
    rng : Generator
        Draws which factor steps back: any whose step relieves what is broken, with equal chance; if none does, any
        that is not as today.

    Examples
    --------
    >>> from numpy.random import default_rng
    >>> from experiments.analysis.optimisation.space import Row
    >>> from experiments.plan.designs import Axis
    >>> budget = Row("budget", ((0.0, 40.0), (0.0, 25.0, 50.0)), at_most=70.0)
    >>> space = Space((Axis("checklist", 2), Axis("training", 3)), (0, 0), (budget,))
    >>> sorted({repaired(space, (1, 2), default_rng(seed)) for seed in range(20)})
    [(0, 2), (1, 1)]
    """
    point = list(levels)
    while True:
        now = tuple(point)
        broken = [row for row in space.rows if row.excess(now) > 0]
        if not broken and space.is_possible(now):
            return now
        away = [i for i, (level, today) in enumerate(zip(now, space.today, strict=True)) if level != today]
        helping = [
            i for i in away if any(row.amounts[i][_back(space, now, i)] < row.amounts[i][now[i]] for row in broken)
        ]
        choices = helping or away
        i = choices[int(rng.integers(len(choices)))]
        point[i] = _back(space, now, i)


def _back(space: Space, levels: Levels, i: int) -> int:
    """Return the next level towards today."""
    return levels[i] + (1 if levels[i] < space.today[i] else -1)
