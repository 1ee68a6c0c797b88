"""Predict later orders of a real marketplace from earlier ones, beside naive baselines; write docs/real_orders.md.

Run `python -m benchmarks.validate.real_orders FILE.csv` (about a minute). Fitted on orders placed before
2017-12-01 (`marketplace_fit`), judged on those placed later: delivered orders with all dates in both. Relevo
sees of a later order when it was placed, its value, the state of the customer and the promised date; never
when it was approved, handed over or delivered.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.validate import marketplace_fit as past
from sim import load_scenario, read_orders, simulate
from sim.rules import customers
from sim.scenario.company import Scenario

REPLICATIONS = 100
BOOTSTRAP = 2000
SEED = 20171201
SCENARIO = "marketplace_olist"
PAGE = Path(__file__).parents[2] / "docs" / "real_orders.md"
MEASURES = ("mean wait", "median wait", "90th percentile of waits", "late share", "unsatisfied share")

Numbers = NDArray[np.float64]


class Interval(NamedTuple):
    """A number and its 95 % interval."""

    value: float
    low: float
    high: float


class Prediction(NamedTuple):
    """What a way of predicting says of every order of a period."""

    waits: Numbers
    """Replications x orders [days]."""
    promised: Numbers
    """Promise of each order [days from placing]."""
    unsatisfied: Numbers
    """Chance that the customer is unsatisfied: replications x orders."""


class Comparison(NamedTuple):
    """Reality and predictions of a period."""

    orders: int
    measures: dict[str, list[Interval]]
    """By who says it, in the order of MEASURES."""
    scores: dict[str, list[float]]
    """By who predicts: CRPS of the wait [days], Brier score of lateness, of dissatisfaction."""
    judged_by_real_waits: float
    """Unsatisfied share by the model's rule of judgement when it is given the real waits."""


def measures(waits: Numbers, promised: Numbers, unsatisfied: Numbers) -> list[float]:
    """Return the measures of one set of orders."""
    return [
        float(waits.mean()),
        float(np.quantile(waits, 0.5)),
        float(np.quantile(waits, 0.9)),
        float((waits > promised).mean()),
        float(unsatisfied.mean()),
    ]


def measured(orders: pd.DataFrame) -> list[Interval]:
    """Return the measures of reality, with percentile bootstrap intervals over orders."""
    rng = np.random.default_rng(SEED)
    wait, score = orders.wait.to_numpy(), orders.unsatisfied.to_numpy(dtype=float)
    promised = promises(orders)
    picks = (rng.integers(0, len(orders), len(orders)) for _ in range(BOOTSTRAP))
    again = np.array([measures(wait[p], promised[p], score[p]) for p in picks])
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    return [Interval(*v) for v in zip(measures(wait, promised, score), low, high, strict=True)]


def predicted(by: Prediction) -> list[Interval]:
    """Return the measures of a prediction: mean over replications, and where 95 % of replications lie."""
    rows = np.array([measures(w, by.promised, u) for w, u in zip(by.waits, by.unsatisfied, strict=True)])
    low, high = np.quantile(rows, [0.025, 0.975], axis=0)
    return [Interval(*v) for v in zip(rows.mean(axis=0), low, high, strict=True)]


def promises(orders: pd.DataFrame) -> Numbers:
    """Return what was promised, from placing [days]."""
    return ((orders.promised - orders.placed) / pd.Timedelta(days=1)).to_numpy()


def by_relevo(path: Path, orders: pd.DataFrame, replications: int = REPLICATIONS) -> Prediction:
    """Simulate some orders of the file with Relevo; only these, those without a delivery have nothing to compare."""
    scenario = load_scenario(SCENARIO)
    lines = set(orders.index)
    file = read_orders(path, {k: v for k, v in scenario.demand.columns.model_dump().items() if v})
    file = replace(file, rows=tuple(r for r in file.rows if r.line in lines))
    span = (file.rows[-1].placed - dt.datetime.combine(file.rows[0].placed, dt.time())) / dt.timedelta(weeks=1)
    results = simulate(scenario, orders=file, replications=replications, seed=SEED, weeks=span + 0.1, tables=["orders"])
    table = results.tables["orders"]
    shape = (replications, len(orders))
    table = table.sort_values(["replication", "order"], kind="stable")
    assert (table.order.to_numpy().reshape(shape) == orders.index.to_numpy()).all(), "an order is missing"
    waits = table.wait.to_numpy().reshape(shape) / 24.0
    return Prediction(waits, promises(orders), table.dissatisfied.to_numpy().reshape(shape))


