"""Own failures and refunds: how often, what they cost, and what they do to cash, acceptance and compensation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.internal_service.companies import HOUR, Data, Seen, bits, company, hours, near, step

PLENTY = {"staff": 60, "discipline": "fifo"}
STAFF = dict.fromkeys(("sales", "stock", "books"), PLENTY)
TERM = {"economics": {"payment_term": "10 days"}}


def failure(probability: float, consequence: str, **more: Any) -> Data:
    return {"failure": {"probability": probability, "consequence": consequence, **more}}


def sold(quote: Data | None = None, pick: Data | None = None, invoice: Data | None = None, **more: Any) -> Data:
    """Quote an hour, pick two hours, invoice half an hour; any of them may fail."""
    route = [
        step("quote", "sales", 1, quotes=True, **(quote or {})),
        step("pick", "stock", 2, delivers=True, **(pick or {})),
        step("invoice", "books", 0.5, invoices=True, **(invoice or {})),
    ]
    promise = {"house": "1000 h", "customary": "1000 h", "acceptance": 0.9}
    return company(route, STAFF, promise=promise, **TERM, **more)


def test_a_step_fails_as_often_as_it_says_and_each_failure_costs_what_it_says() -> None:
    seen = Seen(sold(pick=failure(0.2, "redelivery", cost=60)))
    failed = seen.delivered["extra_cost"] > 0
    assert near(failed.mean(), 0.2, len(failed))
    assert set(seen.delivered["extra_cost"].tolist()) == {0.0, 60.0}
    assert ((seen.delivered["problem"] > 0) == failed).all()
    repaired = {order for _, order in seen.events("finished", "repair", "stock")}
    assert repaired >= set(seen.delivered["order"][failed].tolist())
    assert len(repaired) == (seen.record.orders["extra_cost"] > 0).sum()


def test_a_redelivery_is_the_same_work_again_and_does_not_delay_the_invoice() -> None:
    seen = Seen(sold(pick=failure(1, "redelivery")))
    arrived, finished = (dict(map(reversed, seen.events(e, "repair"))) for e in ("arrived", "finished"))
    assert {finished[order] - arrived[order] for order in finished} == {2 * HOUR}
    assert {arrived[int(o["order"])] - int(o["delivered"]) for o in seen.delivered} == {0}
    assert set((seen.delivered["invoiced"] - seen.delivered["delivered"]).tolist()) == {HOUR // 2}


def test_an_invoice_with_an_error_counts_from_its_correction() -> None:
    seen = Seen(sold(invoice=failure(0.4, "correction", cost=15)))
    later = (seen.delivered["invoiced"] - seen.delivered["delivered"]) / HOUR
    wrong = seen.delivered["extra_cost"] > 0
    # Half an hour of invoicing; where it was wrong, half an hour of correcting after that.
    assert set(later[wrong].tolist()) == {1.0}
    assert set(later[~wrong].tolist()) == {0.5}
    assert near(wrong.mean(), 0.4, len(wrong))
    expected = 10 + (0.5 + 0.5 * wrong.mean()) / 24
    assert seen.metrics["days_to_cash"] == pytest.approx(expected)


@pytest.mark.parametrize(("probability", "accepted"), [(0.0, 0.9), (1.0, 0.9 * 0.4), (0.5, 0.9 * 0.7)])
def test_a_bad_lead_lowers_acceptance_by_its_factor(probability: float, accepted: float) -> None:
    bad = failure(probability, "rejection", acceptance_factor=0.4)
    seen = Seen(sold(quote=bad))
    assert near(1 - seen.metrics["lost_sale_share"], accepted, len(seen.measured))
    assert not seen.events("arrived", "repair")
    assert not (seen.delivered["problem"] > 0).any(), "the customer who is put off has no order to complain about"


def test_the_same_customers_stay_when_fewer_are_put_off() -> None:
    some, none = (Seen(sold(quote=failure(p, "rejection", acceptance_factor=0.4))) for p in (1.0, 0.0))
    assert set(some.delivered["order"].tolist()) < set(none.delivered["order"].tolist())


@pytest.mark.parametrize("consequence", ["redelivery", "correction", "rejection"])
def test_a_failure_that_never_happens_changes_no_bit(consequence: str) -> None:
    never, sometimes = (failure(p, consequence, cost=9, acceptance_factor=0.5) for p in (0.0, 0.5))
    assert bits(sold(pick=never, quote=never)) == bits(sold())
    assert bits(sold(pick=sometimes, quote=sometimes)) != bits(sold())


def complaining(refund: float | None, told: float = 1.0, **more: Any) -> Data:
    """Every order is damaged; a complaint takes an hour to answer and a refund half an hour to pay."""
    paid = {"refund": {"department": "books", "probability": refund, "work": hours(0.5), "amount": 40}}
    complaints = {"department": "sales", "work": hours(1), **(paid if refund is not None else {})}
    return sold(pick=failure(1, "redelivery", cost=60), complaints=complaints, problems={"told_minor": told}, **more)


def test_compensation_waits_for_the_answer_and_for_the_payment() -> None:
    seen = Seen(complaining(1.0))
    assert set(((seen.delivered["compensated"] - seen.delivered["complained"]) / HOUR).tolist()) == {1.5}
    assert set(((seen.delivered["complaint_answered"] - seen.delivered["complained"]) / HOUR).tolist()) == {1.0}
    assert seen.metrics["compensation_wait_mean"] == pytest.approx(1.5)
    assert set(seen.delivered["extra_cost"].tolist()) == {100.0}


def test_refunds_are_as_frequent_as_they_should_be_and_are_charged() -> None:
    seen, without = Seen(complaining(0.3)), Seen(complaining(None))
    paid = seen.delivered["compensated"] >= 0
    assert near(paid.mean(), 0.3, len(paid))
    years = (seen.world.window_end - seen.world.window_begin) / HOUR / 8766
    assert seen.metrics["cost"] - without.metrics["cost"] == pytest.approx(40 * paid.sum() / years)
    assert seen.metrics["revenue"] == without.metrics["revenue"]


def test_a_refund_counts_as_part_of_the_answer() -> None:
    # Answered within the hour, but the money takes half an hour more: later than "quickly".
    quick = {"told_minor": 1, "serious": 0, "quick": "1 h", "in_time": "24 h"}
    data = complaining(1.0) | {"problems": quick}
    slow, fast = Seen(data), Seen(complaining(None) | {"problems": quick})
    ratio = slow.delivered["experience"] / fast.delivered["experience"]
    assert np.allclose(ratio, 0.70 / 0.95)


def test_a_refund_that_is_never_paid_changes_no_bit() -> None:
    assert bits(complaining(0.0)) == bits(complaining(None))
    assert bits(complaining(0.9, told=0)) == bits(complaining(None, told=0))


def test_nobody_is_compensated_before_they_complain() -> None:
    data = complaining(0.5)
    late = step("invoice", "books", 30, invoices=True, **failure(1, "correction"))
    data["routes"]["r"][2] = late
    paid = (seen := Seen(data)).delivered["compensated"] >= 0
    assert (seen.delivered["compensated"] >= seen.delivered["complained"])[paid].all()


def test_two_failures_are_both_repaired() -> None:
    route = [
        step("make", "sales", 1, **failure(1, "redelivery")),
        step("load", "stock", 1, delivers=True, **failure(1, "redelivery")),
    ]
    seen = Seen(company(route, STAFF))
    assert len(seen.events("arrived", "repair")) == 2 * (seen.record.orders["delivered"] >= 0).sum()


def test_a_redelivery_makes_no_invoice() -> None:
    seen = Seen(company([step("load", "stock", 1, delivers=True, **failure(0.5, "redelivery"))], STAFF))
    assert not (seen.delivered["invoiced"] >= 0).any()
