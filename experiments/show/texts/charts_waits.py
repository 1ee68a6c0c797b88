"""Charts of the customer's wait and of waiting for one another."""

from __future__ import annotations

CHARTS_WAITS: dict[str, tuple[str, str]] = {}
"""Text by id: English, Spanish."""
