"""What is said about experiments: how far they are, what came of them, where results are."""

from __future__ import annotations

SWEEPS: dict[str, tuple[str, str]] = {
    "sweep progress": (
        "{done} of {total} runs, {rate} a second, {left} left, {failed} failed",
        "{done} de {total} simulaciones, {rate} por segundo, quedan {left}, fallidas: {failed}",
    ),
    "sweep title": (
        "{label}: {points} points, {runs} runs of {weeks}",
        "{label}: {points} puntos, {runs} simulaciones de {weeks}",
    ),
    "sweep note": (
        "Mean over n replications and its 95 % interval, each by itself. In each replication every point met the same "
        "customers with the "
        "same luck, so differences between points are surer than these intervals suggest.",
        "Media de n réplicas y su intervalo del 95 %, cada uno por separado. En cada réplica cada punto tuvo los "
        "mismos clientes con "
        "la misma suerte, así que las diferencias entre puntos son más seguras de lo que sugieren estos intervalos.",
    ),
    "sweep n": ("n", "n"),
    "point": ("point", "punto"),
    "sweep more points": (
        "… and {more} more points: estimates.parquet in the results, or --json.",
        "… y {more} puntos más: estimates.parquet en los resultados, o --json.",
    ),
    "sweep plan": (
        "{name}: {points} points, {runs} runs ({replications} of each point), in {chunks} parts.",
        "{name}: {points} puntos, {runs} simulaciones ({replications} de cada punto), en {chunks} partes.",
    ),
    "sweep plan precise": (
        "{name}: {points} points, at least {runs} runs ({replications} of each point), at most {most} of each point.",
        "{name}: {points} puntos, al menos {runs} simulaciones ({replications} por punto), máximo {most} por punto.",
    ),
    "sweep time": (
        "A run takes about {run} here, so with {workers} at once about {whole}.",
        "Una simulación tarda unos {run} aquí; con {workers} a la vez, unos {whole}.",
    ),
    "sweep there": (
        "Of them {done} are there already in {folder}.",
        "De ellas {done} ya están en {folder}.",
    ),
    "sweep goes on": (
        "{folder}: goes on; {done} runs are there already.",
        "{folder}: continúa; ya hay {done} simulaciones.",
    ),
    "sweep interrupted": (
        "Interrupted; {done} of {total} runs are kept. Go on with: {command}",
        "Interrumpido; se conservan {done} de {total} simulaciones. Siga con: {command}",
    ),
    "sweep share": (
        "This share is done ({share}); the tables are made when the last one is. How far it is: relevo status {folder}",
        "Esta parte está hecha ({share}); las tablas se hacen con la última. Cómo va: relevo status {folder}",
    ),
    "sweep failed": (
        "Runs that failed: {failed} of {total}; each is a row with its reason. The first, point {point}, replication "
        "{replication}: {reason}",
        "Simulaciones que fallaron: {failed} de {total}; cada una es una fila con su motivo. La primera, punto "
        "{point}, réplica {replication}: {reason}",
    ),
    "sweep not precise": (
        "The precision asked for was not reached at {missed} of {points} points within {most} replications; the worst: "
        "point {point}, {response}, about {expected} replications needed.",
        "No se alcanzó la precisión pedida en {missed} de {points} puntos con {most} réplicas; el peor: punto {point}, "
        "{response}, harían falta unas {expected} réplicas.",
    ),
    "warm-up found": (
        "Warm-up by MSER-5: {weeks} weeks (pilot of {pilot} weeks; {series}).",
        "Calentamiento por MSER-5: {weeks} semanas (piloto de {pilot} semanas; {series}).",
    ),
    "status title": ("{name}: {folder}", "{name}: {folder}"),
    "status begun": ("begun", "iniciado"),
    "status points": ("points", "puntos"),
    "status runs": ("runs done", "simulaciones hechas"),
    "status of": ("{done} of {total} ({share} %)", "{done} de {total} ({share} %)"),
    "status at least": ("{done} of at least {total}", "{done} de al menos {total}"),
    "status failed": ("of them failed", "de ellas fallidas"),
    "status working": ("being done now", "en marcha ahora"),
    "status chunks": ("{number} chunks", "{number} bloques"),
    "status rate": ("rate lately", "ritmo reciente"),
    "status per second": ("{rate} runs a second", "{rate} simulaciones por segundo"),
    "status left": ("time left", "tiempo restante"),
    "status last": ("last part", "última parte"),
    "status ago": ("{time} ago", "hace {time}"),
    "status complete": ("complete", "completo"),
    "to": ("to", "a"),
    "yes": ("yes", "sí"),
    "no": ("no", "no"),
    "exported": ("Written: {path}", "Escrito: {path}"),
}
"""Text by id: English, Spanish."""
