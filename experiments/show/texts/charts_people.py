"""Charts of people and departments over time."""

from __future__ import annotations

CHARTS_PEOPLE: dict[str, tuple[str, str]] = {}
"""Text by id: English, Spanish."""
