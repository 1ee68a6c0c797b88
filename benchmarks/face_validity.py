"""Do the shipped companies look like companies? `python -m benchmarks.face_validity [--replications N] [--workers W]`.

Five years without policies; each range comes from docs/model.md, section 11, and was fixed before the runs. Writes
docs/face_validity.md, with what falls outside.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.run.executors import available_workers
from sim import __version__, load_scenario, with_weeks
from sim.measures.interval import t_half_width
from sim.run import RunSpec, run
from sim.scenario.company import Scenario
from sim.units import HOURS_PER_WEEK, HOURS_PER_YEAR

COMPANIES = ("levante", "cadena")
YEARS = 5
SEED = 20_241
PAGE = Path(__file__).resolve().parents[1] / "docs" / "face_validity.md"
STEADY = 0.03
"""A figure without trend moves less than this share of its own mean a year; our reading of 'no trend'."""


NO_BOUND = (0.05, 0.95)
"""Morale is 'at no bound' while it stays between these; our reading."""


@dataclass(frozen=True)
class Range:
    """What a figure of a believable company lies between."""

    low: float
    high: float
    unit: str = "share"

    def __str__(self) -> str:
        return f"{shown(self.low, self.unit)} to {shown(self.high, self.unit)}"


def ranges(scenario: Scenario) -> dict[str, Range]:
    """Return the ranges to meet: of the departments on the customers' routes, of the whole, and of trends."""
    found = {f"{name}: utilisation": Range(0.70, 0.88) for name in main_departments(scenario)}
    found |= {
        "promises kept": Range(0.75, 0.90),
        "churn per year": Range(0.12, 0.25),
        "workaround share of staff time": Range(0.08, 0.12),
        "touch time / wait": Range(0.05, 0.20),
        "resignations per post and year": Range(0.10, 0.20),
        "lowest morale of a department in a week": Range(*NO_BOUND),
        "highest morale of a department in a week": Range(*NO_BOUND),
    }
    trends = ("mean wait", "promises kept", "customers", "satisfaction", "revenue")
    return found | {f"trend of {name}, per year": Range(-STEADY, STEADY) for name in trends}


def main_departments(scenario: Scenario) -> list[str]:
    """Return the departments on the customers' routes, in the order of the file."""
    met = {step.department for route in scenario.routes.values() for step in route}
    return [name for name in scenario.departments if name in met]


def replicate(company: str, replication: int) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Return the figures of one replication, and the series of those that have one, year by year."""
    scenario = with_weeks(load_scenario(company), YEARS * HOURS_PER_YEAR / HOURS_PER_WEEK)
    result = run(RunSpec(scenario, seed=SEED, replication=replication, tables=("orders", "weeks", "states")))
    m = result.metrics
    by_year = years(result.tables["orders"], result.tables["weeks"], scenario.time.warm_up)
    states = result.tables["states"]
    morale = states["morale"][states["department"].map(lambda name: scenario.departments[name].pay_share > 0)]
    work = sum(value for name, value in m.items() if name.startswith("wait_hours.work."))
    figures = {f"{name}: utilisation": m[f"{name}.utilisation"] for name in scenario.departments}
    figures |= {f"{name}: blocked share": m[f"{name}.blocked_share"] for name in scenario.departments}
    figures |= {
        "promises kept": m["promise_kept_share"],
        "churn per year": m["churn_per_year"],
        "workaround share of staff time": m["workaround_share"],
        "touch time / wait": work / m["wait_mean"],
        "resignations per post and year": m["resignations_per_year"],
        "lowest morale of a department in a week": float(morale.min()),
        "highest morale of a department in a week": float(morale.max()),
        "vacant posts": m["vacant_share"],
        "absence": m["absent_share"],
        "morale": m["morale_mean"],
        "working standard": m["standard_mean"],
        "skill": m["skill_mean"],
        "incomplete hand-offs": m["incomplete_share"],
        "touch time / wait in opening hours": work / m["wait_open_mean"],
        "mean wait": m["wait_mean"],
        "wait, 90th percentile": m["wait_p90"],
        "abandoned orders": m["abandoned_share"],
        "lost sales": m["lost_sale_share"],
        "orders with a problem": m["problem_share"],
        "failure demand, share of staff time": m["failure_demand_share"],
        "profit per year": m["profit"],
        "revenue per year": m["revenue"],
    }
    for name, series in by_year.items():
        slope = float(np.polyfit(np.arange(YEARS), series, 1)[0])
        figures[f"trend of {name}, per year"] = slope / float(np.mean(series))
    return figures, by_year


def years(orders: pd.DataFrame, weeks: pd.DataFrame, warm_up: float) -> dict[str, list[float]]:
    """Return what has a value in each year, from the orders placed in it and the weeks that begin in it."""
    orders = orders[orders["measured"] == 1]
    year = ((orders["placed"] - warm_up) // HOURS_PER_YEAR).astype(int)
    delivered = orders["delivered"].notna()
    promised = delivered & orders["promised"].notna()
    week = weeks[weeks["week"].between(0, YEARS * HOURS_PER_YEAR / HOURS_PER_WEEK, inclusive="left")]
    of_week = (week["week"] * HOURS_PER_WEEK // HOURS_PER_YEAR).astype(int)
    found = {
        "mean wait": orders["wait"].groupby(year).mean(),
        "promises kept": (orders["delivered"] <= orders["promised"])[promised].groupby(year).mean(),
        "customers": week["customers"].groupby(of_week).mean(),
        "satisfaction": week["satisfaction"].groupby(of_week).mean(),
        "revenue": orders["value"][delivered].groupby(year).sum(),
    }
    return {name: [float(series[k]) for k in range(YEARS)] for name, series in found.items()}


def shown(value: float, unit: str = "share") -> str:
    """Return a number for people."""
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and 95 % half-width (t) over replications."""
    n = len(values)
    return float(np.mean(values)), t_half_width(float(np.std(values, ddof=1)), n) if n > 1 else math.nan


