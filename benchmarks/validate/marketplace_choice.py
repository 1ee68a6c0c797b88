"""How the stages of the marketplace were chosen: forecasts within the fit period, so that nothing later is seen.

Run `python -m benchmarks.validate.marketplace_choice FILE.csv`. Each variant is fitted on the orders before the
first of a month and predicts the two months that follow, for six months; plain numpy, not Relevo.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import gamma

from benchmarks.validate import marketplace_fit as past

ORIGINS = pd.date_range("2017-05-01", periods=6, freq="MS")
DRAWS = 200
SEED = 1


def drawn(stage: past.Stage, rng: np.random.Generator, size: tuple[int, int]) -> NDArray[np.float64]:
    """Draw times of a stage [days]."""
    mean, cv = stage.mean, stage.cv
    if stage.family == "gamma":
        return rng.gamma(1.0 / cv**2, mean * cv**2, size)
    if stage.family == "lognormal":
        sigma = np.sqrt(np.log1p(cv**2))
        return mean * np.exp(sigma * rng.standard_normal(size) - 0.5 * sigma**2)
    shape = brentq(lambda k: gamma(1 + 2 / k) / gamma(1 + 1 / k) ** 2 - 1 - cv**2, 0.2, 50.0)
    return mean * rng.weibull(shape, size) / gamma(1 + 1 / shape)


def forecast(known: pd.DataFrame, next_ones: pd.DataFrame, by_region: bool) -> NDArray[np.float64]:
    """Draw waits of some orders from the stages fitted on others [days]."""
    rng = np.random.default_rng(SEED)
    stages = past.stages(known)
    size = (DRAWS, len(next_ones))
    waits = drawn(stages["card"], rng, size) + drawn(stages["hand_over"], rng, size)
    waits += (rng.random(size) < past.slip_share(known)) * drawn(stages["slip"], rng, size)
    if not by_region:
        (carrier,) = past.best([known.carrier[known.carrier > past.SHORTEST["carrier"]]])
        return waits + drawn(carrier, rng, size)
    for region in past.REGIONS:
        here = np.flatnonzero(next_ones.region == region)
        waits[:, here] += drawn(stages[f"carrier.{region}"], rng, (DRAWS, len(here)))
    return waits


def judge(orders: pd.DataFrame, days: int | None, how: str) -> tuple[float, float, float, float]:
    """Return CRPS of waits [days], Brier score of lateness, late share predicted and real, over all origins."""
    rows = []
    for origin in ORIGINS:
        known = orders[orders.placed < origin]
        if days is not None:
            known = known[known.placed >= origin - pd.Timedelta(days=days)]
        later = orders[(orders.placed >= origin) & (orders.placed < origin + pd.DateOffset(months=2))]
        if how == "resampling":
            waits = np.random.default_rng(SEED).choice(known.wait.to_numpy(), (DRAWS, len(later)))
        else:
            waits = forecast(known, later, how == "by region")
        spread = np.abs(waits - np.roll(waits, 1, axis=0)).mean()
        late = (waits > ((later.promised - later.placed) / pd.Timedelta(days=1)).to_numpy()).mean(axis=0)
        crps = np.abs(waits - later.wait.to_numpy()).mean() - 0.5 * spread
        rows.append((crps, ((late - later.late) ** 2).mean(), late.mean(), later.late.mean()))
    return tuple(np.mean(rows, axis=0).tolist())


def main() -> None:
    """Print the scores of every variant."""
    orders = past.fit_period(past.delivered_orders(Path(sys.argv[1])))
    for how in ("resampling", "pooled", "by region"):
        for days in (None, 120, 90, 60):
            crps, brier, late, real = judge(orders, days, how)
            since = "all earlier orders" if days is None else f"the last {days} days"
            print(f"{how:10} {since:20} CRPS {crps:.3f} Brier {brier:.4f} late {late:.3f} (real {real:.3f})")


if __name__ == "__main__":
    main()
