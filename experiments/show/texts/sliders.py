"""What stands beside the sliders of a report."""

from __future__ import annotations

SLIDERS: dict[str, tuple[str, str]] = {
    "sliders title": ("Try a mix yourself", "Pruebe usted una mezcla"),
    "sliders intro": (
        "Each slider is something that was varied. {nodes} mixtures were simulated, {replications} runs each, with the "
        "same customers and luck as today. At a mixture that was simulated the change stands with its 95 % interval, "
        "each by itself; between them it is interpolated (marked ≈) and has no interval.",
        "Cada deslizador es algo que se varió. Se simularon {nodes} mezclas, {replications} simulaciones de cada una, "
        "con los mismos clientes y la misma suerte que hoy. En una mezcla simulada el cambio lleva su intervalo del "
        "95 %, cada uno por separado; entre ellas se interpola (marcado con ≈) y no tiene intervalo.",
    ),
    "sliders closed": ("closed: nights, weekends", "cerrado: noches, fines de semana"),
    "sliders mix": ("this mix", "esta mezcla"),
    "sliders figure": ("figure", "cifra"),
    "sliders cause": ("part of the wait", "parte de la espera"),
    "sliders parts title": ("Where the customer's wait comes from", "De dónde viene la espera del cliente"),
    "sliders parts reading": (
        "Mean hours per delivered order: today as an outline, this mix filled. The parts add up to the wait on the "
        "calendar. "
        "Estimates without interval.",
        "Horas medias por pedido entregado: hoy en contorno, esta mezcla rellena. Las partes suman la espera de "
        "calendario. "
        "Estimaciones sin intervalo.",
    ),
    "sliders cloud title": (
        "What it costs and how many customers are lost",
        "Lo que cuesta y los clientes que se pierden",
    ),
    "sliders cloud reading": (
        "Each small mark is a simulated mixture, by its mean changes from today; the diamond is this mix. Lower left "
        "is cheaper and loses fewer customers. Luck moves the marks up and down: near ones cannot be told apart.",
        "Cada marca pequeña es una mezcla simulada, por sus cambios medios respecto a hoy; el rombo es esta mezcla. "
        "Abajo a la izquierda cuesta menos y se pierden menos clientes. La suerte mueve las marcas: las cercanas no se "
        "distinguen.",
    ),
    "sliders axis": ("{name},\nchange from today [{unit}]", "{name},\ncambio respecto a hoy [{unit}]"),
    "sliders nodes": ("simulated mixtures", "mezclas simuladas"),
    "sliders reset": ("Back to today", "Volver a hoy"),
    "sliders simulated": ("this mixture was simulated", "esta mezcla se simuló"),
    "sliders interpolated": (
        "≈ interpolated between simulated mixtures: no interval",
        "≈ interpolado entre mezclas simuladas: sin intervalo",
    ),
    "sliders as today": ("this is today's way of working", "esta es la forma de trabajar de hoy"),
}
"""Text by id: English, Spanish."""
