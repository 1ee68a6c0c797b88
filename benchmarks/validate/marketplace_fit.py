"""Fit the stages of `scenarios/marketplace.yaml` on past orders: payment approval, hand-over, delivery.

Run `python -m benchmarks.validate.marketplace_fit FILE.csv` to see every figure that the scenario contains.
Families are chosen by likelihood, and what delivery depends on by forecasts within the fit period
(`marketplace_choice`). Deterministic: no random numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import optimize, stats

JUDGED_FROM = pd.Timestamp("2017-12-01")
"""Orders placed before are fitted on, the others are predicted."""
SLOW_APPROVAL = 3.0 / 24.0
"""The valley between card payments (minutes) and bank slips (days) [days]."""
SHORTEST = {"hand_over": 0.01, "carrier": 0.1}
"""Shorter times (clerical: some are negative) are left out of the fit [days]."""
REGIONS = {
    "sao_paulo": "SP",
    "southeast": "ES MG RJ",
    "south": "PR RS SC",
    "centre_west": "DF GO MS MT",
    "northeast": "AL BA CE MA PB PE PI RN SE",
    "north": "AC AM AP PA RO RR TO",
}
"""The regions of Brazil's statistical office, with the state of São Paulo, where most sellers are, apart."""
REGION = {state: region for region, states in REGIONS.items() for state in states.split()}
FAMILIES = {"lognormal": stats.lognorm, "gamma": stats.gamma, "weibull": stats.weibull_min}
COLUMNS = {
    "placed": "order_purchase_timestamp",
    "approved": "order_approved_at",
    "handed": "order_delivered_carrier_date",
    "delivered": "order_delivered_customer_date",
    "promised": "order_estimated_delivery_date",
    "score": "review_score",
    "state": "customer_state",
    "value": "payment_value",
}


class Stage(NamedTuple):
    """A fitted stage: its family, mean and coefficient of variation, and on how many orders."""

    family: str
    mean: float
    """[days]"""
    cv: float
    orders: int
    likelihoods: dict[str, float]
    """Log-likelihood of each family at its best."""


def delivered_orders(path: Path) -> pd.DataFrame:
    """Return the delivered orders with all dates, and their stage times [days]; indexed by line of the file."""
    raw = pd.read_csv(path)
    orders = pd.DataFrame({name: raw[column] for name, column in COLUMNS.items()})
    orders.index = pd.RangeIndex(2, len(orders) + 2, name="line")
    for name in ("placed", "approved", "handed", "delivered", "promised"):
        orders[name] = pd.to_datetime(orders[name])
    orders = orders.dropna(subset=["approved", "handed", "delivered"])
    day = pd.Timedelta(days=1)
    orders["approval"] = (orders.approved - orders.placed) / day
    orders["hand_over"] = (orders.handed - orders.approved) / day
    orders["carrier"] = (orders.delivered - orders.handed) / day
    orders["wait"] = (orders.delivered - orders.placed) / day
    orders["days_late"] = (orders.delivered - orders.promised) / day
    orders["late"] = orders.days_late > 0
    orders["unsatisfied"] = orders.score <= 2
    orders["region"] = orders.state.map(REGION)
    return orders


def fit_period(orders: pd.DataFrame) -> pd.DataFrame:
    """Return the orders placed before the period that is judged."""
    return orders[orders.placed < JUDGED_FROM]


def judged_period(orders: pd.DataFrame) -> pd.DataFrame:
    """Return the orders that are judged."""
    return orders[orders.placed >= JUDGED_FROM]


def best(groups: list[pd.Series]) -> list[Stage]:
    """Return each group's stage in the family that is likeliest over all groups together."""
    fits = {name: [family.fit(np.asarray(times), floc=0.0) for times in groups] for name, family in FAMILIES.items()}
    likelihoods = {
        name: [float(family.logpdf(np.asarray(t), *p).sum()) for t, p in zip(groups, fits[name], strict=True)]
        for name, family in FAMILIES.items()
    }
    chosen = max(FAMILIES, key=lambda name: sum(likelihoods[name]))
    stages = []
    for k, times in enumerate(groups):
        mean, variance = FAMILIES[chosen].stats(*fits[chosen][k], moments="mv")
        values = {name: likelihoods[name][k] for name in FAMILIES}
        stages.append(Stage(chosen, float(mean), float(np.sqrt(variance) / mean), len(times), values))
    return stages


def stages(orders: pd.DataFrame) -> dict[str, Stage]:
    """Return the stages fitted on some orders: 'card', 'slip', 'hand_over' and 'carrier.REGION'."""
    slow = orders.approval > SLOW_APPROVAL
    (card,) = best([orders.approval[~slow & (orders.approval > 0)]])
    (slip,) = best([orders.approval[slow] - card.mean])
    (hand_over,) = best([orders.hand_over[orders.hand_over > SHORTEST["hand_over"]]])
    moved = orders[orders.carrier > SHORTEST["carrier"]]
    carriers = best([moved.carrier[moved.region == region] for region in REGIONS])
    by_region = {f"carrier.{region}": stage for region, stage in zip(REGIONS, carriers, strict=True)}
    return {"card": card, "slip": slip, "hand_over": hand_over, **by_region}


def slip_share(orders: pd.DataFrame) -> float:
    """Return the share of orders whose payment is approved only after hours: paid at a bank [1]."""
    return float((orders.approval > SLOW_APPROVAL).mean())


def satisfaction_curve(orders: pd.DataFrame) -> tuple[float, float, float, float]:
    """Return base, rise, midpoint and scale [days] of P(review of 1 or 2) by days late, by likelihood."""

    def loss(q: tuple[float, float, float, float]) -> float:
        chance = np.clip(dissatisfied(orders, q), 1e-6, 1.0 - 1e-6)
        return -float(np.where(orders.unsatisfied, np.log(chance), np.log1p(-chance)).sum())

    start = (0.1, 0.7, 3.0, 1.4)
    found = optimize.minimize(loss, start, method="Nelder-Mead", options={"maxiter": 4000})
    return tuple(float(v) for v in found.x)


def dissatisfied(orders: pd.DataFrame, curve: tuple[float, float, float, float]) -> pd.Series:
    """Return base + rise / (1 + exp(-(days late - midpoint) / scale)) of each order."""
    base, rise, midpoint, scale = curve
    return base + rise / (1.0 + np.exp(-(orders.days_late - midpoint) / scale))


def main() -> None:
    """Print the figures that the scenario contains."""
    orders = fit_period(delivered_orders(Path(sys.argv[1])))
    first, last, value = orders.placed.min(), orders.placed.max(), orders.value
    print(f"{len(orders)} delivered orders placed {first:%Y-%m-%d} to {last:%Y-%m-%d}")
    print(f"slip share {slip_share(orders):.4f}; value mean {value.mean():.1f} cv {value.std() / value.mean():.2f}")
    print(f"wait p90 {orders.wait.quantile(0.9):.2f} days")
    for name, stage in stages(orders).items():
        values = ", ".join(f"{family} {value:.0f}" for family, value in stage.likelihoods.items())
        figures = f"mean {stage.mean:8.4f} days cv {stage.cv:.3f} n {stage.orders:5d}"
        print(f"{name:22} {stage.family:10} {figures} ({values})")
    shares = orders.state.value_counts(normalize=True)
    print(", ".join(f"{state} {100 * shares.get(state, 0):.2f}" for state in REGION))


if __name__ == "__main__":
    main()
