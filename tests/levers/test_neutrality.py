"""Where a lever has nothing to move it changes no bit; at intensity zero it also costs nothing."""

from __future__ import annotations

import pytest

from sim.scenario.files import shipped_names
from tests.levers.worlds import bits, replication

COMPLETE = "cooperation: {pairs: null, completeness: 100 %"
"""Nothing is ever missing."""


@pytest.mark.parametrize("name", shipped_names("policies"))
def test_a_policy_at_intensity_zero_changes_no_bit_and_costs_nothing(name: str) -> None:
    today, idle = replication("", (), 0), replication("", ((name, 0.0),), 0)
    assert bits(today[1]) == bits(idle[1])
    assert idle[0]["policy_cost"] == 0.0
    assert idle[0]["profit"] == today[0]["profit"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (COMPLETE + "}", COMPLETE + ", detection: 10 %, find_later: 5 %, redo_share: 90 %, clarification: 5 h}"),
        ("helping: {trained_share: 0 %}", "helping: {trained_share: 0 %, efficiency: 0.3}"),
        ("cross_training: null", "cross_training: {pattern: chain, departments: [billing, warehouse, support, sales]}"),
        ("patience: null", "patience: {scale: 1000000 h}"),
        ("churn: null", "churn: {hazard: 0 per year, walkout: 0 %, slope: 20}"),
        ("newcomers: null", "newcomers: {marketing: 0 per year, referral: 0 per year}"),
        ("departments: {hr: {own_work: null}}", "departments: {hr: {own_work: {load: 0}}}"),
        ("", "economics: {margin: 10 %, pay: 90, payment_term: 90 days}"),
        ("", "promise: {free_days: 9, loss_curvature: 3}"),
    ],
    ids=["complete hand-offs", "nobody trained", "nobody helps", "endless patience", "nobody leaves", "nobody comes",
         "no own work", "money", "customary promise"],
)  # fmt: skip
def test_two_ways_of_saying_the_same_are_the_same_to_the_last_bit(one: str, other: str) -> None:
    assert bits(replication(one, (), 0)[1]) == bits(replication(other, (), 0)[1])


def test_complete_hand_offs_need_no_clarification_and_no_redo() -> None:
    found, record = replication(COMPLETE + "}", (), 0)
    assert not (record.orders["clarifications"] + record.orders["redos"]).any()
    assert found["wait_share.clarification"] == found["wait_share.redo"] == 0.0


def test_frozen_demand_keeps_every_place_filled_and_free_demand_balances_its_books() -> None:
    frozen = replication("demand: {frozen: true}", (), 0)[0]
    assert frozen["customers_end"] == 1200.0
    assert frozen["customers_joined"] == 0.0
    assert frozen["churn_per_year"] > 0.0
    # The same places order under any promise, with the same luck; only what becomes of the orders differs.
    padded = replication("demand: {frozen: true}\npromise: {house: 27 h}", (), 0)[1]
    before = replication("demand: {frozen: true}", (), 0)[1]
    for field in ("order", "placed", "value"):
        one, other = (r.orders[r.orders["measured"] == 1][field] for r in (before, padded))
        assert one.tobytes() == other.tobytes()
    found, record = replication("", (), 0)
    begin = int(record.weeks["customers"][record.weeks["begin"] == 2 * 604_800_000][0])
    assert found["customers_end"] == begin + found["customers_joined"] - found["customers_left"]
