"""Kinds of customers: the value of what they order, and how long they wait for a first answer."""

from __future__ import annotations

import numpy as np
import pytest

from tests.internal_service.companies import HOUR, Data, Seen, company, near, step

FIRMS = {"share": 0.4, "value": 1.6, "patience": 1.5}
HOUSEHOLDS = {"share": 0.6, "value": 0.6, "patience": 0.7}


def selling(segments: Data | None = None, staff: int = 30, customers: int = 600) -> Data:
    data = company([step("serve", "desk", 1, delivers=True)], {"desk": {"staff": staff, "discipline": "fifo"}}, weeks=8)
    data["orders"]["k"]["value"] = {"mean": 100, "cv": 0.5}
    data["demand"] = {"kind": "customers", "customers": customers, "orders_per_customer": "12 per year"}
    if segments is not None:
        data["demand"]["segments"] = segments
    return data


def test_customers_belong_to_segments_by_their_shares_and_for_good() -> None:
    orders = Seen(selling({"firms": FIRMS, "households": HOUSEHOLDS})).record.orders
    of_customer: dict[int, set[int]] = {}
    for order in orders:
        of_customer.setdefault(int(order["customer"]), set()).add(int(order["segment"]))
    assert {len(kinds) for kinds in of_customer.values()} == {1}
    firms = [kinds == {0} for kinds in of_customer.values()]
    assert near(float(np.mean(firms)), 0.4, len(firms))


def test_the_same_order_is_worth_its_segments_factor_more() -> None:
    alike, apart = (
        Seen(selling()).record.orders,
        Seen(selling({"firms": FIRMS, "households": HOUSEHOLDS})).record.orders,
    )
    assert (alike["order"] == apart["order"]).all()
    factor = np.where(apart["segment"] == 0, 1.6, 0.6)
    assert np.allclose(apart["value"], alike["value"] * factor)
    others = [n for n in alike.dtype.names or () if n not in ("value", "segment")]
    assert all(np.array_equal(alike[n], apart[n], equal_nan=True) for n in others)


@pytest.mark.parametrize(("segment", "factor"), [(0, 1.5), (1, 0.7)])
def test_whoever_is_more_patient_gives_up_that_much_later(segment: int, factor: float) -> None:
    # Nobody answers in the week: the desk opens on Sundays at midnight only.
    def never(segments: Data | None) -> np.ndarray:
        data = selling(segments, staff=1) | {"calendars": {"never": {"sunday": "23:00-24:00"}}}
        data["departments"]["desk"]["calendar"] = "never"
        data["patience"] = {"scale": "10 h", "shape": 1.2}
        return Seen(data).record.orders

    alike, apart = never(None), never({"firms": FIRMS, "households": HOUSEHOLDS})
    both = np.intersect1d(alike["order"][alike["outcome"] == 2], apart["order"][apart["outcome"] == 2])
    one, other = (np.sort(o[np.isin(o["order"], both)], order="order") for o in (alike, apart))
    mine = other["segment"] == segment
    waited, then = ((o["ended"] - o["placed"])[mine] / HOUR for o in (one, other))
    assert mine.sum() > 50
    assert np.allclose(then, waited * factor, atol=1e-6)


def test_segments_without_difference_change_nothing_but_their_number() -> None:
    same = {"a": {"share": 0.5}, "b": {"share": 0.5}}
    alike, apart = Seen(selling()).record, Seen(selling(same)).record
    for name in alike.orders.dtype.names or ():
        if name != "segment":
            assert np.array_equal(alike.orders[name], apart.orders[name], equal_nan=True), name
    assert set(apart.orders["segment"].tolist()) == {0, 1}
    assert alike.parts.tobytes() == apart.parts.tobytes()
    assert alike.customers.tobytes() == apart.customers.tobytes()
