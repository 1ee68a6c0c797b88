"""A customer gives up while a colleague is asked: unbegun work is withdrawn, begun work is finished for nobody."""

from __future__ import annotations

from tests.internal_service.companies import HOUR, Data, Seen, company, hours, step

TWO_DAYS_APART = ["2024-01-01T10:00:00", "2024-01-01T11:00:00"]


def asking(answer: float, passed_on: float | None = None, kind: str = "need") -> Data:
    """A quote that needs a colleague's answer; customers wait twenty hours, give or take a few, for the quote."""
    need = {"from": "expert", "probability": 1, "work": hours(answer)}
    if passed_on is not None:
        need["passed_on"] = {"to": "maker", "probability": 1, "work": hours(passed_on)}
    return company(
        [step("quote", "desk", 1, quotes=True, needs=[need]), step("serve", "desk", 1, delivers=True)],
        {"desk": {"staff": 9}, "expert": {"staff": 1}, "maker": {"staff": 1}},
        weeks=2, patience={"scale": "20 h", "shape": 10}, promise={"house": "11 h", "acceptance": 1},
        cooperation={"completeness": 1, "setup": "0 h", "switching": "0 h"},
    )  # fmt: skip


def test_a_request_in_somebodys_hands_is_finished_and_its_answer_dropped() -> None:
    seen = Seen(asking(100), TWO_DAYS_APART[:1])
    order = seen.record.orders[0]
    placed = int(order["placed"])
    assert int(order["outcome"]) == 2
    assert 10 * HOUR < int(order["ended"]) - placed < 30 * HOUR
    assert int(order["delivered"]) == int(order["answered"]) == -1
    begun, over = seen.events("started", "request"), seen.events("finished", "request")
    assert begun == [(placed, 0)]
    # The expert goes on though the customer has gone; the run may end first, so time is looked at in the books.
    assert over in ([], [(placed + 100 * HOUR, 0)])
    busy = seen.record.departments["busy"][seen.number("expert")]
    assert busy == 100 * HOUR
    assert len(seen.events("arrived", "step")) == 1, "the answer moves nothing"
    assert seen.pair("requests", "desk", "expert") == 1


def test_a_request_that_nobody_has_begun_is_withdrawn() -> None:
    seen = Seen(asking(100), TWO_DAYS_APART)
    first, second = seen.record.orders
    assert (int(first["outcome"]), int(second["outcome"])) == (2, 2)
    assert [order for _, order in seen.events("arrived", "request")] == [0, 1]
    assert [order for _, order in seen.events("started", "request")] == [0]
    assert seen.record.departments["busy"][seen.number("expert")] == 100 * HOUR
    expert = seen.number("expert")
    stood = seen.record.departments["queue"][expert]
    assert stood == int(second["ended"]) - int(second["placed"]), "it stood in the queue until the customer left"
    assert seen.pair("requests", "desk", "expert") == 2
    assert seen.pair("answered", "desk", "expert") <= 1, "the first, perhaps; never the one that was withdrawn"


def test_an_answer_in_time_is_used() -> None:
    seen = Seen(asking(2), TWO_DAYS_APART)
    assert seen.record.orders["outcome"].tolist() == [1, 1]
    # Asked at once, answered after 2 h (the second waits an hour more for the first), quoted and served in 2 h.
    assert ((seen.record.orders["delivered"] - seen.record.orders["placed"]) / HOUR).tolist() == [4.0, 5.0]
    assert seen.pair("answered", "desk", "expert") == 2


def test_a_request_passed_on_is_dropped_with_its_order() -> None:
    seen = Seen(asking(1, passed_on=100), TWO_DAYS_APART[:1])
    assert seen.record.orders["outcome"].tolist() == [2]
    assert [order for _, order in seen.events("started", "request", "maker")] == [0]
    assert seen.record.departments["busy"][seen.number("maker")] == 100 * HOUR
    assert len(seen.events("arrived", "step")) == 1


def test_a_withdrawn_request_was_not_answered_whoever_had_it() -> None:
    seen = Seen(asking(1, passed_on=100), TWO_DAYS_APART)
    assert [order for _, order in seen.events("started", "request", "maker")] == [0]
    assert seen.pair("requests", "expert", "maker") == 2
    assert seen.pair("answered", "expert", "maker") <= 1
