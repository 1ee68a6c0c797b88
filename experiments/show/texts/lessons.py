"""What every lesson's page says."""

from __future__ import annotations

LESSONS: dict[str, tuple[str, str]] = {}
"""Text by id: English, Spanish."""