def resampled(
    past_orders: pd.DataFrame, orders: pd.DataFrame, scenario: Scenario, replications: int = REPLICATIONS
) -> Prediction:
    """Give each order the total time of a past one, whichever, and Relevo's judgement of lateness."""
    rng = np.random.default_rng(SEED)
    waits = rng.choice(past_orders.wait.to_numpy(), (replications, len(orders)))
    return Prediction(waits, promises(orders), judgement(scenario, waits, promises(orders)))


def judgement(scenario: Scenario, waits: Numbers, promised: Numbers) -> Numbers:
    """Return the chance that each customer is unsatisfied, by the model's rule."""

    def p(name: str) -> float:
        return scenario.parameter(f"satisfaction.{name}")

    def one(wait: float, promise: float) -> float:
        base = customers.base_dissatisfaction(p("floor"), p("wait_rise"), 24.0 * wait, p("long_wait"))
        late = 24.0 * (wait - promise)
        return customers.dissatisfied(late, base, p("late_rise"), p("late_midpoint"), p("late_scale"))

    return np.vectorize(one)(waits, promised)


def crps(by: Prediction, orders: pd.DataFrame) -> float:
    """Return the mean continuous ranked probability score of the waits [days]; lower is better.

    E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007), the second term over all pairs of replications.
    """
    n = len(by.waits)
    y = orders.wait.to_numpy()
    ordered = np.sort(by.waits, axis=0)
    weights = 2.0 * np.arange(1, n + 1) - n - 1.0
    spread = 2.0 * (weights[:, None] * ordered).sum(axis=0) / (n * (n - 1))
    return float((np.abs(by.waits - y).mean(axis=0) - 0.5 * spread).mean())


def brier(chance: Numbers, happened: pd.Series) -> float:
    """Return the Brier score of a chance for each order; lower is better."""
    return float(((chance - happened.to_numpy(dtype=float)) ** 2).mean())


def scores(by: Prediction, orders: pd.DataFrame) -> list[float]:
    """Return how well each order is predicted: its wait (CRPS), its lateness and its review (Brier)."""
    late = (by.waits > by.promised).mean(axis=0)
    return [crps(by, orders), brier(late, orders.late), brier(by.unsatisfied.mean(axis=0), orders.unsatisfied)]


def shipped_figures(scenario: Scenario) -> dict[str, tuple[str, float, float]]:
    """Return family, mean [days] and coefficient of variation of every stage of the shipped scenario."""
    found = {}
    for region in past.REGIONS:
        for step in scenario.routes[region]:
            name = f"carrier.{region}" if step.step == "delivery" else step.step
            assert step.time is not None
            assert step.time.cv is not None
            found[name] = (step.time.distribution, step.time.mean / 24.0, step.time.cv)
    return found


def differing(scenario: Scenario, stages: dict[str, past.Stage]) -> list[str]:
    """Return the stages whose figures in the shipped scenario are not the fitted ones, but for rounding."""
    return [
        f"{name}: the scenario has {family}, mean {mean:.3f} days, cv {cv:.2f}; fitted: {stages[name]}"
        for name, (family, mean, cv) in shipped_figures(scenario).items()
        if family != stages[name].family
        or abs(mean / stages[name].mean - 1) > 0.01
        or abs(cv - stages[name].cv) > 0.006
    ]


def compare(path: Path, fit: pd.DataFrame, chosen: pd.DataFrame, replications: int) -> Comparison:
    """Compare reality, Relevo and resampling on some orders."""
    scenario = load_scenario(SCENARIO)
    ways = {
        "Relevo": by_relevo(path, chosen, replications),
        "resampling": resampled(fit, chosen, scenario, replications),
    }
    real_waits = judgement(scenario, chosen.wait.to_numpy(), promises(chosen))
    return Comparison(
        len(chosen),
        {"real": measured(chosen), **{name: predicted(by) for name, by in ways.items()}},
        {name: scores(by, chosen) for name, by in ways.items()},
        float(real_waits.mean()),
    )


def main() -> None:
    """Write the page, and print it."""
    path = Path(sys.argv[1])
    orders = past.delivered_orders(path)
    fit, later = past.fit_period(orders), past.judged_period(orders)
    different = differing(load_scenario(SCENARIO), past.stages(fit))
    if different:
        sys.exit("\n".join(("scenarios/marketplace.yaml is not what the data say; mend it:", *different)))
    from benchmarks.validate.real_orders_page import page

    text = page(fit, later, [compare(path, fit, chosen, REPLICATIONS) for chosen in (fit, later)], REPLICATIONS)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
