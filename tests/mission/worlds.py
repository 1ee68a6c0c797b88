"""Paired comparisons of the mission: the same customers and luck in both worlds, and a t that no chance reaches."""

from __future__ import annotations

import math

import numpy as np

from sim.measures.record import Record

REPLICATIONS, SEED = 20, 43
CRITICAL = 3.579
"""Student's t, 19 degrees of freedom, one-sided 0.1 %."""

Results = list[dict[str, float]]
"""The metrics of every replication of a world."""


def t(metric: str, one: Results, other: Results) -> float:
    """Paired t of a metric from one world to another, of log ratios where everything is positive."""
    a, b = (np.array([found[metric] for found in world]) for world in (one, other))
    changes = np.log(b / a) if (a > 0).all() and (b > 0).all() else b - a
    mean, error = float(changes.mean()), float(changes.std(ddof=1)) / math.sqrt(REPLICATIONS)
    if error <= 1e-12 * abs(mean):
        return math.copysign(math.inf, mean) if mean else 0.0
    return mean / error


def not_so(moves: str, one: Results, other: Results) -> dict[str, float]:
    """Return those of '+metric -metric' that do not rise or fall from one world to the other as said, with their t."""
    signs = {"+": 1.0, "-": -1.0}
    found = {move: signs[move[0]] * t(move[1:], one, other) for move in moves.split()}
    return {move: value for move, value in found.items() if not value > CRITICAL}


def happened(r: Record) -> tuple[object, ...]:
    """What happened in a run: every instant, outcome and count, for comparison bit by bit."""
    rows = (r.orders, r.parts, r.customers, r.weeks, r.states)
    whole = [(name, of[name].tobytes()) for of in rows for name in of.dtype.names if of[name].dtype.kind in "iu"]
    return (*whole, r.departments, r.pairs, r.reported, r.mended, r.redundant, r.ended, r.customer_time)


def bits(r: Record) -> tuple[object, ...]:
    """Everything that a run leaves behind, also the states of departments, for comparison bit by bit."""
    rows = (r.orders, r.parts, r.customers, r.weeks, r.states)
    return (*happened(r), *(of.tobytes() for of in rows), r.held)
