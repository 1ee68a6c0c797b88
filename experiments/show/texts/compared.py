"""What is said about comparisons."""

from __future__ import annotations

COMPARED: dict[str, tuple[str, str]] = {
    "compare title": (
        "{label}: ways of working against today, {replications} of {weeks}",
        "{label}: formas de trabajar frente a hoy, {replications} de {weeks}",
    ),
    "compare note": (
        "First row: today, 95 % for each by itself. Other rows: difference from today, same customers and same luck; "
        "all differences of this table hold together with 95 % (Bonferroni): {better} better, {worse} worse, no mark: "
        "cannot be told apart from today, which is not the same as equal.",
        "Primera fila: hoy, 95 % para cada uno por separado. Demás filas: diferencia con hoy, mismos clientes y misma "
        "suerte; todas las diferencias de esta tabla valen a la vez con el 95 % (Bonferroni): {better} mejor, {worse} "
        "peor, sin marca: no se distingue de hoy, que no es lo mismo que igual.",
    ),
    "compare words": ("- {words}", "- {words}"),
    "compare better": ("{name}: better than today: {ways}.", "{name}: mejor que hoy: {ways}."),
    "compare worse": ("{name}: worse than today: {ways}.", "{name}: peor que hoy: {ways}."),
    "compare alike": (
        "{name}: cannot be told apart from today: {ways}.",
        "{name}: no se distingue de hoy: {ways}.",
    ),
    "compare unknown": (
        "{name}: nothing can be said, fewer than two runs have a value: {ways}.",
        "{name}: no se puede decir nada, menos de dos simulaciones tienen valor: {ways}.",
    ),
    "compare best": (
        "{name}: of these and today, the best is {way} (multiple comparisons with the best, 95 % by itself).",
        "{name}: de estas y hoy, la mejor es {way} (comparaciones múltiples con la mejor, 95 % por sí sola).",
    ),
    "compare may be best": (
        "{name}: none is shown to be the best; these cannot be excluded (multiple comparisons with the best, 95 % by "
        "itself): {ways}.",
        "{name}: no se demuestra cuál es la mejor; no se pueden excluir (comparaciones múltiples con la mejor, 95 % "
        "por sí solas): {ways}.",
    ),
    "compare saved": (
        "{name}: the same customers and luck in every world did the work of {ratio} times as many runs (median over "
        "ways of working; {low} to {high}; below 1 they did harm; estimates without intervals).",
        "{name}: los mismos clientes y la misma suerte en cada mundo hicieron el trabajo de {ratio} veces tantas "
        "simulaciones (mediana entre formas de trabajar; de {low} a {high}; por debajo de 1, perjudicaron; "
        "estimaciones sin intervalos).",
    ),
    "compare figure": ("figure that is clearly worse", "cifra claramente peor"),
    "compare worse title": ("Who is worse off", "Quién sale perdiendo"),
    "compare worse note": (
        "All figures of customers, departments and pairs were looked at, and 95 % holds for all of them together "
        "(Bonferroni). Those that are worse and whose mean change is at least 2 %; at most {most} a row of the table "
        "above, the largest relative change first; the others are in --json.",
        "Se miraron todas las cifras de clientes, departamentos y pares, y el 95 % vale para todas juntas "
        "(Bonferroni). Las que empeoran y cuyo cambio medio es de al menos un 2 %; como mucho {most} por fila de la "
        "tabla anterior, primero el mayor cambio relativo; las demás están en --json.",
    ),
    "compare worse none": (
        "No figure of customers, departments or pairs is shown to be worse (mean changes below 2 % are not told). "
        "That nobody is worse off is not shown by this.",
        "No se demuestra que ninguna cifra de clientes, departamentos o pares empeore (los cambios medios de menos del "
        "2 % no se cuentan). Eso no demuestra que nadie salga perdiendo.",
    ),
}
"""Text by id: English, Spanish."""
