"""The regimes of a world as words, which can be put behind a kept state: other policies, the same past."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World
from sim.arrays.regimes import COMPANY_FIELDS, DEPARTMENT_FIELDS, PAIR_FIELDS, Regime
from sim.engines.compiled import layout as at


def pack_regimes(world: World) -> NDArray[np.int64]:
    """Return the words of a world's regimes: a table of where each week's stands, from its beginning, then they."""
    distinct: dict[int, int] = {}
    table: list[int] = []
    words: list[NDArray[np.int64]] = []
    begin = len(world.regimes)
    for regime in world.regimes:
        if id(regime) not in distinct:
            distinct[id(regime)] = begin
            words.append(_regime_words(regime))
            begin += len(words[-1])
        table.append(distinct[id(regime)])
    return np.concatenate([np.array(table, dtype=np.int64), *words])


def place_regimes(m: NDArray[np.int64], regimes: NDArray[np.int64], weeks: int, place: int) -> None:
    """Write the words of regimes at a place, and let them be in force."""
    m[place : place + len(regimes)] = regimes
    m[place : place + weeks] += place
    m[at.REGIMES] = place


def _regime_words(regime: Regime) -> NDArray[np.int64]:
    """Return a regime: of the company, of each department in turn, of all pairs; in the order of the fields."""
    of_departments = np.array([getattr(regime, name) for name in DEPARTMENT_FIELDS], dtype=np.float64).T
    values = np.concatenate(
        [
            np.array([getattr(regime, name) for name in COMPANY_FIELDS], dtype=np.float64),
            of_departments.ravel(),
            np.array([getattr(regime, name) for name in PAIR_FIELDS], dtype=np.float64).ravel(),
        ]
    )
    words = values.view(np.int64).copy()
    # Posts are whole people; the first field of each department.
    first, stride = len(COMPANY_FIELDS), len(DEPARTMENT_FIELDS)
    words[first : first + stride * len(regime.posts) : stride] = regime.posts
    return words
