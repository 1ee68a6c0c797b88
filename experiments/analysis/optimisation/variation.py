"""Children: what two parents have, mixed factor by factor, then changed a little, then made feasible."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

from experiments.analysis.optimisation.repair import repaired
from experiments.analysis.optimisation.space import Levels, Space

TRIES = 50
"""[1] -- for a child that is not known yet; after that one fewer is born."""


def child(space: Space, parents: Sequence[Levels], rng: Generator) -> Levels:
    """Return a feasible point made of two parents.

    Parameters
    ----------
    space : Space
        What is feasible.
    parents : sequence of tuple of int
        Best first; the better one of two drawn is taken, twice (a tournament).
    rng : Generator
        All luck.

    Notes
    -----
    Uniform crossover by groups of factors (Syswerda 1989), then one mutation, and each time with probability 1/2
    another one: a factor takes another level, nearer ones more often; two factors of equal numbers of levels exchange
    theirs; or a unit moves between two factors of the same kind.
    """
    one, two = (parents[int(min(rng.integers(len(parents), size=2)))] for _ in range(2))
    point = list(crossed(space, one, two, rng))
    while True:
        mutate(space, point, rng)
        if rng.random() < 0.5:
            return repaired(space, tuple(point), rng)


def crossed(space: Space, one: Levels, two: Levels, rng: Generator) -> Levels:
    """Take each group of factors from one of two points, with equal chance.

    Examples
    --------
    >>> from numpy.random import default_rng
    >>> from experiments.plan.designs import Axis
    >>> space = Space(tuple(Axis(name, 2) for name in "abcd"), (0,) * 4, groups=(0, 0, 1, 1))
    >>> sorted({crossed(space, (0, 0, 0, 0), (1, 1, 1, 1), default_rng(seed)) for seed in range(20)})
    [(0, 0, 0, 0), (0, 0, 1, 1), (1, 1, 0, 0), (1, 1, 1, 1)]
    """
    groups = space.groups or tuple(range(len(one)))
    names = sorted(set(groups))
    first = dict(zip(names, (rng.random(len(names)) < 0.5).tolist(), strict=True))
    return tuple(a if first[group] else b for a, b, group in zip(one, two, groups, strict=True))


def mutate(space: Space, point: list[int], rng: Generator) -> None:
    """Change a point in place, by one of the mutations that its factors allow."""
    kind = int(rng.integers(3))
    if kind == 1 and _swap(space, point, rng):
        return
    if kind == 2 and _move(space, point, rng):
        return
    _change(space, point, rng)


def _change(space: Space, point: list[int], rng: Generator) -> None:
    """Give one factor another level: the next one or any, or today's, each as often."""
    free = [i for i, number in enumerate(space.numbers) if number > 1]
    if not free:
        return
    i = free[int(rng.integers(len(free)))]
    number, how = space.numbers[i], int(rng.integers(3))
    if how == 0 and point[i] != space.today[i]:
        point[i] = space.today[i]
    elif how == 1:
        step = 1 if rng.random() < 0.5 else -1
        point[i] += step if 0 <= point[i] + step < number else -step
    else:
        point[i] = (point[i] + 1 + int(rng.integers(number - 1))) % number


def _swap(space: Space, point: list[int], rng: Generator) -> bool:
    """Let two factors of equal numbers of levels exchange theirs: one thing is done instead of another."""
    i = int(rng.integers(len(point)))
    others = [j for j, number in enumerate(space.numbers) if number == space.numbers[i] and point[j] != point[i]]
    if not others:
        return False
    j = others[int(rng.integers(len(others)))]
    point[i], point[j] = point[j], point[i]
    return True


def _move(space: Space, point: list[int], rng: Generator) -> bool:
    """Move one unit between two factors of the same kind: one level down here, one up there."""
    kinds = space.kinds or (None,) * len(point)
    givers = [i for i, kind in enumerate(kinds) if kind is not None and point[i] > 0]
    if not givers:
        return False
    i = givers[int(rng.integers(len(givers)))]
    takers = [
        j for j, kind in enumerate(kinds) if kind == kinds[i] and j != i and point[j] + 1 < space.numbers[j]
    ]  # fmt: skip
    if not takers:
        return False
    j = takers[int(rng.integers(len(takers)))]
    point[i] -= 1
    point[j] += 1
    return True
