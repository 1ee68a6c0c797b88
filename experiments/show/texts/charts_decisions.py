"""Charts of decisions: cost against churn, what drives a result, how sure it is."""

from __future__ import annotations

CHARTS_DECISIONS: dict[str, tuple[str, str]] = {}
"""Text by id: English, Spanish."""
