"""What is said about what policies are worth."""

from __future__ import annotations

WORTH: dict[str, tuple[str, str]] = {
    "worth title": (
        "{label}: what each policy is worth, by its {response} ({replications} of {weeks})",
        "{label}: lo que vale cada política, según: {response} ({replications} de {weeks})",
    ),
    "worth change": ("change", "cambio"),
    "worth hires": ("hires that do\nthe same", "contrataciones que\nhacen lo mismo"),
    "worth profit": ("profit", "beneficio"),
    "worth kept": ("customers kept\n[per year]", "clientes conservados\n[al año]"),
    "worth note": (
        "Hires one after the other where they help most, found on other replications than these: first {first}; of "
        "{most}: {placed}. One costs about {pay} {currency} a year. 95 % intervals, each by itself; that of hires "
        "holds every "
        "number that cannot be told apart from the policy.",
        "Contrataciones una tras otra donde más ayudan, halladas en otras réplicas: primero {first}; de {most}: "
        "{placed}. Una cuesta unos {pay} {currency} al año. Intervalos del 95 %, cada uno por separado; el de "
        "contrataciones "
        "contiene todo número que no se distingue de la política.",
    ),
    "worth departments": (
        "The same, all hires in one department",
        "Lo mismo, con todas las contrataciones en un departamento",
    ),
    "worth departments note": (
        "Point estimates; their intervals are in --json. With > no number of hires that was tried does the same there.",
        "Estimaciones puntuales; sus intervalos están en --json. Con > ningún número probado hace lo mismo allí.",
    ),
    "worth harms": ("none: makes it worse", "ninguna: lo empeora"),
    "worth beyond": ("more than {most}", "más de {most}"),
}
"""Text by id: English, Spanish."""
