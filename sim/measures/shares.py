"""Shares of a whole that may be nothing."""

from __future__ import annotations

NAN = float("nan")


def ratio(part: float, whole: float) -> float:
    """Return part / whole, nan when there is no whole."""
    return part / whole if whole else NAN
