"""What the report says between its charts."""

from __future__ import annotations

REPORT: dict[str, tuple[str, str]] = {}
"""Text by id: English, Spanish."""
