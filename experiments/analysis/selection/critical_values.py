"""The constants on which the guarantees rest, computed instead of read from tables.

All integrals are by Gauss-Legendre quadrature over all but 1e-15 of the distribution, so that the error is far below
the last digit of any printed table, for all numbers of alternatives and of replications.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_TAIL = 1e-15
_NODES = 320


def kn_eta(alternatives: int, first: int, confidence: float, *, common: bool = True) -> float:
    """Return the constant eta of KN with c = 1.

    Parameters
    ----------
    alternatives : int
        [1] -- at least 2.
    first : int
        [1] -- observations of the first stage, at least 2.
    confidence : float
        [1] -- probability of a correct selection that is promised, below 1.
    common : bool
        Alternatives meet the same random numbers, so that nothing is known of their joint distribution; without them
        they are independent and a little less is enough.

    Returns
    -------
    float
        [1] -- ((2 beta)^(-2 / (first - 1)) - 1) / 2 with beta = alpha / (k - 1), or 1 - (1 - alpha)^(1 / (k - 1)) for
        independent alternatives; Kim & Nelson, *A fully sequential procedure for indifference-zone selection in
        simulation* (2001).

    Examples
    --------
    >>> round(kn_eta(2, 10, 0.95), 5), round(kn_eta(10, 24, 0.95), 5)
    (0.33405, 0.23944)
    """
    alpha = 1 - confidence
    beta = alpha / (alternatives - 1) if common else -math.expm1(math.log1p(-alpha) / (alternatives - 1))
    return (math.pow(2 * beta, -2 / (first - 1)) - 1) / 2


def kn_h2(alternatives: int, first: int, confidence: float, *, common: bool = True) -> float:
    """Return h^2 = 2 eta (first - 1) of KN with c = 1 [1].

    Examples
    --------
    >>> round(kn_h2(5, 10, 0.95), 4)
    11.4294
    """
    return 2 * kn_eta(alternatives, first, confidence, common=common) * (first - 1)


@lru_cache(maxsize=256)
def rinott_h(alternatives: int, confidence: float, first: int) -> float:
    """Return the constant h of Rinott's procedure.

    Parameters
    ----------
    alternatives : int
        [1] -- k, at least 2.
    confidence : float
        [1] -- probability of a correct selection that is promised, above 1 / k.
    first : int
        [1] -- observations of the first stage, at least 2.

    Returns
    -------
    float
        [1] -- root of int (int Phi(h / sqrt(nu (1/x + 1/y))) f(x) dx)^(k-1) f(y) dy = confidence, f the density of
        chi-square with nu = first - 1 degrees of freedom; Rinott, *On two-stage selection procedures and related
        probability-inequalities* (1978).

    Examples
    --------
    >>> round(rinott_h(10, 0.95, 20), 3)
    3.875
    """
    from scipy.special import ndtr

    nu = first - 1
    ratio, weight = _chi_nodes(nu)  # s = sqrt(x / nu), so that nu (1/x + 1/y) = 1/s^2 + 1/t^2.
    spread = 1 / np.sqrt(1 / np.square(ratio[:, None]) + 1 / np.square(ratio[None, :]))

    def probability(h: float) -> float:
        inner = (ndtr(h * spread) * weight).sum(axis=1)
        return float((inner ** (alternatives - 1) * weight).sum())

    return _root(probability, confidence)


@lru_cache(maxsize=256)
def largest_t(comparisons: int, degrees: float, alpha: float) -> float:
    """Return the one-sided critical value of the largest of several Student's t with correlation 1/2.

    Parameters
    ----------
    comparisons : int
        [1] -- statistics of which the largest counts, at least 1.
    degrees : float
        [1] -- degrees of freedom, at least 1; inf for known variances.
    alpha : float
        [1] -- probability that the largest is above.

    Returns
    -------
    float
        [1] -- T with P(largest <= T) = 1 - alpha: Dunnett's constant for equal numbers; Bechhofer's, divided by
        sqrt(2), if degrees is inf.

    Examples
    --------
    >>> round(largest_t(4, 45, 0.05), 4), round(largest_t(4, float("inf"), 0.05), 3)
    (2.2224, 2.16)
    """
    from scipy.special import ndtr

    scale, weight = _chi_nodes(degrees) if math.isfinite(degrees) else (np.ones(1), np.ones(1))
    z, z_weight = _nodes(-8.3, 8.3)
    z_weight = z_weight * np.exp(-np.square(z) / 2) / math.sqrt(2 * math.pi)

    def probability(t: float) -> float:
        inner = (ndtr(math.sqrt(2) * t * scale[:, None] + z[None, :]) ** comparisons * z_weight).sum(axis=1)
        return float((inner * weight).sum())

    return _root(probability, 1 - alpha)


def _chi_nodes(degrees: float) -> tuple[Array, Array]:
    """Return nodes and weights for a mean over sqrt(chi-square / degrees)."""
    from scipy.special import chdtri, gammaincinv, gammaln

    low = math.sqrt(2 * float(gammaincinv(degrees / 2, _TAIL)) / degrees)
    high = math.sqrt(float(chdtri(degrees, _TAIL)) / degrees)
    s, weight = _nodes(low, high)
    half = degrees / 2
    log_density = math.log(2) + half * math.log(half) - float(gammaln(half)) + (degrees - 1) * np.log(s)
    density = np.exp(log_density - half * np.square(s))
    return s, weight * density


def _nodes(low: float, high: float) -> tuple[Array, Array]:
    x, weight = _legendre()
    return low + (high - low) * (x + 1) / 2, weight * (high - low) / 2


@lru_cache(maxsize=1)
def _legendre() -> tuple[Array, Array]:
    from scipy.special import roots_legendre

    x, weight = roots_legendre(_NODES)
    return x, weight


def _root(probability: Callable[[float], float], wanted: float) -> float:
    """Solve a rising function; a probability of almost 1 may be out of reach of the quadrature."""
    from scipy.optimize import brentq

    high = 1.0
    while probability(high) < wanted:
        high *= 2
        if high > 1e9:
            raise ArithmeticError(f"no constant has the probability {wanted:g}")
    return float(brentq(lambda x: probability(x) - wanted, -high, high, xtol=1e-12, rtol=1e-13))
