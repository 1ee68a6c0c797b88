"""The tandem as the users of other packages would write it. Each function returns the sojourns [h], first leaver first.

All of them keep every sojourn and nothing else that can be switched off. salabim is written with `yield`: its other
style needs greenlets and was slower in our trials, and its monitors of resources are off, which is faster too.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

from benchmarks.engines.network import Network


def simpy_tandem(network: Network, customers: int, seed: int) -> list[float]:
    """Simulate with SimPy: a resource for each station, a generator for each customer."""
    import simpy

    env = simpy.Environment()
    stations = [(simpy.Resource(env, capacity=c), 1.0 / m) for c, m in zip(network.servers, network.work, strict=True)]
    luck = random.Random(seed)
    sojourns: list[float] = []

    def customer() -> Generator[Any, Any, None]:
        came = env.now
        for servers, rate in stations:
            with servers.request() as turn:
                yield turn
                yield env.timeout(luck.expovariate(rate))
        sojourns.append(env.now - came)

    def door() -> Generator[Any, Any, None]:
        for _ in range(customers):
            yield env.timeout(luck.expovariate(network.rate))
            env.process(customer())

    env.process(door())
    env.run()
    return sojourns


def ciw_tandem(network: Network, customers: int, seed: int) -> list[float]:
    """Simulate with Ciw, until so many customers have left; it keeps a record of every service by itself."""
    import ciw

    n = len(network.servers)
    ciw.seed(seed)
    given = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(network.rate), *[None] * (n - 1)],
        service_distributions=[ciw.dists.Exponential(1.0 / m) for m in network.work],
        routing=[[float(j == i + 1) for j in range(n)] for i in range(n)],
        number_of_servers=list(network.servers),
    )
    simulation = ciw.Simulation(given)
    simulation.simulate_until_max_customers(customers, method="Finish")
    leavers = (person.data_records for person in simulation.nodes[-1].all_individuals)
    return [float(visits[-1].exit_date - visits[0].arrival_date) for visits in leavers]


def salabim_tandem(network: Network, customers: int, seed: int) -> list[float]:
    """Simulate with salabim: a resource for each station, a component for each customer."""
    import salabim

    env = salabim.Environment(trace=False, yieldless=False)
    stations = [
        (salabim.Resource(capacity=c, monitor=False), 1.0 / m)
        for c, m in zip(network.servers, network.work, strict=True)
    ]
    luck = random.Random(seed)
    sojourns: list[float] = []

    class Customer(salabim.Component):  # type: ignore[misc, unused-ignore]
        def process(self) -> Generator[Any, Any, None]:
            came = env.now()
            for servers, rate in stations:
                yield self.request(servers)
                yield self.hold(luck.expovariate(rate))
                self.release(servers)
            sojourns.append(env.now() - came)

    class Door(salabim.Component):  # type: ignore[misc, unused-ignore]
        def process(self) -> Generator[Any, Any, None]:
            for _ in range(customers):
                yield self.hold(luck.expovariate(network.rate))
                Customer()

    Door()
    env.run()
    return sojourns


PEERS = {
    "plain SimPy": ("simpy", simpy_tandem),
    "Ciw": ("ciw", ciw_tandem),
    "salabim": ("salabim", salabim_tandem),
}
"""By the name for people: the module that must be there, and the function."""
