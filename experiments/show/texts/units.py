"""Words of units."""

from __future__ import annotations

UNITS: dict[str, tuple[str, str]] = {
    "points": ("points", "puntos"),
    "points per year": ("points per year", "puntos al año"),
    "percent per year": ("% per year", "% al año"),
    "per year": ("per year", "al año"),
    "per week": ("per week", "por semana"),
    "per day": ("per day", "al día"),
    "per h": ("per h", "por h"),
    "unit days": ("days", "días"),
    "unit weeks": ("weeks", "semanas"),
    "unit years": ("years", "años"),
    "unit orders": ("orders", "pedidos"),
    "unit customers": ("customers", "clientes"),
    "unit people": ("people", "personas"),
    "unit posts": ("posts", "puestos"),
    "unit items": ("items", "tareas"),
    "unit requests": ("requests", "peticiones"),
}
"""Text by id: English, Spanish."""
