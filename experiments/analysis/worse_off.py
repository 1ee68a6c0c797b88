"""Who is worse off under a policy: every figure of the customers, departments and pairs, looked at all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.analysis.comparison import standing_of
from experiments.analysis.mean_interval import Interval, interval, paired_interval
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

Runs = Mapping[int, Mapping[str, float]]
"""Metrics by replication."""
LEAST = 0.02
"""[1] -- relative change from which a figure is worth telling."""
NOBODYS = ("cost", "policy_cost", "turnover_cost")
"""Parts of the profit, which is looked at itself."""


@dataclass(frozen=True)
class WorseOff:
    """A figure that a policy clearly makes worse.

    Attributes
    ----------
    alternative : str
        The way of working.
    metric : str
        The figure.
    before : Interval
        [unit of the metric] -- its mean today.
    change : Interval
        [unit of the metric] -- paired difference from today; its interval holds together with all others looked at.
    """

    alternative: str
    metric: str
    before: Interval
    change: Interval

    @property
    def relative(self) -> float:
        """Size of the change relative to today's mean [1]; infinite where that is zero."""
        if not self.before.mean:
            return float("inf")
        return abs((self.change.mean or 0.0) / self.before.mean)


def worse_off(today: Runs, others: Mapping[str, Runs], confidence: float = CONFIDENCE) -> dict[str, list[WorseOff]]:
    """Find every figure that some way of working makes worse beyond doubt.

    Parameters
    ----------
    today : mapping
        Metrics by replication.
    others : mapping
        By way of working, in the same replications.
    confidence : float
        [1] -- of all that is looked at together (Bonferroni): a figure that is named is worse.

    Returns
    -------
    dict
        By way of working: the figures, the largest relative change first; changes of less than 2 % are left out.
    """
    names = [name for name in _names(today) if describe(name).better is not None and _is_somebodys(name)]
    error = (1 - confidence) / max(1, len(names) * len(others))
    found: dict[str, list[WorseOff]] = {}
    for alternative, runs in others.items():
        rows = []
        for name in names:
            one, other = _values(runs, name), _values(today, name)
            change = paired_interval(one, other, 1 - error)
            better = describe(name).better or "lower"
            if change.n > 1 and standing_of(change, better, error) == "worse":
                rows.append(WorseOff(alternative, name, interval(other.values()), change))
        rows = [row for row in rows if row.relative >= LEAST]
        found[alternative] = sorted(rows, key=lambda row: -row.relative)
    return found


def _is_somebodys(name: str) -> bool:
    """Whether a figure is a customer's, a department's or a pair's, or the profit: no part of an account of another."""
    return name not in NOBODYS and not name.startswith(("wait_hours.", "wait_share."))


def _names(runs: Runs) -> Sequence[str]:
    return list(dict.fromkeys(name for row in runs.values() for name in row))


def _values(runs: Runs, name: str) -> dict[int, float]:
    return {r: row[name] for r, row in runs.items() if name in row and row[name] == row[name]}
