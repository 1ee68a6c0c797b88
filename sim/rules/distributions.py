"""Random variates by inversion: one uniform number in, one value out, monotone.

Inversion keeps common random numbers in step: a larger uniform is a longer service under every policy.
Every family has mean 1 here and is scaled by the caller; smooth families without a closed inverse (gamma,
Erlang) come as a table over the normal deviate, prepared by `sim.arrays.variates`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.rules.rule import rule

DETERMINISTIC, EXPONENTIAL, LOGNORMAL, UNIFORM, WEIBULL, TRIANGULAR, SMOOTH_TABLE, STEP_TABLE = range(8)
"""Families. Parameters (a, b): lognormal sigma; uniform half-width; Weibull 1/shape, scale; triangular low, high."""

TABLE_LOW = -8.25
TABLE_STEP = 1.0 / 64.0
"""Grid of a smooth table: normal deviates from -8.25 in steps of 1/64."""


@rule
def _ratio_central(r: float) -> float:
    top = (
        (
            (
                (
                    ((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                    + 45921.953931549871457
                )
                * r
                + 13731.693765509461125
            )
            * r
            + 1971.5909503065514427
        )
        * r
        + 133.14166789178437745
    ) * r + 3.387132872796366608
    bottom = (
        (
            (
                (
                    ((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                    + 21213.794301586595867
                )
                * r
                + 5394.1960214247511077
            )
            * r
            + 687.1870074920579083
        )
        * r
        + 42.313330701600911252
    ) * r + 1.0
    return top / bottom


@rule
def _ratio_middle(r: float) -> float:
    top = (
        (
            (
                (
                    ((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                    + 1.27045825245236838258
                )
                * r
                + 3.64784832476320460504
            )
            * r
            + 5.7694972214606914055
        )
        * r
        + 4.6303378461565452959
    ) * r + 1.42343711074968357734
    bottom = (
        (
            (
                (
                    ((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                    + 0.14810397642748007459
                )
                * r
                + 0.68976733498510000455
            )
            * r
            + 1.6763848301838038494
        )
        * r
        + 2.05319162663775882187
    ) * r + 1.0
    return top / bottom


@rule
def _ratio_tail(r: float) -> float:
    top = (
        (
            (
                (
                    ((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
                    + 0.026532189526576123093
                )
                * r
                + 0.29656057182850489123
            )
            * r
            + 1.7848265399172913358
        )
        * r
        + 5.4637849111641143699
    ) * r + 6.6579046435011037772
    bottom = (
        (
            (
                (
                    ((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                    + 7.868691311456132591e-4
                )
                * r
                + 0.0148753612908506148525
            )
            * r
            + 0.13692988092273580531
        )
        * r
        + 0.59983220655588793769
    ) * r + 1.0
    return top / bottom


@rule
def normal_deviate(u: float) -> float:
    """Return the standard normal quantile of u in (0, 1), relative error about 1e-16.

    Source: Wichura 1988, algorithm AS 241 (PPND16), Applied Statistics 37(3) (grade A).

    Examples
    --------
    >>> round(normal_deviate(0.975), 6)
    1.959964
    """
    q = u - 0.5
    if -0.425 <= q <= 0.425:
        return q * _ratio_central(0.180625 - q * q)
    tail = u if q < 0.0 else 1.0 - u
    r = math.sqrt(-math.log(tail))
    value = _ratio_middle(r - 1.6) if r <= 5.0 else _ratio_tail(r - 5.0)
    return -value if q < 0.0 else value


@rule
def unit_variate(family: int, a: float, b: float, table: Sequence[float], first: int, size: int, u: float) -> float:
    """Return the quantile of u of a family with mean 1.

    Parameters
    ----------
    family : int
        One of the families above.
    a, b : float
        Its parameters.
    table : sequence of float
        Where the quantiles of a table family stand.
    first, size : int
        Where they begin, and how many there are; 0 for the other families.
    u : float
        In (0, 1).
    """
    if family == LOGNORMAL:
        return math.exp(a * normal_deviate(u) - 0.5 * a * a)
    if family == EXPONENTIAL:
        return -math.log(1.0 - u)
    if family == DETERMINISTIC:
        return 1.0
    if family == UNIFORM:
        return 1.0 + a * (2.0 * u - 1.0)
    if family == WEIBULL:
        return b * math.exp(a * math.log(-math.log(1.0 - u)))
    if family == TRIANGULAR:
        return _triangular(a, b, u)
    if family == SMOOTH_TABLE:
        return _interpolate(table, first, size, (normal_deviate(u) - TABLE_LOW) / TABLE_STEP)
    return table[first + int(u * size)]


@rule
def _triangular(low: float, high: float, u: float) -> float:
    # Mean 1 fixes the mode: 3 - low - high.
    mode = 3.0 - low - high
    if u * (high - low) < mode - low:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - u) * (high - low) * (high - mode))


@rule
def _interpolate(table: Sequence[float], first: int, size: int, position: float) -> float:
    last = size - 1
    if position <= 0.0:
        return table[first]
    if position >= last:
        return table[first + last]
    i = int(position)
    return table[first + i] + (position - i) * (table[first + i + 1] - table[first + i])


@rule
def narrow(value: float, scv_factor: float) -> float:
    """Shrink a variate of mean 1 towards its mean so that its squared CV is multiplied by a factor.

    The mean is kept and the order of values too, for every family. Factors above 1 widen; the result is
    cut at 0, which then raises the mean a little (grade D: the form is an assumption).

    Examples
    --------
    >>> narrow(3.0, 0.25)
    2.0
    """
    if scv_factor == 1.0:
        return value
    return max(0.0, 1.0 + (value - 1.0) * math.sqrt(scv_factor))
