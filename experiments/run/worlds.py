"""Several worlds of one company, run with the same customers and luck, each result handed on and then forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from experiments.run.interrupt import StopRequest
from experiments.run.runner import run_all
from experiments.run.window import Failure

if TYPE_CHECKING:
    from sim.orders import OrderFile
    from sim.policies import Portfolio
    from sim.run import RunResult, RunSpec
    from sim.scenario.company import Scenario


@dataclass
class Worlds:
    """Worlds that differ in the policies in force.

    Attributes
    ----------
    scenario : Scenario
        The company.
    portfolios : mapping of str to Portfolio
        By name of the world.
    seed : int
        Root of all draws.
    engine : str
        Name of the engine.
    workers : int
        Runs at once.
    start : callable
        Starts an executor for a number of workers.
    tables : tuple of str
        Tables that are made of each run.
    orders : OrderFile, optional
        Real orders.
    request : StopRequest
        Once set, no further run is begun.
    told : callable, optional
        Told the number of runs that have ended.
    failures : list of (str, int, Failure)
        World, replication and reason of each run that failed.
    """

    scenario: Scenario
    portfolios: Mapping[str, Portfolio]
    seed: int
    engine: str
    workers: int
    start: Callable[[int], Executor]
    tables: tuple[str, ...] = ()
    orders: OrderFile | None = None
    request: StopRequest = field(default_factory=StopRequest)
    told: Callable[[int], None] | None = None
    failures: list[tuple[str, int, Failure]] = field(default_factory=list)

    def run(self, first: int, end: int) -> Iterator[tuple[str, int, RunResult]]:
        """Run replications from `first` to before `end` of every world; yield world, replication and result."""
        names = {portfolio.key: name for name, portfolio in self.portfolios.items()}
        if len(names) < len(self.portfolios):
            raise ValueError("two worlds have the same policies")
        specs = self._specs(first, end)
        for spec, result in run_all(specs, self.workers, self.told, stop_request=self.request, start=self.start):
            name = names[spec.portfolio.key]
            if isinstance(result, Failure):
                self.failures.append((name, spec.replication, result))
            else:
                yield name, spec.replication, result

    def _specs(self, first: int, end: int) -> Iterator[RunSpec]:
        from sim.run import RunSpec

        for replication in range(first, end):
            for portfolio in self.portfolios.values():
                yield RunSpec(
                    self.scenario,
                    portfolio,
                    self.seed,
                    replication,
                    engine=self.engine,
                    orders=self.orders,
                    tables=self.tables,
                )
