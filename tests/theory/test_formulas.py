"""The formulas themselves, against published tables and limits that need no simulation."""

from __future__ import annotations

import math

import pytest

from benchmarks.validate import formulas as f


@pytest.mark.parametrize(
    ("servers", "load", "wait"),
    [(2, 0.8, 1.778), (4, 0.8, 0.746), (6, 0.8, 0.431), (10, 0.8, 0.205),
     (2, 0.9, 4.263), (4, 0.9, 1.969), (6, 0.9, 1.234), (10, 0.9, 0.669)],
)  # fmt: skip
def test_erlang_c_gives_the_pooling_table(servers: int, load: float, wait: float) -> None:
    assert f.mmc_wait(servers, servers * load, 1.0) == pytest.approx(wait, abs=5e-4)


@pytest.mark.parametrize(
    ("servers", "rate", "theta", "gone", "wait"),
    [
        (5, 4.5, 0.5, 0.1099, 0.2197),
        (10, 10, 1, 0.1251, 0.1251),
        (10, 11, 0.5, 0.1477, 0.2955),
        (20, 22, 0.5, 0.1221, 0.2443),
    ],
)
def test_erlang_a_gives_its_table_and_tends_to_erlang_c_when_customers_become_patient(
    servers: int, rate: float, theta: float, gone: float, wait: float
) -> None:
    assert f.erlang_a(servers, rate, 1.0, theta) == (pytest.approx(gone, abs=6e-5), pytest.approx(wait, abs=6e-5))
    assert f.erlang_a(5, 4.0, 1.0, 1e-9)[1] == pytest.approx(f.mmc_wait(5, 4.0, 1.0), rel=1e-5)


def test_one_server_is_the_same_by_every_formula() -> None:
    for rho in (0.3, 0.8, 0.95):
        wait = rho / (1 - rho)
        assert f.mmc_wait(1, rho, 1.0) == pytest.approx(wait)
        assert f.pollaczek_khinchine(rho, 1.0, 1.0) == pytest.approx(wait)
        assert f.cobham([rho]) == [pytest.approx(wait)]
        assert f.feedback(rho, 0.0) == pytest.approx(wait + 1)


def test_cobham_gives_its_table_and_conserves_work() -> None:
    assert f.cobham([0.60, 0.25]) == [pytest.approx(2.125), pytest.approx(14.17, abs=5e-3)]
    assert f.cobham([0.50, 0.30]) == [pytest.approx(1.60), pytest.approx(8.00)]
    for loads in ([0.6, 0.25], [0.2, 0.3, 0.4]):
        rho = sum(loads)
        assert sum(r * w for r, w in zip(loads, f.cobham(loads), strict=True)) == pytest.approx(rho * rho / (1 - rho))


def test_promises_of_the_mean_are_kept_as_often_as_the_exponential_says() -> None:
    assert f.quote_kept(5, 5) == pytest.approx(0.632, abs=5e-4)
    assert f.quote_kept(1, 5) == pytest.approx(0.181, abs=5e-4)


def test_infinite_servers_without_a_wave_hold_rate_times_mean() -> None:
    assert f.on_the_way([1.0] * 24, 10.0, 6.0, 0.8, 7) == pytest.approx(60.0, rel=1e-6)
    wave = [float(h) for h in range(24)]
    day = [f.on_the_way(wave, 10.0, 6.0, 0.8, h) for h in range(0, 24, 3)]
    # Eight instants of a smooth curve; its mean over the day is rate x mean.
    assert math.fsum(day) / 8 == pytest.approx(60.0, rel=0.01)


def test_traffic_equations_conserve_orders() -> None:
    routing = [[0.0, 0.7, 0.2], [0.15, 0.1, 0.75], [0.1, 0.1, 0.0]]
    x = f.traffic([1.0, 0.0, 0.0], routing)
    leaving = sum(rate * (1 - sum(row)) for rate, row in zip(x, routing, strict=True))
    assert leaving == pytest.approx(1.0)
