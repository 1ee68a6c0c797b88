"""Buttons, switches and notes of every page."""

from __future__ import annotations

PAGE: dict[str, tuple[str, str]] = {}
"""Text by id: English, Spanish."""
