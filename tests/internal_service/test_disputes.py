"""Disputes: none with trust, both sides pay, the order is with both, and the books know with whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.internal_service.companies import HOUR, Data, Seen, bits, company, near, step

CALENDARS = {"morning": {"weekdays": "8:00-12:00"}, "afternoon": {"weekdays": "13:00-17:00"}}
FLAWED = {"completeness": 0, "detection": 0, "find_later": 1, "trust": 0}
"""Every hand-off is incomplete, nobody notices on starting, everybody finds it at the end of their own step."""


def two_steps(cooperation: Data, first: Data | None = None, second: Data | None = None, **more: Any) -> Data:
    plenty = {"staff": 40, "discipline": "fifo"}
    route = [step("make", "maker", 1), step("check", "checker", more.pop("work", 1), delivers=True)]
    return company(
        route, {"maker": plenty | (first or {}), "checker": plenty | (second or {})}, cooperation=cooperation, **more
    )


def test_with_full_trust_nobody_argues() -> None:
    seen = Seen(two_steps(FLAWED | {"trust": 1}))
    assert not seen.measured["disputes"].any()
    assert not seen.events("arrived", "dispute")
    assert seen.metrics["dispute_share"] == 0
    assert (seen.delivered["redos"] == 1).all()


def test_without_trust_every_defect_that_is_found_is_argued_about() -> None:
    seen = Seen(two_steps(FLAWED))
    assert (seen.delivered["disputes"] == 1).all()
    assert seen.metrics["checker->maker.dispute_share"] == pytest.approx(1, abs=0.01)
    assert seen.metrics["checker->maker.internal_satisfaction"] == pytest.approx(0, abs=0.01)


def test_disputes_are_as_frequent_as_trust_is_missing() -> None:
    seen = Seen(two_steps(FLAWED | {"trust": 0.7}))
    assert near(seen.metrics["dispute_share"], 0.3, len(seen.delivered))
    assert seen.adds_up()


def test_a_dispute_lands_in_both_queues_and_costs_both_its_work() -> None:
    seen = Seen(two_steps(FLAWED | {"dispute": "2 h"}))
    placed = {order: at for at, order in seen.events("arrived", "step", "maker")}
    for side in ("maker", "checker"):
        arrived = {order: at for at, order in seen.events("arrived", "dispute", side)}
        finished = {order: at for at, order in seen.events("finished", "dispute", side)}
        assert set(arrived) == set(placed)
        assert {at - placed[order] for order, at in arrived.items()} == {2 * HOUR}, "after both steps of an hour"
        assert {at - arrived[order] for order, at in finished.items()} == {2 * HOUR}, "both at once"
    # Two hours of steps, two of the dispute, and half an hour of redo on either side.
    assert set((seen.delivered["delivered"] - seen.delivered["placed"]).tolist()) == {5 * HOUR}
    assert set(seen.parts("dispute")["open"].tolist()) == {2 * HOUR}


@pytest.mark.parametrize(
    ("work", "opened", "closed"),
    [
        # The maker works 8-12, the checker 13-17; an order of Monday 10:00 is made by 11:00 and checked from 13:00.
        # One hour of checking: the dispute begins Mon 14:00; the checker has argued by 15:00, the maker on Tue 8-9.
        # Open: 14-15 (checker), Tue 8-9 (maker). Closed from Mon 15:00, though the checker is there until 17:00.
        (1.0, 2.0, 17.0),
        # Checking until 16:30: the checker argues Mon 16:30-17 and Tue 13-13:30, the maker Tue 8-9. Open: half an hour,
        # one hour, half an hour; closed Mon 17 to Tue 8 (both shut) and Tue 9 to 13, though the maker is there.
        (3.5, 2.0, 19.0),
    ],
)
def test_a_dispute_is_closed_only_while_every_unfinished_side_is(work: float, opened: float, closed: float) -> None:
    data = two_steps(
        FLAWED, {"calendar": "morning"}, {"calendar": "afternoon"}, work=work, weeks=2, calendars=CALENDARS
    )
    seen = Seen(data, ["2024-01-01T10:00:00"])
    parts = seen.parts("dispute")
    assert (parts["open"] / HOUR).tolist() == [opened]
    assert (parts["closed"] / HOUR).tolist() == [closed]
    assert seen.adds_up()
    # Checking began at 13:00; the dispute; then the maker's redo in the morning and the checker's in the afternoon.
    assert len(seen.parts("redo")) == 1


def test_trust_and_the_work_of_disputes_do_not_matter_where_nothing_is_found() -> None:
    quiet = {"completeness": 0.5, "detection": 0.5, "find_later": 0}
    assert bits(two_steps(quiet | {"trust": 0, "dispute": "9 h"})) == bits(two_steps(quiet | {"trust": 1}))


def test_full_trust_makes_the_work_of_disputes_irrelevant() -> None:
    trusting = FLAWED | {"completeness": 0.5, "trust": 1}
    assert bits(two_steps(trusting | {"dispute": "0 h"})) == bits(two_steps(trusting | {"dispute": "9 h"}))
    assert bits(two_steps(trusting)) != bits(two_steps(trusting | {"trust": 0.9}))


def test_only_defects_mended_without_a_dispute_are_reported() -> None:
    both = FLAWED | {"trust": 0.6, "reporting": 0.5}
    seen = Seen(two_steps(both, rate="2 per h"))
    assert near(seen.metrics["reported_share"], 0.3, seen.record.mended)
    assert Seen(two_steps(both | {"trust": 0})).record.reported == 0
    assert Seen(two_steps(both | {"reporting": 0})).record.reported == 0


def test_reporting_moves_nothing_but_its_own_count() -> None:
    some = FLAWED | {"completeness": 0.5, "trust": 0.6}
    silent, loud = (Seen(two_steps(some | {"reporting": share})).record for share in (0, 1))
    assert silent.orders.tobytes() == loud.orders.tobytes()
    assert silent.parts.tobytes() == loud.parts.tobytes()
    assert (silent.reported, silent.mended) == (0, loud.mended)
    assert loud.reported > 0


THREE = {name: {"staff": 40, "discipline": "fifo"} for name in ("maker", "carrier", "checker")}


def seldom_straight(share: float) -> Data:
    """Mostly made, carried, checked; sometimes checked at once. The maker's flaws are found by carrier or checker."""
    route = [
        step("make", "maker", 1, next={"carry": 1 - share, "check": share}),
        step("carry", "carrier", 1),
        step("check", "checker", 1, delivers=True),
    ]
    cooperation = {"completeness": 1, "pairs": {"maker->carrier": {"completeness": 0}}}
    return company(route, THREE, cooperation=cooperation | {"detection": 0, "find_later": 0.5, "trust": 0})


def test_the_share_of_disputed_hand_offs_is_a_share() -> None:
    m = Seen(seldom_straight(0.05)).metrics
    assert 0 <= m["checker->maker.dispute_share"] <= 1
    assert 0 <= m["checker->maker.internal_satisfaction"] <= 1


def test_every_dispute_is_reported_of_some_pair() -> None:
    seen = Seen(seldom_straight(0.0))
    m = seen.metrics
    pairs = [n.rpartition(".")[0] for n in m if n.endswith(".dispute_share")]
    total = sum(seen.pair("disputes", *name.split("->")) for name in pairs)
    assert total == sum(seen.record.pairs["disputes"])


def test_nobody_argues_with_themselves() -> None:
    route = [step("make", "maker", 1), step("see", "checker", 1), step("finish", "maker", 1, delivers=True)]
    cooperation = {"completeness": 1, "pairs": {"maker->checker": {"completeness": 0}}}
    cooperation |= {"detection": 0, "find_later": 0.5, "trust": 0}
    seen = Seen(company(route, {k: THREE[k] for k in ("maker", "checker")}, cooperation=cooperation))
    assert seen.pair("disputes", "checker", "maker") > 0
    assert seen.pair("disputes", "maker", "maker") == 0
