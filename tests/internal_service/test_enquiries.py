"""Customers who ask where their late order is: when, how often, and whom it costs time."""

from __future__ import annotations

import pytest

from tests.internal_service.companies import HOUR, Data, Seen, bits, company, hours, near, step

INTERVAL, LATE = 16.0, 400.0
"""Two working days between questions; every order is this many hours on the way."""


def always_late(visibility: float, house: str = "0 h", enquiries: bool = True) -> Data:
    """Quoted at the desk at once, then in the plant for four hundred hours."""
    plenty = {"staff": 900, "discipline": "fifo"}
    route = [
        step("quote", "desk", 0.1, quotes=True),
        step("make", "plant", LATE, delivers=True),
    ]
    asking = {"enquiries": {"department": "desk", "work": hours(0.1), "question": hours(0.5)}} if enquiries else {}
    return company(
        route, {"desk": plenty, "plant": plenty}, weeks=3, cooperation={"completeness": 1, "visibility": visibility},
        promise={"house": house, "customary": house, "acceptance": 1}, **asking,
    )  # fmt: skip


def test_a_late_order_is_asked_about_every_two_working_days() -> None:
    seen = Seen(always_late(1.0))
    asked = seen.delivered["enquiries"]
    # Exponential gaps of 16 h, and 0.1 h to be answered before the next one begins.
    expected = LATE / (INTERVAL + 0.1)
    assert asked.mean() == pytest.approx(expected, abs=3.5 * (expected / len(asked)) ** 0.5), "wrong once in 2,000"
    # Nearly a Poisson count: the variance is the mean.
    assert asked.var() == pytest.approx(expected, rel=0.3)


def test_nobody_asks_before_the_promised_instant_or_after_the_delivery() -> None:
    seen = Seen(always_late(1.0, house="100 h"))
    orders = {int(o["order"]): o for o in seen.record.orders}
    asked = seen.events("arrived", "enquiry")
    assert asked
    for at, order in asked:
        assert at >= orders[order]["promised"]
        assert orders[order]["delivered"] < 0 or at <= orders[order]["delivered"]


def test_an_order_that_is_never_late_is_never_asked_about() -> None:
    prompt, without = always_late(0.0, house="1000 h"), always_late(0.0, house="1000 h", enquiries=False)
    seen = Seen(prompt)
    assert not seen.measured["enquiries"].any()
    assert seen.metrics["enquiries_per_order"] == 0
    assert bits(prompt) == bits(without)


def test_where_everybody_sees_every_order_no_colleague_is_asked() -> None:
    seen = Seen(always_late(1.0))
    assert seen.events("arrived", "enquiry", "desk")
    assert not seen.events("arrived", "question")
    assert seen.pair("requests", "desk", "plant") == 0


def test_without_visibility_every_enquiry_becomes_a_question_to_whoever_has_the_order() -> None:
    seen = Seen(always_late(0.0))
    asked = dict(seen.events("finished", "enquiry", "desk"))
    orders = {int(o["order"]): int(o["delivered"]) for o in seen.record.orders}
    still_out = {at for at, order in asked.items() if orders[order] < 0 or at < orders[order]}
    assert {at for at, _ in seen.events("arrived", "question", "plant")} == still_out
    assert seen.metrics["desk->plant.request_wait_mean"] == pytest.approx(0.5)
    took = {at - HOUR // 2 for at, _ in seen.events("finished", "question", "plant")}
    assert took <= still_out


def test_questions_are_as_frequent_as_visibility_is_missing() -> None:
    seen = Seen(always_late(0.7))
    asked, questions = len(seen.events("finished", "enquiry")), len(seen.events("arrived", "question"))
    # Orders that arrive between enquiry and answer would blur it; they are one in four thousand here.
    assert near(questions / asked, 0.3, asked)


def test_enquiries_and_questions_are_workarounds_and_failure_demand() -> None:
    seen = Seen(always_late(0.0))
    d = seen.record.departments
    assert sum(d["workaround"]) == sum(d["failure_demand"])
    begin, end = seen.world.window_begin, seen.world.window_end
    by_hand = sum(
        max(0, min(end, at) - max(begin, at - length))
        for item, length in (("enquiry", HOUR // 10), ("question", HOUR // 2))
        for at, _ in seen.events("finished", item)
    )
    assert sum(d["workaround"]) == pytest.approx(by_hand, abs=HOUR)


def test_a_promise_read_from_a_file_is_asked_about_like_any_other() -> None:
    data = always_late(1.0)
    ours = Seen(data, ["2024-01-01T10:00:00"] * 20)
    assert ours.delivered["enquiries"].mean() > 10


def test_customers_of_a_file_who_were_promised_a_date_ask_when_it_has_passed() -> None:
    theirs = Seen(always_late(1.0), ["2024-01-01T10:00:00"] * 20, promised="2024-01-02T10:00:00")
    assert (theirs.delivered["delivered"] > theirs.delivered["promised"]).all()
    assert theirs.delivered["enquiries"].mean() > 10