def verdict(mean: float, half: float, wanted: Range) -> str:
    """Return whether a figure lies inside its range; an interval that crosses a limit is said to."""
    inside = wanted.low <= mean <= wanted.high
    certain = wanted.low <= mean - half and mean + half <= wanted.high
    if inside:
        return "inside" if certain else "inside, the interval is not"
    touches = mean + half >= wanted.low and mean - half <= wanted.high
    return "**outside**, the interval touches it" if touches else "**outside**"


UNITS = {"mean wait": "h", "wait, 90th percentile": "h", "profit per year": "money", "revenue per year": "money",
         "customers": "customers", "revenue": "money"}  # fmt: skip


def section(company: str, results: Sequence[tuple[dict[str, float], dict[str, list[float]]]]) -> tuple[list[str], int]:
    """Return the part of the page on one company, and how many figures fall outside."""
    scenario = load_scenario(company)
    wanted = ranges(scenario)
    figures = {name: interval([f[name] for f, _ in results]) for name in results[0][0]}
    judged = {name: verdict(*figures[name], r) for name, r in wanted.items()}
    outside = sum(v.startswith("**") for v in judged.values())
    lines = [f"## {company}", "", f"{len(wanted) - outside} of {len(wanted)} figures lie in their ranges.", "",
             "| figure | mean ± half-width | range | verdict |", "|---|---:|---:|---|"]  # fmt: skip
    for name, r in wanted.items():
        mean, half = figures[name]
        lines.append(f"| {name} | {shown(mean)} ± {shown(half)} | {r} | {judged[name]} |")
    lines += ["", "Without a range, to look at:", "", "| figure | mean ± half-width |", "|---|---:|"]
    for name, (mean, half) in figures.items():
        if name not in wanted:
            unit = UNITS.get(name, "share")
            lines.append(f"| {name} | {shown(mean, unit)} ± {shown(half, unit)} |")
    lines += ["", "| by year | " + " | ".join(str(k + 1) for k in range(YEARS)) + " |", "|---|" + "---:|" * YEARS]
    for name in results[0][1]:
        means = np.mean([series[name] for _, series in results], axis=0)
        lines.append(f"| {name} | " + " | ".join(shown(v, UNITS.get(name, "share")) for v in means) + " |")
    return [*lines, ""], outside


def page(
    results: dict[str, Sequence[tuple[dict[str, float], dict[str, list[float]]]]], replications: int, minutes: float
) -> tuple[str, int]:
    """Return the page as Markdown, and how many figures fall outside their range."""
    sections = {company: section(company, found) for company, found in results.items()}
    outside = sum(n for _, n in sections.values())
    lines = [
        "# Face validity", "",
        f"Written by `python -m benchmarks.face_validity` on {dt.date.today().isoformat()}: relevo {__version__}, "
        f"seed {SEED}, {YEARS} years without policies, {replications} replications of each "
        f"company, {minutes:.0f} minutes on the processors at hand.", "",
        "A shipped company should look like one: busy but not swamped, most promises kept, neither dying nor "
        "exploding. The ranges are those of [the model](model.md), fixed before the runs; half-widths are 95 % "
        f"t-intervals over replications. 'No trend' is read as: less than {STEADY:.0%} of its own mean a year, by a "
        "straight line through the five years. 'Morale at no bound' is read as: in no week below "
        f"{NO_BOUND[0]:.0%} or above {NO_BOUND[1]:.0%} in any department.", "",
        "Ranges are a sieve, not a proof: a company that passes looks plausible, and no more. "
        f"**{outside} figures fall outside**; they are left standing until a scenario is changed for a reason.", "",
        *(line for part, _ in sections.values() for line in part),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n", outside


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.face_validity", description=__doc__)
    parser.add_argument("--replications", type=int, default=40)
    parser.add_argument("--workers", type=int, default=available_workers())
    parser.add_argument("--out", type=Path, default=PAGE)
    chosen = parser.parse_args()
    began = time.perf_counter()
    with ProcessPoolExecutor(chosen.workers) as pool:
        jobs = {c: [pool.submit(replicate, c, k) for k in range(chosen.replications)] for c in COMPANIES}
        results = {c: [job.result() for job in futures] for c, futures in jobs.items()}
    text, outside = page(results, chosen.replications, (time.perf_counter() - began) / 60)
    chosen.out.write_text(text, encoding="utf-8")
    print(text)
    print(f"{outside} figures fall outside their range.")


if __name__ == "__main__":
    main()
