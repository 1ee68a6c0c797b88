"""The agreed age: a share of requests goes first once it is that old, whatever else waits."""

from __future__ import annotations

import numpy as np
import pytest

from tests.internal_service.companies import Data, Seen, bits, company, hours, near, step

AGE = 4.0


def swamped(share: float, responsiveness: float = 0.0, excuse: float = 0.0) -> Data:
    """A desk with more external work than it can do, so that a request is served only when it goes first."""
    desk = {
        "staff": 1,
        "cooperation": {
            "responsiveness": responsiveness, "excuse": excuse, "alignment": 1,
            "escalation": "10000 h", "agreed_age": f"{AGE} h", "agreed_share": share,
        },
    }  # fmt: skip
    data = company(
        [step("serve", "desk", 1, delivers=True)], {"desk": desk, "hall": {"staff": 60}}, rate="2 per h", weeks=8,
        cooperation={"completeness": 1, "setup": "0 h", "switching": "0 h"},
    )  # fmt: skip
    data["time"]["drain"] = "0 weeks"
    need = {"from": "desk", "probability": 1, "work": hours(0.1)}
    data["routes"]["inside"] = [step("see", "hall", 1, delivers=True, needs=[need])]
    value = data["orders"]["k"]["value"]
    data["orders"] = {
        "e": {"route": "r", "share": 0.75, "value": value},
        "i": {"route": "inside", "share": 0.25, "value": value},
    }
    return data


def request_waits(seen: Seen) -> np.ndarray:
    """Hours from each request to its start, from the log; infinite where it was never begun."""
    begun = {order: at for at, order in seen.events("started", "request", "desk")}
    return np.array([
        (begun[order] - at) / 3_600_000 if order in begun else np.inf
        for at, order in seen.events("arrived", "request", "desk") if at < seen.record.ended - 24 * 3_600_000
    ])  # fmt: skip


def test_without_an_agreement_the_swamped_desk_never_answers() -> None:
    waits = request_waits(Seen(swamped(0.0)))
    # Only while the desk is not swamped yet, in its first hours.
    assert np.isinf(waits).mean() > 0.98


def test_where_everybody_keeps_to_it_requests_are_answered_at_the_agreed_age() -> None:
    waits = request_waits(Seen(swamped(1.0)))
    # At the agreed age, as soon as the item in hand (an hour) and earlier requests are done.
    assert np.quantile(waits, 0.05) > 1
    assert np.median(waits) == pytest.approx(AGE + 0.5, abs=0.5)
    assert waits.max() < AGE + 4


def test_half_an_agreement_is_kept_for_half_the_requests() -> None:
    waits = request_waits(Seen(swamped(0.5)))
    assert near((waits < AGE + 4).mean(), 0.5, len(waits))


def test_parity_is_a_share_too() -> None:
    # Granted requests stand in the main lane with orders; the rest is never answered.
    waits = request_waits(Seen(swamped(0.0, responsiveness=1.0)))
    assert np.isfinite(waits).mean() > 0.5
    assert np.isinf(request_waits(Seen(swamped(0.0, responsiveness=0.0)))).mean() > 0.98


def test_the_agreed_age_changes_no_bit_while_nobody_keeps_to_it() -> None:
    data, other = swamped(0.0), swamped(0.0)
    other["departments"]["desk"]["cooperation"]["agreed_age"] = "1 h"
    assert bits(data) == bits(other)
    assert bits(data) != bits(swamped(1.0))
