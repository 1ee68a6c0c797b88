"""Results as plain data for `--json`: the shape is part of the public interface (schema_version)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from experiments.analysis.intervals import Estimate, Runs, differences, estimates

UnitOf = Callable[[str], str]
"""Metric -> its unit."""


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def metrics_data(found: Mapping[str, Estimate], unit_of: UnitOf) -> dict[str, dict[str, Any]]:
    """Return estimates as data: mean and half_width are null where the metric does not apply.

    Examples
    --------
    >>> metrics_data({"wait_mean": Estimate(39.2, None, 1)}, lambda name: "h")
    {'wait_mean': {'mean': 39.2, 'half_width': None, 'unit': 'h', 'n': 1}}
    """
    return {
        name: {
            "mean": _number(estimate.mean),
            "half_width": _number(estimate.half_width),
            "unit": unit_of(name),
            "n": estimate.n,
        }
        for name, estimate in found.items()
    }


def simulate_data(runs: Runs, unit_of: UnitOf) -> dict[str, Any]:
    """Return the metrics of one way of working."""
    return {"metrics": metrics_data(estimates(runs), unit_of)}


def today_data(today: Runs, policies: Mapping[str, Runs], unit_of: UnitOf) -> dict[str, Any]:
    """Return today's metrics and, for each policy, its metrics and its paired differences from today."""
    return {
        "today": metrics_data(estimates(today), unit_of),
        "policies": {
            name: {
                "metrics": metrics_data(estimates(runs), unit_of),
                "difference": metrics_data(differences(runs, today), unit_of),
            }
            for name, runs in policies.items()
        },
    }
