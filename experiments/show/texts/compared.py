"""What is said about comparisons."""

from __future__ import annotations

COMPARED: dict[str, tuple[str, str]] = {
    "compare title": (
        "{label}: ways of working against today, {replications} of {weeks}",
        "{label}: formas de trabajar frente a hoy, {replications} de {weeks}",
    ),
    "compare note": (
        "First row: today. Other rows: difference from today, same customers and same luck. All intervals of this "
        "table hold together with 95 % (Bonferroni): {better} better, {worse} worse, no mark: cannot be told apart "
        "from today, which is not the same as equal.",
        "Primera fila: hoy. Demás filas: diferencia con hoy, mismos clientes y misma suerte. Todos los intervalos de "
        "esta tabla valen a la vez con el 95 % (Bonferroni): {better} mejor, {worse} peor, sin marca: no se distingue "
        "de hoy, que no es lo mismo que igual.",
    ),
    "compare words": ("- {words}", "- {words}"),
    "compare better": ("{name}: better than today: {ways}.", "{name}: mejor que hoy: {ways}."),
    "compare worse": ("{name}: worse than today: {ways}.", "{name}: peor que hoy: {ways}."),
    "compare alike": (
        "{name}: cannot be told apart from today: {ways}.",
        "{name}: no se distingue de hoy: {ways}.",
    ),
    "compare best": (
        "{name}: the best of these and today is {way} (multiple comparisons with the best, 95 %).",
        "{name}: la mejor de estas y hoy es {way} (comparaciones múltiples con la mejor, 95 %).",
    ),
    "compare may be best": (
        "{name}: none is shown to be the best; these cannot be excluded (multiple comparisons with the best, 95 %): "
        "{ways}.",
        "{name}: no se demuestra cuál es la mejor; no se pueden excluir (comparaciones múltiples con la mejor, 95 %): "
        "{ways}.",
    ),
    "compare saved": (
        "{name}: the same customers and luck in every world did the work of {ratio} times as many runs (median; {low} "
        "to {high}).",
        "{name}: los mismos clientes y la misma suerte en cada mundo equivalen a {ratio} veces más simulaciones "
        "(mediana; de {low} a {high}).",
    ),
    "compare figure": ("figure that is clearly worse", "cifra claramente peor"),
    "compare worse title": ("Who is worse off", "Quién sale perdiendo"),
    "compare worse note": (
        "Of all figures of customers, departments and pairs at once (Bonferroni, 95 % for all together), those at "
        "least 2 % worse; at most {most} a row of the table above, the largest relative change first; all are in "
        "--json.",
        "De todas las cifras de clientes, departamentos y pares a la vez (Bonferroni, 95 % para todas juntas), las "
        "que empeoran al menos un 2 %; como mucho {most} por fila de la tabla anterior, primero el mayor cambio "
        "relativo; todas están en --json.",
    ),
    "compare worse none": (
        "No figure of customers, departments or pairs is shown to be worse by 2 % or more.",
        "No se demuestra que ninguna cifra de clientes, departamentos o pares empeore un 2 % o más.",
    ),
}
"""Text by id: English, Spanish."""
