"""The cases: scenarios whose results are known, at full size and (where short enough) for the test suite.

The test suite and `python -m benchmarks.validate` use the same definitions with different seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.validate import formulas as f
from benchmarks.validate.estimate import Case, Quantity, Run, Size, replicate
from benchmarks.validate.measure import (
    in_system_total,
    metric,
    number_by_littles_law,
    open_at,
    queue_of,
    sojourn,
)
from sim.scenario.load import load_scenario
from sim.scenario.orders import StreamDemand


def _one_server() -> Iterator[Case]:
    mean = 1.0 / (1.0 - 0.8)
    yield Case(
        "M/M/1 and a promise of the mean time in system",
        "extends: theory/quotes",
        (
            Quantity("time in system [h]", mean, sojourn, "1 / (mu - lambda)"),
            Quantity("promise of 5 h kept", f.quote_kept(5.0, mean), metric("promise_kept_share"), "1 - exp(-1)"),
            Quantity("utilisation", 0.8, metric("desk.utilisation"), "lambda / mu"),
            Quantity("number in system", 4.0, metric("desk.in_system_mean"), "rho / (1 - rho)"),
            Quantity("lambda W", 4.0, number_by_littles_law, "L (Little)"),
        ),
        Size(250, 32),
        Size(72, 32),
    )
    yield Case(
        "M/M/1 and a promise of the touch time",
        "extends: theory/quotes\npromise: {house: 1 h}",
        (Quantity("promise of 1 h kept", f.quote_kept(1.0, mean), metric("promise_kept_share"), "1 - exp(-0.2)"),),
        Size(250, 32),
        Size(44, 24),
    )
    wait = f.mmc_wait(1, 0.6, 1.0)
    yield Case(
        "M/M/1, load 0.6",
        "extends: theory/mm1\ndemand: {rate: 0.6 per h}",
        (
            Quantity("wait in queue [h]", wait, metric("desk.queue_wait_mean"), "rho / (mu - lambda)"),
            Quantity("wait in queue, by its parts [h]", wait, queue_of("desk"), "rho / (mu - lambda)"),
        ),
        Size(250, 32),
        Size(48, 20),
    )
    shapes = (
        ("", "lognormal", 1.2),
        ("_gamma", "gamma", 1.5),
        ("_erlang", "Erlang-4", 0.5),
        ("_deterministic", "constant", 0.0),
    )
    for load in (0.7, 0.5):
        for name, family, cv in shapes:
            wait = f.pollaczek_khinchine(load, 1.0, cv)
            formula = "lambda E[S^2] / (2 (1 - rho))"
            quantities = [
                Quantity("time in system [h]", wait + 1.0, sojourn, "Pollaczek-Khinchine + E[S]"),
                Quantity("wait in queue [h]", wait, metric("desk.queue_wait_mean"), formula),
            ]
            yield Case(
                f"M/G/1, {family} work, cv {cv:g}, load {load:g}",
                f"extends: theory/mg1{name}\ndemand: {{rate: {load} per h}}",
                tuple(quantities if load > 0.5 else quantities[:1]),
                Size(130, 32),
                None if load > 0.5 else Size(44 if cv > 1 else 24, 24),
            )
    yield Case(
        "feedback",
        "extends: theory/feedback",
        (
            Quantity("time in system [h]", f.feedback(0.5, 0.2), sojourn, "1 / (1 - r - rho)"),
            Quantity("number in system", 0.5 * f.feedback(0.5, 0.2), metric("desk.in_system_mean"), "lambda T"),
        ),
        Size(300, 32),
        Size(50, 20),
    )
    for rho, again in ((0.75, 0.15), (0.7, 0.2)):
        yield Case(
            f"feedback, load {rho:g}, r {again:g}",
            f"extends: theory/feedback\ndemand: {{rate: {rho} per h}}\nroutes:\n  only:\n"
            "    - {step: serve, department: desk, work: {mean: 1 h, distribution: exponential}, "
            f"next: {{serve: {again}, end: {1 - again}}}}}",
            (Quantity("time in system [h]", f.feedback(rho, again), sojourn, "1 / (1 - r - rho)"),),
            Size(500, 32),
        )


def _several_servers() -> Iterator[Case]:
    def case(name: str, text: str, servers: int, rate: float, full: Size, reduced: Size | None) -> Case:
        wait = f.mmc_wait(servers, rate, 1.0)
        quantities = [
            Quantity("time in system [h]", wait + 1.0, sojourn, "Erlang C + E[S]"),
            Quantity("number in system", f.mmc_number(servers, rate, 1.0), metric("desk.in_system_mean"), "lambda T"),
        ]
        if reduced is None or servers == 2:
            quantities.append(Quantity("wait in queue [h]", wait, metric("desk.queue_wait_mean"), "Erlang C"))
        return Case(name, text, tuple(quantities), full, reduced)

    for servers, load, weeks, few in ((4, 0.8, 70.0, None), (4, 0.7, 50.0, 11.0), (2, 0.6, 80.0, 28.0)):
        yield case(
            f"M/M/c, {servers} servers, load {load:g}",
            f"extends: theory/mmc\ndepartments: {{desk: {{staff: {servers}}}}}\n"
            f"demand: {{rate: {servers * load:g} per h}}",
            servers,
            servers * load,
            Size(weeks, 32),
            Size(few, 20) if few is not None else None,
        )
    for servers in (2, 4, 6, 10):
        text = f"extends: theory/pooling\ndepartments:\n  desk: {{staff: {servers}}}\ndemand: {{rate: {{}} per h}}"
        for load in (0.8, 0.9):
            rate = servers * load
            full = Size((300 if load < 0.85 else 700) / servers, 32)
            name = f"pooling, {servers} servers, load {load:g}"
            yield case(name, text.replace("{}", f"{rate:g}"), servers, rate, full, None)


def _impatience() -> Iterator[Case]:
    for servers, rate, theta in ((5, 4.5, 0.5), (10, 10.0, 1.0), (10, 11.0, 0.5), (20, 22.0, 0.5)):
        gone, wait = f.erlang_a(servers, rate, 1.0, theta)
        yield Case(
            f"Erlang-A, {servers} servers, {rate:g} per h, theta {theta:g}",
            f"extends: theory/erlang_a\ndepartments:\n  desk: {{staff: {servers}}}\n"
            f"demand: {{rate: {rate} per h}}\npatience: {{scale: {1 / theta} h}}",
            (
                Quantity("abandoned", gone, metric("abandoned_share"), "birth-death"),
                Quantity("wait over all callers [h]", wait, metric("desk.queue_wait_mean"), "birth-death"),
                Quantity(
                    "abandoned / (theta E[W])",
                    1.0,
                    lambda run, t=theta: run.metrics["abandoned_share"] / (t * run.metrics["desk.queue_wait_mean"]),
                    "1",
                ),
            ),
            Size(160 / servers, 32),
            Size((40 if theta == 1.0 else 30) / servers, 24) if servers < 20 else None,
        )


def _priorities() -> Iterator[Case]:
    def conserved(first: float, second: float) -> Callable[[Run], float]:
        def measure(run: Run) -> float:
            return first * queue_of("desk", "urgent")(run) + second * queue_of("desk", "patient")(run)

        return measure

    for first, second, full, reduced in (
        (0.25, 0.25, Size(300, 32), Size(80, 24)),
        (0.4, 0.3, Size(300, 32), None),
        (0.5, 0.3, Size(400, 32), None),
        (0.6, 0.25, Size(600, 32), None),
    ):
        waits, total = f.cobham([first, second]), first + second
        yield Case(
            f"Cobham, loads {first:g} and {second:g}",
            f"extends: theory/cobham\ndemand: {{rate: {total} per h}}\n"
            f"orders: {{urgent: {{share: {first / total!r}}}, patient: {{share: {1 - first / total!r}}}}}",
            (
                Quantity("wait of the first class [h]", waits[0], queue_of("desk", "urgent"), "W0 / (1 - rho1)"),
                Quantity(
                    "wait of the second class [h]", waits[1], queue_of("desk", "patient"), "W0 / ((1 - rho1) (1 - rho))"
                ),
                Quantity("rho1 W1 + rho2 W2", total * total / (1.0 - total), conserved(first, second), "rho W(fifo)"),
            ),
            full,
            reduced,
        )


def _networks() -> Iterator[Case]:
    def stations(
        run_name: str,
        rows: list[tuple[str, int, float, float]],
        rate: float,
        text: str,
        full: Size,
        reduced: Size | None,
    ) -> Case:
        numbers = {name: f.mmc_number(servers, arrivals, service) for name, servers, arrivals, service in rows}
        quantities = [
            Quantity(f"number at {name}", numbers[name], metric(f"{name}.in_system_mean"), "product form")
            for name, *_ in rows
        ]
        whole = sum(numbers.values())
        quantities += [
            Quantity("number in the network", whole, in_system_total, "sum of stations"),
            Quantity("time in the network [h]", whole / rate, sojourn, "L / lambda (Little)"),
            Quantity("lambda W", whole, number_by_littles_law, "L (Little)"),
        ]
        return Case(run_name, text, tuple(quantities), full, reduced)

    for rate, full, reduced in ((2.0, Size(90, 32), None), (1.5, Size(40, 32), Size(13, 24))):
        row = [("first", 3, rate, 1.2), ("second", 4, rate, 1.6), ("third", 2, rate, 0.8), ("fourth", 2, rate, 0.8)]
        text = f"extends: theory/tandem\ndemand: {{rate: {rate:g} per h}}"
        yield stations(f"tandem of four stations, load {0.4 * rate:g}", row, rate, text, full, reduced)
    routing = [[0.0, 0.7, 0.2], [0.15, 0.1, 0.75], [0.1, 0.1, 0.0]]
    rates = f.traffic([1.0, 0.0, 0.0], routing)
    web = [("front", 2, rates[0], 1.0), ("back", 3, rates[1], 1.5), ("check", 1, rates[2], 0.5)]
    yield stations("Jackson network with loops", web, 1.0, "extends: theory/jackson", Size(100, 32), Size(18, 24))


def _others() -> Iterator[Case]:
    demand = load_scenario("theory/infinite_servers").demand
    assert isinstance(demand, StreamDemand)
    assert demand.profile is not None
    hours = demand.profile.hours
    assert hours is not None
    yield Case(
        "M(t)/G/infinity with a daily wave",
        "extends: theory/infinite_servers",
        tuple(
            Quantity(
                f"number on the way at {hour}:00",
                f.on_the_way(hours, demand.rate, 6.0, 0.8, hour),
                open_at(hour),
                "integral of lambda(t - u) P(S > u) du",
            )
            for hour in range(0, 24, 3)
        ),
        Size(26, 24),
        Size(4, 16),
    )
    for c in (0.95, 0.9, 0.8):
        yield Case(
            f"rolled completeness, six hand-offs at {c:g}",
            f"extends: theory/rolled\ncooperation: {{completeness: {c}}}",
            (Quantity("right first time", c**6, metric("right_first_time_share"), "c^6"),),
            Size(13, 24),
            Size(1.5, 16) if c == 0.9 else None,
        )


SEED = 20_240_101
"""Full size: the seed of the first case; each case has its own, so that they are independent evidence."""

TEST_SEED = 100
"""The same for the test suite."""

CASES: dict[str, Case] = {
    case.name: case
    for group in (_one_server, _several_servers, _impatience, _priorities, _networks, _others)
    for case in group()
}


def replicate_by_name(name: str, weeks: float, seed: int, replication: int) -> list[float]:
    """Run one replication of a case; a function that worker processes can find."""
    return replicate(CASES[name], weeks, seed, replication)
