"""Order files for tests."""

from __future__ import annotations

from pathlib import Path

from sim import Scenario
from sim.scenario.load import scenario_from_data

REPO = Path(__file__).resolve().parents[2]
EXAMPLE = REPO / "scenarios" / "examples" / "orders.csv"
REAL = REPO.parent / "shared" / "data" / "olist_sample.csv"
HEADER = "placed,customer,value,promised"
GOOD = "2024-03-04 09:30:00,ana,12.50,2024-03-20"


def write(folder: Path, *lines: str, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def two_types(**changes: object) -> Scenario:
    """A shop with two kinds of orders that wait one and two days."""
    data: dict[str, object] = {
        "name": "shop",
        "time": {"horizon": "10 weeks"},
        "departments": {"desk": {"staff": 1}},
        "routes": {
            name: [
                {"step": "way", "transport": name, "time": {"mean": f"{days} days", "distribution": "deterministic"}}
            ]
            for name, days in (("short", 1), ("long", 2))
        },
        "orders": {
            "near": {"route": "short", "share": "50 %", "value": {"mean": 1, "distribution": "deterministic"}},
            "far": {"route": "long", "share": "50 %", "value": {"mean": 1, "distribution": "deterministic"}},
        },
        "demand": {"kind": "file"},
    }
    return scenario_from_data(data | changes)
