"""Random demand: streams, customers who come back, real orders, with and without waves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from benchmarks.validate.random_routes import Choice, Data
from sim.orders import OrderRow

SEGMENTS: Data = {
    "one": {"share": 0.6, "value": 0.9, "patience": 0.5}, "two": {"share": 0.4, "value": 3, "patience": 2},
}  # fmt: skip
PROFILES: tuple[Data, ...] = (
    {"calendar": "split", "share_inside": 0.9}, {"calendar": "office", "share_inside": 1.0},
    {"hours": [0] * 8 + [5, 4, 3, 2, 1, 1, 2, 3, 4, 5] + [0] * 6},
)  # fmt: skip


def random_demand(choose: Choice, kinds: list[str], grid: bool) -> tuple[Data, tuple[OrderRow, ...]]:
    """Return a demand as in a scenario file, and real orders if it takes them from a file."""
    wave: Data = {}
    if choose((False, False, True)):
        wave["profile"] = choose(PROFILES)
    if choose((False, False, True)):
        wave["season"] = {"amplitude": 0.5, "peak_week": 2}
    kind = choose(("stream", "customers", "file"))
    if kind == "file":
        return {"kind": kind}, random_rows(choose, kinds)
    found: dict[str, Any] = {"kind": kind, **wave}
    if kind == "stream":
        found["rate"] = choose(
            ("0.4 per h", "0.15 per h", "0.25 per h", "1 per h", "0.6 per h", "2 per h", "0.3 per h", "0 per h")
        )
        cv = 0 if grid else choose((None, 0, 2, 0.5))
        return found | ({} if cv is None else {"interarrival_cv": cv}), ()
    found["customers"] = choose((40, 150, 10))
    found["orders_per_customer"] = choose(("50 per year", "3 per week"))
    found["spread_cv"] = choose((0, 0.5))
    found["frozen"] = choose((False, True))
    return found | ({"segments": SEGMENTS} if choose((False, True)) else {}), ()


def random_rows(choose: Choice, kinds: list[str]) -> tuple[OrderRow, ...]:
    """Return real orders of some days: many at round hours, by customers who come back, some promised already."""
    at, rows = dt.datetime(2024, 1, 1, choose((0, 9, 23))), []
    gaps = [dt.timedelta(minutes=choose((60, 240, 30, 0, 360, 17, 120))) for _ in range(4)]
    late = [None, *(dt.timedelta(hours=choose((8, 0, 1, 72))) for _ in range(2))]
    for i in range(choose((60, 150, 300, 150, 3))):
        at += gaps[i * i % 7 % 4]
        after = late[i % 5 % 3]
        kind = None if i % 4 == 0 else kinds[i % len(kinds)]
        rows.append(OrderRow(i + 2, at, f"c{i * i % 13}", float(i % 9), None if after is None else at + after, kind))
    return tuple(rows)
