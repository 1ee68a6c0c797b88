"""The Python door for notebooks: load a scenario, simulate it, look at tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sim.arrays.real_orders import orders_of, suited, window_remarks
from sim.engines.protocol import DEFAULT
from sim.errors import UsageError
from sim.measures.columns import describe
from sim.orders import OrderFile
from sim.policies import Policy, portfolio
from sim.rules.draws import LARGEST_SEED
from sim.run import RunSpec, run
from sim.scenario.company import Scenario
from sim.scenario.load import load_scenario
from sim.scenario.orders import CustomerDemand

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """Replications of one scenario under one portfolio.

    Attributes
    ----------
    scenario : Scenario
        What was simulated.
    policies : str
        The portfolio's key; empty for today's way of working.
    metrics : DataFrame
        One row per replication, one column per metric; nan where a metric does not apply.
    tables : dict of DataFrame
        Tidy tables over all replications; columns as in `sim.measures.columns.TABLES`.
    orders : OrderFile, optional
        The real orders that it ran on, with the rows that could not be used; None for the scenario's own demand.
    remarks : tuple of str
        What to know about these orders: rows that cannot be used, orders outside the window.
    """

    scenario: Scenario
    policies: str
    metrics: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    orders: OrderFile | None = None
    remarks: tuple[str, ...] = ()

    def summary(self) -> pd.DataFrame:
        """Return mean, 95 % half-width (t), unit and number of replications of every metric."""
        import pandas as pd

        from sim.measures.interval import t_half_width

        n = self.metrics.count()
        spread = zip(self.metrics.std(ddof=1), n, strict=True)
        half_widths = [t_half_width(float(sd), int(k)) if k > 1 else float("nan") for sd, k in spread]
        return pd.DataFrame(
            {
                "mean": self.metrics.mean(),
                "half_width": half_widths,
                "unit": [describe(name, self.scenario.currency).unit for name in map(str, self.metrics)],
                "n": n,
            }
        )

    def __repr__(self) -> str:
        wait = self.metrics["wait_mean"]
        said = _with_digits(float(wait.mean()), _half_width(wait))
        text = f"Results({self.scenario.name}, {self._ways()}, {len(self.metrics)} replications, mean wait {said} h)"
        return "\n".join((text, *self.remarks))

    def _ways(self) -> str:
        return self.policies or "today"

    def _repr_html_(self) -> str:
        """Return a small table for notebooks: what managers look at first; `summary()` has all of it."""
        there = [name for name in HEADLINE if name in self.metrics and self.metrics[name].notna().any()]
        rows = []
        for name in there:
            known, values = describe(name, self.scenario.currency), self.metrics[name].dropna()
            said = _with_digits(float(values.mean()), _half_width(values))
            unit = "" if known.unit in {"1", "share"} else known.unit
            rows.append((name, f"{said} {unit}".strip(), len(values), known.en))
        cells = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
        remarks = "".join(f"<p>{escape(text)}</p>" for text in self.remarks)
        return (
            f"<p><b>{escape(self.scenario.name)}</b>: {escape(self._ways())}, {len(self.metrics)} replications; means "
            "with 95 % intervals</p><table><thead><tr><th>metric</th><th>mean</th><th>runs</th><th>meaning</th></tr>"
            f"</thead><tbody>{cells}</tbody></table>{remarks}"
        )


HEADLINE = (
    *("wait_mean", "wait_p90", "promise_kept_share", "churn_per_year", "customers_end", "profit", "policy_cost"),
    *("right_first_time_share", "workaround_share", "morale_mean", "resignations_per_year"),
)
"""Metrics of the small table."""


def _half_width(values: pd.Series[float]) -> float | None:
    from sim.measures.interval import t_half_width

    n = int(values.count())
    return t_half_width(float(values.std(ddof=1)), n) if n > 1 else None


def _with_digits(mean: float, half_width: float | None) -> str:
    """Write a mean with the digits that its interval leaves meaning to.

    Examples
    --------
    >>> _with_digits(39.2187, 1.0833), _with_digits(1234567.0, 45678.0), _with_digits(0.25, None)
    ('39.2 ± 1.1', '1,235,000 ± 46,000', '0.25')
    """
    if not half_width or not math.isfinite(half_width):
        return f"{mean:.3g}" if abs(mean) < 1000 else f"{mean:,.0f}"
    place = 1 - math.floor(math.log10(half_width))
    return f"{round(mean, place):,.{max(place, 0)}f} ± {round(half_width, place):,.{max(place, 0)}f}"


def simulate(
    scenario: Scenario | str | Path,
    policies: Iterable[str | Policy | tuple[str | Policy, float]] = (),
    *,
    replications: int = 1,
    seed: int = 1,
    weeks: float | None = None,
    engine: str = DEFAULT,
    orders: OrderFile | str | Path | None = None,
    tables: Sequence[str] = ("departments", "pairs", "orders", "customers", "weeks", "states", "waits"),
) -> Results:
    """Simulate a scenario under some policies.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, a shipped name or a file.
    policies : iterable
        Names or policies, alone (full intensity) or as (policy, intensity in [0, 1]).
    replications : int
        Number of replications, at least 1; replication k has the same luck under all policies.
    seed : int
        Root of all luck, a whole number from 0 to 2**62.
    weeks : float, optional
        Measured weeks instead of the scenario's horizon; the warm-up is extra.
    engine : str
        Name of the engine; all give the same numbers. 'both' runs two and compares them bit for bit.
    orders : OrderFile, str or Path, optional
        Real orders instead of the scenario's demand, read (see `sim.orders.read_orders`) or as a CSV file with
        the columns that the scenario names. If not given, those of the file that the scenario names, if any.
    tables : sequence of str
        Tables to keep.

    Returns
    -------
    Results

    Raises
    ------
    InputError, UsageError
        If a file, name or number cannot be used; the text says what to do.

    Examples
    --------
    >>> results = simulate("theory/mm1", weeks=4, replications=2)
    >>> results.metrics["orders_unfinished"].tolist()
    [0.0, 0.0]
    """
    import pandas as pd

    if replications < 1:
        raise UsageError(f"replications: got {replications}, must be at least 1.")
    if not 0 <= seed <= LARGEST_SEED:
        raise UsageError(f"seed: got {seed}, must be between 0 and {LARGEST_SEED}.")
    given = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    if weeks is not None:
        given = with_weeks(given, weeks)
    real = suited(given, orders) if isinstance(orders, OrderFile) else orders_of(given, orders)
    chosen = portfolio([p if isinstance(p, tuple) else (p, 1.0) for p in policies])
    results = [
        run(RunSpec(given, chosen, seed, k, engine, orders=real, tables=tuple(tables))) for k in range(replications)
    ]
    return Results(
        given,
        chosen.key,
        pd.DataFrame([r.metrics for r in results], index=pd.RangeIndex(replications, name="replication")),
        {name: pd.concat([r.tables[name] for r in results], ignore_index=True) for name in results[0].tables},
        real,
        () if real is None else (*_bad_rows(real), *real.remarks, *window_remarks(given, real)),
    )


def _bad_rows(orders: OrderFile) -> list[str]:
    if not orders.problems:
        return []
    bad, good = len(orders.problems), len(orders.rows)
    first = orders.problems[0]
    return [f"{orders.name}: {bad} rows cannot be used, {good} can; all in 'orders.problems', the first: {first}"]


def with_weeks(scenario: Scenario, weeks: float) -> Scenario:
    """Return a scenario with another horizon, in measured weeks.

    Raises
    ------
    UsageError
        If the number is not within reach: more than 0, at most 5,200.
    """
    if not 0.01 <= weeks <= 5200:
        raise UsageError(f"weeks: got {weeks:g}, must be between 0.01 and 5200.")
    time = scenario.time.model_copy(update={"horizon": weeks * 168.0})
    return scenario.model_copy(update={"time": time})


def with_frozen_demand(scenario: Scenario) -> Scenario | None:
    """Return a scenario whose number of customers stays after the warm-up: a lost one is replaced, nobody else comes.

    Better service then shows as shorter waits instead of more customers. None where there is nothing to hold fixed:
    demand is no pool of customers, or it is frozen already.
    """
    demand = scenario.demand
    if not isinstance(demand, CustomerDemand) or demand.frozen:
        return None
    return scenario.model_copy(update={"demand": demand.model_copy(update={"frozen": "after warm-up"})})
