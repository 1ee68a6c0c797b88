"""What verification found; a mark says what does not hold yet."""

from __future__ import annotations

from sim.engines import streams
from tests.properties.companies import Data, run, world_of

VALUE = {"mean": 1, "cv": 0}


def helped_by(first: str, second: str) -> Data:
    return {
        "name": "helpers", "time": {"horizon": "4 weeks"},
        "departments": {
            "desk": {"staff": 1, "discipline": "fifo"},
            first: {"staff": 1, "own_work": {"load": 0.5, "work": {"mean": "1 h", "cv": 1}}},
            second: {"staff": 1, "own_work": {"load": 0.8, "work": {"mean": "2 h", "cv": 1}}},
        },
        "routes": {"r": [{"step": "serve", "department": "desk", "work": {"mean": "1 h", "cv": 1}}]},
        "orders": {"k": {"route": "r", "value": VALUE}},
        "demand": {"kind": "stream", "rate": "0.9 per h"},
        "cross_training": {"pattern": "list", "helps": {first: ["desk"], second: ["desk"]}},
        "helping": {"trained_share": 1},
    }  # fmt: skip


def test_renaming_helpers_that_no_order_meets_changes_nobodys_luck() -> None:
    one, other = (run(world_of(helped_by(first, "ben"))[1]) for first in ("ann", "zoe"))
    assert one.orders.tobytes() == other.orders.tobytes()


def test_a_withdrawn_request_is_not_answered() -> None:
    passed = {"to": "supplier", "probability": 1, "work": {"mean": "2 h", "cv": 0}}
    need = {"from": "buying", "probability": 1, "work": {"mean": "0.1 h", "cv": 0}, "passed_on": passed}
    data = {
        "name": "withdrawn", "time": {"horizon": "8 weeks"},
        "departments": {
            "desk": {"staff": 9, "discipline": "fifo"}, "buying": {"staff": 5, "discipline": "fifo"},
            "supplier": {"staff": 1, "discipline": "fifo"},
        },
        "routes": {"r": [{"step": "x", "department": "desk", "work": {"mean": "0.1 h", "cv": 0}, "needs": [need]}]},
        "orders": {"k": {"route": "r", "value": VALUE}},
        "demand": {"kind": "stream", "rate": "1 per h"},
        "patience": {"scale": "8 h", "shape": 20},
    }  # fmt: skip
    world = world_of(data)[1]
    record = run(world, log=True)
    buying, supplier = world.departments.index("buying"), world.departments.index("supplier")
    served = sum(event == streams.LOG_FINISHED and holder == supplier for _, event, holder, _, _ in record.log)
    assert record.pairs["answered"][buying * len(world.departments) + supplier] <= served


def test_a_customer_whose_patience_ends_in_somebodys_hands_does_not_queue_again() -> None:
    data = {
        "name": "patience", "time": {"horizon": "8 weeks"},
        "departments": {"one": {"staff": 2, "discipline": "fifo"}, "two": {"staff": 1, "discipline": "fifo"}},
        "routes": {"r": [
            {"step": "x", "department": "one", "work": {"mean": "4 h", "distribution": "exponential"}},
            {"step": "y", "department": "two", "work": {"mean": "2 h", "distribution": "exponential"}, "answers": True},
        ]},
        "orders": {"k": {"route": "r", "value": VALUE}},
        "demand": {"kind": "stream", "rate": "0.42 per h"},
        "patience": {"scale": "8 h", "shape": 20}, "cooperation": {"completeness": 1},
    }  # fmt: skip
    record = run(world_of(data)[1], log=True)
    placed = dict(zip(record.orders["order"].tolist(), record.orders["placed"].tolist(), strict=True))
    began = {key: time for time, event, holder, key, _ in record.log if event == streams.LOG_STARTED and holder == 1}
    came = {key: time for time, event, holder, key, _ in record.log if event == streams.LOG_ARRIVED and holder == 1}
    # Patience is between 5 h and 9.5 h with near certainty (Weibull of shape 20): nobody waits unanswered after it.
    waited = [key for key in began if began[key] > came[key] and began[key] - placed[key] > 9.5 * 3_600_000]
    assert waited == []
