"""The network that all programs simulate, the plain tandem of scenarios/theory/tandem.yaml, and what theory says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from benchmarks.validate.formulas import mmc_wait
from sim import load_scenario
from sim.scenario.company import Scenario
from sim.scenario.orders import StreamDemand

SCENARIO = "theory/tandem"


@dataclass(frozen=True)
class Network:
    """Stations in a row, each with a number of servers, exponential work and one queue in order of arrival."""

    scenario: Scenario
    rate: float
    """Customers per hour [1/h]."""
    servers: tuple[int, ...]
    work: tuple[float, ...]
    """Mean work of each station [h]."""

    @cached_property
    def sojourn(self) -> float:
        """Mean time in the network [h]: Burke 1956, each station is an M/M/c queue by itself."""
        return sum(mmc_wait(c, self.rate, m) + m for c, m in zip(self.servers, self.work, strict=True))

    @property
    def left_out(self) -> int:
        """Customers who come while the network fills: those of the scenario's warm-up, in every program."""
        return round(self.scenario.time.warm_up * self.rate)


def tandem() -> Network:
    """Read the network from its scenario.

    Raises
    ------
    ValueError
        If the scenario is no longer a plain tandem: the other programs would simulate something else.
    """
    scenario = load_scenario(SCENARIO)
    (steps,) = scenario.routes.values()
    stations = [(scenario.departments[str(step.department)], step) for step in steps]
    plain = (
        isinstance(scenario.demand, StreamDemand)
        and scenario.calendar == "always"
        and len({step.department for step in steps}) == len(scenario.departments) == len(steps)
        and all(d.discipline == "fifo" and d.calendar is None and d.own_work is None for d, _ in stations)
        and all(s.work is not None and s.work.distribution == "exponential" and not s.needs for s in steps)
        and all(s.next is None for s in steps)
    )
    if not plain or not isinstance(scenario.demand, StreamDemand):
        raise ValueError(f"scenarios/{SCENARIO}.yaml is not a plain tandem of M/M/c stations any more")
    return Network(
        scenario,
        float(scenario.demand.rate),
        tuple(department.staff for department, _ in stations),
        tuple(float(step.work.mean) for _, step in stations if step.work is not None),
    )
