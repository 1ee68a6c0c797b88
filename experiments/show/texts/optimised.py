"""What is said about the best mix."""

from __future__ import annotations

OPTIMISED: dict[str, tuple[str, str]] = {
    "optimise title": (
        "{label}: the best mix for {budget} a year beyond today",
        "{label}: la mejor mezcla por {budget} al año más que hoy",
    ),
    "optimise response": ("what changes", "lo que cambia"),
    "optimise change": ("change", "cambio"),
    "optimise note": (
        "Differences from today on replications that neither the search nor the selection has used; all hold together "
        "with 95 %.",
        "Diferencias con hoy en réplicas que no usaron ni la búsqueda ni la selección; todas valen a la vez con el 95 "
        "%.",
    ),
    "optimise runs": ("Runs in all: {runs}.", "Simulaciones en total: {runs}."),
    "optimise mix": ("mix", "mezcla"),
    "optimise cost": ("cost a year\nbeyond today", "coste al año\nmás que hoy"),
    "front title": (
        "{label}: what is not shown to be bettered, for up to {budget} a year beyond today",
        "{label}: lo que no se demuestra mejorable, por hasta {budget} al año más que hoy",
    ),
    "front note": (
        "Means on replications that the search has not used, with intervals that hold together (95 %). {gone} other "
        "mixes are clearly worse than one that costs no more. Mixes that were not found by the search may be better.",
        "Medias en réplicas que la búsqueda no usó, con intervalos que valen a la vez (95 %). Otras {gone} mezclas "
        "son claramente peores que una que no cuesta más. Puede haber mezclas mejores que la búsqueda no encontró.",
    ),
}
"""Text by id: English, Spanish."""
