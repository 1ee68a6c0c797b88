"""Metrics are computed in a hurry; here they are computed as one would write them, and agree bit for bit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.basis import basis
from sim.measures.metrics import measure, metrics, quantile
from sim.measures.record import ABANDONED, DECLINED, DELIVERED, OPEN
from sim.policies.policy import Portfolio
from sim.rules.attribution import CAUSES
from tests.measures.records import HOUR, random_record, recorded, small_company, small_world


def mean(values):
    return float(np.mean(values)) if len(values) else math.nan


def plainly(record, world):
    """The metrics of orders and causes as formulas over rows."""
    placed = record.orders[record.orders["measured"] == 1]
    done = placed[placed["delivered"] >= 0]
    waits = (done["delivered"] - done["placed"]) / HOUR
    promised, paid = done[done["promised"] >= 0], done[done["invoiced"] >= 0]
    refunded, foreseen = done[done["compensated"] >= 0], done[~np.isnan(done["forecast"])]
    trouble = np.stack([done[k] for k in ("clarifications", "needs", "redos", "problem")])
    still_open = placed["outcome"] == OPEN
    n, holders = len(placed), len(world.departments) + len(world.transports)
    parts = np.sort(record.parts, order=["order", "cause"])
    hours = np.bincount(parts["cause"], weights=parts["open"], minlength=7 * holders + holders**2) / HOUR
    quantiles = np.quantile(waits, [0.5, 0.9, 0.95]) if len(waits) else [math.nan] * 3
    shares = [hours[k * holders : (k + 1) * holders].sum() for k in range(7)] + [hours[7 * holders :].sum()]
    judged = placed["experience"] if not record.customer_time else record.weeks["satisfaction"][1:2]
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "wait_mean": mean(waits),
            **dict(zip(("wait_p50", "wait_p90", "wait_p95"), map(float, quantiles), strict=True)),
            "wait_open_mean": float(parts["open"].sum()) / HOUR / len(done) if len(done) else math.nan,
            "orders_placed": float(n),
            "orders_delivered": float(
                np.sum(placed["outcome"] == DELIVERED) + np.sum(still_open & (placed["delivered"] >= 0))
            ),
            "orders_unfinished": float(np.sum(still_open & (placed["delivered"] < 0))),
            "abandoned_share": mean(placed["outcome"] == ABANDONED),
            "abandoned_after_asking_share": mean(
                (placed["outcome"] == ABANDONED) & ((placed["clarifications"] > 0) | (placed["needs"] > 0))
            ),
            "lost_sale_share": mean(placed["outcome"] == DECLINED),
            "promise_kept_share": mean(promised["delivered"] <= promised["promised"]),
            "quote_mean": mean(placed["quote"][~np.isnan(placed["quote"])]),
            "unsatisfied_share": mean(done["dissatisfied"]),
            "problem_share": mean(done["problem"] > 0),
            "complaint_share": mean(done["told"] > 0),
            "right_first_time_share": mean((trouble == 0).all(axis=0)),
            "compensation_wait_mean": mean((refunded["compensated"] - refunded["complained"]) / HOUR),
            "enquiries_per_order": mean(done["enquiries"]),
            "dispute_share": mean(done["disputes"] > 0),
            "forecast_kept_share": mean(foreseen["delivered"] <= foreseen["promised"]),
            "days_to_cash": mean((paid["invoiced"] - paid["delivered"] + world.payment_term) / HOUR / 24.0),
            "satisfaction_mean": mean(judged[~np.isnan(judged)]),
            **{f"wait_share.{c}": float(s / hours.sum()) for c, s in zip(CAUSES, shares, strict=True)},
        }


@pytest.mark.parametrize("orders", [0, 1, 2, 7, 300, 5000])
@pytest.mark.parametrize("measured", ["mixed", "together", "all", "none"])
def test_metrics_are_what_one_would_write_down(orders, measured):
    world = small_world()
    record = random_record(orders, orders, world)
    if measured != "mixed":
        among = {"together": slice(orders // 4, orders // 2 + 1), "all": slice(None), "none": slice(0, 0)}[measured]
        record.orders["measured"] = 0
        record.orders["measured"][among] = 1
    found, expected = metrics(small_company(), Portfolio(), world, record), plainly(record, world)
    assert {name: found[name].hex() for name in expected} == {name: v.hex() for name, v in expected.items()}
    assert all(type(value) is float for value in found.values())


def test_metrics_of_a_run_are_what_one_would_write_down():
    record, world = recorded(), small_world()
    found, expected = metrics(small_company(), Portfolio(), world, record), plainly(record, world)
    assert {name: found[name].hex() for name in expected} == {name: v.hex() for name, v in expected.items()}
    assert found["orders_delivered"] > 100


def test_what_is_prepared_serves_any_number_of_runs():
    company, world = small_company(), small_world()
    prepared = basis(company, Portfolio(), world)
    for seed in (1, 2, 1):
        record = random_record(seed, 50, world)
        found = measure(prepared, record)
        expected = metrics(company, Portfolio(), world, record)
        assert [(k, v.hex()) for k, v in found.items()] == [(k, v.hex()) for k, v in expected.items()]


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=40), st.sampled_from([0.0, 0.5, 0.9, 0.95, 1.0]))
def test_quantiles_are_numpys(values, q):
    hours = np.sort(np.array(values)) / HOUR
    assert quantile(hours, q).hex() == float(np.quantile(np.array(values) / HOUR, q)).hex()
