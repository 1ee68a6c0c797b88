"""What is said around every job: progress, results, and what went wrong."""

from __future__ import annotations

JOBS: dict[str, tuple[str, str]] = {
    "results in": ("Results: {folder}", "Resultados: {folder}"),
    "interrupted": (
        "Interrupted; runs finished and kept: {finished} of {total}.",
        "Interrumpido; réplicas terminadas que se conservan: {finished} de {total}.",
    ),
    "stopping": ("Interrupted; keeping what is finished …", "Interrumpido; se guarda lo terminado …"),
    "failed runs": (
        "Runs that failed and are left out: {failed} of {total}; the first, {run}: {reason}",
        "Réplicas que fallaron y no cuentan: {failed} de {total}; la primera, {run}: {reason}",
    ),
    "bad rows": (
        "{file}: rows that cannot be used and are left out: {bad}; orders used: {good}.",
        "{file}: filas que no se pueden usar y se omiten: {bad}; pedidos usados: {good}.",
    ),
    "engines agree": (
        "Both engines agree on {runs}, bit for bit.",
        "Los dos motores coinciden en {runs}, bit a bit.",
    ),
    "engines again": (
        "The first difference again: {command}",
        "La primera diferencia, otra vez: {command}",
    ),
    "more rows": ("… and {more} more.", "… y {more} más."),
    "warning": ("Warning: {text}", "Aviso: {text}"),
    "progress": ("{done} of {total} runs, {left} left", "{done} de {total} réplicas, quedan {left}"),
    "progress bar": ("Simulating", "Simulando"),
}
"""Text by id: English, Spanish."""
