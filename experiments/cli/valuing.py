"""What `relevo worth` does: place hires, measure them and the policies on fresh replications, and compare."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from experiments.analysis.mean_interval import Interval, paired_interval
from experiments.analysis.worth import Equivalent, equivalent
from experiments.cli.keeping import Keeping, flat
from experiments.cli.options import quoted
from experiments.cli.placing import TODAY, Race, Run, Values, hired, placed
from experiments.cli.responses import better_of
from experiments.cli.working import print_json, remark
from experiments.run.executors import available_workers, executor_for
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.job import with_weeks
from experiments.run.provenance import SCHEMA_VERSION
from experiments.run.readiness import make_ready
from experiments.run.worlds import Worlds
from experiments.show.progress import Progress
from experiments.show.reasons import interval_data
from experiments.show.text import Reader, show
from experiments.show.words import say
from experiments.show.worth import Worth, worth_tables
from sim.errors import RelevoError, UsageError
from sim.policies import Portfolio
from sim.scenario.company import Scenario
from sim.scenario.load import load_scenario
from sim.units import HOURS_PER_YEAR

LEAST_REPLICATIONS = 10
ROUNDS = (0, 1, 2, 4)
"""Ends of the rounds in which a place for a hire is found, in units of the replications asked for."""
ENTRANTS = (1_000, 3, 2)
"""Departments that take part in each round, at most."""
FRESH = ROUNDS[-1]
"""From here on replications were not used for placing anybody."""
MEASURED = ("profit", "customers_left")


@dataclass(frozen=True)
class Valuation:
    """What the user asked; as the options of the command."""

    source: str
    portfolios: Mapping[str, Portfolio]
    response: str
    most: int
    replications: int
    weeks: float | None
    seed: int
    engine: str
    workers: int | None
    out: Path | None
    as_json: bool
    language: str


def value(asked: Valuation) -> int:
    """Run what is needed, print the answer, return the exit code."""
    if asked.replications < LEAST_REPLICATIONS:
        raise UsageError(
            f"--replications {asked.replications}: hires-equivalents need at least {LEAST_REPLICATIONS}; give more."
        )
    company = with_weeks(load_scenario(asked.source), asked.weeks)
    better = better_of(company, asked.response)
    departments = [name for name, d in company.departments.items() if d.pay_share > 0]
    if not departments:
        raise UsageError(f"{company.place}: nobody is on its own payroll, so that there is nothing to compare with.")
    make_ready(asked.engine)
    valuer = _Valuer(asked, company, departments, 1.0 if better == "higher" else -1.0)
    with StopRequest() as request:
        return valuer.answer(request)


@dataclass
class _Valuer:
    """The runs behind an answer."""

    asked: Valuation
    company: Scenario
    departments: list[str]
    sign: float
    failed: int = 0
    world_of: dict[str, str] = field(default_factory=dict)

    def answer(self, request: StopRequest) -> int:
        """Place hires on some replications, measure everything on others."""
        asked, n = self.asked, self.asked.replications
        measured = 1 + len(asked.portfolios) + asked.most * (1 + len(self.departments))
        total = self._race().runs(len(self.departments), asked.most) + n * measured
        with Progress(total, asked.language) as progress:
            done = 0

            def run(portfolios: Mapping[str, Portfolio], first: int, end: int) -> Values:
                nonlocal done
                before = done

                def told(ended: int) -> None:
                    progress(min(before + ended, total))

                found = self._run(portfolios, first, end, request, told)
                done += len(portfolios) * (end - first)
                return found

            order = self._placed(run)
            found = run(self._measured(order), FRESH * n, (FRESH + 1) * n)
        worths = self._worths(found, order)
        self._show(worths, order, found)
        return 1 if self.failed else 0

    def _run(
        self,
        portfolios: Mapping[str, Portfolio],
        first: int,
        end: int,
        request: StopRequest,
        told: Callable[[int], None],
    ) -> Values:
        asked = self.asked
        worlds = Worlds(
            self.company,
            portfolios,
            asked.seed,
            asked.engine,
            asked.workers or available_workers(),
            executor_for(asked.engine),
            request=request,
            told=told,
        )
        wanted = {asked.response, *MEASURED}
        found: Values = {name: {} for name in portfolios}
        for name, replication, result in worlds.run(first, end):
            found[name][replication] = {metric: result.metrics.get(metric, math.nan) for metric in wanted}
        if request.requested:
            raise StoppedError("Interrupted; what is finished is not enough for an answer.")
        if worlds.failures:
            name, replication, failure = worlds.failures[0]
            self.failed += len(worlds.failures)
            if not all(found.values()):
                error = RelevoError(failure.reason)
                error.exit_code = failure.exit_code
                raise error
            counts = {"failed": len(worlds.failures), "total": len(portfolios) * (end - first)}
            remark(say("failed runs", asked.language, run=f"{name}, {replication}", reason=failure.reason, **counts))
        return found

    def _placed(self, run: Run) -> list[str]:
        """Return the departments of the hires; see `placing.placed`."""
        return placed(run, self._gains, self.departments, self.asked.most, self._race())

    def _race(self) -> Race:
        return Race(tuple(end * self.asked.replications for end in ROUNDS), ENTRANTS)

    def _measured(self, order: list[str]) -> dict[str, Portfolio]:
        worlds = {TODAY: Portfolio(), **self.asked.portfolios}
        self.world_of = {portfolio.key: name for name, portfolio in worlds.items()}
        for h in range(1, self.asked.most + 1):
            for places in (order[:h], *([name] * h for name in self.departments)):
                portfolio = hired(places)
                known = worlds.get(self.world_of.setdefault(portfolio.key, portfolio.key))
                if known not in (None, portfolio):
                    raise UsageError(f"--policy: '{portfolio.key}' is what a hire is called here; rename the policy.")
                worlds[self.world_of[portfolio.key]] = portfolio  # Several lines of hires may share a world.
        return worlds

    def _gains(self, treated: Mapping[int, dict[str, float]], today: Mapping[int, dict[str, float]]) -> list[float]:
        both = sorted(treated.keys() & today.keys())
        gains = [self.sign * (treated[r][self.asked.response] - today[r][self.asked.response]) for r in both]
        return [gain for gain in gains if not math.isnan(gain)]

    def _worths(self, found: Values, order: list[str]) -> list[Worth]:
        asked, today = self.asked, found[TODAY]
        yardsticks = {"": [order[:h] for h in range(1, asked.most + 1)]}
        yardsticks |= {name: [[name] * h for h in range(1, asked.most + 1)] for name in self.departments}
        years = self.company.time.horizon / HOURS_PER_YEAR
        worths = []
        for text in asked.portfolios:
            treated = found[text]
            equivalents: dict[str, Equivalent] = {}
            for name, steps in yardsticks.items():
                curve = [found[self.world_of[hired(places).key]] for places in steps]
                both = sorted(r for r in treated.keys() & today.keys() if all(r in world for world in curve))
                gain = [self.sign * (treated[r][asked.response] - today[r][asked.response]) for r in both]
                table = [[self.sign * (w[r][asked.response] - today[r][asked.response]) for w in curve] for r in both]
                equivalents[name] = equivalent(gain, np.array(table))
            worths.append(
                Worth(
                    text,
                    self._change(treated, today, asked.response),
                    equivalents,
                    self._change(treated, today, "profit"),
                    self._change(today, treated, "customers_left", 1 / years),
                )
            )
        return sorted(worths, key=lambda w: -self.sign * (w.change.mean or 0.0))

    def _change(
        self,
        treated: Mapping[int, dict[str, float]],
        today: Mapping[int, dict[str, float]],
        metric: str,
        factor: float = 1.0,
    ) -> Interval:
        one, other = ({r: factor * row[metric] for r, row in world.items()} for world in (treated, today))
        return paired_interval(one, other)

    def _show(self, worths: list[Worth], order: list[str], found: Values) -> None:
        asked, language = self.asked, self.asked.language
        labels = {name: d.label[language] for name, d in self.company.departments.items() if d.label is not None}
        labels |= {m.policy.name: m.policy.label[language] for p in asked.portfolios.values() for m in p.members}
        pay = self.company.parameter("economics.pay") * self.company.parameter("economics.paid_hours")
        pay *= HOURS_PER_YEAR / 168.0
        data = self._data(worths, order, pay)
        self._keep(data)
        if asked.as_json:
            print_json(data)
            return
        reader = Reader(language, self.company.currency, labels)
        replications = len(found[TODAY])
        show(*worth_tables(worths, order, self.departments, asked.response, replications, pay, self.company, reader))

    def _keep(self, data: dict[str, Any]) -> None:
        """Write the answer's tables where that was asked for."""
        asked = self.asked
        options = {
            "--policy": list(asked.portfolios),
            "--response": asked.response,
            "--most": asked.most,
            "--replications": asked.replications,
            "--weeks": None if asked.weeks is None else f"{asked.weeks:g}",
            "--seed": asked.seed,
            "--engine": asked.engine,
        }
        keeping = Keeping.of(asked.out, f"worth {quoted(asked.source)}", options)
        rows = [flat({k: v for k, v in row.items() if k != "hires_by_department"}) for row in data["policies"]]
        there = [
            {"policy": row["policy"], "department": name, **flat({"hires": found})}
            for row in data["policies"]
            for name, found in row["hires_by_department"].items()
        ]
        keeping.keep(self.company, asked.seed, {"worth": rows, "worth_by_department": there})

    def _data(self, worths: list[Worth], order: list[str], pay: float) -> dict[str, Any]:
        def written(e: Equivalent) -> dict[str, Any]:
            return {**vars(e), "beyond": e.beyond}

        return {
            "schema_version": SCHEMA_VERSION,
            "scenario": self.asked.source,
            "response": self.asked.response,
            "replications": self.asked.replications,
            "first_replication": FRESH * self.asked.replications,
            "seed": self.asked.seed,
            "hires_placed": order,
            "pay_per_year": pay,
            "failed_runs": self.failed,
            "policies": [
                {
                    "policy": w.policy,
                    "change": interval_data(w.change),
                    "hires": written(w.equivalents[""]),
                    "hires_by_department": {name: written(e) for name, e in w.equivalents.items() if name},
                    "profit_per_year": interval_data(w.profit),
                    "customers_kept_per_year": interval_data(w.kept),
                }
                for w in worths
            ],
        }
