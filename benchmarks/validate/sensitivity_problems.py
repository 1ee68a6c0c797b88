"""Functions whose sensitivity is known exactly, and luck to hide it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """A function of k independent places in [0, 1], with exact indices."""

    name: str
    k: int
    of: Callable[[Array], Array]
    variance: float
    first: tuple[float, ...]
    total: tuple[float, ...]


def ishigami(places: Array) -> Array:
    """Ishigami & Homma (1990) with 7 and 0.1, x = pi (2 u - 1)."""
    x = np.pi * (2 * places - 1)
    return np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])


def _ishigami() -> Problem:
    a, b = 7.0, 0.1
    alone = (0.5 * (1 + b * math.pi**4 / 5) ** 2, a * a / 8, 0.0)
    both = b * b * math.pi**8 * (1 / 18 - 1 / 50)
    v = sum(alone) + both
    return Problem(
        "Ishigami",
        3,
        ishigami,
        v,
        tuple(x / v for x in alone),
        ((alone[0] + both) / v, alone[1] / v, both / v),
    )


G = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0)
"""Saltelli & Sobol' (1995): from important to without any importance."""


def g_factors(places: Array) -> Array:
    return (np.abs(4 * places - 2) + np.array(G)) / (1 + np.array(G))


def g_function(places: Array) -> Array:
    """Sobol's g: the product of (|4 u - 2| + a) / (1 + a)."""
    product: Array = g_factors(places).prod(axis=-1)
    return product


def _g() -> Problem:
    single = [1 / (3 * (1 + a) ** 2) for a in G]
    v = math.prod(1 + x for x in single) - 1
    total = tuple(x * math.prod(1 + y for k, y in enumerate(single) if k != i) / v for i, x in enumerate(single))
    return Problem("Sobol's g", len(G), g_function, v, tuple(x / v for x in single), total)


ISHIGAMI, G_FUNCTION = _ishigami(), _g()


def elementary_of_g(grid: int = 4) -> list[tuple[float, float, float]]:
    """Return mu, mu* and sigma^2 of every factor of g, by enumeration of the grid: g is a product."""
    at = np.arange(grid) / (grid - 1)
    jump = grid // 2
    factors = g_factors(np.repeat(at[:, None], len(G), axis=1))
    ends = (factors[jump:] - factors[: grid - jump]) * (grid - 1) / jump
    found = []
    for i in range(len(G)):
        others = [factors[:, j] for j in range(len(G)) if j != i]
        first = math.prod(float(o.mean()) for o in others)
        second = math.prod(float(np.square(o).mean()) for o in others)
        mean, size, square = (float(x.mean()) for x in (ends[:, i], np.abs(ends[:, i]), np.square(ends[:, i])))
        found.append((mean * first, size * first, square * second - (mean * first) ** 2))
    return found


def morris_function(places: Array) -> Array:
    """Morris (1991), section 4: 20 factors; his random coefficients by his signs, so that it is the same always.

    The first ten matter; 8 to 10 act alone and linearly, 1 to 7 curved or together.
    """
    w = 2 * (places - 0.5)
    for i in (2, 4, 6):
        w[..., i] = 2 * (1.1 * places[..., i] / (places[..., i] + 0.1) - 0.5)
    k = places.shape[-1]
    first = np.array([20.0 if i < 10 else (-1.0) ** (i + 1) for i in range(k)])
    y = (w * first).sum(axis=-1)
    for i, j in itertools.combinations(range(k), 2):
        y = y + (-15.0 if j < 6 else (-1.0) ** (i + j)) * w[..., i] * w[..., j]
    for i, j, m in itertools.combinations(range(5), 3):
        y = y - 10.0 * w[..., i] * w[..., j] * w[..., m]
    return y + 5.0 * w[..., 0] * w[..., 1] * w[..., 2] * w[..., 3]


def morris_by_hand(number: int, random: Generator, grid: int = 4) -> tuple[Array, Array, Array]:
    """Return mu, mu* and sigma^2 of Morris' function without trajectories: single steps from random points."""
    k, jump = 20, grid // 2
    found = []
    for i in range(k):
        low = random.integers(grid, size=(number, k))
        low[:, i] = random.integers(grid - jump, size=number)
        high = low.copy()
        high[:, i] += jump
        steps = morris_function(high / (grid - 1)) - morris_function(low / (grid - 1))
        found.append(steps * (grid - 1) / jump)
    effects = np.array(found)
    return effects.mean(axis=1), np.abs(effects).mean(axis=1), effects.var(axis=1)


def own_luck(shape: tuple[int, ...], random: Generator) -> Array:
    """Luck of every run for itself, variance 1."""
    return random.normal(size=shape)


def common_luck(places: Array, n: int, random: Generator) -> Array:
    """Luck with common random numbers, variance 1: a smooth function of the point, another one in each replication.

    A third shifts all points alike, two thirds vary along the first two factors.
    """
    z = random.normal(size=(3, n)) / math.sqrt(3)
    along = [np.ones(len(places)), math.sqrt(3) * (2 * places[:, 0] - 1), math.sqrt(2) * np.cos(np.pi * places[:, 1])]
    return np.einsum("ap,an->pn", np.array(along), z)
