"""What is published, or was measured elsewhere with other code; a constant of a procedure that Relevo does not have."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special, stats

KN = {  # (k, n0): eta, h^2 at 95 %, c = 1.
    (2, 10): (0.33405, 6.0129), (5, 10): (0.63497, 11.4294), (10, 10): (0.85908, 15.4635),
    (10, 24): (0.23944, 11.0143), (100, 24): (0.41088, 18.9004),
}  # fmt: skip
RINOTT = {  # (k, P*, n0): h.
    (4, 0.90, 20): 2.720, (5, 0.90, 20): 2.916, (2, 0.95, 20): 2.452, (5, 0.95, 20): 3.385, (10, 0.95, 20): 3.875,
    (100, 0.95, 20): 5.184, (10, 0.95, 10): 4.290,
}  # fmt: skip
LARGEST_T = {(4, 45): 2.2224, (4, 36): 2.2384, (9, 81): 2.4605}
"""(comparisons, degrees of freedom): critical value at 5 %."""
BECHHOFER = (1.645, 1.916, 2.062, 2.160)
BECHHOFER_ROOT_2 = (2.3262, 2.7101, 2.9162, 3.0552)
DUDEWICZ_DALAL = {  # (P*, n0): h1 for k = 2 .. 10; Law, table 10.11, with 2.452 for its 2.453.
    (0.90, 20): (1.896, 2.342, 2.583, 2.747, 2.870, 2.969, 3.051, 3.121, 3.182),
    (0.90, 40): (1.852, 2.283, 2.514, 2.669, 2.785, 2.878, 2.954, 3.019, 3.076),
    (0.95, 20): (2.452, 2.872, 3.101, 3.258, 3.377, 3.472, 3.551, 3.619, 3.679),
    (0.95, 40): (2.386, 2.786, 3.003, 3.150, 3.260, 3.349, 3.422, 3.484, 3.539),
}
LAW_10_9 = ((14.52, 7.96, 9.45, 8.25, 6.20), (110, 61, 72, 63, 47))
"""First-stage variances and sample sizes, k = 5, P* = 0.90, indifference 1, n0 = 20; Law, table 10.9."""
OCBA_SHARES = (0.4032, 0.3876, 0.0969, 0.0431, 0.0242, 0.0155, 0.0108, 0.0079, 0.0061, 0.0048)
"""Ten alternatives with expectations 1 .. 10 and the same deviation, smallest best."""
OCBA_DEMO = {400: (0.893, 0.742), 1000: (0.982, 0.877), 2000: (0.999, 0.952)}
"""The same with deviation 6; budget: P(correct) of OCBA elsewhere, of equal shares exactly (`equal_shares_exactly`)."""
SLIPPAGE = {  # (k, rho): P(correct), mean runs of KN elsewhere; sigma 1, gap 1 / sqrt(10), n0 = 10.
    (2, 0.0): (0.959, 82.2), (5, 0.0): (0.962, 398), (10, 0.0): (0.9655, 974), (25, 0.0): (0.965, 2884),
    (2, 0.5): (None, 43.3), (5, 0.5): (None, 202), (10, 0.5): (None, 494), (25, 0.5): (None, 1459),
}  # fmt: skip
SHARP = {  # gap / sigma: P(correct), mean runs of KN elsewhere; k = 2, n0 = 10: the bound becomes exact.
    1.0: (0.9917, 20.2), 0.5: (0.9647, 35.8), 0.25: (0.9559, 129.7), 0.1: (0.9530, 781), 0.05: (0.9534, 3116),
}  # fmt: skip
MONOTONE = (0.995, 426.0)
"""k = 10, each worse by 1 / sqrt(10) than the next better one, n0 = 10: KN elsewhere."""
FAILING = (0.455, 0.987, 300.0)
"""k = 5, deviations 3, .2, .2, .2, .2, best last by .5: a library with wrong variances; correct KN; its mean runs."""
BONFERRONI = 0.956
"""Joint coverage of Bonferroni intervals against a baseline at 95 %, elsewhere."""


def dudewicz_dalal(k: int, confidence: float, first: int) -> float:
    """Return h1 with int F(t + h1)^(k - 1) f(t) dt = P*, F and f Student's with n0 - 1 degrees of freedom.

    Dudewicz & Dalal, Allocation of observations in ranking and selection with unequal variances (1975).
    """
    x, weight = np.polynomial.legendre.leggauss(400)
    t = 12 * np.sinh(2 * x) / np.sinh(2)
    weight = weight * 24 * np.cosh(2 * x) / np.sinh(2) * stats.t.pdf(t, first - 1)

    def probability(h: float) -> float:
        return float(special.stdtr(first - 1, t + h) ** (k - 1) @ weight)

    return float(optimize.brentq(lambda h: probability(h) - confidence, 0.0, 20.0, xtol=1e-10))


def equal_shares_exactly(budget: int) -> float:
    """Return P(the mean of N(1, 6^2) is the lowest of ten, N(i, 6^2), i = 1 .. 10), each over a tenth of the budget."""
    error = 6 / np.sqrt(budget / 10)
    x, weight = np.polynomial.legendre.leggauss(200)
    z, weight = 8.5 * x, 8.5 * weight * stats.norm.pdf(8.5 * x)
    others = [special.ndtr((i - 1) / error - z) for i in range(2, 11)]
    return float(np.prod(others, axis=0) @ weight)
