"""How probable it is that each alternative is the best: easily read, and no guarantee."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.comparison import checked_table, complete
from experiments.analysis.selection.selected import Better
from sim.measures.interval import CONFIDENCE

DRAWS = 20_000
_CHUNK = 2_000
_TIE = 1e-9
"""[1] -- draws that differ by less than this share of their spread are alike: those of policies that do the same."""


def probability_best(
    values: ArrayLike, *, better: Better = "lower", draws: int = DRAWS, seed: int = 0
) -> tuple[float, ...] | None:
    """Return the posterior probability of each alternative to have the best expectation.

    Parameters
    ----------
    values : array of float, shape (k, n)
        [unit of the response] -- as in `comparison.compare`; only complete replications are used.
    better : str
        "lower" or "higher": which values are better.
    draws : int
        [1] -- from the posterior; the error is at most 0.5 / sqrt(draws) (one standard deviation).
    seed : int
        Of the draws: the same values give the same answer.

    Returns
    -------
    tuple of float or None
        [1] -- sum 1; alternatives that do the same share theirs. None with fewer than two complete replications.

    Raises
    ------
    InputError
        If there are fewer than two rows, or the direction is none.

    Notes
    -----
    The expectations have the multivariate t distribution around the means with the sample covariances / n and n - 1
    degrees of freedom: the posterior for which the interval of each paired difference is Student's (Geisser &
    Cornfield, *Posterior distributions for multivariate normal parameters*, 1963). It answers another question than a
    selection procedure: how much a bettor who saw these replications would stake, not how often one errs.

    Examples
    --------
    >>> probability_best([[3.0, 4.0, 5.0, 4.0], [1.0, 2.0, 2.0, 1.0], [1.0, 2.0, 2.0, 1.0]])
    (0.00135, 0.499325, 0.499325)
    """
    table = complete(checked_table(values, better, CONFIDENCE))
    if better == "lower":
        table = -table
    k, n = table.shape
    if n < 2:
        return None
    means = table.mean(axis=1)
    centred = (table - means[:, None]) / np.sqrt(n * (n - 1))
    random = np.random.default_rng(seed)
    shares = np.zeros(k)
    for begin in range(0, draws, _CHUNK):
        size = min(_CHUNK, draws - begin)
        # centred @ z has the sample covariances / n, also where there are more alternatives than replications.
        noise = centred @ random.standard_normal((n, size))
        scale = np.sqrt((n - 1) / random.chisquare(n - 1, size))
        drawn = (means - means.max())[:, None] + noise * scale
        best = drawn >= drawn.max(axis=0) - _TIE * np.ptp(drawn, axis=0)
        shares += (best / best.sum(axis=0)).sum(axis=1)
    return tuple((shares / shares.sum()).tolist())
